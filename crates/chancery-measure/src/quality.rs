//! How good estimates of changes and forecasts are, against a known truth.

use serde::Serialize;

/// Largest distance from a date of one set to the nearest of the other; `None` where exactly one set is empty (there is
/// no distance to nothing), 0 where both are.
pub fn hausdorff(found: &[usize], truth: &[usize]) -> Option<usize> {
    if found.is_empty() && truth.is_empty() {
        return Some(0);
    }
    let one_way = |from: &[usize], to: &[usize]| {
        from.iter().map(|a| to.iter().map(|b| a.abs_diff(*b)).min()).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    Some(one_way(found, truth)?.max(one_way(truth, found)?))
}

/// Precision, recall and their harmonic mean of dates within a margin.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Matched {
    /// Of the dates found, those within the margin of a true one that no other found date has taken.
    pub hits: usize,
    /// Dates found.
    pub found: usize,
    /// True dates.
    pub truth: usize,
}

impl Matched {
    /// 2 hits / (found + truth); `None` where there is nothing to find and nothing is found.
    pub fn f1(self) -> Option<f64> {
        let all = self.found + self.truth;
        (all > 0).then(|| 2.0 * self.hits as f64 / all as f64)
    }
}

/// Matches sorted dates one to one within `margin` periods: the largest such matching, which on a line the greedy one is.
pub fn matched(found: &[usize], truth: &[usize], margin: usize) -> Matched {
    let (mut f, mut t, mut hits) = (0, 0, 0);
    while f < found.len() && t < truth.len() {
        if found[f].abs_diff(truth[t]) <= margin {
            hits += 1;
            f += 1;
            t += 1;
        } else if found[f] < truth[t] {
            f += 1;
        } else {
            t += 1;
        }
    }
    Matched { hits, found: found.len(), truth: truth.len() }
}

/// Continuous ranked probability score of draws against what happened (Gneiting and Raftery 2007), lower is better:
/// E|X − y| − ½ E|X − X′|. `None` without draws.
pub fn crps(draws: &[f64], happened: f64) -> Option<f64> {
    let n = draws.len() as f64;
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let away: f64 = sorted.iter().map(|x| (x - happened).abs()).sum::<f64>() / n;
    // Σ over pairs in sorted order: x_(i) counts 2i − n + 1 times.
    let spread: f64 = sorted.iter().enumerate().map(|(i, x)| x * (2.0 * i as f64 - n + 1.0)).sum::<f64>() / (n * n);
    (!draws.is_empty()).then_some(away - spread)
}

/// Mean squared difference of probabilities and outcomes (Brier 1950). `None` without forecasts.
pub fn brier(forecasts: &[(f64, bool)]) -> Option<f64> {
    let sum: f64 = forecasts.iter().map(|(p, o)| (p - f64::from(u8::from(*o))).powi(2)).sum();
    (!forecasts.is_empty()).then(|| sum / forecasts.len() as f64)
}

/// One class of a reliability table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reliability {
    /// Forecasts in the class.
    pub n: usize,
    /// Their mean; `None` for an empty class.
    pub stated: Option<f64>,
    /// Share of them that came true.
    pub observed: Option<f64>,
}

/// Forecasts by classes of equal width: what was said against what happened.
pub fn reliability(forecasts: &[(f64, bool)], classes: usize) -> Vec<Reliability> {
    let classes = classes.max(1);
    let mut sums = vec![(0_usize, 0.0, 0_usize); classes];
    for (p, outcome) in forecasts {
        let class = &mut sums[((p * classes as f64) as usize).min(classes - 1)];
        *class = (class.0 + 1, class.1 + p, class.2 + usize::from(*outcome));
    }
    let mean = |sum: f64, n: usize| (n > 0).then(|| sum / n as f64);
    sums.into_iter()
        .map(|(n, said, came)| Reliability { n, stated: mean(said, n), observed: mean(came as f64, n) })
        .collect()
}

/// Share of (low, high, truth) whose truth lies inside, bounds included. `None` without any.
pub fn coverage(intervals: impl IntoIterator<Item = (f64, f64, f64)>) -> Option<f64> {
    let (mut n, mut inside) = (0_usize, 0_usize);
    for (low, high, truth) in intervals {
        n += 1;
        inside += usize::from(low <= truth && truth <= high);
    }
    (n > 0).then(|| inside as f64 / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_dates() {
        assert_eq!(hausdorff(&[10, 20], &[11, 25]), Some(5));
        assert_eq!(hausdorff(&[10], &[]), None);
        assert_eq!(hausdorff(&[], &[]), Some(0));
        let m = matched(&[9, 10, 30], &[10, 31, 50], 1);
        assert_eq!(m, Matched { hits: 2, found: 3, truth: 3 });
        assert!((m.f1().unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(matched(&[], &[], 1).f1(), None);
    }

    #[test]
    fn scores_of_forecasts() {
        // One draw: the absolute error. Two draws 0 and 1 against 0: ½ − ¼.
        assert!((crps(&[3.0], 1.0).unwrap() - 2.0).abs() < 1e-12);
        assert!((crps(&[1.0, 0.0], 0.0).unwrap() - 0.25).abs() < 1e-12);
        assert_eq!(crps(&[], 0.0), None);
        assert!((brier(&[(0.8, true), (0.3, false)]).unwrap() - 0.065).abs() < 1e-12);
        let table = reliability(&[(0.1, false), (0.9, true), (1.0, true)], 2);
        assert_eq!((table[0].n, table[0].observed), (1, Some(0.0)));
        assert_eq!((table[1].n, table[1].observed), (2, Some(1.0)));
        assert_eq!(reliability(&[], 1)[0].stated, None);
        assert_eq!(coverage([(0.0, 1.0, 1.0), (0.0, 1.0, 2.0)]), Some(0.5));
    }
}
