//! Roll calls and who voted how: the one input of every measure of voting.
//!
//! A record is a matrix of states × roll calls. A cell may be empty: the state was no member, or no row says anything.
//! That is not the same as *absent*, which is a row of its own in some releases. What a measure makes of absence is part
//! of its convention, never of the data.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::MeasureError;

/// What a state did on a roll call. The numbers are those of the published General Assembly data (Voeten).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ballot {
    /// 1
    Yes = 1,
    /// 2
    Abstain = 2,
    /// 3
    No = 3,
    /// 8: a member that took no part, where the release says so.
    Absent = 8,
}

impl Ballot {
    /// From the number of the published data; `None` for a number that is no ballot (9: not a member).
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Yes),
            2 => Some(Self::Abstain),
            3 => Some(Self::No),
            8 => Some(Self::Absent),
            _ => None,
        }
    }

    /// Yes 1, abstain 2, no 3; `None` for an absence, which has no place on that scale.
    pub fn level(self) -> Option<u8> {
        (self != Self::Absent).then_some(self as u8)
    }
}

/// A vote in an assembly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RollCall {
    /// The number that the publisher gives it; unique in a record.
    pub id: u32,
    /// Session of the assembly.
    pub session: u16,
    /// Day of the vote, as days since 1970-01-01; `None` where the record has no date.
    pub day: Option<i32>,
    /// The year that the *file* gives it. Yearly series of the literature use it even where the date says otherwise
    /// (session 78 stands under 2022 in the release of 2024).
    pub file_year: Option<i16>,
    /// A vote on a paragraph or an amendment, not on a whole text.
    pub partial: bool,
    /// The publisher calls it important (State Department list).
    pub important: bool,
    /// The agenda item or resolution, where known: votes on one text belong together when the bootstrap draws clusters.
    pub item: Option<String>,
}

/// States × roll calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Votes {
    states: Vec<String>,
    calls: Vec<RollCall>,
    /// State-major; 0 is no row.
    ballots: Vec<u8>,
}

impl Votes {
    /// Names of the states, sorted. The position of a state is its index everywhere.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// Roll calls by session, day, number. The position of a roll call is its index everywhere.
    pub fn calls(&self) -> &[RollCall] {
        &self.calls
    }

    /// The index of a state.
    pub fn state(&self, name: &str) -> Option<usize> {
        self.states.binary_search_by(|s| s.as_str().cmp(name)).ok()
    }

    /// The index of a state that must be there.
    ///
    /// # Errors
    /// [`MeasureError::UnknownState`] for a name that is not in the record.
    pub fn find(&self, name: &str) -> Result<usize, MeasureError> {
        self.state(name).ok_or_else(|| MeasureError::UnknownState(name.to_owned()))
    }

    /// Yes 1, abstain 2, no 3; `None` without a vote: an absence, or no row.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn level(&self, state: usize, call: usize) -> Option<u8> {
        self.ballot(state, call).and_then(Ballot::level)
    }

    /// What a state did on a roll call; `None` is no row.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn ballot(&self, state: usize, call: usize) -> Option<Ballot> {
        Ballot::from_number(i64::from(self.row(state)[call]))
    }

    /// The numbers of a state's ballots over all roll calls, 0 for no row.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn row(&self, state: usize) -> &[u8] {
        &self.ballots[state * self.calls.len()..(state + 1) * self.calls.len()]
    }

    /// Sessions in order, each once.
    pub fn sessions(&self) -> Vec<u16> {
        let mut sessions: Vec<u16> = self.calls.iter().map(|c| c.session).collect();
        sessions.dedup();
        sessions
    }

    /// The same states on the roll calls that `keep` accepts. States without a ballot there stay, with empty rows.
    #[must_use]
    pub fn window(&self, mut keep: impl FnMut(&RollCall) -> bool) -> Self {
        let kept: Vec<usize> = (0..self.calls.len()).filter(|&c| keep(&self.calls[c])).collect();
        let calls = kept.iter().map(|&c| self.calls[c].clone()).collect();
        let ballots = (0..self.states.len()).flat_map(|s| kept.iter().map(move |&c| self.row(s)[c])).collect();
        Self { states: self.states.clone(), calls, ballots }
    }
}

/// Gathers rows in any order.
#[derive(Debug, Clone, Default)]
pub struct VotesBuilder {
    calls: BTreeMap<u32, RollCall>,
    rows: BTreeMap<(String, u32), Ballot>,
}

impl VotesBuilder {
    /// Makes a roll call known. One number stands for one roll call.
    pub fn call(&mut self, call: RollCall) -> Result<(), MeasureError> {
        match self.calls.get(&call.id) {
            Some(known) if *known != call => Err(MeasureError::RollCallTwice { id: call.id }),
            Some(_) => Ok(()),
            None => {
                self.calls.insert(call.id, call);
                Ok(())
            }
        }
    }

    /// A ballot. A second, equal row for the same state and roll call is ignored; a contradicting one is refused.
    pub fn ballot(&mut self, state: &str, call: u32, ballot: Ballot) -> Result<(), MeasureError> {
        let known = *self.rows.entry((state.to_owned(), call)).or_insert(ballot);
        if known == ballot { Ok(()) } else { Err(MeasureError::BallotTwice { state: state.to_owned(), call }) }
    }

    /// The matrix.
    pub fn build(self) -> Result<Votes, MeasureError> {
        let mut states: Vec<String> = self.rows.keys().map(|(state, _)| state.clone()).collect();
        states.dedup();
        let mut calls: Vec<RollCall> = self.calls.into_values().collect();
        calls.sort_by_key(|c| (c.session, c.day, c.id));
        let columns: BTreeMap<u32, usize> = calls.iter().enumerate().map(|(i, c)| (c.id, i)).collect();
        let mut ballots = vec![0; states.len() * calls.len()];
        for ((state, call), ballot) in self.rows {
            let column = *columns.get(&call).ok_or(MeasureError::UnknownRollCall { id: call })?;
            let row = states.binary_search(&state).unwrap_or_default();
            ballots[row * calls.len() + column] = ballot as u8;
        }
        Ok(Votes { states, calls, ballots })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_in_any_order_become_a_matrix() {
        let mut builder = VotesBuilder::default();
        for (id, session) in [(7, 2), (3, 1)] {
            builder.call(RollCall { id, session, ..RollCall::default() }).unwrap();
        }
        builder.ballot("PRK", 7, Ballot::No).unwrap();
        builder.ballot("CHN", 7, Ballot::Absent).unwrap();
        builder.ballot("CHN", 3, Ballot::Yes).unwrap();
        builder.ballot("CHN", 3, Ballot::Yes).unwrap();
        assert_eq!(
            builder.ballot("CHN", 3, Ballot::No),
            Err(MeasureError::BallotTwice { state: "CHN".into(), call: 3 })
        );
        let votes = builder.build().unwrap();
        assert_eq!(votes.states(), ["CHN", "PRK"]);
        assert_eq!(votes.sessions(), [1, 2]);
        let (china, korea) = (votes.state("CHN").unwrap(), votes.state("PRK").unwrap());
        assert_eq!(votes.ballot(china, 0), Some(Ballot::Yes));
        assert_eq!(votes.ballot(korea, 0), None, "no row is no absence");
        assert_eq!(votes.ballot(china, 1).and_then(Ballot::level), None);
        let second = votes.window(|c| c.session == 2);
        assert_eq!((second.row(china), second.row(korea)), (&[8][..], &[3][..]));
    }

    #[test]
    fn a_ballot_needs_its_roll_call() {
        let mut builder = VotesBuilder::default();
        builder.ballot("CHN", 3, Ballot::Yes).unwrap();
        assert_eq!(builder.build(), Err(MeasureError::UnknownRollCall { id: 3 }));
    }
}
