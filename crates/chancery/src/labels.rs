//! Words of the surface in two languages. Quotations stay in the language of their document, always.

use std::collections::BTreeMap;

use chancery_model::EventType;
use serde::Deserialize;

use crate::error::Error;

/// A language of the surface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Tongue {
    /// `en` or `de`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

impl std::str::FromStr for Tongue {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        match s {
            "en" => Ok(Self::English),
            "de" => Ok(Self::German),
            _ => Err(format!("`{s}` is no language of the surface; expected de or en")),
        }
    }
}

/// The words of one language.
#[derive(Debug)]
pub struct Labels {
    /// Which language.
    pub tongue: Tongue,
    words: BTreeMap<String, BTreeMap<String, String>>,
    types: BTreeMap<EventType, String>,
}

#[derive(Deserialize)]
struct Ontology {
    r#type: Vec<TypeName>,
}

#[derive(Deserialize)]
struct TypeName {
    code: EventType,
    name_de: String,
    name_en: String,
}

impl Labels {
    /// The words that the program carries.
    ///
    /// # Errors
    /// A file that cannot be read, which a test excludes.
    pub fn embedded(tongue: Tongue) -> Result<Self, Error> {
        let (file, text) = match tongue {
            Tongue::English => ("labels/en.toml", include_str!("../labels/en.toml")),
            Tongue::German => ("labels/de.toml", include_str!("../labels/de.toml")),
        };
        let words = toml::from_str(text).map_err(|e| Error::Knowledge(format!("{file}: {e}")))?;
        let plover = chancery_data::FILES.iter().find(|(path, _)| *path == "ontology/plover.toml").map_or("", |f| f.1);
        let plover: Ontology =
            toml::from_str(plover).map_err(|e| Error::Knowledge(format!("ontology/plover.toml: {e}")))?;
        let name = |t: TypeName| (t.code, if tongue == Tongue::German { t.name_de } else { t.name_en });
        Ok(Self { tongue, words, types: plover.r#type.into_iter().map(name).collect() })
    }

    /// Whether the words are German.
    pub fn german(&self) -> bool {
        self.tongue == Tongue::German
    }

    /// The word of a key in a group; the key itself where there is none.
    pub fn get<'a>(&'a self, group: &str, key: &'a str) -> &'a str {
        self.words.get(group).and_then(|g| g.get(key)).map_or(key, String::as_str)
    }

    /// A word of the general group.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.get("word", key)
    }

    /// The name of an event type.
    pub fn event_type(&self, event_type: EventType) -> &str {
        self.types.get(&event_type).map_or_else(|| event_type.as_str(), String::as_str)
    }

    /// A word with its gaps filled.
    pub fn fill(&self, group: &str, key: &str, gaps: &[(&str, &str)]) -> String {
        let mut text = self.get(group, key).to_owned();
        for (name, value) in gaps {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::section::Section;
    use chancery_model::{AssessmentKind, Certainty, Direction, Lane, Polarity, Standing, Tier};

    #[test]
    fn both_languages_have_the_same_keys_and_gaps() {
        let (en, de) = (Labels::embedded(Tongue::English).unwrap(), Labels::embedded(Tongue::German).unwrap());
        let shape = |l: &Labels| -> Vec<String> {
            let gaps = |text: &str| {
                let mut gaps: Vec<String> =
                    text.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|p| p.0.to_owned()).collect();
                gaps.sort();
                gaps.join(",")
            };
            l.words.iter().flat_map(|(g, w)| w.iter().map(move |(k, t)| format!("{g}.{k}({})", gaps(t)))).collect()
        };
        assert_eq!(shape(&en), shape(&de));
    }

    #[test]
    fn every_vocabulary_has_its_words() {
        let labels = Labels::embedded(Tongue::German).unwrap();
        let has = |group: &str, key: &str| assert!(labels.words[group].contains_key(key), "{group}.{key}");
        for s in Section::ALL {
            has("section", s.as_str());
            has("explain", s.as_str());
        }
        for v in Lane::ALL {
            has("lane", v.as_str());
        }
        for v in Tier::ALL {
            has("tier", v.as_str());
        }
        for v in AssessmentKind::ALL {
            has("assessment", v.as_str());
        }
        for v in Direction::ALL {
            has("direction", v.as_str());
        }
        for v in Certainty::ALL {
            has("certainty", v.as_str());
        }
        for v in Polarity::ALL {
            has("polarity", v.as_str());
        }
        for v in Standing::ALL {
            has("standing", v.as_str());
        }
        for t in EventType::ALL {
            assert_ne!(labels.event_type(*t), t.as_str());
        }
    }
}
