//! Datasets into the ledger: the file as a document, its rows as observations, in one batch.

use std::time::Duration;

use chancery_ledger::{Batch, Ledger, NewDocument, Outcome};
use chancery_model::{Date, Document, DocumentKind, Id, Run, sha256_hex};

use crate::dataset::Dataset;
use crate::error::Error;

/// What became of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its document.
    pub document: Id,
    /// Whether it is new.
    pub outcome: Outcome,
    /// Rows kept.
    pub rows: usize,
}

/// Takes a dataset in as one batch: all of it or nothing. `bytes` are those it was read from, `released` the day of its
/// release where one is known.
///
/// # Errors
/// What the ledger reports.
pub fn take(
    ledger: &Ledger,
    dataset: Dataset,
    bytes: Vec<u8>,
    url: Option<String>,
    released: Option<Date>,
    run: &Run,
    wait: Duration,
) -> Result<Taken, Error> {
    let name = dataset.descriptor.name.clone();
    let bytes_sha256 = sha256_hex(&bytes);
    let id = Document::id_of(&name, &bytes_sha256)?;
    let document = Document {
        id: id.clone(),
        kind: DocumentKind::Table,
        source: name.clone(),
        url,
        title: Some(dataset.descriptor.title.clone()),
        lang: String::new(),
        published_from: released,
        published_to: released.and_then(|day| day.tomorrow().ok()),
        bytes_sha256,
        text_sha256: sha256_hex(b""),
        extractor: format!("{name}/1"),
        text: String::new(),
        agency: None,
        duplicate_of: None,
    };
    let rows = dataset.observations.len();
    let new = NewDocument {
        document,
        bytes,
        minhash: Vec::new(),
        claims: Vec::new(),
        assessments: Vec::new(),
        abstentions: Vec::new(),
        observations: dataset.observations,
    };
    let batch = Batch { run: run.clone(), documents: vec![new], entries: Vec::new() };
    let receipt = ledger.writer(wait)?.append(&batch)?;
    let outcome = receipt.documents.first().map_or(Outcome::Held, |(_, outcome)| *outcome);
    Ok(Taken { document: id, outcome, rows })
}
