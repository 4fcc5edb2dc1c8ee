//! A brief on a large ledger. Ignored by default: writing it takes a while.
//! `cargo test --release -p chancery --test large -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod common;

use std::time::Instant;

use chancery::labels::Tongue;
use chancery::model::{Certainty, EventType, Polarity};
use common::{News, held, said, written};

#[test]
#[ignore = "writes 100,000 claims; run it in release"]
fn a_brief_on_a_hundred_thousand_claims() {
    let ledger = held(Vec::new());
    let states = ["USA", "CHN", "KOR", "JPN", "DEU", "FRA", "IRN", "UKR", "IND", "BRA"];
    for batch in 0..400_usize {
        let news = (0..50).map(|n| {
            let serial = batch * 50 + n;
            let day = format!("20{:02}-{:02}-{:02}", 10 + batch % 15, 1 + batch / 15 % 12, 1 + serial % 28);
            let text = format!("Report {serial}: they met, they sent goods, they talked, they agreed, they denied.");
            // One document in fifty is about the pair: 2,000 claims.
            let pair = if n == 0 {
                ["RUS", "PRK"]
            } else {
                [states[serial % 10], states[(serial + 1 + serial / 10 % 9) % 10]]
            };
            let [a, b] = pair;
            News::new(&format!("Outlet {}", serial % 40), &day, &text)
                .claim(EventType::Consult, &format!("{a} {b}"), "", "they met", |_| ())
                .claim(EventType::Aid, a, b, "sent goods", |_| ())
                .claim(EventType::Consult, &format!("{a} {b}"), "", "they talked", |c| {
                    c.tier = chancery::model::Tier::Said;
                })
                .claim(EventType::Agree, a, b, "they agreed", |_| ())
                .claim(EventType::Aid, b, a, "they denied", |c| {
                    c.attribution = said(b, Certainty::Certain, Polarity::Negative);
                })
        });
        ledger.add(news.collect());
    }
    for what in ["first", "again"] {
        let begun = Instant::now();
        let answer = ledger.answer(|_| ());
        let answered = begun.elapsed();
        let brief = written(&answer, Tongue::English);
        println!(
            "{what}: {} claims, {} matters; answer {answered:?}, with the brief {:?}",
            answer.evidence.len(),
            answer.matters.len(),
            begun.elapsed()
        );
        assert_eq!(answer.evidence.len(), 2_000);
        assert!(brief.verdicts.iter().any(|v| v.verdict != "cannot_be_judged"));
    }
}
