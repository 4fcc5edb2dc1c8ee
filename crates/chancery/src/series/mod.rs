//! Series from the record: observations of the ledger → votes and flows → measures, each figure with the rows behind it.
//!
//! Beside the claims, never mixed with them: what a dataset says is shown with its publisher, release and coverage.

mod assembly;
mod mediating;
mod panel;
mod recorded;
mod turning;
mod voting;

use chancery_model::Date;

use crate::origin::number;

pub use assembly::{Assembly, AssemblyQuestion, Release, assembly};
pub use mediating::{Mediated, MediationQuestion, mediated};
pub use panel::{PanelQuestion, columns};
pub use recorded::{Recorded, recorded};
pub use turning::{Contested, TurnsAnswer, contested, turns};
pub use voting::{PREFIX, Voting, VotingQuestion, voting, voting_in};

/// A day from its number since 1970.
pub(crate) fn day(number: i32) -> Option<Date> {
    let epoch = Date::constant(1970, 1, 1);
    epoch.checked_add(jiff::Span::new().try_days(i64::from(number)).ok()?).ok()
}

/// Whether a roll call of this day is asked for: `from` to the day before `to`. An open question holds all; one without a day
/// is in no period that has an end.
pub(crate) fn inside(day: Option<i32>, from: Option<Date>, to: Option<Date>) -> bool {
    let day = day.map(i64::from);
    from.is_none_or(|from| day.is_some_and(|d| d >= number(from)))
        && to.is_none_or(|to| day.is_some_and(|d| d < number(to)))
}
