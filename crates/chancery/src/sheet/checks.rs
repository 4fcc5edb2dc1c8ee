//! Against which record a text could be checked.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::answer::Evidence;
use crate::brief::{Names, parties};
use crate::error::Error;

/// A record that would confirm or refute something in the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Check {
    /// What is told.
    pub about: String,
    /// The record.
    pub record: String,
    /// Where it is kept.
    pub kept: String,
}

#[derive(Deserialize)]
struct Records {
    record: Vec<Record>,
}

/// Which claims a record speaks to: every list that is given must fit.
#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    r#type: Vec<chancery_model::EventType>,
    #[serde(default)]
    lane: Vec<chancery_model::Lane>,
    #[serde(default)]
    vote: bool,
    #[serde(rename = "record_en")]
    english: String,
    #[serde(rename = "record_de")]
    german: String,
    kept: String,
}

/// Records that speak to what is told, by `labels/records.toml`.
pub(super) fn checks(told: &[Evidence], names: &Names<'_>) -> Result<Vec<Check>, Error> {
    let text = include_str!("../../labels/records.toml");
    let records: Records = toml::from_str(text).map_err(|e| Error::Knowledge(format!("labels/records.toml: {e}")))?;
    let mut checks = BTreeSet::new();
    for e in told {
        let claim = &e.row.claim;
        for record in &records.record {
            let fits = (record.r#type.is_empty() || record.r#type.contains(&claim.event_type))
                && (record.lane.is_empty() || record.lane.contains(&claim.lane))
                && (!record.vote || claim.vote.is_some());
            if fits {
                let p = &e.proposition;
                checks.insert(Check {
                    about: format!(
                        "{}: {}",
                        parties(names, &p.initiator, &p.recipient),
                        names.labels.event_type(p.event_type)
                    ),
                    record: if names.labels.german() { &record.german } else { &record.english }.clone(),
                    kept: record.kept.clone(),
                });
            }
        }
    }
    Ok(checks.into_iter().collect())
}
