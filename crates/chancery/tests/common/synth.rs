//! A large ledger made by rule: 100,000 claims by default, of which 2,000 are about one pair of states. Used by the test
//! `large` and by `chancery-synth`, which `cargo xtask synth` runs; so both ask the same ledger.
//!
//! The texts are short and hold the words that their claims quote; shares of types, holders and days are meant to be
//! those of news, so that a brief has verdicts, matters, voices and a timeline to work out.
#![allow(dead_code)] // each user has its part

use chancery::ledger::{Batch, Ledger, LedgerError, NewDocument};
use chancery::model::{
    Abstention, AbstentionReason, Assessment, AssessmentKind, Attribution, Certainty, Claim, Derivation, Document,
    DocumentKind, EventType, HolderKind, Id, IdKind, Lane, Link, ModelError, PartialDate, Party, PartyKind, Polarity,
    Quote, Run, RunKind, Status, Tier, sha256_hex,
};

/// The pair that is asked for.
pub(crate) const DYAD: [&str; 2] = ["RUS", "PRK"];
/// Everybody else.
const OTHERS: [&str; 12] = ["USA", "CHN", "KOR", "JPN", "DEU", "FRA", "IRN", "UKR", "IND", "BRA", "TUR", "POL"];
/// Claims of a document.
pub(crate) const CLAIMS: usize = 5;

/// How large.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Batches, each committed for itself.
    pub(crate) batches: usize,
    /// Documents of a batch, the first of which is about the pair.
    pub(crate) documents: usize,
}

impl Default for Shape {
    fn default() -> Self {
        Self { batches: 400, documents: 50 }
    }
}

impl Shape {
    /// Claims in the whole ledger.
    pub(crate) fn claims(self) -> usize {
        self.batches * self.documents * CLAIMS
    }

    /// Claims about the pair.
    pub(crate) fn of_the_pair(self) -> usize {
        self.batches * CLAIMS
    }
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum SynthError {
    /// A made document is not well formed.
    Model(ModelError),
    /// The ledger refused it.
    Ledger(LedgerError),
}

impl std::fmt::Display for SynthError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Model(e) => write!(f, "{e}"),
            Self::Ledger(e) => write!(f, "{e}"),
        }
    }
}

impl From<ModelError> for SynthError {
    fn from(e: ModelError) -> Self {
        Self::Model(e)
    }
}

impl From<LedgerError> for SynthError {
    fn from(e: LedgerError) -> Self {
        Self::Ledger(e)
    }
}

/// Writes the batches to a ledger; `tell` hears the number of each that is written.
pub(crate) fn write(ledger: &Ledger, shape: Shape, mut tell: impl FnMut(usize)) -> Result<(), SynthError> {
    let run = Run {
        id: Id::of(IdKind::Run, &serde_json::json!({ "name": "synth" }))?,
        kind: RunKind::Machine,
        name: "synth".to_owned(),
        program: "chancery 0".to_owned(),
        knowledge_sha256: sha256_hex(b"knowledge"),
        model_sha256: sha256_hex(b"model"),
        settings: "{}".to_owned(),
        started_at: "2024-01-01T00:00:00Z".to_owned(),
    };
    let mut writer = ledger.writer(std::time::Duration::from_secs(5))?;
    for batch in 0..shape.batches {
        let made = (0..shape.documents).map(|n| document(batch, n, batch * shape.documents + n));
        let documents = made.collect::<Result<Vec<_>, _>>()?;
        writer.append(&Batch { run: run.clone(), documents, entries: Vec::new() })?;
        tell(batch + 1);
    }
    Ok(())
}

/// A document with its claims; `serial` tells it from all others.
fn document(batch: usize, n: usize, serial: usize) -> Result<NewDocument, ModelError> {
    let [a, b] = if n == 0 { DYAD } else { [OTHERS[serial % 12], OTHERS[(serial + 1 + serial / 12 % 11) % 12]] };
    let text = format!(
        "Report {serial}: envoys of both governments met on the border. Lorries took goods across the river that \
         morning. The ministers talked about a railway line. They agreed on a timetable for it. The second government \
         denied that any goods had been sent. Observers in the region saw no change in the patrols of either side. The \
         first government needs workers for its building sites."
    );
    let published: PartialDate =
        format!("20{:02}-{:02}-{:02}", 10 + batch % 15, 1 + batch / 15 % 12, 1 + serial % 28).parse()?;
    let text_sha256 = sha256_hex(text.as_bytes());
    let source = format!("Outlet {}", serial % 40);
    let document = Document {
        id: Document::id_of(&source, &text_sha256)?,
        kind: DocumentKind::Text,
        source,
        url: Some(format!("https://news.example/{serial}")),
        title: Some(format!("Envoys meet, report {serial}")),
        lang: "en".to_owned(),
        published_from: Some(published.first()),
        published_to: Some(published.end()),
        bytes_sha256: text_sha256.clone(),
        text_sha256,
        extractor: "plain/1".to_owned(),
        text: text.clone(),
        agency: (serial % 10 == 3).then(|| "Example Agency".to_owned()),
        duplicate_of: None,
    };
    let id = document.id.clone();
    let claims = claims(&document, a, b)?;
    let needed = Assessment {
        document: id,
        kind: AssessmentKind::Need,
        subject: parties(&[a])?,
        object: Vec::new(),
        third: Vec::new(),
        good: Some("labour".into()),
        period: None,
        direction: None,
        attribution: Attribution::author(Certainty::Certain, Polarity::Positive),
        trigger: "needs".to_owned(),
        quote: quote(&text, "The first government needs workers for its building sites."),
        derivation: derivation("needs"),
    };
    let silent = Abstention {
        reason: AbstentionReason::NoFrame,
        quote: quote(&text, "Observers in the region saw no change in the patrols of either side."),
        actors: vec![a.parse()?, b.parse()?],
        detail: "see".to_owned(),
    };
    // Distinct minima: no two of these documents are near duplicates of each other.
    let minhash = (0..128).map(|i| (serial as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(i)).collect();
    Ok(NewDocument {
        document,
        bytes: text.into_bytes(),
        minhash,
        claims,
        assessments: vec![needed],
        abstentions: vec![silent],
        observations: Vec::new(),
    })
}

fn claims(document: &Document, a: &str, b: &str) -> Result<Vec<Claim>, ModelError> {
    use EventType as T;
    let make = |event_type, from: &[&str], to: &[&str], trigger: &str, sentence: &str| -> Result<Claim, ModelError> {
        let (lane, tier) = match event_type {
            T::Aid => (Lane::Military, Tier::Done),
            T::Consult => (Lane::Political, Tier::Bound),
            _ => (Lane::Political, Tier::Said),
        };
        Ok(Claim {
            document: document.id.clone(),
            event_type,
            mode: None,
            contexts: vec!["diplomatic".into()],
            initiator: parties(from)?,
            recipient: parties(to)?,
            status: Status::Occurred,
            occurred: None,
            amount: None,
            unit: None,
            place: None,
            vote: None,
            phase: None,
            journey: None,
            attribution: Attribution::author(Certainty::Certain, Polarity::Positive),
            trigger: trigger.to_owned(),
            quote: quote(&document.text, sentence),
            lane,
            tier,
            derivation: derivation(trigger),
        })
    };
    let met = make(T::Consult, &[a, b], &[], "met", "envoys of both governments met on the border.")?;
    let took = make(T::Aid, &[a], &[b], "took", "Lorries took goods across the river that morning.")?;
    let mut talked = make(T::Consult, &[a, b], &[], "talked", "The ministers talked about a railway line.")?;
    talked.tier = Tier::Said;
    let agreed = make(T::Agree, &[a], &[b], "agreed", "They agreed on a timetable for it.")?;
    let sentence = "The second government denied that any goods had been sent.";
    let mut denied = make(T::Aid, &[b], &[a], "sent", sentence)?;
    denied.attribution = Attribution::reported(vec![Link {
        kind: HolderKind::State,
        actor: Some(b.parse()?),
        mention: "The second government".to_owned(),
        cue: "denied".to_owned(),
        ..Link::document(Certainty::Certain, Polarity::Negative)
    }]);
    Ok(vec![met, took, talked, agreed, denied])
}

fn parties(codes: &[&str]) -> Result<Vec<Party>, ModelError> {
    let party = |code: &&str| {
        Ok(Party { actor: code.parse()?, kind: PartyKind::Named, mention: String::new(), start: None, end: None })
    };
    codes.iter().map(party).collect()
}

/// The span of words that stand in the text.
fn quote(text: &str, exact: &str) -> Quote {
    let byte = text.find(exact).unwrap_or_default();
    let points = |s: &str| u32::try_from(s.chars().count()).unwrap_or(u32::MAX);
    let start = points(&text[..byte]);
    let (prefix, suffix) = (String::new(), String::new());
    Quote { start, end: start + points(exact), exact: exact.to_owned(), prefix, suffix }
}

fn derivation(trigger: &str) -> Derivation {
    Derivation {
        lexicon_row: format!("lexicons/en/events.tsv:1 {trigger} verb"),
        rule: "active".to_owned(),
        cues: vec![format!("trigger `{trigger}`")],
    }
}
