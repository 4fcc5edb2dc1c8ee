//! `read` and `grade`: one text on one sheet, and what a person thinks of a source.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests write the files that the command reads

mod common;

use common::{Workspace, chancery, lines, stderr, stdout};
use serde_json::{Value, json};

const ANNOUNCED: &str = "---\ndate: 2024-03-01\nsource: Nordbote\nlang: de\n---\n\
    Der chinesische Außenminister wird am 10. März 2024 nach Moskau reisen, teilte Peking mit.\n";
const DELIVERED: &str = "---\ndate: 2024-05-20\nsource: Ostblatt\nlang: de\n---\n\
    Russland hat im April 2024 Getreide an China geliefert.\n";

fn sheet(workspace: &Workspace, file: &std::path::Path) -> Value {
    let output = workspace.run(&["read", file.to_str().unwrap(), "--json"]);
    assert!(output.status.success(), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_text_is_read_without_a_workspace() {
    let dir = tempfile::tempdir().unwrap();
    let output = chancery()
        .current_dir(dir.path())
        .args(["read", "-", "--date", "2024-05-20", "--source", "Ostblatt", "--lang", "de"])
        .write_stdin("Russland hat im April 2024 Getreide an China geliefert.")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(said.contains("Ostblatt · 2024-05-20") && said.contains("Kein Arbeitsordner"), "{said}");
    assert!(said.contains("Getreide an China geliefert"), "{said}");
    assert!(said.contains("NACHZUPRÜFEN AN") && said.contains("Comtrade"), "{said}");
    let empty = chancery().args(["read", "-"]).write_stdin("").output().unwrap();
    assert_eq!(empty.status.code(), Some(1));
    assert!(stderr(&empty).contains("is empty\nhint: "), "{}", stderr(&empty));
}

#[test]
fn new_known_and_contradicted() {
    let workspace = Workspace::new();
    let first = workspace.file("a.md", DELIVERED);
    let against = |sheet: &Value| -> Vec<String> {
        let lines = sheet["sections"].as_array().unwrap().iter().flat_map(|s| s["lines"].as_array().unwrap());
        lines.map(|l| l["against_ledger"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(against(&sheet(&workspace, &first)), ["new"]);
    assert!(workspace.add(&first).status.success());
    assert_eq!(sheet(&workspace, &first)["compared"]["held"], json!(true));
    let again = workspace.file("b.md", DELIVERED.replace("Ostblatt", "Westblatt"));
    assert_eq!(against(&sheet(&workspace, &again)), ["known"]);
    let denial = workspace.file(
        "c.md",
        "---\ndate: 2024-05-21\nlang: de\n---\nRussland hat im April 2024 kein Getreide an China geliefert.\n",
    );
    let denied = sheet(&workspace, &denial);
    assert_eq!(against(&denied), ["contradicts"], "{denied}");
    assert!(stdout(&workspace.run(&["read", denial.to_str().unwrap()])).contains("CONTRADICTS"));
}

#[test]
fn a_plan_whose_day_has_passed_is_due() {
    let workspace = Workspace::new();
    assert!(workspace.add(&workspace.file("a.md", ANNOUNCED)).status.success());
    // A later text on the same pair that says nothing of the visit.
    let later = workspace.file("b.md", DELIVERED);
    let read = sheet(&workspace, &later);
    assert_eq!(read["due"][0]["outcome"], json!("open"), "{read}");
    assert_eq!(read["due"][0]["when"], json!("10 Mar 2024"));
    let screen = stdout(&workspace.run(&["read", later.to_str().unwrap()]));
    assert!(screen.contains("PLANS DUE") && screen.contains("nothing tells that it took place"), "{screen}");
    // A text of the week before: the plan is not due yet.
    let early = workspace.file("c.md", DELIVERED.replace("2024-05-20", "2024-03-05").replace("April", "Februar"));
    assert_eq!(sheet(&workspace, &early)["due"], json!([]));
    // The visit is told as held.
    let held =
        "---\ndate: 2024-03-11\nlang: de\n---\nDer chinesische Außenminister reiste am 10. März 2024 nach Moskau.\n";
    let held = sheet(&workspace, &workspace.file("d.md", held));
    assert_eq!(held["due"][0]["outcome"], json!("held"), "{held}");
}

#[test]
fn a_person_grades_sources_and_claims() {
    let workspace = Workspace::new();
    workspace.add(&workspace.file("a.md", DELIVERED));
    let grade = |arguments: &[&str]| workspace.run(&[&["grade"], arguments].concat());
    let brief =
        || -> Value { serde_json::from_slice(&workspace.run(&["brief", "RUS", "CHN", "--json"]).stdout).unwrap() };
    let line = |brief: &Value| brief["sections"][0]["lines"][0].clone();
    let before = line(&brief());
    assert_eq!(before["credibility"], json!({ "grade": "4", "words": "doubtful", "judged": false }));
    assert_eq!(before["voices"][0]["reliability"], Value::Null);

    let graded = grade(&["Ostblatt", "b", "--reason", "right for years"]);
    assert!(graded.status.success(), "{}", stderr(&graded));
    assert_eq!(lines(&graded)[0]["grade"], json!("B"));
    assert!(grade(&["Ostblatt", "D", "--topic", "economic", "--reason", "grain figures were wrong"]).status.success());
    let claim = before["voices"][0]["claim"].as_str().unwrap();
    assert!(grade(&[&claim[..10], "2", "--reason", "customs table agrees"]).status.success());

    let after = brief();
    assert_eq!(line(&after)["credibility"], json!({ "grade": "2", "words": "probably true", "judged": true }));
    // The lane's own grade stands before the general one.
    assert_eq!(line(&after)["voices"][0]["reliability"], json!("D"), "{after}");
    let judged = after["judged"].as_str().unwrap();
    assert!(judged.contains("Ostblatt B (everything), D (economic)"), "{judged}");
    assert_eq!(after["verdicts"], brief()["verdicts"]);
    // What the ledger held before shows no grade.
    let past = workspace.run(&["brief", "RUS", "CHN", "--json", "--as-of", "seq2"]);
    let past: Value = serde_json::from_slice(&past.stdout).unwrap();
    assert!(past["judged"].as_str().unwrap().contains("Nothing"), "{past}");

    let sources: Value = serde_json::from_slice(&workspace.run(&["sources", "--json"]).stdout).unwrap();
    assert_eq!(sources["sources"][0]["reliability"]["all"]["grade"], json!("B"));
    assert!(workspace.run(&["verify"]).status.success());
    for (arguments, code, part) in [
        (&["Ostblatt", "3", "--reason", "x"][..], 2, "a source is graded A to F"),
        (&[claim, "A", "--reason", "x"], 2, "a claim is graded 1 to 6"),
        (
            &["Westblatt", "A", "--reason", "x"],
            2,
            "no document of a source called `Westblatt`\nhint: candidates: Ostblatt",
        ),
        (&["Ostblatt", "A", "--reason", " "], 2, "a grade needs a reason"),
        (&["Ostblatt", "A", "--topic", "weather", "--reason", "x"], 2, "expected all, words, military"),
        (&["Ostblatt", "A"], 2, "--reason"),
    ] {
        let output = grade(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(stderr(&output).contains(part), "{arguments:?}: {}", stderr(&output));
    }
}
