//! Puts the parts of a brief together, and remembers which figures it prints.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chancery_coder::Register;
use chancery_model::{Figure, Interval};

use super::{Actor, Brief, FigureOut, Line, Moment, Number, Phrase, SCHEMA_VERSION, SectionOut};
use super::{assessed, gaps, lines, verdicts, voices};
use crate::answer::{Answer, Evidence};
use crate::grade::Scale;
use crate::labels::Labels;
use crate::matter::Matter;
use crate::section::Section;
use crate::voice::Side;
use crate::when;

/// Names of states and words in one language.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The words.
    pub labels: &'a Labels,
    /// The names of states and bodies.
    pub register: &'a Register,
}

impl Names<'_> {
    /// An actor's name; non-state actors are marked.
    pub fn actor(&self, code: &str) -> String {
        if code == "UNK" {
            return self.labels.word("unknown").to_owned();
        }
        let (state, kind) = code.split_once('/').map_or((code, None), |(s, k)| (s, Some(k)));
        let name = self.register.name(state, self.labels.german());
        if kind.is_some() { format!("{name} {}", self.labels.word("nonstate")) } else { name }
    }

    /// Several names.
    pub fn actors(&self, codes: &[String]) -> String {
        codes.iter().map(|c| self.actor(c)).collect::<Vec<_>>().join(", ")
    }

    /// An outlet's name.
    pub fn outlet(&self, source: &str) -> String {
        if source.is_empty() { self.labels.word("unnamed_outlet").to_owned() } else { source.to_owned() }
    }
}

/// An answer on its way into words.
pub(super) struct Draft<'a> {
    pub(super) answer: &'a Answer,
    pub(super) names: Names<'a>,
    pub(super) scale: Scale,
    printed: RefCell<BTreeSet<String>>,
}

impl Draft<'_> {
    /// The number of a measure, if it was measured. Asking for it is printing it.
    pub(super) fn number(&self, measure: &str) -> Option<Number> {
        let figure = self.answer.figures.get(measure)?;
        self.printed.borrow_mut().insert(measure.to_owned());
        Some(Number { value: figure.value.clone()?, figure: figure.id().ok()? })
    }

    /// The number as a phrase; the word for nothing where there is none.
    pub(super) fn counted(&self, measure: &str) -> Phrase {
        self.number(measure).map_or_else(|| Phrase::text(self.names.labels.word("none")), Phrase::from)
    }

    /// `3 events` or `1 event`.
    pub(super) fn many(&self, measure: &str, one: &str, many: &str) -> Option<Phrase> {
        let number = self.number(measure)?;
        let word = self.names.labels.word(if number.value == "1" { one } else { many });
        Some(Phrase::from(number).then(&format!(" {word}")))
    }
}

pub(super) fn build(answer: &Answer, names: &Names<'_>) -> Brief {
    // The scale is embedded and a test reads it; without it no grade would have a name, and nothing else would change.
    let scale = Scale::embedded().unwrap_or_default();
    let draft = Draft { answer, names: *names, scale, printed: RefCell::default() };
    let labels = names.labels;
    let actor = |code: &str| Actor { code: code.to_owned(), name: names.actor(code) };
    let question = &answer.question;
    let day = |d: Option<chancery_model::Date>| d.map(|d| d.to_string());
    let sections: Vec<SectionOut> = Section::ALL.iter().filter_map(|s| section(&draft, *s)).collect();
    let silent = voices::silent(&draft);
    let base = [
        draft.many("documents", "document", "documents"),
        draft.many("originals", "original", "originals"),
        draft.many("outlets", "outlet", "outlets"),
        draft.many("claims", "claim", "claims"),
        draft.many("assessments", "assessment", "assessments"),
    ];
    let mut brief = Brief {
        schema_version: SCHEMA_VERSION,
        lang: labels.tongue.code(),
        dyad: [actor(question.dyad.a().as_str()), actor(question.dyad.b().as_str())],
        from: day(question.from),
        to: day(question.to),
        known_by: day(question.known_by.and_then(|limit| limit.yesterday().ok())),
        as_of_seq: answer.seq,
        base: Phrase::join(base.into_iter().flatten(), " · "),
        thin: thin(answer),
        answer: verdicts::sentences(&draft),
        verdicts: verdicts::verdicts(&draft),
        timeline: timeline(&draft),
        sections,
        voices: voices::voices(&draft),
        assessments: assessed::assessed(&draft),
        record: Vec::new(),
        gaps: gaps::gaps(&draft, &silent),
        judged: judged(&draft),
        silent,
        figures: Vec::new(),
    };
    let printed = draft.printed.into_inner();
    brief.figures = printed.iter().filter_map(|m| figure(answer.figures.get(m)?, answer, names)).collect();
    brief
}

/// What persons set, in words: the graded sources with their topics, and the graded claims.
fn judged(draft: &Draft<'_>) -> String {
    let (labels, grades) = (draft.names.labels, &draft.answer.grades);
    let sources: BTreeSet<&str> = draft.answer.documents.iter().map(|d| d.source.as_str()).collect();
    let mut told: Vec<String> = Vec::new();
    for source in sources {
        let of = grades.of_source(source).into_iter().flatten();
        let of: Vec<String> = of.map(|(t, g)| format!("{} ({})", g.grade, labels.get("topic", t.as_str()))).collect();
        if !of.is_empty() {
            told.push(format!("{} {}", draft.names.outlet(source), of.join(", ")));
        }
    }
    let claims = draft.answer.evidence.iter().filter_map(|e| Some((e, grades.of_claim(&e.row.id)?)));
    told.extend(claims.map(|(e, g)| format!("{} {}", crate::render::short(e.row.id.as_str()), g.grade)));
    if told.is_empty() {
        labels.word("nothing_judged").to_owned()
    } else {
        labels.fill("word", "graded", &[("list", &told.join("; "))])
    }
}

/// Whether nothing can be judged: fewer texts of their own than any verdict needs origins.
fn thin(answer: &Answer) -> bool {
    let originals = answer.figures.get("originals").and_then(|f| f.value.as_deref()).and_then(|v| v.parse().ok());
    originals.unwrap_or(0) < chancery_measure::Thresholds::default().origins
}

fn section(draft: &Draft<'_>, section: Section) -> Option<SectionOut> {
    let (labels, word) = (draft.names.labels, section.as_str());
    let matters = draft.answer.matters.iter().filter(|m| Section::of(m) == section);
    let mut lines: Vec<(i64, Line)> = matters
        .map(|m| (crate::verdict::day(m, &draft.answer.evidence).unwrap_or(i64::MAX), lines::line(draft, m)))
        .collect();
    if lines.is_empty() {
        return None;
    }
    lines.sort_by_key(|(day, _)| *day);
    Some(SectionOut {
        section,
        title: labels.get("section", word).to_owned(),
        explain: labels.get("explain", word).to_owned(),
        matters: draft.number(&format!("{word}/matters")),
        origins: draft.number(&format!("{word}/origins")),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
    })
}

/// Dated matters in order of time. What is placed by its report alone says so.
fn timeline(draft: &Draft<'_>) -> Vec<Moment> {
    let evidence = &draft.answer.evidence;
    let labels = draft.names.labels;
    let mut moments: Vec<Moment> = draft
        .answer
        .matters
        .iter()
        .filter_map(|matter| {
            let (interval, by_report) = placed(matter, evidence)?;
            let (from, to) = (interval.from?, interval.to?);
            let words = when::interval(&interval, labels);
            let when = if by_report { labels.fill("word", "reported_on", &[("date", &words)]) } else { words };
            let section = Section::of(matter);
            Some(Moment {
                from: from.to_string(),
                to: to.to_string(),
                when,
                by_report,
                matter: matter.key.clone(),
                section,
                lane: matter.lane.as_str(),
                title: format!("{}: {}", lines::who(draft, matter), labels.event_type(matter.proposition.event_type)),
                state: labels.get("section", section.as_str()).to_owned(),
            })
        })
        .collect();
    moments.sort_by(|a, b| (&a.from, &a.to, &a.matter).cmp(&(&b.from, &b.to, &b.matter)));
    moments
}

/// The same in words, for readers.
pub(crate) fn interval_or_report(matter: &Matter, evidence: &[Evidence], labels: &Labels) -> String {
    match placed(matter, evidence) {
        Some((interval, false)) => when::interval(&interval, labels),
        Some((interval, true)) => labels.fill("word", "reported_on", &[("date", &when::interval(&interval, labels))]),
        None => labels.word("undated").to_owned(),
    }
}

/// When a matter was, or else when it was first reported.
pub(super) fn placed(matter: &Matter, evidence: &[Evidence]) -> Option<(Interval, bool)> {
    if let Some(when) = matter.when {
        return Some((when, false));
    }
    let document = &evidence[matter.members[0]].row.document;
    Some((Interval::within(document.published_from?, document.published_to?), true))
}

/// A figure with its meaning in words.
pub(crate) fn figure(figure: &Figure, answer: &Answer, names: &Names<'_>) -> Option<FigureOut> {
    Some(FigureOut {
        id: figure.id().ok()?,
        meaning: meaning(&figure.measure, answer, names),
        value: figure.value.clone().unwrap_or_else(|| names.labels.word("none").to_owned()),
        inputs: figure.inputs.clone(),
    })
}

fn meaning(measure: &str, answer: &Answer, names: &Names<'_>) -> String {
    let labels = names.labels;
    let parts: Vec<&str> = measure.split('/').collect();
    let channel = |tier: &str, lane: &str| format!("{}, {}", labels.get("lane", lane), labels.get("tier", tier));
    match parts[..] {
        ["matter", _, what] => {
            let key = if what == "origins" { "matter-origins" } else { "matter-documents" };
            labels.get("meaning", key).to_owned()
        }
        ["voice", wanted, stance] => {
            let found = answer.figures.speaker(wanted);
            let name = match found {
                Some((Side::Unnamed, _)) | None => labels.word("nobody_named").to_owned(),
                Some(who) => lines::speaker_name(names, who),
            };
            labels.fill("meaning", "voice", &[("speaker", &name), ("stance", labels.get("stance", stance))])
        }
        [section, what @ ("matters" | "origins")] if Section::ALL.iter().any(|s| s.as_str() == section) => {
            let title = labels.get("section", section);
            labels.fill("meaning", &format!("section-{what}"), &[("section", title)])
        }
        [tier, lane] => labels.fill("meaning", "channel", &[("channel", &channel(tier, lane))]),
        [tier, lane, what] => {
            let key = if what == "origins" { "channel-origins" } else { what };
            labels.fill("meaning", key, &[("channel", &channel(tier, lane))])
        }
        _ => labels.get("meaning", measure).to_owned(),
    }
}
