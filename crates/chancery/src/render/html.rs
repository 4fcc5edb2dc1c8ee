//! The brief as one HTML file: rendered here, printable, light and dark, no script, nothing loaded from elsewhere.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Write;

use askama::Template;

use super::notes::Notes;
use super::svg;
use super::{COMPUTED, JUDGED, REPORTED, short};
use crate::brief::{Brief, FigureOut, Number, Part, Phrase, Verdict};
use crate::error::Error;
use crate::labels::Labels;
use crate::section::Section;

#[derive(Template)]
#[template(path = "brief.html", whitespace = "minimize")]
struct Page<'a> {
    brief: &'a Brief,
    labels: &'a Labels,
    timeline: String,
    notes: RefCell<Notes>,
    /// Claims that are quoted on the page.
    quoted_claims: BTreeSet<&'a str>,
}

/// Lays out a brief.
///
/// # Errors
/// A template that cannot be filled, which the compiler excludes.
pub fn html(brief: &Brief, labels: &Labels) -> Result<String, Error> {
    let lines = brief.sections.iter().flat_map(|s| &s.lines);
    let quoted_claims = lines.flat_map(|l| &l.voices).map(|v| v.claim.as_str()).collect();
    let timeline = svg::timeline(brief, labels);
    let page = Page { brief, labels, timeline, notes: RefCell::default(), quoted_claims };
    page.render().map_err(|e| Error::Internal { name: "brief".to_owned(), what: e.to_string() })
}

// Templates reach functions through their page alone.
#[allow(clippy::unused_self)]
impl Page<'_> {
    fn text(&self, words: &str) -> String {
        text(words)
    }

    fn source(&self, words: &str) -> String {
        source(words)
    }

    fn quoted(&self, words: &str, lang: &str) -> String {
        quoted(words, lang)
    }

    fn short<'a>(&self, id: &'a str) -> &'a str {
        short(id)
    }

    fn w<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.word(key)
    }

    /// A number that opens its figure.
    fn number(&self, number: &Number) -> String {
        let mark = self.notes.borrow_mut().mark(number);
        format!("<a class=\"n\" href=\"#f{mark}\">{}<sup>{mark}</sup></a>", text(&number.value))
    }

    /// The same with its unit; nothing where there is no number.
    fn counted(&self, number: Option<&Number>, one: &str, many: &str) -> String {
        number.map_or_else(String::new, |n| {
            format!("{} {}", self.number(n), text(self.w(if n.value == "1" { one } else { many })))
        })
    }

    fn cell(&self, number: Option<&Number>) -> String {
        number.map_or_else(|| "<span class=\"none\">–</span>".to_owned(), |n| self.number(n))
    }

    fn phrase(&self, phrase: &Phrase) -> String {
        let part = |part: &Part| match part {
            Part::Text(words) => text(words),
            Part::Number(number) => self.number(number),
        };
        phrase.0.iter().map(part).collect()
    }

    /// The verdicts in rows of lanes, columns of tiers.
    fn rows(&self) -> impl Iterator<Item = (&str, &[Verdict])> {
        self.brief.verdicts.chunks(3).map(|row| (self.labels.get("lane", row[0].lane), row))
    }

    fn figures(&self) -> Vec<(usize, &FigureOut)> {
        self.notes.borrow().figures(self.brief)
    }

    /// An input of a figure as a link into the page where it is quoted there.
    fn input(&self, id: &str) -> String {
        let label = text(short(id));
        if self.quoted_claims.contains(id) {
            format!("<a href=\"#{}\"><code>{label}</code></a>", text(id))
        } else {
            format!("<code>{label}</code>")
        }
    }

    fn class(section: Section) -> &'static str {
        match section {
            Section::Done | Section::Bound | Section::Said => "shown",
            Section::Disputed => "disputed",
            Section::Claimed | Section::OwnAccount => "claimed",
            Section::Denied | Section::NotDone | Section::NoEvidence => "denied",
            _ => "open",
        }
    }

    fn side(&self, side: crate::voice::Side) -> String {
        let value = serde_json::to_value(side).ok();
        let key = value.as_ref().and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        self.labels.get("side", &key).to_owned()
    }
}

/// Words as HTML text. What would act on the reader's eye (direction, control) is shown instead.
pub(crate) fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in super::clean::legible(words).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '⟨' => out.push_str("<span class=\"ctl\">⟨"),
            '⟩' => out.push_str("⟩</span>"),
            c => out.push(c),
        }
    }
    out
}

/// Words of a source: isolated in their own direction.
fn source(words: &str) -> String {
    format!("<bdi>{}</bdi>", text(words))
}

/// A quotation in its language.
fn quoted(words: &str, lang: &str) -> String {
    let mut out = String::new();
    let lang: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let _ = write!(out, "<q lang=\"{lang}\">{}</q>", source(words));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_source_is_markup() {
        assert_eq!(
            quoted("<b>\u{202e}x</b> \"&", "en\" onload=x"),
            "<q lang=\"enonloadx\"><bdi>&lt;b&gt;<span class=\"ctl\">⟨U+202E⟩</span>x&lt;/b&gt; &quot;&amp;</bdi></q>"
        );
    }
}
