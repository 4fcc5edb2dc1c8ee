//! Measures the ledger: `bench write DIR [BATCHES] [CLAIMS]` makes a ledger of so many batches, `bench read DIR` opens
//! it and reads one dyad, `bench compact DIR` brings its files together, `bench verify DIR` checks it.
//!
//! The dyad RUS–PRK gets one claim in fifty, as in the target of `docs/ledger.md`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::time::{Duration, Instant};

use chancery_ledger::{Batch, Filter, Ledger, LedgerError, NewDocument};
use chancery_model::{
    Attribution, Certainty, Claim, Derivation, Document, DocumentKind, EventType, HolderKind, Id, IdKind, Interval,
    Lane, Link, Party, PartyKind, Polarity, Quote, Run, RunKind, Status, Tier, sha256_hex,
};

const STATES: [&str; 16] =
    ["RUS", "PRK", "CHN", "USA", "KOR", "JPN", "IRN", "UKR", "DEU", "FRA", "GBR", "IND", "TUR", "POL", "ISR", "SYR"];

fn main() -> Result<(), LedgerError> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |i: usize, or: usize| arguments.get(i).and_then(|a| a.parse().ok()).unwrap_or(or);
    match (arguments.get(1).map(String::as_str), arguments.get(2)) {
        (Some("write"), Some(dir)) => write(Path::new(dir), number(3, 400), number(4, 250)),
        (Some("read"), Some(dir)) => read(Path::new(dir)),
        (Some("verify"), Some(dir)) => verify(Path::new(dir)),
        (Some("compact"), Some(dir)) => Ledger::open(Path::new(dir))?.writer(Duration::ZERO)?.compact(),
        _ => {
            println!("bench write|read|compact|verify DIR");
            Ok(())
        }
    }
}

fn write(dir: &Path, batches: usize, claims: usize) -> Result<(), LedgerError> {
    let ledger = Ledger::create(dir)?;
    let mut writer = ledger.writer(Duration::ZERO)?;
    let run = run()?;
    let (started, mut slowest, mut documents) = (Instant::now(), Duration::ZERO, 0);
    for b in 0..batches {
        let texts: Vec<NewDocument> =
            (0..claims.div_ceil(4)).map(|d| document(b * claims + d * 4, 4)).collect::<Result<_, _>>()?;
        documents += texts.len();
        let before = Instant::now();
        writer.append(&Batch { run: run.clone(), documents: texts, entries: Vec::new() })?;
        slowest = slowest.max(before.elapsed());
    }
    let took = started.elapsed();
    println!("{batches} batches, {documents} documents in {took:.1?}, slowest {slowest:.0?}");
    println!("{:.0} documents a second", documents as f64 / took.as_secs_f64());
    Ok(())
}

fn read(dir: &Path) -> Result<(), LedgerError> {
    let started = Instant::now();
    let ledger = Ledger::open(dir)?;
    let opened = started.elapsed();
    let filter = Filter { dyad: Some(("RUS".to_owned(), "PRK".to_owned())), ..Filter::default() };
    let claims = ledger.claims(&filter)?;
    let first = started.elapsed();
    let assessments = ledger.assessments(&filter)?;
    println!(
        "opened {opened:.0?}, {} claims {first:.0?}, {} assessments {:.0?}",
        claims.len(),
        assessments.len(),
        started.elapsed()
    );
    Ok(())
}

fn verify(dir: &Path) -> Result<(), LedgerError> {
    let started = Instant::now();
    let report = Ledger::open(dir)?.verify()?;
    println!("{} claims, {} findings in {:.1?}", report.claims, report.findings.len(), started.elapsed());
    for finding in report.findings.iter().take(10) {
        println!("{}: {}", finding.place, finding.what);
    }
    Ok(())
}

fn run() -> Result<Run, LedgerError> {
    Ok(Run {
        id: Id::of(IdKind::Run, &serde_json::json!({ "name": "bench" }))?,
        kind: RunKind::Machine,
        name: "bench".to_owned(),
        program: "0".to_owned(),
        knowledge_sha256: String::new(),
        model_sha256: String::new(),
        settings: "{}".to_owned(),
        started_at: "2024-01-01T00:00:00Z".to_owned(),
    })
}

fn document(n: usize, claims: usize) -> Result<NewDocument, LedgerError> {
    let sentence = |i: usize| {
        format!(
            "Report {n} number {i}: the foreign ministry said on Tuesday that a delegation would travel to the capital \
             for talks about trade, transport and a visit of the head of government later in the year. "
        )
    };
    let text: String = (0..claims + 6).map(sentence).collect();
    let text_sha256 = sha256_hex(text.as_bytes());
    let day = jiff::civil::date(2014 + (n % 10) as i16, 1 + (n / 10 % 12) as i8, 1 + (n / 120 % 28) as i8);
    let document = Document {
        id: Document::id_of("bench.example", &text_sha256)?,
        kind: DocumentKind::Text,
        source: "bench.example".to_owned(),
        url: Some(format!("https://bench.example/{n}")),
        title: Some(format!("Delegation to travel, report {n}")),
        lang: "en".to_owned(),
        published_from: Some(day),
        published_to: day.tomorrow().ok(),
        bytes_sha256: text_sha256.clone(),
        text_sha256,
        extractor: "plain/1".to_owned(),
        text: text.clone(),
        agency: None,
        duplicate_of: None,
    };
    let mut start = 0;
    let mut found = Vec::new();
    for i in 0..claims {
        let exact = sentence(i);
        let (a, b) = states(n + i);
        found.push(claim(&document, a, b, &exact, start));
        start += exact.chars().count() as u32;
    }
    let minhash = (0..128).map(|i| (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(i)).collect();
    let (assessments, abstentions) = (Vec::new(), Vec::new());
    Ok(NewDocument {
        document,
        bytes: text.into_bytes(),
        minhash,
        claims: found,
        assessments,
        abstentions,
        observations: Vec::new(),
    })
}

/// One claim in fifty is about RUS and PRK, the others about other pairs.
fn states(n: usize) -> (&'static str, &'static str) {
    if n.is_multiple_of(50) {
        return ("RUS", "PRK");
    }
    let a = n % STATES.len();
    let b = (a + 1 + n / 16 % (STATES.len() - 1)) % STATES.len();
    if (STATES[a], STATES[b]) == ("RUS", "PRK") || (STATES[a], STATES[b]) == ("PRK", "RUS") {
        return ("CHN", "USA");
    }
    (STATES[a], STATES[b])
}

fn claim(document: &Document, a: &str, b: &str, exact: &str, start: u32) -> Claim {
    let party = |code: &str| Party {
        actor: code.parse().unwrap_or_else(|_| chancery_model::ActorCode::unknown()),
        kind: PartyKind::Named,
        mention: "the foreign ministry".to_owned(),
        start: Some(start + 20),
        end: Some(start + 40),
    };
    let speaker = Link {
        kind: HolderKind::State,
        actor: a.parse().ok(),
        mention: "the foreign ministry".to_owned(),
        cue: "said".to_owned(),
        cue_start: Some(start + 41),
        cue_end: Some(start + 45),
        ..Link::document(Certainty::Certain, Polarity::Positive)
    };
    Claim {
        document: document.id.clone(),
        event_type: EventType::Consult,
        mode: Some("visit".into()),
        contexts: vec!["diplomatic".into()],
        initiator: vec![party(a)],
        recipient: vec![party(b)],
        status: Status::Planned,
        occurred: document.published_from.map(Interval::day),
        amount: None,
        unit: None,
        place: None,
        vote: None,
        phase: None,
        journey: None,
        attribution: Attribution::reported(vec![speaker]),
        trigger: "travel".to_owned(),
        quote: Quote {
            start,
            end: start + exact.chars().count() as u32,
            exact: exact.to_owned(),
            prefix: String::new(),
            suffix: String::new(),
        },
        lane: Lane::Political,
        tier: Tier::Bound,
        derivation: Derivation {
            lexicon_row: "lexicons/en/events.tsv: travel verb to=@place".to_owned(),
            rule: "subject".to_owned(),
            cues: vec!["said: speaker".to_owned()],
        },
    }
}
