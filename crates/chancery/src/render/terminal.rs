//! The brief for a terminal: plain lines, a mark at every number, the figures at the end.

use std::fmt::Write;

use super::clean::{one_line, one_line_around};
use super::ink::{Ink, wrapped};
use super::notes::Notes;
use super::{COMPUTED, JUDGED, REPORTED, short};
use crate::brief::{Brief, Line, Number, Phrase, SectionOut};
use crate::labels::Labels;
use crate::section::Section;

/// How to lay out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Columns.
    pub width: usize,
    /// Emphasis.
    pub ink: Ink,
    /// Lines per section; the rest is counted.
    pub most: usize,
}

/// A page under way.
struct Page<'a> {
    out: String,
    notes: Notes,
    layout: Layout,
    labels: &'a Labels,
}

/// Lays out a brief.
pub fn terminal(brief: &Brief, labels: &Labels, layout: Layout) -> String {
    let mut page = Page { out: String::new(), notes: Notes::default(), layout, labels };
    page.head(brief);
    page.answer(brief);
    for section in &brief.sections {
        page.section(section);
    }
    page.voices(brief);
    page.assessments(brief);
    page.timeline(brief);
    page.record(brief);
    page.figures(brief);
    page.out
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        self.labels.word(key).to_owned()
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// Text after a margin, wrapped.
    fn paragraph(&mut self, text: &str, first: &str, rest: &str) {
        let text = wrapped(text, first, rest, self.layout.width);
        self.line(&text);
    }

    fn title(&mut self, title: &str, sign: &str, explain: &str) {
        let ink = self.layout.ink;
        let head = format!("\n{} {}", ink.bold(&title.to_uppercase()), sign);
        let text = if explain.is_empty() { head } else { format!("{head}  {}", ink.dim(explain)) };
        self.line(&text);
    }

    /// `3[7]`: a number with the mark of its figure.
    fn number(&mut self, number: &Number) -> String {
        let mark = self.notes.mark(number);
        format!("{}{}", number.value, self.layout.ink.dim(&format!("[{mark}]")))
    }

    fn phrase(&mut self, phrase: &Phrase) -> String {
        let (notes, ink) = (&mut self.notes, self.layout.ink);
        one_line_around(&phrase.render(|n| format!("{}{}", n.value, ink.dim(&format!("[{}]", notes.mark(n))))))
    }

    fn counted(&mut self, number: Option<&Number>, one: &str, many: &str) -> Option<String> {
        let number = number?;
        let word = self.word(if number.value == "1" { one } else { many });
        Some(format!("{} {word}", self.number(number)))
    }

    fn head(&mut self, brief: &Brief) {
        let [a, b] = &brief.dyad;
        let mut parts = vec![self.word("brief")];
        if brief.from.is_some() || brief.to.is_some() {
            let ends = [brief.from.clone(), brief.last_day()].map(|d| d.unwrap_or_else(|| "…".to_owned()));
            parts.push(format!("{} {} – {}", self.word("period"), ends[0], ends[1]));
        }
        if let Some(day) = &brief.known_by {
            parts.push(format!("{} {day}", self.word("known_by")));
        }
        parts.push(format!("{} {}", self.word("as_of"), brief.as_of_seq));
        let title = self.layout.ink.bold(&format!("{} – {}", a.name, b.name).to_uppercase());
        self.line(&format!("{title}   {}", parts.join(", ")));
        let base = self.phrase(&brief.base);
        self.paragraph(&base, "", "");
        let legend = format!(
            "{REPORTED} {}   {COMPUTED} {}   {JUDGED} {}",
            self.word("reported"),
            self.word("computed"),
            self.word("judged")
        );
        let legend = self.layout.ink.dim(&legend);
        self.line(&legend);
    }

    fn answer(&mut self, brief: &Brief) {
        let title = self.word("answer");
        self.title(&title, COMPUTED, "");
        for sentence in &brief.answer {
            let text = self.phrase(sentence);
            self.paragraph(&text, "  ", "    ");
        }
        let title = self.word("verdicts");
        self.title(&title, COMPUTED, "");
        let others = self.word("others");
        let shown = || brief.verdicts.iter().filter(|v| v.events.is_some());
        let wide = shown().map(|v| v.channel.chars().count()).max().unwrap_or(0);
        for verdict in shown() {
            let because = self.phrase(&verdict.because);
            let events = self.counted(verdict.events.as_ref(), "event", "events");
            let origins = self.counted(verdict.origins.as_ref(), "origin", "origins");
            let told: Vec<String> = [events, origins, Some(because)].into_iter().flatten().collect();
            let first = format!("  {:wide$}  ", verdict.channel);
            let rest = " ".repeat(wide + 6);
            self.paragraph(&format!("{}: {}", self.layout.ink.bold(&verdict.words), told.join(", ")), &first, &rest);
        }
        // Lanes without events need one line, not ten.
        if let Some(verdict) = brief.verdicts.iter().find(|v| v.events.is_none()) {
            let because = self.phrase(&verdict.because);
            let others = if wide == 0 { String::new() } else { format!("{others}: ") };
            self.paragraph(&format!("{others}{}: {because}", verdict.words), "  ", "    ");
        }
    }

    fn section(&mut self, section: &SectionOut) {
        let matters = self.counted(section.matters.as_ref(), "matter", "matters");
        let origins = self.counted(section.origins.as_ref(), "origin", "origins");
        let counts: Vec<String> = [matters, origins].into_iter().flatten().collect();
        let explain = format!("{}; {}", counts.join(", "), section.explain);
        self.title(&section.title, REPORTED, &explain);
        for line in section.lines.iter().take(self.layout.most) {
            self.matter(line, section.section);
        }
        self.more(section.lines.len());
    }

    fn more(&mut self, lines: usize) {
        if lines > self.layout.most {
            let left = (lines - self.layout.most).to_string();
            let text = self.labels.fill("word", "more", &[("n", &left)]);
            self.line(&format!("  … {text} (--full)"));
        }
    }

    fn matter(&mut self, line: &Line, section: Section) {
        let ink = self.layout.ink;
        let mut head = vec![ink.bold(&one_line(&line.who)), line.what.clone(), line.when.clone()];
        head.extend(line.amount.clone());
        head.extend(line.place.as_deref().map(one_line));
        head.push(line.channel.clone());
        head.extend(self.counted(line.origins.as_ref(), "origin", "origins"));
        head.extend(line.credibility.as_ref().map(super::credibility));
        self.paragraph(&head.join(" · "), "  ", "    ");
        let most = if section == Section::Disputed { 6 } else { 2 };
        for spoken in line.voices.iter().take(most) {
            let says = format!("{} {}", one_line(&spoken.speaker), spoken.does);
            let grade = spoken.reliability.as_ref().map_or_else(String::new, |g| format!(" {JUDGED}{g}"));
            let text = format!("{says}: “{}” {}{grade}", one_line(&spoken.quote), ink.dim(short(&spoken.claim)));
            self.paragraph(&text, "    ", "      ");
        }
        if line.voices.len() > most {
            let others: Vec<String> =
                line.voices[most..].iter().map(|v| format!("{} ({})", one_line(&v.speaker), v.does)).collect();
            self.paragraph(&format!("+ {}", others.join(", ")), "    ", "      ");
        }
        if !line.course.is_empty() {
            let steps: Vec<String> = line.course.iter().map(|s| format!("{} ({})", s.word, s.published)).collect();
            self.paragraph(&steps.join(" → "), "    ", "      ");
        }
    }

    fn voices(&mut self, brief: &Brief) {
        if !brief.voices.is_empty() {
            let title = self.word("voices");
            self.title(&title, COMPUTED, "");
        }
        let mut side = None;
        let mut shown = 0;
        for voice in &brief.voices {
            if side != Some(voice.side) {
                side = Some(voice.side);
                shown = 0;
                let name = serde_json::to_value(voice.side).ok();
                let name = name.as_ref().and_then(|n| n.as_str()).unwrap_or_default().to_owned();
                let name = self.labels.get("side", &name).to_owned();
                let name = self.layout.ink.dim(&name);
                self.line(&format!("  {name}"));
            }
            shown += 1;
            if shown > self.layout.most {
                continue;
            }
            let mut told = Vec::new();
            for (number, stance) in
                [(&voice.asserts, "asserts"), (&voice.denies, "denies"), (&voice.leaves_open, "leaves-open")]
            {
                if let Some(number) = number {
                    told.push(format!("{} {}", self.labels.get("stance", stance).to_owned(), self.number(number)));
                }
            }
            self.paragraph(&format!("{}: {}", one_line(&voice.speaker), told.join(", ")), "    ", "      ");
        }
        if !brief.silent.is_empty() {
            let names: Vec<&str> = brief.silent.iter().map(|a| a.name.as_str()).collect();
            let title = self.word("silent");
            let explain = self.word("silent_explain");
            self.title(&title, COMPUTED, &explain);
            self.paragraph(&names.join(", "), "  ", "    ");
        }
    }

    fn assessments(&mut self, brief: &Brief) {
        for group in &brief.assessments {
            let explain = self.word("not_event");
            self.title(&group.title, REPORTED, &explain);
            for line in group.lines.iter().take(self.layout.most) {
                let mut head = vec![self.layout.ink.bold(&one_line(&line.who))];
                head.extend(Some(line.what.clone()).filter(|w| !w.is_empty()));
                head.extend(line.when.clone());
                head.push(one_line(&line.says));
                let text = format!(
                    "{}: “{}” {}",
                    head.join(" · "),
                    one_line(&line.quote),
                    self.layout.ink.dim(short(&line.assessment))
                );
                self.paragraph(&text, "  ", "    ");
            }
            self.more(group.lines.len());
            if group.kind == "outlook" {
                let text = self.word("no_probability");
                self.paragraph(&text, "  ", "    ");
            }
        }
    }

    fn timeline(&mut self, brief: &Brief) {
        if brief.timeline.is_empty() {
            return;
        }
        let title = self.word("timeline");
        self.title(&title, REPORTED, "");
        let most = self.layout.most.saturating_mul(3);
        let skipped = brief.timeline.len().saturating_sub(most);
        if skipped > 0 {
            let text = self.labels.fill("word", "more", &[("n", &skipped.to_string())]);
            self.line(&format!("  … {text} (--full)"));
        }
        let wide = brief.timeline[skipped..].iter().map(|m| m.when.chars().count()).max().unwrap_or(0);
        for moment in &brief.timeline[skipped..] {
            let first = format!("  {:wide$}  ", moment.when);
            let text = format!("{} {}", moment.title, self.layout.ink.dim(&format!("[{}]", moment.state)));
            self.paragraph(&text, &first, &" ".repeat(wide + 6));
        }
    }

    /// What datasets say, then what is missing.
    fn record(&mut self, brief: &Brief) {
        if !brief.record.is_empty() {
            let (title, explain) = (self.word("record"), self.word("record_explain"));
            self.list(&title, &explain, &brief.record);
        }
        let title = self.word("gaps");
        self.list(&title, "", &brief.gaps);
        self.paragraph(&one_line(&brief.judged), &format!("  {JUDGED} "), "    ");
    }

    fn list(&mut self, title: &str, explain: &str, phrases: &[Phrase]) {
        self.title(title, COMPUTED, explain);
        for phrase in phrases {
            let text = self.phrase(phrase);
            self.paragraph(&text, "  – ", "    ");
        }
    }

    fn figures(&mut self, brief: &Brief) {
        let (title, explain) = (self.word("figures"), self.word("figures_explain"));
        self.title(&title, COMPUTED, &explain);
        for (mark, figure) in self.notes.figures(brief) {
            let _ = writeln!(self.out, "  [{mark}] {}", one_line(&figure.id));
        }
    }
}
