//! A claim or an assessment back to the words, the speakers, the knowledge that made it.

use chancery_coder::flat;
use chancery_ledger::{ClaimRow, DocumentHead, Ledger};
use chancery_model::{Attribution, Derivation, Id, IdKind, Quote};
use serde::Serialize;

use super::{DocumentOut, EntryOut, SCHEMA_VERSION, entries, withdrawn};
use crate::error::Error;
use crate::standing::Standings;

/// Where a claim or an assessment comes from.
#[derive(Debug, Serialize)]
pub struct Provenance<T: Serialize> {
    /// Of this structure.
    pub schema_version: u32,
    /// `claim` or `assessment`.
    pub kind: &'static str,
    /// The coded fields.
    pub coded: T,
    /// What it contributes, with the rule that says so. Assessments contribute nothing.
    pub standing: Option<StandingWhy>,
    /// The document.
    pub document: DocumentOut,
    /// The sentence and the words in it.
    pub words: Words,
    /// Who says so, outermost first. As JSON it stands among the coded fields.
    #[serde(skip)]
    pub chain: Vec<flat::FlatLink>,
    /// The knowledge that made it.
    pub derivation: Derivation,
    /// Its entries in the ledger.
    pub entries: Vec<EntryOut>,
    /// Whether it is in force.
    pub in_force: bool,
}

/// What a claim contributes and why.
#[derive(Debug, Serialize)]
pub struct StandingWhy {
    /// `done`, `claimed` …
    pub standing: &'static str,
    /// The rule in `ontology/standing.toml`.
    pub rule: String,
    /// Its reason.
    pub why: String,
}

/// Words with their place.
#[derive(Debug, Serialize)]
pub struct Words {
    /// The quotation.
    pub quote: String,
    /// First code point in the text.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// Words before.
    pub before: String,
    /// Words after.
    pub after: String,
    /// Line of the text, from 1; none where the text was redacted.
    pub line: Option<usize>,
    /// Whether the text of the document still holds the quotation at this place.
    pub in_text: bool,
    /// The words that were read, with their places: what carries the event, who is named, what attributes.
    pub marks: Vec<Mark>,
}

/// Words that were read.
#[derive(Debug, Serialize)]
pub struct Mark {
    /// `event`, `initiator RUS`, `attributes` …
    pub role: String,
    /// The words.
    pub words: String,
    /// First code point in the text.
    pub start: Option<u32>,
    /// Code point after the last.
    pub end: Option<u32>,
}

/// Where a claim comes from.
///
/// # Errors
/// What the ledger reports; a claim that is no longer in force and cannot be read.
pub fn claim(ledger: &Ledger, id: &Id) -> Result<Provenance<flat::FlatClaim>, Error> {
    let ClaimRow { claim, document, .. } = ledger.claim(id)?.ok_or_else(|| withdrawn(ledger, id))?;
    let (standing, rule, why) = Standings::embedded()?.explained(&claim);
    let standing = StandingWhy { standing: standing.as_str(), rule, why };
    let parties =
        claim.initiator.iter().map(|p| ("initiator", p)).chain(claim.recipient.iter().map(|p| ("recipient", p)));
    let mut marks = vec![trigger(&claim.quote, &claim.trigger)];
    marks.extend(parties.map(|(role, p)| Mark {
        role: format!("{role} {}", p.actor),
        words: p.mention.clone(),
        start: p.start,
        end: p.end,
    }));
    let coded = flat::claim(&claim);
    let mut found =
        provenance(ledger, id, coded, &document, (&claim.quote, &claim.attribution, &claim.derivation), marks)?;
    found.chain.clone_from(&found.coded.attribution);
    found.standing = Some(standing);
    Ok(found)
}

/// Where an assessment comes from.
///
/// # Errors
/// As [`claim`].
pub fn assessment(ledger: &Ledger, id: &Id) -> Result<Provenance<flat::FlatAssessment>, Error> {
    let row = ledger.assessment(id)?.ok_or_else(|| withdrawn(ledger, id))?;
    let a = &row.assessment;
    let groups = [("subject", &a.subject), ("object", &a.object), ("third", &a.third)];
    let mut marks = vec![trigger(&a.quote, &a.trigger)];
    marks.extend(groups.iter().flat_map(|(role, parties)| {
        parties.iter().map(move |p| Mark {
            role: format!("{role} {}", p.actor),
            words: p.mention.clone(),
            start: p.start,
            end: p.end,
        })
    }));
    let words = (&a.quote, &a.attribution, &a.derivation);
    let mut found = provenance(ledger, id, flat::assessment(a), &row.document, words, marks)?;
    found.chain.clone_from(&found.coded.attribution);
    Ok(found)
}

fn trigger(quote: &Quote, trigger: &str) -> Mark {
    let at = quote.exact.find(trigger).map(|byte| quote.start + quote.exact[..byte].chars().count() as u32);
    let end = at.map(|a| a + trigger.chars().count() as u32);
    Mark { role: "event".to_owned(), words: trigger.to_owned(), start: at, end }
}

fn provenance<T: Serialize>(
    ledger: &Ledger,
    id: &Id,
    coded: T,
    document: &DocumentHead,
    (quote, attribution, derivation): (&Quote, &Attribution, &Derivation),
    mut marks: Vec<Mark>,
) -> Result<Provenance<T>, Error> {
    marks.extend(attribution.links().iter().filter(|l| !l.cue.is_empty()).map(|l| Mark {
        role: "attributes".to_owned(),
        words: l.cue.clone(),
        start: l.cue_start,
        end: l.cue_end,
    }));
    let text = ledger.document(&document.id)?.map(|d| d.text).unwrap_or_default();
    Ok(Provenance {
        schema_version: SCHEMA_VERSION,
        kind: if id.kind() == IdKind::Claim { "claim" } else { "assessment" },
        coded,
        standing: None,
        document: document.into(),
        words: words(quote, &text, marks),
        chain: Vec::new(),
        derivation: derivation.clone(),
        entries: entries(ledger, id.as_str())?,
        in_force: true,
    })
}

fn words(quote: &Quote, text: &str, marks: Vec<Mark>) -> Words {
    let (start, end) = (quote.start as usize, quote.end as usize);
    let slice = |from: usize, to: usize| text.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
    let before = slice(start.saturating_sub(60), start);
    Words {
        quote: quote.exact.clone(),
        start: quote.start,
        end: quote.end,
        before: before.rsplit('\n').next().unwrap_or_default().to_owned(),
        after: slice(end, end + 60).split('\n').next().unwrap_or_default().to_owned(),
        line: (!text.is_empty()).then(|| text.chars().take(start).filter(|c| *c == '\n').count() + 1),
        in_text: slice(start, end) == quote.exact,
        marks,
    }
}
