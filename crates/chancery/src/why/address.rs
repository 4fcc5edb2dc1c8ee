//! The address of a figure, taken apart.

use chancery_ledger::Ledger;
use chancery_model::{Date, Dyad, PartialDate};

use crate::error::Error;

/// `f:MEASURE/AAA-BBB/FROM..TO/seqN[/knownDAY][@HASH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address<'a> {
    pub(crate) measure: String,
    pub(crate) dyad: Dyad,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) seq: u64,
    pub(crate) known_by: Option<Date>,
    pub(crate) hash: Option<&'a str>,
}

impl<'a> Address<'a> {
    /// Reads an address whose state of the ledger this ledger has.
    pub(crate) fn read(ledger: &Ledger, address: &'a str) -> Result<Self, Error> {
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
        let from = if from.is_empty() { None } else { Some(day(from)?) };
        let to = if to.is_empty() { None } else { Some(day(to)?) };
        let (a, b) = dyad.split_once('-').ok_or_else(|| bad("no pair (AAA-BBB) in it"))?;
        if seq > ledger.last_seq() {
            return Err(bad(&format!("it was computed at entry {seq}, this ledger ends at {}", ledger.last_seq())));
        }
        let dyad = Dyad::undirected(a.parse()?, b.parse()?);
        Ok(Self { measure: parts.join("/"), dyad, from, to, seq, known_by, hash })
    }

    /// Whether an identifier ends in the hash of the address; none where it came without one.
    pub(crate) fn agrees(&self, id: Option<&str>) -> Option<bool> {
        self.hash.map(|hash| id.is_some_and(|id| id.ends_with(&format!("@{hash}"))))
    }
}
