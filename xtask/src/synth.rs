//! `xtask synth`: a workspace with a large ledger.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::args::Args;
use crate::error::TaskError;
use crate::places::{self, Tool};

pub(crate) const HELP: &str = "\
usage: cargo xtask synth [--dir FOLDER] [--batches N] [--documents N] [--bin-dir FOLDER]

Makes a workspace whose ledger holds 100,000 claims of 20,000 documents, written in 400 batches; 2,000 of the claims are
about one pair of states, which `synth.json` in the folder names. About a minute.

  --dir FOLDER      where; must not be there yet [default: target/xtask/synth]
  --batches N       batches [default: 400]; one document of each is about the pair
  --documents N     documents in a batch, five claims in each [default: 50]
  --bin-dir FOLDER  use the programs in FOLDER instead of building them
";

/// A made workspace.
#[derive(Debug, Clone)]
pub(crate) struct Synth {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// The pair that is asked for.
    pub(crate) dyad: [String; 2],
    /// What `chancery-synth` says of it.
    pub(crate) told: Value,
}

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--dir", "--batches", "--documents", "--bin-dir"])?;
    let folder = match args.path("--dir") {
        Some(folder) => folder,
        None => places::scratch("")?.join("synth"),
    };
    let shape = (args.number_or("--batches", 400)?, args.number_or("--documents", 50)?);
    let made = make(&folder, shape, args)?;
    println!("{}: {}", made.folder.display(), made.told);
    Ok(())
}

/// Makes a workspace of so many batches and documents a batch.
pub(crate) fn make(folder: &Path, (batches, documents): (u64, u64), args: &Args) -> Result<Synth, TaskError> {
    let program = places::program(Tool::Synth, args)?;
    let output = Command::new(&program)
        .arg("make")
        .arg(folder)
        .args([batches.to_string(), documents.to_string()])
        .output()
        .map_err(|e| TaskError::program("chancery-synth", e.to_string()))?;
    if !output.status.success() {
        return Err(TaskError::program("chancery-synth", String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    open(folder)
}

/// A workspace that was made before.
pub(crate) fn open(folder: &Path) -> Result<Synth, TaskError> {
    let path = folder.join("synth.json");
    let bad = |what: String| TaskError::input(path.display().to_string(), what);
    let told: Value = serde_json::from_str(&places::read(&path)?).map_err(|e| bad(e.to_string()))?;
    let state = |i: usize| told["dyad"][i].as_str().map(str::to_owned);
    let dyad = state(0).zip(state(1)).ok_or_else(|| bad("names no `dyad` of two states".to_owned()))?;
    Ok(Synth { folder: folder.to_owned(), dyad: dyad.into(), told })
}

/// Brings the files of its ledger together.
pub(crate) fn compact(synth: &Synth, args: &Args) -> Result<(), TaskError> {
    let program = places::program(Tool::Synth, args)?;
    let status = Command::new(program).arg("compact").arg(&synth.folder).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(TaskError::program("chancery-synth compact", status.to_string())),
        Err(e) => Err(TaskError::program("chancery-synth", e.to_string())),
    }
}
