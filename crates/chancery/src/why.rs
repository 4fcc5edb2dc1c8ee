//! `why`: a figure back to its claims, a claim back to the words, the speakers, the lexicon row and the hands.

use chancery_coder::flat;
use chancery_ledger::{AsOf, ClaimRow, DocumentHead, Ledger};
use chancery_model::{Attribution, Derivation, Dyad, Entry, Figure, Id, IdKind, PartialDate, Quote};
use serde::Serialize;

use crate::answer::{Answer, Question, answer};
use crate::error::Error;
use crate::standing::Standings;

/// The version of these structures as JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// A figure, recomputed.
#[derive(Debug)]
pub struct FigureWhy {
    /// What was asked for.
    pub asked: String,
    /// What the ledger gives now for the same question.
    pub figure: Option<Figure>,
    /// Whether the hash agrees; none where the address came without one.
    pub agrees: Option<bool>,
    /// The answer it belongs to.
    pub answer: Answer,
}

/// Where a claim or an assessment comes from.
#[derive(Debug, Serialize)]
pub struct Provenance<T: Serialize> {
    /// Of this structure.
    pub schema_version: u32,
    /// `claim` or `assessment`.
    pub kind: &'static str,
    /// The coded fields.
    pub coded: T,
    /// What it contributes, with the rule that says so. Assessments contribute nothing.
    pub standing: Option<StandingWhy>,
    /// The document.
    pub document: DocumentOut,
    /// The sentence and the words in it.
    pub words: Words,
    /// Who says so, outermost first. As JSON it stands among the coded fields.
    #[serde(skip)]
    pub chain: Vec<flat::FlatLink>,
    /// The knowledge that made it.
    pub derivation: Derivation,
    /// Its entries in the ledger.
    pub entries: Vec<EntryOut>,
    /// Whether it is in force.
    pub in_force: bool,
}

/// What a claim contributes and why.
#[derive(Debug, Serialize)]
pub struct StandingWhy {
    /// `done`, `claimed` …
    pub standing: &'static str,
    /// The rule in `ontology/standing.toml`.
    pub rule: String,
    /// Its reason.
    pub why: String,
}

/// A document's head, for output.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentOut {
    /// Identifier.
    pub id: String,
    /// Outlet.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Language.
    pub lang: String,
    /// First day on which it may have been published.
    pub published_from: Option<String>,
    /// Day after the last.
    pub published_to: Option<String>,
    /// The agency it credits.
    pub agency: Option<String>,
    /// What it repeats.
    pub duplicate_of: Option<String>,
}

impl From<&DocumentHead> for DocumentOut {
    fn from(d: &DocumentHead) -> Self {
        Self {
            id: d.id.to_string(),
            source: d.source.clone(),
            title: d.title.clone(),
            url: d.url.clone(),
            lang: d.lang.clone(),
            published_from: d.published_from.map(|d| d.to_string()),
            published_to: d.published_to.map(|d| d.to_string()),
            agency: d.agency.clone(),
            duplicate_of: d.duplicate_of.as_ref().map(ToString::to_string),
        }
    }
}

/// Words with their place.
#[derive(Debug, Serialize)]
pub struct Words {
    /// The quotation.
    pub quote: String,
    /// First code point in the text.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Words before.
    pub before: String,
    /// Words after.
    pub after: String,
    /// Line of the text, from 1; none where the text was redacted.
    pub line: Option<usize>,
    /// Whether the text of the document still holds the quotation at this place.
    pub in_text: bool,
    /// The words that were read, with their places: what carries the event, who is named, what attributes.
    pub marks: Vec<Mark>,
}

/// Words that were read.
#[derive(Debug, Serialize)]
pub struct Mark {
    /// `event`, `initiator RUS`, `attributes` …
    pub role: String,
    /// The words.
    pub words: String,
    /// First code point in the text.
    pub start: Option<u32>,
    /// Code point after the last.
    pub end: Option<u32>,
}

/// One act on a claim, signed.
#[derive(Debug, Serialize)]
pub struct EntryOut {
    /// Position.
    pub seq: u64,
    /// When, RFC 3339.
    pub recorded_at: String,
    /// `assert`, `retract` …
    pub act: &'static str,
    /// Whose hand: the run and its command.
    pub run: String,
    /// Program or person.
    pub by: String,
    /// The reason given.
    pub reason: Option<String>,
}

/// Recomputes the figure of an address.
///
/// # Errors
/// An address that cannot be read; what the ledger reports.
pub fn figure(ledger: &Ledger, address: &str) -> Result<FigureWhy, Error> {
    let bad =
        |what: &str| Error::Reference { what: format!("`{address}` is no figure: {what}"), candidates: Vec::new() };
    let body = address.strip_prefix("f:").ok_or_else(|| bad("it does not begin with f:"))?;
    let (body, hash) = match body.rsplit_once('@') {
        Some((body, hash)) if !hash.contains('/') => (body, Some(hash)),
        _ => (body, None),
    };
    let mut parts: Vec<&str> = body.split('/').collect();
    let known_by = match parts.last().and_then(|p| p.strip_prefix("known")) {
        Some(day) => {
            parts.pop();
            Some(day.parse::<PartialDate>()?.first())
        }
        None => None,
    };
    let (Some(seq), Some(period), Some(dyad)) = (parts.pop(), parts.pop(), parts.pop()) else {
        return Err(bad("expected f:MEASURE/AAA-BBB/FROM..TO/seqN@HASH"));
    };
    let seq =
        seq.strip_prefix("seq").and_then(|n| n.parse().ok()).ok_or_else(|| bad("no ledger entry (seqN) in it"))?;
    let (from, to) = period.split_once("..").ok_or_else(|| bad("no period (FROM..TO) in it"))?;
    let day = |text: &str| text.parse::<PartialDate>().map(PartialDate::first);
    let ends =
        (if from.is_empty() { None } else { Some(day(from)?) }, if to.is_empty() { None } else { Some(day(to)?) });
    let (a, b) = dyad.split_once('-').ok_or_else(|| bad("no pair (AAA-BBB) in it"))?;
    if seq > ledger.last_seq() {
        return Err(bad(&format!("it was computed at entry {seq}, this ledger ends at {}", ledger.last_seq())));
    }
    let question = Question {
        dyad: Dyad::undirected(a.parse()?, b.parse()?),
        from: ends.0,
        to: ends.1,
        as_of: AsOf::Seq(seq),
        known_by,
    };
    let answer = answer(ledger, question)?;
    let figure = answer.figures.get(&parts.join("/")).cloned();
    let now = figure.as_ref().and_then(|f| f.id().ok());
    let agrees = hash.map(|hash| now.is_some_and(|id| id.ends_with(&format!("@{hash}"))));
    Ok(FigureWhy { asked: address.to_owned(), figure, agrees, answer })
}

/// The one claim, assessment or document that an identifier or its beginning names.
///
/// # Errors
/// Nothing or several things of this name.
pub fn resolve(ledger: &Ledger, text: &str) -> Result<Id, Error> {
    let given: Id = text.parse()?;
    crate::reference::resolve(ledger, text, given.kind())
}

/// Where a claim comes from.
///
/// # Errors
/// What the ledger reports; a claim that is no longer in force and cannot be read.
pub fn claim(ledger: &Ledger, id: &Id) -> Result<Provenance<flat::FlatClaim>, Error> {
    let ClaimRow { claim, document, .. } = ledger.claim(id)?.ok_or_else(|| withdrawn(ledger, id))?;
    let (standing, rule, why) = Standings::embedded()?.explained(&claim);
    let standing = StandingWhy { standing: standing.as_str(), rule, why };
    let parties =
        claim.initiator.iter().map(|p| ("initiator", p)).chain(claim.recipient.iter().map(|p| ("recipient", p)));
    let mut marks = vec![trigger(&claim.quote, &claim.trigger)];
    marks.extend(parties.map(|(role, p)| Mark {
        role: format!("{role} {}", p.actor),
        words: p.mention.clone(),
        start: p.start,
        end: p.end,
    }));
    let coded = flat::claim(&claim);
    let mut found =
        provenance(ledger, id, coded, &document, (&claim.quote, &claim.attribution, &claim.derivation), marks)?;
    found.chain.clone_from(&found.coded.attribution);
    found.standing = Some(standing);
    Ok(found)
}

/// Where an assessment comes from.
///
/// # Errors
/// As [`claim`].
pub fn assessment(ledger: &Ledger, id: &Id) -> Result<Provenance<flat::FlatAssessment>, Error> {
    let row = ledger.assessment(id)?.ok_or_else(|| withdrawn(ledger, id))?;
    let a = &row.assessment;
    let groups = [("subject", &a.subject), ("object", &a.object), ("third", &a.third)];
    let mut marks = vec![trigger(&a.quote, &a.trigger)];
    marks.extend(groups.iter().flat_map(|(role, parties)| {
        parties.iter().map(move |p| Mark {
            role: format!("{role} {}", p.actor),
            words: p.mention.clone(),
            start: p.start,
            end: p.end,
        })
    }));
    let words = (&a.quote, &a.attribution, &a.derivation);
    let mut found = provenance(ledger, id, flat::assessment(a), &row.document, words, marks)?;
    found.chain.clone_from(&found.coded.attribution);
    Ok(found)
}

fn withdrawn(ledger: &Ledger, id: &Id) -> Error {
    let last = ledger.entries(Some(id.as_str())).ok().and_then(|e| e.into_iter().next_back());
    let told = last.map_or_else(String::new, |e| {
        format!(": entry {} ({}{})", e.seq, e.act, e.reason.map_or_else(String::new, |r| format!(", {r}")))
    });
    Error::Reference { what: format!("{id} is no longer in force{told}"), candidates: Vec::new() }
}

fn trigger(quote: &Quote, trigger: &str) -> Mark {
    let at = quote.exact.find(trigger).map(|byte| quote.start + quote.exact[..byte].chars().count() as u32);
    let end = at.map(|a| a + trigger.chars().count() as u32);
    Mark { role: "event".to_owned(), words: trigger.to_owned(), start: at, end }
}

fn provenance<T: Serialize>(
    ledger: &Ledger,
    id: &Id,
    coded: T,
    document: &DocumentHead,
    (quote, attribution, derivation): (&Quote, &Attribution, &Derivation),
    mut marks: Vec<Mark>,
) -> Result<Provenance<T>, Error> {
    marks.extend(attribution.links().iter().filter(|l| !l.cue.is_empty()).map(|l| Mark {
        role: "attributes".to_owned(),
        words: l.cue.clone(),
        start: l.cue_start,
        end: l.cue_end,
    }));
    let text = ledger.document(&document.id)?.map(|d| d.text).unwrap_or_default();
    Ok(Provenance {
        schema_version: SCHEMA_VERSION,
        kind: if id.kind() == IdKind::Claim { "claim" } else { "assessment" },
        coded,
        standing: None,
        document: document.into(),
        words: words(quote, &text, marks),
        chain: Vec::new(),
        derivation: derivation.clone(),
        entries: entries(ledger, id.as_str())?,
        in_force: true,
    })
}

fn words(quote: &Quote, text: &str, marks: Vec<Mark>) -> Words {
    let (start, end) = (quote.start as usize, quote.end as usize);
    let slice = |from: usize, to: usize| text.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let before = slice(start.saturating_sub(60), start);
    Words {
        quote: quote.exact.clone(),
        start: quote.start,
        end: quote.end,
        before: before.rsplit('\n').next().unwrap_or_default().to_owned(),
        after: slice(end, end + 60).split('\n').next().unwrap_or_default().to_owned(),
        line: (!text.is_empty()).then(|| text.chars().take(start).filter(|c| *c == '\n').count() + 1),
        in_text: slice(start, end) == quote.exact,
        marks,
    }
}

/// The acts on a subject, with the hands that signed them.
pub(crate) fn entries(ledger: &Ledger, subject: &str) -> Result<Vec<EntryOut>, Error> {
    let runs = ledger.runs()?;
    let out = |e: Entry| {
        let run = runs.iter().find(|r| r.id == e.run);
        EntryOut {
            seq: e.seq,
            recorded_at: jiff::Timestamp::from_microsecond(e.recorded_at)
                .map_or_else(|_| String::new(), |t| t.to_string()),
            act: e.act.as_str(),
            run: e.run.to_string(),
            by: run.map_or_else(String::new, |r| format!("{} ({}, {})", r.name, r.kind, r.program)),
            reason: e.reason,
        }
    };
    Ok(ledger.entries(Some(subject))?.into_iter().map(out).collect())
}

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
    let filter = chancery_ledger::Filter { document: Some(id.clone()), ..chancery_ledger::Filter::default() };
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
