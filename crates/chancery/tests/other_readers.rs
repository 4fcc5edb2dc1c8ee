//! A ledger opened without this program: the Python package `deltalake` finds the files, DuckDB recounts a brief.
//!
//! Runs with the interpreter that `CHANCERY_PYTHON` names, which must have both packages (`.ci/run` makes such an
//! environment); without it, with `python3` if that happens to have them, else it says that it was skipped.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod common;

use std::collections::BTreeMap;
use std::process::Command;

use chancery::export::{Contents, Form, files};
use chancery::labels::Tongue;
use chancery::ledger::Filter;
use chancery::model::{AssessmentKind, Attribution, Certainty, EventType, Polarity, Status};
use chancery::rows::{Wanted, rows};
use common::{Held, News, article, held, on, said};
use serde_json::Value;

/// The interpreter with both packages, or none.
fn python() -> Option<String> {
    let named = std::env::var("CHANCERY_PYTHON").ok();
    let program = named.clone().unwrap_or_else(|| "python3".to_owned());
    let found = Command::new(&program).args(["-c", "import deltalake, duckdb"]).output();
    let has = found.as_ref().is_ok_and(|o| o.status.success());
    assert!(has || named.is_none(), "CHANCERY_PYTHON={program} has not both of deltalake and duckdb: {found:?}");
    has.then_some(program)
}

/// Documents with all that a count could stumble over: several holders, reprints, no dates, other pairs, a retraction.
fn ledger() -> Held {
    let first = News::new("A", "2023-10-13", "Pyongyang sent shells, a first account – with Umlauts: Größe 🙂.").claim(
        EventType::Aid,
        "PRK",
        "RUS",
        "Größe 🙂",
        |c| c.occurred = on("2023-10-12"),
    );
    let id = first.id();
    let held = held(vec![
        article(),
        first,
        News::new("B", "2023-10-14", "Pyongyang sent shells, said Seoul, a reprint.").reprints(&id).claim(
            EventType::Aid,
            "PRK",
            "RUS",
            "sent shells",
            |c| c.attribution = said("KOR", Certainty::Certain, Polarity::Positive),
        ),
        News::new("", "", "Russia and Japan talked. Kim may come.")
            .claim(EventType::Consult, "RUS JPN", "", "Russia and Japan talked", |_| ())
            .claim(EventType::Consult, "PRK RUS", "", "Kim may come", |c| {
                c.status = Status::Planned;
                c.attribution = Attribution::author(Certainty::Possible, Polarity::Positive);
            })
            .assessed(AssessmentKind::Trend, "RUS PRK", "", "", "Kim may come"),
    ]);
    // The same document coded again, with one claim less: that one is retracted.
    held.add(vec![
        News::new("C", "2023-11-01", "They met. They traded.")
            .claim(EventType::Consult, "PRK RUS", "", "They met", |_| ())
            .claim(EventType::Cooperate, "PRK RUS", "", "They traded", |_| ()),
    ]);
    held.add(vec![News::new("C", "2023-11-01", "They met. They traded.").claim(
        EventType::Consult,
        "PRK RUS",
        "",
        "They met",
        |_| (),
    )]);
    held
}

#[test]
fn duckdb_and_deltalake_recount_a_brief() {
    let Some(python) = python() else {
        println!("skipped: no python3 with deltalake and duckdb");
        return;
    };
    let held = ledger();
    let open = held.reopened();
    let claims = open.claims(&Filter { dyad: Some(("PRK".into(), "RUS".into())), ..Filter::default() }).unwrap();
    let listed = rows(claims, None, &Wanted::default()).unwrap();
    let export = held.dir.path().join("export");
    std::fs::create_dir_all(&export).unwrap();
    let contents = Contents {
        claims: listed.clone(),
        assessments: Vec::new(),
        documents: Vec::new(),
        runs: open.runs().unwrap(),
        seq: open.last_seq(),
    };
    for (name, bytes) in files(&contents, Form::Parquet).unwrap() {
        std::fs::write(export.join(name), bytes).unwrap();
    }

    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/recount.py");
    let output = Command::new(python)
        .args([
            script.as_ref(),
            held.dir.path().join("ledger").as_os_str(),
            "PRK".as_ref(),
            "RUS".as_ref(),
            export.as_os_str(),
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();

    let answer = held.answer(|_| ());
    let figure = |measure: &str| -> i64 {
        answer.figures.get(measure).and_then(|f| f.value.as_ref()).map_or(0, |v| v.parse().unwrap())
    };
    for (key, measure) in [
        ("claims", "claims"),
        ("undated_claims", "undated-claims"),
        ("documents", "documents"),
        ("outlets", "outlets"),
        ("reprints", "reprints"),
    ] {
        assert_eq!(found[key].as_i64().unwrap(), figure(measure), "{key}: {found}");
    }
    let done = listed.iter().filter(|r| r.standing == "done").count();
    assert!(done > 0);
    assert_eq!(found["done"], Value::from(done));
    assert_eq!(found["exported_done"], Value::from(done));
    assert_eq!(found["exported"], Value::from(listed.len()));
    let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &listed {
        *holders.entry(row.claim.holder.as_str()).or_default() += 1;
    }
    assert_eq!(found["holders"], serde_json::to_value(holders).unwrap());
    assert_eq!(found["quotes_apart"], Value::from(0));
    let both = |a: &&chancery::ledger::AssessmentRow| {
        let parties = || a.assessment.subject.iter().chain(&a.assessment.object);
        ["PRK", "RUS"].iter().all(|s| parties().any(|p| p.actor.state() == *s))
    };
    assert_eq!(found["assessments"], Value::from(answer.assessments.iter().filter(both).count()));
    assert_eq!(
        found["types"],
        serde_json::json!({
            "initiator": "VARCHAR[]", "occurred_from": "DATE", "amount": "DOUBLE", "start": "BIGINT", "quote": "VARCHAR"
        })
    );
    assert_eq!(held.brief(Tongue::English).as_of_seq, open.last_seq());
}
