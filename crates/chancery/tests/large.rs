//! A brief on a large ledger. Ignored by default: writing it takes a while.
//! `cargo test --release -p chancery --test large -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

mod common;
#[path = "common/synth.rs"]
mod synth;

use std::time::Instant;

use chancery::labels::Tongue;
use common::{held, written};
use synth::Shape;

#[test]
#[ignore = "writes 100,000 claims; run it in release"]
fn a_brief_on_a_hundred_thousand_claims() {
    let ledger = held(Vec::new());
    let shape = Shape::default();
    assert_eq!((shape.claims(), shape.of_the_pair()), (100_000, 2_000));
    synth::write(&ledger.ledger, shape, |_| ()).unwrap();
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
        assert_eq!(answer.evidence.len(), shape.of_the_pair());
        assert!(brief.verdicts.iter().any(|v| v.verdict != "cannot_be_judged"));
    }
}

/// The generator on a small scale, in every run of the tests: what it makes is sound, and all of it is found.
#[test]
fn a_made_ledger_is_sound() {
    let ledger = held(Vec::new());
    let shape = Shape { batches: 3, documents: 4 };
    let mut told = Vec::new();
    synth::write(&ledger.ledger, shape, |batch| told.push(batch)).unwrap();
    assert_eq!(told, [1, 2, 3]);
    let report = ledger.reopened().verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!((report.documents, report.claims), (12, shape.claims()));
    assert_eq!(ledger.answer(|_| ()).evidence.len(), shape.of_the_pair());
}
