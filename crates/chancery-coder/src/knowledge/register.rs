//! States as people type them: code, COW number, German or English name.

use std::collections::BTreeMap;

use chancery_model::ActorCode;

use super::actors::StateRecord;

/// An input that names no known state, with the nearest names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{input}` names no state")]
pub struct RegisterError {
    /// What was typed.
    pub input: String,
    /// Names and codes that look alike, best first.
    pub suggestions: Vec<String>,
}

/// All states and bodies by every name people use for them.
#[derive(Debug, Default)]
pub struct Register {
    by_name: BTreeMap<String, ActorCode>,
    names: BTreeMap<String, (String, String)>,
}

impl Register {
    pub(crate) fn new(states: &[StateRecord]) -> Self {
        let mut register = Self::default();
        for record in states {
            let Ok(code) = record.code.parse::<ActorCode>() else { continue };
            let numbers = [record.cow, record.gw].into_iter().flatten().map(|n| n.to_string());
            let names = [record.code.clone(), record.name_de.clone(), record.name_en.clone()];
            for name in names.into_iter().chain(numbers) {
                register.by_name.entry(fold(&name)).or_insert_with(|| code.clone());
            }
            for name in record.all_names() {
                register.by_name.entry(fold(name)).or_insert_with(|| code.clone());
            }
            register.names.insert(record.code.clone(), (record.name_de.clone(), record.name_en.clone()));
        }
        for (code, de, en) in [
            ("EUU", "Europäische Union", "European Union"),
            ("UNO", "Vereinte Nationen", "United Nations"),
            ("NAT", "NATO", "NATO"),
        ] {
            if let Ok(actor) = code.parse::<ActorCode>() {
                for name in [code, de, en] {
                    register.by_name.entry(fold(name)).or_insert_with(|| actor.clone());
                }
                register.names.insert(code.to_owned(), (de.to_owned(), en.to_owned()));
            }
        }
        register
    }

    /// The actor that `input` names.
    ///
    /// # Errors
    /// No state of that name; the error carries the nearest ones.
    pub fn resolve(&self, input: &str) -> Result<ActorCode, RegisterError> {
        let folded = fold(input);
        if let Some(code) = self.by_name.get(&folded) {
            return Ok(code.clone());
        }
        let mut near: Vec<(usize, &String)> = self
            .by_name
            .keys()
            .filter(|name| name.chars().count() > 2)
            .map(|name| (distance(&folded, name), name))
            .filter(|(d, name)| *d <= 2.max(name.chars().count() / 3))
            .collect();
        near.sort();
        let mut suggestions: Vec<String> = Vec::new();
        for (_, name) in near {
            let code = &self.by_name[name];
            let label =
                self.names.get(code.as_str()).map_or_else(|| code.to_string(), |(_, en)| format!("{en} ({code})"));
            if !suggestions.contains(&label) {
                suggestions.push(label);
            }
            if suggestions.len() == 3 {
                break;
            }
        }
        Err(RegisterError { input: input.to_owned(), suggestions })
    }

    /// The name of a code in German (`true`) or English; the code itself when it has none.
    pub fn name(&self, code: &str, german: bool) -> String {
        match self.names.get(code) {
            Some((de, en)) => {
                if german {
                    de.clone()
                } else {
                    en.clone()
                }
            }
            None => code.to_owned(),
        }
    }

    /// All codes with their English names, sorted by code.
    pub fn codes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(code, (_, en))| (code.as_str(), en.as_str()))
    }
}

/// Lower case, without accents that people leave out, punctuation or spaces.
fn fold(name: &str) -> String {
    let mut out = String::new();
    for c in name.to_lowercase().chars() {
        match c {
            'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => out.push('a'),
            'ö' | 'ó' | 'ô' | 'õ' => out.push('o'),
            'ü' | 'ú' | 'û' => out.push('u'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'î' | 'ï' => out.push('i'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            'ß' => out.push_str("ss"),
            c if c.is_alphanumeric() => out.push(c),
            _ => {}
        }
    }
    out
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_get_suggestions() {
        assert_eq!(distance("nordkroea", "nordkorea"), 2);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(fold("Côte d’Ivoire"), "cotedivoire");
    }
}
