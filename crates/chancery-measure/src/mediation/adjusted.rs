//! View 3: correlation of votes after what everybody does on an item, and what a state does on every item, is removed.
//!
//! Votes count +1 yes, 0 abstain, −1 no. The additive model v(state, roll call) = a(state) + b(roll call) is fitted by
//! least squares to the votes that were cast (an unbalanced two-way layout, solved by alternating projections: Gauss–
//! Seidel on the normal equations); residuals are what the model leaves. ρ(R,K·C) is the first-order partial correlation.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

use super::{Settings, Triad};
use crate::Votes;
use crate::quantile::percentiles;

/// Residuals of the two-way additive model, for every state and roll call of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Residuals {
    /// State-major; not-a-number where no vote was cast. Never handed out.
    cells: Vec<f64>,
    calls: usize,
}

impl Residuals {
    /// Fits the model to all votes of `votes`. States or roll calls without a vote have no residuals.
    pub fn of(votes: &Votes) -> Self {
        let (states, calls) = (votes.states().len(), votes.calls().len());
        let mut cells: Vec<f64> = (0..states)
            .flat_map(|s| {
                votes.row(s).iter().map(|&b| if (1..=3).contains(&b) { 2.0 - f64::from(b) } else { f64::NAN })
            })
            .collect();
        // Converges geometrically; the period of a session needs about ten rounds, a sparse record more.
        for _ in 0..500 {
            if centre_calls(&mut cells, calls).max(centre_states(&mut cells, calls)) < 1e-13 {
                break;
            }
        }
        Self { cells, calls }
    }

    /// The residual of one vote; `None` where none was cast.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn get(&self, state: usize, call: usize) -> Option<f64> {
        Some(self.row(state)[call]).filter(|v| !v.is_nan())
    }

    pub(super) fn row(&self, state: usize) -> &[f64] {
        &self.cells[state * self.calls..(state + 1) * self.calls]
    }
}

/// Subtracts each roll call's mean; the largest mean that there was.
fn centre_calls(cells: &mut [f64], calls: usize) -> f64 {
    let (mut sum, mut n) = (vec![0.0; calls], vec![0_u32; calls]);
    for row in cells.chunks(calls.max(1)) {
        for (i, v) in row.iter().enumerate().filter(|(_, v)| !v.is_nan()) {
            sum[i] += v;
            n[i] += 1;
        }
    }
    for (sum, n) in sum.iter_mut().zip(n) {
        *sum /= f64::from(n.max(1));
    }
    for row in cells.chunks_mut(calls.max(1)) {
        row.iter_mut().zip(&sum).for_each(|(v, mean)| *v -= mean);
    }
    sum.iter().fold(0.0, |most, m| f64::max(most, m.abs()))
}

/// Subtracts each state's mean; the largest mean that there was.
fn centre_states(cells: &mut [f64], calls: usize) -> f64 {
    let mut most = 0.0_f64;
    for row in cells.chunks_mut(calls.max(1)) {
        let (sum, n) = row.iter().filter(|v| !v.is_nan()).fold((0.0, 0_u32), |(s, n), v| (s + v, n + 1));
        let mean = sum / f64::from(n.max(1));
        for v in row.iter_mut() {
            *v -= mean;
        }
        most = most.max(mean.abs());
    }
    most
}

/// What the bootstrap draws with replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cluster {
    /// Every roll call by itself.
    RollCall,
    /// All roll calls of a day together; one without a date stands alone.
    Day,
    /// All roll calls of an agenda item or resolution together; one without an item stands alone.
    Item,
}

/// A correlation with its bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// The estimate; `None` where one side does not vary.
    pub value: Option<f64>,
    /// 95 % percentile interval; `None` where the estimate is, or where fewer than half of the replicates have a value.
    pub interval: Option<(f64, f64)>,
}

/// Agenda-adjusted correlations on the roll calls of a triad.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// ρ(R,K).
    pub rk: Correlation,
    /// ρ(R,K·C): what remains given C.
    pub rk_given_c: Correlation,
    /// ρ(R,K) − ρ(R,K·C).
    pub drop: Option<f64>,
    /// Clusters that the bootstrap draws from.
    pub clusters: usize,
    /// What they are.
    pub cluster: Cluster,
}

impl Adjusted {
    pub(super) fn of(votes: &Votes, residuals: &Residuals, triad: Triad, calls: &[usize], settings: &Settings) -> Self {
        let groups = clusters(votes, calls, settings.cluster);
        let rows = [triad.r, triad.k, triad.c].map(|s| residuals.row(s));
        let moments: Vec<Moments> = groups.iter().map(|group| Moments::of(rows, group.iter().copied())).collect();
        let whole = moments.iter().fold(Moments::default(), Moments::plus);
        let (rho, partial) = (whole.correlation(), whole.partial());
        let mut random = Pcg64::seed_from_u64(settings.seed ^ 0x626f_6f74);
        let (mut plain, mut given) = (Vec::new(), Vec::new());
        for _ in 0..if moments.is_empty() { 0 } else { settings.replicates } {
            let drawn = (0..moments.len())
                .fold(Moments::default(), |sum, _| sum.plus(&moments[random.random_range(0..moments.len())]));
            plain.extend(drawn.correlation());
            given.extend(drawn.partial());
        }
        let interval = |value: Option<f64>, drawn| value.and_then(|_| percentiles(drawn, settings.replicates));
        Self {
            rk: Correlation { value: rho, interval: interval(rho, plain) },
            rk_given_c: Correlation { value: partial, interval: interval(partial, given) },
            drop: rho.zip(partial).map(|(a, b)| a - b),
            clusters: groups.len(),
            cluster: settings.cluster,
        }
    }
}

fn clusters(votes: &Votes, calls: &[usize], cluster: Cluster) -> Vec<Vec<usize>> {
    type Key<'a> = (Option<i32>, Option<&'a str>, Option<usize>);
    let mut groups: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for &call in calls {
        let known = &votes.calls()[call];
        let key = match cluster {
            Cluster::Day if known.day.is_some() => (known.day, None, None),
            Cluster::Item if known.item.is_some() => (None, known.item.as_deref(), None),
            _ => (None, None, Some(call)),
        };
        groups.entry(key).or_default().push(call);
    }
    groups.into_values().collect()
}

/// Sums from which correlations of three variables follow; sums of clusters add.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moments {
    n: f64,
    sum: [f64; 3],
    /// xx, yy, zz, xy, xz, yz
    product: [f64; 6],
}

impl Moments {
    pub(super) fn of(rows: [&[f64]; 3], calls: impl Iterator<Item = usize>) -> Self {
        let mut m = Self::default();
        for call in calls {
            let [x, y, z] = rows.map(|row| row[call]);
            m.n += 1.0;
            m.sum.iter_mut().zip([x, y, z]).for_each(|(s, v)| *s += v);
            m.product.iter_mut().zip([x * x, y * y, z * z, x * y, x * z, y * z]).for_each(|(s, v)| *s += v);
        }
        m
    }

    fn plus(mut self, other: &Self) -> Self {
        self.n += other.n;
        self.sum.iter_mut().zip(other.sum).for_each(|(s, v)| *s += v);
        self.product.iter_mut().zip(other.product).for_each(|(s, v)| *s += v);
        self
    }

    fn pearson(&self, a: usize, b: usize, ab: usize) -> Option<f64> {
        let co = |i: usize, j: usize, p: usize| self.product[p] - self.sum[i] * self.sum[j] / self.n;
        let (va, vb) = (co(a, a, a), co(b, b, b));
        (self.n >= 3.0 && va > 1e-9 && vb > 1e-9).then(|| (co(a, b, ab) / (va * vb).sqrt()).clamp(-1.0, 1.0))
    }

    /// ρ(x,y).
    pub(super) fn correlation(&self) -> Option<f64> {
        self.pearson(0, 1, 3)
    }

    /// ρ(x,y·z).
    pub(super) fn partial(&self) -> Option<f64> {
        let (xy, xz, yz) = (self.pearson(0, 1, 3)?, self.pearson(0, 2, 4)?, self.pearson(1, 2, 5)?);
        let left = (1.0 - xz * xz) * (1.0 - yz * yz);
        (left > 1e-12).then(|| ((xy - xz * yz) / left.sqrt()).clamp(-1.0, 1.0))
    }
}
