//! Start values by variational expectation–maximisation: points, discriminations and utilities as independent normals, the
//! walks smoothed, cut-points by matching expected to observed counts. Good for where a sampler begins and for a first
//! look; its intervals are far too narrow, so it returns none.

use rayon::prelude::*;

use super::exact::Prior;
use super::input::Panel;
use super::normal::{Cdf, density};
use super::published::standardise;
use super::start::{Anchors, Start, sign};
use super::walk::{Steps, smooth_walks, walks};
use crate::MeasureError;

/// What one iteration knows of an item.
struct Item {
    beta: f64,
    beta_square: f64,
    cuts: [f64; 2],
    utility: Vec<f64>,
}

/// Start values after `iterations` rounds from [`Start::from_anchors`]: standardised, mirrored as the anchors say. The
/// variance of a step is held at the mode of its prior.
pub fn variational(panel: &Panel, prior: &Prior, anchors: &Anchors, iterations: usize) -> Result<Start, MeasureError> {
    prior.check()?;
    let mut start = Start::from_anchors(panel, anchors)?;
    let anchors = anchors.find(panel)?;
    let n = panel.points().len();
    let (mut variance, mut pull, mut weight) = (vec![0.1; n], vec![0.0; n], vec![0.0; n]);
    let steps = Steps { first: prior.first_variance, step: prior.typical_step() };
    let mut walks = walks(panel, 0, 0);
    for round in 0..iterations {
        let one = |i: usize| update(panel, i, &start, &variance, prior, round > 0);
        let items: Vec<Item> = (0..panel.items().len()).into_par_iter().map(one).collect();
        pull.fill(0.0);
        weight.fill(0.0);
        for (i, item) in items.into_iter().enumerate() {
            for (&p, u) in panel.ballots_of(i).0.iter().zip(&item.utility) {
                pull[p as usize] += item.beta * u;
                weight[p as usize] += item.beta_square;
            }
            (start.beta[i], start.cuts[i]) = (item.beta, item.cuts);
        }
        smooth_walks(&mut walks, steps, &pull, &weight, &mut start.theta, &mut variance);
        let (mean, sd) = standardise(&mut start.theta);
        for v in &mut variance {
            *v /= sd * sd;
        }
        for (beta, cuts) in start.beta.iter_mut().zip(&mut start.cuts) {
            *cuts = cuts.map(|c| c - *beta * mean);
            *beta *= sd;
        }
    }
    let sign = sign(&anchors, &start.theta);
    start.theta.iter_mut().chain(&mut start.beta).for_each(|x| *x *= sign);
    Ok(start)
}

fn update(panel: &Panel, item: usize, start: &Start, variance: &[f64], prior: &Prior, learn: bool) -> Item {
    let (voters, abstain, no) = panel.ballots_of(item);
    let beta = start.beta[item];
    let means: Vec<f64> = voters.iter().map(|&p| beta * start.theta[p as usize]).collect();
    // Half a ballot is added to each level: an empty one would send its cut-point to infinity.
    let share = |count: usize, half: f64| (count as f64 + half) / (voters.len() as f64 + 1.5) * voters.len() as f64;
    let [from, to] = start.cuts[item];
    let low = match_count(&means, from, share(abstain, 0.5));
    let cuts = [low, match_count(&means, to, share(no, 1.0)).max(low + 1e-3)];
    let utility: Vec<f64> = means
        .iter()
        .enumerate()
        .map(|(k, m)| {
            let low = if k < abstain { f64::NEG_INFINITY } else { cuts[usize::from(k >= no)] - m };
            let high = if k >= no { f64::INFINITY } else { cuts[usize::from(k >= abstain)] - m };
            m + truncated_mean(low, high)
        })
        .collect();
    if !learn {
        // The first round keeps the signs that the anchors gave.
        return Item { beta, beta_square: beta * beta, cuts, utility };
    }
    let (mut squares, mut product) = (1.0 / prior.beta_variance, 0.0);
    for (&p, u) in voters.iter().zip(&utility) {
        let theta = start.theta[p as usize];
        squares += theta * theta + variance[p as usize];
        product += theta * u;
    }
    let beta = product / squares;
    Item { beta, beta_square: beta * beta + 1.0 / squares, cuts, utility }
}

/// The cut-point below which `count` of the utilities with these means are expected: Newton's method, at most five steps of
/// at most 1.
fn match_count(means: &[f64], from: f64, count: f64) -> f64 {
    let cdf = Cdf::new();
    let mut cut = from;
    for _ in 0..5 {
        let (mut below, mut slope) = (0.0, 0.0);
        for m in means {
            below += cdf.at(cut - m);
            slope += density(cut - m);
        }
        let step = ((count - below) / slope.max(1e-3)).clamp(-1.0, 1.0);
        cut += step;
        if step.abs() < 1e-3 {
            break;
        }
    }
    cut
}

/// Mean of the standard normal between two bounds; the nearer bound where hardly anything lies between.
fn truncated_mean(low: f64, high: f64) -> f64 {
    let cdf = Cdf::new();
    let mass = if low > 0.0 { cdf.at(-low) - cdf.at(-high) } else { cdf.at(high) - cdf.at(low) };
    if mass < 1e-12 {
        return if low > 0.0 { low } else { high };
    }
    let edge = |x: f64| if x.is_finite() { density(x) } else { 0.0 };
    ((edge(low) - edge(high)) / mass).clamp(low, high)
}
