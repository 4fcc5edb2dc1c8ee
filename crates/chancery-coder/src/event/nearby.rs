//! The second line of placing parties: the words around the trigger, then what the text is about.

use super::Frame;
use super::special::is_ballot;
use crate::knowledge::{Condition, EventRow, Pos, Slot};
use crate::near::{near_agent, near_asked};
use crate::slot::Trigger;
use crate::view::{Actor, Level, View, add_new};
use chancery_model::EventType;
use chancery_text::{Lang, Rel, Upos};

/// How far behind a noun inside another phrase its parties may stand.
const DEEP: usize = 14;

/// The second line where slots stayed empty: the words around the trigger, then what the text is about.
pub(super) fn nearby(
    view: &View<'_>,
    row: &EventRow,
    (at, consumed): (usize, &[usize]),
    event_type: EventType,
    (initiator, recipient): (&mut Vec<Actor>, &mut Vec<Actor>),
    before: &[Frame<'_>],
    spoken: &[bool],
) -> Option<&'static str> {
    let tree = view.tree();
    // "die getöteten Menschen": a participle in front of its noun has the parties of its phrase, or none.
    if tree.lang == Lang::De && tree.token(at).upos == Upos::Adj && !tree.is_predicate(at) {
        return None;
    }
    let verbal = row.pos != Pos::Noun;
    let passive = tree.is_passive(at);
    let clause = tree.clause(at);
    // A noun deep in another phrase takes no parties from afar.
    let deep = !matches!(tree.token(at).rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Root | Rel::Iobj | Rel::Conj);
    if !verbal && (clause == at && !deep || before.iter().any(|f| f.trigger.at == clause)) {
        return None;
    }
    let deep = deep && !verbal;
    if !verbal && row.reciprocal && event_type == EventType::Cooperate && view.is_indefinite(at) {
        // "eine Zusammenarbeit": thought of, not told.
        return None;
    }
    let mut near = view.actors_between(view.clause_window(at), spoken, at);
    if deep {
        near.retain(|n| n.at > at && n.at < at + DEEP);
    }
    let mut rule = None;
    if !verbal && !row.reciprocal && initiator.is_empty() && !recipient.is_empty() && denies(view, clause) {
        // Who denies an attack on another denies to have attacked.
        let denier = view.fill(&Trigger { at: clause, comp: None }, &Slot::Subj);
        add_new(initiator, denier.into_iter().filter(|d| !recipient.iter().any(|r| r.code == d.code)));
    }
    if row.reciprocal && counterparts_are_told(view, at) {
        return None;
    }
    if row.reciprocal {
        for _ in 0..2 {
            let distinct = initiator.iter().map(|a| a.code.state()).collect::<std::collections::BTreeSet<_>>().len();
            if distinct >= 2 {
                break;
            }
            let taken: Vec<Actor> = initiator.iter().chain(recipient.iter()).cloned().collect();
            let mut found: Vec<Actor> = view.near_subject(&near, at, &taken).into_iter().collect();
            if found.is_empty() {
                found = view.near_object(&near, &row.initiator, event_type, &taken, false);
            }
            if !found.is_empty() {
                rule = Some("near");
            } else if matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate)
                && !deep
                && !goal_is_told(view, row, at)
                && (verbal || view.is_definite(at) || !initiator.is_empty())
            {
                found = view.topics(&taken, spoken, at, 2 - distinct);
                rule = rule.or((!found.is_empty()).then_some("topic"));
            }
            if found.is_empty() && event_type == EventType::Consult && arrives(tree.lemma(at)) {
                // Guests come to where the text is.
                let host = view.discourse.place.clone().filter(|p| !taken.iter().any(|t| t.code == *p));
                found.extend(host.map(|code| view.implied(code, at)));
                rule = rule.or((!found.is_empty()).then_some("host"));
            }
            if found.is_empty() {
                break;
            }
            add_new(initiator, found);
        }
        return rule;
    }
    let mut subjects = view.subjects(at, 0);
    // "sein Veto eingelegt" with the veto as its subject: it is the object.
    subjects.retain(|s| !consumed.contains(s));
    let explicit = !subjects.is_empty();
    if initiator.is_empty() && verbal && !passive && !row.initiator.contains(&Slot::Nobody) {
        for subject in &subjects {
            let found = if physical(event_type) {
                // A thing that acts is its owner's: "Chinese ships", "Israeli jets".
                view.owners(*subject, 1)
            } else {
                // "die chinesischen Veranstalter": whoever bears a nationality and speaks is of its people.
                view.modifiers(*subject).into_iter().map(of_its_people).collect()
            };
            add_new(initiator, found.into_iter().filter(|a| !recipient.iter().any(|r| r.code == a.code)));
        }
    }
    if passive && initiator.is_empty() {
        if let Some(agent) = near_agent(&near, recipient, (tree.lang == Lang::En).then_some(at)) {
            // "von Russland oder dem Libanon": all that stand beside it.
            let all = view.actors(agent.at);
            let together = all.iter().any(|a| a.code == agent.actor.code);
            initiator.extend(if together { all } else { vec![agent.actor.clone()] });
        }
        if initiator.is_empty() {
            add_new(initiator, view.maker_of_instrument(at));
        }
    }
    if initiator.is_empty()
        && verbal
        && !passive
        && !explicit
        && row.initiator.first() == Some(&Slot::Subj)
        && let Some(found) = view.near_subject(&near, at, recipient)
    {
        initiator.push(found);
        rule = Some("near");
    }
    if initiator.is_empty() && verbal && !passive && !explicit && tree.finite(at).is_none() {
        let found = view.matrix_subject(at, recipient, spoken);
        if !found.is_empty() {
            rule = Some("control");
            add_new(initiator, found);
        }
    }
    let wanted = !row.recipient.contains(&Slot::Nobody) && (!row.recipient.is_empty() || carries_content(event_type));
    let complains = event_type == EventType::Accuse && verbal && explicit;
    if recipient.is_empty() && wanted && initiator.is_empty() && complains {
        // "Medien klagten, dass sie durch iranische Organe …": whom the content names as acting.
        recipient.extend(view.content_agent(at, spoken));
        return Some("content");
    }
    if recipient.is_empty() && wanted && (!initiator.is_empty() || passive) {
        let ballot = event_type != EventType::Agree && is_ballot(tree.lemma(at));
        if ballot || row.key.contains("Veto") || row.key.contains("veto") {
            *recipient = near_asked(&near, &row.recipient, initiator);
            if recipient.is_empty() {
                *recipient = view.matter(initiator, at);
            }
            return Some("matter of the text");
        }
        let mut found = Vec::new();
        // "warfen den Menschen vor, …": who is told is told, though no state.
        let addressed = view
            .indirect_objects(at)
            .iter()
            .any(|o| tree.is_nominal(*o) && tree.token(*o).upos != Upos::Pron && view.actors(*o).is_empty());
        if carries_content(event_type) && addressed {
            return rule;
        }
        if carries_content(event_type) {
            found = view.content_party(at, spoken, initiator);
        }
        let by_pronoun = verbal && !passive && event_type == EventType::Support && told_by_pronoun(view, at);
        if found.is_empty() && !by_pronoun {
            found = view.near_object(&near, &row.recipient, event_type, initiator, passive);
        }
        if !found.is_empty() {
            rule = Some("near");
            *recipient = found;
        } else if verbal
            && !by_pronoun
            && topical(view, event_type, at)
            && !goal_is_told(view, row, at)
            && !initiator.is_empty()
        {
            let found = view.topics(initiator, spoken, at, 1);
            if !found.is_empty() {
                rule = Some("topic");
                *recipient = found;
            }
        }
    }
    rule
}

/// "Blair hatte diesen unterstützt": the object is told, though not by name.
pub(super) fn told_by_pronoun(view: &View<'_>, at: usize) -> bool {
    view.objects(at).iter().any(|o| {
        let token = view.tree().token(*o);
        matches!(token.upos, Upos::Pron | Upos::Det) && !token.feats.reflex
    })
}

/// Acts that ships, aircraft and missiles carry out for their owner.
fn physical(event_type: EventType) -> bool {
    use EventType as T;
    matches!(event_type, T::Assault | T::Coerce | T::Mobilize | T::Threaten | T::Sanction | T::Retreat | T::Aid)
}

fn of_its_people(actor: Actor) -> Actor {
    let whole = actor.code.is_body() || actor.code.is_nonstate();
    let code = if whole { actor.code } else { actor.code.nonstate() };
    Actor { code, level: Level::Nonstate, ..actor }
}

fn denies(view: &View<'_>, verb: usize) -> bool {
    let rows = view.lexicon().embeddings.get(view.tree().lemma(verb));
    rows.is_some_and(|rows| rows.iter().any(|r| r.kind == crate::knowledge::Embed::Deny))
}

/// "zwischen der Polizei und Anhängern": the parties are told, and they are no states.
fn counterparts_are_told(view: &View<'_>, at: usize) -> bool {
    ["zwischen", "between", "mit", "with"].iter().any(|prep| {
        let heads = view.prepositional(at, prep);
        !heads.is_empty() && heads.iter().all(|h| view.tree().is_nominal(*h) && view.actors(*h).is_empty())
    })
}

fn arrives(lemma: &str) -> bool {
    matches!(lemma, "kommen" | "eintreffen" | "anreisen" | "ankommen" | "gast" | "come" | "arrive" | "guest")
}

/// Whether an act without a named addressee goes to whom the text is about. Support has its object ("unterstützt die
/// Menschenrechte"); arms, money and attacks have somebody beside theirs.
fn topical(view: &View<'_>, event_type: EventType, at: usize) -> bool {
    let tree = view.tree();
    let told = |o: &usize| tree.token(*o).upos != Upos::Pron && !tree.token(*o).feats.reflex;
    event_type != EventType::Support || !view.objects(at).iter().any(told)
}

/// The row asks for a phrase with a preposition, and the phrase stands there and names nobody: "came to 1.7 billion".
fn goal_is_told(view: &View<'_>, row: &EventRow, at: usize) -> bool {
    let told = |(slot, fillers): &(Slot, Vec<_>)| matches!(slot, Slot::Prep(p) if fillers.is_empty() && !view.prepositional(at, p).is_empty());
    row.with.iter().any(|condition| matches!(condition, Condition::Filled(slots) if slots.iter().any(told)))
}

/// Acts whose addressee may be named only in what is demanded, threatened or alleged: "demanded that Kyiv withdraw".
fn carries_content(event_type: EventType) -> bool {
    matches!(event_type, EventType::Request | EventType::Threaten | EventType::Accuse | EventType::Agree)
}
