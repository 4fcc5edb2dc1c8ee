//! Explanations on two parameters, η = α + β x: a drift, and an impulse of given date and shape.
//!
//! Shares and counts are integrated by Laplace's method about the mode; for flows the integral is exact, the variance
//! included (normal-inverse-gamma).

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::conjugate::{Prior, gamma};
use super::link::{LN_TAU, anchor, link, point, student};
use super::series::Family;

/// Values that share a regressor: sums of values, weights and (flows) squares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) value: f64,
    pub(super) weight: f64,
    pub(super) square: f64,
    pub(super) x: f64,
}

/// Posterior of η = α + β x: normal, for flows with an uncertain variance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) log_marginal: f64,
    mean: [f64; 2],
    /// Lower triangle of the root of the covariance: aa, ab, bb.
    root: [f64; 3],
    /// Shape and scale of the variance, flows only.
    variance: Option<[f64; 2]>,
}

impl Line {
    /// α has the level's prior, β is normal about zero with `sd` (for flows: in units of the noise).
    pub(super) fn fit(cells: &[Cell], family: Family, prior: Prior, sd: f64) -> Self {
        if let Prior::NormalInverseGamma { mean, weight, shape, scale } = prior {
            return Self::exact(cells, [mean, weight, shape, scale], sd);
        }
        let [value, weight, constant] = anchor(prior);
        let tight = 1.0 / (sd * sd);
        let objective = |a: f64, b: f64| {
            let [mut f, mut ga, mut haa] = point(family, value, weight, a);
            let (mut gb, mut hab, mut hbb) = (-b * tight, 0.0, tight);
            f -= 0.5 * b * b * tight;
            for cell in cells {
                let [l, g, h] = point(family, cell.value, cell.weight, a + b * cell.x);
                f += l;
                ga += g;
                gb += g * cell.x;
                haa += h;
                hab += h * cell.x;
                hbb += h * cell.x * cell.x;
            }
            (f, [ga, gb], [haa, hab, hbb])
        };
        let sums = cells.iter().fold((value, weight), |s, c| (s.0 + c.value, s.1 + c.weight));
        let (mut a, mut b) = (link(family, sums.0 / sums.1), 0.0);
        let mut at = objective(a, b);
        for _ in 0..50 {
            let (_, g, h) = at;
            let det = h[0] * h[2] - h[1] * h[1];
            let step = [(h[2] * g[0] - h[1] * g[1]) / det, (h[0] * g[1] - h[1] * g[0]) / det];
            let gain = g[0] * step[0] + g[1] * step[1];
            if gain < 1e-9 {
                break;
            }
            let mut share = 1.0;
            let mut next = objective(a + step[0], b + step[1]);
            while next.0 < at.0 - 1e-12 && share > 1e-6 {
                share *= 0.5;
                next = objective(a + share * step[0], b + share * step[1]);
            }
            a += share * step[0];
            b += share * step[1];
            at = next;
        }
        let (f, _, h) = at;
        let det = h[0] * h[2] - h[1] * h[1];
        let log_marginal = f + constant - sd.ln() - 0.5 * LN_TAU + LN_TAU - 0.5 * det.ln();
        Self { log_marginal, mean: [a, b], root: root(h), variance: None }
    }

    fn exact(cells: &[Cell], [mean, weight, shape, scale]: [f64; 4], sd: f64) -> Self {
        let tight = 1.0 / (sd * sd);
        let (mut h, mut g, mut square, mut n) = ([weight, 0.0, tight], [0.0; 2], 0.0, 0.0);
        for c in cells {
            let centred = c.value - c.weight * mean;
            h = [h[0] + c.weight, h[1] + c.weight * c.x, h[2] + c.weight * c.x * c.x];
            g = [g[0] + centred, g[1] + centred * c.x];
            square += c.square - 2.0 * mean * c.value + c.weight * mean * mean;
            n += c.weight;
        }
        let det = h[0] * h[2] - h[1] * h[1];
        let fit = [(h[2] * g[0] - h[1] * g[1]) / det, (h[0] * g[1] - h[1] * g[0]) / det];
        let rest = (square - fit[0] * g[0] - fit[1] * g[1]).max(0.0);
        let log_det = det.ln() - (weight * tight).ln();
        let (log_marginal, variance) = student(n, rest, log_det, shape, scale);
        Self { log_marginal, mean: [mean + fit[0], fit[1]], root: root(h), variance: Some(variance) }
    }

    /// A draw of (α, β).
    pub(super) fn draw(&self, rng: &mut impl Rng) -> [f64; 2] {
        let spread = self.variance.map_or(1.0, |[shape, scale]| (scale / gamma(shape, rng)).sqrt());
        let z: [f64; 2] = [StandardNormal.sample(rng), StandardNormal.sample(rng)];
        let [aa, ab, bb] = self.root;
        [self.mean[0] + spread * aa * z[0], self.mean[1] + spread * (ab * z[0] + bb * z[1])]
    }

    /// Posterior mean of β² in units of the noise's variance, or of one where there is no noise of its own.
    pub(super) fn second_moment(&self) -> f64 {
        let [_, ab, bb] = self.root;
        let precision = self.variance.map_or(1.0, |[shape, scale]| shape / scale);
        self.mean[1] * self.mean[1] * precision + ab * ab + bb * bb
    }
}

/// Root of the inverse of a 2 × 2 precision.
fn root([aa, ab, bb]: [f64; 3]) -> [f64; 3] {
    let det = aa * bb - ab * ab;
    let first = (bb / det).sqrt();
    [first, -ab / det / first, (1.0 / bb).sqrt()]
}
