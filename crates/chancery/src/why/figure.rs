//! A figure back to its inputs: its address is asked again, and the hash compared.

use chancery_ledger::{AsOf, Ledger};
use chancery_model::Figure;

use crate::answer::{Answer, Question, answer};
use crate::error::Error;
use crate::why::address::Address;

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
    let at = Address::read(ledger, address)?;
    let (from, to, as_of, known_by) = (at.from, at.to, AsOf::Seq(at.seq), at.known_by);
    let question = Question { dyad: at.dyad.clone(), from, to, as_of, known_by };
    let answer = answer(ledger, question)?;
    let figure = answer.figures.get(&at.measure).cloned();
    let now = figure.as_ref().and_then(|f| f.id().ok());
    let agrees = at.agrees(now.as_deref());
    Ok(FigureWhy { asked: address.to_owned(), figure, agrees, answer })
}
