//! What the ledger holds of documents that are coded again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery_model::Act;
use deltalake::arrow::array::BooleanArray;

use crate::force::{self, Force, Key, Keyed, Keys, Limit, Words};
use crate::parquet::{self, Keep};
use crate::record::Published;
use crate::row::Detail;
use crate::schema::Name;
use crate::table::Table;
use crate::{LedgerError, column, row, select};

/// A claim or an assessment of a held document.
#[derive(Debug, Clone)]
pub(crate) struct Proposition {
    pub(crate) words: Words,
    /// Hashes of its committed rows, derived fields included.
    pub(crate) rows: Vec<String>,
}

/// Held documents with all that was ever said about them.
#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) published: Keyed<Published>,
    /// By document, then by identifier.
    pub(crate) propositions: Keyed<BTreeMap<String, Proposition>>,
    /// By `document#start-end`: the words, and reason code, actors and detail of the last.
    pub(crate) abstentions: BTreeMap<String, (Words, [Option<String>; 3])>,
}

impl Held {
    pub(crate) fn read(tables: &BTreeMap<Name, Table>, documents: Keys) -> Result<Self, LedgerError> {
        if documents.is_empty() {
            return Ok(Self::default());
        }
        let paths = |name| tables.get(&name).map(Table::paths).unwrap_or_default();
        let documents = Arc::new(documents);
        let mut held = Self::default();
        let keep = select::identified(&["document_id"], documents.clone());
        let mut rows = Vec::new();
        for (name, id) in [(Name::Claim, "claim_id"), (Name::Assessment, "assessment_id")] {
            let columns = [id, "document_id", "row_sha256", "seq", "batch"];
            for batch in parquet::read(&paths(name), &columns, Some(&keep))? {
                let (ids, of) = (column::strings(&batch, id)?, column::strings(&batch, "document_id")?);
                let hashes = column::strings(&batch, "row_sha256")?;
                for (i, at) in row::places(&batch)?.into_iter().enumerate() {
                    rows.push((ids.value(i).to_owned(), Key::of(of.value(i)), hashes.value(i).to_owned(), at));
                }
            }
        }
        let mut interest: Keys = rows.iter().map(|(id, ..)| Key::of(id)).collect();
        interest.extend(documents.iter());
        let entries = paths(Name::Entry);
        let force = Force::read(&entries, Limit::default(), Some(&interest))?;
        for (id, document, hash, at) in rows {
            // A row without an entry is the remains of a batch that was cut short.
            let Some(words) = force.of(&id).filter(|w| w.committed(at)) else { continue };
            let of_document = held.propositions.entry(document).or_default();
            let words = words.clone();
            of_document.entry(id).or_insert(Proposition { words, rows: Vec::new() }).rows.push(hash);
        }
        for document in row::documents(&paths(Name::Document), Detail::Head, Some(&keep))? {
            let id = document.document.id.as_str();
            if force.of(id).is_some_and(|w| w.committed(document.at)) {
                held.published.insert(Key::of(id), document.published());
            }
        }
        for (subject, words) in force::abstentions(&entries, Limit::default(), Some(&documents))? {
            held.abstentions.insert(subject, (words, [None, None, None]));
        }
        for entry in row::entries(&entries, Some(&abstained(documents)))? {
            if let Some((_, said)) = held.abstentions.get_mut(&entry.subject) {
                *said = [entry.value, entry.object, entry.reason];
            }
        }
        Ok(held)
    }
}

fn abstained(documents: Arc<Keys>) -> Keep {
    let mut keep = Keep::new(&["act", "subject"], move |rows| {
        let (Ok(act), Ok(subject)) = (column::strings(rows, "act"), column::strings(rows, "subject")) else {
            return BooleanArray::from(vec![false; rows.num_rows()]);
        };
        let fits = |i: usize| {
            act.value(i) == Act::Abstain.as_str()
                && subject.value(i).split_once('#').is_some_and(|(d, _)| documents.contains(&Key::of(d)))
        };
        (0..rows.num_rows()).map(|i| Some(fits(i))).collect()
    });
    keep.equal = Some(("act", Act::Abstain.as_str().to_owned()));
    keep
}
