//! `xtask score`: how well claims are found, against annotated passages and the coding specifications.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::args::Args;
use crate::error::TaskError;
use crate::places::{self, Tool};
use crate::{report, specs};

pub(crate) const HELP: &str = "\
usage: cargo xtask score [--errors N] [--only SET] [--no-page] [--bin-dir FOLDER]

Codes the development passages beside the checkout ($CHANCERY_SHARED/gold/dev-de.json, dev-en.json) and the passages
of specs/coding with `chancery code --jsonl`, compares them with $CHANCERY_SHARED/gold/score.py (needs python3), prints
the measures and writes them to bench/accuracy.md.

  --errors N        list gold and coded claims of the first N passages of each set that differ; writes no page
  --only SET        one set alone: dev-de, dev-en, specs-de or specs-en; writes no page
  --no-page         leave bench/accuracy.md as it is
  --bin-dir FOLDER  use the programs in FOLDER instead of building them
";

/// A set of annotated passages.
struct Set {
    name: &'static str,
    title: &'static str,
    passages: Vec<Value>,
}

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--errors", "--only", "--no-page", "--bin-dir"])?;
    let errors = args.number_or("--errors", 0)?;
    let scorer = places::shared("gold/score.py")?;
    let mut sets = sets()?;
    if let Some(only) = args.one("--only") {
        let names: Vec<&str> = sets.iter().map(|s| s.name).collect();
        let unknown = format!("--only knows {}, not '{only}'", names.join(", "));
        sets.retain(|s| s.name == only);
        if sets.is_empty() {
            return Err(TaskError::Usage(unknown));
        }
    }
    let program = places::program(Tool::Chancery, args)?;
    let folder = places::scratch("score")?;
    let mut scores = Vec::new();
    for set in &sets {
        let (gold, coded) = code(set, &program, &folder)?;
        let measured = python(&scorer, &[gold.as_os_str(), coded.as_os_str(), "--json".as_ref()])?;
        let first = measured.lines().next().unwrap_or_default();
        let score: Value = serde_json::from_str(first).map_err(|e| TaskError::input("score.py", e.to_string()))?;
        scores.push(score);
        if errors > 0 {
            let number = errors.to_string();
            println!("== {}", set.title);
            println!(
                "{}",
                python(&scorer, &[gold.as_os_str(), coded.as_os_str(), "--errors".as_ref(), number.as_ref()])?
            );
        }
    }
    let table = table(&sets, &scores);
    println!("{table}");
    if errors == 0 && args.one("--only").is_none() && !args.has("--no-page") {
        let text = format!("{}\n\n{table}", report::stamp());
        report::rewrite("accuracy.md", "score", "Accuracy of the coding", &text)?;
    }
    Ok(())
}

fn sets() -> Result<Vec<Set>, TaskError> {
    let gold = |name: &str| -> Result<Vec<Value>, TaskError> {
        let path = places::shared(&format!("gold/{name}"))?;
        serde_json::from_str(&places::read(&path)?)
            .map_err(|e| TaskError::input(path.display().to_string(), e.to_string()))
    };
    Ok(vec![
        Set { name: "dev-de", title: "German passages", passages: gold("dev-de.json")? },
        Set { name: "dev-en", title: "English passages", passages: gold("dev-en.json")? },
        Set { name: "specs-de", title: "German specifications", passages: specs::passages("de")? },
        Set { name: "specs-en", title: "English specifications", passages: specs::passages("en")? },
    ])
}

/// Codes a set; gives the files of annotated and of coded claims.
fn code(set: &Set, program: &Path, folder: &Path) -> Result<(PathBuf, PathBuf), TaskError> {
    let file = |end: &str| folder.join(format!("{}{end}", set.name));
    let (gold, lines, coded) = (file(".gold.json"), file(".jsonl"), file(".coded.jsonl"));
    let mut passages = String::new();
    for p in &set.passages {
        // The language of the development passages is in the name of their file.
        let lang = p["lang"].as_str().or(set.name.rsplit('-').next());
        let passage = json!({ "id": p["id"], "text": p["text"], "date": p["date"], "lang": lang });
        let _ = writeln!(passages, "{passage}");
    }
    places::write(&gold, &Value::from(set.passages.clone()).to_string())?;
    places::write(&lines, &passages)?;
    let out = std::fs::File::create(&coded).map_err(|e| TaskError::file(&coded, e))?;
    let status = Command::new(program)
        .args(["code", "--jsonl"])
        .arg(&lines)
        .stdout(Stdio::from(out))
        .status()
        .map_err(|e| TaskError::program("chancery", e.to_string()))?;
    if status.success() {
        return Ok((gold, coded));
    }
    Err(TaskError::program("chancery code", format!("{} was not coded ({status})", lines.display())))
}

fn python(scorer: &Path, arguments: &[&std::ffi::OsStr]) -> Result<String, TaskError> {
    let output = Command::new("python3")
        .arg(scorer)
        .args(arguments)
        .output()
        .map_err(|e| TaskError::program("python3", e.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(TaskError::program("score.py", String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// The measures with their floors; the floors hold for the development passages.
fn table(sets: &[Set], scores: &[Value]) -> String {
    let mut out = String::from("| |");
    for set in sets {
        let _ = write!(out, " {} |", set.title);
    }
    out.push_str(" floor |\n|---|");
    out.push_str(&"---|".repeat(sets.len() + 1));
    out.push('\n');
    let mut row = |name: &str, floor: &str, cell: &dyn Fn(&Value) -> String| {
        let cells: Vec<String> = scores.iter().map(cell).collect();
        let _ = writeln!(out, "| {name} | {} | {floor} |", cells.join(" | "));
    };
    row("passages", "", &|s| plain(&s["passages"]));
    row("gold / coded claims", "", &|s| format!("{} / {}", plain(&s["gold_claims"]), plain(&s["coded_claims"])));
    for (name, key, floor) in
        [("event F1 (precision, recall)", "event", "0.35"), ("quad class", "quad", ""), ("dyad", "dyad", "0.55")]
    {
        row(name, floor, &|s| {
            let s = &s[key];
            format!("{} ({}, {})", plain(&s["f1"]), plain(&s["precision"]), plain(&s["recall"]))
        });
    }
    row("status, polarity, holder, certainty (event pairs)", "", &|s| {
        ["status", "polarity", "holder", "certainty"].map(|k| plain(&s[k])).join(", ")
    });
    for (name, floor) in [
        ("overclaim", "≤ 0.20"),
        ("false_fact", ""),
        ("false_deed", ""),
        ("fact_recall", "≥ 0.30"),
        ("spurious", "≤ 0.50"),
    ] {
        row(name, floor, &|s| plain(&s[name]));
    }
    row("counts", "", &|s| plain(&s["counts"]));
    out
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(n) if n.is_f64() => format!("{:.3}", n.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}
