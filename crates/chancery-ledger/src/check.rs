//! What must hold of a batch before any of it is written.

use chancery_model::{Act, Document, DocumentKind, Quote, sha256_hex};

use crate::LedgerError;
use crate::filter::{Batch, NewDocument, NewEntry};

/// Refuses a batch that breaks an invariant: identifiers and hashes must be those of the content, and every quotation
/// must stand in the text where it says.
pub(crate) fn batch(batch: &Batch) -> Result<(), LedgerError> {
    batch.documents.iter().try_for_each(document)?;
    batch.entries.iter().try_for_each(entry)
}

fn document(new: &NewDocument) -> Result<(), LedgerError> {
    let document = &new.document;
    let wrong = |what: &str| Err(LedgerError::invalid(&document.id, what));
    if sha256_hex(&new.bytes) != document.bytes_sha256 {
        return wrong("bytes_sha256 is not the hash of the bytes");
    }
    if sha256_hex(document.text.as_bytes()) != document.text_sha256 {
        return wrong("text_sha256 is not the hash of the text");
    }
    if identifier(document)? != document.id {
        return wrong("the identifier is not that of source and text");
    }
    if document.kind == DocumentKind::Text && !new.observations.is_empty() {
        return wrong("a text has no rows: observations belong to a table");
    }
    let text = Text::new(&document.text);
    for claim in &new.claims {
        if claim.document != document.id {
            return wrong("a claim names another document");
        }
        text.holds(document, &claim.quote)?;
    }
    for assessment in &new.assessments {
        if assessment.document != document.id {
            return wrong("an assessment names another document");
        }
        text.holds(document, &assessment.quote)?;
    }
    new.abstentions.iter().try_for_each(|a| text.holds(document, &a.quote))
}

/// What the identifier of a document must be: for tables the bytes stand in for the text.
pub(crate) fn identifier(document: &Document) -> Result<chancery_model::Id, LedgerError> {
    let content = match document.kind {
        DocumentKind::Text => &document.text_sha256,
        DocumentKind::Table => &document.bytes_sha256,
    };
    Ok(Document::id_of(&document.source, content)?)
}

/// A text with the byte offset of each code point.
pub(crate) struct Text<'a> {
    text: &'a str,
    offsets: Vec<usize>,
}

impl<'a> Text<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let offsets = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
        Self { text, offsets }
    }

    /// The words of a span in code points.
    pub(crate) fn slice(&self, start: u32, end: u32) -> Option<&'a str> {
        let at = |i: u32| self.offsets.get(usize::try_from(i).ok()?).copied();
        self.text.get(at(start)?..at(end)?)
    }

    fn holds(&self, document: &Document, quote: &Quote) -> Result<(), LedgerError> {
        if self.slice(quote.start, quote.end) == Some(&quote.exact) {
            return Ok(());
        }
        let what = format!("the text does not say {:?} at {}..{}", quote.exact, quote.start, quote.end);
        Err(LedgerError::invalid(&document.id, what))
    }
}

fn entry(entry: &NewEntry) -> Result<(), LedgerError> {
    let reasoned = entry.reason.as_ref().is_some_and(|r| !r.trim().is_empty());
    if matches!(entry.act, Act::Retract | Act::Correct | Act::Grade | Act::Abstain) && !reasoned {
        return Err(LedgerError::invalid(&entry.subject, format!("an entry that says `{}` needs a reason", entry.act)));
    }
    if entry.act == Act::Redact {
        return Err(LedgerError::invalid(&entry.subject, "redacting is a function of its own, not an entry"));
    }
    if entry.subject.is_empty() {
        return Err(LedgerError::invalid("entry", "an entry needs a subject"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_code_points() {
        let text = Text::new("Größe 𝄞 zählt");
        assert_eq!(text.slice(0, 5), Some("Größe"));
        assert_eq!(text.slice(6, 7), Some("𝄞"));
        assert_eq!(text.slice(8, 13), Some("zählt"));
        assert_eq!(text.slice(8, 14), None);
        assert_eq!(text.slice(3, 2), None);
    }
}
