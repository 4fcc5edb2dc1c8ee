//! The recursions behind the exact posterior of segmentations, and sums of exponentials.
//!
//! Layout everywhere: `scores[to][from]` is the log marginal of the stretch from..to, with one row more than periods.

use rand::Rng;

/// Log sums over prefixes and suffixes. `forward[t][m]`: all ways to cut the first t periods into m segments;
/// `backward[t][m]`: the same for the periods from t on. m runs from 0 to the largest number of changes plus one.
pub(super) struct Sums {
    pub(super) forward: Vec<f64>,
    pub(super) backward: Vec<f64>,
}

/// Index drawn in proportion to exponentials.
pub(super) fn draw_log(logs: &[f64], rng: &mut impl Rng) -> usize {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = logs.iter().map(|l| (l - top).exp()).sum();
    let mut left = rng.random::<f64>() * total;
    for (i, l) in logs.iter().enumerate() {
        left -= (l - top).exp();
        if left < 0.0 {
            return i;
        }
    }
    logs.iter().rposition(|l| *l > f64::NEG_INFINITY).unwrap_or(0)
}

/// ln Σ exp.
pub(super) fn log_sum(logs: &[f64]) -> f64 {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if top == f64::NEG_INFINITY {
        return top;
    }
    top + logs.iter().map(|l| (l - top).exp()).sum::<f64>().ln()
}

/// Best log score of the first t periods with any allowed number of segments, and the dates of the best whole.
pub(super) fn most_probable(scores: &[f64], periods: usize, weights: &[f64]) -> (Vec<f64>, Vec<usize>) {
    let (rows, columns) = (periods + 1, weights.len() + 1);
    let mut value = vec![f64::NEG_INFINITY; rows * columns];
    let mut back = vec![0_u32; rows * columns];
    value[0] = 0.0;
    let mut top = vec![0.0; rows];
    for to in 1..rows {
        let (before, here) = value.split_at_mut(to * columns);
        let links = &mut back[to * columns + 1..(to + 1) * columns];
        for from in 0..to {
            let score = scores[to * rows + from];
            let starts = &before[from * columns..(from + 1) * columns];
            for ((cell, link), start) in here[1..columns].iter_mut().zip(links.iter_mut()).zip(starts) {
                let candidate = start + score;
                if candidate > *cell {
                    *cell = candidate;
                    *link = from as u32;
                }
            }
        }
        top[to] = here[..columns].iter().copied().fold(f64::NEG_INFINITY, f64::max);
    }
    let last = &value[periods * columns..];
    let mut segments = 1;
    for m in 1..columns {
        if weights[m - 1] + last[m] > weights[segments - 1] + last[segments] {
            segments = m;
        }
    }
    let (mut dates, mut to) = (Vec::new(), periods);
    while segments > 1 {
        to = back[to * columns + segments] as usize;
        dates.push(to);
        segments -= 1;
    }
    dates.reverse();
    (top, dates)
}

/// The sums in plain numbers, each prefix measured against the best one of its length: one exponential per stretch
/// instead of one per stretch and number of changes. `None` where a sum leaves the range of a double.
pub(super) fn scaled(scores: &[f64], periods: usize, levels: usize, top: &[f64]) -> Option<Sums> {
    let (rows, columns) = (periods + 1, levels + 1);
    let mut edges = vec![0.0; rows * rows];
    for to in 1..rows {
        for from in 0..to {
            let log = scores[to * rows + from] + top[from] - top[to];
            // Such an edge makes up for a prefix that is lost to the range already.
            if log > 600.0 {
                return None;
            }
            edges[to * rows + from] = log.exp();
        }
    }
    let mut forward = vec![0.0; rows * columns];
    let mut backward = vec![0.0; rows * columns];
    forward[0] = 1.0;
    backward[periods * columns] = 1.0;
    for to in 1..rows {
        let (before, here) = forward.split_at_mut(to * columns);
        for from in 0..to {
            let edge = edges[to * rows + from];
            let starts = &before[from * columns..(from + 1) * columns];
            here[1..columns].iter_mut().zip(starts).for_each(|(cell, start)| *cell += edge * start);
        }
    }
    for to in (1..rows).rev() {
        let (before, here) = backward.split_at_mut(to * columns);
        for from in 0..to {
            let edge = edges[to * rows + from];
            let cells = &mut before[from * columns + 1..(from + 1) * columns];
            cells.iter_mut().zip(&here[..columns]).for_each(|(cell, end)| *cell += edge * end);
        }
    }
    let whole: f64 = forward[periods * columns + 1..].iter().sum();
    if !(0.5..1e250).contains(&whole) {
        return None;
    }
    for t in 0..rows {
        for m in 0..columns {
            let (f, b) = (&mut forward[t * columns + m], &mut backward[t * columns + m]);
            *f = f.ln() + top[t];
            *b = b.ln() + top[periods] - top[t];
        }
    }
    // The whole as one segment is told exactly even where it is hopeless.
    forward[periods * columns + 1] = scores[periods * rows];
    Some(Sums { forward, backward })
}

/// The same in logs: slower, never out of range.
pub(super) fn in_logs(scores: &[f64], periods: usize, levels: usize) -> Sums {
    let (rows, columns) = (periods + 1, levels + 1);
    let mut forward = vec![f64::NEG_INFINITY; rows * columns];
    let mut backward = forward.clone();
    forward[0] = 0.0;
    backward[periods * columns] = 0.0;
    let mut terms = Vec::with_capacity(rows);
    for m in 1..columns {
        for to in 1..rows {
            terms.clear();
            terms.extend((0..to).map(|from| forward[from * columns + m - 1] + scores[to * rows + from]));
            forward[to * columns + m] = log_sum(&terms);
        }
        for from in 0..periods {
            terms.clear();
            terms.extend((from + 1..rows).map(|to| scores[to * rows + from] + backward[to * columns + m - 1]));
            backward[from * columns + m] = log_sum(&terms);
        }
    }
    Sums { forward, backward }
}

/// Probability of every stretch to be a segment.
pub(super) fn spans(scores: &[f64], periods: usize, weights: &[f64], sums: &Sums, log_marginal: f64) -> Vec<f64> {
    let (rows, levels) = (periods + 1, weights.len());
    let columns = levels + 1;
    let mut spans = vec![0.0; rows * rows];
    let mut after = vec![f64::NEG_INFINITY; levels];
    let mut terms = Vec::with_capacity(levels);
    // Each end is measured against its own largest sums, so that products stay in range.
    let peak: Vec<f64> = (0..rows)
        .map(|t| sums.forward[t * columns..(t + 1) * columns].iter().copied().fold(f64::NEG_INFINITY, f64::max))
        .collect();
    let starts: Vec<f64> = (0..rows)
        .flat_map(|t| (0..levels).map(move |a| (t, a)))
        .map(|(t, a)| (sums.forward[t * columns + a] - peak[t]).exp())
        .collect();
    for to in 1..rows {
        for (a, cell) in after.iter_mut().enumerate() {
            terms.clear();
            // a segments before, one here, b after: a + b changes.
            terms.extend((0..levels - a).map(|b| weights[a + b] + sums.backward[to * columns + b]));
            *cell = log_sum(&terms);
        }
        let high = after.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if high == f64::NEG_INFINITY {
            continue;
        }
        let ends: Vec<f64> = after.iter().map(|l| (l - high).exp()).collect();
        for from in 0..to {
            let inner: f64 = starts[from * levels..(from + 1) * levels].iter().zip(&ends).map(|(s, e)| s * e).sum();
            let inner = if inner > 1e-200 {
                inner.ln() + peak[from] + high
            } else {
                terms.clear();
                terms.extend(sums.forward[from * columns..][..levels].iter().zip(&after).map(|(s, e)| s + e));
                log_sum(&terms)
            };
            let log = inner + scores[to * rows + from] - log_marginal;
            spans[to * rows + from] = log.exp().min(1.0);
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_sums_and_sums_in_logs_agree() {
        let (periods, levels) = (9_usize, 4_usize);
        let rows = periods + 1;
        let mut scores = vec![f64::NEG_INFINITY; rows * rows];
        for to in 1..rows {
            for from in 0..to {
                scores[to * rows + from] = -1.5 * (to - from) as f64 - ((to * 7 + from * 5) % 11) as f64;
            }
        }
        let (top, _) = most_probable(&scores, periods, &vec![0.0; levels]);
        let (plain, logs) = (scaled(&scores, periods, levels, &top).unwrap(), in_logs(&scores, periods, levels));
        for (a, b) in plain.forward.iter().zip(&logs.forward).chain(plain.backward.iter().zip(&logs.backward)) {
            assert!((a - b).abs() < 1e-9 || (*a == f64::NEG_INFINITY && *b == f64::NEG_INFINITY), "{a} {b}");
        }
        assert!(log_sum(&[]).is_infinite());
        assert!((log_sum(&[f64::NEG_INFINITY, 2.0]) - 2.0).abs() < 1e-12);
    }
}
