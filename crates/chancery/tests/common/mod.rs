//! Small ledgers made by hand: what the coder would find in short texts written for these tests.
#![allow(dead_code, clippy::unwrap_used)] // each test file uses its part

use std::time::Duration;

use chancery::answer::{Answer, Question, answer};
use chancery::brief::Brief;
use chancery::labels::{Labels, Tongue};
use chancery::ledger::{AsOf, Batch, Ledger, NewDocument};
use chancery::model::{
    Assessment, AssessmentKind, Attribution, Certainty, Claim, Derivation, Document, DocumentKind, Dyad, EventType,
    HolderKind, Id, IdKind, Interval, Lane, Link, PartialDate, Party, PartyKind, Polarity, Quote, Run, RunKind, Status,
    Tier, sha256_hex,
};

/// A document with its claims.
pub(crate) struct News(pub(crate) NewDocument);

impl News {
    /// A text of `source`, published in `day` (none: unknown).
    pub(crate) fn new(source: &str, day: &str, text: &str) -> Self {
        let text_sha256 = sha256_hex(text.as_bytes());
        let day: Option<PartialDate> = (!day.is_empty()).then(|| day.parse().unwrap());
        Self(NewDocument {
            document: Document {
                id: Document::id_of(source, &text_sha256).unwrap(),
                kind: DocumentKind::Text,
                source: source.to_owned(),
                url: None,
                title: text.split('.').next().map(str::to_owned),
                lang: "en".to_owned(),
                published_from: day.map(PartialDate::first),
                published_to: day.map(PartialDate::end),
                bytes_sha256: text_sha256.clone(),
                text_sha256,
                extractor: "plain/1".to_owned(),
                text: text.to_owned(),
                agency: None,
                duplicate_of: None,
            },
            bytes: text.as_bytes().to_vec(),
            minhash: vec![1],
            claims: Vec::new(),
            assessments: Vec::new(),
            abstentions: Vec::new(),
            observations: Vec::new(),
        })
    }

    pub(crate) fn id(&self) -> Id {
        self.0.document.id.clone()
    }

    /// With the credit of an agency.
    pub(crate) fn agency(mut self, name: &str) -> Self {
        self.0.document.agency = Some(name.to_owned());
        self
    }

    /// A reprint of another document.
    pub(crate) fn reprints(mut self, other: &Id) -> Self {
        self.0.document.duplicate_of = Some(other.clone());
        self
    }

    /// With a claim: the author's, occurred, certain; `change` makes it something else.
    pub(crate) fn claim(
        mut self,
        what: EventType,
        from: &str,
        to: &str,
        quote: &str,
        change: impl FnOnce(&mut Claim),
    ) -> Self {
        let mut claim = claim(&self.0.document, what, from, to, quote);
        change(&mut claim);
        self.0.claims.push(claim);
        self
    }

    /// With an assessment of the author's.
    pub(crate) fn assessed(
        mut self,
        kind: AssessmentKind,
        subject: &str,
        object: &str,
        good: &str,
        quote: &str,
    ) -> Self {
        let document = &self.0.document;
        self.0.assessments.push(Assessment {
            document: document.id.clone(),
            kind,
            subject: parties(subject),
            object: parties(object),
            third: Vec::new(),
            good: (!good.is_empty()).then(|| good.into()),
            period: None,
            direction: None,
            attribution: Attribution::author(Certainty::Certain, Polarity::Positive),
            trigger: quote.to_owned(),
            quote: quoted(&document.text, quote),
            derivation: Derivation::default(),
        });
        self
    }
}

fn parties(codes: &str) -> Vec<Party> {
    codes
        .split_whitespace()
        .map(|code| Party {
            kind: PartyKind::Named,
            mention: String::new(),
            actor: code.parse().unwrap(),
            start: None,
            end: None,
        })
        .collect()
}

fn quoted(text: &str, exact: &str) -> Quote {
    let byte = text.find(exact).unwrap_or_else(|| panic!("`{exact}` is not in `{text}`"));
    let start = text[..byte].chars().count() as u32;
    Quote {
        start,
        end: start + exact.chars().count() as u32,
        exact: exact.to_owned(),
        prefix: String::new(),
        suffix: String::new(),
    }
}

fn claim(document: &Document, what: EventType, from: &str, to: &str, quote: &str) -> Claim {
    let (lane, tier) = match what {
        EventType::Aid | EventType::Assault | EventType::Mobilize => (Lane::Military, Tier::Done),
        EventType::Cooperate | EventType::Sanction => (Lane::Economic, Tier::Done),
        EventType::Consult => (Lane::Political, Tier::Bound),
        _ => (Lane::Political, Tier::Said),
    };
    Claim {
        document: document.id.clone(),
        event_type: what,
        mode: None,
        contexts: Vec::new(),
        initiator: parties(from),
        recipient: parties(to),
        status: Status::Occurred,
        occurred: None,
        amount: None,
        unit: None,
        place: None,
        vote: None,
        phase: None,
        journey: None,
        attribution: Attribution::author(Certainty::Certain, Polarity::Positive),
        trigger: quote.to_owned(),
        quote: quoted(&document.text, quote),
        lane,
        tier,
        derivation: Derivation {
            lexicon_row: "lexicons/en/events.tsv: test".to_owned(),
            rule: "subject-object".to_owned(),
            cues: vec!["past".to_owned()],
        },
    }
}

/// Said by a state, or by a named or unnamed speaker (`named:…`, empty).
pub(crate) fn said(who: &str, certainty: Certainty, polarity: Polarity) -> Attribution {
    let link = Link { cue: "said".to_owned(), ..Link::document(certainty, polarity) };
    Attribution::reported(vec![match who.strip_prefix("named:") {
        Some(name) => Link { kind: HolderKind::Named, mention: name.to_owned(), ..link },
        None if who.is_empty() => Link { kind: HolderKind::Unnamed, ..link },
        None => Link { kind: HolderKind::State, actor: Some(who.parse().unwrap()), mention: who.to_owned(), ..link },
    }])
}

/// On a day, in a month, in a year.
#[allow(clippy::unnecessary_wraps)] // what a claim wants
pub(crate) fn on(date: &str) -> Option<Interval> {
    Some(date.parse::<PartialDate>().unwrap().interval())
}

/// A ledger in a folder of its own.
pub(crate) struct Held {
    pub dir: tempfile::TempDir,
    pub ledger: Ledger,
}

/// Writes documents, one batch for all.
pub(crate) fn held(news: Vec<News>) -> Held {
    let dir = tempfile::tempdir().unwrap();
    Ledger::create(&dir.path().join("ledger")).unwrap();
    let ledger = Ledger::open(&dir.path().join("ledger")).unwrap();
    let held = Held { dir, ledger };
    held.add(news);
    Held { ledger: Ledger::open(&held.dir.path().join("ledger")).unwrap(), dir: held.dir }
}

impl Held {
    /// Adds a batch.
    pub(crate) fn add(&self, news: Vec<News>) {
        let run = Run {
            id: Id::of(IdKind::Run, &serde_json::json!({ "n": news.len() })).unwrap(),
            kind: RunKind::Machine,
            name: "test".to_owned(),
            program: "chancery 0".to_owned(),
            knowledge_sha256: sha256_hex(b"k"),
            model_sha256: sha256_hex(b"m"),
            settings: "{}".to_owned(),
            started_at: "2024-01-01T00:00:00Z".to_owned(),
        };
        let documents = news.into_iter().map(|n| n.0).collect();
        self.ledger
            .writer(Duration::from_secs(5))
            .unwrap()
            .append(&Batch { run, documents, entries: Vec::new() })
            .unwrap();
    }

    pub(crate) fn reopened(&self) -> Ledger {
        Ledger::open(&self.dir.path().join("ledger")).unwrap()
    }

    pub(crate) fn answer(&self, change: impl FnOnce(&mut Question)) -> Answer {
        let mut question = question();
        change(&mut question);
        answer(&self.reopened(), question).unwrap()
    }

    pub(crate) fn brief(&self, tongue: Tongue) -> Brief {
        written(&self.answer(|_| ()), tongue)
    }
}

pub(crate) fn question() -> Question {
    let dyad = Dyad::undirected("RUS".parse().unwrap(), "PRK".parse().unwrap());
    Question { dyad, from: None, to: None, as_of: AsOf::Last, known_by: None }
}

pub(crate) fn written(answer: &Answer, tongue: Tongue) -> Brief {
    let labels = Labels::embedded(tongue).unwrap();
    chancery::brief::brief(answer, &labels, chancery::knowledge::register().unwrap())
}

/// One article with three holders on one matter, as in a feature of September 2023.
pub(crate) fn article() -> News {
    let text = "Russia has often been said to buy shells from North Korea. A report found no firm evidence of deliveries. \
        So far no shells have been delivered. Trade between the two came to 48 million dollars in 2019. \
        Kim will travel to Vladivostok this week. Russia needs workers. North Korea could offer railway workers. \
        It remains open whether the interest lasts.";
    let never = |p| move |c: &mut Claim| c.attribution = said("", Certainty::Uncommitted, p);
    News::new("Example Weekly", "2023-09-12", text)
        .claim(EventType::Aid, "PRK", "RUS", "often been said to buy shells", never(Polarity::Positive))
        .claim(EventType::Aid, "PRK", "RUS", "no firm evidence of deliveries", never(Polarity::Unknown))
        .claim(EventType::Aid, "PRK", "RUS", "no shells have been delivered", |c| {
            c.attribution = Attribution::author(Certainty::Certain, Polarity::Negative);
        })
        .claim(EventType::Cooperate, "PRK RUS", "", "48 million dollars in 2019", |c| {
            c.occurred = on("2019");
            c.amount = Some("48000000".parse().unwrap());
            c.unit = Some("USD".into());
        })
        .claim(EventType::Consult, "PRK RUS", "", "Kim will travel to Vladivostok", |c| c.status = Status::Planned)
        .assessed(AssessmentKind::Need, "RUS", "", "labour", "Russia needs workers")
        .assessed(AssessmentKind::Offer, "PRK", "RUS", "labour", "North Korea could offer railway workers")
        .assessed(AssessmentKind::Outlook, "RUS PRK", "", "", "It remains open whether the interest lasts")
}
