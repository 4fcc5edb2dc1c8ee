//! Mediated alignment: does R vote with K only where C does?
//!
//! Four views of one question, which must agree before anything is said: the split test in plain counts ([`Splits`]),
//! information left given C ([`Information`]), partial correlation of votes adjusted for the agenda ([`Adjusted`]), and
//! the same with every other state in the place of C ([`Placebo`]). All four measure likeness. None shows a motive, so
//! the strongest [`Verdict`] is that likeness is *statistically accounted for*.
//!
//! [`mediate`] answers for one triad with the roll calls as evidence, [`both_questions`] for the ordered pair of
//! questions (R–K via C and R–C via K: a common bloc makes both large), [`scan`](scan::scan) for all triads of a period.

mod adjusted;
mod cells;
mod information;
mod placebo;
pub mod scan;
mod splits;
mod verdict;

pub use adjusted::{Adjusted, Cluster, Correlation, Residuals};
pub use cells::{Cells, Triad};
pub use information::{Bits, Information};
pub use placebo::{Mediator, Placebo};
pub use splits::{Side, Splits};
pub use verdict::{Verdict, View, Views};

use crate::{MeasureError, Share, Votes, wilson};

/// How a mediation is computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Random relabellings behind each correction and p-value.
    pub permutations: usize,
    /// Bootstrap replicates behind each interval.
    pub replicates: usize,
    /// What the bootstrap draws: roll calls of one day or one item are no independent observations.
    pub cluster: Cluster,
    /// A placebo mediator must have voted on this share of the triad's roll calls.
    pub coverage: f64,
    /// How many of the strongest mediators are listed.
    pub listed: usize,
    /// Fewest splits of C and K on which a verdict rests.
    pub least_splits: usize,
    /// Seed of permutations and bootstrap: equal seeds give equal numbers.
    pub seed: u64,
}

impl Default for Settings {
    /// 999 permutations and replicates (p-values to 0.001), days drawn whole, mediators present on 70 % of the roll
    /// calls, the five strongest listed, at least ten splits.
    fn default() -> Self {
        Self {
            permutations: 999,
            replicates: 999,
            cluster: Cluster::Day,
            coverage: 0.7,
            listed: 5,
            least_splits: 10,
            seed: 1,
        }
    }
}

/// The answer for one triad in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Mediation {
    /// Who.
    pub triad: Triad,
    /// Roll calls on which all three voted, by index: everything below is computed on them.
    pub calls: Vec<usize>,
    /// R votes as K.
    pub r_as_k: Share,
    /// R votes as C.
    pub r_as_c: Share,
    /// C votes as K.
    pub c_as_k: Share,
    /// R votes as K where C does.
    pub r_as_k_where_c: Share,
    /// C votes as K where R does.
    pub c_as_k_where_r: Share,
    /// View 1: where C and K differ.
    pub splits: Splits,
    /// View 2: what R's votes tell of K's, and what remains given C's.
    pub information: Information,
    /// View 3: agenda-adjusted correlation and what remains given C.
    pub adjusted: Adjusted,
    /// View 4: other states in the place of C.
    pub placebo: Placebo,
    /// What each view says.
    pub views: Views,
    /// What they say together.
    pub verdict: Verdict,
}

/// One triad on the roll calls of `votes` (a period: see [`Votes::window`]). Absences count as missing.
///
/// # Errors
/// [`MeasureError::Parameter`] for a triad whose states are not three, a coverage outside 0 … 1, or no permutation or
/// replicate.
pub fn mediate(votes: &Votes, triad: Triad, settings: &Settings) -> Result<Mediation, MeasureError> {
    mediate_within(votes, &Residuals::of(votes), triad, settings)
}

/// The ordered pair of questions: R–K via C, and R–C via K.
///
/// # Errors
/// As [`mediate`].
pub fn both_questions(votes: &Votes, triad: Triad, settings: &Settings) -> Result<[Mediation; 2], MeasureError> {
    let residuals = Residuals::of(votes);
    let swapped = Triad { k: triad.c, c: triad.k, ..triad };
    Ok([mediate_within(votes, &residuals, triad, settings)?, mediate_within(votes, &residuals, swapped, settings)?])
}

/// As [`mediate`], with the residuals of the period at hand: for many triads of one period.
///
/// # Errors
/// As [`mediate`].
pub fn mediate_within(
    votes: &Votes,
    residuals: &Residuals,
    triad: Triad,
    settings: &Settings,
) -> Result<Mediation, MeasureError> {
    triad.check(votes)?;
    check(settings)?;
    let calls = triad.calls(votes);
    let levels = triad.levels(votes, &calls);
    let cells = Cells::count(&levels);
    let splits = Splits::of(&calls, &levels);
    let information = Information::of(&levels, settings.permutations, settings.seed);
    let adjusted = Adjusted::of(votes, residuals, triad, &calls, settings);
    let placebo = Placebo::of(votes, residuals, triad, &calls, settings);
    let views = Views::of(&splits, &information, &adjusted, &placebo);
    let verdict = Verdict::of(views, &adjusted, splits.calls.len() >= settings.least_splits);
    let n = cells.total();
    let (rk, rc, kc, all) = (cells.same_rk(), cells.same_rc(), cells.same_kc(), cells.same_all());
    Ok(Mediation {
        triad,
        calls,
        r_as_k: wilson(rk, n),
        r_as_c: wilson(rc, n),
        c_as_k: wilson(kc, n),
        r_as_k_where_c: wilson(all, kc),
        c_as_k_where_r: wilson(all, rk),
        splits,
        information,
        adjusted,
        placebo,
        views,
        verdict,
    })
}

fn check(settings: &Settings) -> Result<(), MeasureError> {
    let parameter = |name, value, expected| Err(MeasureError::Parameter { name, value, expected });
    if settings.permutations == 0 {
        return parameter("permutations", "0".into(), "at least one is needed");
    }
    if settings.replicates == 0 {
        return parameter("replicates", "0".into(), "at least one is needed");
    }
    if !(0.0..=1.0).contains(&settings.coverage) {
        return parameter("coverage", settings.coverage.to_string(), "a share between 0 and 1 is needed");
    }
    Ok(())
}
