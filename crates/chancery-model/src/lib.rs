//! The words of political event data as types: claims and who holds them, events and how far they are realised,
//! assessments, times without false precision, dyads, and content-addressed identifiers.
//!
//! No input or output, no clock, no storage: every crate above speaks these words and none of them changes one.
//! `docs/glossary.md` defines each word once; `docs/canonical-form.md` fixes what an identifier hashes.

mod actor;
mod claim;
mod document;
mod entry;
mod error;
mod event;
mod factuality;
mod id;
mod observation;
mod time;

pub use actor::{ActorCode, Dyad};
pub use claim::{
    Abstention, AbstentionReason, Assessment, AssessmentKind, Attribution, Claim, Derivation, Direction, Effect,
    HolderKind, Journey, Link, Party, PartyKind, Phase, Quote, VoteEffect,
};
pub use document::{Document, DocumentKind, near_duplicate_threshold};
pub use entry::{Act, Entry, Figure, FigureInput, Run, RunKind};
pub use error::ModelError;
pub use event::{EventType, Lane, Quad, Standing, Status, Tier};
pub use factuality::{Audience, Certainty, Endorsement, Polarity};
pub use id::{Id, IdKind, canonical_json, sha256_hex};
pub use observation::{MissingKind, Observation};
pub use time::{Date, Decimal, Extent, Interval, PartialDate};
