//! Morphological features: of the bundles a part of speech was seen with, the one whose values score best together.

use crate::hash::atom;
use crate::morph::{Feats, Mood, Upos};
use crate::tagger::{at, code, features};
use crate::weights::Scorer;
use crate::words::{MoodHint, Word};

/// Bundles by part of speech.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bundles {
    /// For each part of speech: the bundles and their value classes.
    pub(crate) of: Vec<Vec<(Feats, Vec<u8>)>>,
}

impl Bundles {
    /// Reads lines of `UPOS<tab>FEATS`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut of = vec![Vec::new(); Upos::ALL.len()];
        for line in text.lines() {
            let (upos, feats) = line.split_once('\t')?;
            let feats = Feats::parse(feats);
            of[Upos::parse(upos)? as usize].push((feats, feats.value_classes()));
        }
        // Every part of speech has at least the empty bundle.
        for bundles in &mut of {
            if bundles.is_empty() {
                bundles.push((Feats::default(), Vec::new()));
            }
        }
        Some(Self { of })
    }

    /// The bundle with the best sum of its values. With `konjunktiv`, the mood is known to be that, or not to be.
    pub(crate) fn best(&self, upos: u8, scores: &[i32], konjunktiv: Option<bool>) -> usize {
        let mut best = (i32::MIN, 0);
        for (n, (feats, classes)) in self.of[usize::from(upos)].iter().enumerate() {
            if konjunktiv.is_some_and(|wanted| wanted != (feats.mood == Some(Mood::Sub))) {
                continue;
            }
            let sum = classes.iter().map(|&c| scores[usize::from(c)]).sum::<i32>();
            if sum > best.0 {
                best = (sum, n);
            }
        }
        best.1
    }
}

/// Case, number and gender in one atom.
pub(crate) fn agreement(f: &Feats) -> u32 {
    let c = f.case.map_or(0, |v| v as u32 + 1);
    let n = f.number.map_or(0, |v| v as u32 + 1);
    let g = f.gender.map_or(0, |v| v as u32 + 1);
    1 + c + 8 * n + 64 * g
}

/// Verb form, mood, tense and person in one atom.
pub(crate) fn verbal(f: &Feats) -> u32 {
    let form = f.verb_form.map_or(0, |v| v as u32 + 1);
    let mood = f.mood.map_or(0, |v| v as u32 + 1);
    let tense = f.tense.map_or(0, |v| v as u32 + 1);
    let person = f.person.map_or(0, |v| v as u32 + 1);
    1 + form + 8 * mood + 64 * tense + 512 * person
}

/// What the features of a sentence share.
pub(crate) struct Context {
    /// The last preposition within five words, by position.
    preposition: Vec<u32>,
    /// The next noun within five words.
    noun: Vec<Option<usize>>,
    /// The last subordinating conjunction, relative or question word in the sentence.
    opener: Vec<u32>,
    /// The nearest pronoun.
    pronoun: Vec<u32>,
}

impl Context {
    pub(crate) fn new(words: &[Word], tags: &[u8]) -> Self {
        let n = words.len();
        let is = |i: usize, upos: Upos| tags[i] == upos as u8;
        let mut out = Self { preposition: vec![0; n], noun: vec![None; n], opener: vec![0; n], pronoun: vec![0; n] };
        let (mut preposition, mut opener) = ((0, 0), 0);
        for (i, word) in words.iter().enumerate() {
            out.preposition[i] = if i < preposition.0 + 5 { preposition.1 } else { 0 };
            out.opener[i] = opener;
            if is(i, Upos::Adp) {
                preposition = (i, word.lower);
            } else if is(i, Upos::Verb) || is(i, Upos::Aux) || is(i, Upos::Punct) {
                preposition.1 = 0;
            }
            if is(i, Upos::Sconj) {
                opener = word.lower;
            }
        }
        let mut noun = None;
        for i in (0..n).rev() {
            out.noun[i] = noun.filter(|&j| j <= i + 5);
            if is(i, Upos::Noun) || is(i, Upos::Propn) {
                noun = Some(i);
            } else if is(i, Upos::Verb) || is(i, Upos::Punct) || is(i, Upos::Adp) {
                noun = None;
            }
        }
        for i in 0..n {
            let near = [1isize, -1, 2, -2, 3];
            out.pronoun[i] = near
                .into_iter()
                .find_map(|d| i.checked_add_signed(d).filter(|&j| j < n && is(j, Upos::Pron)))
                .map_or(0, |j| words[j].lower);
        }
        out
    }
}

/// The features of word `i`.
pub(crate) fn extract(words: &[Word], tags: &[u8], feats: &[Feats], context: &Context, i: usize, out: &mut Vec<u64>) {
    out.clear();
    let (p1, w, n1, n2) = (at(words, i, -1), &words[i], at(words, i, 1), at(words, i, 2));
    let t = u32::from(tags[i]);
    let (t1, t2, u1, u2) = (code(tags, i, -1), code(tags, i, -2), code(tags, i, 1), code(tags, i, 2));
    let before = |k: usize| i.checked_sub(k).map_or((0, 0), |j| (agreement(&feats[j]), verbal(&feats[j])));
    let ((a1, v1), (a2, _)) = (before(1), before(2));
    let noun = context.noun[i].map_or(0, |j| atom(words[j].readings, (j - i) as u32));
    let noun_suffix = context.noun[i].map_or(0, |j| words[j].suffix[2]);
    let noun_form = context.noun[i].map_or(0, |j| words[j].lower);
    let (prep, opener, pron) = (context.preposition[i], context.opener[i], context.pronoun[i]);
    features!(out, 200;
        [t], [t, w.form], [t, w.lower], [t, w.suffix[0]], [t, w.suffix[1]], [t, w.suffix[2]], [t, w.suffix[3]], [t, w.suffix[4]],
        [t, w.prefix[1]], [t, w.shape], [t, w.readings], [t, w.cluster[1]], [t, w.cluster[3]],
        [t, t1, t2], [t, t1, u1], [t, u1, u2], [t, p1.lower], [t, n1.lower], [t, t1, n1.suffix[1]],
        [t, a1], [t, a1, t1, w.readings], [t, a1, t1, w.suffix[1]], [t, a2, t2, a1], [t, p1.lower, w.readings],
        [t, p1.lower, w.suffix[1]], [t, v1, t1], [t, a1, t1, w.lower],
        [t, prep], [t, prep, w.readings], [t, prep, w.lower], [t, prep, w.suffix[1]], [t, prep, a1],
        [t, noun], [t, noun, w.lower], [t, noun_suffix, w.lower], [t, noun_form, w.lower], [t, noun, w.suffix[1], prep],
        [t, opener, w.readings], [t, pron, w.readings], [t, pron, w.suffix[1]], [t, pron, w.lower],
        [t, u1, n1.readings], [t, n1.suffix[1], w.suffix[1]], [t, n1.cluster[1], w.suffix[1]], [t, n2.suffix[1], u2],
        [t, u32::from(i == 0), u1], [t, p1.lower, n1.lower],
    );
}

/// Predicts the bundle of every word.
pub(crate) fn predict(words: &[Word], tags: &[u8], scorer: &impl Scorer, bundles: &Bundles, feats: &mut Vec<Feats>) {
    feats.clear();
    let context = Context::new(words, tags);
    let i_form = crate::hash::bytes(b"ich");
    let first_person = words.iter().any(|w| w.lower == i_form);
    let mut buffer = Vec::with_capacity(64);
    let mut scores = vec![0i32; Feats::VALUE_CLASSES];
    for i in 0..words.len() {
        let of = &bundles.of[usize::from(tags[i])];
        let best = if of.len() == 1 {
            0
        } else {
            extract(words, tags, feats, &context, i, &mut buffer);
            scores.fill(0);
            scorer.score(&buffer, &mut scores);
            let verb = tags[i] == Upos::Verb as u8 || tags[i] == Upos::Aux as u8;
            let konjunktiv = match words[i].mood {
                MoodHint::Konjunktiv if verb => Some(true),
                MoodHint::NoKonjunktiv if verb => Some(false),
                MoodHint::UnlessFirstPerson if verb && i > 0 && !first_person => Some(true),
                _ => None,
            };
            bundles.best(tags[i], &scores, konjunktiv)
        };
        feats.push(of[best].0);
    }
}
