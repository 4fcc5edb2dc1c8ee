//! Long signals: the optimal segmentation under a penalty (PELT).
//!
//! Killick, Fearnhead and Eckley 2012 (JASA 107, 1590-1598). Exact: pruning drops only what cannot be the last change of
//! any later optimum. The time is linear when changes keep coming, quadratic when there is none.

use crate::MeasureError;

/// A signal with the cost of a segment.
#[derive(Debug, Clone, Copy)]
pub enum Signal<'a> {
    /// Sum of squares about the segment's mean.
    Mean(&'a [f64]),
    /// Twice the negative log likelihood of counts at the segment's rate, one unit of exposure each; terms without the
    /// rate left out.
    Poisson(&'a [u64]),
    /// The same of hits and trials at the segment's share.
    Binomial(&'a [(u64, u64)]),
}

/// An optimal segmentation.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    /// First positions of new segments, in order.
    pub changes: Vec<usize>,
    /// Costs of the segments without penalties.
    pub cost: f64,
}

/// Segments of least cost plus `penalty` for each change. For a mean the usual penalty is 2 σ² ln n, for the others
/// 2 ln n.
///
/// # Errors
/// A penalty that is negative or not finite, a value that is not finite, more hits than trials.
pub fn pelt(signal: Signal<'_>, penalty: f64) -> Result<Optimum, MeasureError> {
    if !(penalty >= 0.0 && penalty.is_finite()) {
        return Err(MeasureError::parameter("penalty", penalty, "zero or more"));
    }
    match signal {
        Signal::Mean(values) => {
            if let Some(value) = values.iter().find(|x| !x.is_finite()) {
                return Err(MeasureError::parameter("value", value, "finite"));
            }
            // About the mean, so that sums of squares of a large level do not cancel.
            let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
            let squares: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
            let found = search(values.iter().map(|x| (x - mean, 1.0)), penalty, |s, n| -s * s / n);
            Ok(Optimum { cost: found.cost + squares, ..found })
        }
        Signal::Poisson(counts) => {
            let cost = |s: f64, n: f64| if s > 0.0 { 2.0 * s * (1.0 - (s / n).ln()) } else { 0.0 };
            Ok(search(counts.iter().map(|k| (*k as f64, 1.0)), penalty, cost))
        }
        Signal::Binomial(cells) => {
            if let Some((hits, _)) = cells.iter().find(|(k, n)| k > n) {
                return Err(MeasureError::parameter("hits", hits, "at most the trials"));
            }
            let part = |x: f64, n: f64| if x > 0.0 { x * (x / n).ln() } else { 0.0 };
            let cost = |s: f64, n: f64| -2.0 * (part(s, n) + part(n - s, n));
            Ok(search(cells.iter().map(|(k, n)| (*k as f64, *n as f64)), penalty, cost))
        }
    }
}

/// Candidates for the last change, one array for each number so that the loop over them runs in vector registers.
#[derive(Default)]
struct Candidates {
    at: Vec<u32>,
    best: Vec<f64>,
    sum: Vec<f64>,
    weight: Vec<f64>,
    total: Vec<f64>,
}

impl Candidates {
    fn push(&mut self, at: usize, best: f64, sum: f64, weight: f64) {
        self.at.push(at as u32);
        self.best.push(best);
        self.sum.push(sum);
        self.weight.push(weight);
        self.total.push(0.0);
    }

    /// Keeps those whose total is at most `bound`, in order, without branches.
    fn prune(&mut self, bound: f64) {
        let mut kept = 0;
        for i in 0..self.at.len() {
            self.at[kept] = self.at[i];
            self.best[kept] = self.best[i];
            self.sum[kept] = self.sum[i];
            self.weight[kept] = self.weight[i];
            kept += usize::from(self.total[i] <= bound);
        }
        self.at.truncate(kept);
        self.best.truncate(kept);
        self.sum.truncate(kept);
        self.weight.truncate(kept);
        self.total.truncate(kept);
    }
}

fn search(cells: impl Iterator<Item = (f64, f64)>, penalty: f64, cost: impl Fn(f64, f64) -> f64) -> Optimum {
    let (mut sum, mut weight) = (0.0, 0.0);
    let mut candidates = Candidates::default();
    candidates.push(0, 0.0, 0.0, 0.0);
    let mut back: Vec<u32> = Vec::new();
    let mut best = 0.0;
    for (t, (value, n)) in cells.enumerate() {
        sum += value;
        weight += n;
        let Candidates { best: starts, sum: sums, weight: weights, total, .. } = &mut candidates;
        for ((total, start), (s, w)) in total.iter_mut().zip(starts.iter()).zip(sums.iter().zip(weights.iter())) {
            *total = start + cost(sum - s, weight - w);
        }
        best = total.iter().copied().fold(f64::INFINITY, f64::min);
        let from = total.iter().position(|x| *x <= best).unwrap_or(0);
        back.push(candidates.at[from]);
        // A tie of rounding must not drop the optimum.
        candidates.prune(best + penalty + 1e-9 * (1.0 + best.abs()) * f64::EPSILON.sqrt());
        candidates.push(t + 1, best + penalty, sum, weight);
    }
    let mut changes = Vec::new();
    let mut at = back.last().map_or(0, |b| *b as usize);
    while at > 0 {
        changes.push(at);
        at = back[at - 1] as usize;
    }
    changes.reverse();
    Optimum { cost: best - penalty * changes.len() as f64, changes }
}
