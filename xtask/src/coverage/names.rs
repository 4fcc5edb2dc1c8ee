//! Names of known actors, read from `data/actors`: enough to see which actors a sentence names. On purpose not the
//! coder's own index, so that what the coder overlooks is still counted.

use std::collections::BTreeMap;

use chancery_data::FILES;
use chancery_text::{Lang, Sentence, Upos};

use crate::error::TaskError;

/// A known actor in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) code: String,
    /// Only a part of the word ("US" in "US-Sanktionen"): the word itself may be a predicate.
    pub(crate) part: bool,
}

/// Forms of all actors of one language.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Form → code; a form of two actors is nobody's.
    forms: BTreeMap<String, Option<String>>,
    longest: usize,
}

impl Names {
    /// States, bodies, groups and persons, without the forms that also mean something else.
    pub(crate) fn read(lang: Lang) -> Result<Self, TaskError> {
        let mut names = Self::default();
        for (path, text) in FILES {
            match *path {
                "actors/states.toml" | "actors/bodies.toml" | "actors/nonstate.toml" => {
                    let table: toml::Table =
                        toml::from_str(text).map_err(|e| TaskError::input(*path, e.message().to_owned()))?;
                    for record in table.values().filter_map(toml::Value::as_array).flatten() {
                        names.add_record(record, lang);
                    }
                }
                "actors/persons.tsv" => names.add_persons(text),
                _ => {}
            }
        }
        Ok(names)
    }

    fn add_record(&mut self, record: &toml::Value, lang: Lang) {
        let strings = |key: &str| -> Vec<&str> {
            let values = record.get(key).and_then(toml::Value::as_array);
            values.into_iter().flatten().filter_map(toml::Value::as_str).collect()
        };
        let Some(code) = record.get("code").and_then(toml::Value::as_str) else { return };
        let ambiguous = strings("ambiguous");
        for kind in ["names", "forms", "demonyms", "metonyms", "adjectives"] {
            for form in strings(&format!("{kind}_{lang}")) {
                if ambiguous.contains(&form) {
                    continue;
                }
                let inflects = kind == "adjectives" && lang == Lang::De && form.starts_with(char::is_lowercase);
                for ending in if inflects { &["", "e", "er", "es", "en", "em"][..] } else { &[""] } {
                    self.add(&format!("{form}{ending}"), code);
                }
                if kind == "names" && lang == Lang::De {
                    self.add(&format!("{form}s"), code);
                }
            }
        }
    }

    fn add_persons(&mut self, text: &str) {
        for line in text.lines().filter(|l| !l.starts_with('#')).skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [_, en, de, state, _, _, _, rest @ ..] = &cells[..] else { continue };
            let aliases = rest.iter().flat_map(|cell| cell.split(';')).filter(|a| !a.ends_with('?'));
            for form in [*en, *de].into_iter().chain(aliases) {
                self.add(form, state);
            }
        }
    }

    fn add(&mut self, form: &str, code: &str) {
        let form = form.trim();
        if form.chars().count() < 2 {
            return;
        }
        self.longest = self.longest.max(form.split([' ', '-', '.', '\'']).count() * 2);
        let held = self.forms.entry(form.to_owned()).or_insert_with(|| Some(code.to_owned()));
        // A person in two offices of one state is still that state's.
        if held.as_deref().is_some_and(|held| held != code) {
            *held = None;
        }
    }

    /// The actors that a sentence names, longest forms first, not overlapping.
    pub(crate) fn mentions(&self, sentence: &Sentence) -> Vec<Mention> {
        let tokens = &sentence.tokens;
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let mut found = None;
            let mut text = String::new();
            for (last, token) in tokens.iter().enumerate().skip(at).take(self.longest.min(14)) {
                if last > at && token.space_before {
                    text.push(' ');
                }
                text.push_str(&token.form);
                if let Some(Some(code)) = self.forms.get(&text) {
                    found = Some((last, code));
                }
            }
            if let Some((last, code)) = found
                && tokens[last].upos != Upos::Verb
            {
                out.push(Mention { first: at, last, code: code.clone(), part: false });
                at = last + 1;
                continue;
            }
            let first_parts = tokens[at].form.split(['-', '‑', '–']);
            if let [parts @ .., _] = &first_parts.collect::<Vec<_>>()[..] {
                let codes = parts.iter().filter_map(|part| self.forms.get(*part).cloned().flatten());
                out.extend(codes.map(|code| Mention { first: at, last: at, code, part: true }));
            }
            at += 1;
        }
        out
    }
}
