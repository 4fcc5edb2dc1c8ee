//! The demonstration: a workspace from the examples that the program carries. Needs nothing but the binary.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::engine::Engine;
use crate::error::Error;
use crate::intake::{Event, Item, Settings};
use crate::source::{MAX_DOCUMENT, Metadata, Terms};
use crate::workspace::Workspace;
use crate::{clock, record, run};

/// The file by which a folder is known to be a demonstration that may be made anew.
const MARK: &str = "chancery-demo.txt";
const MARK_TEXT: &str =
    "Made by `chancery demo`, which deletes and rebuilds this folder. Keep nothing of your own here.\n";

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The workspace.
    pub workspace: Workspace,
    /// Documents taken in.
    pub documents: usize,
    /// Of these, reprints.
    pub reprints: usize,
    /// Claims in them.
    pub claims: usize,
    /// What went wrong, text by text.
    pub failed: Vec<String>,
}

/// Builds the demonstration in `dir`; one that is there already is made anew.
///
/// # Errors
/// A folder that is there and is none; what the ledger reports.
pub fn build(dir: &Path, engine: &Engine) -> Result<Built, Error> {
    clear(dir)?;
    let write = |path: PathBuf| move |source| Error::Write { path, source };
    let texts = dir.join("examples");
    std::fs::create_dir_all(&texts).map_err(write(texts.clone()))?;
    std::fs::write(dir.join(MARK), MARK_TEXT).map_err(write(dir.join(MARK)))?;
    let mut items = Vec::new();
    for (name, text) in chancery_data::EXAMPLES {
        let path = texts.join(name);
        std::fs::write(&path, text).map_err(write(path.clone()))?;
        items.push(Item::File(path));
    }
    let workspace = Workspace::create(dir)?;
    let ledger = workspace.ledger()?;
    let terms = Terms { metadata: Metadata::default(), max_document: MAX_DOCUMENT, today: None };
    let settings = Settings { terms, wait: Duration::from_secs(30), recode: false };
    let hand = run::machine(engine, "demo", &serde_json::json!({ "examples": items.len() }), clock::now())?;
    let (mut documents, mut reprints, mut claims, mut failed) = (0, 0, 0, Vec::new());
    record::record(&ledger, engine, items.into_iter(), &hand, &settings, |event| {
        match event {
            Event::Receipt(receipt) => {
                documents += 1;
                claims += receipt.claims;
                reprints += usize::from(receipt.repeats.is_some());
            }
            Event::Failed(error) => failed.push(error.to_string()),
            Event::Note(..) | Event::Read | Event::Idle => {}
        }
        ControlFlow::Continue(())
    })?;
    let counts = serde_json::json!({ "documents": documents, "claims": claims, "failed": failed.len() });
    run::finish(&ledger, &hand, &counts, settings.wait)?;
    Ok(Built { workspace, documents, reprints, claims, failed })
}

/// Removes an earlier demonstration; anything else is left alone.
fn clear(dir: &Path) -> Result<(), Error> {
    let empty = std::fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    if empty {
        return Ok(());
    }
    if !dir.join(MARK).is_file() {
        return Err(Error::NotADemo(dir.to_owned()));
    }
    std::fs::remove_dir_all(dir).map_err(|source| Error::Write { path: dir.to_owned(), source })
}
