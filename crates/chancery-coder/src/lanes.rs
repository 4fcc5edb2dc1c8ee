//! Where a claim counts: type × mode × context × object → lane and tier, by `data/ontology/lanes.toml`.

use chancery_model::{EventType, Lane, Tier};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::knowledge::KnowledgeError;

/// The ordered rules; the first that matches decides.
#[derive(Debug, Default)]
pub(crate) struct Lanes {
    rules: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Rule {
    r#type: Vec<EventType>,
    mode: Vec<SmolStr>,
    context: Vec<SmolStr>,
    object: Vec<SmolStr>,
    lane: Option<Lane>,
    tier: Option<Tier>,
}

impl Lanes {
    pub(crate) fn read(file: &str, text: &str) -> Result<Self, KnowledgeError> {
        let parsed: File = toml::from_str(text).map_err(|e| KnowledgeError::toml(file, &e))?;
        Ok(Self { rules: parsed.rule })
    }

    /// Lane and tier of a claim. A type that no rule covers is said and political: the cautious reading.
    pub(crate) fn place(
        &self,
        event_type: EventType,
        mode: Option<&SmolStr>,
        contexts: &[SmolStr],
        object: Option<&str>,
    ) -> (Lane, Tier) {
        let fits = |rule: &&Rule| {
            (rule.r#type.is_empty() || rule.r#type.contains(&event_type))
                && (rule.mode.is_empty() || mode.is_some_and(|m| rule.mode.contains(m)))
                && (rule.context.is_empty() || contexts.iter().any(|c| rule.context.contains(c)))
                && (rule.object.is_empty() || object.is_some_and(|o| rule.object.iter().any(|r| r == o)))
        };
        self.rules.iter().find(fits).and_then(|rule| rule.lane.zip(rule.tier)).unwrap_or((Lane::Political, Tier::Said))
    }

    /// Whether every type has a rule without further conditions.
    #[cfg(test)]
    fn is_total(&self) -> bool {
        EventType::ALL.iter().all(|t| {
            self.rules.iter().any(|r| {
                (r.r#type.is_empty() || r.r#type.contains(t))
                    && r.mode.is_empty()
                    && r.context.is_empty()
                    && r.object.is_empty()
                    && r.lane.is_some()
                    && r.tier.is_some()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_total_and_agree_is_only_said() {
        let (path, text) = chancery_data::FILES.iter().find(|(p, _)| *p == "ontology/lanes.toml").unwrap();
        let lanes = Lanes::read(path, text).unwrap();
        assert!(lanes.is_total());
        for contexts in [vec![], vec![SmolStr::new("military")], vec![SmolStr::new("economic")]] {
            assert_eq!(lanes.place(EventType::Agree, None, &contexts, None).1, Tier::Said);
        }
        let vote = lanes.place(EventType::Support, None, &[], Some("general_assembly_vote"));
        assert_ne!(vote.1, Tier::Done);
    }
}
