//! Shares and their intervals.

/// A share `hits / total` with an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Hits.
    pub hits: u64,
    /// Trials; zero when there is nothing to judge.
    pub total: u64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

impl Share {
    /// The point estimate; `None` without trials. A missing value is never a zero.
    pub fn value(&self) -> Option<f64> {
        (self.total > 0).then(|| self.hits as f64 / self.total as f64)
    }
}

/// The standard normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval at 95 % (Wilson 1927), without continuity correction.
///
/// Without trials the interval is the whole unit interval.
///
/// ```
/// let share = chancery_measure::wilson(42, 59);
/// assert!((share.low - 0.586).abs() < 0.001 && (share.high - 0.812).abs() < 0.001);
/// ```
pub fn wilson(hits: u64, total: u64) -> Share {
    if total == 0 {
        return Share { hits, total, low: 0.0, high: 1.0 };
    }
    let n = total as f64;
    let p = hits.min(total) as f64 / n;
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Share { hits, total, low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

/// Interval of the difference `b − a` of two independent shares: Newcombe's hybrid score method (1998, method 10).
/// `None` when one of them has no trials.
pub fn newcombe(a: Share, b: Share) -> Option<(f64, f64, f64)> {
    let (pa, pb) = (a.value()?, b.value()?);
    let d = pb - pa;
    let low = d - ((pb - b.low).powi(2) + (a.high - pa).powi(2)).sqrt();
    let high = d + ((b.high - pb).powi(2) + (pa - a.low).powi(2)).sqrt();
    Some((d, low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        // Newcombe 1998, table II (a): 56/70 − 48/80 = 0.2, method 10 gives 0.0524 … 0.3339.
        let (d, low, high) = newcombe(wilson(48, 80), wilson(56, 70)).unwrap();
        assert!((d - 0.2).abs() < 1e-12);
        assert!((low - 0.0524).abs() < 1e-4, "{low}");
        assert!((high - 0.3339).abs() < 1e-4, "{high}");
        // Newcombe 1998 (one sample), 81 of 263: 0.2553 … 0.3662.
        let share = wilson(81, 263);
        assert!((share.low - 0.2553).abs() < 1e-4 && (share.high - 0.3662).abs() < 1e-4);
    }

    #[test]
    fn nothing_is_not_zero() {
        assert_eq!(wilson(0, 0).value(), None);
        assert_eq!(newcombe(wilson(0, 0), wilson(1, 2)), None);
    }

    #[test]
    fn intervals_hold_their_estimate() {
        for total in 1..40 {
            for hits in 0..=total {
                let s = wilson(hits, total);
                let p = s.value().unwrap();
                assert!(s.low <= p + 1e-12 && p <= s.high + 1e-12 && s.low >= 0.0 && s.high <= 1.0);
            }
        }
    }
}
