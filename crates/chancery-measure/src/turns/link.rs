//! The link scale of smooth explanations: logit of a share, log of a rate, a value itself.

use super::conjugate::Prior;
use super::series::Family;

pub(super) const LN_TAU: f64 = 1.837_877_066_409_345_5;

/// Log likelihood at η with its first derivative and the negative of its second.
#[inline]
pub(super) fn point(family: Family, value: f64, weight: f64, eta: f64) -> [f64; 3] {
    match family {
        Family::Shares => {
            // One exponential for all three; e ≤ 1, nothing overflows.
            let e = (-eta.abs()).exp();
            let small = e / (1.0 + e);
            let p = if eta >= 0.0 { 1.0 - small } else { small };
            [value * eta - weight * (eta.max(0.0) + e.ln_1p()), value - weight * p, weight * small * (1.0 - small)]
        }
        Family::Counts => {
            let mean = weight * eta.exp();
            [value * eta - mean, value - mean, mean]
        }
        Family::Flows => [0.0; 3],
    }
}

/// From the link scale to a level.
pub(super) fn level(family: Family, eta: f64) -> f64 {
    match family {
        Family::Shares => 1.0 / (1.0 + (-eta).exp()),
        Family::Counts => eta.exp(),
        Family::Flows => eta,
    }
}

/// From a level to the link scale.
pub(super) fn link(family: Family, level: f64) -> f64 {
    match family {
        Family::Shares => (level / (1.0 - level)).ln(),
        Family::Counts => level.ln(),
        Family::Flows => level,
    }
}

/// The prior of the anchor level as (value, weight, log constant): pseudo-observations on the link scale.
pub(super) fn anchor(prior: Prior) -> [f64; 3] {
    match prior {
        Prior::Beta { a, b } => [a, a + b, libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)],
        Prior::Gamma { shape, rate } => [shape, rate, shape * rate.ln() - libm::lgamma(shape)],
        Prior::NormalInverseGamma { mean, weight, .. } => [mean, weight, 0.0],
    }
}

/// Log marginal of n normal values with an inverse-gamma variance, from the penalised sum of squares and the log
/// determinant of their covariance over the variance; and the posterior of that variance.
pub(super) fn student(n: f64, rest: f64, log_det: f64, shape: f64, scale: f64) -> (f64, [f64; 2]) {
    let (to, after) = (shape + 0.5 * n, scale + 0.5 * rest);
    let log = libm::lgamma(to) - libm::lgamma(shape) + shape * (scale / after).ln()
        - 0.5 * n * (LN_TAU + after.ln())
        - 0.5 * log_det;
    (log, [to, after])
}
