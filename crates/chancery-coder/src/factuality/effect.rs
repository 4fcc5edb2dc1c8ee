//! What a governing predicate does to the event below it.

use super::modifiers::{is_negated, noun_negated};
use super::speech::speakers;
use super::status::{past_tense, predicate_of};
use super::{Judgement, Speech, flip};
use crate::knowledge::{Embed, EmbedRow, Slot};
use crate::view::View;
use chancery_model::{Certainty, Polarity, Status};
use chancery_text::Lang;

/// What a predicate above does to the event.
pub(super) fn apply(view: &View<'_>, row: &EmbedRow, slot: &Slot, head: usize, j: &mut Judgement) {
    let tree = view.tree();
    let negated = is_negated(view, predicate_of(tree, head)) || noun_negated(view, head);
    let speech = |j: &mut Judgement, certainty: Certainty, polarity: Polarity| {
        j.speeches.push(Speech { kind: row.kind, word: head, speakers: speakers(view, head), certainty, polarity });
    };
    let cue = format!("{} ({})", tree.token(head).form, row.key);
    let nominal_content = matches!(slot, Slot::Obj | Slot::Prep(_) | Slot::Subj | Slot::Gen);
    match row.kind {
        Embed::Say | Embed::Endorse | Embed::Claim => {
            // What is announced as a thing is still ahead: "announced a visit".
            if matches!(slot, Slot::Obj)
                && matches!(tree.lemma(head).as_str(), "announce" | "ankündigen" | "unveil" | "avisieren")
            {
                j.status = Status::Planned;
            }
            if negated && row.kind == Embed::Endorse {
                // "could not confirm": nothing is said either way.
                j.polarity = Polarity::Unknown;
                j.certainty = Certainty::Uncommitted;
            }
            // "is said to have …": nobody says it.
            if tree.is_passive(head) && matches!(slot, Slot::Xcomp | Slot::Ccomp) && speakers(view, head).is_empty() {
                j.hearsay = Some(head);
                j.cues.push(cue);
                return;
            }
            let (c, p) = (j.certainty, j.polarity);
            speech(j, c, p);
        }
        Embed::Deny => {
            // Who denies somebody's claim holds the denial.
            if matches!(slot, Slot::Obj) {
                j.speeches.retain(|s| !matches!(s.kind, Embed::Say | Embed::Claim | Embed::Accuse));
            }
            let flipped = if negated { Polarity::Unknown } else { flip(j.polarity) };
            j.polarity = flipped;
            let c = j.certainty;
            speech(j, c, flipped);
        }
        Embed::Doubt => {
            j.polarity = Polarity::Unknown;
            j.certainty = Certainty::Uncommitted;
            speech(j, Certainty::Uncommitted, Polarity::Unknown);
        }
        Embed::Believe => {
            let c = j.certainty.max(Certainty::Probable);
            j.certainty = c;
            if negated {
                j.polarity = flip(j.polarity);
            }
            let p = j.polarity;
            speech(j, c, p);
        }
        Embed::Suspect => {
            j.certainty = Certainty::Possible;
            let p = j.polarity;
            speech(j, Certainty::Possible, p);
        }
        // "will wissen, dass …", "will erfahren haben": who says so vouches for nothing.
        Embed::Know if j.polarity != Polarity::Unknown && wants_to_know(view, head) => {
            j.certainty = Certainty::Uncommitted;
            let p = j.polarity;
            speech(j, Certainty::Uncommitted, p);
        }
        Embed::Know => {}
        Embed::Evidence => {
            if negated || lacking(view, head) {
                j.polarity = Polarity::Unknown;
                j.certainty = Certainty::Uncommitted;
            } else {
                j.certainty = Certainty::Possible;
            }
        }
        Embed::Ask => {
            j.polarity = Polarity::Unknown;
            j.certainty = Certainty::Uncommitted;
        }
        Embed::Plan | Embed::Promise | Embed::Offer | Embed::Agree | Embed::Postpone => {
            if negated && !nominal_content {
                j.polarity = flip(j.polarity);
            }
            j.status = Status::Planned;
        }
        Embed::Demand => {
            if nominal_content && matches!(slot, Slot::Subj) {
                return;
            }
            j.status = Status::Demanded;
        }
        Embed::Threaten | Embed::Warn | Embed::Fear | Embed::Hope => {
            j.status = Status::Hypothetical;
            j.certainty = Certainty::Possible;
            let p = j.polarity;
            speech(j, Certainty::Possible, p);
        }
        Embed::Consider | Embed::Allow => {
            j.status = Status::Hypothetical;
            j.certainty = Certainty::Possible;
        }
        Embed::Expect => {
            j.status = Status::Planned;
            j.certainty = Certainty::Probable;
        }
        Embed::Negotiate => j.suppressed = Some(format!("object of talks ({})", row.key)),
        Embed::Try => {
            if !nominal_content {
                j.status = if past_tense(tree, tree.clause(head)) { j.status } else { Status::Ongoing };
            }
        }
        Embed::Manage => {
            if negated {
                j.polarity = Polarity::Negative;
            }
        }
        Embed::Fail | Embed::Prevent => {
            if !negated {
                j.polarity = flip(j.polarity);
            }
        }
        Embed::Refuse => {
            if !nominal_content {
                j.polarity = Polarity::Negative;
            }
        }
        Embed::Begin | Embed::Continue => {
            if j.status == Status::Occurred && (row.kind == Embed::Continue || !past_tense(tree, tree.clause(head))) {
                j.status = Status::Ongoing;
            }
        }
        Embed::Stop => {}
        Embed::Cancel => {
            j.status = Status::Planned;
            j.polarity = Polarity::Negative;
        }
        Embed::Accuse => {
            let (c, p) = (j.certainty, j.polarity);
            speech(j, c, p);
        }
    }
    j.cues.push(cue);
}

/// Reportative *wollen* at a verb of knowing.
fn wants_to_know(view: &View<'_>, verb: usize) -> bool {
    let tree = view.tree();
    tree.lang == Lang::De && tree.auxiliaries(verb).any(|a| tree.lemma(a) == "wollen")
}

/// "es fehlen Beweise", "lacks evidence", "without proof".
fn lacking(view: &View<'_>, noun: usize) -> bool {
    let tree = view.tree();
    let Some(head) = tree.head(noun) else { return false };
    matches!(tree.lemma(head).as_str(), "fehlen" | "lack" | "mangeln" | "ausstehen" | "schuldig")
        || is_negated(view, head)
        || tree.children(noun).iter().any(|c| {
            matches!(
                tree.lemma(*c).as_str(),
                "ohne" | "without" | "kein" | "no" | "little" | "wenig" | "kaum" | "scant"
            )
        })
}
