//! Linear classifiers: quantised weights at run time.

use crate::buckets::Buckets;

/// Adds up the weights of features, one sum per class.
pub(crate) trait Scorer {
    /// Adds the rows of all features to `scores`, whose length is the number of classes.
    fn score(&self, features: &[u64], scores: &mut [i32]);
}

/// Weights in a model: hashed feature → sparse row of (class, weight).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    index: Buckets,
    pool: &'static [u8],
}

impl Table {
    /// Takes a table from its two sections.
    pub(crate) fn new(index: &'static [u8], pool: &'static [u8]) -> Option<Self> {
        Some(Self { index: Buckets::new(index)?, pool })
    }

    /// The pairs of class and weight of a row.
    #[inline]
    fn row(&self, payload: u32) -> &'static [u8] {
        let (offset, len) = ((payload >> 8) as usize * 2, (payload & 0xFF) as usize * 2);
        self.pool.get(offset..offset + len).unwrap_or_default()
    }

    /// The first pairs of a row; behind them, or instead of them, whatever lies there.
    #[inline]
    fn head(&self, payload: u32) -> u64 {
        let offset = (payload >> 8) as usize * 2;
        if let Some(head) = self.pool.get(offset..).and_then(|rest| rest.first_chunk()) {
            return u64::from_le_bytes(*head);
        }
        self.row(payload).iter().take(2 * HEAD).rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
    }
}

/// Rows that are read at once.
const BATCH: usize = 64;
/// Pairs of class and weight of a row that are read at once.
const HEAD: usize = 4;

impl Scorer for Table {
    #[inline(never)]
    fn score(&self, features: &[u64], scores: &mut [i32]) {
        let (mut payloads, mut heads) = ([0; BATCH], [0; BATCH]);
        for features in features.chunks(BATCH) {
            let mut count = 0;
            self.index.each(features, |payload| {
                payloads[count] = payload;
                count += 1;
            });
            let payloads = &payloads[..count];
            // The heads of all rows are asked for before any is used: the memory answers them together.
            for (head, &payload) in heads.iter_mut().zip(payloads) {
                *head = self.head(payload);
            }
            for (head, &payload) in heads.iter().zip(payloads) {
                let len = (payload & 0xFF) as usize;
                for pair in head.to_le_bytes().chunks_exact(2).take(len) {
                    add(scores, pair);
                }
                if len > HEAD {
                    self.row(payload)
                        .get(2 * HEAD..)
                        .unwrap_or_default()
                        .chunks_exact(2)
                        .for_each(|pair| add(scores, pair));
                }
            }
        }
    }
}

/// Adds the weight of a class to its score.
#[inline]
fn add(scores: &mut [i32], pair: &[u8]) {
    if let Some(score) = scores.get_mut(usize::from(pair[0])) {
        *score += i32::from(pair[1] as i8);
    }
}

/// Weights of a classifier with at most four classes: the row is the payload itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Narrow {
    index: Buckets,
}

impl Narrow {
    /// Takes a table from its section.
    pub(crate) fn new(index: &'static [u8]) -> Option<Self> {
        Some(Self { index: Buckets::new(index)? })
    }
}

impl Scorer for Narrow {
    #[inline(never)]
    fn score(&self, features: &[u64], scores: &mut [i32]) {
        let mut sums = [0i32; 4];
        self.index.each(features, |payload| {
            for (sum, weight) in sums.iter_mut().zip(payload.to_le_bytes()) {
                *sum += i32::from(weight as i8);
            }
        });
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += sum;
        }
    }
}

/// The best class; the first of equals.
#[inline]
pub(crate) fn argmax(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}
