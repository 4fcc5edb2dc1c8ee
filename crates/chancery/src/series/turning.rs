//! Turn or drift: the contested votes of a dyad by session, weighed against five explanations.

use chancery_measure::turns::{Explanation, Series, Settings, Turns, explain};
use chancery_measure::{Share, wilson};
use chancery_model::{Date, Dyad, Id};
use serde::Serialize;

use super::assembly::Assembly;
use crate::error::Error;

/// A roll call counts as contested when its largest bloc is below this share of the ballots cast.
const CONTESTED_BELOW: f64 = 0.9;

/// Agreement of a dyad on the contested roll calls of a session.
#[derive(Debug, Clone, Serialize)]
pub struct Contested {
    /// The session.
    pub session: u16,
    /// Day of the first of them.
    pub first: Option<Date>,
    /// Day of the last.
    pub last: Option<Date>,
    /// Contested roll calls on which both cast a ballot.
    pub n: u64,
    /// Those with the same ballot.
    pub same: u64,
    /// Share with Wilson's interval, as value, low, high.
    pub share: Option<[f64; 3]>,
    /// Both ballots of every roll call.
    #[serde(skip)]
    pub evidence: Vec<Id>,
}

/// What became of the question.
#[derive(Debug, Clone)]
pub struct TurnsAnswer {
    /// The series.
    pub series: Vec<Contested>,
    /// The weighing; `None` where fewer than five sessions have votes.
    pub turns: Option<Turns>,
}

impl TurnsAnswer {
    /// The explanations with their posterior, likeliest first.
    pub fn explanations(&self) -> Vec<(Explanation, f64)> {
        let Some(turns) = &self.turns else { return Vec::new() };
        let mut all: Vec<_> = Explanation::ALL.into_iter().map(|e| (e, turns.weighed.of(e))).collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        all
    }
}

/// The series of contested votes between `from` and `to`. Sessions without a joint contested roll call are gaps.
///
/// # Errors
/// A state without ballots.
pub fn contested(
    assembly: &Assembly,
    dyad: &Dyad,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<Vec<Contested>, Error> {
    let (a, b) = (assembly.state(dyad.a().as_str())?, assembly.state(dyad.b().as_str())?);
    let votes = &assembly.votes;
    let mut series: Vec<Contested> = Vec::new();
    for (index, call) in votes.calls().iter().enumerate() {
        let (Some(x), Some(y)) = (votes.level(a, index), votes.level(b, index)) else { continue };
        if !super::inside(call.day, from, to) || largest_bloc(assembly, index) >= CONTESTED_BELOW {
            continue;
        }
        if series.last().is_none_or(|s| s.session != call.session) {
            let (first, session) = (call.day.and_then(super::day), call.session);
            series.push(Contested { session, first, last: first, n: 0, same: 0, share: None, evidence: Vec::new() });
        }
        let Some(now) = series.last_mut() else { continue };
        now.n += 1;
        now.same += u64::from(x == y);
        now.last = call.day.and_then(super::day).or(now.last);
        now.evidence.extend([a, b].into_iter().filter_map(|s| assembly.observation(s, index)).cloned());
    }
    for session in &mut series {
        let Share { low, high, .. } = wilson(session.same, session.n);
        session.share = Some([session.same as f64 / session.n as f64, low, high]);
    }
    Ok(series)
}

fn largest_bloc(assembly: &Assembly, call: usize) -> f64 {
    let mut counts = [0_u32; 3];
    for state in 0..assembly.votes.states().len() {
        if let ballot @ 1..=3 = assembly.votes.row(state)[call] {
            counts[usize::from(ballot) - 1] += 1;
        }
    }
    let cast: u32 = counts.iter().sum();
    if cast == 0 { 1.0 } else { f64::from(counts.into_iter().max().unwrap_or(0)) / f64::from(cast) }
}

/// Weighs the explanations of the series. Sessions between the first and the last without votes count as missing.
///
/// # Errors
/// A state without ballots; settings out of range.
pub fn turns(
    assembly: &Assembly,
    dyad: &Dyad,
    from: Option<Date>,
    to: Option<Date>,
    settings: &Settings,
) -> Result<TurnsAnswer, Error> {
    let series = contested(assembly, dyad, from, to)?;
    if series.len() < FEWEST_SESSIONS {
        return Ok(TurnsAnswer { series, turns: None });
    }
    let (first, last) = (series[0].session, series[series.len() - 1].session);
    let of = |session| series.iter().find(|s| s.session == session).map(|s| (s.same, s.n));
    let shares: Vec<Option<(u64, u64)>> = (first..=last).map(of).collect();
    let turns = explain(&Series::shares(&shares)?, settings)?;
    Ok(TurnsAnswer { series, turns: Some(turns) })
}

/// Fewer sessions than this cannot tell a turn from a drift.
const FEWEST_SESSIONS: usize = 5;
