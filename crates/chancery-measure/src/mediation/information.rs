//! View 2: how many bits R's votes tell of K's, and how many remain once C's vote is known.
//!
//! Plug-in estimates of mutual information are biased upwards, the more so the more strata there are. Each is corrected
//! by its mean under permutation: K's votes shuffled overall for I(R;K), within each vote of C for I(R;K|C). Information
//! has no sign: voting against K tells as much as voting with it.

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64;

use super::Cells;

/// Plug-in information in bits, from counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bits {
    /// I(R;K).
    pub rk: f64,
    /// I(R;K|C).
    pub rk_given_c: f64,
    /// I(R;C).
    pub rc: f64,
    /// I(R;C|K).
    pub rc_given_k: f64,
    /// I(K;C).
    pub kc: f64,
    /// I(K;C|R).
    pub kc_given_r: f64,
}

impl Bits {
    /// From the counts; `None` without roll calls. `surprise[n]` must hold n·log₂ n up to the total: see [`surprises`].
    pub(super) fn of(cells: &Cells, surprise: &[f64]) -> Option<Self> {
        let f = |n: u32| surprise[n as usize];
        let n = &cells.0;
        let (mut rk, mut rc, mut kc) = ([0_u32; 9], [0_u32; 9], [0_u32; 9]);
        let mut joint = 0.0;
        for i in 0..27 {
            joint += f(n[i]);
            rk[i / 3] += n[i];
            rc[i / 9 * 3 + i % 3] += n[i];
            kc[i % 9] += n[i];
        }
        let sum = |table: &[u32; 9]| table.iter().map(|&n| f(n)).sum::<f64>();
        let rows = |t: &[u32; 9]| f(t[0] + t[1] + t[2]) + f(t[3] + t[4] + t[5]) + f(t[6] + t[7] + t[8]);
        let columns = |t: &[u32; 9]| f(t[0] + t[3] + t[6]) + f(t[1] + t[4] + t[7]) + f(t[2] + t[5] + t[8]);
        let total: u32 = rk.iter().sum();
        if total == 0 {
            return None;
        }
        let (s_rk, s_rc, s_kc) = (sum(&rk), sum(&rc), sum(&kc));
        let (s_r, s_k, s_c) = (rows(&rk), columns(&rk), columns(&rc));
        let (all, scale) = (f(total), 1.0 / f64::from(total));
        Some(Self {
            rk: (s_rk - s_r - s_k + all) * scale,
            rk_given_c: (joint - s_rc - s_kc + s_c) * scale,
            rc: (s_rc - s_r - s_c + all) * scale,
            rc_given_k: (joint - s_rk - s_kc + s_k) * scale,
            kc: (s_kc - s_k - s_c + all) * scale,
            kc_given_r: (joint - s_rk - s_rc + s_r) * scale,
        })
    }
}

/// n·log₂ n for 0 … `most`, 0 at 0.
pub(super) fn surprises(most: usize) -> Vec<f64> {
    (0..=most).map(|n| if n == 0 { 0.0 } else { n as f64 * libm::log2(n as f64) }).collect()
}

/// Information and what C leaves of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Information {
    /// Plug-in estimates; `None` without roll calls.
    pub bits: Option<Bits>,
    /// I(R;K) less its mean under permutation of K.
    pub rk: f64,
    /// I(R;K|C) less its mean under permutation of K within the votes of C.
    pub rk_given_c: f64,
    /// 1 − I(R;K|C) / I(R;K), both corrected; `None` where R tells nothing of K (corrected information ≤ 0). Read it
    /// only where `p_rk` is small: a fraction of nearly nothing is noise.
    pub mediated: Option<f64>,
    /// p-value of I(R;K): (1 + permutations that reach it) / (1 + permutations).
    pub p_rk: f64,
    /// p-value of I(R;K|C), by the stratified permutation.
    pub p_rk_given_c: f64,
    /// Permutations behind each.
    pub permutations: usize,
}

impl Information {
    pub(super) fn of(levels: &[[u8; 3]], permutations: usize, seed: u64) -> Self {
        let surprise = surprises(levels.len());
        let bits = Bits::of(&Cells::count(levels), &surprise);
        let mut random = Pcg64::seed_from_u64(seed);
        // One stratum for the marginal question.
        let pooled: Vec<[u8; 3]> = levels.iter().map(|&[r, k, _]| [r, k, 0]).collect();
        let plain = permute(&pooled, &surprise, permutations, &mut random);
        let strata = permute(levels, &surprise, permutations, &mut random);
        let rk = plain.observed - plain.mean;
        let rk_given_c = strata.observed - strata.mean;
        Self {
            bits,
            rk,
            rk_given_c,
            mediated: (rk > 0.0).then(|| 1.0 - rk_given_c / rk),
            p_rk: plain.p,
            p_rk_given_c: strata.p,
            permutations,
        }
    }
}

/// I(R;K|C) and its distribution when K is shuffled within the votes of C.
pub(super) struct Permuted {
    pub(super) observed: f64,
    pub(super) mean: f64,
    pub(super) p: f64,
}

pub(super) fn permute(levels: &[[u8; 3]], surprise: &[f64], times: usize, random: &mut Pcg64) -> Permuted {
    let given = |levels: &Cells| Bits::of(levels, surprise).map_or(0.0, |b| b.rk_given_c);
    let observed = given(&Cells::count(levels));
    let strata: Vec<(Vec<u8>, Vec<u8>)> =
        (0..3).map(|c| levels.iter().filter(|l| l[2] == c).map(|l| (l[0], l[1])).unzip()).collect();
    let mut shuffled: Vec<Vec<u8>> = strata.iter().map(|(_, k)| k.clone()).collect();
    let (mut sum, mut reached) = (0.0, 0);
    for _ in 0..times {
        let mut cells = Cells([0; 27]);
        for (c, ((r, _), k)) in strata.iter().zip(&mut shuffled).enumerate() {
            k.shuffle(random);
            for (r, k) in r.iter().zip(k.iter()) {
                cells.0[usize::from(*r) * 9 + usize::from(*k) * 3 + c] += 1;
            }
        }
        let value = given(&cells);
        sum += value;
        // Sums of the same counts in another order may differ in the last digits: that is a tie.
        reached += usize::from(value >= observed - 1e-12);
    }
    Permuted { observed, mean: sum / times as f64, p: (1 + reached) as f64 / (1 + times) as f64 }
}
