//! `code`: the filter's promises to pipelines.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests write the files that the command reads

mod common;

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use common::{chancery, item, lines, stderr, stdout};
use serde_json::{Value, json};

const SENTENCE: &str = "Russland hat am Montag Sanktionen gegen Japan verhängt. Tokio verurteilte den Schritt.";

fn jsonl(records: usize) -> String {
    (0..records).fold(String::new(), |mut out, n| {
        let _ =
            writeln!(out, "{}", json!({ "id": format!("t{n}"), "text": item(n), "date": "2024-05-01", "lang": "de" }));
        out
    })
}

fn code(arguments: &[&str], input: &str) -> std::process::Output {
    chancery().arg("code").args(arguments).write_stdin(input).output().unwrap()
}

#[test]
fn lines_come_out_in_the_order_they_went_in() {
    let output = code(&["--jsonl", "-"], &jsonl(300));
    assert!(output.status.success(), "{}", stderr(&output));
    let ids: Vec<String> = lines(&output).iter().map(|v| v["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, (0..300).map(|n| format!("t{n}")).collect::<Vec<_>>());
    for object in lines(&output) {
        for key in ["schema_version", "lang", "claims", "assessments", "abstentions"] {
            assert!(object.get(key).is_some(), "{object}");
        }
    }
}

#[test]
fn a_bad_line_is_an_object_and_exit_code_4() {
    let input = format!(
        "{}\nno json\n{}\n{}\n{}\n{}\n",
        json!({ "id": "a", "text": SENTENCE, "date": "2024" }),
        json!({ "id": "b", "text": "" }),
        json!({ "id": "c", "text": SENTENCE, "date": "soon" }),
        json!({ "text": SENTENCE }),
        json!({ "id": 5, "text": SENTENCE, "date": null }),
    );
    let output = code(&["--jsonl", "-"], &input);
    assert_eq!(output.status.code(), Some(4));
    let found = lines(&output);
    assert_eq!(found.len(), 6);
    for (at, id, part) in
        [(1, Value::Null, "no JSON"), (2, json!("b"), "empty"), (3, json!("c"), "`soon`"), (4, Value::Null, "`id`")]
    {
        let object = &found[at];
        assert_eq!(object["id"], id);
        assert_eq!(object["line"], json!(at + 1));
        assert_eq!(object["claims"], json!([]));
        assert!(object["error"].as_str().unwrap().contains(part), "{object}");
    }
    assert!(found[0].get("error").is_none());
    assert_eq!(found[5]["id"], json!(5));
    assert!(stderr(&output).starts_with("error: 4 of 6 texts failed\nhint: "), "{}", stderr(&output));
}

#[test]
fn each_line_is_answered_before_the_next_is_asked() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["code", "--jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    for n in 0..3 {
        writeln!(stdin, "{}", json!({ "id": n, "text": SENTENCE, "date": null })).unwrap();
        let answer: Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(answer["id"], json!(n));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["code", "--jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(jsonl(1).as_bytes()).unwrap();
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    drop(out);
    // Writing fails once the command has ended; that it ends is what is tested.
    let _ = stdin.write_all(jsonl(400).as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stderr(&output), "");
}

#[test]
fn a_file_is_an_object_and_several_are_an_array() {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("a.txt"), format!("\u{feff}{SENTENCE}\r\n")).unwrap();
    std::fs::write(path("b.md"), format!("---\ndate: 2024-02-02\n---\n# Tokio\n\n{SENTENCE}\n")).unwrap();
    std::fs::write(path("c.bin"), b"\x00\x01\x02").unwrap();
    let one = code(&[&path("a.txt"), "--json", "--date", "2024-05-01", "--lang", "de"], "");
    assert!(one.status.success());
    let object: Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(object["id"], json!(path("a.txt")));
    let several = code(&[&path("a.txt"), &path("c.bin"), &path("b.md"), "--json"], "");
    assert_eq!(several.status.code(), Some(4));
    let array: Value = serde_json::from_slice(&several.stdout).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 3);
    assert_eq!(array[1]["claims"], json!([]));
    assert!(array[1]["error"].as_str().unwrap().contains("binary"));
    assert!(stderr(&several).contains("error: 1 of 3 texts failed"));
    let bad = code(&[&path("c.bin"), "--json"], "");
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(stdout(&bad), "");
    assert!(stderr(&bad).contains("c.bin: is a binary file, not text\nhint: "), "{}", stderr(&bad));
}

#[test]
fn quotations_are_the_words_at_their_place() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.md");
    let body = format!(
        "---\ndate: 2024-02-02\ntitle: Größe\n---\n# Tokio und Moskau\n\n**Russland** hat 🙂 am Montag Sanktionen gegen [Japan](http://x.example) verhängt.\n\n{SENTENCE}\n"
    );
    std::fs::write(&path, format!("\u{feff}{body}")).unwrap();
    let output = code(&[path.to_str().unwrap(), "--json"], "");
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text: Vec<char> = body.chars().collect();
    let claims = object["claims"].as_array().unwrap();
    assert!(!claims.is_empty(), "{object}");
    for found in
        claims.iter().chain(object["assessments"].as_array().unwrap()).chain(object["abstentions"].as_array().unwrap())
    {
        let (start, end) = (found["start"].as_u64().unwrap() as usize, found["end"].as_u64().unwrap() as usize);
        let quote: String = text[start..end].iter().collect();
        assert_eq!(found["quote"], json!(quote));
        assert!(start >= body[..body.find("# Tokio").unwrap()].chars().count());
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let hostile = "Russland\u{1b}[2J hat \u{202e}Sanktionen\u{202c} gegen Japan\u{9b}31m verhängt\u{7}, sagte Tokio.\n";
    let table = code(&["-", "--lang", "de", "--explain"], hostile);
    assert!(table.status.success());
    let json = code(&["-", "--lang", "de", "--json"], hostile);
    let jsonl = code(
        &["--jsonl", "-"],
        &format!("{}\n", json!({ "id": "\u{1b}[31m", "text": hostile, "date": null, "lang": "de" })),
    );
    for output in [&table, &json, &jsonl] {
        let bad: Vec<char> =
            stdout(output).chars().filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}').collect();
        assert!(bad.is_empty(), "{bad:?}");
    }
    assert_eq!(lines(&jsonl)[0]["id"], json!("\u{1b}[31m"));
    let missing = code(&["\u{1b}[31mred.txt"], "");
    assert!(!stderr(&missing).contains('\u{1b}'));
}

#[test]
fn reading_the_same_twice_gives_the_same_bytes() {
    let input = jsonl(40);
    let first = code(&["--jsonl", "-", "--explain"], &input);
    assert_eq!(first.stdout, code(&["--jsonl", "-", "--explain"], &input).stdout);
}
