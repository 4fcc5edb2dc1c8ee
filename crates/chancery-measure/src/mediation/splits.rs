//! View 1: on whose side R stands where C and K vote differently.
//!
//! "Only where C does" predicts that R votes as K on such splits no more often than two voters with R's and K's margins
//! *on the splits* would by chance.

use crate::{Share, wilson};

/// R beside one of the two on the splits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side {
    /// How often R voted the same.
    pub share: Share,
    /// The share that the two margins on the splits give by chance; `None` without splits.
    pub chance: Option<f64>,
    /// Cohen's κ (nominal) on the splits; `None` where chance alone gives 1.
    pub kappa: Option<f64>,
}

/// The split test.
#[derive(Debug, Clone, PartialEq)]
pub struct Splits {
    /// Roll calls with C ≠ K, by index: the evidence.
    pub calls: Vec<usize>,
    /// Those where R voted as K, by index.
    pub with_k_calls: Vec<usize>,
    /// R as K.
    pub with_k: Side,
    /// R as C.
    pub with_c: Side,
    /// R as neither.
    pub neither: Share,
    /// Of those with K, abstentions of both: the weakest kind of likeness.
    pub joint_abstentions: u64,
}

impl Splits {
    /// From the triad's roll calls and the votes of R, K, C on them (0 yes, 1 abstain, 2 no).
    pub(super) fn of(calls: &[usize], levels: &[[u8; 3]]) -> Self {
        let split: Vec<(usize, [u8; 3])> =
            calls.iter().copied().zip(levels.iter().copied()).filter(|(_, [_, k, c])| k != c).collect();
        let n = split.len() as u64;
        let with_k_calls: Vec<usize> = split.iter().filter(|(_, [r, k, _])| r == k).map(|(call, _)| *call).collect();
        let with_k = side(split.iter().map(|(_, [r, k, _])| (*r, *k)));
        let with_c = side(split.iter().map(|(_, [r, _, c])| (*r, *c)));
        Self {
            neither: wilson(n - with_k.share.hits - with_c.share.hits, n),
            joint_abstentions: split.iter().filter(|(_, [r, k, _])| (*r, *k) == (1, 1)).count() as u64,
            calls: split.into_iter().map(|(call, _)| call).collect(),
            with_k_calls,
            with_k,
            with_c,
        }
    }
}

fn side(pairs: impl Iterator<Item = (u8, u8)>) -> Side {
    let (mut left, mut right, mut same, mut n) = ([0_u64; 3], [0_u64; 3], 0, 0);
    for (a, b) in pairs {
        left[usize::from(a)] += 1;
        right[usize::from(b)] += 1;
        same += u64::from(a == b);
        n += 1;
    }
    let joint: u64 = left.iter().zip(right).map(|(a, b)| a * b).sum();
    let chance = (n > 0).then(|| joint as f64 / (n * n) as f64);
    // Compared as whole numbers: chance of exactly one leaves κ without a denominator.
    let kappa = chance.filter(|_| joint < n * n).map(|e| (same as f64 / n as f64 - e) / (1.0 - e));
    Side { share: wilson(same, n), chance, kappa }
}
