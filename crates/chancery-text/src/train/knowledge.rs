//! Lexical knowledge that goes into training: Brown clusters, generated verb forms, a list of forms with their lemmas.

use std::collections::{BTreeMap, BTreeSet};

use super::german_verbs::{self, Form};
use crate::buckets;
use crate::lang::Lang;
use crate::lexicon::{self, de, en};

/// What is known of words beside the treebank. Everything is optional.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    clusters: BTreeMap<String, u16>,
    lemmas: Vec<(String, String)>,
    irregular: german_verbs::Irregular,
    infinitives: BTreeSet<String>,
}

impl Knowledge {
    /// Adds Brown clusters: lines of form, tab, number.
    pub fn add_clusters(&mut self, text: &str) {
        self.clusters.extend(text.lines().filter_map(|line| {
            let (form, cluster) = line.split_once('\t')?;
            // Sixteen bits keep the shorter prefixes of the longest paths.
            Some((form.to_owned(), (cluster.trim().parse::<u64>().ok()? & 0xFFFF) as u16))
        }));
    }

    /// Adds lemmas: lines of form, tab, lemma.
    pub fn add_lemmas(&mut self, text: &str) {
        self.lemmas.extend(text.lines().filter_map(|l| l.split_once('\t')).map(|(f, l)| (f.to_owned(), l.trim().to_owned())));
    }

    /// Adds principal parts of German verbs.
    pub fn add_principal_parts(&mut self, text: &str) {
        self.irregular.extend(german_verbs::irregular(text));
    }

    /// Adds German infinitives, one a line.
    pub fn add_infinitives(&mut self, text: &str) {
        self.infinitives.extend(text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned));
    }

    /// Every German verb form with its infinitive.
    pub(crate) fn verb_forms(&self) -> Vec<(String, Form)> {
        let all: BTreeSet<&String> = self.infinitives.iter().chain(self.irregular.keys()).collect();
        all.into_iter()
            .flat_map(|inf| german_verbs::forms(inf, &self.irregular).into_iter().map(move |f| (inf.clone(), f)))
            .collect()
    }

    /// The list of lemmas.
    pub(crate) fn lemmas(&self) -> &[(String, String)] {
        &self.lemmas
    }

    /// The forms that the model's lexicon holds.
    pub(crate) fn forms(&self, lang: Lang, vocabulary: &BTreeSet<&str>) -> Forms {
        let mut readings: BTreeMap<String, u32> = BTreeMap::new();
        match lang {
            Lang::De => {
                for (_, form) in self.verb_forms() {
                    *readings.entry(form.form).or_default() |= form.bits;
                }
                for (form, lemma) in &self.lemmas {
                    let capital = form.starts_with(char::is_uppercase);
                    let bits = if capital { de::NOUN } else if form == lemma { de::LOWER | de::LOWER_BASE } else { de::LOWER };
                    if capital || !readings.contains_key(form) {
                        *readings.entry(form.clone()).or_default() |= bits;
                    }
                }
            }
            Lang::En => {
                for (form, lemma) in &self.lemmas {
                    let bits = if form == lemma {
                        en::BASE[0].1
                    } else if form.ends_with("ing") {
                        en::VERB_ING
                    } else if form.ends_with("ed") {
                        en::VERB_ED
                    } else if form.ends_with('s') {
                        en::PLURAL | en::VERB_S
                    } else if form.ends_with("er") || form.ends_with("est") {
                        en::DEGREE
                    } else {
                        en::VERB_IRREGULAR
                    };
                    *readings.entry(form.clone()).or_default() |= bits;
                }
            }
        }
        let _ = vocabulary;
        Forms { clusters: self.clusters.clone(), readings }
    }
}

/// Forms with clusters and readings.
pub(crate) struct Forms {
    clusters: BTreeMap<String, u16>,
    readings: BTreeMap<String, u32>,
}

impl Forms {
    /// The table of forms and the list of sets of readings.
    pub(crate) fn sections(&self) -> (Vec<u8>, Vec<u8>) {
        let mut sets: Vec<u32> = self.readings.values().copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let all: BTreeSet<&String> = self.clusters.keys().chain(self.readings.keys()).collect();
        let entries: Vec<(u64, u32)> = all
            .into_iter()
            .map(|form| {
                let set = self.readings.get(form).and_then(|bits| sets.binary_search(bits).ok()).map_or(0, |i| i as u32 + 1);
                (lexicon::key(form), set << 16 | u32::from(self.clusters.get(form).copied().unwrap_or(0)))
            })
            .collect();
        (buckets::build(&entries), sets.iter().flat_map(|s| s.to_le_bytes()).collect())
    }
}
