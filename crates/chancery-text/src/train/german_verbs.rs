//! German verb forms from principal parts, so that Konjunktiv I and II are known for every verb.
//!
//! Regular verbs follow from their infinitive; strong, mixed and auxiliary ones come from `data/lexicons/de/verbs.tsv`;
//! prefixed ones from their base (Duden grammar, §§ 600–650, as common knowledge).

use std::collections::BTreeMap;

use crate::lexicon::de;

/// A form with what it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) form: String,
    pub(crate) bits: u32,
}

const SEPARABLE: &[&str] = &[
    "zusammen", "entgegen", "zurück", "heraus", "hervor", "voraus", "voran", "vorbei", "weiter", "wieder", "bereit", "statt",
    "durch", "hinzu", "herab", "hinaus", "herum", "fest", "fort", "frei", "teil", "über", "unter", "nach", "auf", "aus", "bei",
    "ein", "her", "hin", "los", "mit", "vor", "weg", "zu", "ab", "an", "um", "ran", "nieder", "gegenüber", "bekannt", "bevor",
    "auseinander", "ent", "dar", "empor", "hoch", "still", "wahr", "preis",
];
const INSEPARABLE: &[&str] =
    &["be", "ver", "er", "ent", "zer", "ge", "miss", "emp", "über", "unter", "um", "durch", "wider", "hinter", "voll", "wieder"];

/// The irregular verbs by infinitive.
pub(crate) type Irregular = BTreeMap<String, [Vec<String>; 4]>;

/// Reads the table of principal parts.
pub(crate) fn irregular(table: &str) -> Irregular {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .filter_map(|line| {
            let mut cells = line.split('\t').map(str::trim);
            let infinitive = cells.next()?.to_owned();
            let mut part = || -> Vec<String> {
                cells.next().unwrap_or_default().split('/').filter(|p| !p.is_empty()).map(str::to_owned).collect()
            };
            Some((infinitive, [part(), part(), part(), part()]))
        })
        .collect()
}

/// All forms of a verb.
pub(crate) fn forms(infinitive: &str, irregular: &Irregular) -> Vec<Form> {
    if irregular.contains_key(infinitive) {
        return simple(infinitive, irregular, true);
    }
    // Prefixed: the longest separable prefix that leaves a verb, else an inseparable one.
    for prefix in SEPARABLE {
        if let Some(base) = infinitive.strip_prefix(prefix)
            && is_verb(base, irregular)
        {
            let mut out = Vec::new();
            for form in simple(base, irregular, takes_ge(base)) {
                let joined = format!("{prefix}{}", form.form);
                out.push(Form { form: joined.clone(), bits: form.bits });
                if form.bits & de::INF != 0 {
                    out.push(Form { form: format!("{prefix}zu{base}"), bits: de::ZU });
                }
            }
            return out;
        }
    }
    for prefix in INSEPARABLE {
        if let Some(base) = infinitive.strip_prefix(prefix)
            && irregular.contains_key(base)
        {
            let forms = simple(base, irregular, false);
            return forms.into_iter().map(|f| Form { form: format!("{prefix}{}", f.form), bits: f.bits }).collect();
        }
    }
    simple(infinitive, irregular, takes_ge(infinitive))
}

fn is_verb(base: &str, irregular: &Irregular) -> bool {
    irregular.contains_key(base) || (base.chars().count() >= 5 && (base.ends_with("en") || base.ends_with("eln") || base.ends_with("ern")))
}

fn takes_ge(infinitive: &str) -> bool {
    !infinitive.ends_with("ieren") && !INSEPARABLE.iter().any(|p| infinitive.starts_with(p) && infinitive.len() > p.len() + 4)
}

/// A verb without separable prefix.
fn simple(infinitive: &str, irregular: &Irregular, ge: bool) -> Vec<Form> {
    let mut out: Vec<Form> = Vec::new();
    let mut add = |form: String, bits: u32| match out.iter_mut().find(|f| f.form == form) {
        Some(known) => known.bits |= bits,
        None => out.push(Form { form, bits }),
    };
    let stem = infinitive.strip_suffix("en").or_else(|| infinitive.strip_suffix('n')).unwrap_or(infinitive).to_owned();
    let last = stem.chars().last().unwrap_or(' ');
    let before = stem.chars().rev().nth(1).unwrap_or(' ');
    let nasal = matches!(last, 'm' | 'n') && !matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'ä' | 'ö' | 'ü' | 'l' | 'r' | 'h' | 'm' | 'n');
    let e = if matches!(last, 't' | 'd') || nasal { "e" } else { "" };
    add(infinitive.to_owned(), de::INF | de::IND_PRES | de::IND_PL | de::SUB_PRES | de::SUB_PL);
    let entry = irregular.get(infinitive);
    if infinitive == "sein" {
        for (form, bits) in [
            ("bin", de::IND_PRES | de::IND_SG1), ("bist", de::IND_PRES | de::SECOND), ("ist", de::IND_PRES | de::IND_SG3),
            ("sind", de::IND_PRES | de::IND_PL), ("seid", de::IND_PRES | de::SECOND), ("sei", de::SUB_PRES | de::SUB_SG3 | de::IMP),
            ("seien", de::SUB_PRES | de::SUB_PL), ("seiest", de::SUB_PRES | de::SECOND),
        ] {
            add(form.to_owned(), bits);
        }
        if let Some(sein) = out.iter_mut().find(|f| f.form == "sein") {
            sein.bits = de::INF;
        }
    }
    let mut add = |form: String, bits: u32| match out.iter_mut().find(|f| f.form == form) {
        Some(known) => known.bits |= bits,
        None => out.push(Form { form, bits }),
    };
    let preterite_present = entry.is_some_and(|p| p[0].iter().any(|f| !f.ends_with('t')) && infinitive != "sein" && infinitive != "werden" && infinitive != "haben");
    if infinitive != "sein" {
        if preterite_present {
            for form in entry.map_or(&[][..], |p| &p[0]) {
                add(form.clone(), de::IND_PRES | de::IND_SG1 | de::IND_SG3);
            }
            add(format!("{stem}e"), de::SUB_PRES | de::SUB_SG3);
        } else {
            add(format!("{stem}e"), de::IND_PRES | de::IND_SG1 | de::SUB_PRES | de::SUB_SG3);
        }
        add(format!("{stem}est"), de::SUB_PRES | de::SECOND);
        add(format!("{stem}et"), de::SUB_PRES | de::SECOND);
    }
    match entry {
        Some([present, past, conjunctive, participle]) => {
            if !preterite_present {
                for form in present {
                    add(form.clone(), de::IND_PRES | de::IND_SG3);
                }
            }
            if infinitive != "sein" {
                add(format!("{stem}{e}t"), de::IND_PRES | de::SECOND | if present.contains(&format!("{stem}{e}t")) { de::IND_SG3 } else { 0 });
            }
            for form in past {
                add(form.clone(), de::IND_PAST | de::IND_SG3 | de::IND_SG1);
                let plural = if form.ends_with('e') { format!("{form}n") } else { format!("{form}en") };
                add(plural, de::IND_PAST | de::IND_PL);
            }
            for form in conjunctive {
                add(form.clone(), de::SUB_PAST | de::SUB_SG3);
                add(format!("{form}n"), de::SUB_PAST | de::SUB_PL);
            }
            for form in participle {
                add(if ge { form.clone() } else { form.strip_prefix("ge").unwrap_or(form).to_owned() }, de::PART);
            }
        }
        None => {
            add(format!("{stem}{e}t"), de::IND_PRES | de::IND_SG3 | de::SECOND);
            add(format!("{stem}{e}te"), de::IND_PAST | de::SUB_PAST | de::IND_SG3 | de::IND_SG1 | de::SUB_SG3);
            add(format!("{stem}{e}ten"), de::IND_PAST | de::SUB_PAST | de::IND_PL | de::SUB_PL);
            add(format!("{}{stem}{e}t", if ge { "ge" } else { "" }), de::PART);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conjunctives_of_every_kind() {
        let table = irregular("geben\tgibt\tgab\tgäbe\tgegeben\nsein\tist\twar\twäre\tgewesen\nkönnen\tkann\tkonnte\tkönnte\tgekonnt\n");
        let bits = |inf: &str, form: &str| forms(inf, &table).iter().find(|f| f.form == form).map_or(0, |f| f.bits);
        assert!(bits("angeben", "angebe") & de::SUB_PRES != 0);
        assert!(bits("angeben", "angegeben") & de::PART != 0);
        assert!(bits("angeben", "anzugeben") & de::ZU != 0);
        assert!(bits("vergeben", "vergeben") & de::PART != 0);
        assert_eq!(bits("sein", "sei") & de::IND_PRES, 0);
        assert!(bits("können", "könne") & de::SUB_PRES != 0);
        assert_eq!(bits("können", "kann") & de::SUB_PRES, 0);
        assert!(bits("liefern", "lieferte") & de::IND_PAST != 0);
        assert!(bits("arbeiten", "arbeitet") & de::IND_SG3 != 0);
    }
}
