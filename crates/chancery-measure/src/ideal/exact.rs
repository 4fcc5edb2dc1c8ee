//! A sampler whose target is the stated model.
//!
//! Each sweep draws whole walks by forward filtering and backward sampling; the variance of their steps; a common shift and
//! stretch ([`super::shift`]); each item's cut-points by Metropolis–Hastings with the utilities integrated out (Cowles
//! 1996, Statistics and Computing 6), centre and logarithm of the gap together, with a step that each item learns during
//! burn-in and then keeps; utilities; discrimination. All priors are proper. Scale and sign are settled afterwards: every
//! kept draw is brought to mean 0 and standard deviation 1 over all points, and mirrored where the anchors say so.

use rand::Rng;
use rand_distr::{Distribution, Gamma, StandardNormal};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::chunk::{CutStep, Pass, Tune, chunks, draw, stream_of};
use super::draws::{Draws, Schedule};
use super::input::Panel;
use super::published::{Kept, standardise};
use super::shift::{shift, stretch};
use super::start::{Anchors, Start, sign};
use super::walk::{Steps, draw_walks, step_sums, walks};
use crate::MeasureError;

/// The variance of a step of the walk over one session; over k sessions it is k times that.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Variance {
    /// Given.
    Fixed(f64),
    /// A parameter, one for all states, with an inverse gamma prior.
    InverseGamma {
        /// Shape.
        shape: f64,
        /// Scale; the mean is scale / (shape − 1).
        scale: f64,
    },
}

/// Priors of the exact model. All variances are on the scale before draws are standardised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Variance of a state's first point; its mean is 0.
    pub first_variance: f64,
    /// Steps of the walk.
    pub step: Variance,
    /// Variance of β; its mean is 0.
    pub beta_variance: f64,
    /// Variance of the cut-points: two draws from N(0, this), in order.
    pub cut_variance: f64,
}

impl Default for Prior {
    fn default() -> Self {
        let step = Variance::InverseGamma { shape: 3.0, scale: 0.1 };
        Self { first_variance: 1.0, step, beta_variance: 1.0, cut_variance: 4.0 }
    }
}

impl Prior {
    pub(super) fn check(&self) -> Result<(), MeasureError> {
        let step = match self.step {
            Variance::Fixed(v) => [v, 1.0],
            Variance::InverseGamma { shape, scale } => [shape, scale],
        };
        let all = [self.first_variance, self.beta_variance, self.cut_variance, step[0], step[1]];
        if all.iter().all(|v| v.is_finite() && *v > 0.0) {
            return Ok(());
        }
        let value = format!("{self:?}");
        Err(MeasureError::Parameter { name: "prior", value, expected: "every variance, shape and scale is positive" })
    }

    /// A value to start from.
    pub(super) fn typical_step(&self) -> f64 {
        match self.step {
            Variance::Fixed(v) => v,
            Variance::InverseGamma { shape, scale } => scale / (shape + 1.0),
        }
    }
}

/// The cut-point step of this sampler. `rate` is 0 after burn-in: a sampler that goes on learning has another target.
struct Cowles {
    prior: Prior,
    rate: f64,
}

/// Share of proposals in two dimensions that is best accepted (Gelman, Roberts and Gilks 1996).
const ACCEPTED: f64 = 0.35;

impl CutStep for Cowles {
    fn propose(&self, [g1, g2]: [f64; 2], tune: &Tune, rng: &mut Pcg64) -> ([f64; 2], f64) {
        let (centre, gap) = (0.5 * (g1 + g2), g2 - g1);
        // What the data say about each, roughly; `scale` corrects it.
        let wide = tune.scale / (0.2 * tune.ballots + 1.0 / self.prior.cut_variance).sqrt();
        let fine = tune.scale / (1.0 + tune.abstentions).sqrt();
        let (a, b): (f64, f64) = (rng.sample(StandardNormal), rng.sample(StandardNormal));
        let factor = libm::exp(fine * b);
        let (new_centre, half) = (centre + wide * a, 0.5 * gap * factor);
        let new = [new_centre - half, new_centre + half];
        let square = |g: [f64; 2]| g[0] * g[0] + g[1] * g[1];
        let prior = libm::exp(0.5 * (square([g1, g2]) - square(new)) / self.prior.cut_variance);
        // The walk is symmetric in the centre and the logarithm of the gap; `factor` is the change of the Jacobian.
        (new, prior * factor)
    }

    fn decided(&self, tune: &mut Tune, accepted: f64) {
        if self.rate > 0.0 {
            tune.scale = (tune.scale * libm::exp(self.rate * (accepted - ACCEPTED))).clamp(1e-3, 1e2);
        }
    }

    fn utility_bound(&self) -> f64 {
        f64::INFINITY
    }

    fn beta_variance(&self) -> f64 {
        self.prior.beta_variance
    }
}

/// Draws from the posterior of the model under `prior`.
pub fn exact(
    panel: &Panel,
    prior: &Prior,
    start: &Start,
    anchors: &Anchors,
    schedule: &Schedule,
) -> Result<Draws, MeasureError> {
    schedule.check()?;
    prior.check()?;
    start.fits(panel)?;
    let anchors = anchors.find(panel)?;
    let chain = |chain: usize| run(panel, prior, start, &anchors, schedule, chain as u64);
    Ok(Draws::gather((0..schedule.chains).into_par_iter().map(chain).collect::<Result<_, _>>()?))
}

fn run(
    panel: &Panel,
    prior: &Prior,
    start: &Start,
    anchors: &[Vec<usize>; 2],
    schedule: &Schedule,
    chain: u64,
) -> Result<Draws, MeasureError> {
    let n = panel.points().len();
    let (mut pull, mut weight) = (vec![0.0; n], vec![0.0; n]);
    let mut chunks = chunks(panel, start, schedule.seed, chain);
    for chunk in &mut chunks {
        // The gap lives on a logarithmic scale and must not be zero.
        chunk.cuts.iter_mut().for_each(|c| c[1] = c[1].max(c[0] + 1e-3));
    }
    let mut walks = walks(panel, schedule.seed, chain);
    let mut rng = stream_of(schedule.seed, chain, u64::MAX);
    let (mut theta, mut variance) = (start.theta.clone(), prior.typical_step());
    let mut step = Cowles { prior: *prior, rate: 0.0 };
    draw(Pass::Utilities, panel, &theta, &mut chunks, &step, &mut pull, &mut weight);
    let mut kept = Kept::new(panel);
    for sweep in 0..schedule.burn + schedule.sweeps {
        step.rate = if sweep < schedule.burn { (10.0 / (sweep as f64 + 10.0)).sqrt() } else { 0.0 };
        draw_walks(&mut walks, Steps { first: prior.first_variance, step: variance }, &pull, &weight, &mut theta);
        if let Variance::InverseGamma { shape, scale } = prior.step {
            let (squares, count, _, _) = step_sums(&walks, &theta);
            let posterior = Gamma::new(shape + 0.5 * count, 1.0 / (scale + 0.5 * squares));
            variance = 1.0 / posterior.map_err(|_| diverged(sweep))?.sample(&mut rng);
        }
        shift(prior, &walks, &mut theta, &mut chunks, &mut rng);
        stretch(prior, &mut variance, &walks, &mut theta, &mut chunks, &mut rng);
        draw(Pass::Items, panel, &theta, &mut chunks, &step, &mut pull, &mut weight);
        if schedule.keeps(sweep) {
            let mut standard = theta.clone();
            let (mean, sd) = standardise(&mut standard);
            kept.keep(&standard, &chunks, mean, sd, sign(anchors, &standard));
            if matches!(prior.step, Variance::InverseGamma { .. }) {
                kept.variance.push(variance / (sd * sd));
            }
        }
    }
    Ok(kept.finish(&chunks, (schedule.burn + schedule.sweeps) as f64))
}

fn diverged(sweep: usize) -> MeasureError {
    MeasureError::parameter("sweep", sweep, "points that are numbers")
}
