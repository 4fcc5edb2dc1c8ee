//! All segmentations at once: the exact posterior of dates and number of changes.
//!
//! Fearnhead 2006 (Statistics and Computing 16, 203-213): with segment marginals in closed form, sums over all 2^(T-1)
//! segmentations take O(T²) steps per number of changes. Given their number, all sets of dates are equally likely.

use rand::Rng;

use super::conjugate::Stretches;
use super::recursion::{draw_log, in_logs, log_sum, most_probable, scaled, spans};
use crate::MeasureError;

/// How many changes are believed beforehand.
#[derive(Debug, Clone, PartialEq)]
pub enum Changes {
    /// P(m) ∝ ratio^m for m up to `most`: few changes are likelier than many, whatever the length.
    Geometric {
        /// Between 0 and 1.
        ratio: f64,
        /// The largest number of changes.
        most: usize,
    },
    /// A change before each period but the first with this probability, each for itself.
    Hazard(f64),
}

impl Default for Changes {
    fn default() -> Self {
        Self::Geometric { ratio: 0.5, most: 8 }
    }
}

impl Changes {
    /// Log probabilities of m = 0, 1, … changes among `periods`.
    pub(super) fn log_prior(&self, periods: usize) -> Result<Vec<f64>, MeasureError> {
        let gaps = periods.saturating_sub(1);
        match *self {
            Self::Geometric { ratio, most } => {
                if !(ratio > 0.0 && ratio < 1.0) || most == 0 {
                    return Err(MeasureError::parameter(
                        "changes",
                        format!("{self:?}"),
                        "ratio between 0 and 1, at least one change",
                    ));
                }
                let weights: Vec<f64> = (0..=most.min(gaps)).map(|m| ratio.powi(m as i32)).collect();
                let sum: f64 = weights.iter().sum();
                Ok(weights.iter().map(|w| (w / sum).ln()).collect())
            }
            Self::Hazard(q) => {
                if !(q > 0.0 && q < 1.0) {
                    return Err(MeasureError::parameter("hazard", q, "between 0 and 1"));
                }
                let term = |m: usize| log_choose(gaps, m) + m as f64 * q.ln() + (gaps - m) as f64 * (-q).ln_1p();
                Ok((0..=gaps).map(term).collect())
            }
        }
    }
}

/// ln of n over k.
pub(super) fn log_choose(n: usize, k: usize) -> f64 {
    let f = |x: usize| libm::lgamma(x as f64 + 1.0);
    f(n) - f(k) - f(n - k)
}

/// The posterior of all segmentations of a series. A change *at* t is a new level that begins with period t.
#[derive(Debug, Clone, PartialEq)]
pub struct Segmentation {
    periods: usize,
    /// Log marginal likelihood over all numbers of changes, none among them.
    pub log_marginal: f64,
    /// The same, given at least one change: the explanation "steps". Minus infinity for a single period.
    pub log_marginal_changed: f64,
    /// Posterior of the number of changes.
    pub number: Vec<f64>,
    /// Posterior probability of a change at each period; 0 for the first.
    pub change: Vec<f64>,
    /// Dates of the most probable segmentation.
    pub best: Vec<usize>,
    /// Column t, row i: probability that i..t is a segment; columns have `periods + 1` rows.
    spans: Vec<f64>,
    /// Column t, row i: log marginal of the stretch i..t.
    scores: Vec<f64>,
    /// Log of the sum over the ways to cut the first t periods into m + 1 segments, at [t][m].
    prefix: Vec<f64>,
    levels: usize,
    /// Log posterior weight of each number of changes, without a common constant.
    log_number: Vec<f64>,
}

impl Segmentation {
    /// The exact posterior. O(T² · largest number of changes).
    ///
    /// # Errors
    /// A prior out of range; an empty series.
    pub fn of(stretches: &Stretches<'_>, changes: &Changes) -> Result<Self, MeasureError> {
        let periods = stretches.periods();
        if periods == 0 {
            return Err(MeasureError::parameter("series", "empty", "at least one period"));
        }
        let prior = changes.log_prior(periods)?;
        let levels = prior.len();
        let rows = periods + 1;
        let mut scores = vec![f64::NEG_INFINITY; rows * rows];
        for to in 1..rows {
            for from in 0..to {
                scores[to * rows + from] = stretches.log_marginal(from, to);
            }
        }
        let weights: Vec<f64> = prior.iter().enumerate().map(|(m, p)| p - log_choose(periods - 1, m)).collect();
        let (top, best) = most_probable(&scores, periods, &weights);
        let sums = scaled(&scores, periods, levels, &top).unwrap_or_else(|| in_logs(&scores, periods, levels));
        let log_number: Vec<f64> =
            (0..levels).map(|m| weights[m] + sums.forward[periods * (levels + 1) + m + 1]).collect();
        let log_marginal = log_sum(&log_number);
        let number: Vec<f64> = log_number.iter().map(|l| (l - log_marginal).exp()).collect();
        let log_marginal_changed =
            if levels > 1 { log_sum(&log_number[1..]) - log_sum(&prior[1..]) } else { f64::NEG_INFINITY };
        let spans = spans(&scores, periods, &weights, &sums, log_marginal);
        let mut change = vec![0.0; periods];
        for from in 1..periods {
            change[from] = (from + 1..rows).map(|to| spans[to * rows + from]).sum::<f64>().min(1.0);
        }
        Ok(Self {
            periods,
            log_marginal,
            log_marginal_changed,
            number,
            change,
            best,
            spans,
            scores,
            prefix: sums.forward,
            levels,
            log_number,
        })
    }

    /// Probability that at least one change lies at a period of `first..=last`.
    pub fn within(&self, first: usize, last: usize) -> f64 {
        let rows = self.periods + 1;
        let mut none = 0.0;
        for to in last + 1..rows {
            none += self.spans[to * rows..to * rows + first.min(to)].iter().sum::<f64>();
        }
        (1.0 - none).clamp(0.0, 1.0)
    }

    /// The smallest set of adjacent periods that holds a change with probability `mass` and contains `date` where one is
    /// given; of equal ones the likeliest. `None` where no set reaches it.
    pub fn window(&self, mass: f64, date: Option<usize>) -> Option<Window> {
        for width in 1..self.periods {
            let mut found: Option<Window> = None;
            for first in 1..=self.periods - width {
                let last = first + width - 1;
                if date.is_some_and(|d| d < first || d > last) {
                    continue;
                }
                let probability = self.within(first, last);
                if probability >= mass && found.is_none_or(|f| probability > f.probability) {
                    found = Some(Window { first, last, probability });
                }
            }
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Posterior mean of the level at each period, over all segmentations.
    pub fn mean_levels(&self, stretches: &Stretches<'_>) -> Vec<f64> {
        let rows = self.periods + 1;
        let mut levels = vec![0.0; self.periods];
        for to in 1..rows {
            for from in 0..to {
                let probability = self.spans[to * rows + from];
                if probability > 0.0 {
                    let mean = stretches.mean(from, to);
                    levels[from..to].iter_mut().for_each(|l| *l += probability * mean);
                }
            }
        }
        levels
    }

    /// A draw from the posterior: the dates of its changes. With `changed` the draw has at least one.
    pub fn draw_dates(&self, changed: bool, rng: &mut impl Rng) -> Vec<usize> {
        let from = usize::from(changed && self.levels > 1);
        let m = from + draw_log(&self.log_number[from..], rng);
        let (rows, columns) = (self.periods + 1, self.levels + 1);
        let mut dates = Vec::with_capacity(m);
        let (mut to, mut weights) = (self.periods, Vec::with_capacity(rows));
        for segments in (1..=m).rev() {
            weights.clear();
            weights.extend((0..to).map(|i| self.prefix[i * columns + segments] + self.scores[to * rows + i]));
            to = draw_log(&weights, rng);
            dates.push(to);
        }
        dates.reverse();
        dates
    }
}

/// Adjacent periods that hold a change with a probability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// First period at which the new level may begin.
    pub first: usize,
    /// Last one.
    pub last: usize,
    /// Probability of at least one change inside.
    pub probability: f64,
}
