//! The ledger proper: runs, dated and signed entries, figures.

use serde::{Deserialize, Serialize};

use crate::event::vocabulary;
use crate::{Date, Dyad, Id, IdKind, ModelError};

vocabulary! {
    /// Whose hand writes.
    RunKind, "run kind" {
        /// A program with hashes of rules, knowledge and models.
        Machine = "machine",
        /// A person.
        Person = "person",
    }
}

/// A hand that writes: written first, with its settings. Closing counts are an entry (`finish`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Identifier.
    pub id: Id,
    /// Machine or person.
    pub kind: RunKind,
    /// Program name or person's name.
    pub name: String,
    /// Program version.
    pub program: String,
    /// SHA-256 of all knowledge files, hex.
    pub knowledge_sha256: String,
    /// SHA-256 of the models, hex.
    pub model_sha256: String,
    /// Settings as canonical JSON.
    pub settings: String,
    /// When it began, RFC 3339 UTC; given by the caller (the model has no clock).
    pub started_at: String,
}

vocabulary! {
    /// What an entry does.
    Act, "act" {
        /// A claim, assessment, observation or document is in force.
        Assert = "assert",
        /// It is no longer.
        Retract = "retract",
        /// Two things are related (`same_event`, `repeats`, `supports`, `contradicts`, `corrects`).
        Relate = "relate",
        /// A source or a claim is graded.
        Grade = "grade",
        /// A person corrects a coding.
        Correct = "correct",
        /// Two actors are one.
        Merge = "merge",
        /// They are not.
        Split = "split",
        /// A sentence was not coded.
        Abstain = "abstain",
        /// A run closes with its counts.
        Finish = "finish",
        /// A document's bytes and text were removed, with the reason.
        Redact = "redact",
    }
}

/// One dated, signed act. `seq`, `recorded_at`, `prev_hash` and `hash` are assigned by the ledger under its lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position, from 1.
    pub seq: u64,
    /// System time, microseconds since 1970 UTC; never goes backwards.
    pub recorded_at: i64,
    /// Whose hand.
    pub run: Id,
    /// What it does.
    pub act: Act,
    /// What it is about: an id, or `document_id#start-end` for an abstention.
    pub subject: String,
    /// The other end of a relation.
    pub object: Option<String>,
    /// Relation kind, grade, abstention reason, counts.
    pub value: Option<String>,
    /// Rule id or sentence; required for retract, correct, grade, abstain, redact.
    pub reason: Option<String>,
    /// Hash of the entry before.
    pub prev_hash: String,
    /// Hash of this entry with `prev_hash`.
    pub hash: String,
}

/// One input of a figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FigureInput {
    /// A claim, observation or document id.
    pub id: String,
    /// What it adds, as a decimal.
    pub contribution: String,
}

/// One computed value with its inputs; recomputes to the same id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is measured (`done/military`, `origins`).
    pub measure: String,
    /// Of whom.
    pub dyad: Dyad,
    /// First day of the period.
    pub from: Option<Date>,
    /// Day after the last.
    pub to: Option<Date>,
    /// Ledger state: the last entry it saw.
    pub as_of_seq: u64,
    /// What the world could know by then.
    pub known_by: Option<Date>,
    /// The value, as a decimal; `None` is missing, never zero.
    pub value: Option<String>,
    /// What it was computed from, sorted.
    pub inputs: Vec<FigureInput>,
}

impl Figure {
    /// The address of the figure, without its hash: `f:done/military/PRK-RUS/2023-01-01..2023-10-01/seq1234`.
    pub fn address(&self) -> String {
        let day = |d: Option<Date>| d.map_or(String::new(), |d| d.to_string());
        let known = self.known_by.map_or(String::new(), |d| format!("/known{d}"));
        format!("f:{}/{}/{}..{}/seq{}{known}", self.measure, self.dyad, day(self.from), day(self.to), self.as_of_seq)
    }

    /// Address and hash: `why` recomputes it and compares.
    pub fn id(&self) -> Result<String, ModelError> {
        let value = serde_json::to_value(self).map_err(|e| ModelError::Canonical(e.to_string()))?;
        let id = Id::of(IdKind::Figure, &value)?;
        Ok(format!("{}@{}", self.address(), &id.as_str()[2..14]))
    }
}
