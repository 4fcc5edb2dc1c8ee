//! Grades after the Admiralty code: how far a source may be trusted on a topic, how far a matter is borne out.
//!
//! Two axes, never mixed, averaged or inferred from each other. A person sets the reliability of a source, for each topic
//! where it differs, and may set the credibility of a claim; both are entries of the ledger with a reason. Where no person has, the program
//! suggests a credibility from independent origins and contradictions, and says that it is a suggestion. F and 6 are
//! missing values, no middle grades. No grade moves any count.

mod credibility;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chancery_ledger::{Batch, Ledger, NewEntry};
use chancery_model::{Act, HolderKind, Id, Lane, Run};
use serde::{Deserialize, Serialize};

use crate::answer::Evidence;
use crate::error::Error;

pub use credibility::Credibility;
pub(crate) use credibility::credibility;

/// Before the name of a source where it is the subject of an entry.
const SOURCE: &str = "source#";
/// The object of an entry that grades a claim.
const CREDIBILITY: &str = "credibility";

/// What a source is graded on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Everything that has no grade of its own.
    All,
    /// That somebody said something. An organ of state may be the best source for its government's words and the worst
    /// for what happened.
    Words,
    /// What happened, in one lane.
    Lane(Lane),
}

impl Topic {
    /// The word in entries and arguments.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Words => "words",
            Self::Lane(lane) => lane.as_str(),
        }
    }
}

impl std::str::FromStr for Topic {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            "words" => Ok(Self::Words),
            lane => lane.parse().map(Self::Lane).map_err(|_| {
                format!("`{lane}` is no topic; expected all, words, military, political, economic or people")
            }),
        }
    }
}

/// One step of one axis, in words.
#[derive(Debug, Clone, Deserialize)]
pub struct Step {
    /// `A` to `F`, or `1` to `6`.
    pub grade: String,
    name_de: String,
    name_en: String,
    /// Independent origins that it takes.
    #[serde(default)]
    needs_independent_origins: usize,
}

impl Step {
    /// Its name.
    pub fn name(&self, german: bool) -> &str {
        if german { &self.name_de } else { &self.name_en }
    }
}

/// The scale that the program carries.
#[derive(Debug, Default, Deserialize)]
pub struct Scale {
    reliability: Vec<Step>,
    credibility: Vec<Step>,
}

impl Scale {
    /// The Admiralty code of `data/scales/`.
    ///
    /// # Errors
    /// A table that cannot be read, which a test excludes.
    pub fn embedded() -> Result<Self, Error> {
        let text = chancery_data::FILES.iter().find(|(path, _)| *path == "scales/admiralty.toml").map_or("", |f| f.1);
        toml::from_str(text).map_err(|e| Error::Knowledge(format!("scales/admiralty.toml: {e}")))
    }

    /// The step of a grade, on the axis that its sign belongs to.
    pub fn step(&self, grade: &str) -> Option<&Step> {
        self.reliability.iter().chain(&self.credibility).find(|s| s.grade == grade)
    }

    /// Independent origins from which on a matter is confirmed.
    fn confirmed_from(&self) -> usize {
        self.credibility.iter().map(|s| s.needs_independent_origins).max().unwrap_or(2)
    }
}

/// A grade that a person set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grade {
    /// `A` … `F` for a source, `1` … `6` for a claim.
    pub grade: String,
    /// Why.
    pub reason: String,
    /// The entry.
    pub seq: u64,
}

/// All grades that hold at one point of the ledger.
#[derive(Debug, Clone, Default)]
pub struct Grades {
    sources: BTreeMap<String, BTreeMap<Topic, Grade>>,
    claims: BTreeMap<String, Grade>,
}

impl Grades {
    /// The grades of a ledger up to an entry. A later grade replaces an earlier one on the same topic.
    ///
    /// # Errors
    /// What the ledger reports.
    pub fn of(ledger: &Ledger, seq: u64) -> Result<Self, Error> {
        let mut grades = Self::default();
        let about_sources = ledger.entries(Some(SOURCE.trim_end_matches('#')))?;
        let about_claims = ledger.entries(Some(CREDIBILITY))?;
        for entry in about_sources.into_iter().chain(about_claims).filter(|e| e.act == Act::Grade && e.seq <= seq) {
            let grade = Grade {
                grade: entry.value.unwrap_or_default(),
                reason: entry.reason.unwrap_or_default(),
                seq: entry.seq,
            };
            match entry.subject.strip_prefix(SOURCE) {
                Some(source) => {
                    let topic = entry.object.as_deref().unwrap_or("all").parse().unwrap_or(Topic::All);
                    grades.sources.entry(source.to_owned()).or_default().insert(topic, grade);
                }
                None => {
                    grades.claims.insert(entry.subject, grade);
                }
            }
        }
        Ok(grades)
    }

    /// All grades of a source.
    pub fn of_source(&self, source: &str) -> Option<&BTreeMap<Topic, Grade>> {
        self.sources.get(source)
    }

    /// The reliability of a claim's source for what it is asked for here: the words of others, or the event itself. `F`
    /// is told as missing.
    pub fn reliability(&self, e: &Evidence) -> Option<&Grade> {
        let of = self.sources.get(&e.row.document.source)?;
        let own_voice = e.row.claim.attribution.innermost().kind == HolderKind::Document;
        let topic = if own_voice { Topic::Lane(e.row.claim.lane) } else { Topic::Words };
        of.get(&topic).or_else(|| of.get(&Topic::All)).filter(|g| g.grade != "F")
    }

    /// What a person set for a claim.
    pub fn of_claim(&self, claim: &Id) -> Option<&Grade> {
        self.claims.get(claim.as_str())
    }
}

/// Grades a source on a topic, as a person.
///
/// # Errors
/// A grade outside A to F; a source from which the ledger holds no document; what the ledger reports.
pub fn grade_source(
    ledger: &Ledger,
    (source, topic): (&str, Topic),
    grade: &str,
    reason: &str,
    hand: &Run,
    wait: Duration,
) -> Result<(), Error> {
    if !matches!(grade, "A" | "B" | "C" | "D" | "E" | "F") {
        return Err(refused(format!("`{grade}` is no reliability; a source is graded A to F, a claim 1 to 6")));
    }
    let held: BTreeSet<String> =
        ledger.documents(&chancery_ledger::Filter::default())?.into_iter().map(|d| d.source).collect();
    if !held.contains(source) {
        let candidates = held.into_iter().filter(|s| !s.is_empty()).collect();
        let what = format!("the ledger holds no document of a source called `{source}`");
        return Err(Error::Reference { what, candidates });
    }
    write(ledger, format!("{SOURCE}{source}"), topic.as_str(), grade, reason, hand, wait)
}

/// Grades a claim, as a person.
///
/// # Errors
/// A grade outside 1 to 6; what the ledger reports.
pub fn grade_claim(
    ledger: &Ledger,
    claim: &Id,
    grade: &str,
    reason: &str,
    hand: &Run,
    wait: Duration,
) -> Result<(), Error> {
    if !matches!(grade, "1" | "2" | "3" | "4" | "5" | "6") {
        return Err(refused(format!("`{grade}` is no credibility; a claim is graded 1 to 6, a source A to F")));
    }
    write(ledger, claim.to_string(), CREDIBILITY, grade, reason, hand, wait)
}

fn refused(what: String) -> Error {
    Error::Reference { what, candidates: Vec::new() }
}

fn write(
    ledger: &Ledger,
    subject: String,
    object: &str,
    grade: &str,
    reason: &str,
    hand: &Run,
    wait: Duration,
) -> Result<(), Error> {
    if reason.trim().is_empty() {
        return Err(refused("a grade needs a reason".to_owned()));
    }
    let entry = NewEntry {
        act: Act::Grade,
        subject,
        object: Some(object.to_owned()),
        value: Some(grade.to_owned()),
        reason: Some(reason.trim().to_owned()),
    };
    ledger.writer(wait)?.append(&Batch { run: hand.clone(), documents: Vec::new(), entries: vec![entry] })?;
    Ok(())
}
