//! Numbers and the sentences they stand in: no number without the figure that opens it.

use serde::ser::{Serialize, SerializeStruct, Serializer};

/// A number as printed, with the identifier of its figure.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Number {
    /// The value.
    pub value: String,
    /// The figure's identifier: what `why` opens.
    pub figure: String,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Text(String),
    /// A number.
    Number(Number),
}

/// A sentence with numbers in it. As JSON: its text and its numbers in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase(pub Vec<Part>);

impl Phrase {
    /// Words alone.
    pub fn text(text: impl Into<String>) -> Self {
        Self(vec![Part::Text(text.into())])
    }

    /// A template with its gaps filled; gaps are names in braces.
    pub fn fill(template: &str, gaps: &[(&str, Self)]) -> Self {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((before, (name, after))) =
            rest.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
        {
            parts.push(Part::Text(before.to_owned()));
            if let Some((_, phrase)) = gaps.iter().find(|(gap, _)| *gap == name) {
                parts.extend(phrase.0.iter().cloned());
            }
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        Self(parts)
    }

    /// Phrases with a separator between them.
    pub fn join(phrases: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut parts = Vec::new();
        for phrase in phrases {
            if !parts.is_empty() {
                parts.push(Part::Text(separator.to_owned()));
            }
            parts.extend(phrase.0);
        }
        Self(parts)
    }

    /// The same with words after it.
    #[must_use]
    pub fn then(mut self, words: &str) -> Self {
        self.0.push(Part::Text(words.to_owned()));
        self
    }

    /// The plain words.
    pub fn plain(&self) -> String {
        self.render(|n| n.value.clone())
    }

    /// The words with every number as `number` writes it.
    pub fn render(&self, mut number: impl FnMut(&Number) -> String) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Number(n) => number(n),
            })
            .collect()
    }

    /// Its numbers.
    pub fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.0.iter().filter_map(|part| match part {
            Part::Number(n) => Some(n),
            Part::Text(_) => None,
        })
    }
}

impl From<Number> for Phrase {
    fn from(number: Number) -> Self {
        Self(vec![Part::Number(number)])
    }
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Phrase", 2)?;
        out.serialize_field("text", &self.plain())?;
        out.serialize_field("numbers", &self.numbers().collect::<Vec<_>>())?;
        out.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_in_place() {
        let n = Number { value: "3".into(), figure: "f:x".into() };
        let phrase = Phrase::fill("a {n} b {x}.", &[("n", n.clone().into()), ("x", Phrase::text("y"))]);
        assert_eq!(phrase.plain(), "a 3 b y.");
        assert_eq!(phrase.numbers().collect::<Vec<_>>(), [&n]);
        assert_eq!(phrase.render(|n| format!("<{}>", n.value)), "a <3> b y.");
    }
}
