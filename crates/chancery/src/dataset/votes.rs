//! Observed ballots as the matrix that the measures take.

use std::collections::{BTreeMap, BTreeSet};

use chancery_measure::{Ballot, MeasureError, RollCall, Votes, VotesBuilder};
use chancery_model::{ActorCode, Date, Observation};

use super::{Codes, DatasetError};

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
        let (key, file_year) = match o.row_key.split_once('@') {
            Some((key, year)) => (key, year.parse().ok()),
            None => (o.row_key.as_str(), None),
        };
        let mut parts = key.split(':');
        let (Some(Ok(session)), Some(Ok(id))) =
            (parts.next().map(str::parse::<u16>), parts.next().map(str::parse::<u32>))
        else {
            continue;
        };
        if calls.insert(id) {
            // A row that is known for a session only spans months; the day of its roll call is unknown.
            let day = o.valid_from.filter(|d| o.valid_to == Some(super::days::after(*d)));
            let file_year = file_year.or_else(|| day.map(Date::year));
            let day = day.and_then(since_1970);
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

fn since_1970(day: Date) -> Option<i32> {
    let span = day.since(Date::constant(1970, 1, 1)).ok()?;
    Some(span.get_days())
}
