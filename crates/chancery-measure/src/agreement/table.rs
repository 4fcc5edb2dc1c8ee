//! The table of counts that every measure of similarity is computed from.

/// `C[a][b]`: how often the first state chose level `a` while the second chose level `b`. Levels are ordered and equally
/// spaced: yes, abstain, no for votes (`K` = 3); none, entente, neutrality, defence for alliances (`K` = 4).
///
/// Cells are doubles so that cases may carry weights (capabilities). Whole counts are exact up to 2^53.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Table<const K: usize>(pub [[f64; K]; K]);

impl<const K: usize> Default for Table<K> {
    fn default() -> Self {
        Self([[0.0; K]; K])
    }
}

impl<const K: usize> Table<K> {
    /// The sum of all cells: joint cases, or their weight.
    pub fn total(&self) -> f64 {
        self.0.iter().flatten().sum()
    }

    /// How often the first state chose each level.
    pub fn rows(&self) -> [f64; K] {
        std::array::from_fn(|a| self.0[a].iter().sum())
    }

    /// How often the second state chose each level.
    pub fn columns(&self) -> [f64; K] {
        std::array::from_fn(|b| self.0.iter().map(|row| row[b]).sum())
    }

    /// Cases on which both chose the same level.
    pub fn same(&self) -> f64 {
        (0..K).map(|a| self.0[a][a]).sum()
    }

    /// Adds the cells of another table.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().flatten().zip(other.0.iter().flatten()) {
            *mine += theirs;
        }
    }

    /// The same table seen from the second state.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self(std::array::from_fn(|a| std::array::from_fn(|b| self.0[b][a])))
    }
}
