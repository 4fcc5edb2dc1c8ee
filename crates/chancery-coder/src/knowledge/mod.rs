//! Knowledge as the coder uses it: read from the files of `data/`, checked, indexed, hashed.

mod actors;
mod lexicon;
mod register;
mod tsv;

use chancery_text::Lang;

pub(crate) use actors::{Actors, Entity, EntityKind, Form, NameIndex, Reading};
pub use lexicon::Example;
pub(crate) use lexicon::{
    AssessRow, Condition, CueKind, CueRow, Embed, EmbedRow, EventRow, Filler, Lexicon, Modifier, Pos, Role, Slot,
    Takes, tails,
};
pub use register::{Register, RegisterError};

/// A knowledge file that cannot be used: which file, which line, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct KnowledgeError {
    file: String,
    line: usize,
    what: String,
}

impl KnowledgeError {
    pub(crate) fn new(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, what: what.into() }
    }

    pub(crate) fn toml(file: &str, error: &toml::de::Error) -> Self {
        Self::new(file, 0, error.to_string().trim().to_owned())
    }
}

/// Everything the coder knows of the world and of the two languages.
#[derive(Debug)]
pub struct Knowledge {
    pub(crate) actors: Actors,
    pub(crate) lanes: crate::lanes::Lanes,
    de: Lexicon,
    en: Lexicon,
    register: Register,
    sha256: String,
}

impl Knowledge {
    /// Reads the knowledge files: pairs of a path relative to `data/` and the file's text.
    ///
    /// # Errors
    /// A file with an unknown column, word or code: the error names file and line.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, KnowledgeError> {
        let mut actors = Actors::default();
        let (mut de, mut en) = (Lexicon::of(true), Lexicon::of(false));
        let mut lanes = crate::lanes::Lanes::default();
        for (path, text) in files {
            let (lang, name) = match path.strip_prefix("lexicons/").and_then(|p| p.split_once('/')) {
                Some(("de", name)) => (Some(&mut de), name),
                Some(("en", name)) => (Some(&mut en), name),
                _ => (None, *path),
            };
            match (lang, name) {
                (Some(lex), "classes.tsv") => lex.add_classes(path, text)?,
                (Some(lex), name) if name.starts_with("events") => lex.add_events(path, text)?,
                (Some(lex), "embedding.tsv") => lex.add_embeddings(path, text)?,
                (Some(lex), "cues.tsv") => lex.add_cues(path, text)?,
                (Some(lex), "modifiers.tsv") => lex.add_modifiers(path, text)?,
                (Some(lex), "assessments.tsv") => lex.add_assessments(path, text)?,
                (None, "actors/roles.de.tsv") => de.add_roles(path, text)?,
                (None, "actors/roles.en.tsv") => en.add_roles(path, text)?,
                (None, "actors/states.toml") => actors.add_states(path, text)?,
                (None, "actors/bodies.toml") => actors.add_bodies(path, text)?,
                (None, "actors/nonstate.toml") => actors.add_groups(path, text)?,
                (None, "actors/persons.tsv") => actors.add_persons(path, text)?,
                (None, "sources/outlets.tsv") => actors.add_outlets(path, text)?,
                (None, "ontology/lanes.toml") => lanes = crate::lanes::Lanes::read(path, text)?,
                // Tables of other crates, documentation, cards.
                _ => {}
            }
        }
        let register = Register::new(&actors.states);
        Ok(Self { actors, lanes, de, en, register, sha256: hash(files) })
    }

    /// SHA-256 of all files, hex: goes into every run.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The register of states as people name them.
    pub fn states(&self) -> &Register {
        &self.register
    }

    /// The example of every lexicon row of a language with what it must yield.
    pub fn examples(&self, lang: Lang) -> &[Example] {
        &self.lexicon(lang).examples
    }

    pub(crate) fn lexicon(&self, lang: Lang) -> &Lexicon {
        match lang {
            Lang::De => &self.de,
            Lang::En => &self.en,
        }
    }

    pub(crate) fn names(&self, lang: Lang) -> &NameIndex {
        match lang {
            Lang::De => &self.actors.de,
            Lang::En => &self.actors.en,
        }
    }
}

fn hash(files: &[(&str, &str)]) -> String {
    let mut sorted: Vec<_> = files.to_vec();
    sorted.sort_unstable();
    let mut all = String::new();
    for (path, text) in sorted {
        all.push_str(path);
        all.push('\n');
        all.push_str(&chancery_model::sha256_hex(text.as_bytes()));
        all.push('\n');
    }
    chancery_model::sha256_hex(all.as_bytes())
}
