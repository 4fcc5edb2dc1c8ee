//! Every number that an answer prints, each with its inputs: a number without its evidence is a bug.
//!
//! A figure adds up the contributions of its inputs, 1 or 0, so that whoever opens it can recount it.

use std::collections::{BTreeMap, BTreeSet};

use chancery_ledger::{AssessmentRow, DocumentHead};
use chancery_measure::Sign;
use chancery_model::{Figure, FigureInput, Id};

use crate::answer::{Evidence, Question};
use crate::grade::Grades;
use crate::matter::Matter;
use crate::origin::{families, number};
use crate::proposition::sign;
use crate::section::Section;
use crate::verdict::{counts, day, period};
use crate::voice::{Side, Stance, key, speaker};

/// Figures by their measure.
#[derive(Debug, Clone)]
pub struct Figures {
    blank: Figure,
    /// Whom a name in a measure stands for.
    speakers: BTreeMap<String, (Side, String)>,
    by_measure: BTreeMap<String, Figure>,
}

impl Figures {
    /// The figure of a measure; what was not measured has none.
    pub fn get(&self, measure: &str) -> Option<&Figure> {
        self.by_measure.get(measure)
    }

    /// Whom `state:RUS` or `outlet:…` in a measure stands for.
    pub fn speaker(&self, key: &str) -> Option<&(Side, String)> {
        self.speakers.get(key)
    }

    /// All figures, by measure.
    pub fn all(&self) -> impl Iterator<Item = &Figure> {
        self.by_measure.values()
    }

    /// Adds a figure: each input with whether it counts. Inputs that come twice count if any of them does.
    fn add(&mut self, measure: String, inputs: impl IntoIterator<Item = (String, bool)>) {
        let mut all: BTreeMap<String, bool> = BTreeMap::new();
        for (id, counted) in inputs {
            *all.entry(id).or_default() |= counted;
        }
        if all.is_empty() {
            return;
        }
        let value = all.values().filter(|c| **c).count().to_string();
        let inputs = all
            .into_iter()
            .map(|(id, counted)| FigureInput { id, contribution: if counted { "1" } else { "0" }.to_owned() })
            .collect();
        let figure = Figure { measure: measure.clone(), value: Some(value), inputs, ..self.blank.clone() };
        self.by_measure.insert(measure, figure);
    }

    /// Computes everything that a brief may print.
    pub(crate) fn compute(
        question: &Question,
        seq: u64,
        evidence: &[Evidence],
        matters: &[Matter],
        assessments: &[AssessmentRow],
        documents: &[DocumentHead],
        grades: &Grades,
    ) -> Self {
        let blank = Figure {
            measure: String::new(),
            dyad: question.dyad.clone(),
            from: question.from,
            to: question.to,
            as_of_seq: seq,
            known_by: question.known_by,
            value: None,
            inputs: Vec::new(),
        };
        let mut figures = Self { blank, speakers: BTreeMap::new(), by_measure: BTreeMap::new() };
        figures.of_base(evidence, assessments, documents, grades);
        figures.of_matters(evidence, matters);
        figures.of_channels(question, evidence, matters);
        figures.of_voices(evidence, matters);
        figures
    }

    fn of_base(
        &mut self,
        evidence: &[Evidence],
        assessments: &[AssessmentRow],
        documents: &[DocumentHead],
        grades: &Grades,
    ) {
        let families = families(documents.iter());
        let firsts = |key: &dyn Fn(&DocumentHead) -> String| {
            let mut seen = BTreeSet::new();
            documents.iter().map(|d| (d.id.to_string(), seen.insert(key(d)))).collect::<Vec<_>>()
        };
        self.add("documents".into(), documents.iter().map(|d| (d.id.to_string(), true)));
        self.add("outlets".into(), firsts(&|d| d.source.clone()));
        let mut seen = BTreeSet::new();
        let ungraded = documents.iter().filter(|d| grades.of_source(&d.source).is_none());
        self.add(
            "ungraded-outlets".into(),
            ungraded.map(|d| (d.id.to_string(), seen.insert(&d.source))).collect::<Vec<_>>(),
        );
        self.add("originals".into(), firsts(&|d| families.get(&d.id).unwrap_or(&d.id).to_string()));
        self.add(
            "reprints".into(),
            documents.iter().filter(|d| d.duplicate_of.is_some()).map(|d| (d.id.to_string(), true)),
        );
        let undated = documents.iter().filter(|d| d.published_from.is_none());
        self.add("undated-documents".into(), undated.map(|d| (d.id.to_string(), true)));
        self.add("claims".into(), evidence.iter().map(|e| (e.row.id.to_string(), true)));
        let untimed = evidence.iter().filter(|e| e.row.claim.occurred.is_none());
        self.add("undated-claims".into(), untimed.map(|e| (e.row.id.to_string(), true)));
        self.add("assessments".into(), assessments.iter().map(|a| (a.id.to_string(), true)));
    }

    /// Matters and origins per section, origins and reports per matter.
    fn of_matters(&mut self, evidence: &[Evidence], matters: &[Matter]) {
        let mut sections: BTreeMap<Section, Vec<&Matter>> = BTreeMap::new();
        for matter in matters {
            sections.entry(Section::of(matter)).or_default().push(matter);
            let members = || matter.members.iter().map(|&i| &evidence[i]);
            self.add(format!("matter/{}/origins", matter.key), distinct(members(), |e| &e.origin));
            self.add(format!("matter/{}/documents", matter.key), distinct(members(), |e| &e.row.document.id));
        }
        for (section, matters) in sections {
            let word = section.as_str();
            let members = || matters.iter().flat_map(|m| &m.members).map(|&i| &evidence[i]);
            self.add(format!("{word}/matters"), matters.iter().flat_map(|m| once_each(m, evidence)));
            self.add(format!("{word}/origins"), distinct(members(), |e| &e.origin));
        }
    }

    /// What the verdicts count: events, their origins, and how they fall on the two halves of the period.
    fn of_channels(&mut self, question: &Question, evidence: &[Evidence], matters: &[Matter]) {
        let (from, to) = period(question, evidence, matters);
        let since = from + (to - from) / 2;
        let mut channels: BTreeMap<String, Vec<&Matter>> = BTreeMap::new();
        for matter in matters.iter().filter(|m| counts(m) && day(m, evidence).is_some_and(|d| (from..to).contains(&d)))
        {
            channels.entry(format!("{}/{}", matter.tier, matter.lane)).or_default().push(matter);
        }
        let published = |e: &Evidence| Some((e.row.document.id.to_string(), number(e.row.document.published_from?)));
        let dated = || evidence.iter().filter_map(published).filter(|(_, day)| (from..to).contains(day));
        self.add("documents-dated".into(), dated().map(|(id, _)| (id, true)));
        self.add("documents-later".into(), dated().map(|(id, day)| (id, day >= since)));
        for (channel, matters) in channels {
            let members = matters.iter().flat_map(|m| &m.members).map(|&i| &evidence[i]);
            self.add(format!("{channel}/origins"), distinct(members, |e| &e.origin));
            self.add(channel.clone(), matters.iter().flat_map(|m| once_each(m, evidence)));
            for (word, wanted) in [("cooperative", Sign::Cooperative), ("conflictual", Sign::Conflictual)] {
                let of_sign = matters.iter().filter(|m| sign(&evidence[m.lead].row.claim) == wanted);
                self.add(format!("{channel}/{word}"), of_sign.clone().flat_map(|m| once_each(m, evidence)));
                let later = of_sign.flat_map(|m| {
                    let late = day(m, evidence).is_some_and(|d| d >= since);
                    once_each(m, evidence).map(move |(id, counted)| (id, counted && late))
                });
                self.add(format!("{channel}/{word}-later"), later);
            }
        }
    }

    /// Matters that each speaker asserts, denies, leaves open.
    fn of_voices(&mut self, evidence: &[Evidence], matters: &[Matter]) {
        let keys: Vec<String> = evidence
            .iter()
            .map(|e| {
                let who = speaker(&e.row.claim.attribution, &e.row.document.source);
                let key = key(&who);
                self.speakers.entry(key.clone()).or_insert(who);
                key
            })
            .collect();
        let mut spoken: BTreeMap<(&str, Stance), Vec<(String, bool)>> = BTreeMap::new();
        for matter in matters {
            let mut heard = BTreeSet::new();
            for &i in &matter.members {
                let voice = (keys[i].as_str(), Stance::of(&evidence[i]));
                spoken.entry(voice).or_default().push((evidence[i].row.id.to_string(), heard.insert(voice)));
            }
        }
        for ((who, stance), inputs) in spoken {
            self.add(format!("voice/{who}/{}", stance.as_str()), inputs);
        }
    }
}

/// The claims of a matter; the first counts, so that the matter counts once.
fn once_each<'a>(matter: &'a Matter, evidence: &'a [Evidence]) -> impl Iterator<Item = (String, bool)> + 'a {
    matter.members.iter().enumerate().map(|(n, &i)| (evidence[i].row.id.to_string(), n == 0))
}

/// Claims, of which the first of every key counts.
fn distinct<'a>(
    evidence: impl Iterator<Item = &'a Evidence>,
    key: impl Fn(&'a Evidence) -> &'a Id,
) -> Vec<(String, bool)> {
    let mut seen = BTreeSet::new();
    evidence.map(|e| (e.row.id.to_string(), seen.insert(key(e)))).collect()
}
