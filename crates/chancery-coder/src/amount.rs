//! Amounts: number words, magnitudes, currencies, persons and weapons; exact decimals, never floats.

use chancery_model::Decimal;
use chancery_text::{Lang, Rel, Upos};
use smol_str::SmolStr;

use crate::tree::lower;
use crate::view::View;

/// A figure with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) value: Decimal,
    pub(crate) unit: SmolStr,
}

/// All amounts among the words of a sentence.
pub(crate) fn amounts(forms: &[SmolStr], lang: Lang, unit_of: impl Fn(usize) -> Option<SmolStr>) -> Vec<Amount> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < forms.len() {
        match amount(forms, lang, at, &unit_of) {
            Some(found) => {
                at = found.last + 1;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

fn amount(forms: &[SmolStr], lang: Lang, at: usize, unit_of: &impl Fn(usize) -> Option<SmolStr>) -> Option<Amount> {
    let word = |i: usize| forms.get(i).map_or("", |w| w.as_str());
    let mut i = at;
    // "$2 billion", "US$ 48 million", "€3.5bn"
    let mut currency = prefix_currency(word(i));
    let glued = word(i).trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut digits = word(i);
    if let Some(code) = currency {
        if glued.is_empty() {
            i += 1;
            digits = word(i);
        } else {
            digits = glued;
        }
        currency = Some(code);
    }
    let (mut mantissa, mut exponent) = number(digits, lang)?;
    i += 1;
    if let Some(power) = magnitude(word(i)) {
        exponent += power;
        i += 1;
    }
    let unit = if let Some(code) = currency {
        SmolStr::new_static(code)
    } else {
        // "48 Millionen US-Dollar", "10.000 Tonnen Reis", "5,000 North Korean soldiers"
        let found = (i..(i + 4).min(forms.len())).find_map(|n| unit_of(n).map(|u| (n, u)));
        let (n, unit) = found?;
        i = n + 1;
        unit
    };
    if mantissa.ends_with('.') {
        mantissa.pop();
    }
    let value = Decimal::scaled(&mantissa, exponent).ok()?;
    Some(Amount { first: at, last: i - 1, value, unit })
}

/// Digits as a plain decimal, by the conventions of the language; number words up to twelve.
fn number(word: &str, lang: Lang) -> Option<(String, usize)> {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let (digits, exponent) = match word.find(|c: char| c.is_ascii_alphabetic()) {
            Some(cut) => (&word[..cut], magnitude(&word[cut..])?),
            None => (word, 0),
        };
        let (group, point) = match lang {
            Lang::De => ('.', ','),
            Lang::En => (',', '.'),
        };
        let grouped = digits.split(group).skip(1).all(|g| g.split(point).next().is_some_and(|g| g.len() == 3));
        if !grouped {
            // "3.5" in German text, "3,5" in English: the other convention.
            let text = digits.replace(group, ".");
            return text.parse::<Decimal>().ok().map(|_| (text, exponent));
        }
        let text: String = digits.chars().filter(|c| *c != group).map(|c| if c == point { '.' } else { c }).collect();
        text.parse::<Decimal>().ok()?;
        return Some((text, exponent));
    }
    let n = match word {
        "zwei" | "two" => "2",
        "drei" | "three" => "3",
        "vier" | "four" => "4",
        "fünf" | "five" => "5",
        "sechs" | "six" => "6",
        "sieben" | "seven" => "7",
        "acht" | "eight" => "8",
        "neun" | "nine" => "9",
        "zehn" | "ten" => "10",
        "elf" | "eleven" => "11",
        "zwölf" | "twelve" => "12",
        "eine" | "einer" | "a" | "one" => "1",
        _ => return None,
    };
    Some((n.to_owned(), 0))
}

fn magnitude(word: &str) -> Option<usize> {
    Some(match word.trim_end_matches('.') {
        "tausend" | "thousand" | "k" | "tsd" => 3,
        "million" | "millionen" | "mio" | "m" | "mn" | "millions" => 6,
        "milliarde" | "milliarden" | "mrd" | "billion" | "bn" | "b" | "billions" => 9,
        "trillion" | "tn" => 12,
        _ => return None,
    })
}

fn prefix_currency(word: &str) -> Option<&'static str> {
    let symbol: String = word.chars().take_while(|c| !c.is_ascii_digit()).collect();
    Some(match symbol.as_str() {
        "$" | "us$" | "usd" => "USD",
        "€" | "eur" => "EUR",
        "£" | "gbp" => "GBP",
        "¥" => "JPY",
        "c$" => "CAD",
        "a$" => "AUD",
        _ => return None,
    })
}

/// The unit that a word names: a currency, a measure, persons, or a thing that is counted.
pub(crate) fn unit(view: &View<'_>, i: usize) -> Option<SmolStr> {
    let tree = view.tree();
    let lemma = tree.lemma(i);
    let form = lower(&tree.token(i).form);
    let word = crate::view::last_part(&form);
    let code = match word {
        "dollar" | "dollars" | "$" | "usd" => "USD",
        "euro" | "euros" | "€" => "EUR",
        "pfund" | "pounds" | "pound" => "GBP",
        "rubel" | "rubles" | "roubles" => "RUB",
        "yuan" | "renminbi" => "CNY",
        "yen" => "JPY",
        "won" if tree.token(i).upos == Upos::Noun => "KRW",
        "franken" | "francs" => "CHF",
        "rupien" | "rupees" => "INR",
        "tonne" | "tonnen" | "tons" | "tonnes" => "tonne",
        "barrel" | "barrels" | "fass" => "barrel",
        "prozent" | "percent" | "%" => return None,
        "kubikmeter" => "m3",
        _ => {
            if tree.token(i).upos != Upos::Noun {
                return None;
            }
            let lexicon = view.lexicon();
            let class = ["troops", "person_detained", "weapon", "victim", "diplomat", "labour"]
                .into_iter()
                .find(|c| lexicon.in_class(c, lemma))?;
            return Some(match class {
                "weapon" => lemma.clone(),
                _ => SmolStr::new_static("persons"),
            });
        }
    };
    Some(SmolStr::new_static(code))
}

/// The amount that belongs to the event: in its phrase, its object or its clause.
pub(crate) fn of_event(view: &View<'_>, amounts: &[Amount], at: usize) -> Option<Amount> {
    let tree = view.tree();
    let clause = tree.clause(at);
    let inside = |a: &&Amount| (a.first..=a.last).any(|t| tree.below(t, at));
    let in_clause = |a: &&Amount| {
        (a.first..=a.last).any(|t| tree.clause(t) == clause)
            && tree.head(at).is_none_or(|h| h == clause || tree.token(at).rel == Rel::Conj)
    };
    amounts.iter().find(inside).or_else(|| amounts.iter().find(in_clause)).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, text: &str, expected: &str) {
        let forms: Vec<SmolStr> = text.to_lowercase().split_whitespace().map(Into::into).collect();
        let unit = |i: usize| matches!(forms[i].as_str(), "us-dollar" | "euro" | "dollars").then(|| SmolStr::new("X"));
        let found = amounts(&forms, lang, unit);
        let shown: Vec<String> = found.iter().map(|a| format!("{} {}", a.value.as_str(), a.unit)).collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    #[test]
    fn figures() {
        check(Lang::De, "nur 48 Millionen US-Dollar betrug", "48000000 X");
        check(Lang::De, "1,2 Milliarden Euro und 10.000 Euro", "1200000000 X; 10000 X");
        check(Lang::En, "$2.5 billion in aid", "2500000000 USD");
        check(Lang::En, "some 1,250 dollars", "1250 X");
        check(Lang::En, "us$ 48 million", "48000000 USD");
        check(Lang::En, "€3.5bn", "3500000000 EUR");
        check(Lang::En, "in 2019 nobody paid", "");
    }
}
