//! Near duplicates: texts that share at least four fifths of their five-word runs are one origin.
//!
//! MinHash with banding finds the few candidates, their texts decide: an estimate near the threshold is never the verdict.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Id, near_duplicate_threshold};

/// Words in a shingle.
const WORDS: usize = 5;
/// Hash functions of a signature, in [`BANDS`] bands of [`ROWS`].
const HASHES: usize = BANDS * ROWS;
const BANDS: usize = 16;
const ROWS: usize = 4;
/// Candidates below this estimate are not looked at: 0.8 less three standard errors of 64 hashes.
const WORTH_A_LOOK: f64 = 0.65;

/// The shingles of a text as sorted hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// Runs of five words, letter case and punctuation aside. A shorter text is one run.
    pub fn of(text: &str) -> Self {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(|w| w.chars().flat_map(char::to_lowercase).fold(OFFSET, |h, c| mix(h ^ u64::from(u32::from(c)))))
            .collect();
        let run = |words: &[u64]| words.iter().fold(OFFSET, |h, w| mix(h.rotate_left(7) ^ w));
        let mut hashes: Vec<u64> = if words.len() < WORDS {
            if words.is_empty() { Vec::new() } else { vec![run(&words)] }
        } else {
            words.windows(WORDS).map(run).collect()
        };
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// How much two texts share: runs in both through runs in either.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let (a, b) = (&self.0, &other.0);
        if a.is_empty() || b.is_empty() {
            return 0.0;
        }
        let (mut i, mut j, mut both) = (0, 0, 0usize);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    both += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        both as f64 / (a.len() + b.len() - both) as f64
    }

    /// The signature: per hash function the least value over all shingles. Empty for a text without words.
    pub fn minhash(&self) -> Vec<u64> {
        if self.0.is_empty() {
            return Vec::new();
        }
        (0..HASHES as u64)
            .map(|n| {
                let seed = mix(n.wrapping_mul(STEP));
                self.0.iter().map(|s| mix(s ^ seed)).min().unwrap_or_default()
            })
            .collect()
    }

    /// How many shingles: what holding them costs.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the text had no words.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of SplitMix64: fixed, so that signatures in a ledger stay comparable.
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A document that a new one repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Repeats {
    /// The earlier document.
    pub of: Id,
    /// Its share of common runs: 1 for the same words.
    pub similarity: f64,
}

/// What has been seen, to tell new from repeated.
#[derive(Debug, Default)]
pub struct Index {
    held: BTreeSet<Id>,
    texts: BTreeMap<String, Id>,
    signatures: Vec<(Id, Vec<u64>)>,
    bands: BTreeMap<(u8, u64), Vec<u32>>,
}

impl Index {
    /// Remembers a document. Its first appearance stands for the text.
    pub fn add(&mut self, id: &Id, text_sha256: &str, minhash: Vec<u64>) {
        if !self.held.insert(id.clone()) {
            return;
        }
        self.texts.entry(text_sha256.to_owned()).or_insert_with(|| id.clone());
        if minhash.len() != HASHES {
            return;
        }
        let place = self.signatures.len() as u32;
        for key in keys(&minhash) {
            self.bands.entry(key).or_default().push(place);
        }
        self.signatures.push((id.clone(), minhash));
    }

    /// Whether this document is known.
    pub fn holds(&self, id: &Id) -> bool {
        self.held.contains(id)
    }

    /// The document that a text repeats: the same words, or the most similar one from the threshold on. `shingles_of`
    /// gives the words of an earlier document, `None` if they are gone.
    pub fn repeated<E>(
        &self,
        id: &Id,
        text_sha256: &str,
        shingles: &Shingles,
        minhash: &[u64],
        mut shingles_of: impl FnMut(&Id) -> Result<Option<Shingles>, E>,
    ) -> Result<Option<Repeats>, E> {
        if let Some(of) = self.texts.get(text_sha256).filter(|of| *of != id) {
            return Ok(Some(Repeats { of: of.clone(), similarity: 1.0 }));
        }
        if minhash.len() != HASHES {
            return Ok(None);
        }
        let candidates: BTreeSet<u32> =
            keys(minhash).filter_map(|key| self.bands.get(&key)).flatten().copied().collect();
        let mut best: Option<Repeats> = None;
        for place in candidates {
            let (of, other) = &self.signatures[place as usize];
            let equal = minhash.iter().zip(other).filter(|(a, b)| a == b).count();
            if of == id || (equal as f64) < WORTH_A_LOOK * HASHES as f64 {
                continue;
            }
            let Some(theirs) = shingles_of(of)? else { continue };
            let similarity = shingles.jaccard(&theirs);
            // The earlier document wins a tie, so that a chain of reprints points at its beginning.
            if similarity >= near_duplicate_threshold() && best.as_ref().is_none_or(|b| similarity > b.similarity) {
                best = Some(Repeats { of: of.clone(), similarity });
            }
        }
        Ok(best)
    }
}

fn keys(minhash: &[u64]) -> impl Iterator<Item = (u8, u64)> + '_ {
    minhash.chunks(ROWS).zip(0u8..).map(|(rows, band)| (band, rows.iter().fold(OFFSET, |h, r| mix(h ^ r))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::Document;

    const TEXT: &str = "Nordkorea hat nach Angaben Seouls erneut Munition nach Russland verschifft. Die Ladung verließ den \
        Hafen Rason in der Nacht zum Dienstag und erreichte zwei Tage darauf Dunai. Moskau bestritt die Lieferung und sprach \
        von einer Erfindung der Gegner. Das Außenministerium in Seoul bestellte den russischen Botschafter ein und verlangte \
        Auskunft über den Inhalt der Container, die auf Satellitenbildern zu erkennen waren.";

    fn id(text: &str) -> Id {
        Document::id_of("test", text).unwrap()
    }

    fn find(index: &Index, text: &str, earlier: &str) -> Option<Repeats> {
        let shingles = Shingles::of(text);
        let found: Result<_, ()> =
            index.repeated(&id(text), text, &shingles, &shingles.minhash(), |_| Ok(Some(Shingles::of(earlier))));
        found.unwrap()
    }

    fn index_of(text: &str) -> Index {
        let mut index = Index::default();
        index.add(&id(text), text, Shingles::of(text).minhash());
        index
    }

    #[test]
    fn a_reprint_is_found_and_another_story_is_not() {
        let index = index_of(TEXT);
        let reprint = format!("{TEXT} (dpa)");
        let found = find(&index, &reprint, TEXT).unwrap();
        assert_eq!(found.of, id(TEXT));
        assert!(found.similarity > 0.95, "{found:?}");
        let other = TEXT.replace("Munition", "Getreide").replace("Moskau", "Peking").replace("Seoul", "Tokio");
        assert!(Shingles::of(&other).jaccard(&Shingles::of(TEXT)) < 0.8);
        assert_eq!(find(&index, &other, TEXT), None);
    }

    #[test]
    fn letter_case_and_punctuation_do_not_count() {
        let loud = TEXT.to_uppercase().replace('.', " –");
        // ß becomes SS in capitals: the words with it differ, nothing else does.
        assert!(Shingles::of(&loud).jaccard(&Shingles::of(TEXT)) > 0.7);
        assert_eq!(Shingles::of("Ein, zwei. DREI"), Shingles::of("ein zwei drei"));
    }

    #[test]
    fn the_threshold_is_decided_by_the_words() {
        let words: Vec<String> = (0..200).map(|n| format!("w{n}")).collect();
        let text = words.join(" ");
        let index = index_of(&text);
        // 200 words have 196 shingles; cut to 170 words: 166 shared of 196, 0.85; cut to 155: 151 of 196, 0.77.
        assert!(find(&index, &words[..170].join(" "), &text).is_some());
        assert!(find(&index, &words[..155].join(" "), &text).is_none());
    }

    #[test]
    fn short_and_empty_texts() {
        assert!(Shingles::of("…").is_empty());
        assert_eq!(Shingles::of("").minhash(), Vec::<u64>::new());
        let index = index_of("Kim reist nach Wladiwostok");
        assert!(find(&index, "Kim reist nach Wladiwostok!", "Kim reist nach Wladiwostok").is_some());
        assert!(find(&index, "Kim reist nach Peking", "Kim reist nach Wladiwostok").is_none());
    }

    #[test]
    fn the_estimate_is_near_the_truth() {
        let words: Vec<String> = (0..400).map(|n| format!("w{n}")).collect();
        let (a, b) = (Shingles::of(&words.join(" ")), Shingles::of(&words[40..].join(" ")));
        let equal = a.minhash().iter().zip(b.minhash()).filter(|(x, y)| **x == *y).count();
        let estimate = equal as f64 / HASHES as f64;
        assert!((estimate - a.jaccard(&b)).abs() < 0.15, "{estimate} {}", a.jaccard(&b));
    }
}
