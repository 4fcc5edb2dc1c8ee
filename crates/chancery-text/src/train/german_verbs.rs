//! Every form of a German verb from its principal parts, so that both Konjunktive of every verb are known.

use std::collections::BTreeMap;

use crate::lexicon::de;

/// Particles that are written apart in main clauses.
const SEPARABLE: &[&str] = &[
    "zusammen",
    "auseinander",
    "aufrecht",
    "bekannt",
    "bereit",
    "bevor",
    "dar",
    "durch",
    "empor",
    "entgegen",
    "entlang",
    "fehl",
    "fern",
    "fest",
    "fort",
    "frei",
    "gegenüber",
    "gleich",
    "heim",
    "herab",
    "heran",
    "heraus",
    "herbei",
    "herein",
    "herum",
    "herunter",
    "hervor",
    "her",
    "hinaus",
    "hinein",
    "hinter",
    "hinweg",
    "hinzu",
    "hin",
    "hoch",
    "klar",
    "los",
    "mit",
    "nach",
    "nahe",
    "nieder",
    "preis",
    "sicher",
    "statt",
    "stand",
    "still",
    "teil",
    "tot",
    "übel",
    "überein",
    "über",
    "umher",
    "um",
    "unter",
    "voran",
    "voraus",
    "vorbei",
    "vorüber",
    "vor",
    "voll",
    "weg",
    "weiter",
    "wett",
    "wider",
    "wieder",
    "zurecht",
    "zurück",
    "zuvor",
    "zu",
    "ab",
    "an",
    "auf",
    "aus",
    "bei",
    "ein",
    "acht",
    "dran",
    "drauf",
];
/// Prefixes that stay, and leave no room for *ge-*.
const FIXED: &[&str] = &[
    "be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "über", "unter", "hinter", "wider", "durch", "um", "voll",
    "wieder",
];

/// Principal parts of the verbs that do not follow from their infinitive.
pub(super) struct Strong {
    rows: BTreeMap<String, [Vec<String>; 4]>,
}

/// A form and the readings it has.
pub(super) type Form = (String, u32);

impl Strong {
    /// Reads the table: infinitive, present, past, Konjunktiv II, participle; alternatives with a slash.
    pub(super) fn parse(text: &str) -> Self {
        let mut rows = BTreeMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [infinitive, rest @ ..] = columns.as_slice() else { continue };
            if let Ok(parts) = <[&str; 4]>::try_from(rest) {
                rows.insert((*infinitive).to_owned(), parts.map(|p| p.split('/').map(str::to_owned).collect()));
            }
        }
        Self { rows }
    }

    /// The infinitives of the table.
    pub(super) fn infinitives(&self) -> impl Iterator<Item = &str> {
        self.rows.keys().map(String::as_str)
    }

    /// All forms of a verb, joined and, for separable verbs, without their particle.
    pub(super) fn forms(&self, infinitive: &str) -> Vec<Form> {
        if self.rows.contains_key(infinitive) {
            return self.simple(infinitive, true);
        }
        let particle = SEPARABLE
            .iter()
            .filter_map(|p| {
                infinitive.strip_prefix(p).filter(|r| r.chars().count() > 3 && self.is_verb(r)).map(|r| (*p, r))
            })
            .max_by_key(|(p, _)| p.len());
        let Some((particle, rest)) = particle else { return self.without_particle(infinitive) };
        let mut out = Vec::new();
        for (form, bits) in self.without_particle(rest) {
            if bits & de::INF != 0 {
                out.push((format!("{particle}zu{form}"), de::ZU));
            }
            out.push((format!("{particle}{form}"), bits & !de::IMP));
            out.push((form, bits & !(de::INF | de::PART)));
        }
        out.retain(|(_, bits)| *bits != 0);
        out
    }

    /// Whether it can be a verb on its own.
    fn is_verb(&self, infinitive: &str) -> bool {
        self.fixed(infinitive).is_some() || ["en", "ern", "eln"].iter().any(|end| infinitive.ends_with(end))
    }

    /// A fixed prefix and the verb of the table behind it.
    fn fixed<'a>(&self, infinitive: &'a str) -> Option<(&'static str, &'a str)> {
        FIXED
            .iter()
            .filter_map(|p| {
                infinitive.strip_prefix(p).filter(|rest| self.rows.contains_key(*rest)).map(|rest| (*p, rest))
            })
            .max_by_key(|(p, _)| p.len())
    }

    /// Forms of a verb without separable particle.
    fn without_particle(&self, infinitive: &str) -> Vec<Form> {
        if self.rows.contains_key(infinitive) {
            return self.simple(infinitive, true);
        }
        if let Some((prefix, rest)) = self.fixed(infinitive) {
            return self
                .simple(rest, false)
                .into_iter()
                .map(|(form, bits)| (format!("{prefix}{form}"), bits))
                .collect();
        }
        weak(infinitive, !FIXED.iter().any(|p| infinitive.starts_with(p)))
    }

    /// Forms of a verb in the table. `free` verbs keep the *ge-* of the participle.
    fn simple(&self, infinitive: &str, free: bool) -> Vec<Form> {
        let [present, past, second, participle] = &self.rows[infinitive];
        let stem = stem(infinitive);
        let plural_present = if infinitive == "sein" { "sind" } else { infinitive };
        let mut out = vec![(infinitive.to_owned(), de::INF), (plural_present.to_owned(), de::IND_PRES | de::IND_PL)];
        let modal = ["können", "müssen", "dürfen", "mögen", "sollen", "wollen", "wissen"].contains(&infinitive);
        for third in present {
            out.push((third.clone(), de::IND_PRES | de::IND_SG3));
            // "ich kann" is "er kann"; the others end in -e.
            if modal {
                out.push((third.clone(), de::IND_PRES | de::IND_SG1));
            }
        }
        if infinitive == "sein" {
            for (form, bits) in [
                ("bin", de::IND_PRES | de::IND_SG1),
                ("bist", de::SECOND),
                ("seid", de::SECOND),
                ("sei", de::SUB_PRES | de::SUB_SG3 | de::IMP),
                ("seien", de::SUB_PRES | de::SUB_PL),
                ("seiest", de::SUB_PRES | de::SECOND),
            ] {
                out.push((form.to_owned(), bits));
            }
        } else {
            if !modal {
                out.push((format!("{stem}e"), de::IND_PRES | de::IND_SG1 | de::IMP));
                out.push((format!("{stem}t"), de::SECOND | de::IMP));
                out.push((stem.to_owned(), de::IMP));
            }
            out.push((format!("{stem}e"), de::SUB_PRES | de::SUB_SG3));
            out.push((infinitive.to_owned(), de::SUB_PRES | de::SUB_PL));
            out.push((format!("{stem}est"), de::SUB_PRES | de::SECOND));
        }
        for form in past {
            out.push((form.clone(), de::IND_PAST | de::IND_SG3 | de::IND_SG1));
            out.push((plural(form), de::IND_PAST | de::IND_PL));
        }
        for form in second {
            out.push((form.clone(), de::SUB_PAST | de::SUB_SG3));
            out.push((plural(form), de::SUB_PAST | de::SUB_PL));
        }
        for form in participle {
            let form = if free { form.as_str() } else { form.strip_prefix("ge").unwrap_or(form) };
            out.push((form.to_owned(), de::PART));
        }
        out
    }
}

/// The plural of a past form.
fn plural(singular: &str) -> String {
    if singular.ends_with('e') { format!("{singular}n") } else { format!("{singular}en") }
}

/// The stem of an infinitive.
fn stem(infinitive: &str) -> &str {
    infinitive.strip_suffix("en").or_else(|| infinitive.strip_suffix('n')).unwrap_or(infinitive)
}

/// Forms of a weak verb.
fn weak(infinitive: &str, free: bool) -> Vec<Form> {
    let stem = stem(infinitive);
    let liquid = infinitive.ends_with("ern") || infinitive.ends_with("eln");
    let dental = stem.ends_with('t') || stem.ends_with('d') || (ends_in_cluster(stem) && !liquid);
    let e = if dental { "e" } else { "" };
    let stem = if liquid { infinitive.strip_suffix('n').unwrap_or(stem) } else { stem };
    let past = format!("{stem}{e}te");
    let ge = if free && !infinitive.ends_with("ieren") { "ge" } else { "" };
    let mut out = vec![
        (infinitive.to_owned(), de::INF | de::IND_PRES | de::IND_PL | de::SUB_PRES | de::SUB_PL),
        (format!("{stem}{e}t"), de::IND_PRES | de::IND_SG3 | de::SECOND),
        (past.clone(), de::IND_PAST | de::IND_SG3 | de::IND_SG1 | de::SUB_PAST | de::SUB_SG3),
        (format!("{past}n"), de::IND_PAST | de::IND_PL | de::SUB_PAST | de::SUB_PL),
        (format!("{ge}{stem}{e}t"), de::PART),
    ];
    let first = de::IND_PRES | de::IND_SG1 | de::SUB_PRES | de::SUB_SG3 | de::IMP;
    out.push((format!("{stem}e"), first));
    if let Some(short) = stem.strip_suffix("el") {
        out.push((format!("{short}le"), first));
    }
    out
}

/// Whether a stem ends in a consonant and m or n, as *öffn-* and *rechn-* do.
fn ends_in_cluster(stem: &str) -> bool {
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next(), chars.next());
    matches!(last, Some('m' | 'n')) && before.is_some_and(|c| !"aeiouäöülrmnh".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(forms: &[Form], form: &str, bits: u32) -> bool {
        forms.iter().filter(|(f, _)| f == form).fold(0, |all, (_, b)| all | b) & bits == bits
    }

    #[test]
    fn makes_both_konjunktive_and_separable_forms() {
        let table =
            "haben\that\thatte\thätte\tgehabt\nziehen\tzieht\tzog\tzöge\tgezogen\nsein\tist\twar\twäre\tgewesen\n";
        let strong = Strong::parse(table);
        assert!(has(&strong.forms("sein"), "seien", de::SUB_PRES | de::SUB_PL));
        assert!(has(&strong.forms("haben"), "habe", de::SUB_PRES | de::SUB_SG3));
        assert!(has(&strong.forms("beziehen"), "bezöge", de::SUB_PAST));
        assert!(has(&strong.forms("beziehen"), "bezogen", de::PART));
        assert!(has(&strong.forms("zurückziehen"), "zurückgezogen", de::PART));
        assert!(has(&strong.forms("zurückziehen"), "zurückzuziehen", de::ZU));
        assert!(has(&strong.forms("zurückziehen"), "zöge", de::SUB_PAST));
        assert!(has(&strong.forms("liefern"), "liefere", de::SUB_PRES | de::SUB_SG3));
        assert!(has(&strong.forms("eröffnen"), "eröffnete", de::IND_PAST));
        assert!(has(&strong.forms("verurteilen"), "verurteilt", de::PART | de::IND_SG3));
    }
}
