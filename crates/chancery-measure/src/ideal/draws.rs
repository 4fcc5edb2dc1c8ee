//! Draws of a sampler, and what they say.

use rayon::prelude::*;

use super::convergence::{effective_size, rank_r_hat};
use super::input::Panel;
use crate::MeasureError;
use crate::quantile::quantile;

/// How long, how often, from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Sweeps of each chain that are not kept.
    pub burn: usize,
    /// Sweeps of each chain after that.
    pub sweeps: usize,
    /// Every how many sweeps a draw is kept.
    pub thin: usize,
    /// Independent chains.
    pub chains: usize,
    /// Every number of the run follows from it.
    pub seed: u64,
}

impl Schedule {
    pub(super) fn check(&self) -> Result<(), MeasureError> {
        if self.thin > 0 && self.chains > 0 && self.sweeps >= self.thin {
            return Ok(());
        }
        let value = format!("{self:?}");
        let expected = "at least one chain, and at least one draw in each";
        Err(MeasureError::Parameter { name: "schedule", value, expected })
    }

    /// Whether the draw after this sweep (counted from 0) is kept.
    pub(super) fn keeps(&self, sweep: usize) -> bool {
        sweep >= self.burn && (sweep - self.burn + 1).is_multiple_of(self.thin)
    }
}

/// An item's parameters: means over all kept draws.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ItemEstimate {
    /// Discrimination.
    pub beta: f64,
    /// Cut-points between yes and abstain, abstain and no.
    pub cuts: [f64; 2],
}

/// Kept draws of all chains. Draws are kept in single precision: seven digits, where Monte Carlo error leaves three.
#[derive(Debug, Clone, PartialEq)]
pub struct Draws {
    /// By chain, then draw, then point.
    pub(super) theta: Vec<Vec<f32>>,
    pub(super) points: usize,
    pub(super) items: Vec<ItemEstimate>,
    pub(super) accepted: f64,
    /// Variance of a step of the walk, by chain, then draw; empty where it is no parameter.
    pub(super) variance: Vec<Vec<f64>>,
}

impl Draws {
    /// How many chains.
    pub fn chains(&self) -> usize {
        self.theta.len()
    }

    /// The draws of one point, chain by chain.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn of(&self, point: usize) -> Vec<Vec<f64>> {
        let column = |chain: &Vec<f32>| chain[point..].iter().step_by(self.points).map(|&d| f64::from(d)).collect();
        self.theta.iter().map(column).collect()
    }

    /// Means of the items' parameters, in the order of [`Panel::items`].
    pub fn items(&self) -> &[ItemEstimate] {
        &self.items
    }

    /// Draws of the variance of a step of the walk, chain by chain; empty where the sampler has no such parameter.
    pub fn step_variance(&self) -> &[Vec<f64>] {
        &self.variance
    }

    /// Share of proposed cut-points that were accepted.
    pub fn acceptance(&self) -> f64 {
        self.accepted
    }

    /// Chains of one run put side by side.
    pub(super) fn gather(chains: Vec<Self>) -> Self {
        let n = chains.len() as f64;
        let mut all = Self { theta: Vec::new(), points: 0, items: Vec::new(), accepted: 0.0, variance: Vec::new() };
        for chain in chains {
            all.points = chain.points;
            all.accepted += chain.accepted / n;
            all.items.resize(chain.items.len(), ItemEstimate::default());
            for (sum, item) in all.items.iter_mut().zip(&chain.items) {
                sum.beta += item.beta / n;
                sum.cuts = [sum.cuts[0] + item.cuts[0] / n, sum.cuts[1] + item.cuts[1] / n];
            }
            all.theta.extend(chain.theta);
            all.variance.extend(chain.variance);
        }
        all
    }
}

/// An ideal point: mean, spread, quantiles, and whether the chains agree on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Index of the state.
    pub state: u32,
    /// Session of the assembly.
    pub session: u16,
    /// Ballots behind it.
    pub ballots: u32,
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// Quantiles 5, 10, 50, 90, 95 % (linear interpolation).
    pub quantiles: [f64; 5],
    /// Rank-normalised split R-hat; `None` with too few draws. Above 1.01 the chains do not agree yet.
    pub r_hat: Option<f64>,
    /// Effective number of independent draws (bulk); `None` with too few draws.
    pub effective: Option<f64>,
}

/// One estimate for each point, in the order of [`Panel::points`].
pub fn summarise(panel: &Panel, draws: &Draws) -> Vec<Estimate> {
    let one = |p: usize| {
        let chains = draws.of(p);
        let mut all: Vec<f64> = chains.iter().flatten().copied().collect();
        all.sort_unstable_by(f64::total_cmp);
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let sd = (all.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
        let point = panel.points()[p];
        Estimate {
            state: point.state,
            session: point.session,
            ballots: point.ballots,
            mean,
            sd,
            quantiles: [0.05, 0.10, 0.50, 0.90, 0.95].map(|q| quantile(&all, q)),
            r_hat: rank_r_hat(&chains),
            effective: effective_size(&chains),
        }
    };
    (0..panel.points().len()).into_par_iter().map(one).collect()
}
