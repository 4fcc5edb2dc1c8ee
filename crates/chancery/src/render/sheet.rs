//! A sheet for a terminal and as Markdown-like plain lines.

use std::fmt::Write;

use super::clean::one_line;
use super::ink::wrapped;
use super::{COMPUTED, Layout, REPORTED, short};
use crate::labels::Labels;
use crate::sheet::{Compared, Sheet, SheetLine};

/// Lays out a sheet.
pub fn sheet(sheet: &Sheet, labels: &Labels, layout: Layout) -> String {
    let ink = layout.ink;
    let w = |key: &str| labels.word(key).to_owned();
    let mut out = String::new();
    let title = sheet.title.as_deref().unwrap_or(&sheet.name);
    let _ = writeln!(out, "{}", wrapped(&ink.bold(&one_line(title)), "", "", layout.width));
    let undated = w("undated");
    let meta = [
        sheet.source.as_deref().unwrap_or(labels.word("unnamed_outlet")),
        sheet.published.as_deref().unwrap_or(&undated),
        short(&sheet.document),
    ];
    let _ = writeln!(out, "{}", one_line(&meta.join(" · ")));
    let compared = match &sheet.compared {
        Compared::NoWorkspace => w("no_workspace"),
        Compared::Ledger { claims, held } => {
            let text = labels.fill("word", "compared", &[("n", &claims.to_string())]);
            if *held { format!("{text} {}", w("held")) } else { text }
        }
    };
    let _ = writeln!(out, "{}", wrapped(&compared, "", "", layout.width));
    if sheet.sections.is_empty() && sheet.assessments.is_empty() {
        let _ = writeln!(out, "\n{}", w("nothing_told"));
    }
    for section in &sheet.sections {
        let explain = labels.get("explain", section.section.as_str());
        let _ = writeln!(out, "\n{} {REPORTED}  {}", ink.bold(&section.title.to_uppercase()), ink.dim(explain));
        for line in section.lines.iter().take(layout.most) {
            self::line(&mut out, line, labels, layout);
        }
        if section.lines.len() > layout.most {
            let left = (section.lines.len() - layout.most).to_string();
            let _ = writeln!(out, "  … {} (--full)", labels.fill("word", "more", &[("n", &left)]));
        }
    }
    for group in &sheet.assessments {
        let _ = writeln!(out, "\n{} {REPORTED}  {}", ink.bold(&group.title.to_uppercase()), ink.dim(&w("not_event")));
        for line in &group.lines {
            let what = if line.what.is_empty() { String::new() } else { format!(" · {}", line.what) };
            let text = format!(
                "{}{what} · {}: “{}”",
                ink.bold(&one_line(&line.who)),
                one_line(&line.says),
                one_line(&line.quote)
            );
            let _ = writeln!(out, "{}", wrapped(&text, "  ", "    ", layout.width));
        }
        if group.kind == "outlook" {
            let _ = writeln!(out, "  {}", w("no_probability"));
        }
    }
    if !sheet.heard.is_empty() {
        let heard: Vec<String> = sheet.heard.iter().map(|(who, n)| format!("{} ({n})", one_line(who))).collect();
        let _ = writeln!(
            out,
            "\n{}\n{}",
            ink.bold(&w("voices").to_uppercase()),
            wrapped(&heard.join(", "), "  ", "  ", layout.width)
        );
    }
    if !sheet.silent.is_empty() {
        let names: Vec<&str> = sheet.silent.iter().map(|a| a.name.as_str()).collect();
        let _ = writeln!(out, "\n{}  {}", ink.bold(&w("silent").to_uppercase()), ink.dim(&w("silent_explain")));
        let _ = writeln!(out, "{}", wrapped(&names.join(", "), "  ", "  ", layout.width));
    }
    if !sheet.due.is_empty() {
        let _ = writeln!(out, "\n{} {COMPUTED}  {}", ink.bold(&w("due").to_uppercase()), ink.dim(&w("due_explain")));
        for plan in &sheet.due {
            let ids = |list: &[String]| list.iter().take(3).map(|id| short(id)).collect::<Vec<_>>().join(" ");
            let outcome = labels.fill("word", &format!("due_{}", plan.outcome), &[("ids", &ids(&plan.told))]);
            let text =
                format!("{} · {} · {outcome} · {}", ink.bold(&one_line(&plan.title)), plan.when, ids(&plan.announced));
            let _ = writeln!(out, "{}", wrapped(&text, "  ", "    ", layout.width));
        }
    }
    if !sheet.checks.is_empty() {
        let _ = writeln!(out, "\n{}", ink.bold(&w("checks").to_uppercase()));
        for check in &sheet.checks {
            let text = format!("{}: {} ({})", ink.bold(&one_line(&check.about)), check.record, check.kept);
            let _ = writeln!(out, "{}", wrapped(&text, "  ", "    ", layout.width));
        }
    }
    if sheet.not_coded > 0 {
        let _ = writeln!(out, "\n{}", labels.fill("word", "not_coded", &[("n", &sheet.not_coded.to_string())]));
    }
    out
}

fn line(out: &mut String, line: &SheetLine, labels: &Labels, layout: Layout) {
    let ink = layout.ink;
    let mut head = vec![ink.bold(&one_line(&line.title)), line.when.clone(), line.channel.clone()];
    if let Some(verdict) = line.against_ledger {
        let ids: Vec<&str> = line.ledger_claims.iter().take(3).map(|id| short(id)).collect();
        let word = labels.get("against", verdict);
        head.push(if ids.is_empty() { word.to_owned() } else { format!("{word}: {}", ids.join(" ")) });
    }
    let _ = writeln!(out, "{}", wrapped(&head.join(" · "), "  ", "    ", layout.width));
    for voice in line.voices.iter().take(4) {
        let text = format!(
            "{} {}: “{}” {}",
            one_line(&voice.speaker),
            voice.does,
            one_line(&voice.quote),
            ink.dim(short(&voice.claim))
        );
        let _ = writeln!(out, "{}", wrapped(&text, "    ", "      ", layout.width));
    }
}
