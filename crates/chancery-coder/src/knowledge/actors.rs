//! Who is who: states, bodies, non-state groups, dated offices and outlets, and the index of all their names.

use std::collections::HashMap;

use chancery_model::{ActorCode, Date, PartialDate};
use serde::Deserialize;
use smol_str::SmolStr;

use super::KnowledgeError;
use super::tsv::Table;

/// What a name in a text can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntityKind {
    /// A state.
    State,
    /// An international body.
    Body,
    /// A non-state group.
    Group,
    /// The holder of an office.
    Person,
    /// A newspaper, agency, broadcaster, think tank: speaks, but is no actor.
    Outlet,
}

/// One known actor, with the time in which it has its code.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) code: ActorCode,
    pub(crate) kind: EntityKind,
    /// In office, or existing, from this day …
    pub(crate) from: Option<Date>,
    /// … to the day before this one.
    pub(crate) to: Option<Date>,
    /// One person in several offices is one identity.
    pub(crate) identity: SmolStr,
}

/// How a form names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A name of the entity itself.
    Name,
    /// An adjective of nationality.
    Adjective,
    /// Its people.
    Demonym,
    /// Capital or seat of government.
    Metonym,
    /// A place inside it: locates, does not speak.
    Place,
}

/// One reading of a form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    pub(crate) entity: u32,
    pub(crate) form: Form,
    /// The form also means something else: it needs the full name or other evidence in the same text.
    pub(crate) weak: bool,
}

/// All names of one language.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    readings: HashMap<String, Vec<Reading>>,
    /// First word part → the largest number of word parts of a name that begins so.
    firsts: HashMap<SmolStr, u8>,
    /// First parts of hyphen compounds as written (`US`, `russisch`): "UN-" is the body, "un-" a prefix of English.
    prefixes: HashMap<SmolStr, u32>,
}

impl NameIndex {
    fn add(&mut self, form: &str, reading: Reading) {
        let form = form.trim();
        if form.is_empty() {
            return;
        }
        let parts = form.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).count().max(1);
        let longest = self.firsts.entry(SmolStr::new(first_part(form))).or_default();
        *longest = (*longest).max(u8::try_from(parts).unwrap_or(u8::MAX));
        let readings = self.readings.entry(form.to_owned()).or_default();
        if !readings.iter().any(|r| r.entity == reading.entity && r.form == reading.form) {
            readings.push(reading);
        }
    }

    fn add_prefix(&mut self, prefix: &str, entity: u32, weak: bool) {
        let prefix = prefix.trim_end_matches('-');
        if weak || prefix.contains(' ') {
            return;
        }
        let mut chars = prefix.chars();
        let capital: String = chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
        for form in [prefix, &capital] {
            self.prefixes.entry(SmolStr::new(form)).or_insert(entity);
        }
    }

    /// The readings of an exact form.
    pub(crate) fn get(&self, form: &str) -> &[Reading] {
        self.readings.get(form).map_or(&[], Vec::as_slice)
    }

    /// How many word parts a name can have that begins with this token; 0 when none does.
    pub(crate) fn longest_from(&self, token: &str) -> usize {
        self.firsts.get(first_part(token)).copied().map_or(0, usize::from)
    }

    /// The entity of a first part of a hyphen compound.
    pub(crate) fn prefix(&self, part: &str) -> Option<u32> {
        self.prefixes.get(part).copied()
    }
}

/// The leading run of letters and digits.
pub(crate) fn first_part(form: &str) -> &str {
    let end = form.find(|c: char| !c.is_alphanumeric()).unwrap_or(form.len());
    &form[..end]
}

/// All actors with their names in German and English.
#[derive(Debug, Default)]
pub(crate) struct Actors {
    pub(crate) entities: Vec<Entity>,
    pub(crate) de: NameIndex,
    pub(crate) en: NameIndex,
    pub(crate) states: Vec<StateRecord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StateFile {
    state: Vec<StateRecord>,
}

/// A record of `states.toml`, and of the other name files, which have a subset of its fields.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct StateRecord {
    pub(crate) code: String,
    pub(crate) id: String,
    iso2: String,
    pub(crate) name_de: String,
    pub(crate) name_en: String,
    pub(crate) cow: Option<u16>,
    pub(crate) gw: Option<u16>,
    from: String,
    to: String,
    state_from: String,
    state_to: String,
    state_code: String,
    kind: String,
    members: Vec<String>,
    names_de: Vec<String>,
    forms_de: Vec<String>,
    names_en: Vec<String>,
    forms_en: Vec<String>,
    adjectives_de: Vec<String>,
    adjectives_en: Vec<String>,
    demonyms_de: Vec<String>,
    demonyms_en: Vec<String>,
    metonyms_de: Vec<String>,
    metonyms_en: Vec<String>,
    places_de: Vec<String>,
    places_en: Vec<String>,
    prefixes_de: Vec<String>,
    prefixes_en: Vec<String>,
    predecessor: Vec<String>,
    ambiguous: Vec<String>,
    note: String,
}

impl StateRecord {
    /// Every nominative and inflected name in both languages.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = &String> {
        self.names_de.iter().chain(&self.names_en).chain(&self.forms_de).chain(&self.forms_en)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyFile {
    body: Vec<StateRecord>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    group: Vec<StateRecord>,
}

impl Actors {
    pub(crate) fn add_states(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let parsed: StateFile = toml::from_str(text).map_err(|e| KnowledgeError::toml(file, &e))?;
        for record in parsed.state {
            self.add_record(file, &record, EntityKind::State)?;
            self.states.push(record);
        }
        Ok(())
    }

    pub(crate) fn add_bodies(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let parsed: BodyFile = toml::from_str(text).map_err(|e| KnowledgeError::toml(file, &e))?;
        parsed.body.iter().try_for_each(|record| self.add_record(file, record, EntityKind::Body))
    }

    pub(crate) fn add_groups(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let parsed: GroupFile = toml::from_str(text).map_err(|e| KnowledgeError::toml(file, &e))?;
        parsed.group.iter().try_for_each(|record| self.add_record(file, record, EntityKind::Group))
    }

    fn add_record(&mut self, file: &str, record: &StateRecord, kind: EntityKind) -> Result<(), KnowledgeError> {
        let bad = |e: &dyn std::fmt::Display| KnowledgeError::new(file, 0, format!("{}: {e}", record.code));
        let date = |text: &str| -> Result<Option<Date>, KnowledgeError> {
            if text.is_empty() {
                return Ok(None);
            }
            text.parse::<PartialDate>().map(|d| Some(d.first())).map_err(|e| bad(&e))
        };
        let code: ActorCode = record.code.parse().map_err(|e| bad(&e))?;
        let first = self.push(Entity {
            code,
            kind,
            from: date(&record.from)?,
            to: date(&record.to)?,
            identity: SmolStr::new(if record.id.is_empty() { &record.code } else { &record.id }),
        });
        let mut entities = vec![first];
        if !record.state_code.is_empty() {
            let code: ActorCode = record.state_code.parse().map_err(|e| bad(&e))?;
            entities.push(self.push(Entity {
                code,
                kind: EntityKind::State,
                from: date(&record.state_from)?,
                to: date(&record.state_to)?,
                identity: SmolStr::new(&record.id),
            }));
        }
        for entity in entities {
            let weak = |form: &str| record.ambiguous.iter().any(|a| a == form);
            let index = &mut self.de;
            let mut put = |forms: &[String], form| {
                for text in forms {
                    index.add(text, Reading { entity, form, weak: weak(text) });
                }
            };
            put(&record.names_de, Form::Name);
            put(&record.forms_de, Form::Name);
            put(std::slice::from_ref(&record.name_de), Form::Name);
            put(&record.demonyms_de, Form::Demonym);
            put(&record.metonyms_de, Form::Metonym);
            put(&record.places_de, Form::Place);
            for stem in &record.adjectives_de {
                for form in german_adjective_forms(stem) {
                    index.add(&form, Reading { entity, form: Form::Adjective, weak: weak(stem) });
                }
            }
            for prefix in record.prefixes_de.iter().chain(&record.adjectives_de).chain(&record.names_de) {
                index.add_prefix(prefix, entity, weak(prefix));
            }
            let index = &mut self.en;
            let mut put = |forms: &[String], form| {
                for text in forms {
                    index.add(text, Reading { entity, form, weak: weak(text) });
                }
            };
            put(&record.names_en, Form::Name);
            put(&record.forms_en, Form::Name);
            put(std::slice::from_ref(&record.name_en), Form::Name);
            put(&record.adjectives_en, Form::Adjective);
            put(&record.demonyms_en, Form::Demonym);
            put(&record.metonyms_en, Form::Metonym);
            put(&record.places_en, Form::Place);
            for prefix in record.prefixes_en.iter().chain(&record.adjectives_en).chain(&record.names_en) {
                index.add_prefix(prefix, entity, weak(prefix));
            }
        }
        Ok(())
    }

    pub(crate) fn add_persons(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let table = Table::read(file, text, &["id", "name_en", "name_de", "state", "from", "to", "aliases"])?;
        for row in table.rows() {
            let edge = |column: &str| -> Result<Option<PartialDate>, KnowledgeError> {
                if row.cell(column).is_empty() { Ok(None) } else { row.parse(column).map(Some) }
            };
            let entity = self.push(Entity {
                code: row.parse("state")?,
                kind: EntityKind::Person,
                from: edge("from")?.map(PartialDate::first),
                to: edge("to")?.map(PartialDate::end),
                identity: SmolStr::new(row.cell("id")),
            });
            for alias in [row.cell("name_en"), row.cell("name_de")].into_iter().chain(row.list("aliases")) {
                let (form, weak) = alias.strip_suffix('?').map_or((alias, false), |form| (form, true));
                let reading = Reading { entity, form: Form::Name, weak };
                self.de.add(form, reading);
                self.en.add(form, reading);
            }
        }
        Ok(())
    }

    pub(crate) fn add_outlets(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let table = Table::read(file, text, &["name", "aliases", "kind"])?;
        for row in table.rows() {
            let entity = self.push(Entity {
                code: ActorCode::unknown(),
                kind: EntityKind::Outlet,
                from: None,
                to: None,
                identity: SmolStr::new(row.cell("name")),
            });
            for alias in std::iter::once(row.cell("name")).chain(row.list("aliases")) {
                let weak = row.list("ambiguous").any(|a| a == alias);
                let reading = Reading { entity, form: Form::Name, weak };
                self.de.add(alias, reading);
                self.en.add(alias, reading);
            }
        }
        Ok(())
    }

    fn push(&mut self, entity: Entity) -> u32 {
        self.entities.push(entity);
        (self.entities.len() - 1) as u32
    }
}

/// All inflected forms of a German adjective of nationality; those in `-er` (Schweizer) do not inflect.
fn german_adjective_forms(stem: &str) -> Vec<String> {
    let capital: String = {
        let mut chars = stem.chars();
        chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
    };
    if stem.starts_with(char::is_uppercase) {
        return vec![stem.to_owned()];
    }
    let endings = ["", "e", "er", "es", "en", "em"];
    [stem, &capital].iter().flat_map(|s| endings.iter().map(move |e| format!("{s}{e}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjectives_inflect_and_indeclinable_ones_do_not() {
        assert!(german_adjective_forms("russisch").contains(&"Russischen".to_owned()));
        assert_eq!(german_adjective_forms("Schweizer"), ["Schweizer"]);
    }

    #[test]
    fn a_name_is_found_by_its_first_part() {
        let mut index = NameIndex::default();
        index.add("U.S. Congress", Reading { entity: 0, form: Form::Metonym, weak: false });
        assert_eq!(index.longest_from("U.S."), 3);
        assert_eq!(index.get("U.S. Congress").len(), 1);
        assert_eq!(index.longest_from("France"), 0);
    }
}
