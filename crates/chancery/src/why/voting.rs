//! A figure of voting back to the ballots of both states on every roll call, and one observation back to its table.

use chancery_ledger::{AsOf, Ledger, ObservationRow};
use chancery_measure::agreement::{Bootstrap, Convention, Measure};
use chancery_model::{Date, Id};
use serde::Serialize;

use crate::error::Error;
use crate::series::{AssemblyQuestion, PREFIX, Voting, VotingQuestion, assembly, voting_in};
use crate::why::address::Address;
use crate::why::{DocumentOut, EntryOut, SCHEMA_VERSION, entries};

/// Both ballots on one roll call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ballots {
    /// The publisher's number of the roll call.
    pub call: u32,
    /// Session.
    pub session: u16,
    /// Day of the vote.
    pub day: Option<Date>,
    /// Resolution or agenda item, where the release says.
    pub item: Option<String>,
    /// The first state's ballot, as the publisher writes it: 1 yes, 2 abstain, 3 no, 8 absent.
    pub a: u8,
    /// The second state's.
    pub b: u8,
    /// The observation of the first.
    pub observation_a: Option<Id>,
    /// The observation of the second.
    pub observation_b: Option<Id>,
}

/// A figure of voting, computed anew.
#[derive(Debug, Serialize)]
pub struct VotingWhy {
    /// The version of this structure.
    pub schema_version: u32,
    /// What was asked for.
    pub asked: String,
    /// The two states.
    pub dyad: [String; 2],
    /// What the ledger gives now.
    pub value: Option<Voting>,
    /// Whether the hash agrees; none where the address came without one.
    pub agrees: Option<bool>,
    /// The table that it was read from.
    pub release: Option<DocumentOut>,
    /// The roll calls behind it.
    pub ballots: Vec<Ballots>,
}

/// Recomputes a figure of voting.
///
/// # Errors
/// An address that cannot be read; what the ledger reports.
pub fn voting(ledger: &Ledger, address: &str) -> Result<VotingWhy, Error> {
    let at = Address::read(ledger, address)?;
    let bad = |what: &str| Error::Reference {
        what: format!("`{address}` is no figure of voting: {what}"),
        candidates: Vec::new(),
    };
    let parts: Vec<&str> = at.measure.strip_prefix(PREFIX).unwrap_or_default().split('/').collect();
    let [measure, convention, period, release] = parts.as_slice() else {
        return Err(bad("expected f:votes/MEASURE/CONVENTION/PERIOD/RELEASE/AAA-BBB/../seqN@HASH"));
    };
    let measure: Measure = measure.parse()?;
    let convention: Convention = convention.parse()?;
    let number = period.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let number: i32 = number.parse().map_err(|_| bad("its period has no number"))?;
    let question =
        AssemblyQuestion { as_of: AsOf::Seq(at.seq), known_by: at.known_by, release: Some((*release).to_owned()) };
    let dyad = [at.dyad.a().to_string(), at.dyad.b().to_string()];
    let mut found = VotingWhy {
        schema_version: SCHEMA_VERSION,
        asked: address.to_owned(),
        dyad,
        value: None,
        agrees: at.agrees(None),
        release: None,
        ballots: Vec::new(),
    };
    let Some(held) = assembly(ledger, &question)? else { return Ok(found) };
    let question = VotingQuestion {
        dyad: at.dyad.clone(),
        measure,
        convention,
        from: None,
        to: None,
        seq: at.seq,
        known_by: at.known_by,
        bootstrap: Bootstrap::default(),
    };
    found.release = Some(DocumentOut::from(&held.release.document));
    let value = voting_in(&held, &question, number)?.filter(|v| v.whole.measure == at.measure);
    found.agrees = at.agrees(value.as_ref().map(|v| v.figure.as_str()));
    let pair = (held.state(&found.dyad[0])?, held.state(&found.dyad[1])?);
    for &index in value.iter().flat_map(|v| &v.calls) {
        let call = &held.votes.calls()[index];
        found.ballots.push(Ballots {
            call: call.id,
            session: call.session,
            day: call.day.and_then(crate::series::day),
            item: call.item.clone(),
            a: held.votes.row(pair.0)[index],
            b: held.votes.row(pair.1)[index],
            observation_a: held.observation(pair.0, index).cloned(),
            observation_b: held.observation(pair.1, index).cloned(),
        });
    }
    found.value = value;
    Ok(found)
}

/// One row of a dataset with its table and whoever took it in.
#[derive(Debug, Serialize)]
pub struct ObservationWhy {
    /// The version of this structure.
    pub schema_version: u32,
    /// Identifier.
    pub id: Id,
    /// The row.
    pub observation: chancery_model::Observation,
    /// Its table.
    pub table: DocumentOut,
    /// How the dataset wants to be cited.
    pub citation: Option<String>,
    /// The acts on the table.
    pub entries: Vec<EntryOut>,
}

/// Opens an observation.
///
/// # Errors
/// One that is not in force; what the ledger reports.
pub fn observation(ledger: &Ledger, id: &Id) -> Result<ObservationWhy, Error> {
    let found = ledger.observation(id)?;
    let Some(ObservationRow { id, observation, document }) = found else {
        return Err(Error::Reference { what: format!("{id} is not in force"), candidates: Vec::new() });
    };
    let citation = crate::dataset::descriptor(&document.source).ok().map(|d| d.citation.clone());
    let entries = entries(ledger, document.id.as_str())?;
    let table = DocumentOut::from(document.as_ref());
    Ok(ObservationWhy { schema_version: SCHEMA_VERSION, id, observation, table, citation, entries })
}
