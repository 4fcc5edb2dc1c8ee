//! Byte offsets to code point offsets.

/// A checkpoint every so many bytes: small enough to scan, large enough to cost little memory.
const STRIDE: usize = 64;

/// Converts byte offsets of one text to offsets in Unicode code points.
///
/// Spans inside this crate are bytes, as Rust slices want them; records for the outside count code points. Building is
/// one pass over the text; each lookup scans at most a few dozen bytes.
///
/// ```
/// use chancery_text::CodePoints;
/// let points = CodePoints::new("für uns");
/// assert_eq!(points.at(4), 3);
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// Indexes the text.
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            counts.push(count);
            count += block.iter().map(|&b| u32::from(starts_char(b))).sum::<u32>();
        }
        counts.push(count);
        Self { text, counts }
    }

    /// The number of code points that begin before this byte.
    ///
    /// A byte inside a character counts that character as begun; a byte beyond the end gives the length.
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / STRIDE;
        let rest = &self.text.as_bytes()[block * STRIDE..byte];
        self.counts[block] as usize + rest.iter().filter(|&&b| starts_char(b)).count()
    }

    /// The number of code points in the text.
    pub fn len(&self) -> usize {
        self.at(self.text.len())
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Whether a byte of UTF-8 begins a character.
const fn starts_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let text = "Straße für 東京 – déjà‑vu 🙂 ".repeat(20);
        let points = CodePoints::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte), n);
        }
        assert_eq!(points.len(), text.chars().count());
        assert_eq!(points.at(usize::MAX), text.chars().count());
        assert!(CodePoints::new("").is_empty());
    }
}
