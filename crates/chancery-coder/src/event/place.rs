//! The parties of a frame, by the slots of its row.

use super::Frame;
use super::nearby::{nearby, told_by_pronoun};
use super::scope::{names_instrument, orient, out_of_scope};
use crate::knowledge::{EventRow, Pos, Slot};
use crate::slot::Trigger;
use crate::view::{Actor, Level, View, add_new};
use chancery_model::EventType;
use chancery_text::Rel;

/// Places the parties of a frame; `None` when it links nobody that counts.
pub(super) fn place<'k>(
    view: &View<'_>,
    row: &'k EventRow,
    trigger: Trigger,
    event_type: EventType,
    consumed: Vec<usize>,
    before: &[Frame<'_>],
    spoken: &[bool],
) -> Option<Frame<'k>> {
    let tree = view.tree();
    let at = trigger.at;
    let mut rule = if tree.is_passive(at) {
        "passive"
    } else if row.pos == Pos::Noun {
        "nominal"
    } else {
        "active"
    };
    let mut initiator: Vec<Actor> = Vec::new();
    let mut recipient: Vec<Actor> = Vec::new();
    let anchors: Vec<usize> = consumed.iter().copied().filter(|c| !tree.is_verb(*c)).collect();
    let fill = |slot: &Slot, out: &mut Vec<Actor>| {
        let mut found = view.fill(&trigger, slot);
        if found.is_empty() && matches!(slot, Slot::Gen | Slot::Adj | Slot::Poss | Slot::Comp) {
            // In a light verb the noun's own owners count: "deutsche Kritik üben".
            for anchor in &anchors {
                found.extend(view.fill(&Trigger { at: *anchor, comp: None }, slot));
            }
        }
        if found.is_empty()
            && let Slot::Prep(prep) = slot
        {
            for anchor in &anchors {
                for head in view.prepositional(*anchor, prep) {
                    found.extend(view.actors(head));
                }
            }
        }
        add_new(out, found);
    };
    for slot in &row.initiator {
        // The first slot that is filled has the initiator; a reciprocal event has all.
        if row.reciprocal || initiator.is_empty() || matches!(slot, Slot::Named(_)) {
            fill(slot, &mut initiator);
        }
    }
    if row.reciprocal {
        for anchor in &anchors {
            for prep in ["mit", "with", "zwischen", "between"] {
                for head in view.prepositional(*anchor, prep) {
                    add_new(&mut initiator, view.actors(head));
                }
            }
        }
    }
    for slot in &row.recipient {
        if recipient.is_empty() || matches!(slot, Slot::Named(_)) {
            fill(slot, &mut recipient);
        }
    }
    // A noun takes the subject of its support verb: "führte einen Angriff auf …", "made a promise to".
    if row.pos == Pos::Noun && (initiator.is_empty() || (row.reciprocal && initiator.len() < 2)) {
        let supported = support_subject(view, at, before);
        if !supported.is_empty() {
            rule = "support verb";
        }
        add_new(&mut initiator, supported.into_iter().filter(|s| !recipient.iter().any(|r| r.code == s.code)));
    }
    let subject_slot = row.initiator.first() == Some(&Slot::Subj) || row.reciprocal;
    if row.pos == Pos::Verb
        && initiator.is_empty()
        && subject_slot
        && !tree.is_passive(at)
        && view.subjects(at, 0).is_empty()
    {
        initiator = view.lone_actor(at, &recipient);
    }
    let bare_recipient = row.recipient.iter().any(|s| matches!(s, Slot::Obj | Slot::Iobj));
    let lost = recipient.is_empty() && bare_recipient && !initiator.is_empty() && !tree.is_passive(at);
    if row.pos == Pos::Verb && lost && !told_by_pronoun(view, at) {
        recipient = view.lone_actor(at, &initiator);
    }
    // "sicherten ihre Hilfe zu": a party that owns what it gives is not whom it is given to.
    let each_other = is_mutual(view, at);
    if !row.reciprocal && !each_other {
        recipient.retain(|r| !initiator.iter().any(|i| i.code == r.code));
    }
    if let Some(found) =
        nearby(view, row, (at, &consumed), event_type, (&mut initiator, &mut recipient), before, spoken)
    {
        rule = found;
    }
    if event_type == EventType::Sanction && row.pos == Pos::Noun && initiator.is_empty() && view.is_definite(at) {
        // "die Sanktionen" where the text speaks of the body that imposes them.
        initiator.extend(view.body_of_the_text(at, &recipient));
    }
    // "kritisierten einander": both act and both are acted upon.
    let mutual = row.pos == Pos::Verb && each_other && initiator.len() + recipient.len() > 1;
    // Meetings and trade have parties on an equal footing, however the sentence turns them.
    let mutual = mutual || matches!(event_type, EventType::Cooperate | EventType::Consult) && !recipient.is_empty();
    if row.reciprocal || mutual {
        add_new(&mut initiator, recipient.drain(..));
    } else {
        recipient.retain(|r| !initiator.iter().any(|i| i.code == r.code));
    }
    if event_type == EventType::Assault && row.pos == Pos::Noun && recipient.is_empty() {
        orient(view, &mut initiator, &mut recipient);
    }
    if initiator.is_empty() && row.mode.as_deref() == Some("arrest") {
        // Who is arrested in Canada is arrested by Canada.
        let place = view.actors_between(view.clause_window(at), spoken, at).into_iter().find(|n| {
            matches!(n.prep.as_deref(), Some("in" | "at"))
                && !recipient.iter().any(|r| r.code.state() == n.actor.code.state())
        });
        initiator.extend(place.map(|n| Actor { level: Level::State, ..n.actor }));
    }
    // Firms that trade are markets, not states.
    if event_type == EventType::Cooperate && initiator.iter().chain(&recipient).any(|a| a.level == Level::Nonstate) {
        return None;
    }
    // Nobody told to act, and who suffers only by nearness: too little.
    if rule == "near" && initiator.is_empty() && !tree.is_passive(at) {
        return None;
    }
    // "stimmten für die Resolution 2270" in a text on a state: a resolution on a state is no support for it.
    if rule == "matter of the text" && event_type == EventType::Support {
        return None;
    }
    if out_of_scope(view, event_type, at) {
        return None;
    }
    if matches!(rule, "nominal" | "near" | "topic") && names_instrument(view, row, at) {
        return None;
    }
    // "der NATO-Vertrag könnte …": the treaty of a body is an instrument, and who stands beside it concludes nothing.
    let of_a_body = || view.modifiers(at).iter().any(|a| a.code.is_body());
    if matches!(rule, "near" | "topic") && event_type == EventType::Agree && row.pos == Pos::Noun && of_a_body() {
        return None;
    }
    let unknown_initiator = initiator.is_empty();
    // Who resigns does so towards nobody.
    let resigns = row.mode.as_deref() == Some("resign") && initiator.iter().any(|a| a.level == Level::State);
    if !resigns && !viable(event_type, row.reciprocal || mutual, &initiator, &recipient) {
        return None;
    }
    Some(Frame { trigger, row, event_type, initiator, recipient, unknown_initiator, consumed, rule })
}

/// "einander", "gegenseitig", "each other", "one another" at a verb.
fn is_mutual(view: &View<'_>, at: usize) -> bool {
    let tree = view.tree();
    let (first, end) = view.clause_window(at);
    (first..end).any(|i| {
        let lemma = tree.lemma(i).as_str();
        let next = || (i + 1 < end).then(|| tree.lemma(i + 1).as_str());
        matches!(lemma, "einander" | "gegenseitig" | "wechselseitig" | "mutually")
            || (lemma == "each" && next() == Some("other"))
            || (lemma == "one" && next() == Some("another"))
    })
}

/// Subject of the verb that supports an event noun.
fn support_subject(view: &View<'_>, noun: usize, before: &[Frame<'_>]) -> Vec<Actor> {
    let tree = view.tree();
    let Some(verb) = tree.head(noun) else { return Vec::new() };
    if !tree.is_verb(verb) || before.iter().any(|f| f.trigger.at == verb) {
        return Vec::new();
    }
    let rel = tree.token(noun).rel;
    let object = rel == Rel::Obj
        || is_light(tree.lemma(verb))
        || (rel == Rel::Nsubj && tree.is_passive(verb))
        || (rel == Rel::Obl && matches!(tree.preposition(noun).as_deref(), Some("zu" | "in" | "to")));
    let speaks = view.lexicon().embeddings.get(tree.lemma(verb)).is_some_and(|rows| {
        use crate::knowledge::Embed as E;
        rows.iter().any(|r| {
            matches!(
                r.kind,
                E::Say
                    | E::Endorse
                    | E::Claim
                    | E::Deny
                    | E::Doubt
                    | E::Believe
                    | E::Suspect
                    | E::Know
                    | E::Fear
                    | E::Expect
                    | E::Warn
                    | E::Accuse
                    | E::Demand
            )
        })
    });
    if !object || speaks {
        return Vec::new();
    }
    view.fill(&Trigger { at: verb, comp: None }, &Slot::Subj)
}

/// Verbs that only carry an event noun: their subject acts, wherever the parser hangs the noun.
fn is_light(lemma: &str) -> bool {
    matches!(
        lemma,
        "führen"
            | "ausüben"
            | "verüben"
            | "unternehmen"
            | "durchführen"
            | "leisten"
            | "üben"
            | "fliegen"
            | "exert"
            | "launch"
            | "conduct"
            | "mount"
            | "wage"
            | "stage"
            | "carry"
            | "perpetrate"
            | "commit"
            | "provide"
            | "deliver"
    )
}

/// Whether a frame with these parties is an interaction that counts: two different states or bodies of which one acts
/// or is acted upon as such; or one towards or by somebody unnamed where the type is an act of conflict; or a posture.
fn viable(event_type: EventType, reciprocal: bool, initiator: &[Actor], recipient: &[Actor]) -> bool {
    use EventType as T;
    let all = || initiator.iter().chain(recipient);
    if !all().any(|a| a.level == Level::State) {
        return false;
    }
    let mut states: Vec<&str> = all().map(|a| a.code.state()).collect();
    states.sort_unstable();
    states.dedup();
    if states.len() >= 2 {
        // Several who act on nobody known are no dyad: "the EU and the US criticised the trial".
        return reciprocal || !recipient.is_empty() || event_type == T::Mobilize;
    }
    let conflict = matches!(event_type, T::Assault | T::Coerce | T::Sanction | T::Accuse | T::Threaten | T::Reject);
    if initiator.is_empty() {
        return conflict && !recipient.is_empty();
    }
    event_type == T::Mobilize && initiator.iter().any(|a| a.level == Level::State)
}
