//! What changed between two states of knowledge, and by which evidence.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::Answer;
use crate::brief::{Names, parties, quotation, speaker_name};
use crate::matter::Matter;
use crate::section::Section;
use crate::voice::speaker;

/// The version of a difference as JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// What a later answer has that an earlier one had not, and the reverse.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Of this structure.
    pub schema_version: u32,
    /// The earlier state, as asked.
    pub before: String,
    /// The later state, as asked.
    pub after: String,
    /// Documents that came in.
    pub documents: Vec<String>,
    /// Verdicts that changed.
    pub verdicts: Vec<Change>,
    /// Matters whose section changed, with the claims that came in.
    pub matters: Vec<Moved>,
    /// Matters that are new.
    pub new: Vec<Moved>,
    /// Claims that are no longer in force.
    pub withdrawn: Vec<Witness>,
}

/// Something that was one thing and is another.
#[derive(Debug, Clone, Serialize)]
pub struct Change {
    /// Which.
    pub what: String,
    /// Before.
    pub before: String,
    /// After.
    pub after: String,
}

/// A matter that came in or changed.
#[derive(Debug, Clone, Serialize)]
pub struct Moved {
    /// The matter in the later answer.
    pub matter: String,
    /// Who and what.
    pub title: String,
    /// Its section before; none where it is new.
    pub before: Option<Section>,
    /// Its section after.
    pub after: Section,
    /// The claims that came in.
    pub by: Vec<Witness>,
}

/// A claim that carried a change.
#[derive(Debug, Clone, Serialize)]
pub struct Witness {
    /// The claim.
    pub claim: String,
    /// Who says so.
    pub speaker: String,
    /// `done`, `claimed`, `denied` …
    pub standing: &'static str,
    /// The words.
    pub quote: String,
    /// The document.
    pub document: String,
    /// Its day.
    pub published: Option<String>,
}

impl Difference {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty()
            && self.matters.is_empty()
            && self.new.is_empty()
            && self.withdrawn.is_empty()
            && self.documents.is_empty()
    }
}

/// Compares two answers on one pair.
pub fn diff(before: (&str, &Answer), after: (&str, &Answer), names: &Names<'_>) -> Difference {
    let ((before_name, old), (after_name, new)) = (before, after);
    let ids = |a: &Answer| a.evidence.iter().map(|e| e.row.id.to_string()).collect::<BTreeSet<String>>();
    let (had, has) = (ids(old), ids(new));
    let was: BTreeMap<String, Section> = old
        .matters
        .iter()
        .flat_map(|m| m.members.iter().map(|&i| (old.evidence[i].row.id.to_string(), Section::of(m))))
        .collect();
    let mut changed = Vec::new();
    let mut fresh = Vec::new();
    for matter in &new.matters {
        let members = || matter.members.iter().map(|&i| new.evidence[i].row.id.to_string());
        let section = Section::of(matter);
        let before: Option<Section> = members().filter_map(|id| was.get(&id)).min().copied();
        let moved = || Moved {
            matter: matter.key.clone(),
            title: title(matter, names),
            before,
            after: section,
            by: matter
                .members
                .iter()
                .filter(|&&i| !had.contains(new.evidence[i].row.id.as_str()))
                .map(|&i| witness(new, i, names))
                .collect(),
        };
        match before {
            None => fresh.push(moved()),
            Some(before) if before != section => changed.push(moved()),
            Some(_) => {}
        }
    }
    let labels = names.labels;
    let channel = |c: &chancery_measure::Channel| {
        format!("{}, {}", labels.get("lane", c.lane.as_str()), labels.get("tier", c.tier.as_str()))
    };
    let verdicts = old
        .verdicts
        .iter()
        .zip(&new.verdicts)
        .filter(|((_, x), (_, y))| x.verdict != y.verdict)
        .map(|((c, x), (_, y))| Change {
            what: channel(c),
            before: labels.get("verdict", x.verdict.as_str()).to_owned(),
            after: labels.get("verdict", y.verdict.as_str()).to_owned(),
        })
        .collect();
    let withdrawn = (0..old.evidence.len())
        .filter(|&i| !has.contains(old.evidence[i].row.id.as_str()))
        .map(|i| witness(old, i, names))
        .collect();
    let held: BTreeSet<&str> = old.documents.iter().map(|d| d.id.as_str()).collect();
    let documents = new.documents.iter().filter(|d| !held.contains(d.id.as_str())).map(|d| d.id.to_string()).collect();
    Difference {
        schema_version: SCHEMA_VERSION,
        before: before_name.to_owned(),
        after: after_name.to_owned(),
        documents,
        verdicts,
        matters: changed,
        new: fresh,
        withdrawn,
    }
}

fn title(matter: &Matter, names: &Names<'_>) -> String {
    let p = &matter.proposition;
    format!("{}: {}", parties(names, &p.initiator, &p.recipient), names.labels.event_type(p.event_type))
}

fn witness(answer: &Answer, i: usize, names: &Names<'_>) -> Witness {
    let e = &answer.evidence[i];
    let document = &e.row.document;
    Witness {
        claim: e.row.id.to_string(),
        speaker: speaker_name(names, &speaker(&e.row.claim.attribution, &document.source)),
        standing: e.standing.as_str(),
        quote: quotation(&e.row.claim.quote, &e.row.claim.trigger, 140),
        document: document.id.to_string(),
        published: document.published_from.map(|d| d.to_string()),
    }
}
