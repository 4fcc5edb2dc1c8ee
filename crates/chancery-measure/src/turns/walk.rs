//! A level that wanders: a random walk on the link scale, its innovation sd integrated over a grid, not maximised.
//!
//! Given the sd the posterior is tridiagonal: for shares and counts by Laplace's method about the mode (O(T) per step of
//! Newton's method), for flows exact, the variance included.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::conjugate::{Prior, gamma};
use super::link::{LN_TAU, anchor, link, point, student};
use super::recursion::{draw_log, log_sum};
use super::series::{Family, Series};

/// Posterior of a walk: a mixture over the sd of its increments.
#[derive(Debug, Clone)]
pub(super) struct Walk {
    pub(super) log_marginal: f64,
    logs: Vec<f64>,
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
struct Part {
    mean: Vec<f64>,
    /// Pivots and multipliers of the precision's factor.
    pivots: Vec<f64>,
    factors: Vec<f64>,
    variance: Option<[f64; 2]>,
}

impl Walk {
    /// η moves by independent normal increments; the level in the middle of the window has the level's prior, so that the
    /// series read backwards has the same probability. `steps`: sds of the increments with their prior probabilities.
    pub(super) fn fit(series: &Series, prior: Prior, steps: &[(f64, f64)]) -> Self {
        let periods = series.len();
        let mut parts: Vec<Part> = Vec::with_capacity(steps.len());
        let mut logs = Vec::with_capacity(steps.len());
        let sums = series.value.iter().zip(&series.weight).fold((0.0, 0.0), |s, (v, w)| (s.0 + v, s.1 + w));
        let [value, weight, _] = anchor(prior);
        let start = match series.family {
            Family::Flows => value,
            family => link(family, (sums.0 + value) / (sums.1 + weight)),
        };
        let mut mode = vec![start; periods];
        for &(sd, believed) in steps {
            let (log, part) = match prior {
                Prior::NormalInverseGamma { mean, weight, shape, scale } => {
                    exact_walk(series, [mean, weight, shape, scale], sd)
                }
                _ => laplace_walk(series, prior, sd, &mut mode),
            };
            logs.push(log + believed.ln());
            parts.push(part);
        }
        Self { log_marginal: log_sum(&logs), logs, parts }
    }

    /// A draw of η at every period.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> Vec<f64> {
        let part = &self.parts[draw_log(&self.logs, rng)];
        let spread = part.variance.map_or(1.0, |[shape, scale]| (scale / gamma(shape, rng)).sqrt());
        let n = part.mean.len();
        let mut z: Vec<f64> = part
            .pivots
            .iter()
            .map(|pivot| {
                let z: f64 = StandardNormal.sample(rng);
                spread * z / pivot.sqrt()
            })
            .collect();
        for t in (0..n.saturating_sub(1)).rev() {
            z[t] -= part.factors[t] * z[t + 1];
        }
        z.iter().zip(&part.mean).map(|(z, m)| z + m).collect()
    }
}

/// A symmetric tridiagonal system: diagonal and the entries beside it.
struct Tridiagonal {
    diagonal: Vec<f64>,
    beside: Vec<f64>,
}

impl Tridiagonal {
    /// Solves for `right` in place; gives pivots and multipliers of the factor L D Lᵀ.
    fn solve(&self, right: &mut [f64]) -> (Vec<f64>, Vec<f64>) {
        let n = self.diagonal.len();
        let mut pivots = self.diagonal.clone();
        let mut factors = vec![0.0; n];
        for t in 1..n {
            let factor = self.beside[t - 1] / pivots[t - 1];
            factors[t - 1] = factor;
            pivots[t] -= factor * self.beside[t - 1];
            right[t] -= factor * right[t - 1];
        }
        right[n - 1] /= pivots[n - 1];
        for t in (0..n - 1).rev() {
            right[t] = right[t] / pivots[t] - factors[t] * right[t + 1];
        }
        (pivots, factors)
    }
}

/// The precision of the increments plus `h` on the middle: on one period, or halves on the two beside it.
fn increments(periods: usize, tight: f64, h: f64, curvature: impl Fn(usize) -> f64) -> Tridiagonal {
    let (low, high) = ((periods - 1) / 2, periods / 2);
    let mut diagonal: Vec<f64> = (0..periods)
        .map(|t| curvature(t) + tight * (f64::from(u8::from(t > 0)) + f64::from(u8::from(t + 1 < periods))))
        .collect();
    let mut beside = vec![-tight; periods];
    if low == high {
        diagonal[low] += h;
    } else {
        diagonal[low] += h / 4.0;
        diagonal[high] += h / 4.0;
        beside[low] += h / 4.0;
    }
    Tridiagonal { diagonal, beside }
}

fn laplace_walk(series: &Series, prior: Prior, sd: f64, mode: &mut [f64]) -> (f64, Part) {
    let periods = mode.len();
    let [value, weight, constant] = anchor(prior);
    let tight = 1.0 / (sd * sd);
    let (low, high) = ((periods - 1) / 2, periods / 2);
    let family = series.family;
    let mut slopes = vec![0.0; periods];
    let mut curves = vec![0.0; periods];
    // Log posterior at `eta`; leaves slopes and curvatures of the likelihood.
    let objective = |eta: &[f64], slopes: &mut [f64], curves: &mut [f64]| {
        let [mut f, middle, bend] = point(family, value, weight, f64::midpoint(eta[low], eta[high]));
        for t in 0..periods {
            let [l, g, h] = point(family, series.value[t], series.weight[t], eta[t]);
            f += l;
            slopes[t] = g;
            curves[t] = h;
            if t > 0 {
                f -= 0.5 * tight * (eta[t] - eta[t - 1]).powi(2);
            }
        }
        (f, middle, bend)
    };
    let (mut f, mut middle, mut bend) = objective(mode, &mut slopes, &mut curves);
    let mut factor;
    let mut rounds = 0;
    loop {
        let system = increments(periods, tight, bend, |t| curves[t]);
        let mut step = slopes.clone();
        for t in 1..periods {
            let pull = tight * (mode[t] - mode[t - 1]);
            step[t] -= pull;
            step[t - 1] += pull;
        }
        let half = if low == high { middle } else { 0.5 * middle };
        step[low] += half;
        if low != high {
            step[high] += half;
        }
        let gradient = step.clone();
        factor = system.solve(&mut step);
        let gain: f64 = step.iter().zip(&gradient).map(|(s, g)| s * g).sum();
        rounds += 1;
        if gain < 1e-7 || rounds > 50 {
            break;
        }
        let mut share = 1.0;
        let before = mode.to_vec();
        loop {
            mode.iter_mut().zip(&before).zip(&step).for_each(|((m, b), s)| *m = b + share * s);
            let next = objective(mode, &mut slopes, &mut curves);
            if next.0 >= f - 1e-12 || share < 1e-6 {
                (f, middle, bend) = next;
                break;
            }
            share *= 0.5;
        }
    }
    let (pivots, factors) = factor;
    let log_det: f64 = pivots.iter().map(|p| p.ln()).sum();
    let log =
        f + constant - (periods - 1) as f64 * (sd.ln() + 0.5 * LN_TAU) + 0.5 * periods as f64 * LN_TAU - 0.5 * log_det;
    (log, Part { mean: mode.to_vec(), pivots, factors, variance: None })
}

/// Flows: `sd` of the increments is in units of the noise, and everything is in closed form.
fn exact_walk(series: &Series, [mean, weight, shape, scale]: [f64; 4], sd: f64) -> (f64, Part) {
    let periods = series.len();
    let tight = 1.0 / (sd * sd);
    let system = increments(periods, tight, weight, |t| series.weight[t]);
    let centred: Vec<f64> = (0..periods).map(|t| series.weight[t] * (series.value[t] - mean)).collect();
    let mut fit = centred.clone();
    let (pivots, factors) = system.solve(&mut fit);
    let square: f64 = centred.iter().map(|y| y * y).sum();
    let explained: f64 = centred.iter().zip(&fit).map(|(y, f)| y * f).sum();
    let log_det: f64 = pivots.iter().map(|p| p.ln()).sum::<f64>() - weight.ln() - (periods - 1) as f64 * tight.ln();
    let (log, variance) = student(series.total(), (square - explained).max(0.0), log_det, shape, scale);
    let mean = fit.iter().map(|f| f + mean).collect();
    (log, Part { mean, pivots, factors, variance: Some(variance) })
}
