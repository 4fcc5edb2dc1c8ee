//! Whose hand writes: the run that every entry of the ledger is signed with.

use std::time::Duration;

use chancery_ledger::{Batch, Ledger, NewEntry};
use chancery_model::{Act, Id, IdKind, Run, RunKind, canonical_json};
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::error::Error;

/// A run of this program, with the hashes of all that decides what it finds.
pub fn machine(engine: &Engine, command: &str, settings: &Value, started_at: String) -> Result<Run, Error> {
    make(RunKind::Machine, command, engine.knowledge().sha256(), &engine.models_sha256(), settings, started_at)
}

/// A run that takes a dataset in: a machine without language model; the knowledge is the table of states and the descriptors.
pub fn dataset(command: &str, settings: &Value, started_at: String) -> Result<Run, Error> {
    make(RunKind::Machine, command, &knowledge_sha256(), "", settings, started_at)
}

/// A run by which a person acts; no knowledge and no model decide.
pub fn person(command: &str, settings: &Value, started_at: String) -> Result<Run, Error> {
    make(RunKind::Person, command, "", "", settings, started_at)
}

/// Closes a run with its counts. A run without this entry was cut short.
pub fn finish(ledger: &Ledger, run: &Run, counts: &Value, wait: Duration) -> Result<(), Error> {
    let value = Some(canonical_json(counts)?);
    let entry = NewEntry { act: Act::Finish, subject: run.id.to_string(), object: None, value, reason: None };
    ledger.writer(wait)?.append(&Batch { run: run.clone(), documents: Vec::new(), entries: vec![entry] })?;
    Ok(())
}

/// The hash of the tables that decide how a dataset is read.
fn knowledge_sha256() -> String {
    let decides = |path: &str| path.starts_with("sources/") || path.starts_with("actors/");
    let files = chancery_data::FILES.iter().filter(|(path, _)| decides(path));
    let whole = files.fold(String::new(), |all, (path, text)| all + path + "\n" + text);
    chancery_model::sha256_hex(whole.as_bytes())
}

fn make(
    kind: RunKind,
    name: &str,
    knowledge_sha256: &str,
    model_sha256: &str,
    settings: &Value,
    started_at: String,
) -> Result<Run, Error> {
    let program = format!("chancery {}", env!("CARGO_PKG_VERSION"));
    let settings = canonical_json(settings)?;
    // The process tells apart runs that begin in the same microsecond.
    let id = Id::of(
        IdKind::Run,
        &json!({
            "kind": kind, "name": name, "program": program, "knowledge_sha256": knowledge_sha256,
            "model_sha256": model_sha256, "settings": settings, "started_at": started_at, "process": std::process::id(),
        }),
    )?;
    Ok(Run {
        id,
        kind,
        name: name.to_owned(),
        program,
        knowledge_sha256: knowledge_sha256.to_owned(),
        model_sha256: model_sha256.to_owned(),
        settings,
        started_at,
    })
}
