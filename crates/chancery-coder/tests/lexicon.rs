//! Codes the example of every row of the lexicons and compares it with what the row must yield; and holds the examples to
//! what `CONTRIBUTING.md` asks of them. `specs/lexicon/README.md` says what the lists of open rows mean.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chancery_coder::flat::{self, FlatAssessment, FlatClaim};
use chancery_text::{Lang, Upos};
use common::claim::Line;
use common::ratchet::{Outcomes, Ratchet};
use common::table::{Row, rows};
use common::{example, trigger};

/// The files whose rows have examples.
const TABLES: &[&str] = &["events", "embedding", "cues", "modifiers", "assessments"];

/// The rows of a language that have examples.
fn with_examples(lang: &str) -> Vec<Row> {
    let folder = format!("lexicons/{lang}/");
    rows(|path| path.strip_prefix(&folder).is_some_and(|name| TABLES.iter().any(|table| name.starts_with(table))))
}

/// What identifies a row: never its line, which moves with every edit. File, then lemma, part of speech and conditions;
/// for cues and modifiers the form, its kind, and what it takes or spans.
fn key(row: &Row) -> Vec<String> {
    let columns = match () {
        () if row.file.ends_with("cues.tsv") => ["form", "kind", "takes"],
        () if row.file.ends_with("modifiers.tsv") => ["form", "kind", "scope"],
        () => ["lemma", "pos", "with"],
    };
    let file = row.file.rsplit('/').next().unwrap_or(row.file);
    [file].into_iter().chain(columns.map(|column| row.cell(column))).map(str::to_owned).collect()
}

const KEY: &[&str] = &["file", "lemma", "pos", "with"];

/// What comes out of the example, for a reader.
fn shown(row: &Row, wanted: &str, claims: &[FlatClaim], assessments: &[FlatAssessment]) -> String {
    let mut out = format!("  „{}“\n  wanted  {wanted}\n", row.cell("example"));
    let told: Vec<String> = if row.file.ends_with("assessments.tsv") {
        assessments
            .iter()
            .map(|a| {
                let (direction, good) = (a.direction.as_deref().unwrap_or("-"), a.good.as_deref().unwrap_or("-"));
                let (subject, object) = (a.subject.join("+"), a.object.join("+"));
                format!("{} {subject} {direction} {object} good={good}", a.kind.to_uppercase())
            })
            .collect()
    } else {
        claims.iter().map(|c| Line::of(c).to_string()).collect()
    };
    for line in &told {
        let _ = writeln!(out, "  coded   {line}");
    }
    if told.is_empty() {
        out.push_str("  coded   none\n");
    }
    out
}

fn every_example_yields_its_row(lang: Lang, name: &str, path: &'static str) {
    let mut outcomes = Outcomes::new();
    let mut by_file: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in with_examples(name) {
        let coding = common::engine().code(lang, row.cell("example"), None);
        let claims: Vec<FlatClaim> = coding.claims.iter().map(flat::claim).collect();
        let assessments: Vec<FlatAssessment> = coding.assessments.iter().map(flat::assessment).collect();
        let lacking = if row.file.ends_with("assessments.tsv") {
            example::assessments(row.cell("expect"), &assessments)
        } else {
            example::claims(row.cell("claims"), &claims)
        };
        let lacking = lacking.unwrap_or_else(|e| panic!("{}:{}: {e}", row.file, row.line));
        let (held, all) = by_file.entry(row.file).or_default();
        *held += usize::from(lacking.is_none());
        *all += 1;
        let report = lacking.map(|wanted| shown(&row, &wanted, &claims, &assessments));
        // Rows with one key are a fault of their own; the failing one counts.
        let kept = outcomes.entry(key(&row)).or_insert(None);
        if kept.is_none() {
            *kept = report;
        }
    }
    for (file, (held, all)) in by_file {
        common::say(&format!("lexicon: {file}: {held} of {all} examples yield their row"));
    }
    Ratchet { what: "rows", path, test: "lexicon", columns: KEY }.hold(&outcomes);
}

#[test]
fn every_german_example_yields_its_row() {
    every_example_yields_its_row(Lang::De, "de", "specs/lexicon/open-de.tsv");
}

#[test]
fn every_english_example_yields_its_row() {
    every_example_yields_its_row(Lang::En, "en", "specs/lexicon/open-en.tsv");
}

/// An example without what its row is about, and without the names: what is left when the verb is exchanged.
struct Frame {
    /// The words but for the trigger.
    words: String,
    /// The same with every name blanked.
    nameless: String,
    /// Whether the trigger stands there.
    has_trigger: bool,
}

fn frame(lang: Lang, row: &Row) -> Frame {
    let analysis = common::engine().analyse(lang, row.cell("example"));
    let form = row.cell("form");
    let text = format!(" {} ", row.cell("example").to_lowercase().replace(['’', ',', '.', '“', '„', '"'], " "));
    let (covered, has_trigger) = if form.is_empty() {
        let covered = trigger::words(&analysis.sentences, lang, row.cell("lemma"), row.cell("pos"));
        let has = !covered.is_empty();
        (covered, has)
    } else {
        // A cue or a modifier stands as it is, in one piece or in several ("weder … noch"); a modal verb in any form.
        let parts: Vec<String> =
            form.to_lowercase().split_whitespace().filter(|part| *part != "…").map(str::to_owned).collect();
        let mut covered = BTreeSet::new();
        for (s, sentence) in analysis.sentences.iter().enumerate() {
            for (t, token) in sentence.tokens.iter().enumerate() {
                if parts.iter().any(|p| *p == token.form.to_lowercase() || *p == token.lemma.to_lowercase()) {
                    covered.insert((s, t));
                }
            }
        }
        if parts.len() == 1 {
            covered.extend(trigger::words(&analysis.sentences, lang, form, "verb"));
        }
        let has = !covered.is_empty() && parts.len() < 2 || parts.iter().all(|part| text.contains(part));
        (covered, has)
    };
    let (mut words, mut nameless) = (String::new(), String::new());
    for (s, sentence) in analysis.sentences.iter().enumerate() {
        for (t, token) in sentence.tokens.iter().enumerate() {
            let blank = covered.contains(&(s, t));
            let form = token.form.to_lowercase();
            let _ = write!(words, "{} ", if blank { "_" } else { &form });
            let name = token.upos == Upos::Propn;
            let _ = write!(nameless, "{} ", if blank || name { "_" } else { &form });
        }
    }
    Frame { words, nameless, has_trigger }
}

/// Rows that are there twice, examples that are equal but for the verb (or but for the verb and the names), and examples
/// without the trigger of their row: generated filler and slips of the pen.
#[test]
fn examples_are_written_one_by_one() {
    let mut outcomes = Outcomes::new();
    for (lang, name) in common::LANGS {
        let mut keys: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut nameless: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let rows = with_examples(name);
        let frames: Vec<Frame> = rows.iter().map(|row| frame(lang, row)).collect();
        for (row, frame) in rows.iter().zip(&frames) {
            let key = key(row);
            *keys.entry(key.clone()).or_default() += 1;
            words.entry(frame.words.clone()).or_default().push(key.join(" "));
            nameless.entry(frame.nameless.clone()).or_default().push(key.join(" "));
        }
        for (row, frame) in rows.iter().zip(&frames) {
            let mut note = |fault: &str, broken: bool, report: String| {
                let mut at = vec![fault.to_owned(), name.to_owned()];
                at.extend(key(row));
                let report =
                    broken.then(|| format!("  {}:{} „{}“\n  {report}\n", row.file, row.line, row.cell("example")));
                let kept = outcomes.entry(at).or_insert(None);
                if kept.is_none() {
                    *kept = report;
                }
            };
            note(
                "row twice",
                keys[&key(row)] > 1,
                "another row has the same lemma, part of speech and conditions".into(),
            );
            note("no trigger", !frame.has_trigger, "the example does not hold the trigger of its row".into());
            let others = &words[&frame.words];
            note("same but the verb", others.len() > 1, format!("equal but for the trigger: {}", others.join("; ")));
            let others = &nameless[&frame.nameless];
            // Two ordinary words meet by chance; more do not.
            let long = frame.nameless.split(' ').filter(|w| w.chars().any(char::is_alphabetic)).count() > 2;
            note(
                "same but names",
                long && others.len() > 1,
                format!("equal but for trigger and names: {}", others.join("; ")),
            );
        }
    }
    Ratchet {
        what: "marks of care",
        path: "specs/lexicon/examples.tsv",
        test: "lexicon",
        columns: &["fault", "lang", "file", "lemma", "pos", "with"],
    }
    .hold(&outcomes);
}
