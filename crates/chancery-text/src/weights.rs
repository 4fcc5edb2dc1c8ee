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
}

impl Scorer for Table {
    #[inline]
    fn score(&self, features: &[u64], scores: &mut [i32]) {
        for &feature in features {
            let Some(payload) = self.index.get(feature) else { continue };
            let (offset, len) = ((payload >> 8) as usize * 2, (payload & 0xFF) as usize * 2);
            let Some(row) = self.pool.get(offset..offset + len) else { continue };
            for pair in row.chunks_exact(2) {
                if let Some(score) = scores.get_mut(pair[0] as usize) {
                    *score += i32::from(pair[1] as i8);
                }
            }
        }
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
    #[inline]
    fn score(&self, features: &[u64], scores: &mut [i32]) {
        let mut sums = [0i32; 4];
        for &feature in features {
            if let Some(payload) = self.index.get(feature) {
                for (sum, weight) in sums.iter_mut().zip(payload.to_le_bytes()) {
                    *sum += i32::from(weight as i8);
                }
            }
        }
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
