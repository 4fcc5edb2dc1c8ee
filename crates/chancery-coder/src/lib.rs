//! Politics out of parsed text: who did what to whom, who says so, and did it happen.
//!
//! Read the files in this order, each a function of the one before: [`mention`] (who is named where) → [`resolve`]
//! (mention → register, on that date) → [`view`] (noun phrase → actors) → [`event`] (frame → type, initiator, recipient)
//! → [`time`], [`amount`] → [`factuality`] (did it happen) → [`attribution`] (who says so) → [`coding`] (assemble).
//! Knowledge comes first, as an argument: this crate knows no storage and reads no file.

mod amount;
mod assess;
mod attribution;
mod coding;
mod details;
mod echo;
mod event;
mod factuality;
pub mod flat;
mod knowledge;
mod lanes;
mod mention;
mod near;
mod repair;
mod resolve;
mod slot;
mod time;
mod tree;
mod view;

pub use coding::{Coding, Input, code};
pub use knowledge::{Example, Knowledge, KnowledgeError, Register, RegisterError};
