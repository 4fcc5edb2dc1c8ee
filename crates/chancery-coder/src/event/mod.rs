//! Event frames: which words carry an event, of which type, between whom.

mod lookup;
mod nearby;
mod place;
mod scope;
mod special;

use crate::knowledge::{EventRow, Knowledge};
use crate::slot::Trigger;
use crate::view::{Actor, View};
use chancery_model::EventType;
pub(crate) use lookup::{hyphenated, particle_at};
use lookup::{is_participle, lookup};
use place::place;
pub(crate) use scope::is_contest;
use smol_str::SmolStr;
use special::{ballots, caption, denials};

/// An event found in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'k> {
    pub(crate) trigger: Trigger,
    pub(crate) row: &'k EventRow,
    pub(crate) event_type: EventType,
    pub(crate) initiator: Vec<Actor>,
    pub(crate) recipient: Vec<Actor>,
    /// The initiator is left out or no known actor.
    pub(crate) unknown_initiator: bool,
    /// Words that belong to the frame and carry no event of their own.
    pub(crate) consumed: Vec<usize>,
    /// How the parties were placed.
    pub(crate) rule: &'static str,
}

/// What a sentence holds beside frames, for abstentions.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// Frames whose parties could not be placed.
    pub(crate) unplaced: Vec<SmolStr>,
    /// Predicates listed as no event.
    pub(crate) no_event: Vec<SmolStr>,
}

/// All frames of a sentence: verbs first, so that a light verb claims its noun.
///
/// `spoken` marks the words that only name a source ("laut dem Kreml"): they are no parties.
pub(crate) fn frames<'k>(view: &View<'_>, knowledge: &'k Knowledge, spoken: &[bool]) -> (Vec<Frame<'k>>, Trace) {
    let tree = view.tree();
    let mut out: Vec<Frame<'k>> = Vec::new();
    let mut trace = Trace::default();
    let mut taken: Vec<usize> = Vec::new();
    let verbal = |i: &usize| tree.is_verb(*i) || is_participle(view, *i);
    let order: Vec<usize> = (0..tree.len()).filter(verbal).chain((0..tree.len()).filter(|i| !verbal(i))).collect();
    for at in order {
        if taken.contains(&at) {
            continue;
        }
        let Some((row, trigger, consumed)) = lookup(view, knowledge.lexicon(tree.lang), at) else { continue };
        let Some(event_type) = row.event_type else {
            trace.no_event.push(tree.lemma(at).clone());
            continue;
        };
        match place(view, row, trigger, event_type, consumed, &out, spoken) {
            Some(frame) => {
                taken.extend(&frame.consumed);
                out.push(frame);
            }
            None => trace.unplaced.push(row.key.clone()),
        }
    }
    out.extend(caption(view));
    out.sort_by_key(|f| f.trigger.at);
    ballots(view, &mut out);
    denials(view, &mut out);
    (out, trace)
}
