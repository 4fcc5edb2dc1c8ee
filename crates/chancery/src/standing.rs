//! What one claim contributes to an answer: exactly one standing, by the ordered rules of `data/ontology/standing.toml`.

use chancery_model::{Certainty, Claim, HolderKind, Polarity, Standing, Status};
use serde::Deserialize;

use crate::error::Error;

/// Who holds a claim, seen from its event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HolderRole {
    /// The document's own voice.
    Author,
    /// Who acted.
    Initiator,
    /// Towards whom it was done.
    Recipient,
    /// Another state or body.
    State,
    /// Anybody else.
    Other,
}

impl HolderRole {
    /// The role of a claim's innermost speaker.
    pub fn of(claim: &Claim) -> Self {
        let inner = claim.attribution.innermost();
        let (HolderKind::State, Some(actor)) = (inner.kind, &inner.actor) else {
            return if inner.kind == HolderKind::Document { Self::Author } else { Self::Other };
        };
        let among = |parties: &[chancery_model::Party]| parties.iter().any(|p| p.actor.state() == actor.state());
        if among(&claim.initiator) {
            Self::Initiator
        } else if among(&claim.recipient) {
            Self::Recipient
        } else {
            Self::State
        }
    }
}

#[derive(Debug, Deserialize)]
struct File {
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    id: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    holder: Vec<HolderRole>,
    #[serde(default)]
    status: Vec<Status>,
    #[serde(default)]
    polarity: Vec<Polarity>,
    #[serde(default)]
    certainty: Vec<Certainty>,
    result: Standing,
}

/// The table of standings.
#[derive(Debug)]
pub struct Standings {
    rules: Vec<Rule>,
}

impl Standings {
    /// Reads the table.
    ///
    /// # Errors
    /// A word outside the vocabularies; the error says which.
    pub fn read(text: &str) -> Result<Self, Error> {
        let file: File = toml::from_str(text).map_err(|e| Error::Knowledge(format!("ontology/standing.toml: {e}")))?;
        Ok(Self { rules: file.rule })
    }

    /// The table that the program carries.
    ///
    /// # Errors
    /// As [`Standings::read`].
    pub fn embedded() -> Result<Self, Error> {
        let text = chancery_data::FILES.iter().find(|(path, _)| *path == "ontology/standing.toml").map_or("", |f| f.1);
        Self::read(text)
    }

    /// The standing of a combination; `None` only if the table is not total, which a test excludes.
    pub fn look_up(&self, h: HolderRole, s: Status, p: Polarity, c: Certainty) -> Option<Standing> {
        self.rule(h, s, p, c).map(|rule| rule.result)
    }

    fn rule(&self, h: HolderRole, s: Status, p: Polarity, c: Certainty) -> Option<&Rule> {
        fn any<T: PartialEq>(list: &[T], value: &T) -> bool {
            list.is_empty() || list.contains(value)
        }
        let fits =
            |r: &&Rule| any(&r.holder, &h) && any(&r.status, &s) && any(&r.polarity, &p) && any(&r.certainty, &c);
        self.rules.iter().find(fits)
    }

    /// The standing of a claim. What no rule covers counts as claimed: the cautious reading.
    pub fn of(&self, claim: &Claim) -> Standing {
        let inner = claim.attribution.innermost();
        self.look_up(HolderRole::of(claim), claim.status, inner.polarity, inner.certainty).unwrap_or(Standing::Claimed)
    }

    /// The standing of a claim with the rule that gives it and the rule's reason.
    pub fn explained(&self, claim: &Claim) -> (Standing, String, String) {
        let inner = claim.attribution.innermost();
        match self.rule(HolderRole::of(claim), claim.status, inner.polarity, inner.certainty) {
            Some(rule) => (rule.result, rule.id.clone(), rule.why.clone()),
            None => (Standing::Claimed, String::new(), String::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_total_and_only_the_author_makes_a_deed() {
        use HolderRole as H;
        let table = Standings::embedded().unwrap();
        for h in [H::Author, H::Initiator, H::Recipient, H::State, H::Other] {
            for s in Status::ALL {
                for p in Polarity::ALL {
                    for c in Certainty::ALL {
                        let standing = table.look_up(h, *s, *p, *c).expect("total");
                        let fact = h == H::Author
                            && matches!(s, Status::Occurred | Status::Ongoing)
                            && *p == Polarity::Positive
                            && *c == Certainty::Certain;
                        assert_eq!(standing == Standing::Done, fact, "{h:?} {s} {p} {c} → {standing}");
                    }
                }
            }
        }
    }
}
