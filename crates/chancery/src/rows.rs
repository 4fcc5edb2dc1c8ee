//! Claims as rows, for tables and other programs.

use std::borrow::Cow;

use chancery_coder::flat;
use chancery_ledger::ClaimRow;
use chancery_model::{EventType, Lane, Standing, Status};
use serde::Serialize;

use crate::answer::Evidence;
use crate::matter::{State, matters};

/// The version of a row as JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// A claim with its document and what it contributes.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The coded fields.
    #[serde(flatten)]
    pub claim: flat::FlatClaim,
    /// What it contributes.
    pub standing: &'static str,
    /// The evidence state of its matter.
    pub state: State,
    /// The matter it belongs to.
    pub matter: String,
    /// The document that its report goes back to.
    pub origin: String,
    /// Its document.
    pub document: String,
    /// The document's outlet.
    pub source: String,
    /// The document's headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// First day on which it may have been published.
    pub published_from: Option<String>,
    /// Day after the last.
    pub published_to: Option<String>,
    /// The entry by which it is in force.
    pub asserted_seq: u64,
}

/// Which claims are wanted. An empty list wants all.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Statuses.
    pub status: Vec<Status>,
    /// Standings.
    pub standing: Vec<Standing>,
    /// Lanes.
    pub lane: Vec<Lane>,
    /// Types.
    pub event_type: Vec<EventType>,
    /// Holders: `author`, `other`, or a code.
    pub holder: Vec<String>,
    /// Only claims of disputed matters.
    pub disputed: bool,
}

/// The wanted claims as rows, with the matters of all that were given.
///
/// # Errors
/// A table of standings that cannot be read.
pub fn rows(
    claims: Vec<ClaimRow>,
    dyad: Option<&chancery_model::Dyad>,
    wanted: &Wanted,
) -> Result<Vec<Row>, crate::Error> {
    let evidence = crate::answer::evidence(claims, dyad)?;
    Ok(of_evidence(&evidence, wanted))
}

fn of_evidence(evidence: &[Evidence], wanted: &Wanted) -> Vec<Row> {
    let matters = matters(evidence);
    let mut of: Vec<usize> = vec![0; evidence.len()];
    for (n, matter) in matters.iter().enumerate() {
        for &i in &matter.members {
            of[i] = n;
        }
    }
    let any = |list_empty: bool, found: bool| list_empty || found;
    evidence
        .iter()
        .zip(&of)
        .filter(|(e, n)| {
            let claim = &e.row.claim;
            any(wanted.status.is_empty(), wanted.status.contains(&claim.status))
                && any(wanted.standing.is_empty(), wanted.standing.contains(&e.standing))
                && any(wanted.lane.is_empty(), wanted.lane.contains(&claim.lane))
                && any(wanted.event_type.is_empty(), wanted.event_type.contains(&claim.event_type))
                && any(wanted.holder.is_empty(), wanted.holder.iter().any(|h| h == claim.attribution.holder()))
                && (!wanted.disputed || matters[**n].state == State::Disputed)
        })
        .map(|(e, n)| row(e, matters[*n].state, &matters[*n].key))
        .collect()
}

fn row(e: &Evidence, state: State, matter: &str) -> Row {
    let document = &e.row.document;
    Row {
        claim: flat::claim(&e.row.claim),
        standing: e.standing.as_str(),
        state,
        matter: matter.to_owned(),
        origin: e.origin.to_string(),
        document: document.id.to_string(),
        source: document.source.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        published_from: document.published_from.map(|d| d.to_string()),
        published_to: document.published_to.map(|d| d.to_string()),
        asserted_seq: e.row.asserted_seq,
    }
}

/// Names of the columns of a flat table, in order.
pub const COLUMNS: [&str; 32] = [
    "id",
    "type",
    "mode",
    "contexts",
    "initiator",
    "recipient",
    "status",
    "polarity",
    "holder",
    "certainty",
    "standing",
    "state",
    "lane",
    "tier",
    "occurred_from",
    "occurred_to",
    "extent",
    "amount",
    "unit",
    "place",
    "concerning",
    "effect",
    "phase",
    "trigger",
    "quote",
    "start",
    "end",
    "matter",
    "origin",
    "document",
    "source",
    "published_from",
];

impl Row {
    /// The cells of a flat table; lists are joined with a space.
    pub fn cells(&self) -> [String; 32] {
        let c = &self.claim;
        let text = |s: &Option<String>| s.clone().unwrap_or_default();
        let state = serde_json::to_value(self.state).ok();
        [
            c.id.clone(),
            c.event_type.clone(),
            text(&c.mode),
            c.contexts.join(" "),
            c.initiator.join(" "),
            c.recipient.join(" "),
            c.status.clone(),
            c.polarity.clone(),
            c.holder.clone(),
            c.certainty.clone(),
            self.standing.to_owned(),
            state.as_ref().and_then(|s| s.as_str()).unwrap_or_default().to_owned(),
            c.lane.clone(),
            c.tier.clone(),
            text(&c.occurred_from),
            text(&c.occurred_to),
            text(&c.extent),
            c.amount.as_ref().map(ToString::to_string).unwrap_or_default(),
            text(&c.unit),
            text(&c.place),
            text(&c.concerning),
            text(&c.effect),
            text(&c.phase),
            c.trigger.clone(),
            c.quote.clone(),
            c.start.to_string(),
            c.end.to_string(),
            self.matter.clone(),
            self.origin.clone(),
            self.document.clone(),
            self.source.clone(),
            text(&self.published_from),
        ]
    }
}

/// A cell of CSV (RFC 4180), quoted where it must be.
pub(crate) fn csv_field(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\"")).into()
    } else {
        text.into()
    }
}

/// A table as CSV (RFC 4180), one header line.
pub fn csv<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut out = columns.join(",") + "\r\n";
    for row in rows {
        let cells: Vec<Cow<'_, str>> = row.iter().map(|c| csv_field(c)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn csv_quotes_what_it_must() {
        let rows = [["a,b".to_owned(), "c\"d".to_owned()], ["e".to_owned(), "f\ng".to_owned()]];
        assert_eq!(super::csv(["x", "y"], rows), "x,y\r\n\"a,b\",\"c\"\"d\"\r\ne,\"f\ng\"\r\n");
    }
}
