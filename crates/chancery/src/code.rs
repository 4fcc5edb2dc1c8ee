//! The pure filter: a passage in, its claims out. Touches no disk and no clock.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_coder::{Coding, Input, flat};
use chancery_model::{Abstention, Assessment, Claim, Derivation, Document, Id, sha256_hex};
use chancery_text::{Diagnostic, Lang};
use serde::Serialize;
use serde_json::Value;

use crate::engine::{Engine, language};
use crate::error::Error;
use crate::parallel;
use crate::source::{HTML, Passage};

/// A passage, coded.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The document's identifier, of its source and text.
    pub document: Id,
    /// The language it was read in.
    pub lang: Lang,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// The agency it credits.
    pub agency: Option<String>,
    /// Claims, assessments, abstentions.
    pub coding: Coding,
    /// What the reader should know, in words.
    pub notes: Vec<String>,
}

/// Codes one passage. A fault of the program over one text is an error of that text, not of all others.
pub fn code(passage: &Passage, engine: &Engine) -> Result<Coded, Error> {
    catch_unwind(AssertUnwindSafe(|| unguarded(passage, engine)))
        .unwrap_or_else(|panic| Err(Error::Internal { name: passage.name.clone(), what: parallel::message(&*panic) }))
}

fn unguarded(passage: &Passage, engine: &Engine) -> Result<Coded, Error> {
    let lang = language(passage)?;
    let analysis = engine.analyse(passage)?;
    let text_sha256 = sha256_hex(passage.text.as_bytes());
    let source = passage.metadata.source.as_deref();
    let document = Document::id_of(source.unwrap_or_default(), &text_sha256)?;
    let agency = engine.agencies().credited(passage.words()).map(str::to_owned);
    let input = Input {
        text: &passage.text,
        document: document.clone(),
        published: passage.metadata.published.map(chancery_model::PartialDate::interval),
    };
    let coding = chancery_coder::code(&input, &analysis, engine.knowledge());
    Ok(Coded { document, lang, text_sha256, agency, coding, notes: analysis.diagnostics.iter().map(note).collect() })
}

fn note(diagnostic: &Diagnostic) -> String {
    match diagnostic {
        Diagnostic::SentenceSplit { sentence, tokens } => {
            format!("sentence {} has {tokens} words and was read in pieces", sentence + 1)
        }
        Diagnostic::WordSplit { length, .. } => format!("a run of {length} bytes without a space was read in pieces"),
    }
}

/// What `code` prints for one text.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Output<'a> {
    /// A text that was coded.
    Coded(Box<CodedOutput<'a>>),
    /// A text that was not.
    Failed {
        /// The identifier that came with it; a file's path.
        id: Value,
        /// The line, where it came as one.
        #[serde(skip_serializing_if = "Option::is_none")]
        line: Option<u64>,
        /// What is wrong.
        error: String,
        /// Always empty.
        claims: [(); 0],
    },
}

/// The object of a coded text, in the contract's fields.
#[derive(Debug, Serialize)]
pub struct CodedOutput<'a> {
    schema_version: u32,
    id: Value,
    lang: &'static str,
    claims: Vec<Explained<'a, flat::FlatClaim>>,
    assessments: Vec<Explained<'a, flat::FlatAssessment>>,
    abstentions: Vec<flat::FlatAbstention>,
    /// Only where the text is not in the file: offsets count in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

/// A flat record, with the knowledge that made it where asked for.
#[derive(Debug, Serialize)]
struct Explained<'a, T: Serialize> {
    #[serde(flatten)]
    flat: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    derivation: Option<&'a Derivation>,
}

impl<'a> Output<'a> {
    /// The object of a coded text. `explain` adds to each claim the lexicon row, the rule and the cues.
    pub fn coded(passage: &'a Passage, coded: &'a Coded, explain: bool) -> Self {
        let derivation = |d: &'a Derivation| explain.then_some(d);
        let claims: &[Claim] = &coded.coding.claims;
        let assessments: &[Assessment] = &coded.coding.assessments;
        let abstentions: &[Abstention] = &coded.coding.abstentions;
        Self::Coded(Box::new(CodedOutput {
            schema_version: flat::SCHEMA_VERSION,
            id: passage.id.clone().unwrap_or_else(|| Value::from(passage.name.as_str())),
            lang: coded.lang.as_str(),
            claims: claims
                .iter()
                .map(|c| Explained { flat: flat::claim(c), derivation: derivation(&c.derivation) })
                .collect(),
            assessments: assessments
                .iter()
                .map(|a| Explained { flat: flat::assessment(a), derivation: derivation(&a.derivation) })
                .collect(),
            abstentions: abstentions.iter().map(flat::abstention).collect(),
            text: (passage.extractor == HTML).then_some(passage.text.as_str()),
            notes: &coded.notes,
        }))
    }

    /// The object of a text that was not coded.
    pub fn failed(id: Option<Value>, line: Option<u64>, error: &Error) -> Self {
        Self::Failed { id: id.unwrap_or(Value::Null), line, error: error.to_string(), claims: [] }
    }
}
