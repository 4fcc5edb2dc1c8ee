//! `chancery-synth`: makes a workspace with a large ledger, for `cargo xtask synth` and `cargo xtask bench`. A tool of
//! developers behind the feature `synth`: it is not installed with the command.
//!
//! It lives here because cargo then links it against the very libraries of the command, built the same way.
#![allow(clippy::disallowed_methods, clippy::print_stdout)] // it writes a folder and tells of it

#[path = "../../../chancery/tests/common/synth.rs"]
mod synth;

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chancery::Workspace;
use synth::Shape;

const USAGE: &str = "usage: chancery-synth make FOLDER [BATCHES DOCUMENTS] | chancery-synth compact FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["make", folder] => make(Path::new(folder), Shape::default()),
        ["make", folder, batches, documents] => match (batches.parse(), documents.parse()) {
            (Ok(batches), Ok(documents)) => make(Path::new(folder), Shape { batches, documents }),
            _ => Err(USAGE.to_owned()),
        },
        ["compact", folder] => compact(Path::new(folder)),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the workspace and says on one line of JSON what is in it.
fn make(folder: &Path, shape: Shape) -> Result<(), String> {
    let started = Instant::now();
    let workspace = Workspace::create(folder).map_err(|e| e.to_string())?;
    let ledger = workspace.ledger().map_err(|e| e.to_string())?;
    synth::write(&ledger, shape, |_| ()).map_err(|e| e.to_string())?;
    let made = serde_json::json!({
        "dyad": synth::DYAD,
        "batches": shape.batches,
        "documents": shape.batches * shape.documents,
        "claims": shape.claims(),
        "claims_of_the_dyad": shape.of_the_pair(),
        "seconds": started.elapsed().as_secs_f64(),
    });
    let path = folder.join("synth.json");
    std::fs::write(&path, format!("{made}\n")).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{made}");
    Ok(())
}

fn compact(folder: &Path) -> Result<(), String> {
    let ledger = Workspace::open(folder).and_then(|w| w.ledger()).map_err(|e| e.to_string())?;
    let mut writer = ledger.writer(Duration::from_secs(30)).map_err(|e| e.to_string())?;
    writer.compact().map_err(|e| e.to_string())
}
