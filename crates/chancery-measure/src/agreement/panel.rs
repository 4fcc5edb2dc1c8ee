//! All dyads of all periods at once.

use rayon::prelude::*;

use super::planes::{Planes, Sums};
use super::{Degenerate, Measure, Period, Rules, Weights, periods};
use crate::Votes;
use crate::share::{Share, wilson};

/// One row for each pair of states (first index below second) and period in which both have a ballot that counts, by
/// period, then first, then second state. Columns are arrays of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The rules that it was computed under.
    pub rules: Rules,
    /// The periods with their roll calls.
    pub periods: Vec<Period>,
    /// Index of the row's period in `periods`.
    pub period: Vec<u16>,
    /// Index of the first state in the record.
    pub first: Vec<u16>,
    /// Index of the second state.
    pub second: Vec<u16>,
    /// Roll calls on which both have a ballot; may be 0.
    pub n: Vec<u32>,
    /// Those on which it is the same.
    pub same: Vec<u32>,
    /// The names of the columns of `values`.
    pub measures: Vec<Measure>,
    /// One array for each measure. Not-a-number where it is undefined (no joint vote, or [`Degenerate::Missing`]):
    /// read it with [`Panel::value`].
    pub values: Vec<Vec<f64>>,
}

impl Panel {
    /// Rows.
    pub fn len(&self) -> usize {
        self.n.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.n.is_empty()
    }

    /// A measure in a row; `None` where it is undefined, or where the panel has no such measure or row.
    pub fn value(&self, measure: Measure, row: usize) -> Option<f64> {
        let column = self.measures.iter().position(|&m| m == measure)?;
        self.values[column].get(row).copied().filter(|value| !value.is_nan())
    }

    /// The agreement share of a row with Wilson's interval; `None` where there is no such row. For intervals of other
    /// measures ask [`super::estimate`]: a bootstrap for every row would cost a thousand panels.
    pub fn agreement(&self, row: usize) -> Option<Share> {
        Some(wilson(u64::from(*self.same.get(row)?), u64::from(*self.n.get(row)?)))
    }

    /// The row of two states in the period with this number, in either order of the states.
    pub fn row(&self, number: i32, a: usize, b: usize) -> Option<usize> {
        let period = self.periods.binary_search_by_key(&number, |p| p.number).ok()? as u16;
        let wanted = (period, a.min(b) as u16, a.max(b) as u16);
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if (self.period[middle], self.first[middle], self.second[middle]) < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let found = low < self.len() && (self.period[low], self.first[low], self.second[low]) == wanted;
        found.then_some(low)
    }
}

/// Computes `measures` for every pair of states and every period of the record under `rules`.
///
/// The numbers are those of [`Measure::of`] on the dyad's table, bit for bit, and do not depend on the number of threads.
pub fn panel(votes: &Votes, rules: Rules, measures: &[Measure]) -> Panel {
    let periods = periods(votes, rules);
    let planes: Vec<Planes> =
        periods.par_iter().map(|period| Planes::new(votes, &period.calls, rules.absence)).collect();
    let rows = planes.iter().map(|p| pairs(p.members.len())).sum();
    let mut panel = Panel {
        rules,
        periods,
        period: vec![0; rows],
        first: vec![0; rows],
        second: vec![0; rows],
        n: vec![0; rows],
        same: vec![0; rows],
        measures: measures.to_vec(),
        values: vec![vec![0.0; rows]; measures.len()],
    };
    let mut blocks = Vec::with_capacity(planes.len());
    let mut rest = Block::whole(&mut panel);
    for planes in &planes {
        blocks.push((planes, rest.take(pairs(planes.members.len()))));
    }
    blocks
        .into_par_iter()
        .enumerate()
        .for_each(|(period, (planes, block))| block.fill(period as u16, planes, measures, rules.degenerate));
    panel
}

fn pairs(states: usize) -> usize {
    states * states.saturating_sub(1) / 2
}

/// The part of every column that one row of dyads, or one period, is written to.
struct Block<'a> {
    period: &'a mut [u16],
    first: &'a mut [u16],
    second: &'a mut [u16],
    n: &'a mut [u32],
    same: &'a mut [u32],
    values: Vec<&'a mut [f64]>,
}

impl<'a> Block<'a> {
    fn whole(panel: &'a mut Panel) -> Self {
        Self {
            period: &mut panel.period,
            first: &mut panel.first,
            second: &mut panel.second,
            n: &mut panel.n,
            same: &mut panel.same,
            values: panel.values.iter_mut().map(Vec::as_mut_slice).collect(),
        }
    }

    /// Splits off the next `rows` rows.
    fn take(&mut self, rows: usize) -> Self {
        Self {
            period: self.period.split_off_mut(..rows).unwrap_or_default(),
            first: self.first.split_off_mut(..rows).unwrap_or_default(),
            second: self.second.split_off_mut(..rows).unwrap_or_default(),
            n: self.n.split_off_mut(..rows).unwrap_or_default(),
            same: self.same.split_off_mut(..rows).unwrap_or_default(),
            values: self.values.iter_mut().map(|values| values.split_off_mut(..rows).unwrap_or_default()).collect(),
        }
    }

    fn fill(self, period: u16, planes: &Planes, measures: &[Measure], degenerate: Degenerate) {
        self.period.fill(period);
        let (mut sums, mut terms) = (Sums::default(), Terms::default());
        let Self { first, second, n, same, mut values, .. } = self;
        let mut at = 0;
        for (i, &state) in planes.members.iter().enumerate() {
            let row = at..at + planes.members.len() - i - 1;
            planes.row(i, &mut sums);
            terms.derive(&sums);
            first[row.clone()].fill(state);
            second[row.clone()].copy_from_slice(&planes.members[i + 1..]);
            n[row.clone()].copy_from_slice(&sums.n);
            same[row.clone()].copy_from_slice(&sums.same);
            for (measure, column) in measures.iter().zip(&mut values) {
                let out = &mut column[row.clone()];
                if *measure == Measure::TauB {
                    for (offset, value) in out.iter_mut().enumerate() {
                        *value = Measure::TauB.of(&planes.table(i, i + 1 + offset)).unwrap_or(f64::NAN);
                    }
                } else {
                    terms.fill(*measure, out);
                }
                if degenerate == Degenerate::Zero {
                    for (value, &n) in out.iter_mut().zip(&sums.n) {
                        *value = if value.is_nan() && n > 0 { 0.0 } else { *value };
                    }
                }
            }
            at = row.end;
        }
    }
}

/// The sums of one row of dyads as the terms of the formulas. All are whole numbers below 2^53, hence exact.
#[derive(Debug, Default)]
struct Terms {
    n: Vec<f64>,
    same: Vec<f64>,
    /// Joint votes of different levels: the nominal distance. Each opposition adds 1 to it for the absolute and 3 for
    /// the squared distance.
    differ: Vec<f64>,
    opposite: Vec<f64>,
    /// Expected nominal distance from each state's own margins, times n².
    own: Vec<f64>,
    /// Expected oppositions from the same, times n².
    own_opposite: Vec<f64>,
    /// Expected nominal distance from the common margins, times 4 n².
    common: Vec<f64>,
    /// Expected oppositions from the same, times 4 n².
    common_opposite: Vec<f64>,
}

impl Terms {
    fn derive(&mut self, sums: &Sums) {
        let length = sums.n.len();
        for terms in [
            &mut self.n,
            &mut self.same,
            &mut self.differ,
            &mut self.opposite,
            &mut self.own,
            &mut self.own_opposite,
            &mut self.common,
            &mut self.common_opposite,
        ] {
            terms.resize(length, 0.0);
        }
        let (n, same, differ) = (&mut self.n[..length], &mut self.same[..length], &mut self.differ[..length]);
        let opposite = &mut self.opposite[..length];
        let (own, own_opposite) = (&mut self.own[..length], &mut self.own_opposite[..length]);
        let (common, common_opposite) = (&mut self.common[..length], &mut self.common_opposite[..length]);
        // By way of i32, which every processor turns into doubles by fours; no record has 2^31 roll calls.
        let double = |count: u32| f64::from(count as i32);
        for j in 0..length {
            let total = double(sums.n[j]);
            n[j] = total;
            same[j] = double(sums.same[j]);
            differ[j] = total - same[j];
            opposite[j] = double(sums.opposite[j]);
            let (yes, no) = (double(sums.first_yes[j]), double(sums.first_no[j]));
            let (yes2, no2) = (double(sums.second_yes[j]), double(sums.second_no[j]));
            let (abstain, abstain2) = (total - yes - no, total - yes2 - no2);
            own[j] = total * total - (yes * yes2 + abstain * abstain2 + no * no2);
            own_opposite[j] = yes * no2 + no * yes2;
            let (y, a, x) = (yes + yes2, abstain + abstain2, no + no2);
            common[j] = 4.0 * total * total - (y * y + a * a + x * x);
            common_opposite[j] = 2.0 * y * x;
        }
    }

    /// A measure of the row. Undefined is 0 / 0, which is not-a-number.
    fn fill(&self, measure: Measure, out: &mut [f64]) {
        let length = out.len();
        let (n, differ, opposite) = (&self.n[..length], &self.differ[..length], &self.opposite[..length]);
        match measure {
            Measure::Agreement => {
                let same = &self.same[..length];
                (0..length).for_each(|j| out[j] = same[j] / n[j]);
            }
            Measure::Voeten => (0..length).for_each(|j| out[j] = 1.0 - (differ[j] + opposite[j]) / (n[j] * 2.0)),
            Measure::S(w) => {
                let (more, farthest) = (extra(w), w.distance(0, 2));
                let s = |j: usize| 1.0 - 2.0 * (differ[j] + more * opposite[j]) / (n[j] * farthest);
                (0..length).for_each(|j| out[j] = s(j));
            }
            Measure::Kappa(w) => {
                let (more, own, cross) = (extra(w), &self.own[..length], &self.own_opposite[..length]);
                let kappa = |j: usize| 1.0 - n[j] * (differ[j] + more * opposite[j]) / (own[j] + more * cross[j]);
                (0..length).for_each(|j| out[j] = kappa(j));
            }
            Measure::Pi(w) => {
                let (more, common, cross) = (extra(w), &self.common[..length], &self.common_opposite[..length]);
                let pi = |j: usize| 1.0 - 4.0 * n[j] * (differ[j] + more * opposite[j]) / (common[j] + more * cross[j]);
                (0..length).for_each(|j| out[j] = pi(j));
            }
            Measure::TauB => out.fill(f64::NAN),
        }
    }
}

/// What an opposition (yes against no) counts beyond a mere difference.
fn extra(w: Weights) -> f64 {
    w.distance(0, 2) - 1.0
}
