//! Observations: what one row of a dataset says, with the day from which the world could know it.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::event::vocabulary;
use crate::{ActorCode, Date, Id, IdKind, ModelError};

vocabulary! {
    /// Why a row has no value. None of these is zero.
    MissingKind, "kind of missing value" {
        /// The publisher gives no value and no reason.
        Null = "null",
        /// There can be none: no member, no such state then.
        NotApplicable = "not_applicable",
        /// The publisher says that it was not collected.
        NotCollected = "not_collected",
    }
}

/// One row of a dataset, in one variable: a vote, a trade flow, an arms transfer, a treaty. The publisher holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// The row's own key in its table, as the publisher has it (`77059:365`).
    pub row_key: SmolStr,
    /// Dataset and column (`un-votes.vote`).
    pub variable: SmolStr,
    /// Whom it is about: the voter, the exporter, the supplier.
    pub actor_a: ActorCode,
    /// The other end, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_b: Option<ActorCode>,
    /// First day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// Day after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// The value as the publisher writes it; `None` with a reason in `missing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<SmolStr>,
    /// The value as a number, where it is one. Follows from `value`, so the identifier leaves it out.
    #[serde(skip)]
    pub value_number: Option<f64>,
    /// Its unit (`USD`, `TIV`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<SmolStr>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingKind>,
    /// First day on which the world could know it: the day of a roll call, the release of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_from: Option<Date>,
    /// Which release of the dataset says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vintage: Option<SmolStr>,
}

impl Observation {
    /// The identifier of this row in a document: every field but the derived number.
    pub fn id(&self, document: &Id) -> Result<Id, ModelError> {
        let mut value = serde_json::to_value(self).map_err(|e| ModelError::Canonical(e.to_string()))?;
        if let Some(map) = value.as_object_mut() {
            map.insert("document".to_owned(), document.as_str().into());
        }
        Id::of(IdKind::Observation, &value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, sha256_hex};

    fn vote() -> Observation {
        Observation {
            row_key: "77059:365".into(),
            variable: "un-votes.vote".into(),
            actor_a: "RUS".parse().unwrap(),
            actor_b: None,
            valid_from: Some("2022-11-04".parse().unwrap()),
            valid_to: Some("2022-11-05".parse().unwrap()),
            value: Some("3".into()),
            value_number: Some(3.0),
            unit: None,
            missing: None,
            public_from: Some("2022-11-04".parse().unwrap()),
            vintage: Some("2024-06".into()),
        }
    }

    #[test]
    fn every_field_but_the_derived_number_is_in_the_identifier() {
        let document = Document::id_of("un-votes", &sha256_hex(b"bytes")).unwrap();
        let id = vote().id(&document).unwrap();
        assert_eq!(id, Observation { value_number: None, ..vote() }.id(&document).unwrap());
        let others = [
            Observation { value: Some("1".into()), ..vote() },
            Observation { value: None, missing: Some(MissingKind::Null), ..vote() },
            Observation { vintage: None, ..vote() },
            Observation { public_from: None, ..vote() },
            Observation { actor_b: Some("PRK".parse().unwrap()), ..vote() },
        ];
        assert!(others.iter().all(|other| other.id(&document).unwrap() != id));
        assert_ne!(id, vote().id(&Document::id_of("un-votes", &sha256_hex(b"other")).unwrap()).unwrap());
    }
}
