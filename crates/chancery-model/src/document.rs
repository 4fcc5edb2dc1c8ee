//! Documents: what was captured, with its source, its times and the hash of its bytes.

use serde::{Deserialize, Serialize};

use crate::event::vocabulary;
use crate::{Date, Id, IdKind, ModelError};

vocabulary! {
    /// Text or table.
    DocumentKind, "document kind" {
        /// Running text.
        Text = "text",
        /// Rows of a dataset.
        Table = "table",
    }
}

/// One capture. A second capture of the same text from the same source is the same document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Hash of source and text.
    pub id: Id,
    /// Text or table.
    pub kind: DocumentKind,
    /// Outlet or dataset, as given or found in the page; empty when unknown.
    pub source: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// `de`, `en`, or what was recognised.
    pub lang: String,
    /// First day on which it may have been published.
    pub published_from: Option<Date>,
    /// Day after the last on which it may have been published: the cautious edge for `known_by`.
    pub published_to: Option<Date>,
    /// SHA-256 of the raw bytes, hex.
    pub bytes_sha256: String,
    /// SHA-256 of the text, hex.
    pub text_sha256: String,
    /// How text was made from bytes (`plain/1`, `markdown/1`, `html/1`).
    pub extractor: String,
    /// The text that offsets count in. Empty once redacted.
    pub text: String,
    /// The agency whose credit the text carries, where one is found.
    pub agency: Option<String>,
    /// The document of which this is a near duplicate, where one was known.
    pub duplicate_of: Option<Id>,
}

impl Document {
    /// The identifier of a text from a source: `source` and the SHA-256 of the text.
    pub fn id_of(source: &str, text_sha256: &str) -> Result<Id, ModelError> {
        Id::of(IdKind::Document, &serde_json::json!({ "source": source, "text_sha256": text_sha256 }))
    }
}

/// Jaccard similarity of 5-word shingles from which two texts count as one origin.
pub const fn near_duplicate_threshold() -> f64 {
    0.8
}
