//! What is asked: a pair, a period, what the ledger held, what the world could know.

use chancery_ledger::{AsOf, Ledger};
use chancery_model::{ActorCode, Date, Dyad};

use crate::error::Error;

/// How do two states stand to each other, in a period, by what the ledger held and what the world could know.
#[derive(Debug, Clone)]
pub struct Question {
    /// The pair.
    pub dyad: Dyad,
    /// First day of the period.
    pub from: Option<Date>,
    /// Day after its last.
    pub to: Option<Date>,
    /// What the ledger held.
    pub as_of: AsOf,
    /// What the world could know before this day.
    pub known_by: Option<Date>,
}

/// The entry up to which a question reads: a number, so that its figures recompute whatever is added later.
pub fn pinned(ledger: &Ledger, as_of: AsOf) -> Result<u64, Error> {
    let last = ledger.last_seq();
    Ok(match as_of {
        AsOf::Last => last,
        AsOf::Seq(seq) => seq.min(last),
        AsOf::Day(day) => {
            let midnight = day.tomorrow().map(|next| next.at(0, 0, 0, 0)).ok();
            let end = midnight
                .and_then(|m| jiff::tz::Offset::UTC.to_timestamp(m).ok())
                .map_or(i64::MAX, jiff::Timestamp::as_microsecond);
            ledger.entries(None)?.iter().filter(|e| e.recorded_at < end).map(|e| e.seq).max().unwrap_or(0)
        }
    })
}

/// The pair as typed: two different states.
///
/// # Errors
/// A name that is no state, with the nearest ones; the same state twice.
pub fn dyad(register: &chancery_coder::Register, a: &str, b: &str) -> Result<Dyad, Error> {
    let resolve = |typed: &str| -> Result<ActorCode, Error> {
        register.resolve(typed).map_err(|e| Error::UnknownState { input: e.input, suggestions: e.suggestions })
    };
    let (first, second) = (resolve(a)?, resolve(b)?);
    if first == second {
        let what = format!("`{a}` and `{b}` are one state: a dyad is a pair of two");
        return Err(Error::Reference { what, candidates: Vec::new() });
    }
    Ok(Dyad::undirected(first, second))
}
