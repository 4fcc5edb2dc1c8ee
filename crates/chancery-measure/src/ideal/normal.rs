//! The normal distribution, fast: its distribution function from a table, its quantiles, and exact draws between bounds.

use std::f64::consts::FRAC_1_SQRT_2;
use std::sync::LazyLock;

use rand::Rng;
use rand_distr::{Exp1, StandardNormal};

/// Nodes per unit.
const STEPS: f64 = 16.0;
/// The table covers −RANGE to RANGE.
const RANGE: f64 = 10.0;
const NODES: usize = 321;
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const INVERSE_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// Taylor coefficients of the distribution function at one node, up to the seventh power: one line of the cache.
#[repr(align(64))]
struct Node([f64; 8]);

/// Between nodes (at most 1/32 away) the relative error stays below 1e-10 for |x| < 5 and below 1e-8 for |x| < 10 (tested
/// against `erfc`).
static TABLE: LazyLock<Vec<Node>> = LazyLock::new(|| (0..NODES).map(|k| node(k as f64 / STEPS - RANGE)).collect());

/// The k-th derivative is (−1)^(k−1) He(k−1) φ, with He the Hermite polynomials of probability theory.
fn node(x: f64) -> Node {
    let mut coefficients = [exact_cdf(x), density(x), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
    let (mut before, mut hermite, mut factor) = (1.0, x, density(x));
    for (k, coefficient) in coefficients.iter_mut().enumerate().skip(2) {
        factor /= -(k as f64);
        *coefficient = factor * hermite;
        (before, hermite) = (hermite, x * hermite - (k - 1) as f64 * before);
    }
    Node(coefficients)
}

/// The standard normal density.
pub(super) fn density(x: f64) -> f64 {
    INVERSE_SQRT_TAU * libm::exp(-0.5 * x * x)
}

fn exact_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// The table, held once for many values.
#[derive(Clone, Copy)]
pub(super) struct Cdf(&'static [Node]);

impl Cdf {
    /// The table is made on the first call.
    pub(super) fn new() -> Self {
        Self(&TABLE)
    }

    /// The standard normal distribution function.
    #[inline]
    pub(super) fn at(self, x: f64) -> f64 {
        // Adding 1.5 · 2⁵² rounds to a whole number and leaves it in the low bits, at a third of the cost of a conversion.
        let place = x * STEPS + ROUNDER;
        let node = (place.to_bits() as usize).wrapping_add(NODES / 2) & 0x3FF;
        match self.0.get(node) {
            Some(Node(c)) if x.abs() < RANGE => {
                let h = x - (place - ROUNDER) / STEPS;
                let h2 = h * h;
                let (low, high) = (c[0] + h * c[1] + h2 * (c[2] + h * c[3]), c[4] + h * c[5] + h2 * (c[6] + h * c[7]));
                low + h2 * h2 * high
            }
            _ => exact_cdf(x),
        }
    }
}

/// The standard normal distribution function, to a relative error of 1e-8 also in the lower tail.
pub fn normal_cdf(x: f64) -> f64 {
    Cdf::new().at(x)
}

/// The quantile of the standard normal distribution; infinite at 0 and 1, not a number outside.
///
/// A rational start (Abramowitz and Stegun 26.2.23) with three steps of Halley's method on the exact distribution function.
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    // Good to 4.5e-4, enough for Halley to reach full precision.
    let tail = (-2.0 * libm::log(p)).sqrt();
    let numerator = 2.515_517 + tail * (0.802_853 + tail * 0.010_328);
    let denominator = 1.0 + tail * (1.432_788 + tail * (0.189_269 + tail * 0.001_308));
    let mut x = numerator / denominator - tail;
    for _ in 0..3 {
        let slope = density(x);
        if slope < f64::MIN_POSITIVE {
            break;
        }
        let miss = (exact_cdf(x) - p) / slope;
        x -= miss / (1.0 + 0.5 * x * miss);
    }
    x
}

/// A draw from the standard normal distribution between `low` and `high` (either may be infinite), exact by rejection:
/// from the normal itself where much of it lies inside, else from an exponential or a uniform envelope (Robert 1995,
/// Statistics and Computing 5). With `low ≥ high` the answer is `low`.
pub fn truncated_normal(rng: &mut impl Rng, low: f64, high: f64) -> f64 {
    if low >= high {
        low
    } else if high == f64::INFINITY {
        above(rng, low)
    } else if low == f64::NEG_INFINITY {
        -above(rng, -high)
    } else {
        between(rng, low, high)
    }
}

/// Above `low`.
#[inline]
pub(super) fn above(rng: &mut impl Rng, low: f64) -> f64 {
    if low < 0.4 {
        loop {
            let x: f64 = rng.sample(StandardNormal);
            if x > low {
                return x;
            }
        }
    }
    let rate = 0.5 * (low + (low * low + 4.0).sqrt());
    loop {
        let step: f64 = rng.sample(Exp1);
        let x = low + step / rate;
        let spare: f64 = rng.sample(Exp1);
        if 2.0 * spare > (x - rate) * (x - rate) {
            return x;
        }
    }
}

#[inline]
pub(super) fn between(rng: &mut impl Rng, low: f64, high: f64) -> f64 {
    let width = high - low;
    if low < 0.0 && high > 0.0 {
        if width > 2.0 {
            loop {
                let x: f64 = rng.sample(StandardNormal);
                if x > low && x < high {
                    return x;
                }
            }
        }
        return uniform(rng, low, width, 0.0);
    }
    // The tail on the left mirrors that on the right.
    if high <= 0.0 {
        return -between_right(rng, -high, width);
    }
    between_right(rng, low, width)
}

/// Between `low ≥ 0` and `low + width`.
fn between_right(rng: &mut impl Rng, low: f64, width: f64) -> f64 {
    if width * (low + 0.5 * width) < 1.5 {
        return uniform(rng, low, width, low * low);
    }
    loop {
        let x = above(rng, low);
        if x < low + width {
            return x;
        }
    }
}

fn uniform(rng: &mut impl Rng, low: f64, width: f64, nearest: f64) -> f64 {
    loop {
        let x = low + width * rng.random::<f64>();
        let spare: f64 = rng.sample(Exp1);
        if 2.0 * spare > x * x - nearest {
            return x;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand_pcg::Pcg64;

    use super::*;

    #[test]
    fn the_table_is_the_distribution_function() {
        for k in -11_999..12_000 {
            let x = f64::from(k) / 1000.0;
            let (fast, slow) = (normal_cdf(x), exact_cdf(x));
            let bound = if x.abs() < 5.0 { 1e-10 } else { 1e-8 };
            assert!((fast / slow - 1.0).abs() < bound, "{x}: {fast} {slow}");
        }
        assert!((normal_cdf(1.959_963_984_540_054) - 0.975).abs() < 1e-12);
        assert_eq!((normal_cdf(f64::NEG_INFINITY), normal_cdf(f64::INFINITY)), (0.0, 1.0));
    }

    /// Mean of the truncated distribution against its formula, over bounds that reach every branch.
    #[test]
    fn draws_between_bounds_have_the_right_mean_and_variance() {
        let mut rng = Pcg64::seed_from_u64(7);
        let infinite = f64::INFINITY;
        for (low, high) in [
            (-infinite, 0.3),
            (-infinite, -2.5),
            (1.2, infinite),
            (6.0, infinite),
            (-0.1, 0.2),
            (-1.5, 2.0),
            (-0.8, 0.9),
            (1.0, 1.2),
            (1.0, 4.0),
            (-3.0, -0.5),
            (7.0, 7.1),
            (0.0, 0.5),
        ] {
            let n = 40_000;
            let draws: Vec<f64> = (0..n).map(|_| truncated_normal(&mut rng, low, high)).collect();
            assert!(draws.iter().all(|x| *x >= low && *x <= high));
            let mass = if low > 0.0 { exact_cdf(-low) - exact_cdf(-high) } else { exact_cdf(high) - exact_cdf(low) };
            let edge = |x: f64| if x.is_finite() { (density(x), x * density(x)) } else { (0.0, 0.0) };
            let mean = (edge(low).0 - edge(high).0) / mass;
            let variance = 1.0 + (edge(low).1 - edge(high).1) / mass - mean * mean;
            let n = f64::from(n);
            let m = draws.iter().sum::<f64>() / n;
            let v = draws.iter().map(|x| (x - m) * (x - m)).sum::<f64>() / n;
            assert!((m - mean).abs() < 4.5 * (variance / n).sqrt(), "{low} {high}: {m} {mean}");
            assert!((v / variance - 1.0).abs() < 0.06, "{low} {high}: {v} {variance}");
        }
    }

    proptest! {
        #[test]
        fn quantiles_invert(p in 1e-12..0.5_f64) {
            prop_assert!((exact_cdf(normal_quantile(p)) / p - 1.0).abs() < 1e-9);
            prop_assert!((normal_quantile(1.0 - p) + normal_quantile(p)).abs() < 1e-3);
        }
    }
}
