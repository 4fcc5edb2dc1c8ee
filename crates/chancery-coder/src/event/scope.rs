//! What looks like an event between states and is none, and who began a war.

use crate::knowledge::{EventRow, Lexicon};
use crate::tree::Tree;
use crate::view::{Actor, View};
use chancery_model::EventType;
use chancery_text::Rel;

/// Whether a sentence is about sport.
pub(crate) fn is_contest(tree: &Tree<'_>, lexicon: &Lexicon) -> bool {
    (0..tree.len()).any(|i| {
        lexicon.in_class("contest", tree.lemma(i))
            || matches!(tree.token(i).form.as_str(), "WM" | "EM" | "FIFA" | "UEFA")
    })
}

/// Sport is no encounter of states, and an earthquake strikes without being anybody's.
pub(super) fn out_of_scope(view: &View<'_>, event_type: EventType, at: usize) -> bool {
    use EventType as T;
    let tree = view.tree();
    let lexicon = view.lexicon();
    if matches!(event_type, T::Consult | T::Assault | T::Cooperate | T::Aid | T::Coerce | T::Reject) && view.contest {
        return true;
    }
    matches!(event_type, T::Assault | T::Coerce)
        && view.subjects(at, 0).into_iter().chain(view.agents(at)).any(|s| lexicon.in_class("disaster", tree.lemma(s)))
}

/// "Krieg zwischen Russland und der Ukraine": who attacked in the wars that have a name is known.
pub(super) fn orient(view: &View<'_>, initiator: &mut Vec<Actor>, recipient: &mut Vec<Actor>) {
    let [a, b] = initiator.as_slice() else { return };
    let known = |x: &Actor, y: &Actor| view.lexicon().aggressions.contains(&(x.code.clone(), y.code.clone()));
    let last = if known(a, b) {
        1
    } else if known(b, a) {
        0
    } else {
        return;
    };
    recipient.push(initiator.remove(last));
}

/// "under the nuclear agreement", "gemäß dem Abkommen": the noun names an instrument and tells of no event.
pub(super) fn names_instrument(view: &View<'_>, row: &EventRow, at: usize) -> bool {
    let tree = view.tree();
    // "die Kommission für den Handel mit …": what somebody is there for.
    if row.event_type == Some(EventType::Cooperate)
        && tree.token(at).rel == Rel::Nmod
        && matches!(
            tree.lemma(at).as_str(),
            "handel" | "zusammenarbeit" | "kooperation" | "austausch" | "trade" | "cooperation"
        )
        && tree.preposition(at).is_some_and(|p| matches!(p.as_str(), "für" | "for"))
    {
        return true;
    }
    row.event_type == Some(EventType::Agree)
        && view.lexicon().in_class("agreement", tree.lemma(at))
        && matches!(tree.token(at).rel, Rel::Nmod | Rel::Obl | Rel::Compound)
        && tree.preposition(at).is_some_and(|p| {
            matches!(
                p.as_str(),
                "under"
                    | "of"
                    | "with"
                    | "to"
                    | "in"
                    | "on"
                    | "from"
                    | "gemäß"
                    | "laut"
                    | "nach"
                    | "in accordance with"
                    | "unter"
                    | "aus"
                    | "von"
                    | "zu"
                    | "mit"
                    | "about"
                    | "over"
                    | "über"
                    | "gegen"
                    | "against"
            )
        })
}
