//! Which predicates link two actors: the lowest one that stands over both in the tree.

use std::collections::BTreeSet;

use chancery_text::{Rel, Sentence, Upos};

use super::names::Mention;

/// An actor in the tree.
struct Actor<'a> {
    mention: &'a Mention,
    /// The word by which it hangs in the tree.
    head: usize,
    state: bool,
    /// The only word of which it may be a party: it stands before a noun that names nobody ("russische Drohungen").
    only: Option<usize>,
}

/// The words that link two different actors of a sentence, of which one at least is a state or body. `role` tells the
/// nouns that name organs and people, and whether these speak for their state.
pub(crate) fn links(sentence: &Sentence, mentions: &[Mention], role: impl Fn(&str) -> Option<bool>) -> BTreeSet<usize> {
    let named: BTreeSet<usize> = mentions.iter().filter(|m| !m.part).flat_map(|m| m.first..=m.last).collect();
    let actors: Vec<Actor<'_>> = mentions.iter().map(|m| actor(sentence, m, &role)).collect();
    let mut out = BTreeSet::new();
    for (i, a) in actors.iter().enumerate() {
        for b in &actors[i + 1..] {
            let state = |actor: &Actor<'_>| actor.mention.code.split('/').next().unwrap_or_default().to_owned();
            if state(a) == state(b) || !(a.state || b.state) {
                continue;
            }
            let above = path(sentence, a.head);
            let Some(meet) = path(sentence, b.head).into_iter().find(|at| above.contains(at)) else { continue };
            let carries = |at: &usize| !named.contains(at) && is_predicate(sentence, *at, &role);
            let found = path(sentence, meet).into_iter().find(carries);
            out.extend(found.filter(|at| [a, b].iter().all(|actor| actor.only.is_none_or(|only| only == *at))));
        }
    }
    out
}

/// How a mention stands in the tree.
fn actor<'a>(sentence: &Sentence, mention: &'a Mention, role: impl Fn(&str) -> Option<bool>) -> Actor<'a> {
    let head = head_of(sentence, mention);
    let token = &sentence.tokens[head];
    let before = mention.adjective || matches!(token.rel, Rel::Amod | Rel::Compound);
    let noun = if mention.part { Some(head) } else { token.head.map(|h| h as usize).filter(|_| before) };
    let Some(noun) = noun else { return Actor { mention, head, state: mention.state, only: None } };
    match role(&sentence.tokens[noun].lemma.to_lowercase()) {
        Some(state) => Actor { mention, head, state: state && mention.state, only: None },
        None => Actor { mention, head, state: mention.state, only: Some(noun) },
    }
}

/// Whether a word is a predicate: a verb, a noun that names no organ or people, or an adjective that is said of something.
fn is_predicate(sentence: &Sentence, at: usize, role: impl Fn(&str) -> Option<bool>) -> bool {
    let token = &sentence.tokens[at];
    match token.upos {
        Upos::Verb => true,
        Upos::Aux => !matches!(token.rel, Rel::Aux | Rel::Cop),
        Upos::Noun => role(&token.lemma.to_lowercase()).is_none(),
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

#[cfg(test)]
mod tests {
    use chancery_text::{Lang, Model, analyse};

    use super::links;
    use crate::coverage::names::Names;
    use crate::coverage::rows::{Rows, predicate};

    /// The linking predicates of a text.
    fn linking(lang: Lang, text: &str) -> Vec<String> {
        let model = Model::from_bytes(chancery_data::model(lang.as_str()).unwrap()).unwrap();
        let (names, rows) = (Names::read(lang).unwrap(), Rows::read(lang));
        let sentences = analyse(text, &model).sentences;
        let of = |s: &_| {
            let found = links(s, &names.mentions(s), |lemma| rows.role(lang, lemma));
            found.into_iter().map(|at| predicate(s, at)).collect::<Vec<_>>()
        };
        sentences.iter().flat_map(of).collect()
    }

    #[test]
    fn the_lowest_predicate_over_two_actors() {
        assert_eq!(linking(Lang::En, "The Norwegian government criticised Latvia."), ["criticise"]);
        assert_eq!(linking(Lang::De, "Die norwegische Regierung griff Lettland scharf an."), ["angreifen"]);
        assert_eq!(linking(Lang::De, "Die Gespräche zwischen Norwegen und Lettland dauerten an."), ["gespräch"]);
    }

    #[test]
    fn an_adjective_of_a_thing_is_no_actor() {
        assert_eq!(linking(Lang::En, "A Norwegian recipe became popular in Latvia."), [] as [&str; 0]);
        assert_eq!(linking(Lang::En, "Norway and the Norwegian government met."), [] as [&str; 0]);
    }
}
