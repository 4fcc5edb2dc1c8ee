//! What the tests of the coder share: the shipped models and knowledge, loaded once; a claim as one line of a
//! specification; expected and coded claims side by side; and the ratchet of what is still open.

#![allow(dead_code)] // every test binary takes what it needs
#![allow(clippy::disallowed_methods)] // tests read specifications from the disk and settings from the environment

pub(crate) mod claim;
pub(crate) mod example;
pub(crate) mod ratchet;
pub(crate) mod shared;
pub(crate) mod table;
pub(crate) mod trigger;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use chancery_coder::{Coding, Input, Knowledge};
use chancery_model::{Document, PartialDate, sha256_hex};
use chancery_text::{Analysis, Lang, Model};

/// The knowledge and the two models, loaded when first asked for.
pub(crate) struct Engine {
    pub(crate) knowledge: Knowledge,
    de: Model,
    en: Model,
}

/// The one engine of the test binary.
pub(crate) fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let model = |lang: &str| Model::from_bytes(chancery_data::model(lang).expect("a shipped model")).expect(lang);
        Engine {
            knowledge: Knowledge::load(chancery_data::FILES).expect("the shipped knowledge loads"),
            de: model("de"),
            en: model("en"),
        }
    })
}

impl Engine {
    /// Sentences, words and trees of a text.
    pub(crate) fn analyse(&self, lang: Lang, text: &str) -> Analysis {
        chancery_text::analyse(text, if lang == Lang::De { &self.de } else { &self.en })
    }

    /// Codes a text of a date of publication (`2023`, `2023-09` or `2023-09-12`).
    pub(crate) fn code(&self, lang: Lang, text: &str, date: Option<&str>) -> Coding {
        let input = Input {
            text,
            document: Document::id_of("", &sha256_hex(text.as_bytes())).expect("a document's id"),
            published: date.map(|d| d.parse::<PartialDate>().expect("a date").interval()),
        };
        chancery_coder::code(&input, &self.analyse(lang, text), &self.knowledge)
    }
}

/// The two languages with the names of their folders.
pub(crate) const LANGS: [(Lang, &str); 2] = [(Lang::De, "de"), (Lang::En, "en")];

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Says something even when the test passes: the harness holds back only what goes through the print macros.
pub(crate) fn say(words: &str) {
    let mut words = words.trim_end().to_owned();
    words.push('\n');
    std::io::stderr().write_all(words.as_bytes()).expect("standard error");
}

/// Whether lists of what is open are to be rewritten (`CHANCERY_UPDATE=1`).
pub(crate) fn updating() -> bool {
    std::env::var("CHANCERY_UPDATE").is_ok_and(|v| v == "1")
}

/// How often each item occurs.
pub(crate) fn multiset<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut out = BTreeMap::new();
    for item in items {
        *out.entry(item).or_insert(0) += 1;
    }
    out
}
