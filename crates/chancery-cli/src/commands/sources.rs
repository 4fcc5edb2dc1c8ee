//! `sources`: where the documents of the ledger come from.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use chancery::grade::{Grade, Grades};
use chancery::ledger::Filter;
use chancery::model::{Date, Document};
use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::output::{Output, pretty_json};
use crate::terminal;

/// List the sources in the ledger, with how many documents and from when
#[derive(Debug, Args)]
pub(crate) struct Sources {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One outlet or dataset.
#[derive(Debug, Default, Serialize)]
#[allow(clippy::struct_field_names)] // the field is the JSON key that users read
struct Source {
    source: String,
    documents: u64,
    duplicates: u64,
    undated: u64,
    first: Option<Date>,
    last: Option<Date>,
    languages: BTreeSet<String>,
    agencies: BTreeSet<String>,
    /// Grades that persons set, by topic.
    reliability: BTreeMap<&'static str, Grade>,
}

#[derive(Serialize)]
struct Listing {
    schema_version: u32,
    sources: Vec<Source>,
}

pub(crate) fn run(args: &Sources, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let mut sources = tally(&ledger.documents(&Filter::default())?);
    let grades = Grades::of(&ledger, ledger.last_seq())?;
    for source in &mut sources {
        let of = grades.of_source(&source.source).into_iter().flatten();
        source.reliability = of.map(|(topic, grade)| (topic.as_str(), grade.clone())).collect();
    }
    let mut out = Output::new();
    if args.json {
        out.line(&pretty_json(&Listing { schema_version: 1, sources }))?;
    } else {
        for line in rows(&sources) {
            out.line(line.trim_end())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Documents by source, most first.
fn tally(documents: &[Document]) -> Vec<Source> {
    let mut by_name: BTreeMap<&str, Source> = BTreeMap::new();
    for document in documents {
        let source = by_name.entry(&document.source).or_default();
        source.source.clone_from(&document.source);
        source.documents += 1;
        source.duplicates += u64::from(document.duplicate_of.is_some());
        source.undated += u64::from(document.published_from.is_none());
        source.first = [source.first, document.published_from].into_iter().flatten().min();
        let last = document.published_to.and_then(|to| to.yesterday().ok());
        source.last = [source.last, last].into_iter().flatten().max();
        source.languages.insert(document.lang.clone());
        source.agencies.extend(document.agency.clone());
    }
    let mut sources: Vec<Source> = by_name.into_values().collect();
    sources.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.source.cmp(&b.source)));
    sources
}

fn rows(sources: &[Source]) -> Vec<String> {
    let day = |d: Option<Date>| d.map_or_else(|| "–".to_owned(), |d| d.to_string());
    let joined = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let header = ["Source", "Documents", "Duplicates", "First", "Last", "Languages", "Agencies", "Reliability"]
        .map(str::to_owned);
    let table = std::iter::once(header)
        .chain(sources.iter().map(|s| {
            let name = if s.source.is_empty() { "(unknown)" } else { &s.source };
            [
                terminal::cut(&terminal::one_line(name), 40),
                s.documents.to_string(),
                s.duplicates.to_string(),
                day(s.first),
                day(s.last),
                joined(&s.languages),
                terminal::one_line(&joined(&s.agencies)),
                graded(&s.reliability),
            ]
        }))
        .collect::<Vec<_>>();
    terminal::aligned(&table, &[1, 2])
}

/// `A (words), E (military)`; `F`, which is no grade but the lack of one, where nobody set any.
fn graded(grades: &BTreeMap<&'static str, Grade>) -> String {
    if grades.is_empty() {
        return "F".to_owned();
    }
    grades.iter().map(|(topic, g)| format!("{} ({topic})", g.grade)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery::model::{DocumentKind, sha256_hex};

    fn document(source: &str, text: &str, day: Option<&str>) -> Document {
        let from: Option<Date> = day.map(|d| d.parse().unwrap());
        Document {
            id: Document::id_of(source, &sha256_hex(text.as_bytes())).unwrap(),
            kind: DocumentKind::Text,
            source: source.to_owned(),
            url: None,
            title: None,
            lang: "de".to_owned(),
            published_from: from,
            published_to: from.map(|d| d.tomorrow().unwrap()),
            bytes_sha256: String::new(),
            text_sha256: String::new(),
            extractor: "plain/1".to_owned(),
            text: String::new(),
            agency: Some("dpa".to_owned()),
            duplicate_of: None,
        }
    }

    #[test]
    fn documents_are_tallied_by_source() {
        let documents = [
            document("Nordbote", "a", Some("2024-03-01")),
            document("Nordbote", "b", Some("2023-05-02")),
            document("", "c", None),
        ];
        let sources = tally(&documents);
        assert_eq!(sources[0].documents, 2);
        assert_eq!(sources[0].first.unwrap().to_string(), "2023-05-02");
        assert_eq!(sources[0].last.unwrap().to_string(), "2024-03-01");
        assert_eq!(sources[1].undated, 1);
        let lines = rows(&sources);
        assert!(lines[0].starts_with("Source"));
        assert!(lines[1].contains("2023-05-02") && lines[1].contains("dpa"), "{lines:?}");
        assert!(lines[2].starts_with("(unknown)"));
    }
}
