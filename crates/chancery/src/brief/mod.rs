//! The brief: an answer in words, ready for any form. Renderers only lay it out; nothing is computed after this.

mod assessed;
mod build;
mod gaps;
mod lines;
mod phrase;
mod verdicts;
mod voices;

use serde::Serialize;

use crate::answer::Answer;
use crate::grade::Credibility;
use crate::labels::Labels;
use crate::section::Section;
use crate::voice::Side;

pub(crate) use assessed::groups;
pub use build::Names;
pub(crate) use build::{figure, interval_or_report};
pub use lines::quotation;
pub(crate) use lines::{parties, speaker_name};
pub use phrase::{Number, Part, Phrase};

/// The version of the brief as JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// An actor with its name in the brief's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A written answer.
#[derive(Debug, Clone, Serialize)]
pub struct Brief {
    /// Of this structure.
    pub schema_version: u32,
    /// Language of the words around the quotations.
    pub lang: &'static str,
    /// The pair.
    pub dyad: [Actor; 2],
    /// First day of the period, where asked for.
    pub from: Option<String>,
    /// Day after its last.
    pub to: Option<String>,
    /// The last day whose reports were known.
    pub known_by: Option<String>,
    /// The last entry of the ledger that was read.
    pub as_of_seq: u64,
    /// What it rests on, in one line.
    pub base: Phrase,
    /// Whether the evidence is too thin for any judgement.
    pub thin: bool,
    /// The answer in sentences; channels that disagree come first.
    pub answer: Vec<Phrase>,
    /// Lane by lane and tier by tier.
    pub verdicts: Vec<Verdict>,
    /// Matters by section; empty sections are left out.
    pub sections: Vec<SectionOut>,
    /// Who says so, by side.
    pub voices: Vec<Voice>,
    /// States that are named and never heard.
    pub silent: Vec<Actor>,
    /// Needs, offers, motives, outlook … as reported.
    pub assessments: Vec<Assessed>,
    /// All dated matters in order of time.
    pub timeline: Vec<Moment>,
    /// What datasets say beside the claims; empty where none is held.
    pub record: Vec<Phrase>,
    /// What is missing.
    pub gaps: Vec<Phrase>,
    /// What persons set: grades of sources and claims, in a sentence.
    pub judged: String,
    /// Every number above, with its inputs.
    pub figures: Vec<FigureOut>,
}

impl Brief {
    /// The last day of the period.
    pub fn last_day(&self) -> Option<String> {
        let end: chancery_model::Date = self.to.as_ref()?.parse().ok()?;
        Some(end.yesterday().ok()?.to_string())
    }
}

/// The verdict of one lane and tier.
#[derive(Debug, Clone, Serialize)]
pub struct Verdict {
    /// `military` …
    pub lane: &'static str,
    /// `said` …
    pub tier: &'static str,
    /// Lane and tier in words.
    pub channel: String,
    /// `closer`, `apart`, `no_change_detectable`, `cannot_be_judged`.
    pub verdict: &'static str,
    /// The same in words.
    pub words: String,
    /// Events counted; none where nothing was reported as fact.
    pub events: Option<Number>,
    /// Their independent origins.
    pub origins: Option<Number>,
    /// Why it cannot be judged, or what the verdict rests on.
    pub because: Phrase,
    /// First day of the later half, where it was judged.
    pub since: Option<String>,
}

/// The matters of one section.
#[derive(Debug, Clone, Serialize)]
pub struct SectionOut {
    /// Which.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// What stands in it, in a few words.
    pub explain: String,
    /// How many matters.
    pub matters: Option<Number>,
    /// From how many independent origins.
    pub origins: Option<Number>,
    /// The matters.
    pub lines: Vec<Line>,
}

/// One matter.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The matter's name in this ledger.
    pub matter: String,
    /// PLOVER type.
    pub event_type: &'static str,
    /// The type in words.
    pub what: String,
    /// Codes of those who act.
    pub initiator: Vec<String>,
    /// Codes of those towards whom.
    pub recipient: Vec<String>,
    /// Both in words.
    pub who: String,
    /// When, in honest precision.
    pub when: String,
    /// First day of its interval.
    pub occurred_from: Option<String>,
    /// Day after its last.
    pub occurred_to: Option<String>,
    /// The figure given for it.
    pub amount: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// Evidence state.
    pub state: String,
    /// How far it is borne out, on the Admiralty code; none where it is not told to have happened, or where parties
    /// contradict each other.
    pub credibility: Option<Credibility>,
    /// Lane and tier in words.
    pub channel: String,
    /// Independent origins.
    pub origins: Option<Number>,
    /// Documents that tell of it.
    pub documents: Option<Number>,
    /// Who says what: the leading claim first, then one for each other speaker and stance.
    pub voices: Vec<Spoken>,
    /// How it went on.
    pub course: Vec<StepOut>,
}

/// One speaker on one matter, with the words.
#[derive(Debug, Clone, Serialize)]
pub struct Spoken {
    /// Who.
    pub speaker: String,
    /// What kind of speaker.
    pub side: Side,
    /// `done`, `claimed`, `denied` …
    pub standing: &'static str,
    /// The same as a verb.
    pub does: String,
    /// The words, in the original.
    pub quote: String,
    /// Their language.
    pub lang: String,
    /// The claim.
    pub claim: String,
    /// The document.
    pub document: String,
    /// Its outlet.
    pub source: String,
    /// The outlet's reliability for this, `A` … `E`, where a person set one.
    pub reliability: Option<String>,
    /// Its day, in honest precision.
    pub published: String,
}

/// One step of a matter.
#[derive(Debug, Clone, Serialize)]
pub struct StepOut {
    /// What happened to it, in words.
    pub word: String,
    /// When that was published.
    pub published: String,
    /// By which claim.
    pub claim: String,
}

/// A speaker with what it asserts, denies and leaves open.
#[derive(Debug, Clone, Serialize)]
pub struct Voice {
    /// What kind of speaker.
    pub side: Side,
    /// Who.
    pub speaker: String,
    /// Matters asserted.
    pub asserts: Option<Number>,
    /// Matters denied.
    pub denies: Option<Number>,
    /// Matters left open.
    pub leaves_open: Option<Number>,
}

/// Assessments of one kind.
#[derive(Debug, Clone, Serialize)]
pub struct Assessed {
    /// Which kind.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What is said.
    pub lines: Vec<AssessedLine>,
}

/// One assessment, as reported.
#[derive(Debug, Clone, Serialize)]
pub struct AssessedLine {
    /// Whose, towards whom, for whose sake.
    pub who: String,
    /// The good and the direction.
    pub what: String,
    /// The time it speaks of.
    pub when: Option<String>,
    /// Who says so, with the reserve.
    pub says: String,
    /// The words.
    pub quote: String,
    /// Their language.
    pub lang: String,
    /// The assessment.
    pub assessment: String,
    /// Its document.
    pub document: String,
    /// Its outlet.
    pub source: String,
}

/// A dated matter on the timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Moment {
    /// First day.
    pub from: String,
    /// Day after the last.
    pub to: String,
    /// In words.
    pub when: String,
    /// Whether the day is that of the report, not of the event.
    pub by_report: bool,
    /// The matter.
    pub matter: String,
    /// Its section.
    pub section: Section,
    /// Its lane.
    pub lane: &'static str,
    /// Who and what.
    pub title: String,
    /// Evidence state.
    pub state: String,
}

/// A figure as the brief prints it.
#[derive(Debug, Clone, Serialize)]
pub struct FigureOut {
    /// Address and hash: what `why` opens.
    pub id: String,
    /// What is counted, in words.
    pub meaning: String,
    /// Its value.
    pub value: String,
    /// Claims, assessments or documents with what each adds.
    pub inputs: Vec<chancery_model::FigureInput>,
}

/// Writes the brief of an answer.
pub fn brief(answer: &Answer, labels: &Labels, register: &chancery_coder::Register) -> Brief {
    build::build(answer, &Names { labels, register })
}
