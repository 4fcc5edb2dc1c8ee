//! German clauses that the parser hung on the wrong word: what stands behind a dash, behind *dass*, and the subject of
//! indirect speech without *dass*.

use chancery_text::{Mood, Rel, Sentence, Sub, Upos, VerbForm};

use crate::tree::lower;

/// All repairs of clauses.
pub(crate) fn clauses(sentence: &mut Sentence) {
    particles(sentence);
    that(sentence);
    dashes(sentence);
    speech(sentence);
}

fn head(sentence: &Sentence, at: usize) -> Option<usize> {
    sentence.tokens[at].head.map(|h| h as usize)
}

/// What hangs on a separated particle belongs to its verb ("weist darauf hin, dass …").
fn particles(sentence: &mut Sentence) {
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

/// "Die Regierung erklärte, russische Soldaten hätten … beschossen": the noun between the comma and the finite verb is the
/// subject of the clause behind the comma.
fn speech(sentence: &mut Sentence) {
    for noun in 1..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[noun];
        if !matches!(token.upos, Upos::Noun | Upos::Propn)
            || !matches!(token.rel, Rel::Obj | Rel::Nsubj | Rel::Obl | Rel::Conj | Rel::Appos)
        {
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
        let verb = (noun + 1..sentence.tokens.len()).find(|i| !hangs_on(sentence, *i, noun));
        let Some(verb) = verb.filter(|_| opened && !preposition) else { continue };
        let finite = sentence.tokens[verb].feats.verb_form == Some(VerbForm::Fin);
        let clause = if sentence.tokens[verb].rel == Rel::Aux { head(sentence, verb) } else { Some(verb) };
        let Some(clause) = clause.filter(|c| finite && *c != governor && *c > noun) else { continue };
        let embedded = head(sentence, clause) == Some(governor) || sentence.tokens[verb].feats.mood == Some(Mood::Sub);
        let told = sentence.children(clause).any(|c| matches!(sentence.tokens[c].rel, Rel::Nsubj | Rel::Csubj));
        if !embedded || told || hangs_on(sentence, clause, noun) {
            continue;
        }
        let passive = sentence
            .children(clause)
            .any(|c| sentence.tokens[c].rel == Rel::Aux && sentence.tokens[c].sub == Sub::Pass);
        let token = &mut sentence.tokens[noun];
        (token.head, token.rel, token.sub) =
            (Some(clause as u32), Rel::Nsubj, if passive { Sub::Pass } else { Sub::None });
    }
}

/// Whether a word hangs on another, directly or not.
fn hangs_on(sentence: &Sentence, word: usize, top: usize) -> bool {
    let mut at = word;
    for _ in 0..sentence.tokens.len() {
        match head(sentence, at) {
            Some(above) if above == top => return true,
            Some(above) => at = above,
            None => return false,
        }
    }
    false
}
