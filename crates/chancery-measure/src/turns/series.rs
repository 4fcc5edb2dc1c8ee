//! What a series of a dyad is: shares of votes, counts of events, or log flows, each with what is missing.

use crate::MeasureError;

/// Which likelihood a series has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Hits of trials: binomial, levels are shares in (0, 1), smooth explanations move on the logit scale.
    Shares,
    /// Counts with an exposure: Poisson, levels are rates per unit of exposure, smooth explanations move on the log scale.
    Counts,
    /// Real values, such as log flows: normal with unknown variance.
    Flows,
}

/// One value a period, equally spaced. The window is the caller's and is fixed before the data are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub(super) family: Family,
    /// Hits, counts or values; 0 where missing.
    pub(super) value: Vec<f64>,
    /// Trials, exposure or 1; 0 where missing.
    pub(super) weight: Vec<f64>,
}

impl Series {
    /// Hits of trials per period, for instance agreements of contested votes. `None` is missing; `(0, 0)` says as little.
    ///
    /// # Errors
    /// More hits than trials.
    pub fn shares(periods: &[Option<(u64, u64)>]) -> Result<Self, MeasureError> {
        for &(hits, trials) in periods.iter().flatten() {
            if hits > trials {
                return Err(MeasureError::parameter("hits", hits, "at most the trials"));
            }
        }
        let cells = periods.iter().map(|p| p.map(|(k, n)| (k as f64, n as f64)));
        Ok(Self::from_cells(Family::Shares, cells))
    }

    /// Counts per period with the exposure behind each (days, articles read). A count of zero is a value.
    ///
    /// # Errors
    /// An exposure that is not positive and finite.
    pub fn counts(periods: &[Option<(u64, f64)>]) -> Result<Self, MeasureError> {
        for &(_, exposure) in periods.iter().flatten() {
            if !(exposure > 0.0 && exposure.is_finite()) {
                return Err(MeasureError::parameter("exposure", exposure, "positive and finite"));
            }
        }
        Ok(Self::from_cells(Family::Counts, periods.iter().map(|p| p.map(|(k, e)| (k as f64, e)))))
    }

    /// Values that are normal about their level. `None` is missing, 0 is a value.
    ///
    /// # Errors
    /// A value that is not finite.
    pub fn values(periods: &[Option<f64>]) -> Result<Self, MeasureError> {
        for &value in periods.iter().flatten() {
            if !value.is_finite() {
                return Err(MeasureError::parameter("value", value, "finite"));
            }
        }
        Ok(Self::from_cells(Family::Flows, periods.iter().map(|p| p.map(|x| (x, 1.0)))))
    }

    /// Flows as ln(1 + flow / unit): a flow of zero is the value zero. `unit` is the amount below which a difference does
    /// not matter, in the currency of the flows.
    ///
    /// # Errors
    /// A negative flow, a unit that is not positive.
    pub fn log_flows(periods: &[Option<f64>], unit: f64) -> Result<Self, MeasureError> {
        if !(unit > 0.0 && unit.is_finite()) {
            return Err(MeasureError::parameter("unit", unit, "positive and finite"));
        }
        if let Some(flow) = periods.iter().flatten().find(|x| **x < 0.0) {
            return Err(MeasureError::parameter("flow", flow, "zero or more"));
        }
        Self::values(&periods.iter().map(|p| p.map(|x| (x / unit).ln_1p())).collect::<Vec<_>>())
    }

    fn from_cells(family: Family, cells: impl Iterator<Item = Option<(f64, f64)>>) -> Self {
        let (value, weight) = cells.map(|cell| cell.unwrap_or((0.0, 0.0))).unzip();
        Self { family, value, weight }
    }

    /// The likelihood.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Number of periods, missing ones counted.
    pub fn len(&self) -> usize {
        self.value.len()
    }

    /// Whether there is no period at all.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty()
    }

    /// Number of periods that say something.
    pub fn observed(&self) -> usize {
        self.weight.iter().filter(|w| **w > 0.0).count()
    }

    /// Sum of trials, of exposure, or the number of values.
    pub fn total(&self) -> f64 {
        self.weight.iter().sum()
    }

    /// The largest whole number that a stretch of the series can come to: all trials, or all events.
    pub(super) fn largest(&self) -> usize {
        let sum = if self.family == Family::Counts { self.value.iter().sum() } else { self.total() };
        sum as usize
    }

    /// Hits of trials, counts of exposure, or value and 1 at a period; `None` where missing.
    pub fn at(&self, period: usize) -> Option<(f64, f64)> {
        let weight = *self.weight.get(period)?;
        (weight > 0.0).then(|| (self.value[period], weight))
    }

    /// The same series read backwards.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut turned = self.clone();
        turned.value.reverse();
        turned.weight.reverse();
        turned
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_a_value_and_missing_is_not() {
        let flows = Series::log_flows(&[Some(0.0), None, Some(5.0)], 1.0).unwrap();
        assert_eq!((flows.observed(), flows.at(0), flows.at(1)), (2, Some((0.0, 1.0)), None));
        let counts = Series::counts(&[Some((0, 365.0)), None]).unwrap();
        assert_eq!(counts.at(0), Some((0.0, 365.0)));
        assert!(Series::shares(&[Some((3, 2))]).is_err());
        assert!(Series::counts(&[Some((3, 0.0))]).is_err());
        assert!(Series::values(&[Some(f64::NAN)]).is_err());
        assert!(Series::log_flows(&[Some(-1.0)], 1.0).is_err());
    }
}
