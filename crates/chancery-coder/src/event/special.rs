//! Events that no single row gives: persons in a caption, votes for what they are about.

use super::Frame;
use crate::factuality::embedding;
use crate::knowledge::{Embed, EventRow, Slot};
use crate::slot::Trigger;
use crate::tree::lower;
use crate::view::{Actor, Level, View, add_new};
use chancery_model::EventType;
use chancery_text::Rel;

/// "Kim und Putin, hier 2019.": a caption shows its persons together.
pub(super) fn caption<'k>(view: &View<'_>) -> Option<Frame<'k>> {
    let tree = view.tree();
    let year = |i: usize| {
        let form = tree.token(i).form.as_str();
        form.len() == 4 && form.parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y))
    };
    if tree.len() > 16 || (0..tree.len()).any(|i| tree.is_verb(i)) || !(0..tree.len()).any(year) {
        return None;
    }
    let at = (0..tree.len()).find(|i| {
        matches!(lower(&tree.token(*i).form).as_str(), "hier" | "here" | "archivbild" | "archivfoto" | "pictured")
    })?;
    let people = view.scene.mentions.iter().zip(&view.scene.resolved).filter_map(|(m, r)| match r {
        crate::resolve::Resolved::Actor { kind: crate::knowledge::EntityKind::Person, .. } if m.last < at => {
            Some(m.last)
        }
        _ => None,
    });
    let mut initiator: Vec<Actor> = Vec::new();
    for person in people {
        add_new(&mut initiator, view.actors(person));
    }
    let (row, event_type) = (EventRow::caption(), EventType::Consult);
    (initiator.len() >= 2).then(|| Frame {
        trigger: Trigger { at, comp: None },
        row,
        event_type,
        initiator,
        recipient: Vec::new(),
        unknown_initiator: false,
        consumed: Vec::new(),
        rule: "caption",
    })
}

/// A vote *for* sanctions or a condemnation is a sanction or a condemnation by those who vote, no support.
pub(super) fn ballots(view: &View<'_>, frames: &mut Vec<Frame<'_>>) {
    use EventType as T;
    let tree = view.tree();
    let mut done: Vec<usize> = Vec::new();
    for outer in 0..frames.len() {
        let at = frames[outer].trigger.at;
        if frames[outer].event_type != T::Support || !is_ballot(tree.lemma(at)) {
            continue;
        }
        let inner = frames.iter().position(|f| {
            f.trigger.at != at
                && tree.below(f.trigger.at, at)
                && matches!(f.event_type, T::Sanction | T::Accuse | T::Coerce)
                && f.recipient.iter().any(|r| r.level == Level::State)
        });
        if let Some(inner) = inner {
            frames[outer].event_type = frames[inner].event_type;
            let recipient = frames[inner].recipient.clone();
            frames[outer].recipient = recipient;
            frames[outer].rule = "vote for it";
            if frames[inner].unknown_initiator {
                done.push(inner);
            }
        }
    }
    done.sort_unstable();
    for inner in done.into_iter().rev() {
        frames.remove(inner);
    }
}

/// "rejected the claim that …", "wies zurück, … zu haben": who refuses what is alleged denies it, and the denied event stands
/// for the refusal.
pub(super) fn denials(view: &View<'_>, frames: &mut Vec<Frame<'_>>) {
    let tree = view.tree();
    let told = |clause: usize, verb: usize| {
        frames.iter().any(|f| f.trigger.at != verb && (f.trigger.at == clause || tree.clause(f.trigger.at) == clause))
    };
    let denies = |verb: usize| {
        tree.children(verb).iter().any(|c| {
            let Some((row, slot)) = embedding(view, verb, *c) else { return false };
            match (row.kind, slot) {
                (Embed::Deny | Embed::Cancel, Slot::Ccomp | Slot::Xcomp) => tree.is_verb(*c) && told(*c, verb),
                (Embed::Deny, Slot::Obj) => {
                    tree.with_rel(*c, Rel::Acl).any(|clause| tree.finite(clause).is_some() && told(clause, verb))
                }
                _ => false,
            }
        })
    };
    let dropped: Vec<usize> = frames
        .iter()
        .filter(|f| f.event_type == EventType::Reject && tree.is_verb(f.trigger.at))
        .map(|f| f.trigger.at)
        .filter(|v| denies(*v))
        .collect();
    frames.retain(|f| !(f.event_type == EventType::Reject && dropped.contains(&f.trigger.at)));
}

pub(super) fn is_ballot(lemma: &str) -> bool {
    matches!(lemma, "stimmen" | "votieren" | "abstimmen" | "zustimmen" | "stimme" | "vote" | "ballot")
}
