//! `why` for a terminal and as JSON.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};

use super::clean::one_line;
use super::ink::{Ink, wrapped};
use super::{Layout, short};
use crate::brief::speaker_name;
use crate::brief::{Names, quotation};
use crate::voice::speaker;
use crate::why::{DocumentOut, DocumentWhy, EntryOut, FigureWhy, Provenance, SCHEMA_VERSION};

/// A figure with its inputs, for a terminal.
pub fn figure(found: &FigureWhy, names: &Names<'_>, layout: Layout) -> String {
    let ink = layout.ink;
    let mut out = String::new();
    let Some(figure) = &found.figure else {
        let _ = writeln!(out, "{}\n  this ledger gives no such figure for that question", one_line(&found.asked));
        return out;
    };
    let told = crate::brief::figure(figure, &found.answer, names);
    let meaning = told.as_ref().map(|f| f.meaning.clone()).unwrap_or_default();
    let _ = writeln!(out, "{}: {}", one_line(&meaning), ink.bold(figure.value.as_deref().unwrap_or("–")));
    let _ = writeln!(out, "{}", one_line(&figure.id().unwrap_or_default()));
    let _ = writeln!(out, "{}\n", recomputed(found.agrees));
    let _ = writeln!(out, "the sum of what each of these contributes ({}):", figure.inputs.len());
    for input in &figure.inputs {
        let row = found.answer.evidence.iter().find(|e| e.row.id.as_str() == input.id);
        let text = match row {
            Some(e) => {
                let voice = speaker(&e.row.claim.attribution, &e.row.document.source);
                format!(
                    "{} {} {}: “{}” [{}, origin {}]",
                    ink.dim(short(&input.id)),
                    one_line(&speaker_name(names, &voice)),
                    names.labels.get("standing", e.standing.as_str()),
                    one_line(&quotation(&e.row.claim.quote, &e.row.claim.trigger, 120)),
                    one_line(&names.outlet(&e.row.document.source)),
                    short(e.origin.as_str()),
                )
            }
            None => match found.answer.documents.iter().find(|d| d.id.as_str() == input.id) {
                Some(d) => format!(
                    "{} {} {} {}",
                    ink.dim(short(&input.id)),
                    d.published_from.map_or_else(String::new, |d| d.to_string()),
                    one_line(&names.outlet(&d.source)),
                    one_line(d.title.as_deref().unwrap_or_default())
                ),
                None => input.id.clone(),
            },
        };
        let _ =
            writeln!(out, "{}", wrapped(&text, &format!("  {:>2}  ", input.contribution), "        ", layout.width));
    }
    out
}

/// What came of computing a figure anew.
pub(super) fn recomputed(agrees: Option<bool>) -> &'static str {
    match agrees {
        Some(true) => "recomputed: agrees with its address",
        Some(false) => "recomputed: DIFFERS from its address",
        None => "recomputed; the address carries no hash to compare with",
    }
}

/// The same as JSON.
pub fn figure_json(found: &FigureWhy, names: &Names<'_>) -> Value {
    let figure = found.figure.as_ref();
    json!({
        "schema_version": SCHEMA_VERSION,
        "kind": "figure",
        "asked": found.asked,
        "id": figure.and_then(|f| f.id().ok()),
        "agrees": found.agrees,
        "value": figure.and_then(|f| f.value.clone()),
        "measure": figure.map(|f| f.measure.clone()),
        "meaning": figure.and_then(|f| crate::brief::figure(f, &found.answer, names)).map(|f| f.meaning),
        "inputs": figure.map(|f| f.inputs.clone()),
    })
}

/// Where a claim or assessment comes from, for a terminal.
pub fn provenance<T: Serialize>(found: &Provenance<T>, names: &Names<'_>, layout: Layout) -> String {
    let ink = layout.ink;
    let mut out = String::new();
    let coded = serde_json::to_value(&found.coded).unwrap_or_default();
    let field = |key: &str| match &coded[key] {
        Value::String(s) => one_line(s),
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let _ = writeln!(out, "{} {}", ink.bold(found.kind), field("id"));
    heading(&mut out, ink, "Coded");
    for key in [
        "type",
        "kind",
        "mode",
        "contexts",
        "initiator",
        "recipient",
        "subject",
        "object",
        "third",
        "good",
        "direction",
        "status",
        "polarity",
        "holder",
        "certainty",
        "occurred_from",
        "occurred_to",
        "extent",
        "amount",
        "unit",
        "place",
        "concerning",
        "effect",
        "phase",
        "lane",
        "tier",
    ] {
        let value = field(key);
        if !value.is_empty() {
            let _ = writeln!(out, "  {key:<14} {value}");
        }
    }
    if let Some(standing) = &found.standing {
        let does = names.labels.get("standing", standing.standing);
        heading(&mut out, ink, "Counts as");
        let text = format!(
            "{} ({does}): rule {} of ontology/standing.toml. {}",
            standing.standing, standing.rule, standing.why
        );
        let _ = writeln!(out, "{}", wrapped(&one_line(&text), "  ", "  ", layout.width));
    }
    document_head(&mut out, ink, &found.document);
    heading(&mut out, ink, "Words");
    let words = &found.words;
    let place = words.line.map_or_else(|| "text redacted".to_owned(), |n| format!("line {n}"));
    let _ = writeln!(
        out,
        "  {place}, code points {}..{}{}",
        words.start,
        words.end,
        if words.in_text { ", found there" } else { ", NOT found there" }
    );
    let text = format!(
        "{} {} {}",
        ink.dim(&one_line(&words.before)),
        one_line(&words.quote),
        ink.dim(&one_line(&words.after))
    );
    let _ = writeln!(out, "{}", wrapped(&text, "  ", "  ", layout.width));
    for mark in &words.marks {
        let span = mark.start.zip(mark.end).map_or_else(String::new, |(a, b)| format!("{a}..{b}"));
        let _ = writeln!(out, "  {:<14} {:<12} {}", mark.role, span, one_line(&mark.words));
    }
    heading(&mut out, ink, "Who says so, outermost first");
    for (n, link) in found.chain.iter().enumerate() {
        let mut told = vec![format!("{} ({})", link.holder, link.kind)];
        if !link.mention.is_empty() {
            told.push(format!("“{}”", one_line(&link.mention)));
        }
        if !link.cue.is_empty() {
            told.push(format!("by “{}”", one_line(&link.cue)));
        }
        told.extend(link.endorsement.clone());
        told.push(format!("{} {}", link.certainty, link.polarity));
        let _ = writeln!(out, "  {n}  {}", told.join(", "));
    }
    heading(&mut out, ink, "Made by");
    let _ = writeln!(out, "  lexicon row    {}", one_line(&found.derivation.lexicon_row));
    let _ = writeln!(out, "  rule           {}", one_line(&found.derivation.rule));
    for cue in &found.derivation.cues {
        let _ = writeln!(out, "  cue            {}", one_line(cue));
    }
    entries(&mut out, ink, &found.entries);
    out
}

/// What a document gave, for a terminal.
pub fn document(found: &DocumentWhy, layout: Layout) -> String {
    let ink = layout.ink;
    let mut out = String::new();
    let _ = writeln!(out, "{} {}", ink.bold("document"), found.document.id);
    document_head(&mut out, ink, &found.document);
    let _ = writeln!(out, "  bytes          sha256 {}", found.bytes_sha256);
    let length =
        found.length.map_or_else(|| "redacted".to_owned(), |n| format!("{n} code points, {}", found.extractor));
    let _ = writeln!(out, "  text           sha256 {} ({length})", found.text_sha256);
    for (title, rows) in
        [("Claims", &found.claims), ("Assessments", &found.assessments), ("Not coded", &found.abstentions)]
    {
        heading(&mut out, ink, &format!("{title} ({})", rows.len()));
        for (id, what, quote) in rows {
            let text = format!("{} {what} “{}”", ink.dim(short(id)), one_line(quote));
            let _ = writeln!(out, "{}", wrapped(&text, "  ", "    ", layout.width));
        }
    }
    entries(&mut out, ink, &found.entries);
    out
}

fn heading(out: &mut String, ink: Ink, title: &str) {
    let _ = writeln!(out, "\n{}", ink.bold(title));
}

fn document_head(out: &mut String, ink: Ink, document: &DocumentOut) {
    heading(out, ink, "Document");
    let day = match (&document.published_from, &document.published_to) {
        (Some(from), Some(to)) => format!("{from} (to before {to})"),
        _ => "unknown".to_owned(),
    };
    let rows = [
        ("id", Some(document.id.clone())),
        ("source", Some(document.source.clone()).filter(|s| !s.is_empty())),
        ("title", document.title.clone()),
        ("url", document.url.clone()),
        ("language", Some(document.lang.clone())),
        ("published", Some(day)),
        ("credits", document.agency.clone()),
        ("repeats", document.duplicate_of.clone()),
    ];
    for (key, value) in rows {
        if let Some(value) = value {
            let _ = writeln!(out, "  {key:<14} {}", one_line(&value));
        }
    }
}

fn entries(out: &mut String, ink: Ink, entries: &[EntryOut]) {
    heading(out, ink, "In the ledger");
    for e in entries {
        let reason = e.reason.as_ref().map_or_else(String::new, |r| format!(": {}", one_line(r)));
        let _ = writeln!(
            out,
            "  {:>6}  {}  {}  {} {}{reason}",
            e.seq,
            e.recorded_at,
            e.act,
            one_line(&e.by),
            ink.dim(short(&e.run))
        );
    }
}
