//! Lexical tables, as `xtask/knowledge.py` writes them, turned into the lexicon of a model.

use std::collections::{BTreeMap, BTreeSet};

use super::german_verbs;
use crate::buckets;
use crate::lang::Lang;
use crate::lexicon::{de, en, key};

/// The tables of one language. Every field may be empty: the model then knows less.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Lines of form, Brown cluster, log probability; frequent forms first.
    pub clusters: String,
    /// Lines of form and lemma.
    pub lemmas: String,
    /// German: lines of form, genders, cases.
    pub nouns: String,
    /// English: lines of form, lemma, class.
    pub classes: String,
    /// German: principal parts of irregular verbs.
    pub verbs: String,
    /// How many of the most frequent forms get a place in the model.
    pub types: usize,
}

/// Cluster and readings of every form that gets a place.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    entries: BTreeMap<String, (u16, u32)>,
}

impl Forms {
    /// The sections of a [`Lexicon`](crate::lexicon::Lexicon).
    pub(crate) fn sections(&self) -> (Vec<u8>, Vec<u8>) {
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, bits) in self.entries.values() {
            *counts.entry(*bits).or_default() += 1;
        }
        let mut sets: Vec<u32> = counts.keys().copied().filter(|&b| b != 0).collect();
        sets.sort_by_key(|b| (usize::MAX - counts[b], *b));
        sets.truncate(usize::from(u16::MAX) - 1);
        let index: BTreeMap<u32, u32> = sets.iter().enumerate().map(|(i, &b)| (b, i as u32 + 1)).collect();
        let entries: Vec<(u64, u32)> = self
            .entries
            .iter()
            .map(|(form, (cluster, bits))| (key(form), index.get(bits).copied().unwrap_or(0) << 16 | u32::from(*cluster)))
            .filter(|(_, payload)| *payload != 0)
            .collect();
        (buckets::build(&entries), sets.iter().flat_map(|b| b.to_le_bytes()).collect())
    }
}

impl Knowledge {
    /// Forms with their lemmas.
    pub(crate) fn lemma_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lemmas.lines().filter_map(|l| l.split_once('\t'))
    }

    /// The forms worth a place: frequent ones and those of the treebank.
    pub(crate) fn frequent<'k>(&'k self, vocabulary: &BTreeSet<&'k str>) -> BTreeSet<&'k str> {
        let mut out: BTreeSet<&str> =
            self.clusters.lines().filter_map(|l| l.split('\t').next()).take(self.types).collect();
        out.extend(vocabulary);
        out
    }

    /// Every German verb form.
    pub(crate) fn german_verbs(&self) -> BTreeMap<String, u32> {
        german_verbs::forms(&self.verbs, self.lemma_pairs())
    }

    /// Number and gender of German nouns, by form.
    pub(crate) fn german_nouns(&self) -> BTreeMap<&str, u32> {
        let mut out = BTreeMap::new();
        for line in self.nouns.lines() {
            let mut columns = line.split('\t');
            let (Some(form), Some(genders), Some(cases)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let order = ["NS", "AS", "DS", "GS", "NP", "AP", "DP", "GP"];
            let bits = cases
                .split(',')
                .filter_map(|c| order.iter().position(|o| *o == c))
                .fold(0, |bits, i| bits | de::NOUN << i);
            let gender = genders.chars().filter_map(|g| "mfn".find(g)).fold(0, |bits, i| bits | de::MASC << i);
            *out.entry(form).or_insert(0) |= bits | gender;
        }
        out
    }

    /// What the model will know of forms.
    pub(crate) fn forms(&self, lang: Lang, vocabulary: &BTreeSet<&str>) -> Forms {
        let mut forms = Forms::default();
        for line in self.clusters.lines() {
            let mut columns = line.split('\t');
            if let (Some(form), Some(Ok(path))) = (columns.next(), columns.next().map(str::parse::<u32>))
                && (forms.entries.len() < self.types || vocabulary.contains(form))
            {
                // A path longer than sixteen bits keeps its beginning, which are its low bits.
                forms.entries.insert(form.to_owned(), (path as u16, 0));
            }
        }
        let readings = match lang {
            Lang::De => self.german_readings(),
            Lang::En => self.english_readings(),
        };
        let frequent = forms.entries.keys().cloned().collect::<BTreeSet<_>>();
        for (form, bits) in readings {
            let verbal = lang == Lang::De && bits & (de::SUB_PRES | de::SUB_PAST | de::IND_PAST | de::PART) != 0;
            if frequent.contains(&form) || vocabulary.contains(form.as_str()) || verbal {
                forms.entries.entry(form).or_default().1 |= bits;
            }
        }
        forms
    }

    fn german_readings(&self) -> BTreeMap<String, u32> {
        let mut out = self.german_verbs();
        let verbs: BTreeSet<String> =
            out.iter().filter(|(_, b)| **b & de::INF != 0).map(|(form, _)| form.clone()).collect();
        for (form, bits) in self.german_nouns() {
            *out.entry(form.to_owned()).or_default() |= bits;
        }
        for (form, lemma) in self.lemma_pairs() {
            let lower = |s: &str| s.chars().next().is_some_and(char::is_lowercase);
            if lower(lemma) && lower(form) && !verbs.contains(lemma) {
                *out.entry(form.to_owned()).or_default() |= de::LOWER | if form == lemma { de::LOWER_BASE } else { 0 };
            } else if !lower(lemma) && !lower(form) {
                let bits = out.entry(form.to_owned()).or_default();
                if *bits == 0 {
                    *bits = de::NAME;
                }
            }
        }
        out
    }

    fn english_readings(&self) -> BTreeMap<String, u32> {
        let mut base: BTreeMap<&str, u32> = BTreeMap::new();
        let mut out: BTreeMap<String, u32> = BTreeMap::new();
        for line in self.classes.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            let [form, lemma, class] = columns[..] else { continue };
            let Some((_, bit)) = en::BASE.iter().find(|(name, _)| *name == class) else { continue };
            let bits = if form == lemma {
                *base.entry(form).or_default() |= bit;
                *bit
            } else {
                match class {
                    "noun" => en::PLURAL,
                    "verb" if form.ends_with("ing") => en::VERB_ING,
                    "verb" => en::VERB_IRREGULAR,
                    _ => en::DEGREE,
                }
            };
            *out.entry(form.to_owned()).or_default() |= bits;
        }
        for (form, lemma) in self.lemma_pairs().filter(|(form, lemma)| form != lemma) {
            let Some(&bits) = base.get(lemma) else { continue };
            let (noun, verb) = (bits & 1 != 0, bits & 2 != 0);
            let mut add = 0;
            if form.ends_with('s') {
                add |= if noun { en::PLURAL } else { 0 } | if verb { en::VERB_S } else { 0 };
            } else if form.ends_with("ing") && verb {
                add |= en::VERB_ING;
            } else if form.ends_with("ed") && verb {
                add |= en::VERB_ED;
            } else if bits & 0b1100 != 0 && (form.ends_with("er") || form.ends_with("est")) {
                add |= en::DEGREE;
            }
            *out.entry(form.to_owned()).or_default() |= add;
        }
        out
    }
}
