//! What the parser sees of each word, computed once per sentence.

use crate::guide::Guide;
use crate::hash::atom;
use crate::morph::{Feats, Upos};
use crate::morphology::{agreement, verbal};
use crate::transition::NONE;
use crate::words::Word;

/// The atoms of a node.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Node {
    /// Form in lower case.
    pub(crate) word: u32,
    /// Lemma.
    pub(crate) lemma: u32,
    /// Part of speech.
    pub(crate) upos: u32,
    /// Part of speech with verb form, mood and type of pronoun.
    pub(crate) tag: u32,
    /// Case, number and gender.
    pub(crate) agreement: u32,
    /// Part of speech with case and number.
    pub(crate) case: u32,
    /// Brown cluster: 4, 6 bits and the whole path.
    pub(crate) cluster: [u32; 3],
    /// Shape and suffix, for unknown words.
    pub(crate) suffix: u32,
}

/// The nodes of a sentence: its words, the root, and a node that stands for none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nodes {
    list: Vec<Node>,
    /// Number of commas, other punctuation and verbs before each word.
    before: Vec<[u16; 3]>,
    /// The next verb at or after each word.
    verb: Vec<u16>,
    /// What the guide says of each word and of the root; nothing before the guide has spoken.
    guides: Vec<Guide>,
}

impl Nodes {
    /// Computes the nodes of a sentence.
    pub(crate) fn new(words: &[Word], tags: &[u8], feats: &[Feats], lemmas: &[u32]) -> Self {
        let n = words.len();
        let mut out = Self::default();
        let mut before = [0u16; 3];
        let comma = crate::hash::bytes(b",");
        for i in 0..n {
            let (w, f, upos) = (&words[i], &feats[i], u32::from(tags[i]) + 2);
            let kind = f.pron_type.map_or(0, |p| p as u32 + 1) + 16 * u32::from(f.poss) + 32 * u32::from(f.reflex);
            out.list.push(Node {
                word: w.lower,
                lemma: lemmas[i],
                upos,
                tag: atom(upos, atom(kind, verbal(f) & 511)),
                agreement: agreement(f),
                case: atom(upos, agreement(f) & 63),
                cluster: [w.cluster[0], w.cluster[1], w.cluster[3]],
                suffix: atom(w.suffix[2], w.shape & 3),
            });
            out.before.push(before);
            if w.lower == comma {
                before[0] += 1;
            } else if tags[i] == Upos::Punct as u8 {
                before[1] += 1;
            } else if tags[i] == Upos::Verb as u8 || tags[i] == Upos::Aux as u8 {
                before[2] += 1;
            }
        }
        out.before.push(before);
        let root = Node { word: 2, lemma: 2, upos: 1, tag: 2, case: 2, ..Node::default() };
        out.list.push(root);
        out.list.push(Node::default());
        out.find_verbs();
        out
    }

    /// The nodes of the sentence read backwards; the root stays behind the last word.
    pub(crate) fn reversed(&self) -> Self {
        let n = self.list.len() - 2;
        let mut out = self.clone();
        out.guides.clear();
        out.list[..n].reverse();
        let whole = self.before[n];
        out.before = (0..=n).map(|i| [0, 1, 2].map(|k| whole[k] - self.before[n - i][k])).collect();
        out.find_verbs();
        out
    }

    /// Fills in the next verb at or after each word.
    fn find_verbs(&mut self) {
        let n = self.list.len() - 2;
        self.verb.clear();
        self.verb.resize(n + 1, NONE);
        let mut verb = NONE;
        for i in (0..n).rev() {
            // Codes of parts of speech begin at 2 here.
            if [Upos::Verb, Upos::Aux].iter().any(|&v| self.list[i].upos == v as u32 + 2) {
                verb = i as u16;
            }
            self.verb[i] = verb;
        }
    }

    /// The node with this index; the empty node for [`NONE`].
    #[inline]
    pub(crate) fn get(&self, index: u16) -> &Node {
        let last = self.list.len() - 1;
        &self.list[usize::from(index).min(last)]
    }

    /// Takes what the guide says.
    pub(crate) fn guide(&mut self, guides: Vec<Guide>) {
        self.guides = guides;
    }

    /// Whether a guide has spoken.
    #[inline]
    pub(crate) fn is_guided(&self) -> bool {
        !self.guides.is_empty()
    }

    /// What the guide says of a word.
    #[inline]
    pub(crate) fn guide_of(&self, index: u16) -> Guide {
        self.guides.get(usize::from(index)).copied().unwrap_or(Guide::SILENT)
    }

    /// Commas, other punctuation and verbs between two words, each up to two, in one atom.
    #[inline]
    pub(crate) fn between(&self, from: u16, to: u16) -> u32 {
        if from == NONE || to == NONE {
            return 0;
        }
        let (a, b) = (&self.before[usize::from(from)], &self.before[usize::from(to)]);
        let count = |k: usize| u32::from((b[k] - a[k]).min(2));
        1 + count(0) + 3 * count(1) + 9 * count(2)
    }

    /// The first verb at or after a word.
    #[inline]
    pub(crate) fn verb_from(&self, index: u16) -> u16 {
        if index == NONE { NONE } else { self.verb[usize::from(index)] }
    }
}
