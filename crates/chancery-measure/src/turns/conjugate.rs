//! One level behind a stretch of periods: beta-binomial, gamma-Poisson, normal-inverse-gamma.
//!
//! Terms that hold no parameter (binomial coefficients, powers of the exposure) are left out everywhere: the likelihood is
//! that of the single votes or events in their order, and only differences between explanations are read.

use rand::Rng;
use rand_distr::{Beta, Distribution, Gamma, StandardNormal};

use super::series::{Family, Series};
use crate::MeasureError;

/// What is believed of a level before the data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Prior {
    /// Of a share: Beta(a, b).
    Beta {
        /// Hits believed beforehand.
        a: f64,
        /// Misses believed beforehand.
        b: f64,
    },
    /// Of a rate.
    Gamma {
        /// Events believed beforehand.
        shape: f64,
        /// Exposure believed beforehand.
        rate: f64,
    },
    /// Of a mean μ and a variance σ²: σ² inverse gamma (shape, scale), μ normal (mean, σ² / weight).
    NormalInverseGamma {
        /// Centre of the levels.
        mean: f64,
        /// Observations that this centre is worth.
        weight: f64,
        /// Half the observations that the variance is worth.
        shape: f64,
        /// Shape times the variance believed.
        scale: f64,
    },
}

impl Prior {
    /// Beta(1, 1) for shares. Rates and values have no scale of their own, so theirs is set from the series: one event at
    /// the overall rate; the overall mean at a tenth of an observation, and the variance of neighbours' differences at
    /// four observations (differences, because the overall variance would hold the changes that are looked for).
    pub fn of(series: &Series) -> Self {
        let total = series.total();
        let sum: f64 = series.value.iter().sum();
        match series.family {
            Family::Shares => Self::Beta { a: 1.0, b: 1.0 },
            Family::Counts => Self::Gamma { shape: 1.0, rate: total.max(f64::MIN_POSITIVE) / (sum + 0.5) },
            Family::Flows => {
                let seen: Vec<f64> = (0..series.len()).filter_map(|t| series.at(t)).map(|(y, _)| y).collect();
                let mean = if total > 0.0 { sum / total } else { 0.0 };
                let near: f64 = seen.windows(2).map(|w| (w[1] - w[0]).powi(2) / 2.0).sum();
                let noise = near / (seen.len().max(2) - 1) as f64;
                let noise = if noise > 0.0 { noise } else { (mean * mean).max(1.0) * 1e-12 };
                Self::NormalInverseGamma { mean, weight: 0.1, shape: 2.0, scale: 2.0 * noise }
            }
        }
    }

    /// Whether it is one of this family and all numbers are positive.
    pub(super) fn check(self, family: Family) -> Result<Self, MeasureError> {
        let (fits, positive) = match self {
            Self::Beta { a, b } => (family == Family::Shares, [a, b, 1.0]),
            Self::Gamma { shape, rate } => (family == Family::Counts, [shape, rate, 1.0]),
            Self::NormalInverseGamma { weight, shape, scale, .. } => (family == Family::Flows, [weight, shape, scale]),
        };
        if !fits {
            return Err(MeasureError::parameter(
                "prior",
                format!("{self:?}"),
                "Beta for shares, Gamma for counts, normal for flows",
            ));
        }
        if positive.iter().any(|x| !(*x > 0.0 && x.is_finite())) {
            return Err(MeasureError::parameter("prior", format!("{self:?}"), "positive and finite"));
        }
        Ok(self)
    }

    /// The three offsets whose log gammas a segment needs, and the step between arguments.
    fn offsets(self) -> ([f64; 3], f64) {
        match self {
            Self::Beta { a, b } => ([a, b, a + b], 1.0),
            Self::Gamma { shape, .. } => ([shape; 3], 1.0),
            Self::NormalInverseGamma { shape, .. } => ([shape; 3], 0.5),
        }
    }
}

/// Log gammas at whole counts above the prior's own numbers, made once for many series.
#[derive(Debug, Clone)]
pub struct Tables {
    prior: ([f64; 3], f64),
    tables: [Vec<f64>; 3],
}

/// Above this many trials or events the log gamma is computed when it is needed.
const LARGEST: usize = 1 << 17;

impl Tables {
    /// Tables for counts up to `largest`.
    pub fn new(prior: Prior, largest: usize) -> Self {
        let (offsets, step) = prior.offsets();
        let table = |from: f64| (0..=largest.min(LARGEST)).map(|i| libm::lgamma(from + step * i as f64)).collect();
        Self { prior: (offsets, step), tables: offsets.map(table) }
    }

    #[inline]
    fn get(&self, which: usize, count: f64) -> f64 {
        match self.tables[which].get(count as usize) {
            Some(known) => *known,
            None => libm::lgamma(self.prior.0[which] + self.prior.1 * count),
        }
    }
}

/// A series made ready for sums over any stretch.
#[derive(Debug)]
pub struct Stretches<'a> {
    prior: Prior,
    tables: &'a Tables,
    /// Sums before each period of values, weights and squares.
    sums: Vec<[f64; 3]>,
}

impl<'a> Stretches<'a> {
    /// `tables` must be those of `prior`.
    pub fn new(series: &Series, prior: Prior, tables: &'a Tables) -> Self {
        let mut sums = Vec::with_capacity(series.len() + 1);
        let mut sum = [0.0; 3];
        sums.push(sum);
        // Squares are taken about the prior's centre: large levels with small noise would cancel.
        let centre = if let Prior::NormalInverseGamma { mean, .. } = prior { mean } else { 0.0 };
        for (value, weight) in series.value.iter().zip(&series.weight) {
            let value = if *weight > 0.0 { value - centre } else { 0.0 };
            sum = [sum[0] + value, sum[1] + weight, sum[2] + value * value];
            sums.push(sum);
        }
        Self { prior, tables, sums }
    }

    /// Number of periods.
    pub fn periods(&self) -> usize {
        self.sums.len() - 1
    }

    fn sum(&self, from: usize, to: usize) -> [f64; 3] {
        let (a, b) = (&self.sums[from], &self.sums[to]);
        [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
    }

    /// Log marginal likelihood of periods `from..to` under one level.
    #[inline]
    pub fn log_marginal(&self, from: usize, to: usize) -> f64 {
        let [value, weight, square] = self.sum(from, to);
        let tables = self.tables;
        match self.prior {
            Prior::Beta { .. } => {
                tables.get(0, value) - tables.get(0, 0.0) + tables.get(1, weight - value)
                    - tables.get(1, 0.0)
                    - tables.get(2, weight)
                    + tables.get(2, 0.0)
            }
            Prior::Gamma { shape, rate } => {
                tables.get(0, value)
                    - tables.get(0, 0.0)
                    - value * (rate + weight).ln()
                    - shape * (weight / rate).ln_1p()
            }
            Prior::NormalInverseGamma { weight: k, shape, scale, .. } => {
                let after = scale + 0.5 * rest(value, weight, square, k);
                tables.get(0, weight) - tables.get(0, 0.0) + shape * (scale / after).ln()
                    - 0.5 * weight * (std::f64::consts::TAU * after).ln()
                    - 0.5 * (weight / k).ln_1p()
            }
        }
    }

    /// Mean of the level's posterior over `from..to`.
    pub fn mean(&self, from: usize, to: usize) -> f64 {
        let [value, weight, _] = self.sum(from, to);
        match self.prior {
            Prior::Beta { a, b } => (a + value) / (a + b + weight),
            Prior::Gamma { shape, rate } => (shape + value) / (rate + weight),
            Prior::NormalInverseGamma { mean, weight: k, .. } => mean + value / (k + weight),
        }
    }

    /// A draw of the level behind `from..to`.
    pub fn draw(&self, from: usize, to: usize, rng: &mut impl Rng) -> f64 {
        let [value, weight, square] = self.sum(from, to);
        match self.prior {
            Prior::Beta { a, b } => {
                Beta::new(a + value, b + weight - value).map_or_else(|_| self.mean(from, to), |d| d.sample(rng))
            }
            Prior::Gamma { shape, rate } => gamma(shape + value, rng) / (rate + weight),
            Prior::NormalInverseGamma { mean, weight: k, shape, scale } => {
                let after = scale + 0.5 * rest(value, weight, square, k);
                let variance = after / gamma(shape + 0.5 * weight, rng);
                let z: f64 = StandardNormal.sample(rng);
                mean + value / (k + weight) + z * (variance / (k + weight)).sqrt()
            }
        }
    }
}

/// Sum of squares about the posterior mean, with the prior's pull.
fn rest(value: f64, weight: f64, square: f64, k: f64) -> f64 {
    (square - value * value / (k + weight)).max(0.0)
}

/// A gamma variate of scale 1.
pub(super) fn gamma(shape: f64, rng: &mut impl Rng) -> f64 {
    Gamma::new(shape, 1.0).map_or(shape, |d| d.sample(rng))
}
