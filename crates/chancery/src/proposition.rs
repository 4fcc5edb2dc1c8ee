//! What is claimed, whoever says so and whether it is so: the key by which claims meet.

use chancery_measure::Sign;
use chancery_model::{Claim, Dyad, Effect, EventType, Party};
use serde::Serialize;

/// How the two states of a question stand in one event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// One towards the other, or both with each other.
    Between,
    /// Both on the same end: they act together towards a third, or a third treats them alike. Tells nothing of how
    /// they treat each other, so it is listed and never counted.
    Alongside,
}

/// Type, topic and parties of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Proposition {
    /// Event type.
    pub event_type: EventType,
    /// What tells two matters of one type apart: the lane of a delivery or promise, the state that a vote concerns.
    pub topic: String,
    /// Codes of the initiators, sorted; all parties of a reciprocal event.
    pub initiator: Vec<String>,
    /// Codes of the recipients, sorted.
    pub recipient: Vec<String>,
}

impl Proposition {
    /// The proposition of a claim. Seen from a dyad, third parties are left out where the pair alone makes the event:
    /// "Russia met China and North Korea" and "Russia met North Korea" can be one matter.
    pub fn of(claim: &Claim, dyad: Option<&Dyad>) -> Self {
        let (mut initiator, mut recipient) = (codes(&claim.initiator), codes(&claim.recipient));
        if reciprocal(claim.event_type) {
            initiator.append(&mut recipient);
            initiator.sort();
            initiator.dedup();
        }
        if let Some(dyad) = dyad {
            narrow(&mut initiator, dyad);
            narrow(&mut recipient, dyad);
        }
        Self { event_type: claim.event_type, topic: topic(claim), initiator, recipient }
    }
}

/// Meetings and mutual exchange: everybody is a party.
fn reciprocal(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Cooperate)
}

/// Arms are another matter than grain; a meeting is one meeting whatever its agenda.
fn topic(claim: &Claim) -> String {
    if let Some(vote) = &claim.vote {
        return vote.concerning.to_string();
    }
    match claim.event_type {
        EventType::Consult | EventType::Support | EventType::Accuse | EventType::Reject | EventType::Request => {
            String::new()
        }
        _ => claim.lane.to_string(),
    }
}

fn codes(parties: &[Party]) -> Vec<String> {
    let mut codes: Vec<String> = parties.iter().map(|p| p.actor.to_string()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn narrow(codes: &mut Vec<String>, dyad: &Dyad) {
    let of_pair = |code: &String| {
        let state = code.split('/').next().unwrap_or(code);
        state == dyad.a().state() || state == dyad.b().state()
    };
    if codes.iter().any(of_pair) {
        codes.retain(of_pair);
    }
}

/// How the pair stands in a claim.
pub fn relation(claim: &Claim, dyad: &Dyad) -> Relation {
    let on = |parties: &[Party], state: &str| parties.iter().any(|p| p.actor.state() == state);
    let (a, b) = (dyad.a().state(), dyad.b().state());
    let across = |x: &str, y: &str| on(&claim.initiator, x) && on(&claim.recipient, y);
    let each_other = on(&claim.initiator, a) && on(&claim.initiator, b) && claim.recipient.is_empty();
    let voted = claim.vote.as_ref().is_some_and(|v| {
        let about = v.concerning.state();
        (about == b && on(&claim.initiator, a)) || (about == a && on(&claim.initiator, b))
    });
    if across(a, b) || across(b, a) || each_other || voted { Relation::Between } else { Relation::Alongside }
}

/// Whether an event brings the pair together. A vote counts by its effect on the state it concerns: a veto that shields
/// a state is no conflict with it.
pub fn sign(claim: &Claim) -> Sign {
    match &claim.vote {
        Some(vote) if vote.effect == Effect::For => Sign::Cooperative,
        Some(_) => Sign::Conflictual,
        None => Sign::of(claim.event_type),
    }
}
