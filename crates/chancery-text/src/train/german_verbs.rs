//! German verb forms from principal parts: every indicative, Konjunktiv, participle and infinitive, so that mood is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::de;

/// Principal parts of a simple verb.
#[derive(Clone, Debug)]
struct Parts {
    infinitive: String,
    present: Vec<String>,
    past: Vec<String>,
    subjunctive: Vec<String>,
    participle: Vec<String>,
    regular: bool,
}

/// Prefixes that stay with the verb.
const FIXED: [&str; 11] = ["be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "hinter", "wider", "voll"];
/// Prefixes that part from it.
const LOOSE: [&str; 58] = [
    "ab", "an", "auf", "aus", "bei", "bereit", "da", "dar", "davon", "dazu", "durch", "ein", "einher", "empor", "entgegen",
    "fehl", "fern", "fest", "fort", "frei", "gegenüber", "gleich", "heim", "her", "heran", "heraus", "herbei", "herein",
    "hervor", "hin", "hinaus", "hinein", "hinzu", "hoch", "klar", "los", "mit", "nach", "nieder", "richtig", "sicher",
    "statt", "still", "teil", "über", "um", "unter", "vor", "voran", "voraus", "vorbei", "weg", "weiter", "wieder",
    "zu", "zurück", "zusammen", "zuvor",
];

/// Readings of every form of the verbs that the lemma table knows, and of all simple irregular verbs.
pub(crate) fn forms<'l>(table: &str, lemmas: impl Iterator<Item = (&'l str, &'l str)>) -> BTreeMap<String, u32> {
    let mut of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (form, lemma) in lemmas {
        if lemma.ends_with('n') && lemma.chars().next().is_some_and(char::is_lowercase) {
            of.entry(lemma).or_default().insert(form);
        }
    }
    let irregular: BTreeMap<String, Parts> =
        table.lines().filter_map(parse).map(|p| (p.infinitive.clone(), p)).collect();
    let mut out = BTreeMap::new();
    for parts in irregular.values() {
        conjugate(parts, "", true, &mut out);
    }
    for (lemma, known) in &of {
        if irregular.contains_key(*lemma) {
            continue;
        }
        let split = |prefixes: &[&'static str]| {
            prefixes.iter().filter_map(|p| Some((*p, irregular.get(lemma.strip_prefix(p)?)?))).min_by_key(|(p, _)| p.len())
        };
        if let Some((prefix, parts)) = split(&LOOSE) {
            conjugate(parts, prefix, true, &mut out);
        }
        if let Some((prefix, parts)) = split(&FIXED).or_else(|| split(&["über", "um", "unter", "durch"])) {
            conjugate(parts, prefix, false, &mut out);
        } else if split(&LOOSE).is_none() {
            weak(lemma, known, &mut out);
        }
    }
    out
}

/// A line of the table.
fn parse(line: &str) -> Option<Parts> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [infinitive, present, past, subjunctive, participle] = columns[..] else { return None };
    if infinitive.starts_with('#') {
        return None;
    }
    let list = |text: &str| text.split('/').map(str::to_owned).collect();
    Some(Parts {
        infinitive: infinitive.to_owned(),
        present: list(present),
        past: list(past),
        subjunctive: list(subjunctive),
        participle: list(participle),
        regular: false,
    })
}

/// A weak verb, if the lemma table has its past tense or participle.
fn weak(lemma: &str, known: &BTreeSet<&str>, out: &mut BTreeMap<String, u32>) {
    let Some(stem) = lemma.strip_suffix("en").or_else(|| lemma.strip_suffix('n')) else { return };
    let e = if stem.ends_with(['d', 't'])
        || (stem.ends_with(['m', 'n']) && stem.chars().rev().nth(1).is_some_and(|c| !"aeiouäöürlmnh".contains(c)))
    {
        "e"
    } else {
        ""
    };
    let (past, present) = (format!("{stem}{e}te"), format!("{stem}{e}t"));
    if !known.contains(past.as_str()) && !known.contains(present.as_str()) {
        return;
    }
    let loose = LOOSE
        .iter()
        .filter(|p| stem.strip_prefix(**p).is_some_and(|rest| rest.len() > 2 && known.contains(format!("{p}ge{rest}{e}t").as_str())))
        .max_by_key(|p| p.len())
        .copied();
    let prefix = loose.unwrap_or("");
    let base = &stem[prefix.len()..];
    let bare = loose.is_none() && (FIXED.iter().any(|p| stem.starts_with(p)) || stem.ends_with("ier"));
    let with_ge = format!("ge{base}{e}t");
    let participle = if bare && !known.contains(with_ge.as_str()) { format!("{base}{e}t") } else { with_ge };
    let parts = Parts {
        infinitive: lemma[prefix.len()..].to_owned(),
        present: vec![format!("{base}{e}t")],
        past: vec![format!("{base}{e}te")],
        subjunctive: vec![format!("{base}{e}te")],
        participle: vec![participle],
        regular: true,
    };
    conjugate(&parts, prefix, true, out);
}

/// Adds all forms of a verb with a prefix. `loose`: the prefix parts from the verb (or there is none).
fn conjugate(parts: &Parts, prefix: &str, loose: bool, out: &mut BTreeMap<String, u32>) {
    let mut add = |form: &str, bits: u32| *out.entry(format!("{prefix}{form}")).or_default() |= bits;
    let infinitive = parts.infinitive.as_str();
    let stem = infinitive.strip_suffix("en").or_else(|| infinitive.strip_suffix('n')).unwrap_or(infinitive);
    let preterite_present =
        matches!(infinitive, "können" | "müssen" | "dürfen" | "mögen" | "sollen" | "wollen" | "wissen");
    add(infinitive, de::INF);
    if infinitive == "sein" {
        for (form, bits) in [
            ("bin", de::IND_PRES | de::IND_SG1),
            ("bist", de::IND_PRES | de::SECOND),
            ("ist", de::IND_PRES | de::IND_SG3),
            ("sind", de::IND_PRES | de::IND_PL),
            ("seid", de::IND_PRES | de::SECOND),
            ("sei", de::SUB_PRES | de::SUB_SG3 | de::IMP),
            ("seien", de::SUB_PRES | de::SUB_PL),
            ("seiest", de::SUB_PRES | de::SECOND),
        ] {
            add(form, bits);
        }
    } else {
        add(infinitive, de::IND_PRES | de::IND_PL);
        // Konjunktiv I: the stem with -e; the plural is that of the indicative.
        let konjunktiv = format!("{}e", stem.strip_suffix("e").unwrap_or(stem));
        add(&konjunktiv, de::SUB_PRES | de::SUB_SG3);
        add(infinitive, de::SUB_PRES | de::SUB_PL);
        add(&format!("{konjunktiv}st"), de::SUB_PRES | de::SECOND);
        if !preterite_present {
            add(&konjunktiv, de::IND_PRES | de::IND_SG1);
        }
        for present in &parts.present {
            add(present, de::IND_PRES | de::IND_SG3 | if preterite_present { de::IND_SG1 } else { 0 });
        }
    }
    let plural = |form: &str| if form.ends_with('e') { format!("{form}n") } else { format!("{form}en") };
    for past in &parts.past {
        add(past, de::IND_PAST | de::IND_SG3 | de::IND_SG1);
        add(&plural(past), de::IND_PAST | de::IND_PL);
    }
    for subjunctive in &parts.subjunctive {
        add(subjunctive, de::SUB_PAST | de::SUB_SG3);
        add(&plural(subjunctive), de::SUB_PAST | de::SUB_PL);
    }
    for participle in &parts.participle {
        // vergeben, not vergegeben; but angegeben.
        let form = if loose || prefix.is_empty() {
            participle.as_str()
        } else {
            participle.strip_prefix("ge").filter(|_| !infinitive.starts_with("ge")).unwrap_or(participle)
        };
        add(form, de::PART);
    }
    if loose && !prefix.is_empty() {
        add(&format!("zu{infinitive}"), de::ZU | de::INF);
    }
    let _ = parts.regular;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_moods_of_strong_weak_and_prefixed_verbs() {
        let table = "geben\tgibt\tgab\tgäbe\tgegeben\nsein\tist\twar\twäre\tgewesen";
        let lemmas = [("angeben", "angeben"), ("vergeben", "vergeben"), ("liefert", "liefern"), ("lieferte", "liefern")];
        let forms = forms(table, lemmas.into_iter());
        let has = |form: &str, bits: u32| forms.get(form).is_some_and(|b| b & bits == bits);
        assert!(has("gebe", de::SUB_PRES | de::SUB_SG3) && has("gäben", de::SUB_PAST | de::SUB_PL));
        assert!(has("seien", de::SUB_PRES) && !has("sind", de::SUB_PRES));
        assert!(has("angäbe", de::SUB_PAST) && has("angegeben", de::PART) && has("anzugeben", de::ZU));
        assert!(has("vergab", de::IND_PAST) && has("vergeben", de::PART));
        assert!(has("liefere", de::SUB_PRES) && has("lieferte", de::IND_PAST | de::SUB_PAST) && has("geliefert", de::PART));
    }
}
