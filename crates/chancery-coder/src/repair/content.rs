//! German clauses that tell what a noun of saying means: "die Behauptung Moskaus, Polen bedrohe Belarus". The parser hangs
//! them on the verb around, or the noun on them.

use chancery_text::{Mood, Rel, Sentence, Sub, Tense, Upos, VerbForm};

use super::{bare, below, has_article, head, is_nominal, oblique};
use crate::knowledge::{Lexicon, Pos, Slot};
use crate::tree::lower;

/// Longest phrase in front of the finite verb of such a clause, in words.
const PREFIELD: usize = 7;

/// A clause of content in a sentence: its noun, its first word, its finite verb and its predicate.
struct Content {
    noun: usize,
    first: usize,
    finite: usize,
    predicate: usize,
}

/// Hangs clauses in Konjunktiv I behind a noun of saying and a comma on the noun.
pub(super) fn content_of_nouns(sentence: &mut Sentence, lexicon: &Lexicon) {
    for comma in 1..sentence.tokens.len() {
        if sentence.tokens[comma].form == ","
            && let Some(found) = content(sentence, comma, lexicon)
        {
            attach(sentence, &found);
        }
    }
}

/// The clause that a comma opens behind a noun of saying, with the noun's genitive between them at most.
fn content(sentence: &Sentence, comma: usize, lexicon: &Lexicon) -> Option<Content> {
    // "teilt die Behauptung Boliviens nicht, Peru habe …"
    let negated = lower(&sentence.tokens[comma - 1].form) == "nicht";
    let mut noun = (comma - 1).checked_sub(usize::from(negated))?;
    while !says(sentence, noun, lexicon) {
        let owner = matches!(sentence.tokens[noun].rel, Rel::Nmod | Rel::Flat | Rel::Conj | Rel::Appos);
        noun = head(sentence, noun).filter(|h| owner && *h < noun)?;
    }
    let first = comma + 1;
    let opens = sentence.tokens.get(first).filter(|t| !matches!(t.upos, Upos::Sconj | Upos::Verb | Upos::Aux))?;
    let relative = opens.upos == Upos::Pron && opens.head.is_some_and(|h| h as usize > first + PREFIELD);
    let verb = |i: usize| sentence.tokens[i].feats.verb_form == Some(VerbForm::Fin);
    let finite = (first + 1..sentence.tokens.len().min(first + PREFIELD)).find(|i| verb(*i)).filter(|_| !relative)?;
    let plain = sentence.tokens[first..finite].iter().all(|t| t.upos != Upos::Verb && t.form != ",");
    let feats = sentence.tokens[finite].feats;
    if !plain || feats.mood != Some(Mood::Sub) || feats.tense != Some(Tense::Pres) {
        return None;
    }
    let auxiliary = sentence.tokens[finite].rel == Rel::Aux;
    let predicate = if auxiliary { head(sentence, finite).filter(|p| *p > finite)? } else { finite };
    Some(Content { noun, first, finite, predicate })
}

/// Whether a word is a noun whose clause tells what somebody says.
fn says(sentence: &Sentence, word: usize, lexicon: &Lexicon) -> bool {
    let token = &sentence.tokens[word];
    token.upos == Upos::Noun
        && lexicon
            .embeddings
            .get(&lower(&token.lemma))
            .is_some_and(|rows| rows.iter().any(|r| r.pos == Pos::Noun && r.slots.contains(&Slot::Ccomp)))
}

fn attach(sentence: &mut Sentence, found: &Content) {
    let &Content { noun, first, predicate, .. } = found;
    let n = sentence.tokens.len();
    let end = (predicate..n).find(|i| sentence.tokens[*i].form == ",").unwrap_or(n);
    let inside = |i: usize| (first..end).contains(&i);
    if below(sentence, noun, predicate) {
        // The noun hangs on its own clause: it belongs to what stands around both.
        let Some(above) = head(sentence, predicate).filter(|a| !inside(*a)) else { return };
        for child in sentence.children(predicate).filter(|c| !inside(*c)).collect::<Vec<_>>() {
            sentence.tokens[child].head = Some(above as u32);
        }
        if below(sentence, noun, predicate) {
            return;
        }
    }
    let token = &mut sentence.tokens[predicate];
    (token.head, token.rel, token.sub) = (Some(noun as u32), Rel::Acl, Sub::None);
    first_acts(sentence, found, end);
}

/// The bare phrase in front of the finite verb is the subject, unless its article says otherwise.
fn first_acts(sentence: &mut Sentence, found: &Content, end: usize) {
    let &Content { noun, first, finite, predicate } = found;
    let top = |s: &Sentence, i: usize| head(s, i).is_none_or(|h| !(first..finite).contains(&h));
    let candidate = (first..finite).find(|i| is_nominal(sentence.tokens[*i].upos) && top(sentence, *i));
    let Some(subject) = candidate.filter(|s| bare(sentence, *s) && !oblique(sentence, *s)) else { return };
    let outside = matches!(head(sentence, subject), Some(h) if h == noun || !(first..end).contains(&h));
    let rivals: Vec<usize> = sentence
        .children(predicate)
        .filter(|c| *c > finite && *c < end && sentence.tokens[*c].rel == Rel::Nsubj)
        .filter(|c| !has_article(sentence, *c) || may_be_object(sentence, *c))
        .collect();
    let object = sentence.tokens[subject].rel == Rel::Obj;
    if !(outside || object && rivals.len() == 1) {
        return;
    }
    for rival in rivals {
        (sentence.tokens[rival].rel, sentence.tokens[rival].sub) = (Rel::Obj, Sub::None);
    }
    let token = &mut sentence.tokens[subject];
    (token.head, token.rel, token.sub) = (Some(predicate as u32), Rel::Nsubj, Sub::None);
}

/// An article that nominative and accusative share.
fn may_be_object(sentence: &Sentence, word: usize) -> bool {
    sentence
        .children(word)
        .filter(|c| sentence.tokens[*c].rel == Rel::Det)
        .all(|c| matches!(lower(&sentence.tokens[c].form).as_str(), "die" | "das" | "eine" | "ein"))
}
