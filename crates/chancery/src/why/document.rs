//! A document with what it gave, and what not.

use chancery_ledger::{DocumentHead, Filter, Ledger};
use chancery_model::Id;
use serde::Serialize;

use super::{DocumentOut, EntryOut, SCHEMA_VERSION, entries, withdrawn};
use crate::error::Error;

/// What a document gave.
#[derive(Debug, Serialize)]
pub struct DocumentWhy {
    /// Of this structure.
    pub schema_version: u32,
    /// Always `document`.
    pub kind: &'static str,
    /// Its head.
    pub document: DocumentOut,
    /// SHA-256 of the captured bytes.
    pub bytes_sha256: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// How text was made from bytes.
    pub extractor: String,
    /// Code points of the text; none once redacted.
    pub length: Option<usize>,
    /// Claims in force: identifier, type, quotation.
    pub claims: Vec<(String, String, String)>,
    /// Assessments in force.
    pub assessments: Vec<(String, String, String)>,
    /// Sentences that were not coded: reason, detail, words.
    pub abstentions: Vec<(String, String, String)>,
    /// Its entries in the ledger.
    pub entries: Vec<EntryOut>,
}

/// What a document gave, and what not.
///
/// # Errors
/// As [`claim`].
pub fn document(ledger: &Ledger, id: &Id) -> Result<DocumentWhy, Error> {
    let document = ledger.document(id)?.ok_or_else(|| withdrawn(ledger, id))?;
    let filter = Filter { document: Some(id.clone()), ..Filter::default() };
    let claims = ledger.claims(&filter)?;
    let assessments = ledger.assessments(&filter)?;
    let abstentions = if document.text.is_empty() { Vec::new() } else { ledger.abstentions(&filter)? };
    let subject = id.as_str();
    Ok(DocumentWhy {
        schema_version: SCHEMA_VERSION,
        kind: "document",
        document: (&DocumentHead::from(&document)).into(),
        bytes_sha256: document.bytes_sha256,
        text_sha256: document.text_sha256,
        extractor: document.extractor,
        length: (!document.text.is_empty()).then(|| document.text.chars().count()),
        claims: claims
            .into_iter()
            .map(|r| (r.id.to_string(), r.claim.event_type.to_string(), r.claim.quote.exact))
            .collect(),
        assessments: assessments
            .into_iter()
            .map(|r| (r.id.to_string(), r.assessment.kind.to_string(), r.assessment.quote.exact))
            .collect(),
        abstentions: abstentions
            .into_iter()
            .map(|r| (r.abstention.reason.to_string(), r.abstention.detail, r.abstention.quote.exact))
            .collect(),
        // Entries on places in it are its abstentions, told above.
        entries: entries(ledger, subject)?.into_iter().filter(|e| e.act != "abstain").collect(),
    })
}
