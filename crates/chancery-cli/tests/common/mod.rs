//! What the tests of the command share.
#![allow(dead_code)] // each test file uses its part
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // helpers of tests: files are written, failures panic

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// The command, with no workspace of the surroundings.
pub(crate) fn chancery() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("chancery");
    command.env_remove("CHANCERY_WORKSPACE");
    command
}

/// A folder with a new workspace in it.
pub(crate) struct Workspace(tempfile::TempDir);

impl Workspace {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        chancery().arg("init").arg(dir.path().join("w")).assert().success();
        Self(dir)
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.0.path().join("w")
    }

    /// A file beside the workspace.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join("in").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn dir(&self) -> PathBuf {
        self.0.path().join("in")
    }

    /// The command in this workspace.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = chancery();
        command.arg("--workspace").arg(self.root()).args(arguments);
        command.output().unwrap()
    }

    pub(crate) fn add(&self, path: &Path) -> Output {
        self.run(&["add", path.to_str().unwrap()])
    }
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Every line of standard output as JSON.
pub(crate) fn lines(output: &Output) -> Vec<serde_json::Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A German news item that is like no other of another number.
pub(crate) fn item(number: usize) -> String {
    let places = ["Moskau", "Pjöngjang", "Peking", "Seoul", "Tokio", "Kiew", "Berlin"];
    let acts =
        ["verurteilte den Angriff auf", "lieferte Getreide an", "verhandelte mit", "drohte", "besuchte", "kritisierte"];
    let (a, b) = (places[number % 7], places[(number / 7 + 1 + number) % 7]);
    format!(
        "Meldung {number} vom Verhandlungstisch. Die Regierung in {a} {} die Regierung in {b}, und zwar zum {number}. Mal. \
         Das Außenministerium nannte {} Gründe und {} Termine dafür. Weitere Gespräche sind für die Woche {} geplant.",
        acts[number % 6],
        number + 3,
        number * 2 + 1,
        number % 52 + 1
    )
}
