//! Lexical knowledge: word clusters, readings of forms, lemmas; from the tables that `xtask/knowledge.py` writes.

use std::collections::{BTreeMap, BTreeSet};

use super::german_verbs::Strong;
use crate::buckets;
use crate::lang::Lang;
use crate::lexicon::{de, en, key};
use crate::morph::{Number, Upos, VerbForm};

/// Forms of a model's lexicon, the frequent ones first.
const FORMS: usize = 190_000;
/// A verb whose infinitive is among so many frequent forms has all its forms in the lexicon.
const FREQUENT: usize = 60_000;

/// Tables of lexical knowledge. Any of them may be empty.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Form, cluster path; the frequent forms first.
    clusters: Vec<(String, u16)>,
    /// Form → lemma, part of speech unknown.
    lemmas: BTreeMap<String, String>,
    /// German nouns: form → genders, cases with number.
    nouns: BTreeMap<String, (String, String)>,
    /// English: form, lemma, class.
    classes: Vec<(String, String, String)>,
    /// Readings of German verb forms, and the lemmas of each with the verb form.
    verbs: BTreeMap<String, (u32, Vec<(String, VerbForm)>)>,
    /// Readings of German words of closed classes.
    closed: BTreeMap<String, u32>,
}

/// The texts of the tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tables<'a> {
    /// Form, cluster path, log probability.
    pub clusters: &'a str,
    /// Form, lemma.
    pub lemmas: &'a str,
    /// Form, genders, cases (German).
    pub nouns: &'a str,
    /// Form, lemma, class (English).
    pub classes: &'a str,
    /// Principal parts (German).
    pub strong_verbs: &'a str,
    /// German words of closed classes: form, classes separated by a slash.
    pub function_words: &'a str,
}

/// A word type to learn lemmas from.
pub(super) struct TypeRow {
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) upos: Upos,
    pub(super) number: Option<Number>,
    pub(super) verb_form: Option<VerbForm>,
}

/// The lexicon of a model before it is written.
pub(super) struct Forms {
    entries: Vec<(u64, u32)>,
    sets: Vec<u32>,
}

impl Forms {
    /// The sections of the model: the table, and the sets of readings.
    pub(super) fn sections(&self) -> (Vec<u8>, Vec<u8>) {
        (buckets::build(&self.entries), self.sets.iter().flat_map(|s| s.to_le_bytes()).collect())
    }
}

impl Knowledge {
    /// Reads the tables.
    pub fn new(tables: &Tables<'_>) -> Self {
        let mut out = Self::default();
        for line in tables.clusters.lines() {
            let mut columns = line.split('\t');
            if let (Some(form), Some(Ok(path))) = (columns.next(), columns.next().map(str::parse::<u32>)) {
                // Paths longer than sixteen bits keep their first sixteen, which are the low ones.
                out.clusters.push((form.to_owned(), path as u16));
            }
        }
        for line in tables.lemmas.lines() {
            if let Some((form, lemma)) = line.split_once('\t') {
                out.lemmas.insert(form.to_owned(), lemma.to_owned());
            }
        }
        for line in tables.nouns.lines() {
            if let [form, genders, cases] = line.split('\t').collect::<Vec<_>>()[..] {
                out.nouns.insert(form.to_owned(), (genders.to_owned(), cases.to_owned()));
            }
        }
        for line in tables.classes.lines() {
            if let [form, lemma, class] = line.split('\t').collect::<Vec<_>>()[..] {
                out.classes.push((form.to_owned(), lemma.to_owned(), class.to_owned()));
            }
        }
        for line in tables.function_words.lines().filter(|l| !l.starts_with('#')) {
            let Some((form, classes)) = line.split_once('\t') else { continue };
            let places = classes.split('/').filter_map(|c| de::CLASSES.iter().position(|known| *known == c));
            out.closed.insert(form.to_owned(), places.fold(0, |bits, place| bits | 1 << (de::CLOSED as usize + place)));
        }
        if !tables.strong_verbs.is_empty() {
            out.verbs = out.generate(&Strong::parse(tables.strong_verbs));
        }
        out
    }

    /// Generates the forms of every infinitive whose paradigm the lemma table bears out.
    fn generate(&self, strong: &Strong) -> BTreeMap<String, (u32, Vec<(String, VerbForm)>)> {
        let letters = |l: &str| l.chars().all(|c| c.is_lowercase() && c.is_alphabetic());
        let known: BTreeSet<&str> = strong.infinitives().collect();
        let mut infinitives: BTreeSet<&str> = self.lemmas.values().map(String::as_str).collect();
        infinitives.retain(|l| l.ends_with('n') && l.chars().count() > 3 && letters(l));
        infinitives.extend(known.iter().copied());
        let mut verbs: BTreeMap<String, (u32, Vec<(String, VerbForm)>)> = BTreeMap::new();
        for infinitive in infinitives {
            let forms = strong.forms(infinitive);
            let telling = de::IND_PAST | de::IND_SG3 | de::PART;
            let says_so = |form: &str| self.lemmas.get(form).is_some_and(|l| l == infinitive);
            let witnesses = forms.iter().filter(|(form, bits)| bits & telling != 0 && says_so(form)).count();
            if witnesses < 2 && !known.contains(infinitive) {
                continue;
            }
            for (form, bits) in forms {
                let own = shares_particle(infinitive, &form);
                let entry = verbs.entry(form).or_default();
                entry.0 |= bits;
                // A form without its particle belongs to the simple verb as far as lemmas go.
                for (mask, verb_form) in [
                    (de::INF | de::ZU, VerbForm::Inf),
                    (de::PART, VerbForm::Part),
                    (!(de::INF | de::ZU | de::PART), VerbForm::Fin),
                ] {
                    if own && bits & mask != 0 {
                        entry.1.push((infinitive.to_owned(), verb_form));
                    }
                }
            }
        }
        verbs
    }

    /// The lexicon: clusters and readings of the frequent forms, of the treebank's, and of frequent verbs' Konjunktiv.
    pub(super) fn forms(&self, lang: Lang, vocabulary: &BTreeSet<&str>) -> Forms {
        let english = if lang == Lang::En { self.english() } else { BTreeMap::new() };
        let clusters: BTreeMap<&str, u16> = self.clusters.iter().map(|(f, c)| (f.as_str(), *c)).collect();
        let mut chosen: BTreeSet<&str> = self.clusters.iter().take(FORMS).map(|(f, _)| f.as_str()).collect();
        chosen.extend(vocabulary.iter().copied());
        if lang == Lang::De {
            chosen.extend(self.closed.keys().map(String::as_str));
        }
        let frequent: BTreeSet<&str> = self.clusters.iter().take(FREQUENT).map(|(f, _)| f.as_str()).collect();
        for (form, (_, lemmas)) in &self.verbs {
            if lemmas.iter().any(|(lemma, _)| frequent.contains(lemma.as_str())) {
                chosen.insert(form);
            }
        }
        let mut sets: BTreeMap<u32, u32> = BTreeMap::new();
        let mut out = Forms { entries: Vec::new(), sets: Vec::new() };
        for form in chosen {
            let bits = match lang {
                Lang::De => self.german(form),
                Lang::En => english_bits(&english, form),
            };
            let readings = if bits == 0 {
                0
            } else {
                *sets.entry(bits).or_insert_with(|| {
                    out.sets.push(bits);
                    out.sets.len() as u32
                })
            };
            let cluster = clusters.get(form).copied().unwrap_or(0);
            if readings != 0 || cluster != 0 {
                out.entries.push((key(form), readings << 16 | u32::from(cluster)));
            }
        }
        out
    }

    /// Readings of a German form.
    fn german(&self, form: &str) -> u32 {
        if form.chars().next().is_some_and(char::is_uppercase) {
            let Some((genders, cases)) = self.nouns.get(form) else {
                let lower = form.to_lowercase();
                let bits = if lower == form { 0 } else { self.german(&lower) };
                return if bits == 0 { de::NAME } else { bits };
            };
            let case_bits = ["NS", "AS", "DS", "GS", "NP", "AP", "DP", "GP"]
                .into_iter()
                .enumerate()
                .filter(|(_, case)| cases.split(',').any(|c| c == *case))
                .fold(0, |bits, (n, _)| bits | de::NOUN << n);
            let gender_bits = ['m', 'f', 'n']
                .into_iter()
                .enumerate()
                .filter(|(_, g)| genders.contains(*g))
                .fold(0, |bits, (n, _)| bits | de::MASC << n);
            return case_bits | gender_bits;
        }
        let mut bits = self.verbs.get(form).map_or(0, |(verb, _)| *verb);
        if let Some(lemma) = self.lemmas.get(form)
            && (bits == 0 || lemma == form && bits & de::INF == 0)
        {
            bits |= de::LOWER | if lemma == form { de::LOWER_BASE } else { 0 };
        }
        bits | self.closed.get(form).copied().unwrap_or(0)
    }

    /// Readings of English base forms and irregular forms.
    fn english(&self) -> BTreeMap<&str, u32> {
        let mut out: BTreeMap<&str, u32> = BTreeMap::new();
        for (form, lemma, class) in &self.classes {
            let Some((_, base)) = en::BASE.iter().find(|(name, _)| name == class) else { continue };
            let bit = match class.as_str() {
                _ if form == lemma => *base,
                "noun" => en::PLURAL,
                "verb" if form.ends_with("ing") => en::VERB_ING,
                "verb" if form.ends_with("ed") => en::VERB_ED,
                "verb" if form.ends_with('s') => en::VERB_S,
                "verb" => en::VERB_IRREGULAR,
                _ => en::DEGREE,
            };
            *out.entry(form).or_default() |= bit;
        }
        out
    }

    /// Word types with their lemmas, for the lemmatiser.
    pub(super) fn types(&self, lang: Lang) -> Vec<TypeRow> {
        let frequent: BTreeSet<&str> = self.clusters.iter().map(|(f, _)| f.as_str()).collect();
        match lang {
            Lang::De => self.german_types(&frequent),
            Lang::En => self.english_types(&frequent),
        }
    }

    fn english_types(&self, frequent: &BTreeSet<&str>) -> Vec<TypeRow> {
        let mut out = Vec::new();
        let regular = self
            .lemmas
            .iter()
            .filter(|(f, l)| f != l && frequent.contains(f.as_str()) && !l.contains(char::is_uppercase));
        for (form, lemma) in regular {
            if form.ends_with("ing") {
                out.push(verb(form, lemma, VerbForm::Ger));
                out.push(verb(form, lemma, VerbForm::Part));
            } else if form.ends_with("ed") {
                out.push(verb(form, lemma, VerbForm::Fin));
                out.push(verb(form, lemma, VerbForm::Part));
            } else if form.ends_with('s') {
                out.push(noun(form, lemma, Number::Plur));
                out.push(verb(form, lemma, VerbForm::Fin));
            }
        }
        for (form, lemma, class) in self.classes.iter().filter(|(f, l, _)| f != l && frequent.contains(f.as_str())) {
            match class.as_str() {
                "noun" => out.push(noun(form, lemma, Number::Plur)),
                "verb" => out.extend([VerbForm::Fin, VerbForm::Part].map(|v| verb(form, lemma, v))),
                "adj" => out.push(adjective(form, lemma)),
                _ => {}
            }
        }
        out
    }

    fn german_types(&self, frequent: &BTreeSet<&str>) -> Vec<TypeRow> {
        let mut out = Vec::new();
        for (form, (_, lemmas)) in &self.verbs {
            if lemmas.len() > 1 && !frequent.contains(form.as_str()) {
                continue;
            }
            for (lemma, verb_form) in lemmas {
                // Where two verbs share a form, the lemma table decides.
                let rivals = lemmas.iter().any(|(l, v)| v == verb_form && l != lemma);
                if !rivals || self.lemmas.get(form).is_some_and(|l| l == lemma) {
                    out.push(verb(form, lemma, *verb_form));
                }
            }
        }
        let capital = |s: &str| s.chars().next().is_some_and(char::is_uppercase);
        for (form, lemma) in self.lemmas.iter().filter(|(f, _)| frequent.contains(f.as_str())) {
            if capital(form) && capital(lemma) {
                let cases = self.nouns.get(form).map_or("", |(_, cases)| cases.as_str());
                let (singular, plural) = (cases.contains('S'), cases.contains('P'));
                if singular || !plural {
                    out.push(noun(form, if cases.contains("NS") { form } else { lemma }, Number::Sing));
                }
                if plural || !singular {
                    out.push(noun(form, lemma, Number::Plur));
                }
            } else if !capital(form)
                && !capital(lemma)
                && !self.verbs.contains_key(form)
                && (form == lemma || !lemma.ends_with("en"))
            {
                out.push(adjective(form, lemma));
            }
        }
        out
    }
}

fn verb(form: &str, lemma: &str, verb_form: VerbForm) -> TypeRow {
    TypeRow {
        form: form.to_owned(),
        lemma: lemma.to_owned(),
        upos: Upos::Verb,
        number: None,
        verb_form: Some(verb_form),
    }
}

fn noun(form: &str, lemma: &str, number: Number) -> TypeRow {
    TypeRow { form: form.to_owned(), lemma: lemma.to_owned(), upos: Upos::Noun, number: Some(number), verb_form: None }
}

fn adjective(form: &str, lemma: &str) -> TypeRow {
    TypeRow { form: form.to_owned(), lemma: lemma.to_owned(), upos: Upos::Adj, number: None, verb_form: None }
}

/// Whether a form belongs to its infinitive as a whole: *kündigte* does not belong to *ankündigen*, *ist* does to *sein*.
fn shares_particle(infinitive: &str, form: &str) -> bool {
    let first = |s: &str| s.chars().next();
    let stripped = form.strip_prefix("ge").unwrap_or(form);
    infinitive == "sein"
        || ((first(infinitive) == first(form) || first(infinitive) == first(stripped))
            && form.len() + 4 >= infinitive.len())
}

/// Readings of an English form: its own, and those of the bases it may come from.
fn english_bits(known: &BTreeMap<&str, u32>, form: &str) -> u32 {
    let lower = form.to_lowercase();
    let base = |text: &str| known.get(text).copied().unwrap_or(0);
    let mut bits = base(&lower);
    let [noun, verb, adjective, _] = en::BASE.map(|(_, bit)| bit);
    for (suffix, repairs) in [
        ("s", &["", "e"][..]),
        ("es", &[""]),
        ("ies", &["y"]),
        ("ing", &["", "e"]),
        ("ed", &["", "e"]),
        ("ied", &["y"]),
        ("er", &["", "e"]),
        ("est", &["", "e"]),
        ("ier", &["y"]),
        ("iest", &["y"]),
    ] {
        let Some(stem) = lower.strip_suffix(suffix).filter(|s| s.len() > 1) else { continue };
        let mut found = repairs.iter().fold(0, |all, r| all | base(&format!("{stem}{r}")));
        let bytes = stem.as_bytes();
        if stem.is_ascii() && bytes.len() > 2 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2] {
            found |= base(&stem[..stem.len() - 1]);
        }
        let when = |class: u32, reading: u32| if found & class == 0 { 0 } else { reading };
        bits |= match suffix {
            "s" | "es" | "ies" => when(noun, en::PLURAL) | when(verb, en::VERB_S),
            "ing" => when(verb, en::VERB_ING),
            "ed" | "ied" => when(verb, en::VERB_ED),
            _ => when(adjective, en::DEGREE),
        };
    }
    bits
}
