//! `read`: what a daily reader asks about one text, on one sheet.

mod checks;
mod compare;
mod due;

use std::collections::{BTreeMap, BTreeSet};

use chancery_ledger::{AssessmentRow, ClaimRow, DocumentHead, Ledger};
use chancery_model::Party;
use serde::Serialize;

use self::checks::checks;
use self::compare::{against, compare};
use self::due::due;

use crate::answer::{Evidence, evidence};
use crate::brief::{Actor, Assessed, Names, groups, interval_or_report, parties, quotation, speaker_name};
use crate::code::Coded;
use crate::error::Error;
use crate::matter::{Matter, matters};
use crate::section::Section;
use crate::source::Passage;
use crate::voice::{silent, speaker};

pub use self::checks::Check;
pub use self::due::Due;

/// The version of a sheet as JSON.
pub const SCHEMA_VERSION: u32 = 1;

/// One text on one sheet.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet {
    /// Of this structure.
    pub schema_version: u32,
    /// Language of the words around the quotations.
    pub lang: &'static str,
    /// How the text is named.
    pub name: String,
    /// Its document.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub source: Option<String>,
    /// Its date, as given.
    pub published: Option<String>,
    /// What is told, by section.
    pub sections: Vec<SheetSection>,
    /// Who is heard, with how many claims.
    pub heard: Vec<(String, usize)>,
    /// States named and never heard.
    pub silent: Vec<Actor>,
    /// Needs, offers, outlook … as reported.
    pub assessments: Vec<Assessed>,
    /// Plans whose day has passed.
    pub due: Vec<Due>,
    /// Against which record what could be checked.
    pub checks: Vec<Check>,
    /// Whether a ledger was compared, and if not, why.
    pub compared: Compared,
    /// Sentences that name two states and were not coded.
    pub not_coded: usize,
}

/// One section of a sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetSection {
    /// Which.
    pub section: Section,
    /// Its title.
    pub title: String,
    /// What stands in it.
    pub lines: Vec<SheetLine>,
}

/// One matter of the text.
#[derive(Debug, Clone, Serialize)]
pub struct SheetLine {
    /// Who and what.
    pub title: String,
    /// When, in honest precision.
    pub when: String,
    /// Lane and tier.
    pub channel: String,
    /// Who says what.
    pub voices: Vec<SheetVoice>,
    /// Against the ledger: `new`, `known`, `contradicts`; none without a ledger.
    pub against_ledger: Option<&'static str>,
    /// Claims of the ledger that say the same or the opposite.
    pub ledger_claims: Vec<String>,
}

/// One speaker on one matter.
#[derive(Debug, Clone, Serialize)]
pub struct SheetVoice {
    /// Who.
    pub speaker: String,
    /// What it does, as a verb.
    pub does: String,
    /// The words.
    pub quote: String,
    /// The claim's identifier.
    pub claim: String,
}

/// Whether a ledger was compared.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum Compared {
    /// With all claims of these many on the same pairs.
    Ledger {
        /// How many.
        claims: usize,
        /// Whether the ledger holds this very text.
        held: bool,
    },
    /// There is no workspace here.
    NoWorkspace,
}

/// Writes the sheet of a coded text, against a ledger where there is one.
///
/// # Errors
/// What the ledger reports.
pub fn sheet(passage: &Passage, coded: &Coded, ledger: Option<&Ledger>, names: &Names<'_>) -> Result<Sheet, Error> {
    let head = head(passage, coded);
    let row = |claim: &chancery_model::Claim| -> Result<ClaimRow, Error> {
        Ok(ClaimRow { id: claim.id()?, claim: claim.clone(), document: head.clone(), asserted_seq: 0 })
    };
    let rows: Vec<ClaimRow> = coded.coding.claims.iter().map(row).collect::<Result<_, _>>()?;
    let told = evidence(rows, None)?;
    let (compared, others) = against(ledger, &told, &head.id)?;
    let matters = matters(&told);
    let assessed: Vec<AssessmentRow> = coded
        .coding
        .assessments
        .iter()
        .map(|a| Ok(AssessmentRow { id: a.id()?, assessment: a.clone(), document: head.clone(), asserted_seq: 0 }))
        .collect::<Result<_, Error>>()?;
    let mut sections: BTreeMap<Section, Vec<SheetLine>> = BTreeMap::new();
    for matter in &matters {
        let compared = ledger.map(|_| others.as_slice());
        sections.entry(Section::of(matter)).or_default().push(line(matter, &told, compared, names));
    }
    Ok(Sheet {
        schema_version: SCHEMA_VERSION,
        lang: names.labels.tongue.code(),
        name: passage.name.clone(),
        document: head.id.to_string(),
        title: head.title.clone(),
        source: passage.metadata.source.clone(),
        published: passage.metadata.published.map(|d| d.to_string()),
        sections: sections
            .into_iter()
            .map(|(section, lines)| SheetSection {
                section,
                title: names.labels.get("section", section.as_str()).to_owned(),
                lines,
            })
            .collect(),
        heard: heard(&told, names),
        silent: unheard(&told, &assessed, names),
        assessments: groups(names, &assessed),
        due: due(&told, &others, names),
        checks: checks(&told, names)?,
        compared,
        not_coded: coded.coding.abstentions.len(),
    })
}

fn head(passage: &Passage, coded: &Coded) -> DocumentHead {
    let published = passage.metadata.published.map(chancery_model::PartialDate::interval);
    DocumentHead {
        id: coded.document.clone(),
        source: passage.metadata.source.clone().unwrap_or_default(),
        url: passage.metadata.url.clone(),
        title: passage.metadata.title.clone(),
        lang: coded.lang.as_str().to_owned(),
        published_from: published.and_then(|p| p.from),
        published_to: published.and_then(|p| p.to),
        agency: coded.agency.clone(),
        duplicate_of: None,
    }
}

fn line(matter: &Matter, told: &[Evidence], others: Option<&[Evidence]>, names: &Names<'_>) -> SheetLine {
    let labels = names.labels;
    let p = &matter.proposition;
    let mut said = BTreeSet::new();
    let voices = std::iter::once(matter.lead)
        .chain(matter.members.iter().copied())
        .map(|i| &told[i])
        .filter(|e| said.insert((speaker(&e.row.claim.attribution, ""), e.standing)))
        .map(|e| SheetVoice {
            speaker: speaker_name(names, &speaker(&e.row.claim.attribution, &e.row.document.source)),
            does: labels.get("standing", e.standing.as_str()).to_owned(),
            quote: quotation(&e.row.claim.quote, &e.row.claim.trigger, 150),
            claim: e.row.id.to_string(),
        })
        .collect();
    let (verdict, claims) = others.map_or((None, Vec::new()), |others| {
        let (verdict, claims) = compare(matter, told, others);
        (Some(verdict), claims)
    });
    SheetLine {
        title: format!("{}: {}", parties(names, &p.initiator, &p.recipient), labels.event_type(p.event_type)),
        when: interval_or_report(matter, told, labels),
        channel: format!("{}, {}", labels.get("lane", matter.lane.as_str()), labels.get("tier", matter.tier.as_str())),
        voices,
        against_ledger: verdict,
        ledger_claims: claims,
    }
}

fn heard(told: &[Evidence], names: &Names<'_>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for e in told {
        *counts.entry(speaker(&e.row.claim.attribution, &e.row.document.source)).or_default() += 1;
    }
    let mut heard: Vec<(String, usize)> = counts.iter().map(|(who, n)| (speaker_name(names, who), *n)).collect();
    heard.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    heard
}

fn unheard(told: &[Evidence], assessed: &[AssessmentRow], names: &Names<'_>) -> Vec<Actor> {
    let named: Vec<Vec<Party>> = assessed
        .iter()
        .map(|row| [&row.assessment.subject[..], &row.assessment.object, &row.assessment.third].concat())
        .collect();
    let assessed = named.iter().zip(assessed).map(|(p, row)| (p.as_slice(), &row.assessment.attribution));
    silent(told.iter().map(|e| &e.row.claim), assessed)
        .into_iter()
        .map(|code| Actor { name: names.actor(&code), code })
        .collect()
}
