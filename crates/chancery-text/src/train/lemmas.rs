//! Learning lemmas: suffix rules by majority, and the forms they get wrong.

use std::collections::BTreeMap;

use super::corpus::Treebank;
use super::knowledge::Knowledge;
use crate::buckets;
use crate::lang::Lang;
use crate::lemma::{Lemmatiser, Script, class, form_key, suffix_key, suffixes};
use crate::morph::{Feats, Upos};

/// A learned lemmatiser before it is written.
pub(super) struct LemmaTable {
    pub(super) table: Vec<u8>,
    pub(super) scripts: Vec<String>,
}

impl LemmaTable {
    /// The lemmatiser as it will be at run time.
    pub(super) fn lemmatiser(&self) -> Lemmatiser {
        Lemmatiser::new(Vec::leak(self.table.clone()), &self.scripts.join("\n")).expect("scripts just written")
    }
}

/// Weight of a token of the treebank against a type of the lexicon.
const TOKEN: u32 = 4;

/// Votes for scripts.
type Votes = BTreeMap<u32, u32>;

/// The script with most votes, and how many.
fn winner(votes: &Votes) -> (u32, u32) {
    votes.iter().map(|(s, n)| (*s, *n)).max_by_key(|(s, n)| (*n, u32::MAX - s)).unwrap_or((0, 0))
}

/// Learns from the treebank and the lexicon.
pub(super) fn learn(lang: Lang, treebank: &Treebank, knowledge: &Knowledge) -> LemmaTable {
    let mut ids: BTreeMap<String, u32> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut id = |form: &str, lemma: &str| {
        let name = Script::between(form, lemma).to_string();
        *ids.entry(name.clone()).or_insert_with(|| {
            names.push(name);
            names.len() as u32 - 1
        })
    };
    // By form and class: votes for scripts.
    let mut forms: BTreeMap<(String, u32), Votes> = BTreeMap::new();
    for row in treebank.blocks.iter().flat_map(|b| &b.rows) {
        let Some(upos) = Upos::parse(&row.upos).filter(|u| *u != Upos::Punct) else { continue };
        // A treebank's lemma that is no lemma: alternatives with bars, placeholders, German nouns in small letters.
        let small = lang == Lang::De
            && upos == Upos::Noun
            && row.lemma.starts_with(char::is_lowercase)
            && row.form.starts_with(char::is_uppercase);
        if row.lemma == "_" || row.lemma.contains('|') || row.feats.contains("Typo=Yes") || small {
            continue;
        }
        // The spelling of the form holds: Russland, not Rußland.
        let respelled = row.lemma.contains('ß') && row.lemma.replace('ß', "ss") == row.form;
        let script = id(&row.form, if respelled { &row.form } else { &row.lemma });
        let key = (row.form.to_lowercase(), class(upos, &Feats::parse(&row.feats)));
        *forms.entry(key).or_default().entry(script).or_default() += TOKEN;
    }
    for row in knowledge.types(lang) {
        let feats = Feats { number: row.number, verb_form: row.verb_form, ..Feats::default() };
        let key = (row.form.to_lowercase(), class(row.upos, &feats));
        let script = id(&row.form, &row.lemma);
        *forms.entry(key).or_default().entry(script).or_default() += 1;
    }
    // Each type votes once for the rules of its suffixes.
    let mut rules: BTreeMap<(u32, String), Votes> = BTreeMap::new();
    let decided: Vec<((String, u32), u32)> = forms.into_iter().map(|(key, votes)| (key, winner(&votes).0)).collect();
    for ((form, class), script) in &decided {
        for suffix in suffixes(form) {
            *rules.entry((*class, suffix.to_owned())).or_default().entry(*script).or_default() += 1;
        }
    }
    // A rule stays when it says something else than the next shorter one, and has seen enough.
    let mut kept: BTreeMap<(u32, String), u32> = BTreeMap::new();
    let mut order: Vec<_> = rules.into_iter().collect();
    order.sort_by_cached_key(|((class, suffix), _)| (*class, suffix.chars().count(), suffix.clone()));
    for ((class, suffix), votes) in order {
        let (script, count) = winner(&votes);
        if (suffix.is_empty() || count > 1) && apply(&kept, class, &suffix) != Some(script) {
            kept.insert((class, suffix), script);
        }
    }
    let mut entries: Vec<(u64, u32)> =
        kept.iter().map(|((class, suffix), script)| (suffix_key(suffix, *class), *script)).collect();
    for ((form, class), script) in &decided {
        if apply(&kept, *class, form) != Some(*script) {
            entries.push((form_key(form, *class), *script));
        }
    }
    LemmaTable { table: buckets::build(&entries), scripts: names }
}

/// What the rules say of a form.
fn apply(rules: &BTreeMap<(u32, String), u32>, class: u32, form: &str) -> Option<u32> {
    suffixes(form).find_map(|suffix| rules.get(&(class, suffix.to_owned())).copied())
}
