//! One pass over the items given all ideal points: cut-points, latent utilities and discrimination of each item, and what
//! the utilities say about the points. This is where a sampler spends its time.
//!
//! Items are cut into a fixed number of chunks, each with its own random stream and its own sums; sums are added in the
//! order of the chunks. So the numbers do not depend on the number of threads.

use std::ops::Range;

use rand::Rng;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::input::Panel;
use super::normal::{Cdf, above, between};
use super::start::Start;

/// Enough for sixteen threads, few enough that adding their sums costs nothing.
const CHUNKS: usize = 32;

/// What differs between samplers: how new cut-points are proposed, and how far a utility may go.
pub(super) trait CutStep: Sync {
    /// New cut-points and the factor of the acceptance ratio beside the likelihood: prior and proposal.
    fn propose(&self, cuts: [f64; 2], tune: &Tune, rng: &mut Pcg64) -> ([f64; 2], f64);
    /// After the decision.
    fn decided(&self, _tune: &mut Tune, _accepted: f64) {}
    /// Utilities beyond this are drawn in; infinite for a proper sampler.
    fn utility_bound(&self) -> f64;
    /// Variance of the normal prior of β.
    fn beta_variance(&self) -> f64;
}

/// Step of an item's cut-points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tune {
    /// Factor of the proposal.
    pub(super) scale: f64,
    /// All ballots of the item.
    pub(super) ballots: f64,
    /// Abstentions of the item.
    pub(super) abstentions: f64,
}

/// Items `items` of the panel with their parameters.
pub(super) struct Chunk {
    pub(super) items: Range<usize>,
    pub(super) beta: Vec<f64>,
    pub(super) cuts: Vec<[f64; 2]>,
    pub(super) tune: Vec<Tune>,
    pub(super) accepted: u64,
    rng: Pcg64,
    /// The first point of `pull` and `weight`.
    offset: usize,
    /// Σ β (utility) by point, and Σ β².
    pull: Vec<f64>,
    weight: Vec<f64>,
    theta: Vec<f64>,
    utility: Vec<f64>,
}

/// Cuts the items into chunks of about equally many ballots.
pub(super) fn chunks(panel: &Panel, start: &Start, seed: u64, chain: u64) -> Vec<Chunk> {
    let target = panel.ballots() as f64 / CHUNKS as f64;
    let (mut bounds, mut done) = (vec![0], 0);
    for item in 0..panel.items().len() {
        done += panel.ballots_of(item).0.len();
        if done as f64 >= target * bounds.len() as f64 {
            bounds.push(item + 1);
        }
    }
    bounds.push(panel.items().len());
    bounds.dedup();
    bounds
        .windows(2)
        .zip(0..)
        .map(|(w, stream)| chunk(panel, start, w[0]..w[1], stream_of(seed, chain, stream)))
        .collect()
}

/// A random stream of its own for each chain and chunk; stream `u64::MAX` of a chain is for its states.
pub(super) fn stream_of(seed: u64, chain: u64, stream: u64) -> Pcg64 {
    Pcg64::new(u128::from(seed) << 64 | u128::from(chain), u128::from(stream))
}

fn chunk(panel: &Panel, start: &Start, items: Range<usize>, rng: Pcg64) -> Chunk {
    let used = || items.clone().flat_map(|i| panel.ballots_of(i).0.iter().map(|&p| p as usize));
    let offset = used().min().unwrap_or(0);
    let length = used().max().map_or(0, |last| last + 1 - offset);
    let longest = items.clone().map(|i| panel.ballots_of(i).0.len()).max().unwrap_or(0);
    let tune = items
        .clone()
        .map(|i| {
            let (ballots, abstain, no) = panel.ballots_of(i);
            Tune { scale: 1.0, ballots: ballots.len() as f64, abstentions: (no - abstain) as f64 }
        })
        .collect();
    Chunk {
        beta: start.beta[items.clone()].to_vec(),
        cuts: start.cuts[items.clone()].to_vec(),
        tune,
        accepted: 0,
        rng,
        offset,
        pull: vec![0.0; length],
        weight: vec![0.0; length],
        theta: vec![0.0; longest],
        utility: vec![0.0; longest],
        items,
    }
}

/// What a pass over the items draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// Cut-points, utilities and discrimination.
    Items,
    /// Utilities under the parameters as they are: the state that a sampler starts from.
    Utilities,
}

/// Draws given the points, and leaves Σ β·utility and Σ β² of every point in `pull` and `weight`.
pub(super) fn draw(
    pass: Pass,
    panel: &Panel,
    theta: &[f64],
    chunks: &mut [Chunk],
    step: &impl CutStep,
    pull: &mut [f64],
    weight: &mut [f64],
) {
    chunks.par_iter_mut().for_each(|chunk| chunk.draw(pass, panel, theta, step));
    collect(chunks, pull, weight);
}

fn collect(chunks: &[Chunk], pull: &mut [f64], weight: &mut [f64]) {
    pull.fill(0.0);
    weight.fill(0.0);
    for chunk in chunks {
        let here = chunk.offset..chunk.offset + chunk.pull.len();
        pull[here.clone()].iter_mut().zip(&chunk.pull).for_each(|(a, b)| *a += b);
        weight[here].iter_mut().zip(&chunk.weight).for_each(|(a, b)| *a += b);
    }
}

impl Chunk {
    fn draw(&mut self, pass: Pass, panel: &Panel, theta: &[f64], step: &impl CutStep) {
        self.pull.fill(0.0);
        self.weight.fill(0.0);
        let cdf = Cdf::new();
        for (k, item) in self.items.clone().enumerate() {
            let (voters, abstain, no) = panel.ballots_of(item);
            let theta_here = &mut self.theta[..voters.len()];
            for (here, &p) in theta_here.iter_mut().zip(voters) {
                *here = theta[p as usize];
            }
            let (beta, old) = (self.beta[k], self.cuts[k]);
            if pass == Pass::Items {
                let (new, factor) = step.propose(old, &self.tune[k], &mut self.rng);
                let ratio = factor * likelihood_ratio(cdf, theta_here, [abstain, no], beta, old, new);
                // As published: what is not a number is accepted. An exact sampler's ratio is always a number.
                let accept = ratio.is_nan() || self.rng.random::<f64>() < ratio;
                if accept {
                    self.cuts[k] = new;
                    self.accepted += 1;
                }
                step.decided(&mut self.tune[k], if ratio.is_nan() { 1.0 } else { ratio.min(1.0) });
            }
            let utility = &mut self.utility[..voters.len()];
            draw_utility(&mut self.rng, theta_here, [abstain, no], beta, self.cuts[k], utility);
            let bound = step.utility_bound();
            for u in utility.iter_mut() {
                *u = u.max(-bound).min(bound);
            }
            if pass == Pass::Items {
                let variance = 1.0 / (dot(theta_here, theta_here) + 1.0 / step.beta_variance());
                let product = dot(theta_here, utility);
                let noise: f64 = self.rng.sample(StandardNormal);
                self.beta[k] = variance * product + variance.sqrt() * noise;
            }
            let (beta, square) = (self.beta[k], self.beta[k] * self.beta[k]);
            for (&p, u) in voters.iter().zip(&*utility) {
                self.pull[p as usize - self.offset] += beta * u;
                self.weight[p as usize - self.offset] += square;
            }
        }
    }
}

/// Σ ab in four sums, which a processor adds side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (fours_a, fours_b) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = fours_a.remainder().iter().zip(fours_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in fours_a.zip(fours_b) {
        for k in 0..4 {
            sums[k] += x[k] * y[k];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// p(ballots | new cut-points) / p(ballots | old cut-points).
fn likelihood_ratio(
    cdf: Cdf,
    theta: &[f64],
    [abstain, no]: [usize; 2],
    beta: f64,
    old: [f64; 2],
    new: [f64; 2],
) -> f64 {
    let (yes, rest) = theta.split_at(abstain);
    let (abstained, said_no) = rest.split_at(no - abstain);
    let mut ratio = 1.0;
    for t in yes {
        let m = beta * t;
        ratio *= cdf.at(new[0] - m) / cdf.at(old[0] - m);
    }
    for t in abstained {
        let m = beta * t;
        ratio *= mass(cdf, new[0] - m, new[1] - m) / mass(cdf, old[0] - m, old[1] - m);
    }
    for t in said_no {
        let m = beta * t;
        ratio *= cdf.at(m - new[1]) / cdf.at(m - old[1]);
    }
    ratio
}

/// Probability between two bounds, from whichever tail loses no digits.
fn mass(cdf: Cdf, low: f64, high: f64) -> f64 {
    if low > 0.0 { cdf.at(-low) - cdf.at(-high) } else { cdf.at(high) - cdf.at(low) }
}

fn draw_utility(
    rng: &mut Pcg64,
    theta: &[f64],
    [abstain, no]: [usize; 2],
    beta: f64,
    cuts: [f64; 2],
    utility: &mut [f64],
) {
    // Most ballots agree with the mean, so a plain normal draw mostly lies inside; the others draw again. Taking the first
    // draws together keeps the generator busy. Both ways have the truncated distribution, and so has either one.
    for u in &mut utility[..abstain] {
        *u = rng.sample(StandardNormal);
    }
    for (u, t) in utility[..abstain].iter_mut().zip(theta) {
        let m = beta * t;
        let low = m - cuts[0];
        *u = m - if *u > low { *u } else { above(rng, low) };
    }
    for (u, t) in utility[abstain..no].iter_mut().zip(&theta[abstain..]) {
        let m = beta * t;
        *u = m + between(rng, cuts[0] - m, cuts[1] - m);
    }
    for (u, t) in utility[no..].iter_mut().zip(&theta[no..]) {
        let m = beta * t;
        *u = m + above(rng, cuts[1] - m);
    }
}
