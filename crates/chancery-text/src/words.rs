//! What the classifiers see of a word: hashes of its form, affixes and shape, its cluster, what the lexicon knows.

use crate::hash;
use crate::lexicon::{Lexicon, de};

/// The atoms of one word. Zero always means "nothing there".
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// The form, digits masked.
    pub(crate) form: u32,
    /// The form in lower case.
    pub(crate) lower: u32,
    /// Suffixes of one to five characters.
    pub(crate) suffix: [u32; 5],
    /// Prefixes of one to four characters.
    pub(crate) prefix: [u32; 4],
    /// Capitals, digits, punctuation inside, length class.
    pub(crate) shape: u32,
    /// Brown cluster: paths of 4, 6 and 10 bits and the whole.
    pub(crate) cluster: [u32; 4],
    /// What the lexicon says: index of a set of readings, plus one.
    pub(crate) readings: u32,
    /// What the readings say of the mood.
    pub(crate) mood: MoodHint,
    /// The closed classes of a word in lower case that is no verb, as bits (see [`de::CLOSED`]); 0 for all others.
    pub(crate) closed: u8,
}

/// What German readings say of the mood of a finite form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum MoodHint {
    /// Nothing.
    #[default]
    Open,
    /// Konjunktiv only (*sei*, *könne*, *gäbe*).
    Konjunktiv,
    /// Never Konjunktiv (*ist*, *gab*).
    NoKonjunktiv,
    /// Konjunktiv but in the first person (*habe*, *liefere*).
    UnlessFirstPerson,
}

/// Reads the hint from the bits of a form.
fn mood_hint(bits: u32) -> MoodHint {
    let konjunktiv = bits & (de::SUB_PRES | de::SUB_PAST) != 0;
    let indicative = bits & (de::IND_PRES | de::IND_PAST) != 0;
    let others = bits & (de::IND_SG3 | de::IND_PL | de::IND_PAST | de::INF | de::PART | de::SECOND | de::LOWER) != 0;
    match (konjunktiv, indicative) {
        (true, false) if bits & (de::INF | de::PART) == 0 => MoodHint::Konjunktiv,
        (false, true) => MoodHint::NoKonjunktiv,
        (true, true) if bits & de::SUB_SG3 != 0 && !others => MoodHint::UnlessFirstPerson,
        _ => MoodHint::Open,
    }
}

/// The atoms of a word.
pub(crate) fn word(form: &str, lexicon: &Lexicon) -> Word {
    let masked: String = form.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let lower = masked.to_lowercase();
    let mut out = Word {
        form: hash::bytes(masked.as_bytes()),
        lower: hash::bytes(lower.as_bytes()),
        shape: shape(form),
        ..Word::default()
    };
    let mut starts = [0usize; 5];
    let mut count = 0;
    for (i, _) in lower.char_indices().rev().take(5) {
        starts[count] = i;
        count += 1;
    }
    for (suffix, &start) in out.suffix.iter_mut().zip(&starts[..count]) {
        *suffix = hash::bytes(&lower.as_bytes()[start..]);
    }
    for (n, (i, c)) in lower.char_indices().take(4).enumerate() {
        out.prefix[n] = hash::bytes(&lower.as_bytes()[..i + c.len_utf8()]);
    }
    if let Some(entry) = lexicon.lookup(form) {
        out.readings = entry.readings;
        if lexicon.is_german() {
            out.mood = mood_hint(entry.bits);
            let lower_case = form.chars().next().is_some_and(char::is_lowercase);
            out.closed = if lower_case && entry.bits & de::VERB == 0 { (entry.bits >> de::CLOSED) as u8 } else { 0 };
        }
        if entry.cluster != 0 {
            // The path is read from its low bits: spaCy stores it reversed, so that a mask gives a prefix.
            let path = u32::from(entry.cluster);
            out.cluster = [1 + (path & 0xF), 1 + (path & 0x3F), 1 + (path & 0x3FF), 1 + path];
        }
    }
    out
}

/// Class of the characters of a word.
fn shape(form: &str) -> u32 {
    let mut chars = form.chars();
    let first = chars.next().unwrap_or(' ');
    let mut flags = u32::from(first.is_uppercase()) | u32::from(!first.is_alphanumeric()) << 1;
    let (mut lower, mut upper, mut digit, mut hyphen, mut dot, mut length) =
        (false, false, first.is_ascii_digit(), false, false, 1u32);
    for c in chars {
        lower |= c.is_lowercase();
        upper |= c.is_uppercase();
        digit |= c.is_ascii_digit();
        hyphen |= c == '-';
        dot |= c == '.';
        length += 1;
    }
    for (bit, flag) in [lower, upper, digit, hyphen, dot].into_iter().enumerate() {
        flags |= u32::from(flag) << (bit + 2);
    }
    1 + (flags | length.min(6) << 7)
}
