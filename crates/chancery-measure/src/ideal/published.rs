//! The sampler of Bailey, Strezhnev and Voeten as they wrote it, for numbers that can be compared with theirs.
//!
//! It is no exact Gibbs sampler for the model that the paper states: a point's prior mean is the *conditional mean* of the
//! session before from the sweep before, never the draw and never the session after; a state's first session borrows its
//! second; the prior variance is half the share of this session in the ballots of this and the neighbouring one; after
//! each sweep all points are brought to mean 0 and standard deviation 1, while utilities and β stay. Cut-points move by
//! Metropolis–Hastings with steps of 0.2/3 (Johnson and Albert 1999) whose correction ignores the bounds at ±7, and
//! utilities are cut at ±9. All of that is kept. Use [`super::exact`] for inference.

use rand::Rng;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::chunk::{Chunk, CutStep, Pass, Tune, chunks, draw, stream_of};
use super::draws::{Draws, ItemEstimate, Schedule};
use super::input::Panel;
use super::normal::{normal_cdf, truncated_normal};
use super::start::{Anchors, Start, sign};
use crate::MeasureError;

/// Priors and steps of the published sampler; the default has the published values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublishedPrior {
    /// Factor of the prior variance of a point; smaller smooths more.
    pub smooth: f64,
    /// Prior variance of β.
    pub beta_variance: f64,
    /// Standard deviation of a step of the cut-points.
    pub step: f64,
    /// Cut-points stay within ± this.
    pub cut_bound: f64,
    /// Utilities stay within ± this.
    pub utility_bound: f64,
    /// Points stay within ± this before they are standardised.
    pub point_bound: f64,
}

impl Default for PublishedPrior {
    fn default() -> Self {
        let step = 0.2 / 3.0;
        Self { smooth: 0.5, beta_variance: 1.0, step, cut_bound: 7.0, utility_bound: 9.0, point_bound: 5.0 }
    }
}

impl CutStep for PublishedPrior {
    fn propose(&self, [g1, g2]: [f64; 2], _: &Tune, rng: &mut Pcg64) -> ([f64; 2], f64) {
        let (s, bound) = (self.step, self.cut_bound);
        let new1 = g1 + s * truncated_normal(rng, (-bound - g1) / s, (g2 - g1) / s);
        let new2 = g2 + s * truncated_normal(rng, (new1 - g2) / s, (bound - g2) / s);
        ([new1, new2], normal_cdf((g2 - new1) / s) / normal_cdf((new2 - g1) / s))
    }

    fn utility_bound(&self) -> f64 {
        self.utility_bound
    }

    fn beta_variance(&self) -> f64 {
        self.beta_variance
    }
}

/// Draws by the published sampler, mirrored at the end where the anchors say so.
///
/// The published run is 4,000 sweeps of burn, 20,000 sweeps with every 50th kept, one chain.
pub fn published(
    panel: &Panel,
    prior: &PublishedPrior,
    start: &Start,
    anchors: &Anchors,
    schedule: &Schedule,
) -> Result<Draws, MeasureError> {
    schedule.check()?;
    start.fits(panel)?;
    let anchors = anchors.find(panel)?;
    let lags = lags(panel, prior.smooth);
    let chain = |chain: usize| run(panel, prior, start, &anchors, &lags, schedule, chain as u64);
    Ok(Draws::gather((0..schedule.chains).into_par_iter().map(chain).collect()))
}

/// The point that a point's prior mean comes from (itself none in a walk of one session), and its prior precision.
fn lags(panel: &Panel, smooth: f64) -> Vec<(Option<usize>, f64)> {
    let mut lags = vec![(None, 1.0 / smooth); panel.points().len()];
    for walk in panel.walks() {
        for (t, &p) in walk.iter().enumerate() {
            let other = if t == 0 { walk.get(1) } else { walk.get(t - 1) };
            if let Some(&other) = other {
                let (here, there) = (panel.points()[p as usize].ballots, panel.points()[other as usize].ballots);
                let share = f64::from(here) / f64::from(here + there);
                lags[p as usize] = (Some(other as usize), 1.0 / (share * smooth));
            }
        }
    }
    lags
}

fn run(
    panel: &Panel,
    prior: &PublishedPrior,
    start: &Start,
    anchors: &[Vec<usize>; 2],
    lags: &[(Option<usize>, f64)],
    schedule: &Schedule,
    chain: u64,
) -> Draws {
    let n = panel.points().len();
    let (mut pull, mut weight) = (vec![0.0; n], vec![0.0; n]);
    let mut chunks = chunks(panel, start, schedule.seed, chain);
    let mut rng = stream_of(schedule.seed, chain, u64::MAX);
    let (mut theta, mut mean, mut before) = (start.theta.clone(), start.theta.clone(), vec![0.0; n]);
    draw(Pass::Utilities, panel, &theta, &mut chunks, prior, &mut pull, &mut weight);
    let mut kept = Kept::new(panel);
    for sweep in 0..schedule.burn + schedule.sweeps {
        before.copy_from_slice(&mean);
        for (p, &(other, precision)) in lags.iter().enumerate() {
            let centre = other.map_or(0.0, |o| before[o]);
            let variance = 1.0 / (weight[p] + precision);
            mean[p] = variance * (pull[p] + precision * centre);
            let noise: f64 = rng.sample(StandardNormal);
            theta[p] = (mean[p] + variance.sqrt() * noise).clamp(-prior.point_bound, prior.point_bound);
        }
        standardise(&mut theta);
        draw(Pass::Items, panel, &theta, &mut chunks, prior, &mut pull, &mut weight);
        if schedule.keeps(sweep) {
            kept.keep(&theta, &chunks, 0.0, 1.0, sign(anchors, &theta));
        }
    }
    kept.finish(&chunks, (schedule.burn + schedule.sweeps) as f64)
}

/// To mean 0 and standard deviation 1 (n − 1); returns what was taken off and divided by.
pub(super) fn standardise(theta: &mut [f64]) -> (f64, f64) {
    let n = theta.len() as f64;
    let mean = theta.iter().sum::<f64>() / n;
    let sd = (theta.iter().map(|t| (t - mean) * (t - mean)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
    let sd = if sd > 0.0 { sd } else { 1.0 };
    for t in theta.iter_mut() {
        *t = (*t - mean) / sd;
    }
    (mean, sd)
}

/// Draws of one chain as they come.
pub(super) struct Kept {
    theta: Vec<f32>,
    points: usize,
    items: Vec<ItemEstimate>,
    pub(super) variance: Vec<f64>,
    count: f64,
}

impl Kept {
    pub(super) fn new(panel: &Panel) -> Self {
        let items = vec![ItemEstimate::default(); panel.items().len()];
        Self { theta: Vec::new(), points: panel.points().len(), items, variance: Vec::new(), count: 0.0 }
    }

    /// Keeps standardised points; items, on the scale before (θ = mean + sd × standardised), are brought to the same.
    pub(super) fn keep(&mut self, theta: &[f64], chunks: &[Chunk], mean: f64, sd: f64, sign: f64) {
        self.theta.extend(theta.iter().map(|t| (sign * t) as f32));
        self.count += 1.0;
        for chunk in chunks {
            for (k, item) in chunk.items.clone().enumerate() {
                let (beta, cuts) = (chunk.beta[k], chunk.cuts[k].map(|c| c - chunk.beta[k] * mean));
                let sum = &mut self.items[item];
                sum.beta += sign * sd * beta;
                sum.cuts = [sum.cuts[0] + cuts[0], sum.cuts[1] + cuts[1]];
            }
        }
    }

    pub(super) fn finish(mut self, chunks: &[Chunk], sweeps: f64) -> Draws {
        for item in &mut self.items {
            item.beta /= self.count;
            item.cuts = item.cuts.map(|c| c / self.count);
        }
        let accepted = chunks.iter().map(|c| c.accepted as f64).sum::<f64>() / (sweeps * self.items.len() as f64);
        let variance = if self.variance.is_empty() { Vec::new() } else { vec![self.variance] };
        Draws { theta: vec![self.theta], points: self.points, items: self.items, accepted, variance }
    }
}
