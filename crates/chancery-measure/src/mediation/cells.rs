//! Three states, and the 27 counts of how they voted together.

use crate::{MeasureError, Votes};

/// Three states by their index in [`Votes::states`]: R, the one asked about, K, the one it may follow, and C, the one
/// through whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Triad {
    /// Whose votes are to be accounted for.
    pub r: usize,
    /// With whom R votes.
    pub k: usize,
    /// The possible mediator.
    pub c: usize,
}

impl Triad {
    /// By name.
    ///
    /// # Errors
    /// [`MeasureError::UnknownState`] for a name that is not in the record.
    pub fn named(votes: &Votes, r: &str, k: &str, c: &str) -> Result<Self, MeasureError> {
        Ok(Self { r: votes.find(r)?, k: votes.find(k)?, c: votes.find(c)? })
    }

    /// The roll calls on which all three voted.
    pub(super) fn calls(self, votes: &Votes) -> Vec<usize> {
        let all = |&call: &usize| [self.r, self.k, self.c].iter().all(|&s| votes.level(s, call).is_some());
        (0..votes.calls().len()).filter(all).collect()
    }

    /// Votes of R, K and C on `calls`, 0 yes, 1 abstain, 2 no.
    pub(super) fn levels(self, votes: &Votes, calls: &[usize]) -> Vec<[u8; 3]> {
        calls.iter().map(|&call| [self.r, self.k, self.c].map(|state| votes.row(state)[call] - 1)).collect()
    }

    pub(super) fn check(self, votes: &Votes) -> Result<(), MeasureError> {
        let known = [self.r, self.k, self.c].iter().all(|&s| s < votes.states().len());
        if known && self.r != self.k && self.r != self.c && self.k != self.c {
            return Ok(());
        }
        Err(MeasureError::Parameter {
            name: "triad",
            value: format!("{}, {}, {}", self.r, self.k, self.c),
            expected: "three different states of the record are needed",
        })
    }
}

/// How often R, K and C voted so: `[r][k][c]` flattened, each 0 yes, 1 abstain, 2 no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells(pub [u32; 27]);

impl Cells {
    /// Counts votes of R, K, C (0 … 2 each).
    pub fn count(levels: &[[u8; 3]]) -> Self {
        let mut cells = [0; 27];
        for &[r, k, c] in levels {
            cells[usize::from(r) * 9 + usize::from(k) * 3 + usize::from(c)] += 1;
        }
        Self(cells)
    }

    /// Roll calls.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|&n| u64::from(n)).sum()
    }

    /// R votes as K.
    pub fn same_rk(&self) -> u64 {
        self.sum([0, 1, 2, 12, 13, 14, 24, 25, 26])
    }

    /// R votes as C.
    pub fn same_rc(&self) -> u64 {
        self.sum([0, 3, 6, 10, 13, 16, 20, 23, 26])
    }

    /// K votes as C.
    pub fn same_kc(&self) -> u64 {
        self.sum([0, 4, 8, 9, 13, 17, 18, 22, 26])
    }

    /// All three vote alike.
    pub fn same_all(&self) -> u64 {
        u64::from(self.0[0]) + u64::from(self.0[13]) + u64::from(self.0[26])
    }

    /// Places are written out: the scan asks millions of times.
    fn sum(&self, places: [usize; 9]) -> u64 {
        places.iter().map(|&i| u64::from(self.0[i])).sum()
    }
}
