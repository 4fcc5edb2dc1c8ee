//! The ledger: every claim with its words, who said so and who wrote it down, append-only on Delta tables.
//!
//! A folder holds eight tables and the captured bytes. One writer at a time appends batches; any number of readers ask
//! for the state at any point of the past. Nothing is updated: the present is a view over the entries ([`AsOf`]), and
//! a person's word outranks a machine's. Other programs read the tables without this crate (`docs/ledger.md`).
//!
//! Everything blocks; an own runtime inside keeps async from the callers (`docs/decisions/0002-blocking-ledger.md`).

// Disk and clock are this crate's business: it is where the pure crates hand their values over.
#![allow(clippy::disallowed_methods)]

mod check;
mod column;
mod disk;
mod error;
mod filter;
mod force;
mod held;
mod history;
mod known;
mod ledger;
mod lock;
mod observation;
mod parquet;
mod plan;
mod read;
mod record;
mod redact;
mod row;
mod schema;
mod select;
mod table;
mod tabular;
mod verify;
mod verify_rows;
mod writer;

#[cfg(test)]
mod tests;

pub use error::LedgerError;
pub use filter::{
    AbstentionRow, AsOf, AssessmentRow, Batch, ClaimRow, DocumentHead, Filter, Fingerprint, NewDocument, NewEntry,
    Outcome, Receipt,
};
pub use ledger::Ledger;
pub use observation::{ObservationFilter, ObservationRow};
pub use schema::SCHEMA_VERSION;
pub use tabular::Table as ForeignTable;
pub use verify::{Finding, VerifyReport};
pub use writer::Writer;
