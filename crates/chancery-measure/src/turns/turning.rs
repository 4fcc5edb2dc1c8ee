//! A change of level with the interval of its date, its size, and whether it lasted.

use super::explain::{Level, quantile};
use super::segments::{Segmentation, Window};

/// A change of level.
#[derive(Debug, Clone, PartialEq)]
pub struct TurningPoint {
    /// The date in the most probable segmentation; where that has no change, the likeliest single date.
    pub date: usize,
    /// The smallest set of adjacent periods that holds a change with the mass asked for.
    pub window: Window,
    /// Level just before the window.
    pub before: Level,
    /// Level at its last period.
    pub after: Level,
    /// After minus before.
    pub size: Level,
    /// P(the level k periods after the window is still on the new side of the midpoint between before and after), for
    /// k = 0, 1, … as far as the window of the series goes. What lies beyond the data is not told.
    pub persists: Vec<f64>,
}

/// Turning points from the exact posterior and from draws of level paths.
pub(super) fn turning_points(segmentation: &Segmentation, paths: &[Vec<f64>], mass: f64) -> Vec<TurningPoint> {
    let mut dates = segmentation.best.clone();
    if dates.is_empty() {
        let likeliest = (1..segmentation.change.len())
            .max_by(|a, b| segmentation.change[*a].total_cmp(&segmentation.change[*b]).then(b.cmp(a)));
        dates.extend(likeliest);
    }
    let mut points: Vec<TurningPoint> = Vec::new();
    for date in dates {
        let Some(window) = segmentation.window(mass, Some(date)) else { continue };
        if points.last().is_none_or(|p| p.window != window) {
            points.push(point(date, window, paths, mass));
        }
    }
    points
}

fn point(date: usize, window: Window, paths: &[Vec<f64>], mass: f64) -> TurningPoint {
    let (before, after) = (window.first - 1, window.last);
    let periods = paths.first().map_or(0, Vec::len);
    let persists = (after..periods)
        .map(|t| {
            let still = |p: &&Vec<f64>| {
                let (from, to) = (p[before], p[after]);
                (p[t] - f64::midpoint(from, to)) * (to - from) > 0.0
            };
            paths.iter().filter(still).count() as f64 / paths.len() as f64
        })
        .collect();
    TurningPoint {
        date,
        window,
        before: spread(paths.iter().map(|p| p[before]), mass),
        after: spread(paths.iter().map(|p| p[after]), mass),
        size: spread(paths.iter().map(|p| p[after] - p[before]), mass),
        persists,
    }
}

fn spread(draws: impl Iterator<Item = f64>, mass: f64) -> Level {
    let mut draws: Vec<(f64, f64)> = draws.map(|d| (d, 1.0)).collect();
    draws.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = draws.len() as f64;
    let mean = draws.iter().map(|d| d.0).sum::<f64>() / n;
    Level { mean, low: quantile(&draws, n * (1.0 - mass) / 2.0), high: quantile(&draws, n * f64::midpoint(1.0, mass)) }
}
