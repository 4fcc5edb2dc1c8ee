//! What an analysis is: sentences of tokens with morphology and a tree, all tied to bytes of the text.

use smol_str::SmolStr;

use crate::lang::Lang;
use crate::morph::{Feats, Upos};
use crate::rel::{Rel, Sub};

/// A text, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The language of the model that read it.
    pub lang: Lang,
    /// The sentences in the order of the text.
    pub sentences: Vec<Sentence>,
    /// What the reader should know about the analysis.
    pub diagnostics: Vec<Diagnostic>,
}

/// Something unusual that the analysis survived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Diagnostic {
    /// A sentence had more than [`MAX_TOKENS`](crate::MAX_TOKENS) tokens and was cut into pieces.
    SentenceSplit {
        /// Index of the first piece in [`Analysis::sentences`].
        sentence: usize,
        /// Number of tokens before the cut.
        tokens: usize,
    },
    /// A run of characters without a space was too long for a word and was cut into pieces.
    WordSplit {
        /// Byte where the run begins.
        start: usize,
        /// Length of the run in bytes.
        length: usize,
    },
}

/// One sentence, or one line that stands for a sentence, such as a headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// First byte in the text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// Number of the paragraph, counted from 0.
    pub paragraph: u32,
    /// The syntactic words.
    pub tokens: Vec<Token>,
    /// Whether it is a line of its own without final punctuation: headline, caption, list item.
    pub headline: bool,
}

impl Sentence {
    /// Index of the root; `None` only for a sentence without tokens.
    pub fn root(&self) -> Option<usize> {
        self.tokens.iter().position(|t| t.head.is_none())
    }

    /// Indices of the words that depend on this one, in order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        let head = head as u32;
        self.tokens.iter().enumerate().filter(move |(_, t)| t.head == Some(head)).map(|(i, _)| i)
    }
}

/// A syntactic word.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// First byte in the text. The parts of a contraction (`zum` = `zu` + `dem`) share the span of the whole.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// The word as syntax sees it; differs from the text only inside contractions.
    pub form: SmolStr,
    /// The dictionary form.
    pub lemma: SmolStr,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub rel: Rel,
    /// Subtype of the relation.
    pub sub: Sub,
    /// Whether white space precedes the word in the text.
    pub space_before: bool,
    /// The verb of a German past participle used as an adjective ("die *verhängten* Sanktionen": *verhängen*).
    pub verb: Option<SmolStr>,
}

impl Token {
    /// The bytes of the word in the text.
    pub fn span(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}
