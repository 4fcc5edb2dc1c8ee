//! What goes into a recording and what is told of it.

use std::path::PathBuf;
use std::time::Duration;

use chancery_ledger::{NewDocument, Outcome};
use chancery_model::{Document, DocumentKind, Id};
use serde_json::Value;

use crate::code::{Coded, code};
use crate::duplicate::{Repeats, Shingles};
use crate::engine::Engine;
use crate::error::Error;
use crate::source::{self, Passage, Terms, files};

/// A batch is committed at so many documents …
pub const BATCH: usize = 256;
/// … or after so long.
pub const PERIOD: Duration = Duration::from_secs(2);

/// How to record.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What the caller asks of every text.
    pub terms: Terms,
    /// How long to wait for another writer.
    pub wait: Duration,
    /// Code documents that are held already anew: claims no longer found are retracted, new ones asserted.
    pub recode: bool,
}

/// What is told while recording.
#[derive(Debug)]
pub enum Event<'a> {
    /// A document is on disk.
    Receipt(Receipt<'a>),
    /// A text was not taken in.
    Failed(&'a Error),
    /// Something about a text worth knowing.
    Note(&'a str, &'a str),
    /// A text was read; it is not on disk yet.
    Read,
    /// Nothing happened for a while.
    Idle,
}

/// The acknowledgement of one document.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt<'a> {
    /// How messages name the text.
    pub name: &'a str,
    /// The document.
    pub document: &'a Id,
    /// Whether the ledger held it before.
    pub status: Outcome,
    /// What it repeats.
    pub repeats: Option<&'a Repeats>,
    /// Claims it gave.
    pub claims: usize,
}

/// A text on its way into the ledger.
pub(crate) struct Pending {
    pub(crate) passage: Passage,
    pub(crate) coded: Coded,
    pub(crate) shingles: Shingles,
    pub(crate) minhash: Vec<u64>,
}

impl Pending {
    /// Codes a passage and takes the fingerprint of its words.
    pub(crate) fn read(passage: Passage, engine: &Engine) -> Result<Self, Error> {
        let coded = code(&passage, engine)?;
        let shingles = Shingles::of(passage.words());
        let minhash = shingles.minhash();
        Ok(Self { passage, coded, shingles, minhash })
    }

    /// What the ledger is given.
    pub(crate) fn document(self, repeats: Option<Repeats>) -> NewDocument {
        let Self { passage, coded, minhash, .. } = self;
        let published = passage.metadata.published.map(chancery_model::PartialDate::interval);
        let document = Document {
            id: coded.document,
            kind: DocumentKind::Text,
            source: passage.metadata.source.unwrap_or_default(),
            url: passage.metadata.url,
            title: passage.metadata.title,
            lang: coded.lang.as_str().to_owned(),
            published_from: published.and_then(|p| p.from),
            published_to: published.and_then(|p| p.to),
            bytes_sha256: chancery_model::sha256_hex(&passage.bytes),
            text_sha256: coded.text_sha256,
            extractor: passage.extractor.to_owned(),
            text: passage.text,
            agency: coded.agency,
            duplicate_of: repeats.map(|r| r.of),
        };
        NewDocument {
            document,
            bytes: passage.bytes,
            minhash,
            claims: coded.coding.claims,
            assessments: coded.coding.assessments,
            abstentions: coded.coding.abstentions,
            observations: Vec::new(),
        }
    }
}

/// A text to take in, not yet read.
#[derive(Debug)]
pub enum Item {
    /// A file, or standard input for `-`.
    File(PathBuf),
    /// A line of JSON with its name (`FILE:12`) and number.
    Line {
        /// How messages name it.
        name: String,
        /// Its number in the file.
        number: u64,
        /// The line.
        line: Vec<u8>,
    },
    /// What could not even be listed.
    Bad {
        /// The line, where it was one.
        number: Option<u64>,
        /// What is wrong.
        error: Error,
    },
}

impl Item {
    /// Reads it.
    pub fn passage(self, terms: &Terms) -> Result<Passage, Error> {
        self.identified(terms).map_err(|(_, error)| error)
    }

    /// Reads it; an error comes with the identifier of the line, where that much could be read.
    pub fn identified(self, terms: &Terms) -> Result<Passage, (Option<Value>, Error)> {
        match self {
            Self::File(path) => source::file(&path, terms).map_err(|error| (None, error)),
            Self::Line { name, line, .. } => source::json_line(name, line, terms),
            Self::Bad { error, .. } => Err((None, error)),
        }
    }

    /// The number of its line.
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::File(_) => None,
            Self::Line { number, .. } => Some(*number),
            Self::Bad { number, .. } => *number,
        }
    }
}

/// The files that arguments stand for, folders opened.
pub fn files(arguments: &[PathBuf]) -> Vec<Item> {
    arguments
        .iter()
        .flat_map(|argument| files::expand(argument))
        .map(|file| file.map_or_else(|error| Item::Bad { number: None, error }, Item::File))
        .collect()
}

/// The lines of JSON Lines files, read as they are needed.
pub fn lines(arguments: Vec<PathBuf>, limit: u64) -> impl Iterator<Item = Item> + Send + 'static {
    arguments.into_iter().flat_map(move |path| {
        let name = files::display(&path);
        let (lines, unopened) = match source::json_lines(&path, limit) {
            Ok(lines) => (Some(lines), None),
            Err(error) => (None, Some(Item::Bad { number: None, error })),
        };
        let lines = lines.into_iter().flatten().map(move |(number, line)| match line {
            Ok(line) => Item::Line { name: format!("{name}:{number}"), number, line },
            Err(error) => Item::Bad { number: Some(number), error },
        });
        unopened.into_iter().chain(lines)
    })
}
