//! Series → measures → turning points: counted claims to verdicts per lane and tier, votes to likeness, mediation, ideal
//! points and turns, each with its numbers and interval.
//!
//! There is no composite number of closeness. A verdict is one of four words, and "cannot be judged" is none of the other
//! three. This crate knows no text and no storage: it counts what it is given.

pub mod agreement;
mod change;
pub mod dyads;
mod error;
pub mod ideal;
pub mod mediation;
pub mod quality;
mod quantile;
mod share;
pub mod simulate;
pub mod stance;
pub mod turns;
mod votes;

pub use change::{Channel, Item, Judgement, Sign, Thin, Thresholds, Verdict, disagreements, judge};
pub use error::MeasureError;
pub use share::{Share, newcombe, wilson};
pub use votes::{Ballot, RollCall, Votes, VotesBuilder};
