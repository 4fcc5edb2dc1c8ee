//! Trained models.

use std::sync::Arc;

use crate::container::Container;
use crate::lang::Lang;
use crate::lemma::Lemmatiser;
use crate::lexicon::Lexicon;
use crate::morphology::Bundles;
use crate::parser::Labels;
use crate::rel::{Rel, Sub, parse_deprel};
use crate::weights::{Narrow, Table};

/// A trained model, used in place from its bytes.
///
/// Weights are read where they lie; only small inventories (relations, bundles of features, edit scripts) are decoded.
/// Cloning is cheap, and one model serves any number of threads.
#[derive(Clone, Debug)]
pub struct Model {
    parts: Arc<Parts>,
}

/// What a model is made of.
#[derive(Debug)]
pub(crate) struct Parts {
    container: Container,
    pub(crate) lexicon: Lexicon,
    pub(crate) tags: Table,
    pub(crate) bundles: Bundles,
    pub(crate) morphology: Table,
    pub(crate) lemmas: Lemmatiser,
    pub(crate) labels: Labels,
    pub(crate) relations: Vec<(Rel, Sub)>,
    pub(crate) moves: Narrow,
    pub(crate) labeller: Table,
    /// Moves and labels of the guide, which reads backwards.
    pub(crate) back: (Narrow, Table),
}

/// Why bytes are not a model that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The bytes do not begin with the magic number of a model.
    #[error("not a chancery model")]
    NotAModel,
    /// A model of another version of this crate.
    #[error("model of version {found}, this program reads version {expected}: train it again")]
    Version {
        /// Version stated by the model.
        found: u32,
        /// Version this crate reads.
        expected: u32,
    },
    /// A part of the model is missing or unreadable.
    #[error("model is damaged: {0}")]
    Damaged(&'static str),
}

impl Model {
    /// Takes a model from its bytes, which are not copied.
    ///
    /// Checks the header and the sections, not every byte: [`is_intact`](Self::is_intact) does that. Damaged weights
    /// give bad analyses, never a panic.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let container = Container::new(bytes)?;
        let table = |index: &'static str, pool: &'static str| {
            Table::new(container.section(index)?, container.section(pool)?).ok_or(ModelError::Damaged(index))
        };
        let labels = Labels::parse(container.text("labels")?).ok_or(ModelError::Damaged("labels"))?;
        let parts = Parts {
            lexicon: Lexicon::new(container.section("forms")?, container.section("sets")?, container.lang == Lang::De)
                .ok_or(ModelError::Damaged("forms"))?,
            tags: table("tags.i", "tags.w")?,
            bundles: Bundles::parse(container.text("bundles")?).ok_or(ModelError::Damaged("bundles"))?,
            morphology: table("morph.i", "morph.w")?,
            lemmas: Lemmatiser::new(container.section("lemmas")?, container.text("scripts")?)
                .ok_or(ModelError::Damaged("lemmas"))?,
            relations: labels.names.iter().map(|(name, _)| parse_deprel(name)).collect(),
            labels,
            moves: Narrow::new(container.section("moves")?).ok_or(ModelError::Damaged("moves"))?,
            labeller: table("arcs.i", "arcs.w")?,
            back: (
                Narrow::new(container.section("back")?).ok_or(ModelError::Damaged("back"))?,
                table("back.i", "back.w")?,
            ),
            container,
        };
        Ok(Self { parts: Arc::new(parts) })
    }

    /// The language it reads.
    pub fn lang(&self) -> Lang {
        self.parts.container.lang
    }

    /// SHA-256 of the model's contents, as its header states it.
    pub fn hash(&self) -> [u8; 32] {
        self.parts.container.hash
    }

    /// Whether the contents still have that hash. Reads every byte.
    pub fn is_intact(&self) -> bool {
        self.parts.container.is_intact()
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }
}
