//! Feature hashing. The functions are part of the model format: weights are addressed by their values.

/// An odd multiplier with well mixed bits (from the golden ratio).
const K: u64 = 0x9E37_79B9_7F4A_7C15;

/// Hashes bytes, such as a word form or a suffix.
pub(crate) fn bytes(text: &[u8]) -> u32 {
    let mut h = K ^ text.len() as u64;
    let mut chunks = text.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk.iter().rev().fold(0u64, |w, &b| (w << 8) | u64::from(b));
        h = step(h, word);
    }
    let word = chunks.remainder().iter().rev().fold(0u64, |w, &b| (w << 8) | u64::from(b));
    h = step(h, word);
    // Zero is kept for "no word".
    ((h >> 32) as u32).max(1)
}

/// Folds one more value into a hash.
#[inline]
pub(crate) fn step(h: u64, value: u64) -> u64 {
    let x = (h ^ value).wrapping_mul(K);
    x ^ (x >> 29)
}

/// The hash of a feature: its template and up to a few atoms.
#[inline]
pub(crate) fn feature<const N: usize>(template: u32, atoms: [u32; N]) -> u64 {
    let mut h = u64::from(template).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    for atom in atoms {
        h = step(h, u64::from(atom));
    }
    h ^ (h >> 32)
}

/// Folds small values into one atom.
#[inline]
pub(crate) fn atom(a: u32, b: u32) -> u32 {
    (step(u64::from(a), u64::from(b) | 1 << 40) >> 31) as u32
}
