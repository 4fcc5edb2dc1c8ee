//! Who is the subject in German when the parser took the object for it: case markers and number agreement decide.

use chancery_text::{Case, Number, Rel, Sentence, Sub, Upos, VerbForm};

use super::{has_passive_auxiliary, head, is_nominal};
use crate::tree::lower;

/// Subjects behind a preposition are none, and of a subject and an object that both could be the other, the one that
/// agrees with the verb acts ("Staaten, die Moskaus Feldzug unterstützten").
pub(crate) fn roles(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let argument = matches!(token.rel, Rel::Nsubj | Rel::Obj) && is_nominal(token.upos);
        if argument && sentence.children(at).any(|c| is_preposition(sentence, c, at)) {
            let token = &mut sentence.tokens[at];
            (token.rel, token.sub) = (Rel::Obl, Sub::None);
        }
    }
    formal(sentence);
    demonstrative(sentence);
    pairs(sentence);
    for verb in 0..sentence.tokens.len() {
        one_subject(sentence, verb);
        let children: Vec<usize> = sentence.children(verb).collect();
        let with = |rel: Rel| {
            let mut found = children.iter().copied().filter(|c| sentence.tokens[*c].rel == rel);
            found.next().filter(|_| found.next().is_none())
        };
        let (Some(subject), Some(object)) = (with(Rel::Nsubj), with(Rel::Obj)) else { continue };
        let Some(number) = finite_number(sentence, verb, &children) else { continue };
        let (of_subject, of_object) = (number_of(sentence, subject), number_of(sentence, object));
        let disagrees = of_subject.is_some_and(|n| n != number);
        if disagrees && of_object == Some(number) && may_act(sentence, object) && may_suffer(sentence, subject) {
            sentence.tokens[subject].rel = Rel::Obj;
            sentence.tokens[object].rel = Rel::Nsubj;
        }
    }
}

/// "beschuldigte dieser Israel": *dieser* behind a finite verb and in front of a name is the subject, for names of states
/// take no demonstrative.
fn demonstrative(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len().saturating_sub(1) {
        let verb = at - 1;
        let fits = matches!(lower(&sentence.tokens[at].form).as_str(), "dieser" | "jener")
            && sentence.tokens[verb].feats.verb_form == Some(VerbForm::Fin)
            && matches!(sentence.tokens[verb].upos, Upos::Verb | Upos::Aux)
            && matches!(sentence.tokens[at + 1].upos, Upos::Propn | Upos::Det | Upos::Adp);
        let clause = if sentence.tokens[verb].rel == Rel::Aux { head(sentence, verb) } else { Some(verb) };
        let Some(clause) = clause.filter(|c| fits && *c != at) else { continue };
        for other in 0..sentence.tokens.len() {
            let below = head(sentence, other) == Some(at);
            let rival = head(sentence, other) == Some(clause) && sentence.tokens[other].rel == Rel::Nsubj && other > at;
            if (below || rival) && is_nominal(sentence.tokens[other].upos) {
                let token = &mut sentence.tokens[other];
                (token.head, token.rel, token.sub) = (Some(clause as u32), Rel::Obj, Sub::None);
            }
        }
        let token = &mut sentence.tokens[at];
        (token.head, token.rel, token.sub, token.upos) = (Some(clause as u32), Rel::Nsubj, Sub::None, Upos::Pron);
    }
}

/// "Großbritannien und die Niederlande": two names with nothing but a conjunction (and an article) between them belong
/// together, unless the second begins a clause of its own.
fn pairs(sentence: &mut Sentence) {
    for conjunction in 1..sentence.tokens.len().saturating_sub(1) {
        let word = lower(&sentence.tokens[conjunction].form);
        let first = conjunction - 1;
        if !matches!(word.as_str(), "und" | "oder" | "sowie") || sentence.tokens[first].upos != Upos::Propn {
            continue;
        }
        let skipped = |i: &usize| matches!(sentence.tokens[*i].upos, Upos::Det | Upos::Adj);
        let Some(name) = (conjunction + 1..sentence.tokens.len().min(conjunction + 4)).find(|i| !skipped(i)) else {
            continue;
        };
        if sentence.tokens[name].upos != Upos::Propn {
            continue;
        }
        let (mut left, mut right) = (first, name);
        while let Some(above) = head(sentence, left).filter(|h| *h < left) {
            match sentence.tokens[left].rel {
                Rel::Flat | Rel::Conj if is_nominal(sentence.tokens[above].upos) => left = above,
                _ => break,
            }
        }
        if let Some(above) = head(sentence, name)
            && above == name + 1
            && matches!(sentence.tokens[name].rel, Rel::Amod | Rel::Compound)
            && sentence.tokens[above].upos == Upos::Propn
        {
            right = above;
        }
        let (Some(above_left), Some(above_right)) = (head(sentence, left), head(sentence, right)) else {
            continue;
        };
        let own_clause = sentence.tokens[right].rel == Rel::Nsubj && above_left != above_right;
        let next_is_verb = sentence.tokens.get(right + 1).is_some_and(|t| t.feats.verb_form == Some(VerbForm::Fin));
        if above_right == left || sentence.tokens[right].rel == Rel::Conj || own_clause && next_is_verb {
            continue;
        }
        if !matches!(sentence.tokens[left].rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Iobj | Rel::Appos) {
            continue;
        }
        let token = &mut sentence.tokens[right];
        (token.head, token.rel, token.sub) = (Some(left as u32), Rel::Conj, Sub::None);
        let token = &mut sentence.tokens[conjunction];
        (token.head, token.rel, token.sub) = (Some(right as u32), Rel::Cc, Sub::None);
    }
}

/// "es gibt", "heißt es", "es kam zu", "es ist klar, dass": a subject that names nobody.
fn formal(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        if token.rel != Rel::Nsubj || lower(&token.form) != "es" {
            continue;
        }
        let Some(verb) = head(sentence, at) else { continue };
        let impersonal = matches!(
            lower(&sentence.tokens[verb].lemma).as_str(),
            "geben"
                | "heißen"
                | "bedürfen"
                | "mangeln"
                | "fehlen"
                | "gelingen"
                | "gelten"
                | "handeln"
                | "gehen"
                | "kommen"
                | "bleiben"
        );
        let clause = |c: usize| {
            matches!(sentence.tokens[c].rel, Rel::Ccomp | Rel::Csubj)
                || sentence.tokens[c].rel == Rel::Xcomp && sentence.tokens[c].upos == Upos::Verb
        };
        let predicate = sentence.tokens[verb].upos != Upos::Verb || has_passive_auxiliary(sentence, verb);
        if impersonal || predicate && sentence.children(verb).any(clause) {
            sentence.tokens[at].rel = Rel::Expl;
        }
    }
}

/// A verb has one subject: of two the one that cannot be the subject, else the later one, is the object.
fn one_subject(sentence: &mut Sentence, verb: usize) {
    let children: Vec<usize> = sentence.children(verb).collect();
    let subjects: Vec<usize> = children.iter().copied().filter(|c| sentence.tokens[*c].rel == Rel::Nsubj).collect();
    let [first, second] = subjects[..] else { return };
    if sentence.tokens[verb].upos != Upos::Verb || children.iter().any(|c| sentence.tokens[*c].rel == Rel::Obj) {
        return;
    }
    let number = finite_number(sentence, verb, &children);
    let agrees = |at: usize| number.is_none() || number_of(sentence, at).is_none_or(|n| Some(n) == number);
    let acts = |at: usize| agrees(at) && may_act(sentence, at);
    let object = if acts(first) || !acts(second) { second } else { first };
    sentence.tokens[object].rel = Rel::Obj;
}

/// A preposition right in front of the phrase; *bis*, *über* and *an* also stand before amounts.
fn is_preposition(sentence: &Sentence, child: usize, noun: usize) -> bool {
    let token = &sentence.tokens[child];
    token.rel == Rel::Case
        && token.upos == Upos::Adp
        && child < noun
        && matches!(
            lower(&token.form).as_str(),
            "für"
                | "mit"
                | "gegen"
                | "von"
                | "aus"
                | "bei"
                | "durch"
                | "in"
                | "auf"
                | "nach"
                | "zu"
                | "wegen"
                | "trotz"
                | "laut"
        )
}

/// The number of the finite form of a verb group.
fn finite_number(sentence: &Sentence, verb: usize, children: &[usize]) -> Option<Number> {
    let group = children.iter().copied().filter(|c| sentence.tokens[*c].rel == Rel::Aux).chain([verb]);
    let mut finite = group.filter(|i| sentence.tokens[*i].feats.verb_form == Some(VerbForm::Fin));
    let first = finite.next()?;
    sentence.tokens[first].feats.number
}

/// The number of a phrase as far as its words show it beyond doubt.
fn number_of(sentence: &Sentence, at: usize) -> Option<Number> {
    let token = &sentence.tokens[at];
    if sentence.children(at).any(|c| sentence.tokens[c].rel == Rel::Conj) {
        return Some(Number::Plur);
    }
    if token.upos == Upos::Pron {
        return relative_number(sentence, at);
    }
    // "Eine Reihe Staaten", "48 Millionen Dollar": the verb may agree with either.
    let counted = sentence.children(at).any(|c| sentence.tokens[c].rel == Rel::Nummod)
        || matches!(
            lower(&token.lemma).as_str(),
            "reihe" | "zahl" | "mehrheit" | "hälfte" | "drittel" | "prozent" | "dollar" | "euro"
        );
    let united = matches!(lower(&token.form).as_str(), "usa" | "vereinten" | "staaten" | "nationen");
    if !is_nominal(token.upos) || counted || united {
        return None;
    }
    token.feats.number
}

/// A relative pronoun has the number of the noun its clause hangs on.
fn relative_number(sentence: &Sentence, at: usize) -> Option<Number> {
    if !matches!(lower(&sentence.tokens[at].form).as_str(), "der" | "die" | "das" | "welche" | "welcher" | "welches") {
        return None;
    }
    let mut clause = head(sentence, at)?;
    if sentence.tokens[clause].rel == Rel::Conj {
        clause = head(sentence, clause)?;
    }
    (sentence.tokens[clause].rel == Rel::Acl).then_some(())?;
    let noun = head(sentence, clause)?;
    (noun < at && is_nominal(sentence.tokens[noun].upos)).then(|| sentence.tokens[noun].feats.number).flatten()
}

/// The articles of a phrase.
fn articles(sentence: &Sentence, at: usize) -> impl Iterator<Item = String> + '_ {
    let own = (sentence.tokens[at].upos == Upos::Pron).then_some(at);
    let articles = sentence.children(at).filter(|c| sentence.tokens[*c].rel == Rel::Det);
    articles.chain(own).map(|c| lower(&sentence.tokens[c].form).to_string())
}

/// Nothing about the phrase forbids the nominative.
fn may_act(sentence: &Sentence, at: usize) -> bool {
    sentence.tokens[at].feats.case != Some(Case::Dat)
        && !sentence.tokens[at].feats.reflex
        && articles(sentence, at).all(|form| {
            !matches!(form.as_str(), "den" | "dem" | "einen" | "einem" | "des" | "keinen" | "seinen" | "ihren")
        })
}

/// Nothing about the phrase forbids the accusative.
fn may_suffer(sentence: &Sentence, at: usize) -> bool {
    articles(sentence, at).all(|form| !matches!(form.as_str(), "der" | "er" | "wir" | "ich"))
}
