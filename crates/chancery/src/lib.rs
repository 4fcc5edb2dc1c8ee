//! The façade: a workspace, sources in, the record, answers out. Everything a program needs to read news, keep every
//! claim with its evidence, and ask how two states stand to each other.
//!
//! Reads files and the environment by its nature; the clock it is given by its caller.
#![allow(clippy::disallowed_methods)] // sources and workspaces are files

pub mod answer;
pub mod brief;
pub mod clock;
pub mod code;
pub mod credit;
pub mod dataset;
pub mod demo;
pub mod diff;
pub mod duplicate;
pub mod engine;
pub mod error;
pub mod export;
pub mod fetch;
mod figures;
pub mod grade;
pub mod holdings;
pub mod intake;
pub mod knowledge;
pub mod labels;
pub mod matter;
pub mod origin;
pub mod parallel;
pub mod proposition;
pub mod question;
pub mod record;
pub mod reference;
pub mod render;
pub mod rows;
pub mod run;
pub mod section;
mod seen;
pub mod series;
pub mod sheet;
pub mod source;
pub mod standing;
mod verdict;
pub mod voice;
pub mod when;
pub mod why;
pub mod workspace;

pub use engine::Engine;
pub use error::Error;
pub use workspace::Workspace;

// What the command needs from the crates below: it depends on this one alone.
pub use chancery_coder as coder;
pub use chancery_ledger as ledger;
pub use chancery_measure as measure;
pub use chancery_model as model;
pub use chancery_text as text;
