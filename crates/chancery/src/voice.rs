//! Who says so: speakers, their stance, and who is silent.

use std::collections::BTreeSet;

use chancery_model::{Attribution, Claim, HolderKind, Party, Standing};
use serde::Serialize;

use crate::answer::Evidence;

/// What a speaker does with a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Says that it is, was or will be so.
    Asserts,
    /// Says that it is not.
    Denies,
    /// Sees no evidence, or leaves it open.
    LeavesOpen,
}

impl Stance {
    /// The word in measures and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserts => "asserts",
            Self::Denies => "denies",
            Self::LeavesOpen => "leaves-open",
        }
    }

    /// The stance that a claim takes.
    pub fn of(e: &Evidence) -> Self {
        Self::of_standing(e.standing)
    }

    /// The stance that a standing takes.
    pub fn of_standing(standing: Standing) -> Self {
        match standing {
            Standing::Denied => Self::Denies,
            Standing::NoEvidence | Standing::Hypothetical => Self::LeavesOpen,
            _ => Self::Asserts,
        }
    }
}

/// What kind of side a speaker belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// A state or international body.
    State,
    /// An outlet in its own voice.
    Outlet,
    /// A named person or organisation without a state behind.
    Named,
    /// Nobody is named.
    Unnamed,
}

/// The innermost speaker of a claim.
pub fn speaker(attribution: &Attribution, source: &str) -> (Side, String) {
    let inner = attribution.innermost();
    match (inner.kind, &inner.actor) {
        (HolderKind::Document, _) => (Side::Outlet, source.to_owned()),
        (HolderKind::State, Some(actor)) => (Side::State, actor.to_string()),
        (HolderKind::Named, _) if !inner.mention.is_empty() => (Side::Named, inner.mention.clone()),
        _ => (Side::Unnamed, inner.mention.clone()),
    }
}

/// A speaker as measures name it: `state:RUS`, `outlet:Example_Weekly-1a2b3c`, `named:…`, `unnamed` (all of them
/// together: nobody can tell one unnamed source from another). Names come from texts: only their letters and digits enter an address, and a
/// few characters of a hash keep apart what would look alike.
pub fn key((side, name): &(Side, String)) -> String {
    let slug = || {
        let safe: String = name.chars().take(24).map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        format!("{safe}-{}", &chancery_model::sha256_hex(name.as_bytes())[..6])
    };
    match side {
        Side::State => format!("state:{}", name.replace('/', "|")),
        Side::Outlet => format!("outlet:{}", slug()),
        Side::Named => format!("named:{}", slug()),
        Side::Unnamed => "unnamed".to_owned(),
    }
}

/// States that the claims name but that are never heard, sorted. Being quoted anywhere in a chain is being heard.
pub fn silent<'a>(
    claims: impl Iterator<Item = &'a Claim> + Clone,
    assessed: impl Iterator<Item = (&'a [Party], &'a Attribution)> + Clone,
) -> Vec<String> {
    let heard: BTreeSet<&str> = claims
        .clone()
        .map(|c| &c.attribution)
        .chain(assessed.clone().map(|(_, a)| a))
        .flat_map(Attribution::links)
        .filter(|l| l.kind == HolderKind::State)
        .filter_map(|l| l.actor.as_ref())
        .map(chancery_model::ActorCode::state)
        .collect();
    let named: BTreeSet<&str> = claims
        .flat_map(|c| c.initiator.iter().chain(&c.recipient))
        .chain(assessed.flat_map(|(parties, _)| parties))
        .filter(|p| !p.actor.is_unknown() && !p.actor.is_body())
        .map(|p| p.actor.state())
        .collect();
    named.difference(&heard).map(ToString::to_string).collect()
}
