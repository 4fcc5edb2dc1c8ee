//! German and English text to sentences, words, morphology and dependency trees; offline, deterministic, in pure Rust.
//!
//! A [`Model`] is used in place from its bytes; [`analyse`] reads a text with it and never fails. [`detect`] tells which
//! model a text needs. The crate knows nothing of politics and touches no disk, clock or environment.
//!
//! Annotation follows Universal Dependencies 2. With the feature `train`, the module [`train`] learns models from treebanks.

mod analyse;
mod analysis;
mod arcs;
mod buckets;
mod codepoints;
mod conllu;
mod container;
mod detect;
mod hash;
mod lang;
mod lemma;
mod lexicon;
mod model;
mod morph;
mod morphology;
mod nodes;
mod parser;
mod pipeline;
mod projective;
mod rel;
mod segment;
mod tagger;
#[cfg(feature = "train")]
pub mod train;
mod transition;
mod vocabulary;
mod weights;
mod words;

pub use analyse::{analyse, parse_conllu, parse_gold, raw_to_conllu};
pub use analysis::{Analysis, Diagnostic, Sentence, Token};
pub use codepoints::CodePoints;
pub use conllu::{Block, Row, read_conllu};
pub use detect::{Detection, detect};
pub use lang::{Lang, UnknownLang};
pub use model::{Model, ModelError};
pub use morph::{
    Case, Definite, Degree, Feats, Gender, Mood, NumType, Number, Person, Polarity, PronType, Tense, Upos, VerbForm,
    Voice,
};
pub use rel::{Rel, Sub, deprel, parse_deprel};
pub use segment::segment;

/// The parser reads at most so many words at once: longer sentences are cut, with a [`Diagnostic`].
pub const MAX_TOKENS: usize = 400;
