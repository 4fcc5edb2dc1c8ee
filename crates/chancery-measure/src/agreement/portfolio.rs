//! Alliance portfolios: what a state is bound to towards every state of a system.

use serde::{Deserialize, Serialize};

use super::Table;
use crate::MeasureError;

/// The strongest commitment between two states, on the scale of Signorino and Ritter (1999): 0 to 3, with
/// S's `dmax` of 3. The steps are taken as equal, which is theirs and a strong assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commitment {
    /// 0
    #[default]
    None = 0,
    /// 1: to consult or to co-operate in a crisis (COW type III).
    Entente = 1,
    /// 2: not to attack each other, or to stay neutral (COW type II).
    Neutrality = 2,
    /// 3: to defend the other (COW type I).
    Defence = 3,
}

/// One state's commitments to every state of a system, itself included, in the system's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Portfolio(pub Vec<Commitment>);

impl Portfolio {
    /// The portfolio of `state` in `system`, from commitments in any order and direction. Of several with one partner
    /// the strongest counts; partners outside the system do not; every state defends itself (Signorino and Ritter 1999).
    ///
    /// # Errors
    /// [`MeasureError::UnknownState`] if the state is not part of the system.
    pub fn of<S: AsRef<str>>(
        state: &str,
        system: &[S],
        commitments: &[(S, S, Commitment)],
    ) -> Result<Self, MeasureError> {
        let place = |name: &str| system.iter().position(|s| s.as_ref() == name);
        let own = place(state).ok_or_else(|| MeasureError::UnknownState(state.to_owned()))?;
        let mut levels = vec![Commitment::None; system.len()];
        levels[own] = Commitment::Defence;
        for (a, b, commitment) in commitments {
            let partner = match (a.as_ref() == state, b.as_ref() == state) {
                (true, false) => place(b.as_ref()),
                (false, true) => place(a.as_ref()),
                _ => None,
            };
            if let Some(partner) = partner {
                levels[partner] = levels[partner].max(*commitment);
            }
        }
        Ok(Self(levels))
    }

    /// The table of two portfolios of one system, each partner counted once or with its weight (its share of
    /// capabilities: the weighted S). [`super::Measure::of`] takes it from there.
    ///
    /// # Errors
    /// [`MeasureError::Parameter`] where lengths differ or a weight is negative or not a number.
    pub fn table(&self, other: &Self, weights: Option<&[f64]>) -> Result<Table<4>, MeasureError> {
        let states = self.0.len();
        let lengths = [other.0.len(), weights.map_or(states, <[f64]>::len)];
        if let Some(length) = lengths.into_iter().find(|&length| length != states) {
            let value = format!("{length} long beside {states} states");
            return Err(MeasureError::Parameter { name: "portfolio", value, expected: "one value for each state" });
        }
        let mut table = Table::default();
        for (k, (a, b)) in self.0.iter().zip(&other.0).enumerate() {
            let weight = weights.map_or(1.0, |w| w[k]);
            if !(weight >= 0.0 && weight.is_finite()) {
                let value = weight.to_string();
                return Err(MeasureError::Parameter { name: "weight", value, expected: "0 or more" });
            }
            table.0[*a as usize][*b as usize] += weight;
        }
        Ok(table)
    }
}
