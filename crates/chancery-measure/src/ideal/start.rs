//! Which side is positive, and where a sampler begins.

use super::input::Panel;
use crate::MeasureError;

/// The likelihood cannot tell a scale from its mirror image. Two states decide: `high` has the greater mean of ideal points
/// over its sessions. The published scale has the United States high and the Soviet Union and Russia low.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchors {
    /// The state on the positive side.
    pub high: String,
    /// The state on the negative side.
    pub low: String,
}

impl Anchors {
    /// The points of both; an error where one has none.
    pub(super) fn find(&self, panel: &Panel) -> Result<[Vec<usize>; 2], MeasureError> {
        let of = |name: &String| {
            let state = panel.states().iter().position(|s| s == name);
            let points: Vec<usize> =
                (0..panel.points().len()).filter(|&p| Some(panel.points()[p].state as usize) == state).collect();
            if points.is_empty() { Err(MeasureError::UnknownState(name.clone())) } else { Ok(points) }
        };
        Ok([of(&self.high)?, of(&self.low)?])
    }
}

/// +1 where the scale is as the anchors say, −1 where it is to be mirrored.
pub(super) fn sign(anchors: &[Vec<usize>; 2], theta: &[f64]) -> f64 {
    let mean = |points: &[usize]| points.iter().map(|&p| theta[p]).sum::<f64>() / points.len() as f64;
    if mean(&anchors[0]) < mean(&anchors[1]) { -1.0 } else { 1.0 }
}

/// Where a sampler begins; also what [`super::variational`] returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Ideal points, in the order of [`Panel::points`].
    pub theta: Vec<f64>,
    /// Discrimination, in the order of [`Panel::items`].
    pub beta: Vec<f64>,
    /// Cut-points.
    pub cuts: Vec<[f64; 2]>,
}

impl Start {
    /// The published start: β is 1 where the high anchor voted nearer to *no* than the low one, −1 the other way round, 0
    /// where they voted alike or one did not; cut-points from the shares of ballots; points 0 but for the anchors (2, −2).
    pub fn from_anchors(panel: &Panel, anchors: &Anchors) -> Result<Self, MeasureError> {
        let poles = anchors.find(panel)?;
        let (mut theta, mut side) = (vec![0.0; panel.points().len()], vec![None; panel.points().len()]);
        for (pole, points) in poles.iter().enumerate() {
            for &p in points {
                (theta[p], side[p]) = (if pole == 0 { 2.0 } else { -2.0 }, Some(pole));
            }
        }
        let (mut beta, mut cuts) = (Vec::new(), Vec::new());
        for item in 0..panel.items().len() {
            let voters = panel.voters(item);
            let level = |pole: usize| {
                let counts = voters.map(|v| v.iter().filter(|&&p| side[p as usize] == Some(pole)).count() as f64);
                let n: f64 = counts.iter().sum();
                (n > 0.0).then(|| (counts[1] + 2.0 * counts[2]) / n)
            };
            beta.push(match (level(0), level(1)) {
                (Some(high), Some(low)) if high > low => 1.0,
                (Some(high), Some(low)) if high < low => -1.0,
                _ => 0.0,
            });
            let n = voters.iter().map(|v| v.len()).sum::<usize>() as f64;
            let (yes, no) = (voters[0].len() as f64 / n, voters[2].len() as f64 / n);
            cuts.push([2.0 * yes - 1.0, 1.0 - 2.0 * no]);
        }
        Ok(Self { theta, beta, cuts })
    }

    pub(super) fn fits(&self, panel: &Panel) -> Result<(), MeasureError> {
        let lengths = (self.theta.len(), self.beta.len(), self.cuts.len());
        let wanted = (panel.points().len(), panel.items().len(), panel.items().len());
        if lengths == wanted {
            return Ok(());
        }
        let value = format!("{lengths:?}");
        Err(MeasureError::Parameter { name: "start", value, expected: "one value for each point and item" })
    }
}
