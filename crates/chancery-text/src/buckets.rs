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
    bytes: &'static [u8],
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
        let count = u32::try_from(bytes.len() / BUCKET).ok()?;
        bytes.len().is_multiple_of(BUCKET).then_some(Self { bytes, count })
    }

    /// The payload of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        if self.count == 0 {
            return None;
        }
        let (mut index, print) = place(key, self.count);
        for _ in 0..PROBES {
            let at = index as usize * BUCKET;
            let bucket: &[u8; BUCKET] = self.bytes.get(at..at + BUCKET)?.try_into().ok()?;
            for way in 0..WAYS {
                if u16::from_le_bytes([bucket[way * 2], bucket[way * 2 + 1]]) == print {
                    let p = WAYS * 2 + way * 4;
                    return Some(u32::from_le_bytes([bucket[p], bucket[p + 1], bucket[p + 2], bucket[p + 3]]));
                }
            }
            if bucket[WAYS * 2 - 2] == 0 && bucket[WAYS * 2 - 1] == 0 {
                return None;
            }
            index = if index + 1 == self.count { 0 } else { index + 1 };
        }
        None
    }
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
