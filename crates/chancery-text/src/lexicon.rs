//! Full-form knowledge at run time: Brown clusters and the readings a form can have.

use crate::buckets::Buckets;
use crate::hash;

/// What is known of a form.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Brown cluster path, 0 when unknown.
    pub(crate) cluster: u16,
    /// Index of the set of readings plus one, 0 when unknown.
    pub(crate) readings: u32,
    /// The set of readings.
    pub(crate) bits: u32,
}

/// The lexicon of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon {
    forms: Buckets,
    sets: &'static [u8],
    /// Whether unknown words are looked up by their last part (German compounds).
    compounds: bool,
}

/// The key of a form.
pub(crate) fn key(form: &str) -> u64 {
    hash::feature(1, [hash::bytes(form.as_bytes())])
}

impl Lexicon {
    /// Takes a lexicon from its sections.
    pub(crate) fn new(forms: &'static [u8], sets: &'static [u8], compounds: bool) -> Option<Self> {
        Some(Self { forms: Buckets::new(forms)?, sets, compounds })
    }

    /// Whether readings are those of [`de`].
    pub(crate) fn is_german(&self) -> bool {
        self.compounds
    }

    fn exact(&self, form: &str) -> Option<Entry> {
        let payload = self.forms.get(key(form))?;
        let readings = payload >> 16;
        let at = (readings as usize).wrapping_sub(1).wrapping_mul(4);
        let bits = self.sets.get(at..at.saturating_add(4)).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        Some(Entry { cluster: payload as u16, readings, bits })
    }

    /// What is known of a form: itself, in lower case, or its last part.
    pub(crate) fn lookup(&self, form: &str) -> Option<Entry> {
        if let Some(entry) = self.exact(form) {
            return Some(entry);
        }
        // Longer "words" are addresses or noise.
        if form.len() > 80 {
            return None;
        }
        if form.bytes().any(|b| b.is_ascii_digit()) {
            let masked: String = form.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            if let Some(entry) = self.exact(&masked) {
                return Some(entry);
            }
        }
        if form.chars().any(char::is_uppercase) {
            let lower = form.to_lowercase();
            if let Some(entry) = self.exact(&lower) {
                return Some(entry);
            }
            if form.chars().all(|c| !c.is_lowercase()) && form.len() > 4 {
                return self.exact(&capitalise(&lower));
            }
        }
        if let Some((_, last)) = form.rsplit_once('-')
            && last.len() > 2
        {
            return self.exact(last);
        }
        if self.compounds { self.last_part(form) } else { None }
    }

    /// The longest known last part of a compound, at least four characters long.
    fn last_part(&self, form: &str) -> Option<Entry> {
        let capital = form.chars().next().is_some_and(char::is_uppercase);
        let length = form.chars().count();
        for (n, (i, _)) in form.char_indices().enumerate().skip(3) {
            if length - n < 4 {
                break;
            }
            let part = if capital { capitalise(&form[i..]) } else { form[i..].to_owned() };
            if let Some(entry) = self.exact(&part).filter(|e| e.readings != 0) {
                return Some(entry);
            }
        }
        None
    }
}

/// The word with its first letter as a capital.
pub(crate) fn capitalise(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Bits of the readings of a German form. Training sets all of them; reading needs those of the mood.
#[cfg_attr(not(feature = "train"), allow(dead_code))]
pub(crate) mod de {
    /// Infinitive.
    pub(crate) const INF: u32 = 1;
    /// Past participle.
    pub(crate) const PART: u32 = 1 << 1;
    /// Infinitive with *zu* inside.
    pub(crate) const ZU: u32 = 1 << 2;
    /// Present indicative.
    pub(crate) const IND_PRES: u32 = 1 << 3;
    /// Past indicative.
    pub(crate) const IND_PAST: u32 = 1 << 4;
    /// Konjunktiv I.
    pub(crate) const SUB_PRES: u32 = 1 << 5;
    /// Konjunktiv II.
    pub(crate) const SUB_PAST: u32 = 1 << 6;
    /// Third person singular indicative.
    pub(crate) const IND_SG3: u32 = 1 << 7;
    /// First person singular indicative.
    pub(crate) const IND_SG1: u32 = 1 << 8;
    /// Plural (first or third person) indicative.
    pub(crate) const IND_PL: u32 = 1 << 9;
    /// Third person singular Konjunktiv.
    pub(crate) const SUB_SG3: u32 = 1 << 10;
    /// Plural Konjunktiv.
    pub(crate) const SUB_PL: u32 = 1 << 11;
    /// A noun form in nominative singular; the other cases and the plural follow.
    pub(crate) const NOUN: u32 = 1 << 12;
    /// Masculine noun; feminine and neuter follow.
    pub(crate) const MASC: u32 = 1 << 20;
    /// The form of a lower-case word that is no verb.
    pub(crate) const LOWER: u32 = 1 << 23;
    /// The base form of such a word.
    pub(crate) const LOWER_BASE: u32 = 1 << 24;
    /// A capitalised word outside the noun table.
    pub(crate) const NAME: u32 = 1 << 25;
    /// Second person.
    pub(crate) const SECOND: u32 = 1 << 26;
    /// Imperative.
    pub(crate) const IMP: u32 = 1 << 27;
    /// The closed classes, from this bit on: adverb, adposition, subordinating and coordinating conjunction.
    pub(crate) const CLOSED: u32 = 28;
    /// Their names, in the order of the bits.
    #[cfg(feature = "train")]
    pub(crate) const CLASSES: [&str; 4] = ["ADV", "ADP", "SCONJ", "CCONJ"];
    /// Any form of a verb.
    pub(crate) const VERB: u32 = INF | PART | ZU | IND_PRES | IND_PAST | SUB_PRES | SUB_PAST | SECOND | IMP;
}

/// Bits of the readings of an English form.
#[cfg(feature = "train")]
pub(crate) mod en {
    /// Base forms: noun, verb, adjective, adverb.
    pub(crate) const BASE: [(&str, u32); 4] = [("noun", 1), ("verb", 1 << 1), ("adj", 1 << 2), ("adv", 1 << 3)];
    /// Plural noun.
    pub(crate) const PLURAL: u32 = 1 << 4;
    /// Verb in -s.
    pub(crate) const VERB_S: u32 = 1 << 5;
    /// Verb in -ing.
    pub(crate) const VERB_ING: u32 = 1 << 6;
    /// Regular past or participle.
    pub(crate) const VERB_ED: u32 = 1 << 7;
    /// Irregular past or participle.
    pub(crate) const VERB_IRREGULAR: u32 = 1 << 8;
    /// Comparative or superlative.
    pub(crate) const DEGREE: u32 = 1 << 9;
}
