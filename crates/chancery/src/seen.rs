//! What the ledger holds already, as far as taking in needs it.

use std::collections::BTreeMap;

use chancery_ledger::{Filter, Ledger};
use chancery_model::{Act, Id};

use crate::duplicate::{Index, Repeats, Shingles};
use crate::error::Error;
use crate::intake::Pending;

/// Shingles kept of this run's documents: about 16 MB. Reprints come close together, and reading a text back from the
/// ledger costs more than all the rest of telling them apart.
const KEPT: usize = 2_000_000;

/// The index of fingerprints, the redactions, and the words of the latest documents.
pub(crate) struct Seen {
    index: Index,
    /// Read when first asked for: most runs meet no document that is held.
    redacted: Option<BTreeMap<String, String>>,
    words: BTreeMap<Id, Shingles>,
    kept: usize,
    last_seq: u64,
}

impl Seen {
    /// Reads the fingerprints of a ledger.
    pub(crate) fn new(ledger: &Ledger) -> Result<Self, Error> {
        let mut seen = Self { index: Index::default(), redacted: None, words: BTreeMap::new(), kept: 0, last_seq: 0 };
        seen.refresh(ledger)?;
        Ok(seen)
    }

    /// Takes in what another writer added since.
    pub(crate) fn refresh(&mut self, ledger: &Ledger) -> Result<(), Error> {
        let last = ledger.last_seq();
        if last == self.last_seq {
            return Ok(());
        }
        for print in ledger.fingerprints()? {
            self.index.add(&print.id, &print.text_sha256, print.minhash);
        }
        self.redacted = None;
        self.last_seq = last;
        Ok(())
    }

    /// Whether a document is held.
    pub(crate) fn holds(&self, id: &Id) -> bool {
        self.index.holds(id)
    }

    /// Why a document was redacted, if it was.
    pub(crate) fn redacted(&mut self, ledger: &Ledger, id: &Id) -> Result<Option<&str>, Error> {
        if !self.holds(id) {
            return Ok(None);
        }
        let known = match self.redacted.take() {
            Some(known) => known,
            None => redactions(ledger)?,
        };
        Ok(self.redacted.insert(known).get(id.as_str()).map(String::as_str))
    }

    /// What a text repeats.
    pub(crate) fn repeated(&self, ledger: &Ledger, pending: &Pending) -> Result<Option<Repeats>, Error> {
        let words_of = |id: &Id| -> Result<Option<Shingles>, Error> {
            if let Some(words) = self.words.get(id) {
                return Ok(Some(words.clone()));
            }
            let filter = Filter { document: Some(id.clone()), with_text: true, ..Filter::default() };
            let held = ledger.documents(&filter)?;
            Ok(held.first().map(|d| Shingles::of(&d.text)).filter(|s| !s.is_empty()))
        };
        self.index.repeated(
            &pending.coded.document,
            &pending.coded.text_sha256,
            &pending.shingles,
            &pending.minhash,
            words_of,
        )
    }

    /// Remembers a document that is about to be held.
    pub(crate) fn add(&mut self, pending: &Pending) {
        let id = &pending.coded.document;
        self.index.add(id, &pending.coded.text_sha256, pending.minhash.clone());
        self.kept += pending.shingles.len();
        if self.kept > KEPT {
            self.words.clear();
            self.kept = pending.shingles.len();
        }
        self.words.insert(id.clone(), pending.shingles.clone());
    }

    /// A batch was committed as these entries. If another writer's stand in between, the next batch looks at the ledger
    /// again.
    pub(crate) fn confirm(&mut self, first_seq: u64, last_seq: u64) {
        if first_seq == self.last_seq + 1 {
            self.last_seq = last_seq;
        }
    }
}

/// The documents that were redacted, with the reasons.
fn redactions(ledger: &Ledger) -> Result<BTreeMap<String, String>, Error> {
    let entries = ledger.entries(None)?;
    let redactions = entries.into_iter().filter(|e| e.act == Act::Redact);
    Ok(redactions.map(|e| (e.subject, e.reason.unwrap_or_default())).collect())
}
