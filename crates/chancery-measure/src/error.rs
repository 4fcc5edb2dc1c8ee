//! What can be wrong with the input of a measure.

/// Why a measure was not computed. Each variant names what the caller gave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeasureError {
    /// One number for two roll calls.
    #[error("roll call {id} is given twice with different session, day or item")]
    RollCallTwice {
        /// The publisher's number.
        id: u32,
    },
    /// Two ballots of one state on one roll call.
    #[error("{state} has two different ballots on roll call {call}")]
    BallotTwice {
        /// The state.
        state: String,
        /// The publisher's number of the roll call.
        call: u32,
    },
    /// A ballot on a roll call that was not described.
    #[error("a ballot names roll call {id}, which is not in the list of roll calls")]
    UnknownRollCall {
        /// The publisher's number.
        id: u32,
    },
    /// A state that is not in the record.
    #[error("{0} has no ballot in this record")]
    UnknownState(String),
    /// Nothing is left to estimate from.
    #[error("no ballot is left to estimate from")]
    NoBallots,
    /// A parameter outside its range.
    #[error("{name} is {value}; {expected}")]
    Parameter {
        /// What it is called.
        name: &'static str,
        /// What was given.
        value: String,
        /// What is allowed.
        expected: &'static str,
    },
}

impl MeasureError {
    /// A parameter outside its range.
    #[expect(clippy::needless_pass_by_value, reason = "callers hand over numbers and literals")]
    pub(crate) fn parameter(name: &'static str, value: impl ToString, expected: &'static str) -> Self {
        Self::Parameter { name, value: value.to_string(), expected }
    }
}
