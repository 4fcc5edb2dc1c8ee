//! Learning to lemmatise: scripts by form and by suffix, from the treebank first, from lexical tables second.

use std::collections::BTreeMap;

use super::corpus::Treebank;
use super::knowledge::Knowledge;
use crate::buckets;
use crate::lang::Lang;
use crate::lemma::{Lemmatiser, Script, class, form_key, suffix_key, suffixes};
use crate::lexicon::de;
use crate::morph::{Feats, Number, Upos, VerbForm};

/// The sections of a lemmatiser.
pub(crate) struct Learned {
    pub(crate) table: Vec<u8>,
    pub(crate) scripts: Vec<String>,
}

impl Learned {
    pub(crate) fn lemmatiser(&self) -> Lemmatiser {
        Lemmatiser::new(super::leak(&self.table), &self.scripts.join("\n")).expect("scripts just written")
    }
}

/// How often each script was seen for something.
type Counts = BTreeMap<u32, f64>;

/// The most frequent script; the first of equals.
fn top(counts: &Counts) -> Option<u32> {
    counts.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(id, _)| *id)
}

#[derive(Default)]
struct Scripts {
    ids: BTreeMap<String, u32>,
    list: Vec<String>,
}

impl Scripts {
    fn id(&mut self, form: &str, lemma: &str) -> u32 {
        let text = Script::between(form, lemma).to_string();
        if let Some(id) = self.ids.get(&text) {
            return *id;
        }
        let id = self.list.len() as u32;
        self.list.push(text.clone());
        self.ids.insert(text, id);
        id
    }
}

/// Learns scripts.
pub(crate) fn learn(lang: Lang, treebank: &Treebank, knowledge: &Knowledge) -> Learned {
    let mut scripts = Scripts::default();
    let mut forms: BTreeMap<(String, u32), Counts> = BTreeMap::new();
    let mut rules: BTreeMap<(u32, String), Counts> = BTreeMap::new();
    let count_rules = |rules: &mut BTreeMap<(u32, String), Counts>, lower: &str, class: u32, id: u32, weight: f64| {
        for suffix in suffixes(lower) {
            *rules.entry((class, suffix.to_owned())).or_default().entry(id).or_default() += weight;
        }
    };
    for row in treebank.blocks.iter().flat_map(|b| &b.rows) {
        let Some(upos) = Upos::parse(&row.upos) else { continue };
        if row.lemma == "_" && row.form != "_" || row.form.contains(' ') || upos == Upos::Punct {
            continue;
        }
        let class = class(upos, &Feats::parse(&row.feats));
        let id = scripts.id(&row.form, &row.lemma);
        let lower = row.form.to_lowercase();
        *forms.entry((lower.clone(), class)).or_default().entry(id).or_default() += 1.0;
        // Frequent words are irregular; rules learn from each occurrence of a rare one but only a little from those.
        count_rules(&mut rules, &lower, class, id, 1.0);
    }
    let vocabulary = treebank.vocabulary();
    let frequent = knowledge.frequent(&vocabulary);
    let listed = match lang {
        Lang::De => german(knowledge),
        Lang::En => english(knowledge),
    };
    let mut lexicon: BTreeMap<(String, u32), u32> = BTreeMap::new();
    for (form, lemma, class) in listed {
        let id = scripts.id(form, lemma);
        let lower = form.to_lowercase();
        count_rules(&mut rules, &lower, class, id, 0.3);
        if frequent.contains(form) {
            lexicon.entry((lower, class)).or_insert(id);
        }
    }
    // A rule is kept where it says something else than the rule for the next shorter suffix.
    let best: BTreeMap<&(u32, String), u32> = rules.iter().filter_map(|(k, c)| Some((k, top(c)?))).collect();
    let weight = |key: &(u32, String)| rules[key].values().sum::<f64>();
    let mut entries = Vec::new();
    let mut kept: BTreeMap<(u32, String), u32> = BTreeMap::new();
    let mut keys: Vec<&&(u32, String)> = best.keys().collect();
    keys.sort_by_key(|(class, suffix)| (suffix.chars().count(), *class, suffix.clone()));
    for key in keys {
        let (class, suffix) = *key;
        let id = best[key];
        let shorter = suffixes(suffix).skip(1).find_map(|s| kept.get(&(*class, s.to_owned())).copied());
        let least = if suffix.chars().count() > 4 { 1.5 } else { 0.9 };
        if shorter != Some(id) && (suffix.is_empty() || weight(key) >= least) {
            kept.insert((*class, suffix.clone()), id);
            entries.push((suffix_key(suffix, *class), id));
        }
    }
    let by_rule = |lower: &str, class: u32| {
        suffixes(lower).find_map(|s| kept.get(&(class, s.to_owned())).copied())
    };
    let mut whole: BTreeMap<(String, u32), u32> = lexicon;
    whole.extend(forms.iter().filter_map(|(k, c)| Some((k.clone(), top(c)?))));
    for ((lower, class), id) in &whole {
        if by_rule(lower, *class) != Some(*id) {
            entries.push((form_key(lower, *class), *id));
        }
    }
    Learned { table: buckets::build(&entries), scripts: scripts.list }
}

fn noun(number: Number) -> u32 {
    class(Upos::Noun, &Feats { number: Some(number), ..Feats::default() })
}

fn verb(form: VerbForm) -> u32 {
    class(Upos::Verb, &Feats { verb_form: Some(form), ..Feats::default() })
}

/// Forms, lemmas and classes of the German tables.
fn german(knowledge: &Knowledge) -> Vec<(&str, &str, u32)> {
    let verbs = knowledge.german_verbs();
    let nouns = knowledge.german_nouns();
    let mut out = Vec::new();
    for (form, lemma) in knowledge.lemma_pairs() {
        let capital = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        let reading = verbs.get(form).copied().unwrap_or(0);
        if capital(form) && capital(lemma) {
            let bits = nouns.get(form).copied().unwrap_or(0);
            let (singular, plural) = (bits & (0b1111 * de::NOUN) != 0, bits & (0b1111_0000 * de::NOUN) != 0);
            if singular || !plural {
                out.push((form, lemma, noun(Number::Sing)));
            }
            if plural || !singular {
                out.push((form, lemma, noun(Number::Plur)));
            }
        } else if !capital(form) && !capital(lemma) && verbs.get(lemma).is_some_and(|b| b & de::INF != 0) {
            if reading & (de::IND_PRES | de::IND_PAST | de::SUB_PRES | de::SUB_PAST) != 0 {
                out.push((form, lemma, verb(VerbForm::Fin)));
            }
            if reading & de::PART != 0 {
                out.push((form, lemma, verb(VerbForm::Part)));
            }
            if reading & de::INF != 0 {
                out.push((form, lemma, verb(VerbForm::Inf)));
            }
        } else if !capital(form) && !capital(lemma) {
            out.push((form, lemma, Upos::Adj as u32));
        }
    }
    out
}

/// Forms, lemmas and classes of the English tables.
fn english(knowledge: &Knowledge) -> Vec<(&str, &str, u32)> {
    let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in knowledge.classes.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, lemma, kind] = columns[..] else { continue };
        if form == lemma {
            classes.entry(form).or_default().push(kind);
        }
    }
    for (form, lemma) in knowledge.lemma_pairs() {
        if form.chars().any(char::is_uppercase) {
            continue;
        }
        for kind in classes.get(lemma).into_iter().flatten() {
            match *kind {
                "noun" if form == lemma => out.push((form, lemma, noun(Number::Sing))),
                "noun" if form.ends_with('s') => out.push((form, lemma, noun(Number::Plur))),
                "verb" if form == lemma => {
                    out.push((form, lemma, verb(VerbForm::Inf)));
                    out.push((form, lemma, verb(VerbForm::Fin)));
                }
                "verb" if form.ends_with('s') => out.push((form, lemma, verb(VerbForm::Fin))),
                "verb" if form.ends_with("ing") => {
                    out.push((form, lemma, verb(VerbForm::Part)));
                    out.push((form, lemma, verb(VerbForm::Ger)));
                }
                "verb" => {
                    out.push((form, lemma, verb(VerbForm::Fin)));
                    out.push((form, lemma, verb(VerbForm::Part)));
                }
                "adj" => out.push((form, lemma, Upos::Adj as u32)),
                "adv" if form == lemma => out.push((form, lemma, Upos::Adv as u32)),
                _ => {}
            }
        }
    }
    out
}
