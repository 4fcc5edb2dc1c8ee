//! The status of an event that a noun names.

use super::modifiers::is_negated;
use super::status::verb_status;
use super::{Judgement, hypothetical};
use crate::event::Frame;
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::{Polarity, Status};
use chancery_text::{Lang, Mood, Rel, Tense};

/// An event noun: presupposed unless its modifiers or its verb say otherwise.
pub(super) fn noun_status(view: &View<'_>, frame: &Frame<'_>, j: &mut Judgement) {
    let tree = view.tree();
    let at = frame.trigger.at;
    let clause = tree.clause(at);
    if clause == at {
        return;
    }
    // Only a verb that tells of the event itself gives it its tense.
    let direct = tree.head(at) == Some(clause);
    let rel = tree.token(at).rel;
    let tells = direct
        && (matches!(rel, Rel::Nsubj)
            || (rel == Rel::Obj && changes(tree.lemma(clause)))
            || (rel == Rel::Obj && frame.rule == "support verb")
            || (rel == Rel::Obl && frame.rule == "support verb"));
    if direct && rel == Rel::Nsubj && !tree.is_verb(clause) && (unreal(tree, clause) || thinkable(tree.lemma(clause))) {
        hypothetical(j, "unreal predicate");
    }
    if tells && tree.is_verb(clause) {
        let mut told = Judgement { cues: Vec::new(), ..j.clone() };
        verb_status(view, clause, frame.event_type, &mut told);
        // "soll intensiviert werden": what is planned for the cooperation is the cooperation to come.
        let changed = changes(tree.lemma(clause))
            && matches!(told.status, Status::Planned | Status::Demanded | Status::Hypothetical);
        let exists = changed || existence(tree.lemma(clause)) || frame.rule == "support verb";
        if exists || (told.status == Status::Ongoing && continuing(tree.lemma(at))) {
            j.status = told.status;
            j.certainty = told.certainty;
            j.cues.extend(told.cues);
            if told.hearsay.is_some() {
                j.hearsay = told.hearsay;
            }
        }
        if exists && is_negated(view, clause) {
            j.polarity = Polarity::Negative;
            j.cues.push("negated".into());
        }
        if rel == Rel::Nsubj && !exists && unreal(tree, clause) {
            hypothetical(j, "unreal predicate");
        }
    } else if continuing(tree.lemma(at))
        && tree.finite(clause).is_some_and(|f| tree.token(f).feats.tense == Some(Tense::Pres))
        && !tree.auxiliaries(clause).any(|a| matches!(tree.lemma(a).as_str(), "haben" | "sein" | "have"))
    {
        j.status = Status::Ongoing;
    }
}

/// Verbs that make more or less of what exists.
fn changes(lemma: &str) -> bool {
    matches!(
        lemma,
        "intensivieren"
            | "ausbauen"
            | "vertiefen"
            | "stärken"
            | "ausweiten"
            | "erweitern"
            | "beschleunigen"
            | "verstärken"
            | "wiederaufnehmen"
            | "fortsetzen"
            | "intensify"
            | "expand"
            | "deepen"
            | "strengthen"
            | "accelerate"
            | "broaden"
            | "enhance"
            | "resume"
    )
}

/// Adjectives that leave open whether their subject takes place.
fn thinkable(lemma: &str) -> bool {
    matches!(
        lemma,
        "denkbar"
            | "möglich"
            | "vorstellbar"
            | "unvermeidlich"
            | "conceivable"
            | "possible"
            | "imminent"
            | "inevitable"
            | "thinkable"
            | "unausweichlich"
            | "unwahrscheinlich"
            | "unlikely"
    )
}

/// "wäre", "würde … auslösen", "would be an act of war": what has such a predicate is thought, not told.
pub(super) fn unreal(tree: &Tree<'_>, clause: usize) -> bool {
    let Some(finite) = tree.finite(clause) else { return false };
    let token = tree.token(finite);
    match tree.lang {
        Lang::De => {
            token.feats.mood == Some(Mood::Sub)
                && token.feats.tense == Some(Tense::Past)
                && matches!(tree.lemma(finite).as_str(), "sein" | "werden" | "können" | "haben")
        }
        Lang::En => tree
            .auxiliaries(clause)
            .any(|a| matches!(lower(&tree.token(a).form).as_str(), "would" | "could" | "might" | "'d")),
    }
}

/// Verbs that say no more of their subject or object than that it takes place.
fn existence(lemma: &str) -> bool {
    matches!(
        lemma,
        "stattfinden"
            | "geben"
            | "sein"
            | "kommen"
            | "beginnen"
            | "erfolgen"
            | "geschehen"
            | "ereignen"
            | "zustandekommen"
            | "folgen"
            | "dauern"
            | "laufen"
            | "anhalten"
            | "bevorstehen"
            | "anstehen"
            | "be"
            | "occur"
            | "happen"
            | "take"
            | "begin"
            | "start"
            | "continue"
            | "follow"
            | "resume"
            | "last"
            | "go"
            | "hold"
            | "come"
            | "finden"
            | "halten"
            | "planen"
            | "plan"
            | "schedule"
            | "ansetzen"
            | "vorsehen"
            | "end"
            | "enden"
    )
}

/// Event nouns that name something lasting.
fn continuing(lemma: &str) -> bool {
    let ends = |tails: &[&str]| tails.iter().any(|t| lemma.ends_with(t));
    ends(&[
        "krieg",
        "gespräch",
        "verhandlung",
        "unterstützung",
        "zusammenarbeit",
        "kooperation",
        "handel",
        "besatzung",
        "blockade",
        "sanktion",
        "embargo",
        "konflikt",
        "kampf",
        "hilfe",
        "übung",
        "manöver",
    ]) || matches!(
        lemma,
        "war"
            | "talk"
            | "talks"
            | "negotiation"
            | "support"
            | "cooperation"
            | "trade"
            | "occupation"
            | "blockade"
            | "sanction"
            | "sanctions"
            | "embargo"
            | "conflict"
            | "fighting"
            | "aid"
            | "assistance"
            | "exercise"
            | "drill"
            | "backing"
            | "pressure"
            | "partnership"
    )
}
