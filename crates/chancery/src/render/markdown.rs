//! The brief as Markdown: a footnote at every number.

use std::fmt::Write;

use super::clean::one_line;
use super::notes::Notes;
use super::{COMPUTED, JUDGED, REPORTED, short};
use crate::brief::{Brief, Line, Number, Phrase};
use crate::labels::Labels;

/// Words of a source as Markdown text: nothing in them is markup.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Lays out a brief.
pub fn markdown(brief: &Brief, labels: &Labels) -> String {
    let mut notes = Notes::default();
    let mut out = String::new();
    write(&mut out, &mut notes, brief, labels);
    let _ = writeln!(out, "\n## {} {COMPUTED}\n", labels.word("figures"));
    for (mark, figure) in notes.figures(brief) {
        let _ =
            writeln!(out, "[^{mark}]: {}: {}. `{}`", escape(&figure.meaning), figure.value, figure.id.replace('`', ""));
    }
    out
}

fn write(out: &mut String, notes: &mut Notes, brief: &Brief, labels: &Labels) {
    let [a, b] = &brief.dyad;
    let _ = writeln!(out, "# {} – {}\n", a.name, b.name);
    let mut parts = Vec::new();
    if brief.from.is_some() || brief.to.is_some() {
        let ends = [brief.from.clone(), brief.last_day()].map(|d| d.unwrap_or_else(|| "…".to_owned()));
        parts.push(format!("{} {} – {}", labels.word("period"), ends[0], ends[1]));
    }
    parts.extend(brief.known_by.as_ref().map(|d| format!("{} {d}", labels.word("known_by"))));
    parts.push(format!("{} {}", labels.word("as_of"), brief.as_of_seq));
    parts.push(phrase(notes, &brief.base));
    let _ = writeln!(out, "{}\n", parts.join(" · "));
    let _ = writeln!(
        out,
        "{REPORTED} {}: {} · {COMPUTED} {}: {} · {JUDGED} {}: {}\n",
        labels.word("reported"),
        labels.word("legend_reported"),
        labels.word("computed"),
        labels.word("legend_computed"),
        labels.word("judged"),
        labels.word("legend_judged"),
    );
    let _ = writeln!(out, "## {} {COMPUTED}\n", labels.word("answer"));
    for sentence in &brief.answer {
        let _ = writeln!(out, "- {}", phrase(notes, sentence));
    }
    let _ = writeln!(
        out,
        "\n## {} {COMPUTED}\n\n| {} | {} | |",
        labels.word("verdicts"),
        labels.word("lane"),
        labels.word("verdict")
    );
    let _ = writeln!(out, "|---|---|---|");
    for verdict in &brief.verdicts {
        let events = counted(notes, labels, verdict.events.as_ref(), "event", "events");
        let origins = counted(notes, labels, verdict.origins.as_ref(), "origin", "origins");
        let because = Some(phrase(notes, &verdict.because));
        let told: Vec<String> = [events, origins, because].into_iter().flatten().collect();
        let _ = writeln!(out, "| {} | **{}** | {} |", verdict.channel, verdict.words, told.join(", "));
    }
    for section in &brief.sections {
        let matters = counted(notes, labels, section.matters.as_ref(), "matter", "matters");
        let origins = counted(notes, labels, section.origins.as_ref(), "origin", "origins");
        let counts: Vec<String> = [matters, origins].into_iter().flatten().collect();
        let _ = writeln!(out, "\n## {} {REPORTED}\n\n{}; {}.\n", section.title, counts.join(", "), section.explain);
        for line in &section.lines {
            matter(out, notes, labels, line);
        }
    }
    voices(out, notes, brief, labels);
    for group in &brief.assessments {
        let _ = writeln!(out, "\n## {} {REPORTED}\n", group.title);
        for line in &group.lines {
            let mut head = vec![format!("**{}**", escape(&line.who))];
            head.extend(Some(line.what.clone()).filter(|w| !w.is_empty()));
            head.extend(line.when.clone());
            head.push(escape(&line.says));
            let _ = writeln!(out, "- {}: “{}” `{}`", head.join(" · "), escape(&line.quote), short(&line.assessment));
        }
        if group.kind == "outlook" {
            let _ = writeln!(out, "\n{}", labels.word("no_probability"));
        }
    }
    if !brief.timeline.is_empty() {
        let _ = writeln!(
            out,
            "\n## {} {REPORTED}\n\n| {} | {} | {} |",
            labels.word("timeline"),
            labels.word("when"),
            labels.word("what"),
            labels.word("state")
        );
        let _ = writeln!(out, "|---|---|---|");
        for moment in &brief.timeline {
            let _ = writeln!(out, "| {} | {} | {} |", moment.when, escape(&moment.title), moment.state);
        }
    }
    if !brief.record.is_empty() {
        let _ = writeln!(out, "\n## {} {COMPUTED}\n\n{}\n", labels.word("record"), labels.word("record_explain"));
        for line in &brief.record {
            let _ = writeln!(out, "- {}", phrase(notes, line));
        }
    }
    let _ = writeln!(out, "\n## {} {COMPUTED}\n", labels.word("gaps"));
    for gap in &brief.gaps {
        let _ = writeln!(out, "- {}", phrase(notes, gap));
    }
    let _ = writeln!(out, "- {JUDGED} {}", escape(&brief.judged));
}

fn matter(out: &mut String, notes: &mut Notes, labels: &Labels, line: &Line) {
    let mut head = vec![format!("**{}**", escape(&line.who)), line.what.clone(), line.when.clone()];
    head.extend(line.amount.clone());
    head.extend(line.place.as_deref().map(escape));
    head.push(line.channel.clone());
    head.extend(counted(notes, labels, line.origins.as_ref(), "origin", "origins"));
    head.extend(line.credibility.as_ref().map(super::credibility));
    let _ = writeln!(out, "- {}", head.join(" · "));
    for spoken in line.voices.iter().take(6) {
        let _ = writeln!(
            out,
            "  - {} {}: “{}” `{}`{}",
            escape(&spoken.speaker),
            spoken.does,
            escape(&spoken.quote),
            short(&spoken.claim),
            spoken.reliability.as_ref().map_or_else(String::new, |g| format!(" {JUDGED}{g}"))
        );
    }
    if !line.course.is_empty() {
        let steps: Vec<String> = line.course.iter().map(|s| format!("{} ({})", s.word, s.published)).collect();
        let _ = writeln!(out, "  - {}", steps.join(" → "));
    }
}

fn voices(out: &mut String, notes: &mut Notes, brief: &Brief, labels: &Labels) {
    if !brief.voices.is_empty() {
        let stances = ["asserts", "denies", "leaves-open"].map(|s| labels.get("stance", s));
        let _ = writeln!(
            out,
            "\n## {} {COMPUTED}\n\n| | {} |\n|---|---|---|---|",
            labels.word("voices"),
            stances.join(" | ")
        );
        for voice in &brief.voices {
            let cells: Vec<String> = [&voice.asserts, &voice.denies, &voice.leaves_open]
                .into_iter()
                .map(|n| n.as_ref().map_or_else(String::new, |n| number(notes, n)))
                .collect();
            let _ = writeln!(out, "| {} | {} |", escape(&voice.speaker), cells.join(" | "));
        }
    }
    if !brief.silent.is_empty() {
        let names: Vec<&str> = brief.silent.iter().map(|a| a.name.as_str()).collect();
        let _ =
            writeln!(out, "\n**{}** ({}): {}", labels.word("silent"), labels.word("silent_explain"), names.join(", "));
    }
}

fn number(notes: &mut Notes, number: &Number) -> String {
    format!("{}[^{}]", number.value, notes.mark(number))
}

fn phrase(notes: &mut Notes, phrase: &Phrase) -> String {
    super::clean::legible(&phrase.render(|n| number(notes, n))).into_owned()
}

fn counted(notes: &mut Notes, labels: &Labels, n: Option<&Number>, one: &str, many: &str) -> Option<String> {
    let n = n?;
    Some(format!("{} {}", number(notes, n), labels.word(if n.value == "1" { one } else { many })))
}
