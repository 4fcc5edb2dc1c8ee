//! View 4: every other state in the place of C. A mediator is specific only where hardly any other explains as much.

use super::adjusted::Moments;
use super::{Residuals, Settings, Triad};
use crate::Votes;

/// A state in the place of C.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mediator {
    /// Its index.
    pub state: usize,
    /// Roll calls of the triad on which it voted.
    pub calls: usize,
    /// ρ(R,K) on these.
    pub rho: f64,
    /// ρ(R,K·state) on these.
    pub partial: f64,
    /// What it takes away: `rho` − `partial`.
    pub drop: f64,
}

/// C among all possible mediators.
#[derive(Debug, Clone, PartialEq)]
pub struct Placebo {
    /// 1 + the number of mediators with a larger drop; `None` where C's own drop is not defined.
    pub rank: Option<usize>,
    /// States compared, C among them: those that voted on enough of the triad's roll calls and whose drop is defined.
    pub of: usize,
    /// The strongest, C perhaps among them.
    pub top: Vec<Mediator>,
}

impl Placebo {
    pub(super) fn of(votes: &Votes, residuals: &Residuals, triad: Triad, calls: &[usize], settings: &Settings) -> Self {
        let least = settings.coverage * calls.len() as f64;
        let (r, k) = (residuals.row(triad.r), residuals.row(triad.k));
        let mut mediators: Vec<Mediator> = (0..votes.states().len())
            .filter(|&state| state != triad.r && state != triad.k)
            .filter_map(|state| {
                let row = residuals.row(state);
                let voted: Vec<usize> = calls.iter().copied().filter(|&call| !row[call].is_nan()).collect();
                let moments = Moments::of([r, k, row], voted.iter().copied());
                let (rho, partial) = moments.correlation().zip(moments.partial())?;
                let enough = voted.len() as f64 >= least;
                enough.then_some(Mediator { state, calls: voted.len(), rho, partial, drop: rho - partial })
            })
            .collect();
        mediators.sort_by(|a, b| b.drop.total_cmp(&a.drop).then(a.state.cmp(&b.state)));
        let own = mediators.iter().find(|m| m.state == triad.c).map(|m| m.drop);
        Self {
            rank: own.map(|own| 1 + mediators.iter().filter(|m| m.drop > own).count()),
            of: mediators.len(),
            top: mediators.into_iter().take(settings.listed).collect(),
        }
    }
}
