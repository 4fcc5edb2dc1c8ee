//! Measures of voting of one dyad, period by period; each value is a figure that opens to both ballots of every roll call.

use chancery_measure::agreement::{
    Bootstrap, Convention, Estimate, Measure, Method, Period, TimeUnit, estimate, periods,
};
use chancery_model::{Date, Dyad, Figure, FigureInput};
use serde::Serialize;

use super::assembly::Assembly;
use crate::error::Error;

/// What is measured of a dyad's votes.
#[derive(Debug, Clone)]
pub struct VotingQuestion {
    /// The pair.
    pub dyad: Dyad,
    /// Which measure.
    pub measure: Measure,
    /// By which convention.
    pub convention: Convention,
    /// Only periods with a roll call on this day or later.
    pub from: Option<Date>,
    /// Only periods with a roll call before this day.
    pub to: Option<Date>,
    /// The last entry of the ledger that was seen; part of every figure's address.
    pub seq: u64,
    /// What the world could know before this day; part of every figure's address.
    pub known_by: Option<Date>,
    /// How intervals are drawn.
    pub bootstrap: Bootstrap,
}

/// One value of a series.
#[derive(Debug, Clone, Serialize)]
pub struct Voting {
    /// Number of the session, or the year, as the convention has it.
    pub period: i32,
    /// Day of the first joint roll call.
    pub first: Option<Date>,
    /// Day of the last joint roll call.
    pub last: Option<Date>,
    /// Joint roll calls.
    pub n: usize,
    /// Joint roll calls with the same ballot.
    pub same: u64,
    /// The value; `None` where the measure is undefined.
    pub value: Option<f64>,
    /// Lower bound of its 95 % interval.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How the interval was drawn.
    pub method: Option<&'static str>,
    /// Address and hash of the figure.
    pub figure: String,
    /// The figure with its inputs.
    #[serde(skip)]
    pub whole: Figure,
    /// The joint roll calls, as indices into the record.
    #[serde(skip)]
    pub calls: Vec<usize>,
}

/// The series of a dyad. A period without a joint roll call has no row: that is a gap, not a zero.
///
/// # Errors
/// A state without ballots; a bootstrap of fewer than 100 replicates.
pub fn voting(assembly: &Assembly, question: &VotingQuestion) -> Result<Vec<Voting>, Error> {
    let mut series = Vec::new();
    for period in periods(&assembly.votes, question.convention.rules()) {
        if asked(assembly, &period, question.from, question.to) {
            series.extend(value(assembly, question, &period)?);
        }
    }
    Ok(series)
}

/// The one value of a series in the period with this number, without computing the others.
///
/// # Errors
/// As [`voting`].
pub fn voting_in(assembly: &Assembly, question: &VotingQuestion, number: i32) -> Result<Option<Voting>, Error> {
    let periods = periods(&assembly.votes, question.convention.rules());
    let period = periods.iter().find(|p| p.number == number && asked(assembly, p, question.from, question.to));
    period.map_or(Ok(None), |period| value(assembly, question, period))
}

/// The value of a period; none without a joint roll call.
fn value(assembly: &Assembly, question: &VotingQuestion, period: &Period) -> Result<Option<Voting>, Error> {
    let rules = question.convention.rules();
    let pair = (assembly.state(question.dyad.a().as_str())?, assembly.state(question.dyad.b().as_str())?);
    let estimate = estimate(&assembly.votes, pair, &period.calls, rules, question.measure, &question.bootstrap)?;
    if estimate.calls.is_empty() {
        return Ok(None);
    }
    row(assembly, question, pair, period, estimate).map(Some)
}

/// The word for a period of a convention in the address of a figure.
fn unit(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Session => "session",
        TimeUnit::CalendarYear => "year",
        TimeUnit::FileYear => "fileyear",
    }
}

/// Characters of a table's identifier in the address of a figure.
const RELEASE: usize = 10;

/// The beginning of the address of every figure of voting.
pub const PREFIX: &str = "votes/";

/// Whether a roll call of a period is asked for.
pub(super) fn asked(assembly: &Assembly, period: &Period, from: Option<Date>, to: Option<Date>) -> bool {
    period.calls.iter().any(|&call| super::inside(assembly.votes.calls()[call].day, from, to))
}

fn row(
    assembly: &Assembly,
    question: &VotingQuestion,
    pair: (usize, usize),
    period: &Period,
    estimate: Estimate,
) -> Result<Voting, Error> {
    let unit = unit(question.convention.rules().unit);
    // The release is part of the address: another table is another figure.
    let release = &assembly.release.document.id.as_str()[..RELEASE];
    let measure = format!("{PREFIX}{}/{}/{unit}{}/{release}", question.measure, question.convention, period.number);
    let mut inputs: Vec<FigureInput> = Vec::with_capacity(estimate.calls.len() * 2);
    for &call in &estimate.calls {
        for state in [pair.0, pair.1] {
            let Some(id) = assembly.observation(state, call) else { continue };
            let contribution = assembly.votes.row(state)[call].to_string();
            inputs.push(FigureInput { id: id.to_string(), contribution });
        }
    }
    inputs.sort();
    let whole = Figure {
        measure,
        dyad: question.dyad.clone(),
        from: None,
        to: None,
        as_of_seq: question.seq,
        known_by: question.known_by,
        value: estimate.value.map(|value| value.to_string()),
        inputs,
    };
    let days = || estimate.calls.iter().filter_map(|&c| assembly.votes.calls()[c].day);
    let method = estimate.interval.map(|i| match i.method {
        Method::Wilson => "wilson",
        Method::Bootstrap { .. } => "cluster bootstrap",
    });
    Ok(Voting {
        period: period.number,
        first: days().min().and_then(super::day),
        last: days().max().and_then(super::day),
        n: estimate.calls.len(),
        same: estimate.table.same() as u64,
        value: estimate.value,
        low: estimate.interval.map(|i| i.low),
        high: estimate.interval.map(|i| i.high),
        method,
        figure: whole.id()?,
        whole,
        calls: estimate.calls,
    })
}
