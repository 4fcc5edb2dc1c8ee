//! Points that belong to a word: abbreviations, initials, German ordinals.

use crate::lang::Lang;

const GERMAN: &[&str] = &[
    "dr", "prof", "hr", "fr", "st", "nr", "bzw", "ca", "z.b", "z", "b", "u", "a", "d.h", "d", "h", "usw", "etc", "vgl",
    "str", "mio", "mrd", "tsd", "evtl", "ggf", "inkl", "abs", "art", "sog", "bspw", "jr", "sen", "gen", "gez", "geb",
    "gest", "u.a", "o.ä", "s.o", "s.u", "v.a", "i.d.r", "m.e", "jan", "feb", "apr", "jul", "aug", "sept", "sep", "okt",
    "nov", "dez", "max", "min", "tel", "ing", "dipl", "co", "u.s", "v.chr", "n.chr", "chr", "rd", "vs", "lt", "allg",
    "ehem", "einschl", "zzt", "z.zt", "kgl", "bes", "ev", "kath", "hl", "op",
];
const ENGLISH: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "sgt", "capt", "cmdr", "adm", "sen", "rep", "gov", "pres",
    "st", "jr", "sr", "inc", "corp", "ltd", "co", "bros", "dept", "vs", "etc", "e.g", "i.e", "u.s", "u.k", "u.n",
    "d.c", "a.m", "p.m", "no", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
    "mt", "ft", "approx", "est", "fig", "rev", "hon", "maj", "u.s.a", "ph.d", "al", "ave", "messrs", "brig", "supt",
    "ex", "u.s.s.r",
];
const MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "märz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
];
/// Abbreviations that often end a sentence.
const FINAL: &[&str] =
    &["etc", "usw", "u.s", "u.s.a", "inc", "corp", "ltd", "co", "jr", "p.m", "a.m", "d.c", "u.k", "u.n"];

/// Whether the point behind `word` belongs to it, given the text that follows.
pub(crate) fn keeps_point(word: &str, lang: Lang, next: &str) -> bool {
    let lower = word.to_lowercase();
    let core = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    let list = match lang {
        Lang::De => GERMAN,
        Lang::En => ENGLISH,
    };
    let single_sentence_letter = lang == Lang::En && core == "i";
    if next.is_empty() && !FINAL.contains(&core) && !core.contains('.') {
        return false;
    }
    if list.contains(&core) {
        // "No." and "art" are words too.
        let word_too = matches!(
            core,
            "no" | "co" | "art" | "max" | "min" | "op" | "ex" | "al" | "a" | "u" | "d" | "h" | "b" | "z"
        );
        return !word_too || core != "no" || next.starts_with(|c: char| c.is_ascii_digit());
    }
    let letters = core.chars().count();
    // Initials: "J. Biden", "Kim J. Un"; and chains with inner points: "U.S.S.R".
    if letters == 1 && core.chars().all(char::is_alphabetic) && word.starts_with(char::is_uppercase) {
        return !single_sentence_letter && next.starts_with(char::is_uppercase);
    }
    if core.contains('.') && core.split('.').all(|p| p.chars().count() == 1 && p.chars().all(char::is_alphabetic)) {
        return true;
    }
    if lang == Lang::De && !core.is_empty() && core.bytes().all(|b| b.is_ascii_digit()) {
        return ordinal(core, next);
    }
    false
}

/// "am 3. Mai", "im 19. Jahrhundert": a small number before a month, a noun or a small letter. A year ends its sentence.
fn ordinal(digits: &str, next: &str) -> bool {
    let word: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
    if word.is_empty() {
        return false;
    }
    if word.starts_with(char::is_lowercase) || MONTHS.contains(&word.to_lowercase().as_str()) {
        return true;
    }
    digits.len() <= 2
        && !matches!(
            word.as_str(),
            "Der"
                | "Die"
                | "Das"
                | "Es"
                | "Er"
                | "Sie"
                | "Ein"
                | "Eine"
                | "In"
                | "Im"
                | "Am"
                | "Auch"
                | "Dabei"
                | "Danach"
                | "Damit"
                | "Zuvor"
                | "Nach"
                | "Mit"
                | "Für"
                | "Auf"
                | "Bei"
                | "Wie"
                | "Zu"
                | "Von"
                | "Insgesamt"
                | "Laut"
                | "Seit"
                | "Und"
                | "Aber"
                | "Doch"
                | "Dies"
        )
}

/// Whether a word that keeps its point can also end the sentence here.
pub(crate) fn may_end(word: &str, next: &str, lang: Lang) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    if !FINAL.contains(&lower.as_str()) {
        return false;
    }
    let starters: &[&str] = match lang {
        Lang::De => &[
            "Der", "Die", "Das", "Es", "Er", "Sie", "Ein", "Eine", "In", "Im", "Am", "Auch", "Doch", "Aber", "Damit",
            "Dabei",
        ],
        Lang::En => &[
            "The", "A", "An", "He", "She", "It", "They", "We", "In", "On", "But", "And", "This", "That", "His", "Her",
            "Its", "There",
        ],
    };
    starters.contains(&next)
}
