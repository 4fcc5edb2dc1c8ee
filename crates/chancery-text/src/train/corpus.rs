//! Treebanks as the learners want them.

use std::collections::{BTreeMap, BTreeSet};

use super::conventions;
use crate::conllu::{Block, read_conllu};
use crate::hash;
use crate::lemma::Lemmatiser;
use crate::lexicon::Lexicon;
use crate::morph::{Feats, Upos};
use crate::morphology::Bundles;
use crate::nodes::Nodes;
use crate::pipeline::straight;
use crate::projective::{LIFTED, lift};
use crate::words::{Word, word};

/// Sentences to learn from.
#[derive(Clone, Debug, Default)]
pub struct Treebank {
    /// The sentences.
    pub blocks: Vec<Block>,
}

impl Treebank {
    /// Adds the sentences of a CoNLL-U file.
    pub fn add(&mut self, conllu: &str) {
        self.blocks.extend(read_conllu(conllu).into_iter().filter(Block::is_tree));
    }

    /// Brings German sentences to one convention: that of German-GSD.
    pub fn normalise_german(&mut self) {
        let adjectives = conventions::adjectives(&self.blocks);
        self.blocks.iter_mut().for_each(|block| conventions::normalise(block, &adjectives));
    }

    /// Every form.
    pub(crate) fn vocabulary(&self) -> BTreeSet<&str> {
        self.blocks.iter().flat_map(|b| b.rows.iter().map(|r| r.form.as_str())).collect()
    }
}

/// A sentence with everything precomputed.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) words: Vec<Word>,
    forms: Vec<String>,
    pub(crate) tags: Vec<u8>,
    pub(crate) feats: Vec<Feats>,
    /// Projective heads; `n` is the root.
    pub(crate) heads: Vec<u16>,
    /// Labels as written, with the mark of lifted words.
    pub(crate) labels: Vec<String>,
    /// The nodes the parser sees, made from predicted tags.
    pub(crate) nodes: Nodes,
}

/// Projective heads and labels of a sentence.
fn projective(block: &Block) -> (Vec<usize>, Vec<String>) {
    let n = block.rows.len();
    let mut heads: Vec<usize> = block.rows.iter().map(|r| if r.head == 0 { n } else { r.head - 1 }).collect();
    let origin = lift(&mut heads);
    let labels = block
        .rows
        .iter()
        .zip(origin)
        .map(|(row, origin)| match origin {
            Some(from) => format!("{}{LIFTED}{}", row.deprel, block.rows[from].deprel),
            None => row.deprel.clone(),
        })
        .collect();
    (heads, labels)
}

impl Example {
    pub(crate) fn new(block: &Block, lexicon: &Lexicon) -> Self {
        let (heads, labels) = projective(block);
        Self {
            words: block.rows.iter().map(|r| word(&straight(&r.form), lexicon)).collect(),
            forms: block.rows.iter().map(|r| r.form.clone()).collect(),
            tags: block.rows.iter().map(|r| Upos::parse(&r.upos).unwrap_or(Upos::X) as u8).collect(),
            feats: block.rows.iter().map(|r| Feats::parse(&r.feats)).collect(),
            heads: heads.into_iter().map(|h| h as u16).collect(),
            labels,
            nodes: Nodes::default(),
        }
    }

    /// The sentence read backwards, as far as the parser sees it.
    pub(crate) fn reversed(&self) -> Self {
        let n = self.words.len() as u16;
        let turn = |h: &u16| if *h < n { n - 1 - h } else { n };
        Self {
            words: self.words.iter().rev().copied().collect(),
            forms: self.forms.iter().rev().cloned().collect(),
            tags: self.tags.iter().rev().copied().collect(),
            feats: self.feats.iter().rev().copied().collect(),
            heads: self.heads.iter().rev().map(turn).collect(),
            labels: self.labels.iter().rev().cloned().collect(),
            nodes: self.nodes.reversed(),
        }
    }

    /// Makes the parser's nodes from predicted tags.
    pub(crate) fn use_tags(&mut self, tags: &[u8], feats: &[Feats], lemmatiser: &Lemmatiser) {
        let lemmas: Vec<u32> = (0..tags.len())
            .map(|i| {
                let lemma = lemmatiser.lemma(&self.forms[i], Upos::ALL[usize::from(tags[i])], &feats[i]);
                hash::bytes(lemma.as_bytes())
            })
            .collect();
        self.nodes = Nodes::new(&self.words, tags, feats, &lemmas);
    }
}

/// The bundles of features seen with each part of speech, the frequent ones first.
pub(crate) fn bundles(examples: &[Example]) -> Bundles {
    let mut counts: BTreeMap<(u8, String), usize> = BTreeMap::new();
    for example in examples {
        for (tag, feats) in example.tags.iter().zip(&example.feats) {
            *counts.entry((*tag, feats.to_conllu())).or_default() += 1;
        }
    }
    let mut sorted: Vec<_> = counts.into_iter().collect();
    sorted.sort_by_key(|((tag, _), count)| (*tag, usize::MAX - count));
    let lines: Vec<String> =
        sorted.into_iter().map(|((tag, feats), _)| format!("{}\t{feats}", Upos::ALL[usize::from(tag)])).collect();
    Bundles::parse(&lines.join("\n")).expect("lines just written")
}

/// The bundles as the model stores them.
pub(crate) fn bundle_lines(bundles: &Bundles) -> String {
    let mut out = String::new();
    for (tag, list) in bundles.of.iter().enumerate() {
        for (feats, _) in list {
            out.extend([Upos::ALL[tag].as_str(), "\t", &feats.to_conllu(), "\n"]);
        }
    }
    out
}

/// The label inventory: `root` first, then plain labels, then lifted ones seen more than once.
pub(crate) fn labels(treebank: &Treebank) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for block in &treebank.blocks {
        for label in projective(block).1 {
            *counts.entry(label).or_default() += 1;
        }
    }
    let mut out = vec!["root".to_owned()];
    out.extend(counts.keys().filter(|l| !l.contains(LIFTED) && *l != "root").cloned());
    let plain: BTreeSet<String> = out.iter().cloned().collect();
    let mut lifted: Vec<_> = counts.into_iter().filter(|(l, c)| l.contains(LIFTED) && *c > 1).collect();
    lifted.sort_by_key(|(label, count)| (usize::MAX - count, label.clone()));
    out.extend(
        lifted
            .into_iter()
            .map(|(label, _)| label)
            .filter(|l| l.split_once(LIFTED).is_some_and(|(own, head)| plain.contains(own) && plain.contains(head))),
    );
    out.truncate(250);
    out
}

/// A small generator for shuffling (xorshift64*).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// Shuffles in place.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
