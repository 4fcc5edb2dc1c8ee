//! Model values → rows. A row is a plain struct with the columns of `schema`; Arrow makes arrays of it.
//!
//! Claims and assessments stand twice in their row: flat, for filters and for other programs, and whole, as canonical
//! JSON, from which this program reads them back and `verify` rebuilds the flat columns.

use std::collections::BTreeSet;

use chancery_model::{
    Assessment, Attribution, Claim, Date, Document, Entry, Id, ModelError, Party, Run, canonical_json, sha256_hex,
};
use deltalake::arrow::json::ReaderBuilder;
use deltalake::arrow::record_batch::RecordBatch;
use serde::Serialize;

use crate::LedgerError;
use crate::schema::Name;

/// Where a row belongs: the entry that asserts it, and the batch that wrote it. A row whose batch holds no such entry
/// is the remains of a batch that was cut short, and is invisible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Place {
    pub(crate) seq: u64,
    pub(crate) batch: u64,
}

/// Rows as one Arrow batch, or `None` for no rows.
pub(crate) fn batch<R: Serialize>(name: Name, rows: &[R]) -> Result<Option<RecordBatch>, LedgerError> {
    let failed = |e| LedgerError::damaged(name.as_str(), format!("rows do not fit the columns: {e}"));
    let mut decoder =
        ReaderBuilder::new(name.schema()).with_batch_size(rows.len().max(1)).build_decoder().map_err(failed)?;
    decoder.serialize(rows).map_err(failed)?;
    decoder.flush().map_err(failed)
}

#[derive(Debug, Serialize)]
pub(crate) struct DocumentRecord<'a> {
    document_id: &'a str,
    kind: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    lang: &'a str,
    published_from: Option<Date>,
    published_to: Option<Date>,
    captured_at: i64,
    bytes_sha256: &'a str,
    text_sha256: &'a str,
    extractor: &'a str,
    agency: Option<&'a str>,
    duplicate_of: Option<&'a str>,
    text: &'a str,
    minhash: Vec<i64>,
    row_sha256: String,
    #[serde(flatten)]
    place: Place,
}

impl<'a> DocumentRecord<'a> {
    pub(crate) fn new(
        document: &'a Document,
        minhash: &[u64],
        captured_at: i64,
        place: Place,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            document_id: document.id.as_str(),
            kind: document.kind.as_str(),
            source: &document.source,
            url: document.url.as_deref(),
            title: document.title.as_deref(),
            lang: &document.lang,
            published_from: document.published_from,
            published_to: document.published_to,
            captured_at,
            bytes_sha256: &document.bytes_sha256,
            text_sha256: &document.text_sha256,
            extractor: &document.extractor,
            agency: document.agency.as_deref(),
            duplicate_of: document.duplicate_of.as_ref().map(Id::as_str),
            text: &document.text,
            minhash: minhash.iter().map(|&m| m.cast_signed()).collect(),
            row_sha256: document_hash(document, minhash, captured_at)?,
            place,
        })
    }
}

/// The hash over everything in a document's row but its text, which `text_sha256` covers and redaction takes away.
pub(crate) fn document_hash(document: &Document, minhash: &[u64], captured_at: i64) -> Result<String, ModelError> {
    let mut head = document.clone();
    head.text.clear();
    let value = serde_json::json!({ "document": head, "minhash": minhash, "captured_at": captured_at });
    Ok(sha256_hex(canonical_json(&value)?.as_bytes()))
}

#[derive(Debug, Serialize)]
pub(crate) struct RunRecord<'a> {
    run_id: &'a str,
    kind: &'a str,
    name: &'a str,
    program: &'a str,
    knowledge_sha256: &'a str,
    model_sha256: &'a str,
    settings: &'a str,
    started_at: &'a str,
    row_sha256: String,
    #[serde(flatten)]
    place: Place,
}

impl<'a> RunRecord<'a> {
    pub(crate) fn new(run: &'a Run, place: Place) -> Result<Self, ModelError> {
        Ok(Self {
            run_id: run.id.as_str(),
            kind: run.kind.as_str(),
            name: &run.name,
            program: &run.program,
            knowledge_sha256: &run.knowledge_sha256,
            model_sha256: &run.model_sha256,
            settings: &run.settings,
            started_at: &run.started_at,
            row_sha256: sha256_hex(canonical(run)?.as_bytes()),
            place,
        })
    }
}

#[derive(Debug, Serialize)]
struct PartyRecord<'a> {
    actor_id: &'a str,
    kind: &'a str,
    mention: &'a str,
    start: Option<u32>,
    end: Option<u32>,
}

fn parties(parties: &[Party]) -> Vec<PartyRecord<'_>> {
    let rows = parties.iter();
    rows.map(|p| PartyRecord {
        actor_id: p.actor.as_str(),
        kind: p.kind.as_str(),
        mention: &p.mention,
        start: p.start,
        end: p.end,
    })
    .collect()
}

#[derive(Debug, Serialize)]
struct LinkRecord<'a> {
    holder_kind: &'a str,
    holder_id: Option<&'a str>,
    holder_mention: &'a str,
    cue: &'a str,
    cue_start: Option<u32>,
    cue_end: Option<u32>,
    endorsement: Option<&'a str>,
    audience: Option<&'a str>,
    certainty: &'a str,
    polarity: &'a str,
    said_from: Option<Date>,
    said_to: Option<Date>,
}

fn links(attribution: &Attribution) -> Vec<LinkRecord<'_>> {
    let links = attribution.links().iter();
    links
        .map(|link| LinkRecord {
            holder_kind: link.kind.as_str(),
            holder_id: link.actor.as_ref().map(chancery_model::ActorCode::as_str),
            holder_mention: &link.mention,
            cue: &link.cue,
            cue_start: link.cue_start,
            cue_end: link.cue_end,
            endorsement: link.endorsement.map(chancery_model::Endorsement::as_str),
            audience: link.audience.map(chancery_model::Audience::as_str),
            certainty: link.certainty.as_str(),
            polarity: link.polarity.as_str(),
            said_from: link.said_from,
            said_to: link.said_to,
        })
        .collect()
}

/// What a row of a claim or an assessment repeats of its document: when the world could know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "the columns are called so")]
pub(crate) struct Published {
    pub(crate) published_from: Option<Date>,
    pub(crate) published_to: Option<Date>,
    /// `published_to`, or, where no date is known, the day after the capture.
    pub(crate) known_from: Option<Date>,
}

impl Published {
    pub(crate) fn new(from: Option<Date>, to: Option<Date>, captured_at: i64) -> Self {
        Self { published_from: from, published_to: to, known_from: to.or_else(|| day_after(captured_at)) }
    }
}

fn day_after(micros: i64) -> Option<Date> {
    let instant = jiff::Timestamp::from_microsecond(micros).ok()?;
    jiff::tz::Offset::UTC.to_datetime(instant).date().tomorrow().ok()
}

#[derive(Debug, Serialize)]
pub(crate) struct ClaimRecord<'a> {
    claim_id: &'a str,
    document_id: &'a str,
    event_type: &'a str,
    mode: Option<&'a str>,
    contexts: Vec<&'a str>,
    initiator: Vec<PartyRecord<'a>>,
    recipient: Vec<PartyRecord<'a>>,
    status: &'a str,
    occurred_from: Option<Date>,
    occurred_to: Option<Date>,
    extent: Option<&'a str>,
    amount: Option<&'a str>,
    amount_number: Option<f64>,
    unit: Option<&'a str>,
    place: Option<&'a str>,
    concerning: Option<&'a str>,
    effect: Option<&'a str>,
    phase: Option<&'a str>,
    attribution: Vec<LinkRecord<'a>>,
    holder: &'a str,
    certainty: &'a str,
    polarity: &'a str,
    trigger: &'a str,
    quote: &'a str,
    start: u32,
    end: u32,
    lane: &'a str,
    tier: &'a str,
    dyad_a: String,
    dyad_b: String,
    #[serde(flatten)]
    published: Published,
    claim: &'a str,
    row_sha256: String,
    #[serde(flatten)]
    at: Place,
}

impl<'a> ClaimRecord<'a> {
    /// `json` is the claim's canonical JSON.
    pub(crate) fn new(id: &'a Id, claim: &'a Claim, json: &'a str, published: Published, at: Place) -> Self {
        let (dyad_a, dyad_b) = dyads(claim).swap_remove(0);
        let inner = claim.attribution.innermost();
        Self {
            claim_id: id.as_str(),
            document_id: claim.document.as_str(),
            event_type: claim.event_type.as_str(),
            mode: claim.mode.as_deref(),
            contexts: claim.contexts.iter().map(AsRef::as_ref).collect(),
            initiator: parties(&claim.initiator),
            recipient: parties(&claim.recipient),
            status: claim.status.as_str(),
            occurred_from: claim.occurred.and_then(|o| o.from),
            occurred_to: claim.occurred.and_then(|o| o.to),
            extent: claim.occurred.map(|o| o.extent.as_str()),
            amount: claim.amount.as_ref().map(chancery_model::Decimal::as_str),
            amount_number: claim.amount.as_ref().map(chancery_model::Decimal::to_f64),
            unit: claim.unit.as_deref(),
            place: claim.place.as_deref(),
            concerning: claim.vote.as_ref().map(|v| v.concerning.as_str()),
            effect: claim.vote.as_ref().map(|v| v.effect.as_str()),
            phase: claim.phase.map(chancery_model::Phase::as_str),
            attribution: links(&claim.attribution),
            holder: claim.attribution.holder(),
            certainty: inner.certainty.as_str(),
            polarity: inner.polarity.as_str(),
            trigger: &claim.trigger,
            quote: &claim.quote.exact,
            start: claim.quote.start,
            end: claim.quote.end,
            lane: claim.lane.as_str(),
            tier: claim.tier.as_str(),
            dyad_a,
            dyad_b,
            published,
            claim: json,
            row_sha256: sha256_hex(json.as_bytes()),
            at,
        }
    }
}

/// The pairs of states that a claim involves, each in alphabetical order, initiator and recipient first; a claim
/// about one state gives that state and nothing.
pub(crate) fn dyads(claim: &Claim) -> Vec<(String, String)> {
    let of = |ps: &[Party]| ps.iter().map(|p| p.actor.state().to_owned()).collect::<Vec<_>>();
    let (initiators, recipients) = (of(&claim.initiator), of(&claim.recipient));
    let pair = |a: &String, b: &String| if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    let across = initiators.iter().flat_map(|a| recipients.iter().map(move |b| (a, b)));
    let all: Vec<&String> = initiators.iter().chain(&recipients).collect();
    let within = all.iter().enumerate().flat_map(|(i, a)| all[i + 1..].iter().map(move |b| (*a, *b)));
    let mut seen = BTreeSet::new();
    let mut pairs: Vec<_> = across
        .chain(within)
        .filter(|(a, b)| a != b)
        .map(|(a, b)| pair(a, b))
        .filter(|p| seen.insert(p.clone()))
        .collect();
    if pairs.is_empty() {
        pairs.push((all.first().map_or_else(|| "UNK".to_owned(), |s| (*s).clone()), String::new()));
    }
    pairs
}

#[derive(Debug, Serialize)]
pub(crate) struct DyadRecord<'a> {
    a: String,
    b: String,
    claim_id: &'a str,
    document_id: &'a str,
    event_type: &'a str,
    status: &'a str,
    lane: &'a str,
    tier: &'a str,
    holder: &'a str,
    certainty: &'a str,
    polarity: &'a str,
    occurred_from: Option<Date>,
    occurred_to: Option<Date>,
    #[serde(flatten)]
    published: Published,
    #[serde(flatten)]
    at: Place,
}

impl<'a> DyadRecord<'a> {
    /// One row per pair of states.
    pub(crate) fn all(id: &'a Id, claim: &'a Claim, published: Published, at: Place) -> Vec<Self> {
        let inner = claim.attribution.innermost();
        let row = |(a, b)| Self {
            a,
            b,
            claim_id: id.as_str(),
            document_id: claim.document.as_str(),
            event_type: claim.event_type.as_str(),
            status: claim.status.as_str(),
            lane: claim.lane.as_str(),
            tier: claim.tier.as_str(),
            holder: claim.attribution.holder(),
            certainty: inner.certainty.as_str(),
            polarity: inner.polarity.as_str(),
            occurred_from: claim.occurred.and_then(|o| o.from),
            occurred_to: claim.occurred.and_then(|o| o.to),
            published,
            at,
        };
        dyads(claim).into_iter().map(row).collect()
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct AssessmentRecord<'a> {
    assessment_id: &'a str,
    document_id: &'a str,
    kind: &'a str,
    subject: Vec<PartyRecord<'a>>,
    object: Vec<PartyRecord<'a>>,
    third: Vec<PartyRecord<'a>>,
    states: BTreeSet<&'a str>,
    good: Option<&'a str>,
    period_from: Option<Date>,
    period_to: Option<Date>,
    period_extent: Option<&'a str>,
    direction: Option<&'a str>,
    attribution: Vec<LinkRecord<'a>>,
    holder: &'a str,
    certainty: &'a str,
    polarity: &'a str,
    trigger: &'a str,
    quote: &'a str,
    start: u32,
    end: u32,
    #[serde(flatten)]
    published: Published,
    assessment: &'a str,
    row_sha256: String,
    #[serde(flatten)]
    at: Place,
}

impl<'a> AssessmentRecord<'a> {
    /// `json` is the assessment's canonical JSON.
    pub(crate) fn new(id: &'a Id, it: &'a Assessment, json: &'a str, published: Published, at: Place) -> Self {
        let inner = it.attribution.innermost();
        let everyone = it.subject.iter().chain(&it.object).chain(&it.third);
        Self {
            assessment_id: id.as_str(),
            document_id: it.document.as_str(),
            kind: it.kind.as_str(),
            subject: parties(&it.subject),
            object: parties(&it.object),
            third: parties(&it.third),
            states: everyone.map(|p| p.actor.state()).collect(),
            good: it.good.as_deref(),
            period_from: it.period.and_then(|p| p.from),
            period_to: it.period.and_then(|p| p.to),
            period_extent: it.period.map(|p| p.extent.as_str()),
            direction: it.direction.map(chancery_model::Direction::as_str),
            attribution: links(&it.attribution),
            holder: it.attribution.holder(),
            certainty: inner.certainty.as_str(),
            polarity: inner.polarity.as_str(),
            trigger: &it.trigger,
            quote: &it.quote.exact,
            start: it.quote.start,
            end: it.quote.end,
            published,
            assessment: json,
            row_sha256: sha256_hex(json.as_bytes()),
            at,
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct EntryRecord<'a> {
    seq: u64,
    recorded_at: i64,
    run_id: &'a str,
    hand: &'a str,
    act: &'a str,
    subject: &'a str,
    object: Option<&'a str>,
    value: Option<&'a str>,
    reason: Option<&'a str>,
    prev_hash: &'a str,
    hash: &'a str,
    batch: u64,
}

impl<'a> EntryRecord<'a> {
    /// `hand` is the kind of the entry's run.
    pub(crate) fn new(entry: &'a Entry, hand: &'a str, batch: u64) -> Self {
        Self {
            seq: entry.seq,
            recorded_at: entry.recorded_at,
            run_id: entry.run.as_str(),
            hand,
            act: entry.act.as_str(),
            subject: &entry.subject,
            object: entry.object.as_deref(),
            value: entry.value.as_deref(),
            reason: entry.reason.as_deref(),
            prev_hash: &entry.prev_hash,
            hash: &entry.hash,
            batch,
        }
    }
}

/// What the chain hashes: domain tag, line feed, canonical JSON of the entry with `prev_hash` and without `hash`.
pub(crate) fn entry_hash(entry: &Entry) -> Result<String, ModelError> {
    let mut value = serde_json::to_value(entry).map_err(|e| ModelError::Canonical(e.to_string()))?;
    if let Some(map) = value.as_object_mut() {
        map.remove("hash");
        map.retain(|_, v| !v.is_null());
    }
    Ok(sha256_hex(format!("chancery/entry/1\n{}", canonical_json(&value)?).as_bytes()))
}

/// The canonical JSON of a model value.
pub(crate) fn canonical<T: Serialize>(value: &T) -> Result<String, ModelError> {
    canonical_json(&serde_json::to_value(value).map_err(|e| ModelError::Canonical(e.to_string()))?)
}
