//! The sections of a brief: every matter stands in exactly one.

use chancery_model::Tier;
use serde::Serialize;

use crate::matter::{Matter, State};
use crate::proposition::Relation;

/// A section, in the order of the brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Goods, money, people or force moved.
    Done,
    /// Votes, treaties, visits held.
    Bound,
    /// Statements, promises, talks.
    Said,
    /// Only the maker says so.
    OwnAccount,
    /// Announced, not yet due or not reported as done.
    Planned,
    /// Only claimed.
    Claimed,
    /// Asserted and denied: counted nowhere.
    Disputed,
    /// Only denied.
    Denied,
    /// Without conclusive evidence.
    NoEvidence,
    /// Found not to have happened, or called off.
    NotDone,
    /// Demanded.
    Demanded,
    /// Conditional or feared.
    Possible,
    /// Standing practice.
    Practice,
    /// The two on one side of an event with a third.
    Alongside,
}

impl Section {
    /// All sections, in order.
    pub const ALL: [Self; 14] = [
        Self::Done,
        Self::Bound,
        Self::Said,
        Self::OwnAccount,
        Self::Planned,
        Self::Claimed,
        Self::Disputed,
        Self::Denied,
        Self::NoEvidence,
        Self::NotDone,
        Self::Demanded,
        Self::Possible,
        Self::Practice,
        Self::Alongside,
    ];

    /// The word in measures, output and label files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "shown-done",
            Self::Bound => "shown-bound",
            Self::Said => "shown-said",
            Self::OwnAccount => "own-account",
            Self::Planned => "planned",
            Self::Claimed => "claimed",
            Self::Disputed => "disputed",
            Self::Denied => "denied",
            Self::NoEvidence => "no-evidence",
            Self::NotDone => "not-done",
            Self::Demanded => "demanded",
            Self::Possible => "possible",
            Self::Practice => "practice",
            Self::Alongside => "alongside",
        }
    }

    /// Where a matter stands.
    pub fn of(matter: &Matter) -> Self {
        if matter.relation == Relation::Alongside {
            return Self::Alongside;
        }
        match (matter.state, matter.tier) {
            (State::Shown, Tier::Done) => Self::Done,
            (State::Shown, Tier::Bound) => Self::Bound,
            (State::Shown, Tier::Said) => Self::Said,
            (State::OwnAccount, _) => Self::OwnAccount,
            (State::Planned, _) => Self::Planned,
            (State::Claimed, _) => Self::Claimed,
            (State::Disputed, _) => Self::Disputed,
            (State::Denied, _) => Self::Denied,
            (State::NoEvidence, _) => Self::NoEvidence,
            (State::NotDone, _) => Self::NotDone,
            (State::Demanded, _) => Self::Demanded,
            (State::Possible, _) => Self::Possible,
            (State::Practice, _) => Self::Practice,
        }
    }
}
