//! Five explanations of one series, weighed against each other by marginal likelihood.

use rand::SeedableRng;
use rand_pcg::Pcg64;

use super::conjugate::{Stretches, Tables};
use super::impulse::Impulse;
use super::line::{Cell, Line};
use super::link::level;
use super::recursion::log_sum;
use super::segments::Segmentation;
use super::series::{Family, Series};
use super::settings::{Explanation, Settings};
use super::turning::{TurningPoint, turning_points};
use super::walk::Walk;
use crate::MeasureError;

/// The explanations of a series with their posterior, and the posterior of its segmentations.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// Log marginal likelihoods in the order of [`Explanation::ALL`]; minus infinity for one that the window is too short for.
    pub log_marginal: [f64; 5],
    /// Posterior of the explanations.
    pub posterior: [f64; 5],
    /// All segmentations, constant ones among them.
    pub segmentation: Segmentation,
}

impl Weighed {
    /// The most probable explanation; of equal ones the simpler.
    pub fn best(&self) -> Explanation {
        let mut best = Explanation::Constant;
        for explanation in Explanation::ALL {
            if self.posterior[explanation as usize] > self.posterior[best as usize] {
                best = explanation;
            }
        }
        best
    }

    /// Posterior of one explanation.
    pub fn of(&self, explanation: Explanation) -> f64 {
        self.posterior[explanation as usize]
    }

    /// Whether a sudden change is found: steps are likelier than all other explanations together.
    pub fn found(&self) -> bool {
        self.of(Explanation::Steps) > 0.5
    }
}

/// Mean and interval of a level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// Posterior mean.
    pub mean: f64,
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// Everything about one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Turns {
    /// Explanations and segmentations.
    pub weighed: Weighed,
    /// Levels at each period under each explanation, in the order of [`Explanation::ALL`]; `None` for one that the
    /// window is too short for.
    pub fits: [Option<Vec<Level>>; 5],
    /// Levels with the explanations averaged by their posterior.
    pub averaged: Vec<Level>,
    /// Turning points whose dates have an interval. Read them with the posterior of the explanations: steps fitted to a
    /// drift have dates too.
    pub turning: Vec<TurningPoint>,
    /// Probability of each period to be the date of an impulse, given that there is one.
    pub impulse_date: Vec<f64>,
}

/// Levels at each period and the weight of the draw.
type Path = (Vec<f64>, f64);

struct Posteriors<'a> {
    stretches: Stretches<'a>,
    drift: Line,
    walk: Walk,
    impulse: Impulse,
    family: Family,
}

/// x of a drift: from −½ at the first to ½ at the last period, so that reading backwards changes the sign only.
fn time(t: usize, periods: usize) -> f64 {
    t as f64 / (periods - 1) as f64 - 0.5
}

fn posteriors<'a>(
    series: &Series,
    settings: &Settings,
    tables: &'a Tables,
) -> Result<(Weighed, Posteriors<'a>), MeasureError> {
    let (prior, scales) = settings.resolve(series)?;
    let stretches = Stretches::new(series, prior, tables);
    let segmentation = Segmentation::of(&stretches, &settings.changes)?;
    let periods = series.len();
    let cells: Vec<Cell> = (0..periods)
        .filter_map(|t| series.at(t).map(|(value, weight)| (t, value, weight)))
        .map(|(t, value, weight)| Cell { value, weight, square: value * value, x: time(t, periods) })
        .collect();
    let drift = Line::fit(&cells, series.family(), prior, scales.drift);
    let walk = Walk::fit(series, prior, &scales.walk);
    let impulse = Impulse::fit(series, prior, scales.impulse, &settings.shapes);
    let log_marginal = [
        stretches.log_marginal(0, periods),
        drift.log_marginal,
        walk.log_marginal,
        segmentation.log_marginal_changed,
        impulse.log_marginal,
    ];
    let mut logs = log_marginal;
    logs.iter_mut().zip(settings.odds).for_each(|(log, odds)| *log += odds.ln());
    let whole = log_sum(&logs);
    let posterior = logs.map(|l| (l - whole).exp());
    let family = series.family();
    Ok((Weighed { log_marginal, posterior, segmentation }, Posteriors { stretches, drift, walk, impulse, family }))
}

/// The tables that `weigh` needs for this series.
///
/// # Errors
/// Settings out of range.
pub fn tables(series: &Series, settings: &Settings) -> Result<Tables, MeasureError> {
    let (prior, _) = settings.resolve(series)?;
    Ok(Tables::new(prior, series.largest()))
}

/// Weighs the explanations, without levels and sizes. `tables` are those of the settings' prior; a scan makes them once.
///
/// # Errors
/// Settings out of range; a series of fewer than two periods or without any value.
pub fn weigh(series: &Series, settings: &Settings, tables: &Tables) -> Result<Weighed, MeasureError> {
    posteriors(series, settings, tables).map(|(weighed, _)| weighed)
}

/// Weighs the explanations and fits each: levels with intervals, turning points with dates, sizes and persistence.
///
/// # Errors
/// As [`weigh`].
pub fn explain(series: &Series, settings: &Settings) -> Result<Turns, MeasureError> {
    let tables = tables(series, settings)?;
    let (weighed, fitted) = posteriors(series, settings, &tables)?;
    let periods = series.len();
    let mut rng = Pcg64::seed_from_u64(settings.seed);
    let draws = settings.draws.max(100);
    let segmentation = &weighed.segmentation;
    let stepped = |changed: bool, rng: &mut Pcg64| {
        let dates = segmentation.draw_dates(changed, rng);
        let mut path = Vec::with_capacity(periods);
        for (i, from) in std::iter::once(&0).chain(&dates).enumerate() {
            let to = dates.get(i).copied().unwrap_or(periods);
            let drawn = fitted.stretches.draw(*from, to, rng);
            path.resize(to, drawn);
        }
        path
    };
    let paths: [Option<Vec<Path>>; 5] = Explanation::ALL.map(|explanation| {
        (weighed.log_marginal[explanation as usize] > f64::NEG_INFINITY).then(|| {
            let mut one = || match explanation {
                Explanation::Constant => (vec![fitted.stretches.draw(0, periods, &mut rng); periods], 1.0),
                Explanation::Drift => {
                    let [a, b] = fitted.drift.draw(&mut rng);
                    ((0..periods).map(|t| level(fitted.family, a + b * time(t, periods))).collect(), 1.0)
                }
                Explanation::Walk => (levels(fitted.family, &fitted.walk.draw(&mut rng)), 1.0),
                Explanation::Steps => (stepped(true, &mut rng), 1.0),
                Explanation::Impulse => {
                    let (path, weight) = fitted.impulse.draw(&mut rng);
                    (levels(fitted.family, &path), weight)
                }
            };
            (0..draws).map(|_| one()).collect()
        })
    });
    let fits = paths.each_ref().map(|paths| {
        paths
            .as_ref()
            .map(|paths| summary(periods, settings.mass, &mut |t| paths.iter().map(|(p, w)| (p[t], *w)).collect()))
    });
    let averaged = summary(periods, settings.mass, &mut |t| {
        let each = paths.iter().zip(weighed.posterior).filter_map(|(p, w)| p.as_ref().map(|p| (p, w)));
        each.filter(|(_, w)| *w > 1e-6)
            .flat_map(|(paths, w)| paths.iter().map(move |(p, own)| (p[t], own * w)))
            .collect()
    });
    let free: Vec<Vec<f64>> = (0..draws).map(|_| stepped(false, &mut rng)).collect();
    let turning = turning_points(segmentation, &free, settings.mass);
    let impulse_date = fitted.impulse.dates();
    Ok(Turns { weighed, fits, averaged, turning, impulse_date })
}

fn levels(family: Family, path: &[f64]) -> Vec<f64> {
    path.iter().map(|eta| level(family, *eta)).collect()
}

/// Means and central intervals of weighted draws at each period.
fn summary(periods: usize, mass: f64, at: &mut dyn FnMut(usize) -> Vec<(f64, f64)>) -> Vec<Level> {
    (0..periods)
        .map(|t| {
            let mut draws = at(t);
            draws.sort_by(|a, b| a.0.total_cmp(&b.0));
            let total: f64 = draws.iter().map(|d| d.1).sum();
            let mean = draws.iter().map(|d| d.0 * d.1).sum::<f64>() / total;
            Level {
                mean,
                low: quantile(&draws, total * (1.0 - mass) / 2.0),
                high: quantile(&draws, total * f64::midpoint(1.0, mass)),
            }
        })
        .collect()
}

/// The first value at which the weight of sorted draws reaches `to`.
pub(super) fn quantile(sorted: &[(f64, f64)], to: f64) -> f64 {
    let mut sum = 0.0;
    for (value, weight) in sorted {
        sum += weight;
        if sum >= to {
            return *value;
        }
    }
    sorted.last().map_or(f64::NAN, |d| d.0)
}
