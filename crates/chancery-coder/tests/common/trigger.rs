//! Where the trigger of a lexicon row stands in its example.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chancery_text::{Lang, Sentence, Token};

/// German particles that part from their verbs, longest first where one begins another.
const PARTICLES: &[&str] = &[
    "auseinander",
    "entgegen",
    "gegenüber",
    "gleich",
    "herab",
    "heran",
    "herauf",
    "heraus",
    "herbei",
    "herein",
    "hervor",
    "herum",
    "herunter",
    "hinaus",
    "hinein",
    "hinweg",
    "hinzu",
    "nieder",
    "vorbei",
    "voran",
    "voraus",
    "vorüber",
    "wieder",
    "zurecht",
    "zurück",
    "zusammen",
    "zusammen",
    "dazwischen",
    "davon",
    "durch",
    "empor",
    "fern",
    "fest",
    "fort",
    "frei",
    "gut",
    "her",
    "hin",
    "hoch",
    "klar",
    "kalt",
    "lahm",
    "los",
    "mit",
    "nach",
    "nahe",
    "näher",
    "preis",
    "richtig",
    "statt",
    "stand",
    "still",
    "teil",
    "um",
    "unter",
    "über",
    "vor",
    "weg",
    "weiter",
    "zu",
    "ab",
    "an",
    "auf",
    "aus",
    "bei",
    "ein",
    "offen",
    "bloß",
    "bereit",
    "krank",
    "tot",
    "kennen",
    "bekannt",
    "entlang",
    "bevor",
    "heim",
    "überein",
];

/// The words of the example that the trigger `lemma` covers, as (sentence, word).
pub(crate) fn words(sentences: &[Sentence], lang: Lang, lemma: &str, pos: &str) -> BTreeSet<(usize, usize)> {
    let parts: Vec<&str> = lemma.split_whitespace().collect();
    let mut out = BTreeSet::new();
    for (s, sentence) in sentences.iter().enumerate() {
        let found: Vec<Vec<usize>> = parts
            .iter()
            .map(|part| (0..sentence.tokens.len()).filter(|t| is(&sentence.tokens[*t], part, pos)).collect())
            .collect();
        if let Some(run) = hyphenated(sentence, lemma) {
            out.extend(run.map(|t| (s, t)));
        } else if found.iter().all(|at| !at.is_empty()) {
            out.extend(found.into_iter().flatten().map(|t| (s, t)));
        } else if lang == Lang::De && pos == "verb" {
            out.extend(parted(sentence, lemma).into_iter().map(|t| (s, t)));
        }
    }
    out
}

/// "Ukraine-Krieg" and "de-escalate" may be read as several words.
fn hyphenated(sentence: &Sentence, lemma: &str) -> Option<std::ops::Range<usize>> {
    let parts: Vec<&str> = lemma.split_inclusive('-').collect();
    if parts.len() < 2 {
        return None;
    }
    let lemma = lemma.to_lowercase();
    let stem = lemma.strip_suffix('e').unwrap_or(&lemma);
    (0..sentence.tokens.len()).find_map(|from| {
        let mut run = String::new();
        (from..sentence.tokens.len().min(from + 2 * parts.len())).find_map(|to| {
            run.push_str(&sentence.tokens[to].form.to_lowercase());
            run.starts_with(stem).then_some(from..to + 1)
        })
    })
}

/// A verb parted from its particle: "lehnte … ab".
fn parted(sentence: &Sentence, lemma: &str) -> Vec<usize> {
    for particle in PARTICLES {
        let Some(verb) = lemma.strip_prefix(particle) else { continue };
        let verbs: Vec<usize> = (0..sentence.tokens.len()).filter(|t| is(&sentence.tokens[*t], verb, "verb")).collect();
        let loose = sentence.tokens.iter().position(|t| t.form.to_lowercase() == *particle);
        if let (false, Some(loose)) = (verbs.is_empty(), loose) {
            return verbs.into_iter().chain([loose]).collect();
        }
    }
    Vec::new()
}

/// Whether a word is a form of the lemma: by the lemma that the analysis gives, or by its consonants, which survive
/// inflection ("sprechen", "sprach", "gesprochen"), so that a wrong lemma does not hide a word that stands there.
fn is(token: &Token, lemma: &str, pos: &str) -> bool {
    let (form, lemma) = (token.form.to_lowercase(), lemma.to_lowercase());
    if token.lemma.to_lowercase() == lemma || form == lemma {
        return true;
    }
    if pos == "verb" && strong(&lemma).any(|past| form.strip_prefix(past.as_str()).is_some_and(|end| end.len() < 4)) {
        return true;
    }
    // A noun may be the last part of a compound.
    if pos == "noun" && (form.contains(&lemma) || token.lemma.to_lowercase().ends_with(&lemma)) {
        return true;
    }
    let stem = lemma.strip_suffix("en").or_else(|| lemma.strip_suffix('n')).or_else(|| lemma.strip_suffix('e'));
    let stem = stem.unwrap_or(&lemma);
    if stem.chars().count() > 2 && form.starts_with(stem) {
        return true;
    }
    let stem = consonants(stem);
    let bare = form.strip_prefix("ge").map(consonants);
    let begins = |word: &str| word.starts_with(&stem) || stem.strip_suffix('y').is_some_and(|s| word.starts_with(s));
    stem.chars().count() > 1
        && (begins(&consonants(&form)) || bare.is_some_and(|b| begins(&b)) || infixed(&form, &stem))
}

/// "ab-ge-lehnt", "ab-zu-lehnen": the consonants without what stands between particle and verb.
fn infixed(form: &str, stem: &str) -> bool {
    ["ge", "zu"].iter().any(|infix| {
        form.match_indices(infix).any(|(at, _)| {
            let (before, after) = (&form[..at], &form[at + infix.len()..]);
            consonants(&format!("{before}{after}")).starts_with(stem)
        })
    })
}

/// The past forms of a German strong verb, as the table of verbs for the training of the models has them.
fn strong(infinitive: &str) -> impl Iterator<Item = &'static String> {
    static TABLE: OnceLock<Vec<(String, Vec<String>)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let file = super::root().join("data/lexicons/de/verbs.tsv");
        let text = std::fs::read_to_string(file).expect("the table of strong verbs");
        let row = |line: &str| {
            let mut cells = line.split('\t').map(str::to_owned);
            Some((cells.next()?, cells.flat_map(|c| c.split('/').map(str::to_owned).collect::<Vec<_>>()).collect()))
        };
        text.lines().filter(|l| !l.starts_with('#')).filter_map(row).collect()
    });
    table.iter().filter(move |(verb, _)| verb == infinitive).flat_map(|(_, forms)| forms)
}

/// What inflection leaves alone; *leave* and *left* count as one.
fn consonants(word: &str) -> String {
    word.chars().filter(|c| !"aeiouäöü".contains(*c)).map(|c| if c == 'v' { 'f' } else { c }).collect()
}
