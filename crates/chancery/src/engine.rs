//! What reads: the embedded knowledge and, per language, the model; each loaded when first needed.

use std::sync::OnceLock;

use chancery_coder::Knowledge;
use chancery_text::{Analysis, Lang, Model};

use crate::credit::Agencies;
use crate::error::Error;
use crate::source::Passage;

/// Knowledge and models. Shared by all threads.
pub struct Engine {
    knowledge: Knowledge,
    agencies: Agencies,
    german: OnceLock<Option<Model>>,
    english: OnceLock<Option<Model>>,
}

impl Engine {
    /// The knowledge that the program carries.
    pub fn embedded() -> Result<Self, Error> {
        let files = chancery_data::FILES;
        let knowledge = Knowledge::load(files).map_err(|e| Error::Knowledge(e.to_string()))?;
        let outlets = files.iter().find(|(path, _)| *path == "sources/outlets.tsv").map_or("", |(_, text)| text);
        Ok(Self {
            knowledge,
            agencies: Agencies::from_outlets(outlets),
            german: OnceLock::new(),
            english: OnceLock::new(),
        })
    }

    /// The knowledge.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The agencies whose credit a text may carry.
    pub fn agencies(&self) -> &Agencies {
        &self.agencies
    }

    /// The model of a language.
    pub fn model(&self, lang: Lang) -> Result<&Model, Error> {
        let cell = match lang {
            Lang::De => &self.german,
            Lang::En => &self.english,
        };
        cell.get_or_init(|| chancery_data::model(lang.as_str()).and_then(|bytes| Model::from_bytes(bytes).ok()))
            .as_ref()
            .ok_or_else(|| Error::NoModel(lang.as_str().to_owned()))
    }

    /// Sentences, words and trees of a passage in its language.
    pub fn analyse(&self, passage: &Passage) -> Result<Analysis, Error> {
        let lang = language(passage)?;
        Ok(chancery_text::analyse(passage.words(), self.model(lang)?))
    }

    /// SHA-256 over the models of both languages, for the record of a run.
    pub fn models_sha256(&self) -> String {
        let mut bytes = Vec::with_capacity(64);
        for lang in [Lang::De, Lang::En] {
            bytes.extend(self.model(lang).map_or([0; 32], Model::hash));
        }
        chancery_model::sha256_hex(&bytes)
    }
}

/// The language of a passage: as given, else by its words, else as the page declares.
pub fn language(passage: &Passage) -> Result<Lang, Error> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).trim().to_ascii_lowercase();
    if let Some(given) = &passage.metadata.lang {
        return primary(given)
            .parse()
            .map_err(|_| Error::UnsupportedLanguage { name: passage.name.clone(), lang: given.clone() });
    }
    chancery_text::detect(passage.words())
        .lang
        .or_else(|| passage.lang_hint.as_deref().and_then(|hint| primary(hint).parse().ok()))
        .ok_or_else(|| Error::UnknownLanguage { name: passage.name.clone() })
}
