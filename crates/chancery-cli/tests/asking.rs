//! Commands that ask a ledger, on the workspace of the demonstration: what they promise, not what the coder finds.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests read and write files, failures panic

mod common;

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use common::{chancery, lines, stderr, stdout};
use serde_json::{Value, json};

/// The demonstration, built once for this file. The folder lives as long as the process.
fn demo() -> &'static Path {
    static DEMO: OnceLock<PathBuf> = OnceLock::new();
    DEMO.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap().keep().join("demo");
        chancery().args(["demo", "--dir"]).arg(&dir).assert().success();
        dir
    })
}

fn ask(arguments: &[&str]) -> Output {
    chancery().arg("--workspace").arg(demo()).args(arguments).output().unwrap()
}

fn json_of(output: &Output) -> Value {
    assert!(output.status.success(), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Claims between the demonstration's pair.
fn claims() -> Vec<Value> {
    json_of(&ask(&["claims", "RUS", "PRK", "--json"]))["claims"].as_array().unwrap().clone()
}

#[test]
fn a_brief_has_four_forms_and_keeps_the_order_as_typed() {
    let brief = json_of(&ask(&["brief", "Russland", "North Korea", "--json"]));
    assert_eq!(brief["schema_version"], json!(1));
    assert_eq!((&brief["dyad"][0]["code"], &brief["dyad"][1]["code"]), (&json!("RUS"), &json!("PRK")));
    assert_eq!(brief["verdicts"].as_array().unwrap().len(), 12);
    assert!(brief["sections"].as_array().unwrap().len() > 3);
    let screen = stdout(&ask(&["brief", "RUS", "731"]));
    assert!(screen.starts_with("RUSSIA – NORTH KOREA   Brief, ledger entry "), "{screen}");
    assert!(screen.lines().all(|l| l.chars().count() <= 140 || l.contains("f:")), "wrapped at the width");
    let markdown = stdout(&ask(&["brief", "PRK", "RUS", "--format", "md", "--lang", "de"]));
    assert!(markdown.starts_with("# Nordkorea – Russland\n"), "{markdown}");
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("brief.html");
    let written = ask(&["brief", "PRK", "RUS", "--format", "html", "-o", file.to_str().unwrap()]);
    assert!(written.status.success() && written.stdout.is_empty());
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.starts_with("<!doctype html>") && !page.contains("<script"));
    let nowhere = ask(&["brief", "PRK", "RUS", "-o", "no/such/folder/x"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(stderr(&nowhere).contains("hint: check that the folder exists"), "{}", stderr(&nowhere));
}

#[test]
fn thin_evidence_is_exit_code_3_and_prints_what_there_is() {
    let thin = ask(&["brief", "RUS", "BRA"]);
    assert_eq!(thin.status.code(), Some(3));
    assert!(stdout(&thin).contains("The ledger holds nothing on this pair"), "{}", stdout(&thin));
    assert!(stderr(&thin).contains("exit code 3"));
}

#[test]
fn unknown_states_are_refused_with_what_may_be_meant() {
    for command in ["brief", "timeline", "diff"] {
        let mut arguments = vec![command, "Russia", "Nordkora"];
        arguments.extend(["2023-08-31", "2023-12-31"].iter().filter(|_| command == "diff"));
        let output = ask(&arguments);
        assert_eq!(output.status.code(), Some(2), "{command}");
        let said = stderr(&output);
        assert!(said.contains("no state or body is called `Nordkora`") && said.contains("did you mean"), "{said}");
    }
    let twice = ask(&["brief", "Moskau", "RUS"]);
    assert_eq!(twice.status.code(), Some(2), "{}", stderr(&twice));
    let date = ask(&["brief", "RUS", "PRK", "--known-by", "12.9.2023"]);
    assert_eq!(date.status.code(), Some(2));
    assert!(stderr(&date).contains("expected YYYY, YYYY-MM or YYYY-MM-DD"), "{}", stderr(&date));
}

#[test]
fn every_figure_opens_and_an_altered_one_is_found_out() {
    let brief = json_of(&ask(&["brief", "RUS", "PRK", "--json"]));
    let figures = brief["figures"].as_array().unwrap();
    for figure in figures.iter().step_by(figures.len() / 6) {
        let id = figure["id"].as_str().unwrap();
        let why = json_of(&ask(&["why", id, "--json"]));
        assert_eq!((&why["agrees"], &why["value"]), (&json!(true), &figure["value"]), "{id}");
        let screen = stdout(&ask(&["why", id]));
        assert!(screen.contains("recomputed: agrees with its address"), "{screen}");
    }
    let altered = figures[0]["id"].as_str().unwrap().replace('@', "@a");
    let output = ask(&["why", &altered]);
    assert_eq!(output.status.code(), Some(5), "{}", stderr(&output));
    assert!(stdout(&output).contains("DIFFERS"));
    for bad in ["f:nonsense", "f:documents/PRK-RUS/../seq999999@x", "f:documents/PRK-RUS/../seqx"] {
        let output = ask(&["why", bad]);
        assert_eq!(output.status.code(), Some(2), "{bad}: {}", stderr(&output));
    }
}

#[test]
fn a_claim_opens_to_words_speakers_and_rule() {
    let all = claims();
    let id = all[0]["id"].as_str().unwrap();
    let why = json_of(&ask(&["why", &id[..10], "--json"]));
    assert_eq!((&why["kind"], &why["coded"]["id"]), (&json!("claim"), &json!(id)));
    assert_eq!(why["words"]["in_text"], json!(true));
    assert_eq!(why["coded"]["attribution"][0]["kind"], json!("document"));
    assert!(!why["derivation"]["lexicon_row"].as_str().unwrap().is_empty());
    assert_eq!(why["entries"][0]["act"], json!("assert"));
    let screen = stdout(&ask(&["why", id, "--lang", "de"]));
    for heading in ["Coded", "Counts as", "Document", "Words", "Who says so", "Made by", "In the ledger"] {
        assert!(screen.contains(heading), "{heading}: {screen}");
    }
    let document = json_of(&ask(&["why", why["document"]["id"].as_str().unwrap(), "--json"]));
    assert_eq!(document["kind"], json!("document"));
    assert!(document["claims"].as_array().unwrap().iter().any(|c| c[0] == json!(id)));
    let nobody = ask(&["why", "c-zzzzzz"]);
    assert_eq!(nobody.status.code(), Some(2));
    assert!(stderr(&nobody).contains("the ledger holds no claim `c-zzzzzz`"), "{}", stderr(&nobody));
}

#[test]
fn claims_are_rows_in_six_forms() {
    let all = claims();
    assert!(all.len() > 20);
    assert_eq!(lines(&ask(&["claims", "RUS", "PRK", "--format", "ndjson"])).len(), all.len());
    let csv = stdout(&ask(&["claims", "PRK", "Russland", "--format", "csv"]));
    assert!(csv.starts_with("id,type,mode,contexts,initiator,recipient,status,"), "{csv}");
    assert_eq!(csv.matches("\r\n").count(), all.len() + 1);
    let table = stdout(&ask(&["claims", "RUS", "PRK"]));
    assert_eq!(table.lines().count(), all.len() + 1);
    let md = stdout(&ask(&["claims", "RUS", "PRK", "--format", "md", "--limit", "3"]));
    assert_eq!(md.lines().count(), 5);
    // A pipe takes bytes.
    let parquet = ask(&["claims", "RUS", "PRK", "--format", "parquet"]);
    assert!(parquet.stdout.starts_with(b"PAR1") && parquet.stdout.ends_with(b"PAR1"));
}

#[test]
fn claims_are_filtered() {
    let of = |arguments: &[&str]| lines(&ask(&[&["claims"], arguments, &["--format", "ndjson"]].concat()));
    for done in of(&["RUS", "PRK", "--standing", "done"]) {
        assert_eq!(
            (&done["standing"], &done["holder"], &done["polarity"]),
            (&json!("done"), &json!("author"), &json!("positive"))
        );
    }
    assert!(of(&["--lane", "military"]).iter().all(|c| c["lane"] == "military"));
    assert!(of(&["PRK", "--holder", "Nordkorea"]).iter().all(|c| c["holder"] == "PRK"));
    assert!(of(&["RUS", "PRK", "--disputed"]).iter().all(|c| c["state"] == "disputed"));
    assert!(of(&["RUS", "PRK", "--known-by", "2022"]).iter().all(|c| c["published_from"].as_str().unwrap() < "2023"));
    let wrong = ask(&["claims", "--standing", "gladly"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(stderr(&wrong).contains("self-reported"), "names what is possible: {}", stderr(&wrong));
}

#[test]
fn a_timeline_is_in_order() {
    let all = json_of(&ask(&["timeline", "RUS", "PRK", "--json"]));
    let days: Vec<&str> = all["timeline"].as_array().unwrap().iter().map(|m| m["from"].as_str().unwrap()).collect();
    assert!(days.len() > 10 && days.is_sorted(), "{days:?}");
    let csv = stdout(&ask(&["timeline", "RUS", "PRK", "--format", "csv", "--lane", "military"]));
    assert!(csv.starts_with("from,to,when,lane,what,state,matter\r\n"));
    assert!(csv.lines().skip(1).all(|l| l.contains(",military,")), "{csv}");
    let bounded = stdout(&ask(&["timeline", "RUS", "PRK", "--from", "2023", "--to", "2023", "--format", "csv"]));
    let meets =
        |l: &str| l.get(..10).is_some_and(|from| from < "2024") && l.get(11..21).is_some_and(|to| to > "2023-01-01");
    assert!(bounded.lines().skip(1).all(meets), "{bounded}");
    assert!(ask(&["timeline", "RUS", "PRK", "--format", "parquet"]).stdout.starts_with(b"PAR1"));
}

#[test]
fn an_export_has_five_forms_and_no_texts() {
    let dir = tempfile::tempdir().unwrap();
    for form in ["ndjson", "csv", "parquet", "jsonld", "ftm"] {
        let to = dir.path().join(form);
        let output = ask(&["export", "RUS", "PRK", "--format", form, "-o", to.to_str().unwrap()]);
        assert!(output.status.success(), "{form}: {}", stderr(&output));
        assert!(stdout(&output).lines().all(|l| Path::new(l).is_file()), "{}", stdout(&output));
    }
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("ndjson/export.json")).unwrap()).unwrap();
    assert_eq!(manifest["claims"], json!(claims().len()));
    let rows = std::fs::read_to_string(dir.path().join("ndjson/claims.ndjson")).unwrap();
    assert_eq!(json!(rows.lines().count()), manifest["claims"]);
    let graph: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("jsonld/provenance.jsonld")).unwrap()).unwrap();
    assert!(graph["@graph"].as_array().unwrap().len() > claims().len());
    let documents = std::fs::read_to_string(dir.path().join("csv/documents.csv")).unwrap();
    assert!(documents.starts_with("id,source,title,url,lang,") && !documents.contains("text"), "{documents}");
    let neither = ask(&["export", "-o", dir.path().to_str().unwrap()]);
    assert_eq!(neither.status.code(), Some(2));
}

#[test]
fn a_difference_is_told_by_its_evidence() {
    let found = json_of(&ask(&["diff", "RUS", "PRK", "2023-08-31", "2023-12-31", "--json"]));
    assert!(!found["new"].as_array().unwrap().is_empty());
    for witness in found["new"].as_array().unwrap().iter().flat_map(|m| m["by"].as_array().unwrap()) {
        let day = witness["published"].as_str().unwrap();
        assert!(("2023-09-01".."2024-01-01").contains(&day), "{witness}");
    }
    let same = stdout(&ask(&["diff", "RUS", "PRK", "2023-08", "2023-08-31"]));
    assert!(same.contains("Nothing changed."), "{same}");
    let recorded = json_of(&ask(&["diff", "RUS", "PRK", "seq1", "2999", "--by", "recorded", "--json"]));
    assert!(!recorded["new"].as_array().unwrap().is_empty());
}

#[test]
fn asking_writes_nothing() {
    let before = walk(demo());
    for arguments in [
        &["brief", "RUS", "PRK"][..],
        &["claims"],
        &["timeline", "RUS", "PRK"],
        &["diff", "RUS", "PRK", "2019", "2024"],
        &["sources"],
        &["verify"],
        &["read", "examples/2023-09-11-visit-confirmed.md"],
    ] {
        let output = chancery().current_dir(demo()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    }
    assert_eq!(walk(demo()), before);
}

/// Path, size and time of change of every file below a folder, sorted.
fn walk(dir: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    let mut found: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            let meta = path.metadata().unwrap();
            if meta.is_dir() { walk(&path) } else { vec![(path, meta.len(), meta.modified().unwrap())] }
        })
        .collect();
    found.sort();
    found
}
