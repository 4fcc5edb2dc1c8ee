//! `why`: a figure back to its claims, a claim back to the words, the speakers, the lexicon row and the hands.

mod address;
mod document;
mod figure;
mod provenance;
mod voting;

use chancery_ledger::{DocumentHead, Ledger};
use chancery_model::{Entry, Id};
use serde::Serialize;

use crate::error::Error;

pub use document::{DocumentWhy, document};
pub use figure::{FigureWhy, figure};
pub use provenance::{Mark, Provenance, StandingWhy, Words, assessment, claim};
pub use voting::{Ballots, ObservationWhy, VotingWhy, observation, voting};

/// The version of these structures as JSON.
pub const SCHEMA_VERSION: u32 = 1;

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

/// The one claim, assessment or document that an identifier or its beginning names.
///
/// # Errors
/// Nothing or several things of this name.
pub fn resolve(ledger: &Ledger, text: &str) -> Result<Id, Error> {
    let given: Id = text.parse()?;
    crate::reference::resolve(ledger, text, given.kind())
}

fn withdrawn(ledger: &Ledger, id: &Id) -> Error {
    let last = ledger.entries(Some(id.as_str())).ok().and_then(|e| e.into_iter().next_back());
    let told = last.map_or_else(String::new, |e| {
        format!(": entry {} ({}{})", e.seq, e.act, e.reason.map_or_else(String::new, |r| format!(", {r}")))
    });
    Error::Reference { what: format!("{id} is no longer in force{told}"), candidates: Vec::new() }
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
