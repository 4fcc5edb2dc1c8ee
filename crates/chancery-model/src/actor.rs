//! Actor codes and dyads.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::ModelError;

/// A political actor as coded: a state (ISO 3166-1 alpha-3, historic states ISO 3166-3 alpha-3, `XKX`, `TWN`, `PSE`),
/// a body (`EUU`, `UNO`, `NAT`, `IGO`), `UNK`, or a non-state actor of a state (`RUS/nonstate`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActorCode(SmolStr);

/// What is appended to a country's code for its non-state actors.
const NONSTATE: &str = "/nonstate";

impl ActorCode {
    /// The unknown actor, `UNK`: an agent that the text leaves out.
    pub fn unknown() -> Self {
        Self(SmolStr::new_static("UNK"))
    }

    /// The code as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The state or body alone: `RUS` for `RUS` and for `RUS/nonstate`.
    pub fn state(&self) -> &str {
        self.0.strip_suffix(NONSTATE).unwrap_or(&self.0)
    }

    /// Whether this is a non-state actor of a country.
    pub fn is_nonstate(&self) -> bool {
        self.0.ends_with(NONSTATE)
    }

    /// Whether this is `UNK`.
    pub fn is_unknown(&self) -> bool {
        self.state() == "UNK"
    }

    /// Whether this is an international body and no state.
    pub fn is_body(&self) -> bool {
        matches!(self.state(), "EUU" | "UNO" | "NAT" | "IGO")
    }

    /// The non-state actor of the same country.
    #[must_use]
    pub fn nonstate(&self) -> Self {
        Self(SmolStr::from(format!("{}{NONSTATE}", self.state())))
    }
}

impl FromStr for ActorCode {
    type Err = ModelError;

    fn from_str(s: &str) -> Result<Self, ModelError> {
        let state = s.strip_suffix(NONSTATE).unwrap_or(s);
        if state.len() == 3 && state.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Self(SmolStr::new(s)))
        } else {
            Err(ModelError::ActorCode(s.to_owned()))
        }
    }
}

impl TryFrom<String> for ActorCode {
    type Error = ModelError;

    fn try_from(s: String) -> Result<Self, ModelError> {
        s.parse()
    }
}

impl From<ActorCode> for String {
    fn from(code: ActorCode) -> String {
        code.0.to_string()
    }
}

impl fmt::Display for ActorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A pair of states. `directed` says whether the order means initiator → recipient; an undirected dyad keeps its
/// ends in alphabetical order, so that `RUS–PRK` and `PRK–RUS` are one value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Dyad {
    a: ActorCode,
    b: ActorCode,
    directed: bool,
}

impl Dyad {
    /// The pair without direction.
    pub fn undirected(a: ActorCode, b: ActorCode) -> Self {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        Self { a, b, directed: false }
    }

    /// The pair from initiator to recipient.
    pub fn directed(initiator: ActorCode, recipient: ActorCode) -> Self {
        Self { a: initiator, b: recipient, directed: true }
    }

    /// The first end (the initiator when directed).
    pub fn a(&self) -> &ActorCode {
        &self.a
    }

    /// The second end (the recipient when directed).
    pub fn b(&self) -> &ActorCode {
        &self.b
    }

    /// Whether the order carries direction.
    pub fn is_directed(&self) -> bool {
        self.directed
    }
}

impl fmt::Display for Dyad {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.a, if self.directed { ">" } else { "-" }, self.b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for good in ["RUS", "UNK", "EUU", "PSE/nonstate"] {
            assert_eq!(good.parse::<ActorCode>().unwrap().as_str(), good);
        }
        for bad in ["", "Rus", "RU", "RUS/rebel", "RUSS", "RÜS"] {
            assert!(bad.parse::<ActorCode>().is_err(), "{bad}");
        }
        let hamas: ActorCode = "PSE/nonstate".parse().unwrap();
        assert!(hamas.is_nonstate());
        assert_eq!(hamas.state(), "PSE");
    }

    #[test]
    fn an_undirected_dyad_has_one_form() {
        let (r, k): (ActorCode, ActorCode) = ("RUS".parse().unwrap(), "PRK".parse().unwrap());
        assert_eq!(Dyad::undirected(r.clone(), k.clone()), Dyad::undirected(k.clone(), r.clone()));
        assert_ne!(Dyad::directed(r.clone(), k.clone()), Dyad::directed(k, r));
    }
}
