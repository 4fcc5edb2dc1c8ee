//! Learning lemmas: the treebank's words, the generated verb forms, a list; then rules by suffix for the rest.

use std::collections::BTreeMap;

use super::corpus::Treebank;
use super::knowledge::Knowledge;
use crate::buckets;
use crate::lang::Lang;
use crate::lemma::{Lemmatiser, Script, class, form_key, suffix_key, suffixes};
use crate::lexicon::de;
use crate::morph::{Feats, Number, Upos, VerbForm};

/// The table of a lemmatiser and its scripts.
pub(crate) struct LemmaTable {
    pub(crate) table: Vec<u8>,
    pub(crate) scripts: Vec<String>,
}

impl LemmaTable {
    /// The lemmatiser over this table.
    pub(crate) fn lemmatiser(&self) -> Lemmatiser {
        Lemmatiser::new(super::leak(&self.table), &self.scripts.join("\n")).expect("a table just built")
    }
}

/// Learns from the treebank and from knowledge.
pub(crate) fn learn(lang: Lang, treebank: &Treebank, knowledge: &Knowledge) -> LemmaTable {
    // (lower form, class) → script → count; treebank words weigh most.
    let mut words: BTreeMap<(String, u32), BTreeMap<String, u32>> = BTreeMap::new();
    let mut add = |form: &str, class: u32, lemma: &str, weight: u32| {
        let script = Script::between(form, lemma).to_string();
        *words.entry((form.to_lowercase(), class)).or_default().entry(script).or_default() += weight;
    };
    for row in treebank.blocks.iter().flat_map(|b| &b.rows) {
        if row.lemma == "_" || row.lemma.is_empty() {
            continue;
        }
        let class = class(Upos::parse(&row.upos).unwrap_or(Upos::X), &Feats::parse(&row.feats));
        add(&row.form, class, &row.lemma, 10);
    }
    let verb = |form: Option<VerbForm>| class(Upos::Verb, &Feats { verb_form: form, ..Feats::default() });
    if lang == Lang::De {
        for (infinitive, form) in knowledge.verb_forms() {
            let finite = form.bits & (de::IND_PRES | de::IND_PAST | de::SUB_PRES | de::SUB_PAST) != 0;
            if finite {
                add(&form.form, verb(Some(VerbForm::Fin)), &infinitive, 3);
                add(&form.form, verb(None), &infinitive, 3);
            }
            if form.bits & (de::INF | de::ZU) != 0 {
                add(&form.form, verb(Some(VerbForm::Inf)), &infinitive, 3);
            }
            if form.bits & de::PART != 0 {
                add(&form.form, verb(Some(VerbForm::Part)), &infinitive, 3);
            }
        }
    }
    let noun = |n: Number| class(Upos::Noun, &Feats { number: Some(n), ..Feats::default() });
    for (form, lemma) in knowledge.lemmas() {
        match (lang, form.starts_with(char::is_uppercase)) {
            (Lang::De, true) => {
                add(form, noun(Number::Sing), lemma, 1);
                add(form, noun(Number::Plur), lemma, 1);
                add(form, class(Upos::Noun, &Feats::default()), lemma, 1);
            }
            (Lang::De, false) => add(form, class(Upos::Adj, &Feats::default()), lemma, 1),
            (Lang::En, _) => {
                for v in [VerbForm::Fin, VerbForm::Inf, VerbForm::Part, VerbForm::Ger] {
                    add(form, verb(Some(v)), lemma, 1);
                }
                if form.ends_with('s') || !form.ends_with("ing") && !form.ends_with("ed") {
                    add(form, noun(Number::Plur), lemma, 1);
                }
            }
        }
    }
    table(&words)
}

/// Suffix rules from the longest suffixes of the words, then the exceptions as whole forms.
fn table(words: &BTreeMap<(String, u32), BTreeMap<String, u32>>) -> LemmaTable {
    let mut rules: BTreeMap<(String, u32), BTreeMap<&str, u32>> = BTreeMap::new();
    for ((form, class), scripts) in words {
        let Some((script, count)) = scripts.iter().max_by_key(|(_, c)| **c) else { continue };
        for suffix in suffixes(form) {
            *rules.entry((suffix.to_owned(), *class)).or_default().entry(script).or_default() += (*count).min(3);
        }
    }
    let best: BTreeMap<(String, u32), &str> = rules
        .iter()
        .filter_map(|(key, scripts)| scripts.iter().max_by_key(|(_, c)| **c).map(|(s, _)| (key.clone(), *s)))
        .collect();
    // A rule that says what the next shorter one says is not needed.
    let shorter = |suffix: &str| suffix.char_indices().nth(1).map(|(i, _)| suffix[i..].to_owned());
    let inherited = |suffix: &str, class: u32| -> Option<&str> {
        let mut at = shorter(suffix).or_else(|| (!suffix.is_empty()).then(String::new));
        while let Some(s) = at {
            if let Some(script) = best.get(&(s.clone(), class)) {
                return Some(script);
            }
            at = if s.is_empty() { None } else { shorter(&s).or_else(|| Some(String::new())) };
        }
        None
    };
    let mut scripts: Vec<String> = Vec::new();
    let mut index: BTreeMap<String, u32> = BTreeMap::new();
    let mut id = |script: &str| -> u32 {
        *index.entry(script.to_owned()).or_insert_with(|| {
            scripts.push(script.to_owned());
            scripts.len() as u32 - 1
        })
    };
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for ((suffix, class), script) in &best {
        let single = rules[&(suffix.clone(), *class)].values().sum::<u32>() < 4;
        if inherited(suffix, *class) == Some(script) || (single && suffix.chars().count() > 4) {
            continue;
        }
        entries.push((suffix_key(suffix, *class), id(script)));
    }
    let kept: std::collections::BTreeSet<u64> = entries.iter().map(|(k, _)| *k).collect();
    for ((form, class), own) in words {
        let Some((script, _)) = own.iter().max_by_key(|(_, c)| **c) else { continue };
        let predicted = suffixes(form).find(|s| kept.contains(&suffix_key(s, *class))).and_then(|s| best.get(&(s.to_owned(), *class)));
        if predicted.copied() != Some(script.as_str()) {
            entries.push((form_key(form, *class), id(script)));
        }
    }
    LemmaTable { table: buckets::build(&entries), scripts }
}
