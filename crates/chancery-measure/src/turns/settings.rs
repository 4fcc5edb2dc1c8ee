//! What is believed before a series is seen, and how sure an interval has to be.

use super::conjugate::Prior;
use super::impulse::Shape;
use super::segments::Changes;
use super::series::{Family, Series};
use crate::MeasureError;

/// The five explanations of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// One level throughout.
    Constant,
    /// The level moves steadily: linear on the link scale.
    Drift,
    /// The level wanders: a random walk on the link scale.
    Walk,
    /// The level jumps once or more and stays.
    Steps,
    /// The level jumps once and fades back to where it was.
    Impulse,
}

impl Explanation {
    /// All, in the order of every array of this module.
    pub const ALL: [Self; 5] = [Self::Constant, Self::Drift, Self::Walk, Self::Steps, Self::Impulse];

    /// The word as it stands in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Constant => "constant",
            Self::Drift => "drift",
            Self::Walk => "walk",
            Self::Steps => "steps",
            Self::Impulse => "impulse",
        }
    }
}

/// Sds of the priors of smooth explanations on the link scale; for flows in units of the noise.
#[derive(Debug, Clone, PartialEq)]
pub struct Scales {
    /// Of the change from the first to the last period of a drift.
    pub drift: f64,
    /// Of the height β of an impulse: its prior is β²/sd² times the normal one (a moment prior, Johnson and Rossell 2010),
    /// which has no mass at an impulse of nothing. Among hundreds of dates and shapes some small one always fits noise.
    pub impulse: f64,
    /// Sds of a walk's increments with their probabilities.
    pub walk: Vec<(f64, f64)>,
}

impl Scales {
    /// For shares and counts a drift of two logits (from .27 to .73) over the window is ordinary, and so is an impulse of
    /// 1.2 to 2. The sd of a walk's increments is half-normal, such that a walk covers in the window about what a drift
    /// does; on a grid of equal ratios, which ends above zero: a walk that does not move is a constant.
    pub fn of(family: Family, periods: usize) -> Self {
        let unit = if family == Family::Flows { 3.0 } else { 1.0 };
        let typical = 1.5 * unit / (periods.max(2) as f64).sqrt();
        Self { drift: 2.0 * unit, impulse: 1.2 * unit, walk: half_normal(typical) }
    }
}

/// A half-normal prior of a sd on eight points, each half as wide again as the one before.
fn half_normal(scale: f64) -> Vec<(f64, f64)> {
    let points: Vec<f64> = (0..8).map(|i| scale * 0.2 * 1.5_f64.powi(i)).collect();
    // Equal ratios: the weight of a point is its density times itself.
    let weights: Vec<f64> = points.iter().map(|s| s * (-0.5 * (s / scale).powi(2)).exp()).collect();
    let sum: f64 = weights.iter().sum();
    points.iter().zip(&weights).map(|(s, w)| (*s, w / sum)).collect()
}

/// Everything that is fixed before a series is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Prior of a level; `None` is [`Prior::of`] the series.
    pub prior: Option<Prior>,
    /// Prior of the number of changes.
    pub changes: Changes,
    /// Prior of smooth movements; `None` is [`Scales::of`] the series.
    pub scales: Option<Scales>,
    /// Shapes of an impulse, equally likely.
    pub shapes: Vec<Shape>,
    /// Prior weights of the explanations, in the order of [`Explanation::ALL`].
    pub odds: [f64; 5],
    /// Mass of intervals of dates and levels.
    pub mass: f64,
    /// Draws from each posterior behind the intervals of levels and sizes.
    pub draws: usize,
    /// Seed of these draws.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            prior: None,
            changes: Changes::default(),
            scales: None,
            shapes: Shape::usual(),
            odds: [1.0; 5],
            mass: 0.9,
            draws: 2000,
            seed: 0,
        }
    }
}

impl Settings {
    /// What holds for this series.
    pub(super) fn resolve(&self, series: &Series) -> Result<(Prior, Scales), MeasureError> {
        if series.len() < 2 || series.observed() == 0 {
            return Err(MeasureError::parameter("series", series.observed(), "two periods, one of them observed"));
        }
        if self.odds.iter().any(|o| !(*o >= 0.0 && o.is_finite())) || self.odds.iter().sum::<f64>() <= 0.0 {
            return Err(MeasureError::parameter("odds", format!("{:?}", self.odds), "zero or more, not all zero"));
        }
        if !(self.mass > 0.0 && self.mass < 1.0) {
            return Err(MeasureError::parameter("mass", self.mass, "between 0 and 1"));
        }
        let prior = self.prior.unwrap_or_else(|| Prior::of(series)).check(series.family())?;
        let scales = self.scales.clone().unwrap_or_else(|| Scales::of(series.family(), series.len()));
        let positive = |x: f64| x > 0.0 && x.is_finite();
        let walk = !scales.walk.is_empty() && scales.walk.iter().all(|(s, w)| positive(*s) && positive(*w));
        if !(positive(scales.drift) && positive(scales.impulse) && walk) {
            return Err(MeasureError::parameter("scales", format!("{scales:?}"), "positive and finite"));
        }
        Ok((prior, scales))
    }
}
