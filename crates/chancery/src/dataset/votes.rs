//! Observed ballots as the matrix that the measures take.

use std::collections::{BTreeMap, BTreeSet};

use chancery_measure::{Ballot, MeasureError, RollCall, Votes, VotesBuilder};
use chancery_model::{ActorCode, Date, Observation};

use super::{Codes, DatasetError};
use crate::origin::number;

/// Whose row a ballot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seats {
    /// The state that cast it: the Soviet Union and Russia are two rows.
    AsCast,
    /// The state that holds its seat today: the Soviet Union's ballots stand in Russia's row. A seat without an heir
    /// (Czechoslovakia) stays where it is.
    Chained,
}

/// The ballots among observations as a matrix, states by actor code. Rows without a ballot (no member, no value) are no
/// cells. Of two dates of one roll call the first counts.
pub fn votes<'a>(observations: impl IntoIterator<Item = &'a Observation>, seats: Seats) -> Result<Votes, DatasetError> {
    let codes = Codes::embedded()?;
    let mut builder = VotesBuilder::default();
    let mut calls: BTreeSet<u32> = BTreeSet::new();
    let mut holders: BTreeMap<&'a ActorCode, ActorCode> = BTreeMap::new();
    for o in observations {
        let Some(ballot) = o.value_number.and_then(|n| Ballot::from_number(n as i64)) else { continue };
        let Some(Key { session, call: id, file_year }) = Key::read(&o.row_key) else { continue };
        if calls.insert(id) {
            // A row that is known for a session only spans months; the day of its roll call is unknown.
            let day = o.valid_from.filter(|d| o.valid_to == Some(super::days::after(*d)));
            let file_year = file_year.or_else(|| day.map(Date::year));
            let day = day.map(|day| number(day) as i32);
            builder.call(RollCall { id, session, day, file_year, ..RollCall::default() })?;
        }
        let state = match seats {
            Seats::AsCast => &o.actor_a,
            Seats::Chained => &*holders.entry(&o.actor_a).or_insert_with(|| codes.successor(&o.actor_a)),
        };
        match builder.ballot(state.as_str(), id, ballot) {
            // Two rows of one seat under two numbers: the first counts, as for a row that stands twice.
            Ok(()) | Err(MeasureError::BallotTwice { .. }) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(builder.build()?)
}

/// What the key of a ballot says of its roll call: `SESSION:CALL:STATE`, with `@YEAR` behind it where the file's year is not that
/// of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) session: u16,
    pub(crate) call: u32,
    pub(crate) file_year: Option<i16>,
}

impl Key {
    pub(crate) fn read(row_key: &str) -> Option<Self> {
        let (key, year) = row_key.split_once('@').map_or((row_key, None), |(key, year)| (key, Some(year)));
        let mut parts = key.split(':');
        let (session, call) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { session, call, file_year: year.and_then(|year| year.parse().ok()) })
    }
}
