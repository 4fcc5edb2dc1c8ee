//! `why` for figures of voting and for single observations, for a terminal.

use std::fmt::Write as _;

use super::clean::one_line;
use super::why::recomputed;
use super::{Ink, Layout};
use crate::why::{Ballots, ObservationWhy, VotingWhy};

/// A figure of voting with the roll calls behind it.
pub fn voting(found: &VotingWhy, layout: Layout) -> String {
    let ink: Ink = layout.ink;
    let mut out = String::new();
    let Some(value) = &found.value else {
        let _ = writeln!(out, "{}\n  this ledger gives no such figure for that question", one_line(&found.asked));
        return out;
    };
    let number = value.value.map_or_else(|| "undefined".to_owned(), |v| format!("{v}"));
    let interval = match (value.low, value.high, value.method) {
        (Some(low), Some(high), Some(method)) => format!(" (95 %: {low:.3} to {high:.3}, {method})"),
        _ => String::new(),
    };
    let _ = writeln!(out, "{}{interval}", ink.bold(&number));
    let _ = writeln!(out, "{}", one_line(&value.figure));
    let _ = writeln!(out, "{}", recomputed(found.agrees));
    if let Some(table) = &found.release {
        let _ = writeln!(out, "from {} ({})", one_line(table.title.as_deref().unwrap_or(&table.source)), table.id);
    }
    let [a, b] = &found.dyad;
    let _ = writeln!(out, "\n{} joint roll calls, {} with the same ballot: {a} | {b}", value.n, value.same);
    let most = found.ballots.len().min(layout.most.max(20));
    for row in &found.ballots[..most] {
        let _ = writeln!(out, "  {}", line(row, ink));
    }
    if most < found.ballots.len() {
        let _ = writeln!(out, "  … {} more (--json gives all)", found.ballots.len() - most);
    }
    out
}

fn line(row: &Ballots, ink: Ink) -> String {
    let ids = [&row.observation_a, &row.observation_b];
    let ids: Vec<&str> = ids.into_iter().flatten().map(|id| &id.as_str()[..12]).collect();
    format!(
        "{} {:>3}  {:<8} | {:<8} {} {}",
        row.day.map_or_else(|| "–".to_owned(), |d| d.to_string()),
        row.session,
        ballot(row.a),
        ballot(row.b),
        one_line(row.item.as_deref().unwrap_or_default()),
        ink.dim(&format!("roll call {} {}", row.call, ids.join(" "))),
    )
}

fn ballot(number: u8) -> &'static str {
    match number {
        1 => "yes",
        2 => "abstain",
        3 => "no",
        8 => "absent",
        _ => "–",
    }
}

/// One row of a dataset.
pub fn observation(found: &ObservationWhy, layout: Layout) -> String {
    let ink: Ink = layout.ink;
    let mut out = String::new();
    let it = &found.observation;
    let _ = writeln!(out, "{} {}", ink.bold("observation"), found.id);
    let day = |day: Option<chancery_model::Date>| day.map_or_else(|| "–".to_owned(), |d| d.to_string());
    let rows = [
        ("variable", it.variable.to_string()),
        ("row", it.row_key.to_string()),
        ("of", it.actor_a.to_string()),
        ("with", it.actor_b.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)),
        ("from", day(it.valid_from)),
        ("to (excluded)", day(it.valid_to)),
        ("value", it.value.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)),
        ("unit", it.unit.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)),
        ("missing", it.missing.map_or("–", chancery_model::MissingKind::as_str).to_owned()),
        ("public from", day(it.public_from)),
        ("release", it.vintage.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)),
        ("table", format!("{} ({})", found.table.title.as_deref().unwrap_or(&found.table.source), found.table.id)),
    ];
    for (key, value) in rows.iter().filter(|(_, value)| value != "–") {
        let _ = writeln!(out, "  {key:<14} {}", one_line(value));
    }
    for entry in &found.entries {
        let _ = writeln!(out, "  entry {} {} {} by {}", entry.seq, entry.recorded_at, entry.act, one_line(&entry.by));
    }
    if let Some(citation) = &found.citation {
        let _ = writeln!(out, "\ncite:\n{}", citation.trim());
    }
    out
}
