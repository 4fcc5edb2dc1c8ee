//! Series with a known truth, for the quality of what is estimated. Every draw comes from the generator handed in.

use rand::Rng;
use rand_distr::{Binomial, Distribution, Normal, Poisson, StandardNormal};

use crate::MeasureError;
use crate::turns::{Explanation, Family, Series};

/// What really happens to the level. Levels are shares, rates or values of their family; drift and walk go on the link
/// scale of the family (logit, log, identity).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Truth {
    /// Nothing.
    Constant {
        /// The level.
        level: f64,
    },
    /// A steady movement over the whole window.
    Drift {
        /// At the first period.
        from: f64,
        /// At the last period.
        to: f64,
    },
    /// One jump that stays.
    Step {
        /// Until the period before `at`.
        before: f64,
        /// From `at` on.
        after: f64,
        /// The period at which the new level begins.
        at: usize,
    },
    /// A random walk.
    Walk {
        /// At the first period.
        start: f64,
        /// Sd of the increments on the link scale.
        sd: f64,
    },
    /// A jump that is gone after some periods.
    Blip {
        /// Before and after.
        level: f64,
        /// Meanwhile.
        peak: f64,
        /// The first period at the peak.
        at: usize,
        /// Periods at the peak.
        length: usize,
    },
}

impl Truth {
    /// The explanation that is right for it.
    pub fn explanation(self) -> Explanation {
        match self {
            Self::Constant { .. } => Explanation::Constant,
            Self::Drift { .. } => Explanation::Drift,
            Self::Step { .. } => Explanation::Steps,
            Self::Walk { .. } => Explanation::Walk,
            Self::Blip { .. } => Explanation::Impulse,
        }
    }

    /// A truth as an assembly's votes show them: shares between .2 and .8; a drift of 2 to 3 logits and a step of .25
    /// to .4 in either direction; the step in the middle three fifths of the window; a walk with the sd given; a blip of
    /// two periods and .24.
    pub fn of_votes(kind: Explanation, periods: usize, walk_sd: f64, rng: &mut impl Rng) -> Self {
        let mut between = |low: f64, high: f64| low + (high - low) * rng.random::<f64>();
        let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
        let place = between(0.0, 1.0);
        let up = if between(0.0, 1.0) < 0.5 { 1.0 } else { -1.0 };
        let at = |margin: f64| ((margin + (1.0 - 2.0 * margin) * place) * periods as f64) as usize;
        match kind {
            Explanation::Constant => Self::Constant { level: between(0.2, 0.8) },
            Explanation::Drift => {
                let (middle, half) = (between(-0.7, 0.7), up * between(1.0, 1.5));
                Self::Drift { from: logistic(middle - half), to: logistic(middle + half) }
            }
            Explanation::Steps => {
                let (middle, half) = (between(0.4, 0.6), up * between(0.125, 0.2));
                Self::Step { before: middle - half, after: middle + half, at: at(0.2) }
            }
            Explanation::Walk => Self::Walk { start: between(0.3, 0.7), sd: walk_sd },
            Explanation::Impulse => {
                let level = between(0.35, 0.65);
                Self::Blip { level, peak: level + up * 0.24, at: at(0.15), length: 2 }
            }
        }
    }

    /// The level at each period.
    pub fn levels(self, family: Family, periods: usize, rng: &mut impl Rng) -> Vec<f64> {
        let link = |x: f64| match family {
            Family::Shares => (x / (1.0 - x)).ln(),
            Family::Counts => x.ln(),
            Family::Flows => x,
        };
        let level = |x: f64| match family {
            Family::Shares => 1.0 / (1.0 + (-x).exp()),
            Family::Counts => x.exp(),
            Family::Flows => x,
        };
        match self {
            Self::Constant { level } => vec![level; periods],
            Self::Drift { from, to } => {
                let (from, to, last) = (link(from), link(to), (periods.max(2) - 1) as f64);
                (0..periods).map(|t| level(from + (to - from) * t as f64 / last)).collect()
            }
            Self::Step { before, after, at } => (0..periods).map(|t| if t < at { before } else { after }).collect(),
            Self::Walk { start, sd } => {
                let mut eta = link(start);
                let mut next = |t: usize| {
                    if t > 0 {
                        let z: f64 = StandardNormal.sample(rng);
                        eta += sd * z;
                    }
                    level(eta)
                };
                (0..periods).map(&mut next).collect()
            }
            Self::Blip { level, peak, at, length } => {
                (0..periods).map(|t| if t >= at && t < at + length { peak } else { level }).collect()
            }
        }
    }
}

/// Hits of `trials` a period.
///
/// # Errors
/// A level that is no share.
pub fn shares(levels: &[f64], trials: u64, rng: &mut impl Rng) -> Result<Series, MeasureError> {
    let draw = |p: &f64| Ok(Some((Binomial::new(trials, *p).map_err(|_| wrong(*p, "a share"))?.sample(rng), trials)));
    Series::shares(&levels.iter().map(draw).collect::<Result<Vec<_>, MeasureError>>()?)
}

/// Counts at a rate per unit of exposure.
///
/// # Errors
/// A level that is no positive rate.
pub fn counts(levels: &[f64], exposure: f64, rng: &mut impl Rng) -> Result<Series, MeasureError> {
    let draw = |rate: &f64| {
        let poisson = Poisson::new(rate * exposure).map_err(|_| wrong(*rate, "positive and finite"))?;
        let count: f64 = poisson.sample(rng);
        Ok(Some((count as u64, exposure)))
    };
    Series::counts(&levels.iter().map(draw).collect::<Result<Vec<_>, MeasureError>>()?)
}

/// Values about their levels with normal noise.
///
/// # Errors
/// A level or sd that is not finite.
pub fn values(levels: &[f64], sd: f64, rng: &mut impl Rng) -> Result<Series, MeasureError> {
    let draw = |mean: &f64| Ok(Some(Normal::new(*mean, sd).map_err(|_| wrong(sd, "finite"))?.sample(rng)));
    Series::values(&levels.iter().map(draw).collect::<Result<Vec<_>, MeasureError>>()?)
}

fn wrong(value: f64, expected: &'static str) -> MeasureError {
    MeasureError::parameter("level", value, expected)
}
