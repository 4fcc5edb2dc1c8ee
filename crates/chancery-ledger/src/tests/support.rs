//! Small ledgers to test with.

use std::path::Path;
use std::time::Duration;

use chancery_model::{
    Abstention, AbstentionReason, Act, Assessment, AssessmentKind, Attribution, Certainty, Claim, Derivation, Document,
    DocumentKind, EventType, HolderKind, Id, IdKind, Interval, Lane, Link, Party, PartyKind, Polarity, Quote, Run,
    RunKind, Status, Tier, sha256_hex,
};

use crate::{Batch, Ledger, LedgerError, NewDocument, NewEntry, Receipt};

pub(crate) const WAIT: Duration = Duration::from_secs(5);

/// A folder in memory where there is one: the tests that count operations need no disk.
pub(crate) fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

pub(crate) fn run(kind: RunKind, name: &str) -> Run {
    Run {
        id: Id::of(IdKind::Run, &serde_json::json!({ "name": name })).unwrap(),
        kind,
        name: name.to_owned(),
        program: "0.1.0".to_owned(),
        knowledge_sha256: sha256_hex(b"knowledge"),
        model_sha256: sha256_hex(b"model"),
        settings: "{}".to_owned(),
        started_at: "2024-01-01T00:00:00Z".to_owned(),
    }
}

pub(crate) fn machine() -> Run {
    run(RunKind::Machine, "chancery add")
}

pub(crate) fn person() -> Run {
    run(RunKind::Person, "Ada")
}

pub(crate) fn party(code: &str, mention: &str, text: &str) -> Party {
    let start = text.find(mention).map(|b| text[..b].chars().count() as u32);
    let end = start.map(|s| s + mention.chars().count() as u32);
    Party { actor: code.parse().unwrap(), kind: PartyKind::Named, mention: mention.to_owned(), start, end }
}

pub(crate) fn quote(text: &str, exact: &str) -> Quote {
    let start = text[..text.find(exact).unwrap()].chars().count() as u32;
    let end = start + exact.chars().count() as u32;
    Quote { start, end, exact: exact.to_owned(), prefix: String::new(), suffix: String::new() }
}

/// A document of `source` with this text, published on this day, without claims.
pub(crate) fn document(source: &str, text: &str, day: Option<&str>) -> NewDocument {
    let text_sha256 = sha256_hex(text.as_bytes());
    let day = day.map(|d| d.parse::<chancery_model::PartialDate>().unwrap());
    let document = Document {
        id: Document::id_of(source, &text_sha256).unwrap(),
        kind: DocumentKind::Text,
        source: source.to_owned(),
        url: None,
        title: Some("Title".to_owned()),
        lang: "de".to_owned(),
        published_from: day.map(chancery_model::PartialDate::first),
        published_to: day.map(chancery_model::PartialDate::end),
        bytes_sha256: text_sha256.clone(),
        text_sha256,
        extractor: "plain/1".to_owned(),
        text: text.to_owned(),
        agency: None,
        duplicate_of: None,
    };
    NewDocument {
        document,
        bytes: text.as_bytes().to_vec(),
        minhash: vec![u64::MAX, 7],
        claims: Vec::new(),
        assessments: Vec::new(),
        abstentions: Vec::new(),
        observations: Vec::new(),
    }
}

/// `initiator` meets `recipient`, says the foreign ministry of the initiator.
pub(crate) fn claim(new: &NewDocument, initiator: &str, recipient: &str, trigger: &str) -> Claim {
    let text = &new.document.text;
    let speaker = Link {
        kind: HolderKind::State,
        actor: Some(initiator.parse().unwrap()),
        mention: "Ministerium".to_owned(),
        cue: "laut".to_owned(),
        ..Link::document(Certainty::Certain, Polarity::Positive)
    };
    Claim {
        document: new.document.id.clone(),
        event_type: EventType::Consult,
        mode: Some("visit".into()),
        contexts: vec!["diplomatic".into()],
        initiator: vec![party(initiator, trigger, text)],
        recipient: vec![party(recipient, trigger, text)],
        status: Status::Planned,
        occurred: new.document.published_from.map(Interval::day),
        amount: Some("1.5".parse().unwrap()),
        unit: Some("USD".into()),
        place: None,
        vote: None,
        phase: None,
        journey: None,
        attribution: Attribution::reported(vec![speaker]),
        trigger: trigger.to_owned(),
        quote: quote(text, text),
        lane: Lane::Political,
        tier: Tier::Said,
        derivation: Derivation::default(),
    }
}

pub(crate) fn assessment(new: &NewDocument, subject: &str, object: &str) -> Assessment {
    let text = &new.document.text;
    Assessment {
        document: new.document.id.clone(),
        kind: AssessmentKind::Need,
        subject: vec![party(subject, text, text)],
        object: vec![party(object, text, text)],
        third: Vec::new(),
        good: Some("labour".into()),
        period: None,
        direction: None,
        attribution: Attribution::author(Certainty::Probable, Polarity::Positive),
        trigger: text.clone(),
        quote: quote(text, text),
        derivation: Derivation::default(),
    }
}

pub(crate) fn abstention(new: &NewDocument, words: &str) -> Abstention {
    Abstention {
        reason: AbstentionReason::NoFrame,
        quote: quote(&new.document.text, words),
        actors: vec!["RUS".parse().unwrap(), "PRK".parse().unwrap()],
        detail: "würdigt".to_owned(),
    }
}

/// A document of one sentence with a claim, an assessment and an abstention.
pub(crate) fn news(n: usize) -> NewDocument {
    let text = format!("Bericht {n}: Außenminister reist nach Pjöngjang");
    let mut new = document("Beispielblatt", &text, Some("2023-09-12"));
    new.claims = vec![claim(&new, "RUS", "PRK", "reist")];
    new.assessments = vec![assessment(&new, "PRK", "RUS")];
    new.abstentions = vec![abstention(&new, "Außenminister")];
    new
}

pub(crate) fn batch(run: Run, documents: Vec<NewDocument>) -> Batch {
    Batch { run, documents, entries: Vec::new() }
}

pub(crate) fn entry(act: Act, subject: &Id, reason: &str) -> NewEntry {
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    NewEntry { act, subject: subject.to_string(), object: None, value: None, reason }
}

pub(crate) fn append(ledger: &Ledger, batch: &Batch) -> Result<Receipt, LedgerError> {
    ledger.writer(WAIT)?.append(batch)
}
