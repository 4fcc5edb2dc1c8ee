//! German clauses that the parser hung on the wrong word: what stands behind a dash, behind *dass*, and the subject of
//! indirect speech without *dass*.

use chancery_text::{Mood, Rel, Sentence, Sub, Upos, VerbForm};

use super::{below, has_passive_auxiliary, head, is_nominal};
use crate::tree::lower;

/// All repairs of clauses.
pub(crate) fn clauses(sentence: &mut Sentence) {
    particles(sentence);
    that(sentence);
    dashes(sentence);
    extraposed(sentence);
    reported(sentence);
    speech(sentence);
}

/// What hangs on a separated particle belongs to its verb ("weist darauf hin, dass …").
fn particles(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        // Particles are cut off finite verbs only: "als nach Frankreich gekommen seien zusammen".
        let infinite = |h: usize| matches!(sentence.tokens[h].feats.verb_form, Some(VerbForm::Part | VerbForm::Inf));
        if sentence.tokens[at].sub == Sub::Prt && head(sentence, at).is_some_and(infinite) {
            (sentence.tokens[at].rel, sentence.tokens[at].sub) = (Rel::Advmod, Sub::None);
        }
    }
    for at in 0..sentence.tokens.len() {
        let Some(particle) = head(sentence, at) else { continue };
        let token = &sentence.tokens[particle];
        let clause = matches!(sentence.tokens[at].rel, Rel::Advcl | Rel::Ccomp | Rel::Obl | Rel::Obj | Rel::Nsubj);
        if token.rel == Rel::Compound && token.sub == Sub::Prt && clause && token.head != Some(at as u32) {
            sentence.tokens[at].head = token.head;
        }
    }
}

/// A clause with *dass* that tells what is said is its object, not an adjunct; *so dass* and *ohne dass* open adjuncts.
fn that(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        if token.rel != Rel::Mark || !matches!(lower(&token.form).as_str(), "dass" | "daß") {
            continue;
        }
        let before = lower(&sentence.tokens[at - 1].form);
        let adjunct = matches!(
            before.as_str(),
            "so" | "ohne" | "statt" | "anstatt" | "außer" | "als" | "auf" | "dadurch" | "damit"
        );
        let Some(clause) = head(sentence, at) else { continue };
        let governed = head(sentence, clause).is_some_and(|g| g < clause && sentence.tokens[g].upos == Upos::Verb);
        if sentence.tokens[clause].rel == Rel::Advcl && !adjunct && governed {
            (sentence.tokens[clause].rel, sentence.tokens[clause].sub) = (Rel::Ccomp, Sub::None);
        }
    }
}

/// "…, dass Verhandlungen voranschreiten – Realität waren sie nicht": a copula behind a dash has its predicate behind it.
fn dashes(sentence: &mut Sentence) {
    let n = sentence.tokens.len();
    for copula in 1..n {
        if sentence.tokens[copula].rel != Rel::Cop {
            continue;
        }
        let Some(top) = head(sentence, copula) else { continue };
        let dash = (0..copula).rev().find(|i| matches!(sentence.tokens[*i].form.as_str(), "–" | "—" | ";" | ":"));
        let Some(dash) = dash.filter(|d| top < *d) else { continue };
        let nominal = |i: &usize| matches!(sentence.tokens[*i].upos, Upos::Noun | Upos::Adj | Upos::Propn);
        let predicate = (dash + 1..n).filter(nominal).find(|i| head(sentence, *i) == Some(top) && *i != copula);
        let Some(predicate) = predicate else { continue };
        for i in dash + 1..n {
            if i != predicate && head(sentence, i) == Some(top) {
                sentence.tokens[i].head = Some(predicate as u32);
            }
        }
        (sentence.tokens[predicate].rel, sentence.tokens[predicate].sub) = (Rel::Parataxis, Sub::None);
    }
}

/// "ein Gesetz unterzeichnet, durch das es verboten ist": a clause that begins with preposition and relative pronoun hangs
/// on the last noun before it that has the pronoun's gender.
fn extraposed(sentence: &mut Sentence) {
    for at in 2..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[at];
        let pronoun = token.upos == Upos::Pron
            && matches!(lower(&token.form).as_str(), "dem" | "das" | "der" | "die" | "den" | "denen")
            && sentence.tokens[at - 1].upos == Upos::Adp
            && sentence.tokens[at - 2].form == ",";
        let Some(clause) = head(sentence, at).filter(|c| pronoun && *c > at) else { continue };
        if sentence.tokens[clause].rel == Rel::Acl || head(sentence, clause).is_none_or(|h| h >= at) {
            continue;
        }
        let (gender, number) = (token.feats.gender, token.feats.number);
        let fits = |i: &usize| {
            let t = &sentence.tokens[*i];
            is_nominal(t.upos) && t.feats.number == number && (gender.is_none() || t.feats.gender == gender)
        };
        if let Some(noun) = (0..at - 1).rev().find(fits).filter(|n| !below(sentence, *n, clause)) {
            let token = &mut sentence.tokens[clause];
            (token.head, token.rel, token.sub) = (Some(noun as u32), Rel::Acl, Sub::Relcl);
        }
    }
}

/// "… hat bekräftigt, die Bundesrepublik bekenne sich …": a clause in Konjunktiv I without relative pronoun tells what the
/// verb before it says; articles in front of its nouns are no pronouns.
fn reported(sentence: &mut Sentence) {
    for clause in 1..sentence.tokens.len() {
        let token = &sentence.tokens[clause];
        if token.rel != Rel::Acl || token.upos != Upos::Verb {
            continue;
        }
        let konjunktiv = |i: usize| {
            let f = sentence.tokens[i].feats;
            f.mood == Some(Mood::Sub) && f.tense == Some(chancery_text::Tense::Pres)
        };
        let finite = std::iter::once(clause)
            .chain(sentence.children(clause).filter(|c| sentence.tokens[*c].rel == Rel::Aux))
            .any(konjunktiv);
        let opens = sentence.children(clause).filter(|c| sentence.tokens[*c].form != ",").min();
        let Some(first) = opens.filter(|f| finite && *f > 0 && *f < clause) else { continue };
        let article = sentence.tokens[first].upos == Upos::Det
            && (first + 1..clause)
                .find(|i| sentence.tokens[*i].upos != Upos::Adj)
                .is_some_and(|i| is_nominal(sentence.tokens[i].upos));
        let relative = sentence.children(clause).any(|c| {
            sentence.tokens[c].upos == Upos::Pron
                && matches!(lower(&sentence.tokens[c].form).as_str(), "der" | "die" | "das" | "dem" | "den" | "denen")
        });
        let marked = sentence.children(clause).any(|c| sentence.tokens[c].rel == Rel::Mark);
        let verb =
            (0..first).rev().find(|i| sentence.tokens[*i].upos == Upos::Verb && sentence.tokens[*i].rel != Rel::Amod);
        let Some(verb) = verb.filter(|v| !relative && !marked && !below(sentence, *v, clause)) else { continue };
        if article {
            let noun = (first + 1..clause).find(|i| is_nominal(sentence.tokens[*i].upos));
            if let Some(noun) = noun {
                let token = &mut sentence.tokens[first];
                (token.head, token.rel, token.sub) = (Some(noun as u32), Rel::Det, Sub::None);
            }
        }
        let token = &mut sentence.tokens[clause];
        (token.head, token.rel, token.sub) = (Some(verb as u32), Rel::Ccomp, Sub::None);
    }
}

/// "Die Regierung erklärte, russische Soldaten hätten … beschossen": the noun between the comma and the finite verb is the
/// subject of the clause behind the comma.
fn speech(sentence: &mut Sentence) {
    for noun in 1..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[noun];
        if !is_nominal(token.upos) || !matches!(token.rel, Rel::Obj | Rel::Nsubj | Rel::Obl | Rel::Conj | Rel::Appos) {
            continue;
        }
        let Some(governor) = head(sentence, noun).filter(|g| *g < noun) else { continue };
        let mut first = noun;
        while let Some(child) = sentence.children(noun).filter(|c| *c < first && sentence.tokens[*c].form != ",").min()
        {
            first = child;
        }
        let preposition = sentence.children(noun).any(|c| sentence.tokens[c].rel == Rel::Case);
        let opened = first > 0 && sentence.tokens[first - 1].form == ",";
        // Genitives and names may stand between the noun and the verb.
        let verb = (noun + 1..sentence.tokens.len()).find(|i| !below(sentence, *i, noun));
        let Some(verb) = verb.filter(|_| opened && !preposition) else { continue };
        let finite = sentence.tokens[verb].feats.verb_form == Some(VerbForm::Fin);
        let clause = if sentence.tokens[verb].rel == Rel::Aux { head(sentence, verb) } else { Some(verb) };
        let Some(clause) = clause.filter(|c| finite && *c != governor && *c > noun) else { continue };
        let embedded = head(sentence, clause) == Some(governor) || sentence.tokens[verb].feats.mood == Some(Mood::Sub);
        let told = sentence.children(clause).any(|c| matches!(sentence.tokens[c].rel, Rel::Nsubj | Rel::Csubj));
        if !embedded || told || below(sentence, clause, noun) {
            continue;
        }
        let passive = has_passive_auxiliary(sentence, clause);
        let token = &mut sentence.tokens[noun];
        (token.head, token.rel, token.sub) =
            (Some(clause as u32), Rel::Nsubj, if passive { Sub::Pass } else { Sub::None });
    }
}
