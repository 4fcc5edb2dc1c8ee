//! Claims as flat JSON objects: the contract of `chancery code` with scorers and pipelines (`docs/contracts.md`).
//! Converted by hand, so that a change of a domain type never changes the wire.

use chancery_model::{Abstention, Assessment, Attribution, Claim, Extent, HolderKind, Interval, Link, Party};
use serde::Serialize;

/// Version of this format; goes into every object that `--json` prints.
pub const SCHEMA_VERSION: u32 = 1;

/// A claim, flat.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)] // the fields are those of the contract, defined there
pub struct FlatClaim {
    pub id: String,
    #[serde(rename = "type")]
    pub event_type: String,
    pub mode: Option<String>,
    pub contexts: Vec<String>,
    pub initiator: Vec<String>,
    pub recipient: Vec<String>,
    pub status: String,
    pub polarity: String,
    pub holder: String,
    pub certainty: String,
    pub trigger: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    pub quote: String,
    pub start: u32,
    pub end: u32,
    pub occurred_from: Option<String>,
    pub occurred_to: Option<String>,
    pub extent: Option<String>,
    pub lane: String,
    pub tier: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concerning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journey: Option<chancery_model::Journey>,
    pub attribution: Vec<FlatLink>,
}

/// A link of an attribution, flat.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FlatLink {
    pub kind: String,
    pub holder: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mention: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cue: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue_start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cue_end: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    pub certainty: String,
    pub polarity: String,
}

/// An assessment, flat.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FlatAssessment {
    pub id: String,
    pub kind: String,
    pub subject: Vec<String>,
    pub object: Vec<String>,
    pub third: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub good: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<FlatPeriod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<String>,
    pub polarity: String,
    pub holder: String,
    pub certainty: String,
    pub trigger: String,
    pub quote: String,
    pub start: u32,
    pub end: u32,
    pub attribution: Vec<FlatLink>,
}

/// A half-open interval of days.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FlatPeriod {
    pub from: Option<String>,
    pub to: Option<String>,
    pub extent: String,
}

/// An abstention, flat.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct FlatAbstention {
    pub reason: String,
    pub detail: String,
    pub actors: Vec<String>,
    pub quote: String,
    pub start: u32,
    pub end: u32,
}

/// Flattens a claim.
pub fn claim(claim: &Claim) -> FlatClaim {
    let inner = claim.attribution.innermost();
    let (occurred_from, occurred_to, extent) = interval(claim.occurred);
    FlatClaim {
        id: claim.id().map_or_else(|_| String::new(), |id| id.to_string()),
        event_type: claim.event_type.to_string(),
        mode: claim.mode.as_ref().map(ToString::to_string),
        contexts: claim.contexts.iter().map(ToString::to_string).collect(),
        initiator: codes(&claim.initiator),
        recipient: codes(&claim.recipient),
        status: claim.status.to_string(),
        polarity: inner.polarity.to_string(),
        holder: claim.attribution.holder().to_owned(),
        certainty: inner.certainty.to_string(),
        trigger: claim.trigger.clone(),
        amount: claim.amount.as_ref().and_then(|a| number(a.as_str())),
        unit: claim.unit.as_ref().map(ToString::to_string),
        quote: claim.quote.exact.clone(),
        start: claim.quote.start,
        end: claim.quote.end,
        occurred_from,
        occurred_to,
        extent,
        lane: claim.lane.to_string(),
        tier: claim.tier.to_string(),
        place: claim.place.clone(),
        concerning: claim.vote.as_ref().map(|v| v.concerning.to_string()),
        effect: claim.vote.as_ref().map(|v| v.effect.to_string()),
        phase: claim.phase.map(|p| p.to_string()),
        journey: claim.journey.clone(),
        attribution: links(&claim.attribution),
    }
}

/// Flattens an assessment.
pub fn assessment(a: &Assessment) -> FlatAssessment {
    let inner = a.attribution.innermost();
    FlatAssessment {
        id: a.id().map_or_else(|_| String::new(), |id| id.to_string()),
        kind: a.kind.to_string(),
        subject: codes(&a.subject),
        object: codes(&a.object),
        third: codes(&a.third),
        good: a.good.as_ref().map(ToString::to_string),
        period: a.period.map(|p| {
            let (from, to, _) = interval(Some(p));
            FlatPeriod { from, to, extent: p.extent.to_string() }
        }),
        direction: a.direction.map(|d| d.to_string()),
        polarity: inner.polarity.to_string(),
        holder: a.attribution.holder().to_owned(),
        certainty: inner.certainty.to_string(),
        trigger: a.trigger.clone(),
        quote: a.quote.exact.clone(),
        start: a.quote.start,
        end: a.quote.end,
        attribution: links(&a.attribution),
    }
}

/// Flattens an abstention.
pub fn abstention(a: &Abstention) -> FlatAbstention {
    FlatAbstention {
        reason: a.reason.to_string(),
        detail: a.detail.clone(),
        actors: a.actors.iter().map(ToString::to_string).collect(),
        quote: a.quote.exact.clone(),
        start: a.quote.start,
        end: a.quote.end,
    }
}

fn codes(parties: &[Party]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for party in parties {
        let code = party.actor.to_string();
        if !out.contains(&code) {
            out.push(code);
        }
    }
    out
}

fn interval(interval: Option<Interval>) -> (Option<String>, Option<String>, Option<String>) {
    interval.map_or((None, None, None), |i| {
        let extent: Extent = i.extent;
        (i.from.map(|d| d.to_string()), i.to.map(|d| d.to_string()), Some(extent.to_string()))
    })
}

fn links(attribution: &Attribution) -> Vec<FlatLink> {
    attribution.links().iter().map(link).collect()
}

fn link(link: &Link) -> FlatLink {
    let holder = match (link.kind, &link.actor) {
        (HolderKind::Document, _) => "author".to_owned(),
        (_, Some(actor)) => actor.to_string(),
        _ => "other".to_owned(),
    };
    FlatLink {
        kind: link.kind.to_string(),
        holder,
        mention: link.mention.clone(),
        cue: link.cue.clone(),
        cue_start: link.cue_start,
        cue_end: link.cue_end,
        endorsement: link.endorsement.map(|e| e.to_string()),
        audience: link.audience.map(|a| a.to_string()),
        certainty: link.certainty.to_string(),
        polarity: link.polarity.to_string(),
    }
}

/// A decimal as a JSON number, whole where it is whole.
fn number(decimal: &str) -> Option<serde_json::Number> {
    if let Ok(whole) = decimal.parse::<i64>() {
        return Some(whole.into());
    }
    decimal.parse::<f64>().ok().and_then(serde_json::Number::from_f64)
}
