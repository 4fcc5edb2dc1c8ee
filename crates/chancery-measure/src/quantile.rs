//! Quantiles of draws, one definition for all measures.

/// A quantile of sorted values, linear between them (type 7 of Hyndman and Fan 1996). `sorted` must not be empty.
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let position = p * (sorted.len() - 1) as f64;
    let (below, part) = (position as usize, position.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + part * (sorted[above] - sorted[below])
}

/// The 2.5 % and 97.5 % quantiles of bootstrap draws; none where fewer than half of the replicates have a value.
pub(crate) fn percentiles(mut drawn: Vec<f64>, replicates: usize) -> Option<(f64, f64)> {
    if drawn.is_empty() || drawn.len() * 2 < replicates {
        return None;
    }
    drawn.sort_by(f64::total_cmp);
    Some((quantile(&drawn, 0.025), quantile(&drawn, 0.975)))
}
