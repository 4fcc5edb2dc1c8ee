//! Lemmas: an edit script for every word, found by form, else by suffix.

use smol_str::SmolStr;

use crate::buckets::Buckets;
use crate::hash;
use crate::morph::{Feats, Upos};

/// What happens to the letters' case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Casing {
    Keep,
    Lower,
    Capital,
}

/// How to make a lemma from a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    casing: Casing,
    /// Characters removed inside: position and number (`an-ge-kündigt`).
    infix: (usize, usize),
    /// Characters removed at the end.
    cut: usize,
    /// Letters added at the end.
    append: String,
}

/// Longest suffix that rules look at.
pub(crate) const SUFFIX: usize = 7;

impl Script {
    /// Reads a script as written by [`Display`](std::fmt::Display).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, ' ');
        let casing = match parts.next()? {
            "=" => Casing::Keep,
            "l" => Casing::Lower,
            "u" => Casing::Capital,
            _ => return None,
        };
        let mut number = || parts.next()?.parse::<usize>().ok();
        let (infix, cut) = ((number()?, number()?), number()?);
        Some(Self { casing, infix, cut, append: parts.next().unwrap_or_default().to_owned() })
    }

    /// The shortest script that makes this lemma from this form.
    #[cfg(any(test, feature = "train"))]
    pub(crate) fn between(form: &str, lemma: &str) -> Self {
        let casing = if lemma.chars().all(|c| !c.is_uppercase()) {
            Casing::Lower
        } else if form.chars().next().is_some_and(char::is_lowercase)
            && lemma.chars().next().is_some_and(char::is_uppercase)
        {
            Casing::Capital
        } else {
            Casing::Keep
        };
        let cased: Vec<char> = cased(form, casing).chars().collect();
        let target: Vec<char> = lemma.chars().collect();
        let make = |infix: (usize, usize)| {
            let mut chars = cased.clone();
            chars.drain(infix.0..infix.0 + infix.1);
            let common = chars.iter().zip(&target).take_while(|(a, b)| a == b).count();
            (
                chars.len() - common,
                Self { casing, infix, cut: chars.len() - common, append: target[common..].iter().collect() },
            )
        };
        let mut best = make((0, 0));
        for position in 0..cased.len().saturating_sub(3) {
            let part = [cased[position], cased[position + 1]];
            if part == ['g', 'e'] || part == ['z', 'u'] {
                let other = make((position, 2));
                if other.0 + 2 < best.0 {
                    best = other;
                }
            }
        }
        best.1
    }

    /// Makes the lemma. A script that does not fit the form leaves it as it is.
    pub(crate) fn apply(&self, form: &str) -> SmolStr {
        let mut chars: Vec<char> = cased(form, self.casing).chars().collect();
        let (position, length) = self.infix;
        if position + length + self.cut > chars.len() {
            return chars.into_iter().collect();
        }
        chars.truncate(chars.len() - self.cut);
        chars.drain(position..position + length);
        chars.into_iter().chain(self.append.chars()).collect()
    }
}

impl std::fmt::Display for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let casing = match self.casing {
            Casing::Keep => "=",
            Casing::Lower => "l",
            Casing::Capital => "u",
        };
        write!(f, "{casing} {} {} {} {}", self.infix.0, self.infix.1, self.cut, self.append)
    }
}

fn cased(form: &str, casing: Casing) -> String {
    match casing {
        Casing::Keep => form.to_owned(),
        Casing::Lower => form.to_lowercase(),
        Casing::Capital => crate::lexicon::capitalise(form),
    }
}

/// The class of words that share rules: the part of speech, for nouns with the number.
pub(crate) fn class(upos: Upos, feats: &Feats) -> u32 {
    let number = if upos == Upos::Noun { feats.number.map_or(0, |n| n as u32 + 1) } else { 0 };
    let form = if upos == Upos::Verb { feats.verb_form.map_or(0, |v| v as u32 + 1) } else { 0 };
    upos as u32 + 32 * number + 256 * form
}

/// The key of a whole form.
pub(crate) fn form_key(lower: &str, class: u32) -> u64 {
    hash::feature(10, [hash::bytes(lower.as_bytes()), class])
}

/// The key of a suffix.
pub(crate) fn suffix_key(suffix: &str, class: u32) -> u64 {
    hash::feature(11, [hash::bytes(suffix.as_bytes()), class])
}

/// The suffixes of a word from the longest to the empty one.
pub(crate) fn suffixes(lower: &str) -> impl Iterator<Item = &str> {
    let mut starts = [lower.len(); SUFFIX + 1];
    let mut count = 1;
    for (i, _) in lower.char_indices().rev().take(SUFFIX) {
        starts[count] = i;
        count += 1;
    }
    starts.into_iter().take(count).collect::<Vec<_>>().into_iter().rev().map(move |i| &lower[i..])
}

/// The lemmatiser of a model.
#[derive(Clone, Debug)]
pub(crate) struct Lemmatiser {
    table: Buckets,
    scripts: Vec<Script>,
}

impl Lemmatiser {
    /// Takes a lemmatiser from its sections: table and scripts, one a line.
    pub(crate) fn new(table: &'static [u8], scripts: &str) -> Option<Self> {
        let scripts = scripts.lines().map(Script::parse).collect::<Option<Vec<_>>>()?;
        Some(Self { table: Buckets::new(table)?, scripts })
    }

    /// The lemma of a word.
    pub(crate) fn lemma(&self, form: &str, upos: Upos, feats: &Feats) -> SmolStr {
        // Long runs of characters are not words.
        if form.len() > 120 || upos == Upos::Punct {
            return SmolStr::new(form);
        }
        let lower = form.to_lowercase();
        let class = class(upos, feats);
        let found = self
            .table
            .get(form_key(&lower, class))
            .or_else(|| suffixes(&lower).find_map(|suffix| self.table.get(suffix_key(suffix, class))));
        match found.and_then(|id| self.scripts.get(id as usize)) {
            Some(script) => {
                Some(script.apply(form)).filter(|lemma| !lemma.is_empty()).unwrap_or_else(|| SmolStr::new(form))
            }
            None => SmolStr::new(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_make_lemmas_and_generalise() {
        for (form, lemma, other, expected) in [
            ("angekündigt", "ankündigen", "angereichert", "anreicheren"),
            ("Staaten", "Staat", "Soldaten", "Soldat"),
            ("Die", "die", "DIE", "die"),
            ("signed", "sign", "Walked", "walk"),
        ] {
            let script = Script::between(form, lemma);
            assert_eq!(script.apply(form), lemma);
            assert_eq!(script.apply(other), expected);
            assert_eq!(Script::parse(&script.to_string()), Some(script));
        }
        assert_eq!(Script::between("angekündigt", "ankündigen").apply("x"), "x");
    }
}
