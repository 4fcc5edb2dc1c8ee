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
    /// Acts as a state or body: not a people, a firm or a group.
    pub(crate) state: bool,
    /// An adjective, which names an actor only with a noun that does ("die russische Regierung").
    pub(crate) adjective: bool,
    /// Only a part of the word ("US" in "US-Sanktionen"): the word itself may be a predicate.
    pub(crate) part: bool,
}

/// What a form stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Meaning {
    code: String,
    state: bool,
    adjective: bool,
}

/// Forms of all actors of one language.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Form → what it stands for; a form of two actors is nobody's.
    forms: BTreeMap<String, Option<Meaning>>,
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
                let state = kind != "demonyms" && !code.contains('/');
                let meaning = Meaning { code: code.to_owned(), state, adjective: kind == "adjectives" };
                let inflects = kind == "adjectives" && lang == Lang::De && form.starts_with(char::is_lowercase);
                for ending in if inflects { &["", "e", "er", "es", "en", "em"][..] } else { &[""] } {
                    self.add(&format!("{form}{ending}"), &meaning);
                }
                if kind == "names" && lang == Lang::De {
                    self.add(&format!("{form}s"), &meaning);
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
                self.add(form, &Meaning { code: (*state).to_owned(), state: true, adjective: false });
            }
        }
    }

    fn add(&mut self, form: &str, meaning: &Meaning) {
        let form = form.trim();
        if form.chars().count() < 2 {
            return;
        }
        self.longest = self.longest.max(form.split([' ', '-', '.', '\'']).count() * 2);
        let held = self.forms.entry(form.to_owned()).or_insert_with(|| Some(meaning.clone()));
        // A person in two offices of one state is still that state's. "German" is the adjective before it is the people.
        match held {
            Some(held) if held.code != meaning.code => *self.forms.entry(form.to_owned()).or_default() = None,
            Some(held) if meaning.adjective && !held.state => *held = meaning.clone(),
            _ => {}
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
                if let Some(Some(meaning)) = self.forms.get(&text) {
                    found = Some((last, meaning));
                }
            }
            if let Some((last, meaning)) = found
                && tokens[last].upos != Upos::Verb
            {
                out.push(meaning.at(at, last, false));
                at = last + 1;
                continue;
            }
            let first_parts = tokens[at].form.split(['-', '‑', '–']);
            if let [parts @ .., _] = &first_parts.collect::<Vec<_>>()[..] {
                let named = parts.iter().filter_map(|part| self.forms.get(*part)?.as_ref());
                out.extend(named.map(|meaning| meaning.at(at, at, true)));
            }
            at += 1;
        }
        out
    }
}

impl Meaning {
    fn at(&self, first: usize, last: usize, part: bool) -> Mention {
        Mention { first, last, code: self.code.clone(), state: self.state, adjective: self.adjective, part }
    }
}
