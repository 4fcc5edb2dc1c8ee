//! A brief laid out: for a terminal, as Markdown, as one HTML file, as JSON.
//!
//! Three classes of content are told apart everywhere by a sign and a word, never by colour alone: what is reported (❝),
//! what is computed (Σ), what a person judged (☞).

mod clean;
pub mod diff;
mod html;
mod ink;
mod json;
mod markdown;
mod notes;
pub mod sheet;
mod svg;
mod terminal;
pub mod voting;
pub mod why;

pub use clean::{legible, one_line};
pub use html::html;
pub use ink::{Ink, wrapped};
pub use json::{escaped, json};
pub use markdown::{escape as markdown_escape, markdown};
pub use terminal::{Layout, terminal};

/// The sign of what documents say.
pub const REPORTED: &str = "❝";
/// The sign of what is counted.
pub const COMPUTED: &str = "Σ";
/// The sign of what a person set.
pub const JUDGED: &str = "☞";

/// Characters of an identifier that are printed where room is short; any beginning of six is accepted.
pub const SHORT_ID: usize = 10;

/// A credibility with the sign that tells a suggestion from a person's judgement: `Σ4 doubtful`.
pub(crate) fn credibility(c: &crate::grade::Credibility) -> String {
    format!("{}{} {}", if c.judged { JUDGED } else { COMPUTED }, c.grade, c.words)
}

/// The beginning of an identifier.
pub fn short(id: &str) -> &str {
    id.get(..SHORT_ID).unwrap_or(id)
}
