//! Whether it happened: tense, modals, negation, hedges, conditions, and what the predicates above an event do to it.
//!
//! The walk goes from the trigger up to the root. Each predicate above decides by its row in `embedding.tsv` (implicative,
//! factive, speech, plan …), after the signatures of Karttunen (1971) and the commitment values of FactBank.

mod effect;
mod governors;
mod modifiers;
mod nouns;
mod speech;
mod status;

use crate::event::Frame;
use crate::knowledge::{Embed, Pos};
use crate::tree::Tree;
use crate::view::View;
use chancery_model::{Certainty, EventType, Polarity, Status};
use chancery_text::Rel;
use effect::apply;
pub(crate) use governors::embedding;
use governors::{contained, promised_beside, shares, sibling_embedding};
pub(crate) use modifiers::is_negated;
use modifiers::{is_negator, modifiers};
use nouns::noun_status;
pub(crate) use speech::speakers;
use speech::{beside, condition, subjunctive};
use status::verb_status;

/// A predicate above the event that speaks: found on the way up, innermost first.
#[derive(Debug, Clone)]
pub(crate) struct Speech {
    pub(crate) kind: Embed,
    /// The speaking word.
    pub(crate) word: usize,
    /// Heads of the noun phrases that speak.
    pub(crate) speakers: Vec<usize>,
    /// Commitment of this speaker.
    pub(crate) certainty: Certainty,
    pub(crate) polarity: Polarity,
}

/// What the sentence says about the event's realisation.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    pub(crate) speeches: Vec<Speech>,
    /// Passed on without a speaker (*angeblich*, *soll … haben*, "allegedly"): the cue word.
    pub(crate) hearsay: Option<usize>,
    /// The hearsay stands as an attribute of the event noun ("die oft behauptete Lieferung"): a holder of its own beside
    /// what the sentence says of the event.
    pub(crate) attributive: bool,
    /// A Konjunktiv that nothing in the sentence governs: the speaker is further up in the text.
    pub(crate) ungoverned_subjunctive: Option<usize>,
    /// The event is only the content of another (a demand, a threat, talks).
    pub(crate) suppressed: Option<String>,
    /// What decided, in reading order from the event outwards.
    pub(crate) cues: Vec<String>,
}

/// Judges one frame.
pub(crate) fn judge(view: &View<'_>, frame: &Frame<'_>, frames: &[Frame<'_>]) -> Judgement {
    let tree = view.tree();
    let at = frame.trigger.at;
    let noun = frame.row.pos == Pos::Noun && !tree.is_verb(at);
    let mut j = Judgement {
        status: Status::Occurred,
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        speeches: Vec::new(),
        hearsay: None,
        attributive: false,
        ungoverned_subjunctive: None,
        suppressed: None,
        cues: Vec::new(),
    };
    if noun {
        noun_status(view, frame, &mut j);
    } else {
        verb_status(view, at, frame.event_type, &mut j);
    }
    modifiers(view, at, noun, &mut j);
    walk(view, frame, frames, &mut j);
    // What stands behind a dash is no longer in the mouth of who spoke before it.
    let dash = (0..at).rev().find(|i| matches!(tree.token(*i).form.as_str(), "–" | "—" | ";"));
    if let Some(dash) = dash
        .filter(|d| !(0..*d).any(|i| matches!(tree.token(i).form.as_str(), "–" | "—")) || tree.token(*d).form == ";")
    {
        j.speeches.retain(|s| s.word > dash);
    }
    if frame.rule == crate::echo::PRONOUN && j.polarity == Polarity::Positive {
        // "Realität waren sie … nicht": the negation stands anywhere in that short clause.
        let segment = (at..tree.len()).take_while(|i| tree.token(*i).form != ",");
        if segment.into_iter().any(|i| is_negator(view, i)) {
            j.polarity = Polarity::Negative;
            j.cues.push("negated".into());
        }
    }
    if is_question(tree) && j.speeches.is_empty() && clause_at_root(tree, at) {
        j.polarity = Polarity::Unknown;
        j.certainty = Certainty::Uncommitted;
        j.cues.push("question".into());
    }
    j
}

fn hypothetical(j: &mut Judgement, cue: &str) {
    j.status = Status::Hypothetical;
    j.certainty = Certainty::Possible;
    j.cues.push(format!("{cue}: possible"));
}

/// From the event up to the root.
fn walk(view: &View<'_>, frame: &Frame<'_>, frames: &[Frame<'_>], j: &mut Judgement) {
    let tree = view.tree();
    let mut nearest = true;
    let path: Vec<usize> = tree.ancestors(frame.trigger.at).collect();
    condition(view, frame.trigger.at, j);
    beside(view, frame.trigger.at, j);
    for pair in path.windows(2) {
        let (child, head) = (pair[0], pair[1]);
        let outer = frames
            .iter()
            .find(|f| f.trigger.at == head || f.consumed.contains(&head))
            .filter(|f| !std::ptr::eq(*f, frame));
        let entry = tree.token(child).rel;
        if let Some(outer) = outer
            && !shares(frame, outer)
        {
            contained(view, frame, outer, child, entry, nearest, j);
            nearest = false;
        } else if !frame.consumed.contains(&head) {
            if let Some((row, slot)) = embedding(view, head, child)
                // Talks that fail were held.
                && !(row.kind == Embed::Fail && frame.event_type == EventType::Consult && entry == Rel::Nsubj)
            {
                apply(view, row, &slot, head, j);
            }
            if let Some((row, slot, noun)) = sibling_embedding(view, head, child) {
                apply(view, row, &slot, noun, j);
            }
        }
        if let Some(promise) = promised_beside(view, frames, head, child, entry)
            && !std::ptr::eq(promise, frame)
            && !shares(frame, promise)
        {
            j.suppressed = Some(format!("content of {} ({})", promise.event_type, promise.row.key));
        }
        if tree.is_predicate(head) && entry != Rel::Conj {
            condition(view, head, j);
            beside(view, head, j);
        }
    }
    subjunctive(view, &path, j);
}

fn flip(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
        Polarity::Unknown => Polarity::Unknown,
    }
}

fn is_question(tree: &Tree<'_>) -> bool {
    (0..tree.len()).rev().take(3).any(|i| tree.token(i).form == "?")
}

fn clause_at_root(tree: &Tree<'_>, at: usize) -> bool {
    let clause = tree.clause(at);
    tree.head(clause).is_none() || tree.token(clause).rel == Rel::Conj
}
