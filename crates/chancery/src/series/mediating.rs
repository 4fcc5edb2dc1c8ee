//! Mediated alignment of a dyad via a third state, on the roll calls of a period.

use chancery_measure::mediation::{Mediation, Settings, Triad, both_questions};
use chancery_measure::stance::{self, Opposition, Sides};
use chancery_model::{Date, Id};

use super::assembly::Assembly;
use crate::error::Error;

/// What is asked of three states: does R vote with K only where C does?
#[derive(Debug, Clone)]
pub struct MediationQuestion {
    /// Whose votes are to be accounted for.
    pub r: String,
    /// With whom it votes.
    pub k: String,
    /// Via whom.
    pub c: String,
    /// First day.
    pub from: Option<Date>,
    /// Day after the last.
    pub to: Option<Date>,
}

/// The ordered pair of questions: R–K via C, and R–C via K.
#[derive(Debug, Clone)]
pub struct Mediated {
    /// R–K via C.
    pub via: Mediation,
    /// R–C via K: a common bloc makes both large.
    pub swapped: Mediation,
    /// Where C and K differ, the ballots of the three: the evidence of the split test.
    pub evidence: Vec<Id>,
    /// C between R and K where those differ (third states' stance), and likeness of R and K unlike C.
    pub stance: Sides,
    /// R and K alike and unlike C.
    pub opposition: Opposition,
    /// Names of the states by index, for the list of mediators.
    pub states: Vec<String>,
}

/// Answers on the roll calls from `from` to the day before `to`.
///
/// # Errors
/// A state without ballots; three states that are not three.
pub fn mediated(assembly: &Assembly, question: &MediationQuestion, settings: &Settings) -> Result<Mediated, Error> {
    let inside = |call: &chancery_measure::RollCall| super::inside(call.day, question.from, question.to);
    for code in [&question.r, &question.k, &question.c] {
        assembly.state(code)?;
    }
    let votes = assembly.votes.window(inside);
    let triad = Triad::named(&votes, &question.r, &question.k, &question.c)?;
    let [via, swapped] = both_questions(&votes, triad, settings)?;
    // The window leaves states as they are, and drops roll calls: back to the indices of the whole record.
    let kept: Vec<usize> =
        assembly.votes.calls().iter().enumerate().filter(|(_, call)| inside(call)).map(|(i, _)| i).collect();
    let rows = via.splits.calls.iter().filter_map(|&c| kept.get(c));
    let evidence = rows
        .flat_map(|&call| [triad.r, triad.k, triad.c].map(|state| assembly.observation(state, call).cloned()))
        .flatten()
        .collect();
    let stance = stance::sides(&votes, &question.c, &question.r, &question.k, stance::Absence::Excluded)?;
    let opposition = stance::opposition(&votes, &question.r, &question.k, &question.c)?;
    Ok(Mediated { via, swapped, evidence, stance, opposition, states: votes.states().to_vec() })
}
