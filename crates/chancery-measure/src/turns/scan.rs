//! Many dyads at once with a false discovery rate, and the power behind "no change found".

use rand::SeedableRng;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::conjugate::{Prior, Stretches, Tables};
use super::explain::{Weighed, tables, weigh};
use super::segments::Window;
use super::series::{Family, Series};
use super::settings::{Explanation, Settings};
use crate::MeasureError;
use crate::simulate;

/// What a scan is held to, fixed before it runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Priors and interval mass, the same for all series. Shares need none of their own; for counts and flows a prior
    /// that fits all has to be given, because the series of a scan must be comparable.
    pub settings: Settings,
    /// Fewest observed periods.
    pub observed: usize,
    /// Least sum of trials, exposure, or values.
    pub total: f64,
    /// Largest false discovery rate among what is reported.
    pub false_discovery: f64,
}

impl Default for Scan {
    fn default() -> Self {
        Self { settings: Settings::default(), observed: 10, total: 100.0, false_discovery: 0.05 }
    }
}

/// One series of a scan.
#[derive(Debug, Clone)]
pub struct Scanned {
    /// Which of the series.
    pub index: usize,
    /// Log marginal likelihoods, in the order of [`Explanation::ALL`].
    pub log_marginal: [f64; 5],
    /// Posterior of the explanations.
    pub posterior: [f64; 5],
    /// Dates of the most probable segmentation.
    pub dates: Vec<usize>,
    /// Smallest window of a change; `None` where no window has the mass.
    pub window: Option<Window>,
    /// Whether it is among those reported as a sudden change.
    pub reported: bool,
}

/// A scan with its error rate.
#[derive(Debug, Clone)]
pub struct Scanning {
    /// Series that were judged, in the order given.
    pub judged: Vec<Scanned>,
    /// Series with too little to be judged.
    pub thin: Vec<usize>,
    /// Mean posterior probability that a reported series has no sudden change; `None` where nothing is reported.
    pub false_discovery: Option<f64>,
}

/// Weighs all series, on all threads; the result does not depend on their number. A series is reported as a sudden change
/// if with it the mean posterior of "not steps" among the reported stays within the rate (Bayesian false discovery rate,
/// Newton et al. 2004).
///
/// # Errors
/// Settings out of range; families mixed; counts or flows without a given prior.
pub fn scan(series: &[Series], scan: &Scan) -> Result<Scanning, MeasureError> {
    let settings = &scan.settings;
    let enough = |s: &Series| s.len() >= 2 && s.observed() >= scan.observed.max(1) && s.total() >= scan.total;
    let (heavy, thin): (Vec<usize>, Vec<usize>) = (0..series.len()).partition(|i| enough(&series[*i]));
    let Some(first) = heavy.first().map(|i| &series[*i]) else {
        return Ok(Scanning { judged: Vec::new(), thin, false_discovery: None });
    };
    if series.iter().any(|s| s.family() != first.family()) {
        return Err(MeasureError::parameter("series", "mixed", "all of one family"));
    }
    if first.family() != Family::Shares && settings.prior.is_none() {
        return Err(MeasureError::parameter("prior", "none", "given for a scan of counts or flows"));
    }
    let prior = settings.resolve(first)?.0;
    let tables = Tables::new(prior, heavy.iter().map(|i| series[*i].largest()).max().unwrap_or(0));
    let judge = |index: &usize| {
        let weighed = weigh(&series[*index], settings, &tables)?;
        let likely = weighed.segmentation.number[0] <= 1.0 - settings.mass;
        let window = if likely { weighed.segmentation.window(settings.mass, None) } else { None };
        let Weighed { log_marginal, posterior, segmentation } = weighed;
        Ok(Scanned { index: *index, log_marginal, posterior, dates: segmentation.best, window, reported: false })
    };
    let mut judged: Vec<Scanned> = heavy.par_iter().map(judge).collect::<Result<_, MeasureError>>()?;
    let nulls: Vec<f64> = judged.iter().map(|s| 1.0 - s.posterior[Explanation::Steps as usize]).collect();
    let reported = bayesian_fdr(&nulls, scan.false_discovery);
    for i in &reported {
        judged[*i].reported = true;
    }
    let mean = reported.iter().map(|i| nulls[*i]).sum::<f64>() / reported.len() as f64;
    Ok(Scanning { judged, thin, false_discovery: (!reported.is_empty()).then_some(mean) })
}

/// Indices of the largest set whose mean posterior of the null is at most `rate`, the surest first.
pub fn bayesian_fdr(nulls: &[f64], rate: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..nulls.len()).collect();
    order.sort_by(|a, b| nulls[*a].total_cmp(&nulls[*b]).then(a.cmp(b)));
    let mut sum = 0.0;
    let within = |(n, i): (usize, &usize)| {
        sum += nulls[*i];
        sum <= rate * (n + 1) as f64
    };
    let kept = order.iter().enumerate().map(within).take_while(|ok| *ok).count();
    order.truncate(kept);
    order
}

/// Indices of the rejected of independent p-values at a false discovery rate (Benjamini and Hochberg 1995), smallest
/// first.
pub fn benjamini_hochberg(p: &[f64], rate: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]).then(a.cmp(b)));
    let kept = order.iter().enumerate().rposition(|(i, j)| p[*j] <= rate * (i + 1) as f64 / p.len() as f64);
    order.truncate(kept.map_or(0, |k| k + 1));
    order
}

/// The power of one series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Level before the step.
    pub before: f64,
    /// Level after it.
    pub after: f64,
    /// Simulated series in which steps were likelier than all other explanations together.
    pub found: usize,
    /// Simulated series.
    pub runs: usize,
}

impl Power {
    /// Probability that such a step would have been found.
    pub fn value(&self) -> f64 {
        self.found as f64 / self.runs.max(1) as f64
    }
}

/// Probability that a step of `size` in the middle of the window would have been found with this series' trials or
/// exposure and gaps: the levels lie half of the size on either side of the overall one (for a share moved into (0, 1) if
/// need be; for a rate `size` is the logarithm of after over before). Each run has a stream of its own.
///
/// # Errors
/// As [`weigh`]; a size that is not finite or, for shares, 1 or more.
pub fn power(series: &Series, settings: &Settings, size: f64, runs: usize, seed: u64) -> Result<Power, MeasureError> {
    let (prior, _) = settings.resolve(series)?;
    if !size.is_finite() || (series.family() == Family::Shares && size.abs() >= 1.0) {
        return Err(MeasureError::parameter("size", size, "finite, for shares below 1"));
    }
    let made = tables(series, settings)?;
    let mean = Stretches::new(series, prior, &made).mean(0, series.len());
    let half = size / 2.0;
    let (before, after) = match series.family() {
        Family::Shares => {
            let margin = half.abs() + 1e-3_f64.min((1.0 - size.abs()) / 2.0);
            let middle = mean.clamp(margin, 1.0 - margin);
            (middle - half, middle + half)
        }
        Family::Counts => (mean * (-half).exp(), mean * half.exp()),
        Family::Flows => (mean - half, mean + half),
    };
    let noise = match prior {
        Prior::NormalInverseGamma { shape, scale, .. } => (scale / shape).sqrt(),
        _ => 0.0,
    };
    let one = |run: usize| {
        let mut rng = Pcg64::seed_from_u64(seed ^ (run as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mut copy = series.clone();
        for t in 0..series.len() {
            let level = [if t < series.len() / 2 { before } else { after }];
            let drawn = match (series.family(), series.at(t)) {
                (_, None) => continue,
                (Family::Shares, Some((_, n))) => simulate::shares(&level, n as u64, &mut rng)?,
                (Family::Counts, Some((_, exposure))) => simulate::counts(&level, exposure, &mut rng)?,
                (Family::Flows, Some(_)) => simulate::values(&level, noise, &mut rng)?,
            };
            copy.value[t] = drawn.value[0];
        }
        let tables = tables(&copy, settings)?;
        Ok(weigh(&copy, settings, &tables)?.found())
    };
    let found: Vec<bool> = (0..runs).into_par_iter().map(one).collect::<Result<_, MeasureError>>()?;
    Ok(Power { before, after, found: found.iter().filter(|f| **f).count(), runs })
}
