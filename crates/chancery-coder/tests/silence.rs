//! Nothing is dropped silently: every sentence that names two states yields a claim, an assessment or an abstention.
//!
//! The names are read from the register's own file, not asked of the coder, so that a mention that the coder overlooks
//! is noticed too.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests read files and the environment

mod common;

use std::collections::{BTreeMap, BTreeSet};

use chancery_text::Lang;

/// Unmistakable names of states, by code.
fn names(lang: &str) -> BTreeMap<String, String> {
    let file = std::fs::read_to_string(common::root().join("data/actors/states.toml")).unwrap();
    let file: toml::Table = file.parse().unwrap();
    let list = |state: &toml::Table, key: &str| -> Vec<String> {
        let values = state.get(key).and_then(|v| v.as_array()).into_iter().flatten();
        values.filter_map(|v| v.as_str()).map(str::to_owned).collect()
    };
    let mut names = BTreeMap::new();
    for state in file["state"].as_array().unwrap().iter().filter_map(|s| s.as_table()) {
        let ambiguous: BTreeSet<String> = list(state, "ambiguous").into_iter().collect();
        // Capitals are the proof: a name of one word that is no other word.
        for name in list(state, &format!("names_{lang}")) {
            if !ambiguous.contains(&name) && name.len() > 4 && name.chars().all(char::is_alphabetic) {
                names.insert(name, state["code"].as_str().unwrap().to_owned());
            }
        }
    }
    names
}

/// States named in a text, as whole words outside longer compounds.
fn named<'a>(text: &str, names: &'a BTreeMap<String, String>) -> BTreeSet<&'a str> {
    let words = text.split(|c: char| !(c.is_alphabetic() || c == '-' || c == '\''));
    words.filter_map(|word| names.get(word)).map(String::as_str).collect()
}

/// Sentences of a text that name two states and of which nothing is said, and how many name two.
fn silent(lang: Lang, text: &str, names: &BTreeMap<String, String>) -> (Vec<String>, usize) {
    let engine = common::engine();
    let coding = engine.code(lang, text, Some("2023-09-12"));
    let analysis = engine.analyse(lang, text);
    let chars: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let quotes = coding.claims.iter().map(|c| &c.quote);
    let quotes = quotes.chain(coding.assessments.iter().map(|a| &a.quote));
    let quotes = quotes.chain(coding.abstentions.iter().map(|a| &a.quote));
    let told: Vec<(usize, usize)> = quotes.map(|q| (chars[q.start as usize], chars[q.end as usize])).collect();
    let (mut silent, mut two) = (Vec::new(), 0);
    for sentence in &analysis.sentences {
        let (start, end) = (sentence.start, sentence.end);
        if named(&text[start..end], names).len() >= 2 {
            two += 1;
            if !told.iter().any(|&(from, to)| from < end && start < to) {
                silent.push(text[start..end].to_owned());
            }
        }
    }
    (silent, two)
}

#[test]
fn no_example_is_passed_over() {
    let mut all = Vec::new();
    let mut two = 0;
    for (lang, name) in common::LANGS {
        let names = names(name);
        for example in common::engine().knowledge.examples(lang) {
            let (found, of) = silent(lang, &example.text, &names);
            all.extend(found);
            two += of;
        }
    }
    assert!(two > 1000, "only {two} examples name two states");
    assert!(all.is_empty(), "{} of {two} sentences say nothing:\n{}", all.len(), all.join("\n"));
}

/// The same on plain news, where the register's names stand in sentences that nobody wrote for a test.
#[test]
fn no_sentence_of_the_news_is_passed_over() {
    let Ok(shared) = std::env::var("CHANCERY_SHARED") else {
        common::say("silence: skipped on news, CHANCERY_SHARED does not name the folder of the corpus");
        return;
    };
    let (mut all, mut two) = (Vec::new(), 0);
    for (lang, name) in common::LANGS {
        let names = names(name);
        let file = std::path::Path::new(&shared).join(format!("corpus/news-{name}.jsonl"));
        let lines = std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let texts = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].clone());
        let texts: Vec<String> = texts.map(|text| text.as_str().unwrap().to_owned()).collect();
        for text in texts.iter().filter(|text| named(text, &names).len() >= 2).take(80) {
            let (found, of) = silent(lang, text, &names);
            all.extend(found);
            two += of;
        }
    }
    assert!(two > 40, "only {two} sentences name two states");
    assert!(all.is_empty(), "{} of {two} sentences say nothing:\n{}", all.len(), all.join("\n"));
}
