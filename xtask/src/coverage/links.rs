//! Which predicates link two actors: the lowest one that stands over both in the tree.

use std::collections::BTreeSet;

use chancery_text::{Rel, Sentence, Upos};

use super::names::Mention;

/// The words that link two different actors of a sentence. `role` tells the nouns that name organs and people.
pub(crate) fn links(sentence: &Sentence, mentions: &[Mention], role: impl Fn(&str) -> bool) -> BTreeSet<usize> {
    let named: BTreeSet<usize> = mentions.iter().filter(|m| !m.part).flat_map(|m| m.first..=m.last).collect();
    let heads: Vec<usize> = mentions.iter().map(|m| head_of(sentence, m)).collect();
    let mut out = BTreeSet::new();
    for (i, a) in mentions.iter().enumerate() {
        for (j, b) in mentions.iter().enumerate().skip(i + 1) {
            let state = |m: &Mention| m.code.split('/').next().unwrap_or_default().to_owned();
            if state(a) == state(b) {
                continue;
            }
            let above = path(sentence, heads[i]);
            let Some(meet) = path(sentence, heads[j]).into_iter().find(|at| above.contains(at)) else { continue };
            let carries = |at: &usize| !named.contains(at) && is_predicate(sentence, *at, &role);
            out.extend(path(sentence, meet).into_iter().find(carries));
        }
    }
    out
}

/// Whether a word is a predicate: a verb, a noun that names no organ or people, or an adjective that is said of something.
fn is_predicate(sentence: &Sentence, at: usize, role: impl Fn(&str) -> bool) -> bool {
    let token = &sentence.tokens[at];
    match token.upos {
        Upos::Verb => true,
        Upos::Aux => !matches!(token.rel, Rel::Aux | Rel::Cop),
        Upos::Noun => !role(&token.lemma.to_lowercase()),
        Upos::Adj => sentence.children(at).any(|c| sentence.tokens[c].rel == Rel::Cop),
        _ => false,
    }
}

/// The word of a mention whose head lies outside of it.
fn head_of(sentence: &Sentence, mention: &Mention) -> usize {
    let inside = |i: usize| (mention.first..=mention.last).contains(&i);
    let outside = |i: &usize| sentence.tokens[*i].head.is_none_or(|h| !inside(h as usize));
    (mention.first..=mention.last).find(outside).unwrap_or(mention.first)
}

/// From a word up to the root, the word first.
fn path(sentence: &Sentence, from: usize) -> Vec<usize> {
    let mut out = vec![from];
    // A tree has no cycles; the bound makes that independent of the parser.
    while let Some(head) = out.last().and_then(|at| sentence.tokens[*at].head) {
        if out.len() > sentence.tokens.len() {
            break;
        }
        out.push(head as usize);
    }
    out
}
