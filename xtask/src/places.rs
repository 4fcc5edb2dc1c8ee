//! Where things are: the checkout, the data beside it, the built program, a folder for what is made on the way.

use std::path::{Path, PathBuf};
use std::process::Command;

use chancery_text::{Lang, Model};
use serde_json::Value;

use crate::args::Args;
use crate::error::TaskError;

/// The checkout.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// A file of the data that lie beside a developer's checkout.
pub(crate) fn shared(path: &str) -> Result<PathBuf, TaskError> {
    let folder = std::env::var_os("CHANCERY_SHARED").filter(|v| !v.is_empty()).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|| root().join("../shared"));
    let file = folder.join(path);
    if file.exists() {
        return Ok(file);
    }
    let what = "not there; CHANCERY_SHARED names the folder of the data that are not part of the project";
    Err(TaskError::input(file.display().to_string(), what))
}

/// The texts of the plain news in a language.
pub(crate) fn texts(lang: &str) -> Result<Vec<String>, TaskError> {
    let path = shared(&format!("corpus/news-{lang}.jsonl"))?;
    let lines = read(&path)?;
    let text = |line: &str| {
        let value: Value =
            serde_json::from_str(line).map_err(|e| TaskError::input(path.display().to_string(), e.to_string()))?;
        Ok(value["text"].as_str().unwrap_or_default().to_owned())
    };
    lines.lines().map(text).collect()
}

/// A model from a file; it lives as long as the program.
pub(crate) fn model(path: &Path) -> Result<Model, TaskError> {
    let bytes = std::fs::read(path).map_err(|e| TaskError::file(path, e))?;
    Model::from_bytes(Vec::leak(bytes)).map_err(|e| TaskError::input(path.display().to_string(), e.to_string()))
}

/// The model of a language that ships.
pub(crate) fn shipped(lang: Lang) -> PathBuf {
    root().join(format!("data/models/{lang}/model.bin"))
}

/// A folder of a task's own below the build folder; what was in it stays.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, TaskError> {
    let folder = target().join("xtask").join(name);
    std::fs::create_dir_all(&folder).map_err(|e| TaskError::file(&folder, e))?;
    Ok(folder)
}

/// A folder without anything in it.
pub(crate) fn empty(folder: &Path) -> Result<(), TaskError> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|e| TaskError::file(folder, e))?;
    }
    std::fs::create_dir_all(folder).map_err(|e| TaskError::file(folder, e))
}

/// Cargo's build folder.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// What is built for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The command.
    Chancery,
    /// The maker of large ledgers.
    Synth,
}

/// A release program: `--bin-dir` as it is, else built anew from the checkout.
pub(crate) fn program(tool: Tool, args: &Args) -> Result<PathBuf, TaskError> {
    let name = match tool {
        Tool::Chancery => "chancery",
        Tool::Synth => "chancery-synth",
    };
    if let Some(folder) = args.path("--bin-dir") {
        let program = folder.join(name);
        if program.is_file() {
            return Ok(program);
        }
        return Err(TaskError::input(program.display().to_string(), "not there, though --bin-dir says so"));
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(&cargo);
    command.current_dir(root()).args(["build", "--release", "--locked", "--quiet", "--package", "chancery-cli"]);
    command.args(["--bin", name]);
    if tool == Tool::Synth {
        command.args(["--features", "synth"]);
    }
    let status = command.status().map_err(|e| TaskError::program("cargo", e.to_string()))?;
    if !status.success() {
        return Err(TaskError::program("cargo build", format!("{name} was not built ({status})")));
    }
    Ok(target().join("release").join(name))
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<String, TaskError> {
    std::fs::read_to_string(path).map_err(|e| TaskError::file(path, e))
}

/// Writes a file.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), TaskError> {
    std::fs::write(path, text).map_err(|e| TaskError::file(path, e))
}
