//! German and English text to sentences, words, morphology and dependency trees; offline, deterministic, in pure Rust.

mod abbreviations;
mod analysis;
mod arcs;
mod buckets;
mod codepoints;
mod conllu;
mod container;
mod detect;
mod guide;
mod hash;
mod lang;
mod lemma;
mod lexicon;
mod model;
mod morph;
mod morphology;
mod moves;
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

pub use analysis::{Analysis, Diagnostic, Sentence, Token};
pub use codepoints::CodePoints;
pub use conllu::{Block, ConlluError, Row, check_conllu, read_conllu, write_conllu};
pub use detect::{Detection, detect};
pub use lang::{Lang, UnknownLang};
pub use model::{Model, ModelError};
pub use morph::{
    Case, Definite, Degree, Feats, Gender, Mood, NumType, Number, Person, Polarity, PronType, Tense, Upos, VerbForm,
    Voice,
};
pub use rel::{Rel, Sub, deprel, parse_deprel};
pub use segment::contraction;

/// Sentences are cut after so many words.
pub const MAX_TOKENS: usize = 400;

/// Reads a text: sentences, words, morphology, lemmas, trees. Never fails; what was unusual is in the diagnostics.
pub fn analyse(text: &str, model: &Model) -> Analysis {
    let mut diagnostics = Vec::new();
    let mut sentences = segment::segment(text, model.lang(), &mut diagnostics);
    let mut buffers = pipeline::Buffers::default();
    for sentence in &mut sentences {
        pipeline::annotate(&mut sentence.tokens, model.parts(), &mut buffers);
    }
    Analysis { lang: model.lang(), sentences, diagnostics }
}

/// Parses CoNLL-U with gold tokens: columns ID and FORM are used, the rest is predicted.
///
/// Comments, multiword tokens and the MISC column are kept. A sentence beyond [`MAX_TOKENS`] is parsed in pieces.
pub fn parse_conllu(conllu: &str, model: &Model) -> String {
    let mut out = String::new();
    let mut buffers = pipeline::Buffers::default();
    for block in read_conllu(conllu) {
        let mut tokens: Vec<Token> = block.rows.iter().map(|row| pipeline::bare(&row.form)).collect();
        let mut root = None;
        for start in (0..tokens.len()).step_by(MAX_TOKENS) {
            let end = tokens.len().min(start + MAX_TOKENS);
            pipeline::annotate(&mut tokens[start..end], model.parts(), &mut buffers);
            // Indices of a piece become those of the sentence; later roots hang on the first.
            for (i, token) in tokens.iter_mut().enumerate().take(end).skip(start) {
                match (token.head, root) {
                    (Some(head), _) => token.head = Some(head + start as u32),
                    (None, None) => root = Some(i as u32),
                    (None, Some(_)) => (token.head, token.rel, token.sub) = (root, Rel::Parataxis, Sub::None),
                }
            }
        }
        conllu::write_block(&mut out, &block, &tokens);
    }
    out
}

/// Analyses raw text and writes it as CoNLL-U.
pub fn raw_to_conllu(text: &str, model: &Model) -> String {
    let mut out = String::new();
    for (i, sentence) in analyse(text, model).sentences.iter().enumerate() {
        conllu::write_sentence(&mut out, text, sentence, i + 1);
    }
    out
}
