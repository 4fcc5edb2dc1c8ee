//! Watching a signal as it comes: the posterior of the time since the last change (BOCPD).
//!
//! Adams and MacKay 2007. The probability that *this very* observation begins a segment equals the hazard whatever the
//! data, because a segment's first value is predicted by the prior; what a watcher asks is whether a change lies within
//! the last few observations, and that is given here.

use super::conjugate::Prior;
use super::series::{Family, Series};
use crate::MeasureError;

/// What is fixed before watching.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Watch {
    /// Prior of a level.
    pub prior: Prior,
    /// Probability of a change at each observation.
    pub hazard: f64,
    /// Run lengths less probable than this are dropped; 0 keeps all.
    pub prune: f64,
    /// A change is recent if it lies within this many observations, the newest counted.
    pub recent: usize,
}

/// What is known at each observation from it and those before.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// Most probable number of observations in the present segment, the newest counted.
    pub run: Vec<u32>,
    /// Probability that the present segment began within the last `recent` observations. The start of the signal itself
    /// counts as no change: at an observation t < `recent` only runs shorter than the signal count.
    pub changed: Vec<f64>,
    /// Log predictive probability of the whole signal, terms without parameter left out.
    pub log_marginal: f64,
    /// Mean number of run lengths kept.
    pub kept: f64,
}

/// Run lengths with their sums: one array each.
#[derive(Default)]
struct Runs {
    length: Vec<u32>,
    probability: Vec<f64>,
    value: Vec<f64>,
    weight: Vec<f64>,
    /// Sum of squares about the posterior mean, times ½, plus the prior scale (flows only).
    scale: Vec<f64>,
    log_scale: Vec<f64>,
    /// Log predictive densities of the newest observation.
    log: Vec<f64>,
}

/// Runs the recursion over a series. Missing observations lengthen runs and change no belief but by the hazard.
///
/// # Errors
/// A hazard outside (0, 1), a prune outside [0, 1), a prior of another family.
pub fn bocpd(series: &Series, watch: &Watch) -> Result<Watched, MeasureError> {
    if !(watch.hazard > 0.0 && watch.hazard < 1.0) {
        return Err(MeasureError::parameter("hazard", watch.hazard, "between 0 and 1"));
    }
    if !(0.0..1.0).contains(&watch.prune) {
        return Err(MeasureError::parameter("prune", watch.prune, "at least 0, below 1"));
    }
    let prior = watch.prior.check(series.family())?;
    let n = series.len();
    let mut out = Watched { run: Vec::with_capacity(n), changed: Vec::with_capacity(n), log_marginal: 0.0, kept: 0.0 };
    let mut runs = Runs::default();
    let mut predictive = Predictive::new(prior);
    let mut kept = 0_usize;
    for t in 0..n {
        // The segment that would begin now; at the start there is no other.
        runs.start(if t == 0 { 1.0 } else { watch.hazard }, prior);
        let grown = runs.length.len() - 1;
        runs.probability[..grown].iter_mut().for_each(|p| *p *= 1.0 - watch.hazard);
        let (value, weight) = (series.value[t], series.weight[t]);
        if weight > 0.0 {
            let evidence = runs.absorb(value, weight, series.family(), &mut predictive);
            out.log_marginal += evidence;
        }
        runs.length.iter_mut().for_each(|l| *l += 1);
        runs.prune(watch.prune);
        kept += runs.length.len();
        let best = (0..runs.length.len()).fold(0, |b, i| if runs.probability[i] > runs.probability[b] { i } else { b });
        out.run.push(runs.length[best]);
        let young = |l: u32| l as usize <= watch.recent && (l as usize) <= t;
        // Runs stand from long to short.
        let changed = runs.length.iter().zip(&runs.probability).rev().take_while(|(l, _)| **l as usize <= watch.recent);
        out.changed.push(changed.filter(|(l, _)| young(**l)).map(|(_, p)| p).sum::<f64>().min(1.0));
    }
    out.kept = kept as f64 / n.max(1) as f64;
    Ok(out)
}

/// The parts of a predictive density that depend only on how much has been seen; for flows they are kept by length.
struct Predictive {
    prior: Prior,
    /// lnΓ(a + ½ + n/2) − lnΓ(a + n/2) − ½ ln 2π + ½ ln((k + n)/(k + n + 1)) for n values seen.
    flows: Vec<f64>,
}

impl Predictive {
    fn new(prior: Prior) -> Self {
        Self { prior, flows: Vec::new() }
    }

    #[inline]
    fn flow(&mut self, seen: usize, weight: f64, shape: f64) -> f64 {
        while self.flows.len() <= seen {
            let n = self.flows.len() as f64;
            let (a, k) = (shape + 0.5 * n, weight + n);
            let gammas = libm::lgamma(a + 0.5) - libm::lgamma(a);
            self.flows.push(gammas - 0.5 * std::f64::consts::TAU.ln() + 0.5 * (k / (k + 1.0)).ln());
        }
        self.flows[seen]
    }

    /// Log predictive density, and the scale after the value with its logarithm (flows only).
    #[inline]
    fn log(&mut self, [sum, seen, scale, log_scale]: [f64; 4], value: f64, weight: f64) -> (f64, [f64; 2]) {
        match self.prior {
            Prior::Beta { a, b } => {
                let (a, b) = (a + sum, b + seen - sum);
                let ratio = |x: f64, k: f64| rising(x, k);
                (ratio(a, value) + ratio(b, weight - value) - ratio(a + b, weight), [1.0, 0.0])
            }
            Prior::Gamma { shape, rate } => {
                let (a, b) = (shape + sum, rate + seen);
                (rising(a, value) + a * (b / (b + weight)).ln() - value * (b + weight).ln(), [1.0, 0.0])
            }
            Prior::NormalInverseGamma { mean, weight: k, shape, .. } => {
                let away = value - (mean + sum / (k + seen));
                let after = scale + 0.5 * away * away * (k + seen) / (k + seen + 1.0);
                let a = shape + 0.5 * seen;
                let part = self.flow(seen as usize, k, shape);
                let log_after = after.ln();
                (part + a * log_scale - (a + 0.5) * log_after, [after, log_after])
            }
        }
    }
}

/// ln Γ(x + k) − ln Γ(x) for a whole k.
fn rising(x: f64, k: f64) -> f64 {
    if k <= 8.0 {
        let mut product = 1.0;
        let mut i = 0.0;
        while i < k {
            product *= x + i;
            i += 1.0;
        }
        product.ln()
    } else {
        libm::lgamma(x + k) - libm::lgamma(x)
    }
}

impl Runs {
    fn start(&mut self, probability: f64, prior: Prior) {
        self.length.push(0);
        self.probability.push(probability);
        self.value.push(0.0);
        self.weight.push(0.0);
        let scale = if let Prior::NormalInverseGamma { scale, .. } = prior { scale } else { 1.0 };
        self.scale.push(scale);
        self.log_scale.push(scale.ln());
    }

    /// Weighs every run by its prediction; gives the log of the whole.
    fn absorb(&mut self, value: f64, weight: f64, family: Family, predictive: &mut Predictive) -> f64 {
        let centre = match (family, predictive.prior) {
            (Family::Flows, Prior::NormalInverseGamma { mean, .. }) => mean,
            _ => 0.0,
        };
        let n = self.length.len();
        self.log.clear();
        for i in 0..n {
            let (log, after) =
                predictive.log([self.value[i], self.weight[i], self.scale[i], self.log_scale[i]], value, weight);
            self.log.push(log);
            [self.scale[i], self.log_scale[i]] = after;
            self.value[i] += value - centre;
            self.weight[i] += weight;
        }
        let mut top = self.log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lost = self.log.iter().zip(&self.probability).all(|(l, p)| *p <= 0.0 || (l - top < -500.0) || *p < 1e-200);
        if lost {
            // The run that predicts best is all but impossible: measure against the best of both.
            self.log.iter_mut().zip(&mut self.probability).for_each(|(l, p)| {
                *l += p.ln();
                *p = 1.0;
            });
            top = self.log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        }
        let mut total = 0.0;
        for (p, log) in self.probability.iter_mut().zip(&self.log) {
            *p *= (log - top).exp();
            total += *p;
        }
        self.probability.iter_mut().for_each(|p| *p /= total);
        top + total.ln()
    }

    /// Drops improbable runs, but the likeliest always stays.
    fn prune(&mut self, below: f64) {
        let top = self.probability.iter().copied().fold(0.0, f64::max);
        let bound = below.min(top);
        let (mut kept, mut sum) = (0, 0.0);
        for i in 0..self.length.len() {
            let p = self.probability[i];
            self.length[kept] = self.length[i];
            self.probability[kept] = p;
            self.value[kept] = self.value[i];
            self.weight[kept] = self.weight[i];
            self.scale[kept] = self.scale[i];
            self.log_scale[kept] = self.log_scale[i];
            if p >= bound {
                kept += 1;
                sum += p;
            }
        }
        self.length.truncate(kept);
        self.probability.truncate(kept);
        self.value.truncate(kept);
        self.weight.truncate(kept);
        self.scale.truncate(kept);
        self.log_scale.truncate(kept);
        self.probability.iter_mut().for_each(|p| *p /= sum);
    }
}
