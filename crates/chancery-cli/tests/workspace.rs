//! A workspace from `init` to `redact`.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests write the files that the command reads

mod common;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use common::{Workspace, chancery, item, lines, stderr, stdout};
use serde_json::{Value, json};

#[test]
fn init_makes_one_workspace() {
    let workspace = Workspace::new();
    let settings = std::fs::read_to_string(workspace.root().join("chancery.toml")).unwrap();
    assert!(!settings.contains(workspace.root().to_str().unwrap()), "paths are relative");
    let again = chancery().arg("init").arg(workspace.root()).output().unwrap();
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("is a workspace already\nhint: "), "{}", stderr(&again));
}

#[test]
fn the_nearest_folder_above_is_the_workspace() {
    let workspace = Workspace::new();
    let below = workspace.root().join("notes/2024");
    std::fs::create_dir_all(&below).unwrap();
    chancery().current_dir(&below).arg("sources").assert().success();
    chancery().env("CHANCERY_WORKSPACE", workspace.root()).arg("sources").assert().success();
}

#[test]
fn documents_are_acknowledged_recognised_and_verified() {
    let workspace = Workspace::new();
    let long = (0..8).map(item).collect::<Vec<_>>().join(" ");
    workspace.file("a.md", format!("---\ndate: 2024-03-05\nsource: Nordbote\nlang: de\n---\n{long}\n"));
    workspace.file("b.txt", format!("---\nsource: Südbote\nlang: de\n---\n{long} (dpa)\n"));
    workspace.file("c.txt", item(99));
    workspace.file("sub/d.html", format!("<!doctype html><html lang=de><head><title>Gespräche</title></head><body><article><h1>Gespräche</h1><p>{}</p><p>{}</p></article></body></html>", item(7), item(8)));
    let first = workspace.add(&workspace.dir());
    assert!(first.status.success(), "{}", stderr(&first));
    let receipts = lines(&first);
    assert_eq!(receipts.len(), 4);
    assert!(receipts.iter().all(|r| r["status"] == "added" && r["document_id"].as_str().unwrap().starts_with("d-")));
    assert_eq!(receipts[1]["duplicate_of"], receipts[0]["document_id"], "{receipts:?}");
    assert!(receipts[1]["similarity"].as_f64().unwrap() > 0.9);
    assert!(receipts[2].get("duplicate_of").is_none());
    assert!(stderr(&first).contains("4 added"), "{}", stderr(&first));

    let again = workspace.add(&workspace.dir());
    assert!(again.status.success());
    assert!(lines(&again).iter().all(|r| r["status"] == "held"), "{}", stdout(&again));
    assert_eq!(lines(&again)[0]["document_id"], receipts[0]["document_id"]);

    let sources: Value = serde_json::from_slice(&workspace.run(&["sources", "--json"]).stdout).unwrap();
    let names: Vec<&str> =
        sources["sources"].as_array().unwrap().iter().map(|s| s["source"].as_str().unwrap()).collect();
    assert_eq!(names, ["", "Nordbote", "Südbote"]);
    assert_eq!(sources["sources"][2]["agencies"], json!(["dpa"]));

    let verified: Value = serde_json::from_slice(&workspace.run(&["verify", "--json"]).stdout).unwrap();
    assert_eq!(verified["sound"], json!(true));
}

#[test]
fn the_same_words_from_another_source_are_said_to_be_the_same() {
    let workspace = Workspace::new();
    let line = |source: &str| {
        json!({ "id": source, "text": item(3), "source": source, "lang": "de", "date": null }).to_string()
    };
    let input = workspace.file("in.jsonl", format!("{}\n{}\n{}\n", line("A"), line("B"), line("A")));
    let output = workspace.run(&["add", "--jsonl", input.to_str().unwrap()]);
    let receipts = lines(&output);
    assert_eq!(receipts[1]["duplicate_of"], receipts[0]["document_id"]);
    assert_eq!(receipts[1]["similarity"], json!(1.0));
    assert_eq!(receipts[2]["status"], json!("held"));
}

#[test]
fn a_redacted_document_stays_away() {
    let workspace = Workspace::new();
    let file = workspace.file("a.txt", item(4));
    let id = lines(&workspace.add(&file))[0]["document_id"].as_str().unwrap().to_owned();
    let short = &id[..10];
    let redacted = workspace.run(&["redact", short, "--reason", "court order"]);
    assert!(redacted.status.success(), "{}", stderr(&redacted));
    assert_eq!(lines(&redacted)[0]["status"], json!("redacted"));
    let again = workspace.add(&file);
    assert_eq!(again.status.code(), Some(6), "{}", stderr(&again));
    assert!(stderr(&again).contains("was redacted: court order"), "{}", stderr(&again));
    let verified = workspace.run(&["verify"]);
    assert!(verified.status.success(), "{}", stdout(&verified));
    assert!(stdout(&verified).contains(&format!("redacted: {id}")), "{}", stdout(&verified));
    for (bad, part) in [("d-zzzzzz22", "holds no document"), ("c-abcdef", "names a claim"), ("x", "no identifier")] {
        let output = workspace.run(&["redact", bad, "--reason", "x"]);
        assert!(!output.status.success());
        assert!(stderr(&output).contains(part), "{}", stderr(&output));
    }
}

#[test]
fn reading_commands_work_on_a_folder_nobody_may_write() {
    let workspace = Workspace::new();
    workspace.add(&workspace.file("a.txt", item(5)));
    let listed = |dir: &std::path::Path| {
        let mut all: Vec<_> = walk(dir);
        all.sort();
        all
    };
    let before = listed(&workspace.root());
    assert!(workspace.run(&["verify"]).status.success());
    assert!(workspace.run(&["sources"]).status.success());
    assert_eq!(listed(&workspace.root()), before, "reading writes nothing");
}

/// Path, size and time of change of every file below a folder.
fn walk(dir: &std::path::Path) -> Vec<(std::path::PathBuf, u64, std::time::SystemTime)> {
    std::fs::read_dir(dir)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            let meta = path.metadata().unwrap();
            if meta.is_dir() { walk(&path) } else { vec![(path, meta.len(), meta.modified().unwrap())] }
        })
        .collect()
}

#[test]
fn a_closed_pipe_ends_add_quietly() {
    let workspace = Workspace::new();
    let mut text = String::new();
    for n in 0..600 {
        let _ = writeln!(text, "{}", json!({ "id": n, "text": item(n), "lang": "de", "date": null }));
    }
    let input = workspace.file("in.jsonl", text);
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("--workspace")
        .arg(workspace.root())
        .args(["add", "--jsonl"])
        .arg(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut receipt = String::new();
    out.read_line(&mut receipt).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    assert!(workspace.run(&["verify"]).status.success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_finishes_the_running_batch() {
    let workspace = Workspace::new();
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .arg("--workspace")
        .arg(workspace.root())
        .args(["add", "--jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let line = |n: usize| json!({ "id": n, "text": item(n), "lang": "de", "date": null });
    // The first batch closes after two seconds although the pipe stays open.
    writeln!(stdin, "{}", line(0)).unwrap();
    let mut receipts = BufReader::new(child.stdout.take().unwrap()).lines();
    let first: Value = serde_json::from_str(&receipts.next().unwrap().unwrap()).unwrap();
    assert_eq!(first["status"], json!("added"));
    writeln!(stdin, "{}", line(1)).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(700));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let rest: Vec<String> = receipts.map(Result::unwrap).collect();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert_eq!(rest.len(), 1, "the text that was read is acknowledged before the end");
    assert!(stderr(&output).contains("error: interrupted\nhint: 2 documents are acknowledged"), "{}", stderr(&output));
    let sources: Value = serde_json::from_slice(&workspace.run(&["sources", "--json"]).stdout).unwrap();
    assert_eq!(sources["sources"][0]["documents"], json!(2));
}

#[test]
fn help_completions_and_manual() {
    for shell in ["bash", "zsh", "fish"] {
        let output = chancery().args(["completions", shell]).output().unwrap();
        assert!(output.status.success() && stdout(&output).contains("redact"), "{shell}");
    }
    let page = chancery().arg("man").output().unwrap();
    assert!(stdout(&page).starts_with(".ie") && stdout(&page).contains("Exit codes"), "{}", stdout(&page));
    let dir = tempfile::tempdir().unwrap();
    chancery().args(["man", "--dir"]).arg(dir.path()).assert().success();
    assert!(dir.path().join("chancery-add.1").is_file());
}

#[test]
fn parse_writes_conllu() {
    let raw = chancery()
        .args(["parse", "--lang", "de", "--raw", "-"])
        .write_stdin("Kim reist nach Russland.")
        .output()
        .unwrap();
    assert!(raw.status.success(), "{}", stderr(&raw));
    let words: Vec<Vec<String>> = stdout(&raw)
        .lines()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_digit()))
        .map(|l| l.split('\t').map(str::to_owned).collect())
        .collect();
    assert_eq!(words.len(), 5, "{}", stdout(&raw));
    assert!(words.iter().all(|w| w.len() == 10));
    let given = "1\tKim\t_\t_\t_\t_\t_\t_\t_\t_\n2\treist\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let gold = chancery().args(["parse", "--lang", "de", "--conllu", "-"]).write_stdin(given).output().unwrap();
    assert_eq!(stdout(&gold).lines().filter(|l| l.contains('\t')).count(), 2);
}
