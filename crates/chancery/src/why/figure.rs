//! A figure back to its inputs: its address is asked again, and the hash compared.

use chancery_ledger::{AsOf, Ledger};
use chancery_model::{Dyad, Figure, PartialDate};

use crate::answer::{Answer, Question, answer};
use crate::error::Error;

/// A figure, recomputed.
#[derive(Debug)]
pub struct FigureWhy {
    /// What was asked for.
    pub asked: String,
    /// What the ledger gives now for the same question.
    pub figure: Option<Figure>,
    /// Whether the hash agrees; none where the address came without one.
    pub agrees: Option<bool>,
    /// The answer it belongs to.
    pub answer: Answer,
}

/// Recomputes the figure of an address.
///
/// # Errors
/// An address that cannot be read; what the ledger reports.
pub fn figure(ledger: &Ledger, address: &str) -> Result<FigureWhy, Error> {
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
    let ends =
        (if from.is_empty() { None } else { Some(day(from)?) }, if to.is_empty() { None } else { Some(day(to)?) });
    let (a, b) = dyad.split_once('-').ok_or_else(|| bad("no pair (AAA-BBB) in it"))?;
    if seq > ledger.last_seq() {
        return Err(bad(&format!("it was computed at entry {seq}, this ledger ends at {}", ledger.last_seq())));
    }
    let question = Question {
        dyad: Dyad::undirected(a.parse()?, b.parse()?),
        from: ends.0,
        to: ends.1,
        as_of: AsOf::Seq(seq),
        known_by,
    };
    let answer = answer(ledger, question)?;
    let figure = answer.figures.get(&parts.join("/")).cloned();
    let now = figure.as_ref().and_then(|f| f.id().ok());
    let agrees = hash.map(|hash| now.is_some_and(|id| id.ends_with(&format!("@{hash}"))));
    Ok(FigureWhy { asked: address.to_owned(), figure, agrees, answer })
}
