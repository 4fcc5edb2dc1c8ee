//! A read-only hash table used in place from bytes.
//!
//! A bucket is one cache line: ten 16-bit fingerprints, then ten 32-bit payloads. A key whose bucket is full lives in one
//! of the next. Nothing is decoded at loading and nothing is aligned by force: values are read with `from_le_bytes`.

/// Bytes of a bucket.
pub(crate) const BUCKET: usize = 64;
/// Entries of a bucket.
const WAYS: usize = 10;
/// A key is looked for in so many buckets; the builder guarantees that it is there.
const PROBES: usize = 8;

/// The table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buckets {
    buckets: &'static [[u8; BUCKET]],
    count: u32,
}

/// Bucket index and fingerprint of a key.
#[inline]
fn place(key: u64, count: u32) -> (u32, u16) {
    let index = ((key & 0xFFFF_FFFF) * u64::from(count)) >> 32;
    (index as u32, ((key >> 32) as u16).max(1))
}

impl Buckets {
    /// Takes a table from its bytes; `None` when they are not whole buckets.
    pub(crate) fn new(bytes: &'static [u8]) -> Option<Self> {
        let (buckets, rest) = bytes.as_chunks::<BUCKET>();
        let count = u32::try_from(buckets.len()).ok()?;
        rest.is_empty().then_some(Self { buckets, count })
    }

    /// The payload of a key.
    #[allow(clippy::inline_always)] // As a call for each lookup it took a fifth of all time.
    #[inline(always)]
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        let (index, print) = place(key, self.count);
        let (payload, found, full) = search(self.buckets.get(index as usize)?, print);
        if found {
            return Some(payload);
        }
        if full { self.get_beyond(index, print) } else { None }
    }

    /// Calls `take` with the payload of every key that is there.
    ///
    /// Touches all buckets first: the memory brings them at the same time, while whether a key is there is as good as
    /// random, and a processor that guesses wrong throws away what it has asked for in advance.
    #[inline]
    pub(crate) fn each(&self, keys: &[u64], mut take: impl FnMut(u32)) {
        let touch =
            |&key: &u64| self.buckets.get(place(key, self.count).0 as usize).map_or(0, |bucket| u32::from(bucket[0]));
        std::hint::black_box(keys.iter().map(touch).sum::<u32>());
        for &key in keys {
            if let Some(payload) = self.get(key) {
                take(payload);
            }
        }
    }

    /// Looks in the buckets behind a full one.
    #[inline(never)]
    fn get_beyond(&self, mut index: u32, print: u16) -> Option<u32> {
        for _ in 1..PROBES {
            index = if index + 1 == self.count { 0 } else { index + 1 };
            let (payload, found, full) = search(self.buckets.get(index as usize)?, print);
            if found {
                return Some(payload);
            }
            if !full {
                return None;
            }
        }
        None
    }
}

/// The payload of a fingerprint in a bucket or 0, whether it is there, whether the bucket is full.
///
/// All ways are compared, without a jump; compilers make a few wide instructions of it. No two ways of a bucket have the
/// same fingerprint.
#[inline]
fn search(bucket: &[u8; BUCKET], print: u16) -> (u32, bool, bool) {
    let (mut payload, mut found) = (0, 0);
    for way in 0..WAYS {
        let p = WAYS * 2 + way * 4;
        let value = u32::from_le_bytes([bucket[p], bucket[p + 1], bucket[p + 2], bucket[p + 3]]);
        let equal = u32::from(u16::from_le_bytes([bucket[way * 2], bucket[way * 2 + 1]]) == print).wrapping_neg();
        payload |= value & equal;
        found |= equal;
    }
    let last = u16::from_le_bytes([bucket[WAYS * 2 - 2], bucket[WAYS * 2 - 1]]);
    (payload, found != 0, last != 0)
}

/// Builds the bytes of a table. Later duplicates of a key are dropped.
#[cfg(any(test, feature = "train"))]
pub(crate) fn build(entries: &[(u64, u32)]) -> Vec<u8> {
    let mut fill = 0.80;
    loop {
        if let Some(bytes) = try_build(entries, fill) {
            return bytes;
        }
        fill *= 0.93;
    }
}

#[cfg(any(test, feature = "train"))]
fn try_build(entries: &[(u64, u32)], fill: f64) -> Option<Vec<u8>> {
    let count = ((entries.len() as f64 / (WAYS as f64 * fill)).ceil() as usize).max(1);
    let mut used = vec![0usize; count];
    let mut bytes = vec![0u8; count * BUCKET];
    'entries: for &(key, payload) in entries {
        let (mut index, print) = place(key, count as u32);
        for _ in 0..PROBES {
            let i = index as usize;
            let bucket = &mut bytes[i * BUCKET..(i + 1) * BUCKET];
            if (0..used[i]).any(|w| bucket[w * 2..w * 2 + 2] == print.to_le_bytes()) {
                continue 'entries;
            }
            if used[i] < WAYS {
                let (way, p) = (used[i] * 2, WAYS * 2 + used[i] * 4);
                bucket[way..way + 2].copy_from_slice(&print.to_le_bytes());
                bucket[p..p + 4].copy_from_slice(&payload.to_le_bytes());
                used[i] += 1;
                continue 'entries;
            }
            index = if index as usize + 1 == count { 0 } else { index + 1 };
        }
        return None;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_put_in() {
        let entries: Vec<(u64, u32)> = (0..20_000u32).map(|i| (crate::hash::feature(7, [i, i * 3]), i)).collect();
        let table = Buckets::new(Vec::leak(build(&entries))).expect("whole buckets");
        let wrong = entries.iter().filter(|(key, value)| table.get(*key) != Some(*value)).count();
        // Sixteen bits of fingerprint: a few collisions in twenty thousand are expected.
        assert!(wrong < 20, "{wrong}");
        assert_eq!(Buckets::new(&[]).and_then(|t| t.get(5)), None);
    }
}
