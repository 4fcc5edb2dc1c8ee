//! Part-of-speech tagging, left to right.

use crate::morph::Upos;
use crate::weights::{Scorer, argmax};
use crate::words::{MoodHint, Word};

/// Stands beyond both ends of a sentence.
pub(crate) const EDGE: Word = Word {
    form: 1,
    lower: 1,
    suffix: [1; 5],
    prefix: [1; 4],
    shape: 0,
    cluster: [0; 4],
    readings: 0,
    mood: MoodHint::Open,
    closed: 0,
};

/// Pushes features numbered by their place in the list.
macro_rules! features {
    ($out:ident, $base:expr; $([$($atom:expr),+ $(,)?]),+ $(,)?) => {{
        let mut template: u32 = $base;
        let mut next = || {
            template += 1;
            template - 1
        };
        // One array, copied once: pushing one by one would ask for room each time.
        $out.extend_from_slice(&[$(crate::hash::feature(next(), [$($atom),+])),+]);
    }};
}
pub(crate) use features;

/// The word at an offset from `i`.
#[inline]
pub(crate) fn at(words: &[Word], i: usize, offset: isize) -> &Word {
    i.checked_add_signed(offset).and_then(|j| words.get(j)).unwrap_or(&EDGE)
}

/// A code at an offset from `i`; 63 beyond the ends.
#[inline]
pub(crate) fn code(codes: &[u8], i: usize, offset: isize) -> u32 {
    i.checked_add_signed(offset).and_then(|j| codes.get(j)).map_or(63, |&c| u32::from(c))
}

/// The features of word `i`, with the tags of the words before it.
pub(crate) fn extract(words: &[Word], tags: &[u8], i: usize, out: &mut Vec<u64>) {
    out.clear();
    let (p2, p1, w, n1, n2) = (at(words, i, -2), at(words, i, -1), &words[i], at(words, i, 1), at(words, i, 2));
    let (t1, t2) = (code(tags, i, -1), code(tags, i, -2));
    let first = u32::from(i == 0);
    features!(out, 100;
        [w.form], [w.lower], [w.suffix[0]], [w.suffix[1]], [w.suffix[2]], [w.suffix[3]], [w.suffix[4]],
        [w.prefix[0]], [w.prefix[1]], [w.prefix[2]], [w.prefix[3]],
        [w.shape, first], [w.shape, w.suffix[1]], [w.shape, w.suffix[2], first],
        [w.cluster[0]], [w.cluster[1]], [w.cluster[2]], [w.cluster[3]],
        [w.readings], [w.readings, w.shape], [w.readings, w.suffix[1]], [w.readings, t1], [w.readings, n1.readings],
        [w.cluster[3], t1], [w.cluster[2], n1.cluster[2]], [p1.cluster[2], w.cluster[2]],
        [p1.cluster[1], n1.cluster[1]], [p1.cluster[1], w.cluster[2], n1.cluster[1]],
        [p1.lower], [p2.lower], [n1.lower], [n2.lower],
        [p1.cluster[3]], [n1.cluster[3]], [n2.cluster[2]], [p2.cluster[2]],
        [n1.readings, t1], [n1.suffix[1]], [n1.suffix[2]], [n1.shape], [p1.shape, w.shape],
        [p1.suffix[2]], [n1.suffix[2], w.suffix[2]],
        [t1], [t2], [t1, t2], [t1, w.lower], [t1, t2, w.lower], [t1, w.suffix[2]], [t1, t2, w.suffix[1]], [t1, w.shape],
        [t1, n1.lower], [t1, n1.cluster[2]], [p1.lower, w.lower], [w.lower, n1.lower], [p1.lower, n1.lower],
        [w.lower, n1.cluster[1]], [t1, w.cluster[1], n1.cluster[1]],
    );
}

/// Whether a word of these closed classes can have a tag. Adverbs of quantity stand for nouns too ("mehr", "genug"), and
/// particles are listed with the adverbs.
fn is_open_to(closed: u8, tag: Upos) -> bool {
    match tag {
        Upos::Adv => closed & 1 != 0,
        Upos::Adp => closed & 2 != 0,
        Upos::Sconj => closed & 4 != 0,
        Upos::Cconj => closed & 8 != 0,
        Upos::Part => true,
        Upos::Det | Upos::Pron => closed & 1 != 0,
        _ => false,
    }
}

/// Tags a sentence; `tags` holds codes of [`Upos`].
pub(crate) fn tag(words: &[Word], scorer: &impl Scorer, classes: usize, tags: &mut Vec<u8>) {
    tags.clear();
    let mut buffer = Vec::with_capacity(64);
    let mut scores = vec![0i32; classes];
    for i in 0..words.len() {
        extract(words, tags, i, &mut buffer);
        scores.fill(0);
        scorer.score(&buffer, &mut scores);
        if words[i].closed != 0 {
            let shut = Upos::ALL.iter().filter(|tag| !is_open_to(words[i].closed, **tag));
            shut.for_each(|&tag| scores[tag as usize] = i32::MIN);
        }
        tags.push(argmax(&scores) as u8);
    }
}
