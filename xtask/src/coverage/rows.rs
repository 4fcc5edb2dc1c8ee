//! Which predicates the lexicons list, by dictionary form and part of speech. Conditions of rows are not looked at: a
//! listed predicate was considered, whether or not one of its rows fits here.

use std::collections::BTreeMap;

use chancery_data::FILES;
use chancery_text::{Lang, Rel, Sentence, Sub, Upos};

/// How a predicate is listed; the first that applies counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listed {
    Event,
    NoEvent,
    Embedding,
    Assessment,
}

/// Verb, noun or adjective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adj,
}

/// Kinds of role nouns that do not speak for their state (`data/actors/roles.*.tsv`).
const NONSTATE: [&str; 8] = ["party", "media", "company", "people", "rebel", "expert", "organisation", "victim"];

/// The other words of a predicate of several, and where it is listed.
type Phrase = (Vec<String>, Listed);

/// The predicates of one language.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Single words.
    words: BTreeMap<(Pos, String), Listed>,
    /// "call on", "peace talks": the word that carries it → the other words.
    phrases: BTreeMap<(Pos, String), Vec<Phrase>>,
    /// Nouns that name organs and people, and whether they speak for their state: they are parties, no predicates.
    roles: BTreeMap<String, bool>,
}

impl Rows {
    pub(crate) fn read(lang: Lang) -> Self {
        let mut rows = Self::default();
        let lexicons = format!("lexicons/{lang}/");
        let roles = format!("actors/roles.{lang}.tsv");
        for (path, text) in FILES {
            let kind = match path.strip_prefix(&lexicons) {
                Some(name) if name.starts_with("events") => Listed::Event,
                Some("embedding.tsv") => Listed::Embedding,
                Some("assessments.tsv") => Listed::Assessment,
                _ if *path == roles => {
                    let cells = lines(text).filter_map(|l| l.split_once('\t')?.1.split('\t').next().map(|k| (l, k)));
                    let role = |(line, kind): (&str, &str)| {
                        let lemma = line.split('\t').next().unwrap_or_default().to_lowercase();
                        (lemma, !NONSTATE.contains(&kind))
                    };
                    rows.roles.extend(cells.map(role));
                    continue;
                }
                _ => continue,
            };
            for line in lines(text) {
                rows.add(line, kind);
            }
        }
        rows
    }

    fn add(&mut self, line: &str, kind: Listed) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [lemma, pos, _, what, ..] = cells[..] else { return };
        let pos = match pos {
            "verb" => Pos::Verb,
            "noun" => Pos::Noun,
            "adj" => Pos::Adj,
            _ => return,
        };
        let kind = if kind == Listed::Event && what == "NONE" { Listed::NoEvent } else { kind };
        let mut words: Vec<String> = lemma.to_lowercase().split(' ').map(str::to_owned).collect();
        let head = if pos == Pos::Noun { words.pop() } else { (!words.is_empty()).then(|| words.remove(0)) };
        let Some(head) = head else { return };
        if words.is_empty() {
            let held = self.words.entry((pos, head)).or_insert(kind);
            *held = kind.min(*held);
        } else {
            self.phrases.entry((pos, head)).or_default().push((words, kind));
        }
    }

    /// Whether a noun names an organ or people, and if so, whether that speaks for its state.
    pub(crate) fn role(&self, lang: Lang, lemma: &str) -> Option<bool> {
        let last = lemma.rsplit(['-', '‑', '–']).next().unwrap_or(lemma);
        let tail = || tails(last).find_map(|tail| self.roles.get(tail));
        self.roles.get(last).or_else(|| if lang == Lang::De { tail() } else { None }).copied()
    }

    /// How the predicate at a word is listed.
    pub(crate) fn listed(&self, sentence: &Sentence, at: usize, lang: Lang) -> Option<Listed> {
        let token = &sentence.tokens[at];
        let pos = match token.upos {
            Upos::Verb | Upos::Aux => Pos::Verb,
            Upos::Adj => Pos::Adj,
            _ => Pos::Noun,
        };
        let lemma = predicate(sentence, at);
        let form = token.form.to_lowercase();
        let phrase = |head: &str| {
            let (_, kind) =
                self.phrases.get(&(pos, head.to_owned()))?.iter().find(|(words, _)| holds(sentence, at, pos, words))?;
            Some(*kind)
        };
        let word = |pos: Pos, lemma: &str| self.words.get(&(pos, lemma.to_owned())).copied();
        let simple = token.lemma.to_lowercase();
        let mut found = phrase(&simple).or_else(|| word(pos, &lemma)).or_else(|| word(pos, &form));
        if pos == Pos::Adj {
            found = found.or_else(|| word(Pos::Verb, &lemma));
        }
        if pos == Pos::Noun {
            let last = lemma.rsplit(['-', '‑', '–']).next().unwrap_or(&lemma).to_owned();
            found = found.or_else(|| word(pos, &last));
            if lang == Lang::De {
                found = found.or_else(|| tails(&last).find_map(|tail| word(pos, tail)));
            }
        }
        found
    }
}

/// The lower-case dictionary form of a predicate, a separated German particle joined ("griff … an": *angreifen*).
pub(crate) fn predicate(sentence: &Sentence, at: usize) -> String {
    let lemma = sentence.tokens[at].lemma.to_lowercase();
    let particle = sentence.children(at).find(|c| sentence.tokens[*c].sub == Sub::Prt);
    match particle.map(|c| sentence.tokens[c].form.to_lowercase()) {
        Some(particle) if !lemma.starts_with(&particle) && sentence.tokens[at].upos == Upos::Verb => {
            format!("{particle}{lemma}")
        }
        _ => lemma,
    }
}

/// Whether the other words of a listed phrase are there: before a noun, after or below a verb.
fn holds(sentence: &Sentence, at: usize, pos: Pos, words: &[String]) -> bool {
    let tokens = &sentence.tokens;
    let is = |i: usize, word: &str| {
        tokens.get(i).is_some_and(|t| t.form.to_lowercase() == word || t.lemma.to_lowercase() == word)
    };
    if pos == Pos::Noun {
        return words.iter().rev().enumerate().all(|(n, word)| at.checked_sub(n + 1).is_some_and(|i| is(i, word)));
    }
    let below = |word: &str| {
        sentence
            .children(at)
            .any(|c| is(c, word) || sentence.children(c).any(|case| tokens[case].rel == Rel::Case && is(case, word)))
    };
    words.iter().all(|word| (at + 1..at + 5).any(|i| is(i, word)) || below(word))
}

/// Last parts of a German compound, longest first.
fn tails(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().skip(3).map(|(at, _)| &word[at..]).take_while(|tail| tail.chars().count() >= 4)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).skip(1)
}
