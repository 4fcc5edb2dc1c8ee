//! Bad input: each kind has an error that names the file and a hint that names the remedy.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests write the files that the command reads

mod common;

use common::{Workspace, chancery, stderr, stdout};

/// File name, bytes, further arguments, what the error says, what the hint says.
type Case = (&'static str, Vec<u8>, &'static [&'static str], &'static str, &'static str);

fn cases() -> Vec<Case> {
    let future = b"---\ndate: 2999-01-01\n---\nRussland besucht China und spricht mit Peking.\n".to_vec();
    vec![
        ("empty.txt", Vec::new(), &[], "empty.txt: is empty", "download"),
        ("report.pdf", b"%PDF-1.7 1 0 obj".to_vec(), &[], "report.pdf: is a PDF file, not text", "pdftotext"),
        (
            "noise.txt",
            (0x80..=0xffu8).rev().cycle().step_by(7).take(900).collect(),
            &[],
            "noise.txt: unreadable characters",
            "iconv",
        ),
        ("nul.txt", b"a\0b".to_vec(), &[], "nul.txt: is a binary file, not text", "plain text"),
        (
            "large.txt",
            vec![b'x'; 2_000_001],
            &["--max-document", "2M"],
            "large.txt: size above the limit of 2.0 MB",
            "--max-document",
        ),
        (
            "shell.html",
            b"<!doctype html><html><body><div id=app></div></body></html>".to_vec(),
            &[],
            "shell.html: holds no running text",
            ".txt",
        ),
        (
            "finnish.txt",
            "Suomi ja Ruotsi sopivat yhteisestä puolustuksesta Helsingissä pidetyssä kokouksessa viime viikolla."
                .into(),
            &[],
            "finnish.txt: the language is neither German nor English",
            "--lang",
        ),
        ("future.md", future, &[], "publication date 2999-01-01 is in the future", "--date"),
        ("head.md", b"---\ndate: bald\n---\nText.\n".to_vec(), &[], "`date: bald` in the front matter", "--date"),
    ]
}

#[test]
fn every_bad_file_is_named_with_its_remedy() {
    let workspace = Workspace::new();
    for (name, bytes, arguments, message, hint) in cases() {
        let path = workspace.file(name, bytes);
        for command in ["add", "code"] {
            let mut all = vec![command, path.to_str().unwrap()];
            all.extend(arguments);
            let output = workspace.run(&all);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(1), "{command} {name}: {said}");
            assert!(said.contains("error: ") && said.contains(message), "{command} {name}: {said}");
            assert!(said.lines().any(|l| l.starts_with("hint: ") && l.contains(hint)), "{command} {name}: {said}");
            assert_eq!(stdout(&output), "", "{command} {name}");
        }
    }
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let workspace = Workspace::new();
    let many = cases().len();
    for (name, bytes, ..) in cases().into_iter().filter(|c| c.0 != "large.txt") {
        workspace.file(name, bytes);
    }
    workspace.file("good.txt", common::item(1));
    workspace.file(
        "zz-latin1.txt",
        "Südkorea rügt Rußland für Übungen vor der Küste, die nächste Woche beginnen."
            .chars()
            .map(|c| c as u8)
            .collect::<Vec<u8>>(),
    );
    let output = workspace.add(&workspace.dir());
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    // The PDF file is passed over in a folder.
    assert_eq!(common::lines(&output).len(), 2, "{}", stdout(&output));
    assert!(
        stderr(&output).contains(&format!("error: {} of {} texts were not taken in", many - 2, many)),
        "{}",
        stderr(&output)
    );
}

#[test]
fn usage_is_exit_code_2() {
    for arguments in [
        &["code"][..],
        &["code", "--date", "12.9.2023", "-"],
        &["code", "--lang", "fr", "-"],
        &["parse", "--lang", "de"],
        &["add", "-", "--max-document", "viel"],
        &["nothing"],
        &["redact", "d-abcdefgh"],
    ] {
        let output = chancery().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).starts_with("error: "), "{arguments:?}: {}", stderr(&output));
    }
}

/// Words, titles and outlets of a hostile file, in every form that reaches standard output.
#[test]
fn nothing_in_a_source_acts_on_the_terminal() {
    let workspace = Workspace::new();
    let hostile = "---\ntitle: \"\u{1b}]0;pwned\u{7}Titel\"\nsource: \"Out\u{1b}[2J\u{202e}let\"\ndate: 2024-02-02\nlang: de\n---\n\
        Russland hat \u{202e}im Januar\u{202c} Sanktionen gegen Japan verhängt.\n";
    let file = workspace.file("a.md", hostile);
    let added = workspace.add(&file);
    assert!(added.status.success(), "{}", stderr(&added));
    let document = common::lines(&added)[0]["document_id"].as_str().unwrap().to_owned();
    let claims: serde_json::Value = serde_json::from_slice(&workspace.run(&["claims", "--json"]).stdout).unwrap();
    let claim = claims["claims"][0]["id"].as_str().unwrap();
    let name = file.to_str().unwrap();
    let mut asked: Vec<Vec<&str>> =
        ["table", "json", "ndjson", "csv", "md"].map(|f| vec!["claims", "--format", f]).to_vec();
    asked.extend(["table", "json", "ndjson", "csv", "md"].map(|f| vec!["timeline", "RUS", "JPN", "--format", f]));
    asked.extend(["terminal", "md", "html", "json"].map(|f| vec!["brief", "RUS", "JPN", "--format", f]));
    asked.extend([vec!["why", claim], vec!["why", &document], vec!["why", claim, "--json"], vec!["sources"]]);
    asked.extend([vec!["read", name], vec!["read", name, "--json"], vec!["diff", "RUS", "JPN", "2023", "2025"]]);
    for arguments in asked {
        let output = workspace.run(&arguments);
        let both = stdout(&output) + &stderr(&output);
        assert!(!both.is_empty());
        let acts = |c: &char| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}');
        let found: Vec<char> = both.chars().filter(acts).collect();
        assert!(found.is_empty(), "{arguments:?}: {found:?}");
    }
}

#[test]
fn missing_places_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let none = chancery().current_dir(dir.path()).args(["verify"]).output().unwrap();
    assert_eq!(none.status.code(), Some(1));
    assert!(stderr(&none).contains("holds a chancery.toml\nhint: make one with `chancery init"), "{}", stderr(&none));
    let wrong = chancery().current_dir(dir.path()).env("CHANCERY_WORKSPACE", "gone").args(["verify"]).output().unwrap();
    assert!(stderr(&wrong).contains("gone is no workspace"), "{}", stderr(&wrong));
    let gone = chancery().args(["code", "no/such/file.txt"]).output().unwrap();
    assert_eq!(gone.status.code(), Some(1));
    assert!(stderr(&gone).contains("no/such/file.txt: no such file or folder\nhint: "), "{}", stderr(&gone));
}

#[test]
fn a_workspace_of_a_newer_program_is_refused() {
    let workspace = Workspace::new();
    std::fs::write(workspace.root().join("chancery.toml"), "version = 9\n").unwrap();
    let output = workspace.run(&["verify"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("workspace version 9 is newer"), "{}", stderr(&output));
    assert!(stderr(&output).contains("hint: install a newer chancery"));
}
