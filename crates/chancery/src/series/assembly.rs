//! The General Assembly's votes as the ledger holds them, with the observation behind every ballot.

use std::collections::BTreeMap;

use chancery_ledger::{AsOf, DocumentHead, Ledger, ObservationFilter, ObservationRow};
use chancery_measure::Votes;
use chancery_model::{ActorCode, Date, Id};
use smol_str::SmolStr;

use crate::dataset::{Codes, Key, Seats, votes};
use crate::error::Error;

/// Which votes are asked for.
#[derive(Debug, Clone, Default)]
pub struct AssemblyQuestion {
    /// What the ledger held.
    pub as_of: AsOf,
    /// What the world could know before this day.
    pub known_by: Option<Date>,
    /// The release to read, by the beginning of its document's identifier or its vintage; the newest if none is named.
    pub release: Option<String>,
}

/// One release of the votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its table.
    pub document: DocumentHead,
    /// Its vintage, where it is known.
    pub vintage: Option<SmolStr>,
    /// Ballots in it.
    pub ballots: usize,
}

/// The votes of one release.
#[derive(Debug, Clone)]
pub struct Assembly {
    /// States by actor code; a state's seat is one row even where the state changed under it.
    pub votes: Votes,
    /// The release read.
    pub release: Release,
    /// Other releases that the ledger holds.
    pub others: Vec<Release>,
    /// Observations of ballots, by roll call and state.
    rows: BTreeMap<(u32, SmolStr), Id>,
}

impl Assembly {
    /// The observation of a ballot; states and roll calls by their index.
    pub fn observation(&self, state: usize, call: usize) -> Option<&Id> {
        let call = self.votes.calls().get(call)?.id;
        self.rows.get(&(call, SmolStr::from(self.votes.states().get(state)?)))
    }

    /// The index of a state.
    ///
    /// # Errors
    /// A state without a ballot in this release.
    pub fn state(&self, code: &str) -> Result<usize, Error> {
        self.votes.state(code).ok_or_else(|| Error::NoRecord {
            what: format!("{code} has no ballot in the votes that this ledger holds ({})", self.release.document.id),
        })
    }
}

/// The variable of a ballot.
const BALLOT: &str = "un-votes.vote";

/// Reads the votes that a ledger holds; `None` where it holds none.
///
/// # Errors
/// What the ledger reports; a release that is not there; rows that contradict each other.
pub fn assembly(ledger: &Ledger, question: &AssemblyQuestion) -> Result<Option<Assembly>, Error> {
    let filter = ObservationFilter {
        variables: vec![SmolStr::new_static(BALLOT)],
        as_of: question.as_of,
        known_by: question.known_by,
        ..ObservationFilter::default()
    };
    let rows = ledger.observations(&filter)?;
    let mut releases: BTreeMap<Id, Release> = BTreeMap::new();
    for row in &rows {
        let release = releases.entry(row.document.id.clone()).or_insert_with(|| Release {
            document: row.document.as_ref().clone(),
            vintage: row.observation.vintage.clone(),
            ballots: 0,
        });
        release.ballots += 1;
    }
    let mut releases: Vec<Release> = releases.into_values().collect();
    if releases.is_empty() {
        return Ok(None);
    }
    releases.sort_by(|a, b| (&a.vintage, a.ballots, &a.document.id).cmp(&(&b.vintage, b.ballots, &b.document.id)));
    let chosen = match &question.release {
        None => releases.len() - 1,
        Some(name) => {
            let fits = |r: &Release| {
                r.document.id.as_str().starts_with(name.as_str()) || r.vintage.as_ref().is_some_and(|v| v == name)
            };
            releases.iter().rposition(fits).ok_or_else(|| Error::Reference {
                what: format!("no release `{name}` of the Assembly's votes is in force"),
                candidates: releases.iter().map(|r| r.document.id.to_string()).collect(),
            })?
        }
    };
    let release = releases.remove(chosen);
    let rows: Vec<ObservationRow> = rows.into_iter().filter(|r| r.document.id == release.document.id).collect();
    let votes = votes(rows.iter().map(|r| &r.observation), Seats::Chained)?;
    let codes = Codes::embedded()?;
    let mut seats: BTreeMap<ActorCode, SmolStr> = BTreeMap::new();
    let mut ids = BTreeMap::new();
    for ObservationRow { id, observation, .. } in rows {
        let Some(Key { call, .. }) = Key::read(&observation.row_key) else { continue };
        let seat = seats
            .entry(observation.actor_a)
            .or_insert_with_key(|actor| SmolStr::new(codes.successor(actor).as_str()))
            .clone();
        // Of two equal rows the first counts, as in the matrix.
        ids.entry((call, seat)).or_insert(id);
    }
    Ok(Some(Assembly { votes, release, others: releases, rows: ids }))
}
