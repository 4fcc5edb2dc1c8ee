//! Answers: claims, assessments, abstentions and documents in force, ordered by publication and place.

use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use chancery_model::{Abstention, ActorCode, Assessment, Claim, Date, Document, Id, Quote};
use deltalake::arrow::record_batch::RecordBatch;
use serde::de::DeserializeOwned;

use crate::filter::{AbstentionRow, AssessmentRow, ClaimRow, DocumentHead, Filter, Fingerprint};
use crate::force::{self, Force, Key, Keyed, Keys, Limit};
use crate::parquet::{self, Keep};
use crate::record::Place;
use crate::row::Detail;
use crate::schema::Name;
use crate::{Ledger, LedgerError, column, row, select};

/// One row of `claim` or `assessment`: identifier, JSON, place.
struct Raw {
    id: String,
    json: String,
    at: Place,
}

/// What both kinds of propositions need to be read.
struct Kind {
    table: Name,
    id: &'static str,
    id_column: &'static [&'static str],
    json: &'static str,
}

const CLAIM: Kind = Kind { table: Name::Claim, id: "claim_id", id_column: &["claim_id"], json: "claim" };
const ASSESSMENT: Kind =
    Kind { table: Name::Assessment, id: "assessment_id", id_column: &["assessment_id"], json: "assessment" };

/// A proposition with its document and the entry by which it is in force.
struct InForce<T> {
    id: Id,
    value: T,
    document: DocumentHead,
    seq: u64,
}

impl Ledger {
    /// The claims in force, by day of publication (unknown last), document, place.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<ClaimRow>, LedgerError> {
        let (table, keep) = match select::dyads(filter) {
            Some(keep) => (Name::ClaimDyad, Some(keep)),
            None => (Name::Claim, select::claims(filter)),
        };
        let [found, _, _, _] = self.load_tables([table, Name::Claim, Name::Document, Name::Entry])?;
        let ids = candidates(&found.paths(), CLAIM.id, keep.as_ref())?;
        let mut rows: Vec<ClaimRow> = self
            .propositions::<Claim>(&CLAIM, ids, filter, |c| &c.document)?
            .into_iter()
            .map(|it| ClaimRow { id: it.id, claim: it.value, document: it.document, asserted_seq: it.seq })
            .collect();
        rows.sort_by_cached_key(|r| (order(&r.document), r.claim.quote.start, r.claim.quote.end, r.id.clone()));
        rows.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// The assessments in force, in the same order.
    pub fn assessments(&self, filter: &Filter) -> Result<Vec<AssessmentRow>, LedgerError> {
        let [found, _, _] = self.load_tables([Name::Assessment, Name::Document, Name::Entry])?;
        let ids = candidates(&found.paths(), ASSESSMENT.id, select::assessments(filter).as_ref())?;
        let mut rows: Vec<AssessmentRow> = self
            .propositions::<Assessment>(&ASSESSMENT, ids, filter, |a| &a.document)?
            .into_iter()
            .map(|it| AssessmentRow { id: it.id, assessment: it.value, document: it.document, asserted_seq: it.seq })
            .collect();
        rows.sort_by_cached_key(|r| (order(&r.document), r.assessment.quote.start, r.id.clone()));
        rows.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// One claim in force, by its full identifier.
    pub fn claim(&self, id: &Id) -> Result<Option<ClaimRow>, LedgerError> {
        let found = self.propositions::<Claim>(&CLAIM, self.one(&CLAIM, id)?, &Filter::default(), |c| &c.document)?;
        let row = found.into_iter().next();
        Ok(row.map(|it| ClaimRow { id: it.id, claim: it.value, document: it.document, asserted_seq: it.seq }))
    }

    /// One assessment in force, by its full identifier.
    pub fn assessment(&self, id: &Id) -> Result<Option<AssessmentRow>, LedgerError> {
        let ids = self.one(&ASSESSMENT, id)?;
        let found = self.propositions::<Assessment>(&ASSESSMENT, ids, &Filter::default(), |a| &a.document)?;
        let row = found.into_iter().next();
        Ok(row.map(|it| AssessmentRow { id: it.id, assessment: it.value, document: it.document, asserted_seq: it.seq }))
    }

    /// The sentences that gave no claim, with their reasons.
    pub fn abstentions(&self, filter: &Filter) -> Result<Vec<AbstentionRow>, LedgerError> {
        let entries = self.paths(Name::Entry)?;
        let found = row::entries(&entries, Some(&select::abstentions(filter)))?;
        let named = found.iter().filter_map(|e| e.subject.split_once('#'));
        let named: Keys = named.map(|(document, _)| Key::of(document)).collect();
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let limit = Limit::from(filter.as_of);
        let words = force::abstentions(&entries, limit, Some(&named))?;
        let force = Force::read(&entries, limit, Some(&named))?;
        let keep = select::identified(&["document_id"], Arc::new(named));
        let documents = visible(row::documents(&self.paths(Name::Document)?, Detail::Whole, Some(&keep))?, &force);
        let mut rows = Vec::new();
        for entry in found {
            let Some((document, span)) = entry.subject.split_once('#') else { continue };
            let Some(row) = documents.get(&Key::of(document)) else { continue };
            let in_force = words.get(&entry.subject).and_then(force::Words::in_force) == Some(entry.seq);
            let document = &row.document;
            let published = [document.published_from, document.published_to, row.known_from()];
            if in_force && select::document_fits(filter, published) {
                let abstention = abstention(&entry, span, &document.text)?;
                rows.push(AbstentionRow { abstention, document: document.into(), asserted_seq: entry.seq });
            }
        }
        rows.sort_by_cached_key(|r| (order(&r.document), r.abstention.quote.start, r.asserted_seq));
        rows.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// The documents in force, by day of publication; their texts only `with_text`. A filter on states or period asks
    /// for the documents themselves: the period is tested against the day of publication, states are not.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<Document>, LedgerError> {
        let [documents, entry] = self.load_tables([Name::Document, Name::Entry])?;
        let only = filter.document.as_ref().map(single);
        let force = Force::read(&entry.paths(), Limit::from(filter.as_of), only.as_ref())?;
        let detail = if filter.with_text { Detail::Whole } else { Detail::Head };
        let keep = filter.document.as_ref().map(|id| select::identified(&["document_id"], Arc::new(single(id))));
        let found = row::documents(&documents.paths(), detail, keep.as_ref())?;
        let mut rows: Vec<Document> = visible(found, &force)
            .into_values()
            .filter(|d| {
                select::document_fits(filter, [d.document.published_from, d.document.published_to, d.known_from()])
            })
            .map(|d| d.document)
            .collect();
        rows.sort_by_cached_key(|d| order(&d.into()));
        rows.truncate(filter.limit.unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// One document with its text, by its full identifier.
    pub fn document(&self, id: &Id) -> Result<Option<Document>, LedgerError> {
        let filter = Filter { document: Some(id.clone()), with_text: true, ..Filter::default() };
        Ok(self.documents(&filter)?.into_iter().next())
    }

    /// What duplicates are found by, of all documents in force, in the order in which they came.
    pub fn fingerprints(&self) -> Result<Vec<Fingerprint>, LedgerError> {
        let [documents, entry] = self.load_tables([Name::Document, Name::Entry])?;
        let force = Force::read(&entry.paths(), Limit::default(), None)?;
        let mut found: Vec<_> =
            visible(row::documents(&documents.paths(), Detail::Fingerprint, None)?, &force).into_values().collect();
        found.sort_by_key(|d| d.at.seq);
        let fingerprint = |d: row::Document| Fingerprint {
            id: d.document.id,
            text_sha256: d.document.text_sha256,
            bytes_sha256: d.document.bytes_sha256,
            minhash: d.minhash,
        };
        Ok(found.into_iter().map(fingerprint).collect())
    }

    /// The propositions among these candidates (`None`: all) that are in force, each with its document.
    fn propositions<T: DeserializeOwned + Send>(
        &self,
        kind: &Kind,
        candidates: Option<Candidates>,
        filter: &Filter,
        document: fn(&T) -> &Id,
    ) -> Result<Vec<InForce<T>>, LedgerError> {
        if candidates.as_ref().is_some_and(|c| c.ids.is_empty()) {
            return Ok(Vec::new());
        }
        let [table, documents, entry] = self.load_tables([kind.table, Name::Document, Name::Entry])?;
        let interest = candidates.as_ref().map(|c| c.ids.union(&c.documents).copied().collect::<Keys>());
        let (ids, heads) = candidates.map_or((None, None), |c| (Some(Arc::new(c.ids)), Some(Arc::new(c.documents))));
        let rows = || -> Result<Vec<(Raw, T)>, LedgerError> {
            let keep = ids.map(|ids| select::identified(kind.id_column, ids));
            let columns = [kind.id, kind.json, "seq", "batch"];
            let raw = raws(&parquet::read(&table.paths(), &columns, keep.as_ref())?, kind)?;
            side_by_side(raw, |raw| {
                let value = serde_json::from_str(&raw.json).map_err(|e| LedgerError::damaged(&raw.id, e))?;
                Ok((raw, value))
            })
        };
        let heads = || {
            let keep = heads.map(|documents| select::identified(&["document_id"], documents));
            row::documents(&documents.paths(), Detail::Head, keep.as_ref())
        };
        let force = || Force::read(&entry.paths(), Limit::from(filter.as_of), interest.as_ref());
        let (rows, (heads, force)) = both(rows, || both(heads, force))?;
        let heads = visible(heads, &force);
        let mut newest: Keyed<(Raw, T)> = Keyed::default();
        for (raw, value) in rows {
            let committed = force.of(&raw.id).is_some_and(|w| w.committed(raw.at));
            let key = Key::of(&raw.id);
            if committed && newest.get(&key).is_none_or(|(held, _)| held.at.seq < raw.at.seq) {
                newest.insert(key, (raw, value));
            }
        }
        let mut found = Vec::with_capacity(newest.len());
        for (raw, value) in newest.into_values() {
            let Some(seq) = force.in_force(&raw.id) else { continue };
            let Some(head) = heads.get(&Key::of(document(&value).as_str())) else { continue };
            found.push(InForce { id: raw.id.parse()?, value, document: (&head.document).into(), seq });
        }
        Ok(found)
    }

    /// The one candidate with this identifier.
    fn one(&self, kind: &Kind, id: &Id) -> Result<Option<Candidates>, LedgerError> {
        let keep = select::identified(kind.id_column, Arc::new(single(id)));
        candidates(&self.paths(kind.table)?, kind.id, Some(&keep))
    }
}

/// Rows that a question may be about.
struct Candidates {
    ids: Keys,
    documents: Keys,
}

/// The rows that a test keeps; `None` where there is no test.
fn candidates(files: &[PathBuf], id: &str, keep: Option<&Keep>) -> Result<Option<Candidates>, LedgerError> {
    let Some(keep) = keep else { return Ok(None) };
    let mut found = Candidates { ids: Keys::default(), documents: Keys::default() };
    for rows in parquet::read(files, &[id, "document_id"], Some(keep))? {
        found.ids.extend(column::strings(&rows, id)?.iter().flatten().map(Key::of));
        found.documents.extend(column::strings(&rows, "document_id")?.iter().flatten().map(Key::of));
    }
    Ok(Some(found))
}

fn raws(batches: &[RecordBatch], kind: &Kind) -> Result<Vec<Raw>, LedgerError> {
    let mut raws = Vec::new();
    for rows in batches {
        let (id, json) = (column::strings(rows, kind.id)?, column::strings(rows, kind.json)?);
        let place = row::places(rows)?;
        for (i, at) in place.into_iter().enumerate() {
            raws.push(Raw { id: id.value(i).to_owned(), json: json.value(i).to_owned(), at });
        }
    }
    Ok(raws)
}

/// Of each document in force its newest committed row.
fn visible(rows: Vec<row::Document>, force: &Force) -> Keyed<row::Document> {
    let mut newest: Keyed<row::Document> = Keyed::default();
    for row in rows {
        let id = row.document.id.as_str();
        let words = force.of(id);
        let counts = words.is_some_and(|w| w.committed(row.at) && w.in_force().is_some());
        let key = Key::of(id);
        if counts && newest.get(&key).is_none_or(|held| held.at.seq < row.at.seq) {
            newest.insert(key, row);
        }
    }
    newest
}

fn order(head: &DocumentHead) -> (bool, Option<Date>, Option<Date>, Id) {
    let unknown = head.published_from.is_none() && head.published_to.is_none();
    (unknown, head.published_from.or(head.published_to), head.published_to, head.id.clone())
}

fn single(id: &Id) -> Keys {
    Keys::from_iter([Key::of(id.as_str())])
}

fn abstention(entry: &chancery_model::Entry, span: &str, text: &str) -> Result<Abstention, LedgerError> {
    let damaged = || LedgerError::damaged(format!("entry {}", entry.seq), "no abstention");
    let (start, end) = span.split_once('-').ok_or_else(damaged)?;
    let (start, end): (u32, u32) = (start.parse().map_err(|_| damaged())?, end.parse().map_err(|_| damaged())?);
    let exact = text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
    let actors: Result<Vec<ActorCode>, _> =
        entry.object.as_deref().unwrap_or("").split_whitespace().map(str::parse).collect();
    Ok(Abstention {
        reason: entry.value.as_deref().unwrap_or("").parse()?,
        quote: Quote { start, end, exact, prefix: String::new(), suffix: String::new() },
        actors: actors?,
        detail: entry.reason.clone().unwrap_or_default(),
    })
}

/// Runs two readers at the same time.
fn both<A: Send, B>(
    first: impl FnOnce() -> Result<A, LedgerError> + Send,
    second: impl FnOnce() -> Result<B, LedgerError>,
) -> Result<(A, B), LedgerError> {
    std::thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second()?;
        let first = first.join().map_err(|_| LedgerError::damaged("reading", "a reader gave up"))??;
        Ok((first, second))
    })
}

/// Maps many items on all cores, in order.
fn side_by_side<T: Send, U: Send>(
    mut items: Vec<T>,
    map: impl Fn(T) -> Result<U, LedgerError> + Sync,
) -> Result<Vec<U>, LedgerError> {
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    let share = items.len().div_ceil(workers).max(256);
    let mut shares = Vec::new();
    while items.len() > share {
        shares.push(items.split_off(items.len() - share));
    }
    shares.push(items);
    shares.reverse();
    std::thread::scope(|scope| {
        let map = &map;
        let running: Vec<_> = shares
            .into_iter()
            .map(|share| scope.spawn(move || share.into_iter().map(map).collect::<Result<Vec<U>, _>>()))
            .collect();
        let mut all = Vec::new();
        for one in running {
            all.extend(one.join().map_err(|_| LedgerError::damaged("reading", "a reader gave up"))??);
        }
        Ok(all)
    })
}
