//! All ordered triads of a period: split counts and information of each, permutations for the strongest.
//!
//! Votes are three bit-planes per state (yes, abstain, no; a missing vote is in none). The 27 counts of three states are
//! population counts of their intersections, and one table of counts answers all six orders of its states.

use std::cmp::Ordering;

use rand::SeedableRng;
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::information::{permute, surprises};
use super::{Bits, Cells, Triad};
use crate::{Share, Votes, wilson};

/// By what the strongest triads are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// I(R;K|C): likeness, or unlikeness, that remains when C is known.
    Remaining,
    /// I(R;K) − I(R;K|C): what the three share. It is the same for all orders of the three (co-information).
    Shared,
}

/// How a scan runs.
#[derive(Debug, Clone, PartialEq)]
pub struct ScanSettings {
    /// Fewest roll calls on which all three voted.
    pub least_calls: u64,
    /// Fewest of these on which C and K differ.
    pub least_splits: u64,
    /// How many triads are kept and tested.
    pub keep: usize,
    /// By what they are chosen.
    pub screen: Screen,
    /// Stratified permutations for each; 0 for none.
    pub permutations: usize,
    /// Seed; each kept triad draws from a stream of its own, so the number of threads changes nothing.
    pub seed: u64,
}

impl Default for ScanSettings {
    /// Thirty roll calls, ten splits, the first 1,000 by what remains, 999 permutations.
    fn default() -> Self {
        Self { least_calls: 30, least_splits: 10, keep: 1000, screen: Screen::Remaining, permutations: 999, seed: 1 }
    }
}

/// One ordered triad of a scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened {
    /// Who.
    pub triad: Triad,
    /// Roll calls on which all three voted.
    pub calls: u64,
    /// Of the splits C ≠ K, R as K.
    pub with_k: Share,
    /// Of the splits, R as C.
    pub with_c: Share,
    /// Plug-in I(R;K), bits.
    pub rk: f64,
    /// Plug-in I(R;K|C), bits.
    pub rk_given_c: f64,
    /// p-value of I(R;K|C) by stratified permutation; `None` where none was asked for.
    pub p: Option<f64>,
    /// Benjamini–Hochberg (1995) q-value *among the kept triads*: see [`Scan`].
    pub q: Option<f64>,
}

/// The result of a scan.
///
/// The kept triads were chosen by the very quantity that is then tested, among `eligible`. Their p-values are therefore
/// smaller than those of triads chosen beforehand, and the false discovery rate among the kept is *not* that of a search
/// of all: for that, count the rest with p = 1, which multiplies every q by `eligible` / kept (1 at most). With 999
/// permutations no p-value is below 0.001, so after a search of millions no single triad survives that factor: a scan
/// proposes questions; an answer needs roll calls that the scan did not see.
#[derive(Debug, Clone, PartialEq)]
pub struct Scan {
    /// Ordered triads of the states that voted at all.
    pub triads: u64,
    /// Those with enough roll calls and splits.
    pub eligible: u64,
    /// The strongest, by the screen, strongest first.
    pub kept: Vec<Screened>,
}

/// Scans all ordered triads of `votes` (a period: see [`Votes::window`]). Absences count as missing.
pub fn scan(votes: &Votes, settings: &ScanSettings) -> Scan {
    let planes: Vec<(usize, Planes)> =
        (0..votes.states().len()).map(|s| (s, Planes::of(votes.row(s)))).filter(|(_, p)| p.any()).collect();
    let n = planes.len() as u64;
    let surprise = surprises(votes.calls().len());
    let (eligible, found) =
        (0..planes.len()).into_par_iter().map(|first| from_first(&planes, first, &surprise, settings)).reduce(
            || (0, Vec::new()),
            |(n, mut all), (m, more)| {
                all.extend(more);
                (n + m, strongest(all, settings.keep))
            },
        );
    let mut kept: Vec<Screened> = found.into_iter().map(|candidate| candidate.screened).collect();
    if settings.permutations > 0 {
        kept.par_iter_mut().enumerate().for_each(|(stream, screened)| {
            let calls = screened.triad.calls(votes);
            let levels = screened.triad.levels(votes, &calls);
            let mut random = Pcg64::new(u128::from(settings.seed), stream as u128);
            // The first draws of neighbouring streams are alike.
            random = Pcg64::from_rng(&mut random);
            screened.p = Some(permute(&levels, &surprise, settings.permutations, &mut random).p);
        });
        benjamini_hochberg(&mut kept);
    }
    Scan { triads: n * n.saturating_sub(1) * n.saturating_sub(2), eligible, kept }
}

/// Yes, abstain, no, one bit for each roll call.
struct Planes([Vec<u64>; 3]);

impl Planes {
    fn of(row: &[u8]) -> Self {
        let mut planes = [(); 3].map(|()| vec![0; row.len().div_ceil(64)]);
        for (call, &ballot) in row.iter().enumerate().filter(|(_, b)| (1..=3).contains(*b)) {
            planes[usize::from(ballot - 1)][call / 64] |= 1 << (call % 64);
        }
        Self(planes)
    }

    fn any(&self) -> bool {
        self.0.iter().flatten().any(|&word| word != 0)
    }
}

struct Candidate {
    score: f64,
    screened: Screened,
}

impl Candidate {
    /// Strongest first; ties by the states.
    fn order(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then(self.screened.triad.cmp(&other.screened.triad))
    }
}

fn strongest(mut all: Vec<Candidate>, keep: usize) -> Vec<Candidate> {
    all.sort_unstable_by(Candidate::order);
    all.truncate(keep);
    all
}

/// All triads whose state of lowest index is the `first`.
fn from_first(
    planes: &[(usize, Planes)],
    first: usize,
    surprise: &[f64],
    settings: &ScanSettings,
) -> (u64, Vec<Candidate>) {
    let (mut eligible, mut found) = (0, Vec::new());
    let mut bar = f64::NEG_INFINITY;
    for second in first + 1..planes.len() {
        let pair = intersections(&planes[first].1, &planes[second].1);
        for third in second + 1..planes.len() {
            let cells = counts(&pair, &planes[third].1);
            let total = cells.total();
            if total < settings.least_calls || total == 0 {
                continue;
            }
            let Some(bits) = Bits::of(&cells, surprise) else { continue };
            let states = [planes[first].0, planes[second].0, planes[third].0];
            for order in orders(&cells, &bits, total) {
                if order.splits < settings.least_splits {
                    continue;
                }
                eligible += 1;
                let score = match settings.screen {
                    Screen::Remaining => order.given,
                    Screen::Shared => order.plain - order.given,
                };
                if score >= bar {
                    found.push(Candidate { score, screened: order.screened(states, total) });
                }
            }
            if found.len() > settings.keep * 4 + 64 {
                found = strongest(found, settings.keep);
                bar = found.last().map_or(bar, |weakest| weakest.score);
            }
        }
    }
    (eligible, strongest(found, settings.keep))
}

/// One order of three states.
struct Order {
    /// Positions of R, K, C among the three.
    at: [usize; 3],
    splits: u64,
    with_k: u64,
    with_c: u64,
    plain: f64,
    given: f64,
}

impl Order {
    fn screened(&self, states: [usize; 3], calls: u64) -> Screened {
        let [r, k, c] = self.at.map(|i| states[i]);
        Screened {
            triad: Triad { r, k, c },
            calls,
            with_k: wilson(self.with_k, self.splits),
            with_c: wilson(self.with_c, self.splits),
            rk: self.plain,
            rk_given_c: self.given,
            p: None,
            q: None,
        }
    }
}

/// The six orders from one table of counts: R as K on the splits is R as K less all three alike.
fn orders(cells: &Cells, bits: &Bits, total: u64) -> [Order; 6] {
    let all = cells.same_all();
    let (s01, s02, s12) = (cells.same_rk(), cells.same_rc(), cells.same_kc());
    let order = |at, same_rk: u64, same_rc: u64, same_kc: u64, plain, given| Order {
        at,
        splits: total - same_kc,
        with_k: same_rk - all,
        with_c: same_rc - all,
        plain,
        given,
    };
    [
        order([0, 1, 2], s01, s02, s12, bits.rk, bits.rk_given_c),
        order([1, 0, 2], s01, s12, s02, bits.rk, bits.rk_given_c),
        order([0, 2, 1], s02, s01, s12, bits.rc, bits.rc_given_k),
        order([2, 0, 1], s02, s12, s01, bits.rc, bits.rc_given_k),
        order([1, 2, 0], s12, s01, s02, bits.kc, bits.kc_given_r),
        order([2, 1, 0], s12, s02, s01, bits.kc, bits.kc_given_r),
    ]
}

/// The nine intersections of two states' planes, one after the other.
fn intersections(a: &Planes, b: &Planes) -> [Vec<u64>; 9] {
    std::array::from_fn(|i| a.0[i / 3].iter().zip(&b.0[i % 3]).map(|(x, y)| x & y).collect())
}

fn counts(pair: &[Vec<u64>; 9], third: &Planes) -> Cells {
    Cells(std::array::from_fn(|i| pair[i / 3].iter().zip(&third.0[i % 3]).map(|(x, y)| (x & y).count_ones()).sum()))
}

/// q-values of Benjamini and Hochberg (1995): the smallest rate at which each would be among the discoveries.
fn benjamini_hochberg(kept: &mut [Screened]) {
    let p = |s: &Screened| s.p.unwrap_or(1.0);
    let mut by_p: Vec<usize> = (0..kept.len()).collect();
    by_p.sort_by(|&a, &b| p(&kept[a]).total_cmp(&p(&kept[b])));
    let n = kept.len() as f64;
    let mut least = 1.0_f64;
    for (rank, &i) in by_p.iter().enumerate().rev() {
        least = least.min(p(&kept[i]) * n / (rank + 1) as f64);
        kept[i].q = Some(least);
    }
}
