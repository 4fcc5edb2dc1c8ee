//! `xtask coverage`: of the predicates that link two known actors in the corpus, how many the lexicons list.

mod links;
mod names;
mod rows;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chancery_text::{Lang, Model, Upos};
use serde_json::Value;

use crate::args::Args;
use crate::coverage::names::Names;
use crate::coverage::rows::{Listed, Rows, predicate};
use crate::error::TaskError;
use crate::{places, report};

pub(crate) const HELP: &str = "\
usage: cargo xtask coverage [--lang de|en] [--top N] [--documents N] [--no-page]

Reads $CHANCERY_SHARED/corpus/news-de.jsonl and news-en.jsonl. A predicate links two known actors when it is the lowest
verb, noun or predicative adjective that stands over both in the tree, and one of the two at least is a state or body.
An adjective of nationality before a noun that names nobody (Russian gas) is a party of that noun alone. Counts by token
how many of them are in a lexicon (data/lexicons) or listed there as no event, prints the most frequent that are not,
each with a sentence, and writes bench/coverage.md (without sentences: they are not the project's).

  --lang de|en    one language alone; writes no page
  --top N         print N missing predicates for each language [default: 60]
  --documents N   only the first N documents of each language; writes no page
  --no-page       leave bench/coverage.md as it is
";

/// The share that is asked for.
const FLOOR: f64 = 0.85;
/// How many missing predicates the page names.
const NAMED: usize = 40;

/// What was counted in one language.
#[derive(Debug, Default)]
struct Counts {
    sentences: usize,
    linking: usize,
    /// Verbs, then nouns and adjectives: listed as what, or not.
    verbs: BTreeMap<Option<Listed>, usize>,
    nominals: BTreeMap<Option<Listed>, usize>,
    /// Missing predicates with how often, and the first sentence.
    missing: BTreeMap<String, (usize, String)>,
}

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--lang", "--top", "--documents", "--no-page"])?;
    let top = args.number_or("--top", 60)? as usize;
    let only =
        args.one("--lang").map(|l| l.parse::<Lang>().map_err(|e| TaskError::Usage(e.to_string()))).transpose()?;
    let documents = args.number("--documents")?;
    let mut page = format!("{}\n\n{}", report::stamp(), header());
    let mut lists = String::new();
    for lang in [Lang::De, Lang::En].into_iter().filter(|l| only.is_none_or(|only| only == *l)) {
        let counts = count(lang, documents.map_or(usize::MAX, |n| n as usize))?;
        page.push_str(&line(lang, &counts));
        let missing = by_frequency(&counts);
        println!("\n{lang}: {} missing predicates, the most frequent:", missing.len());
        for (predicate, (n, sentence)) in missing.iter().take(top) {
            println!("{n:5}  {predicate:28} {sentence}");
        }
        let named: Vec<String> = missing.iter().take(NAMED).map(|(p, (n, _))| format!("{p} ({n})")).collect();
        let _ = write!(lists, "\n\nMost frequent that are not listed, {lang}: {}.", named.join(", "));
    }
    println!("\n{page}");
    if only.is_none() && documents.is_none() && !args.has("--no-page") {
        report::rewrite("coverage.md", "coverage", "Coverage of the lexicons", &format!("{page}{lists}"))?;
    }
    Ok(())
}

fn count(lang: Lang, most: usize) -> Result<Counts, TaskError> {
    let path = places::shared(&format!("corpus/news-{lang}.jsonl"))?;
    let text = places::read(&path)?;
    let no_model = || TaskError::input(format!("data/models/{lang}"), "no model that can be read");
    let bytes = chancery_data::model(lang.as_str()).ok_or_else(no_model)?;
    let model = Model::from_bytes(bytes).map_err(|_| no_model())?;
    let (names, rows) = (Names::read(lang)?, Rows::read(lang));
    let documents: Vec<&str> = text.lines().take(most).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = documents.len().div_ceil(threads).max(1);
    let parts: Vec<Result<Counts, TaskError>> = std::thread::scope(|scope| {
        let work = documents.chunks(share).map(|part| scope.spawn(|| part_of(part, lang, &model, &names, &rows)));
        let running: Vec<_> = work.collect();
        let lost = |_| Err(TaskError::program("coverage", "a thread panicked"));
        running.into_iter().map(|thread| thread.join().unwrap_or_else(lost)).collect()
    });
    let mut all = Counts::default();
    for part in parts {
        all.add(part?);
    }
    Ok(all)
}

fn part_of(documents: &[&str], lang: Lang, model: &Model, names: &Names, rows: &Rows) -> Result<Counts, TaskError> {
    let mut counts = Counts::default();
    for line in documents {
        let document: Value =
            serde_json::from_str(line).map_err(|e| TaskError::input(format!("news-{lang}.jsonl"), e.to_string()))?;
        let text = document["text"].as_str().unwrap_or_default();
        for sentence in &chancery_text::analyse(text, model).sentences {
            counts.sentences += 1;
            let mentions = names.mentions(sentence);
            let linking = links::links(sentence, &mentions, |lemma| rows.role(lang, lemma));
            counts.linking += usize::from(!linking.is_empty());
            for at in linking {
                let listed = rows.listed(sentence, at, lang);
                let verb = matches!(sentence.tokens[at].upos, Upos::Verb | Upos::Aux);
                let tally = if verb { &mut counts.verbs } else { &mut counts.nominals };
                *tally.entry(listed).or_default() += 1;
                if listed.is_none() {
                    let name = format!("{} {}", predicate(sentence, at), if verb { "verb" } else { "noun" });
                    let words = || text[sentence.start..sentence.end].split_whitespace().collect::<Vec<_>>().join(" ");
                    counts.missing.entry(name).or_insert_with(|| (0, words())).0 += 1;
                }
            }
        }
    }
    Ok(counts)
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.linking += other.linking;
        for (listed, n) in other.verbs {
            *self.verbs.entry(listed).or_default() += n;
        }
        for (listed, n) in other.nominals {
            *self.nominals.entry(listed).or_default() += n;
        }
        for (predicate, (n, sentence)) in other.missing {
            self.missing.entry(predicate).or_insert((0, sentence)).0 += n;
        }
    }
}

fn by_frequency(counts: &Counts) -> Vec<(&String, &(usize, String))> {
    let mut missing: Vec<_> = counts.missing.iter().collect();
    missing.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    missing
}

fn header() -> String {
    "| | sentences | with a link | predicates | in an event row | listed as no event | embedding | assessment | not listed \
     | covered | floor |\n|---|---|---|---|---|---|---|---|---|---|---|\n"
        .to_owned()
}

fn line(lang: Lang, counts: &Counts) -> String {
    let mut out = String::new();
    let mut all = counts.verbs.clone();
    for (listed, n) in &counts.nominals {
        *all.entry(*listed).or_default() += n;
    }
    for (what, tally, floor) in
        [("all", &all, Some(FLOOR)), ("verbs", &counts.verbs, None), ("nouns, adjectives", &counts.nominals, None)]
    {
        let n = |listed: Option<Listed>| tally.get(&listed).copied().unwrap_or_default();
        let total: usize = tally.values().sum();
        let covered = if total == 0 { 0.0 } else { (total - n(None)) as f64 / total as f64 };
        let floor = floor.map_or_else(String::new, |floor| {
            format!("{:.0} %: {}", floor * 100.0, if covered >= floor { "met" } else { "not met" })
        });
        let _ = writeln!(
            out,
            "| {lang}, {what} | {} | {} | {total} | {} | {} | {} | {} | {} | {:.1} % | {floor} |",
            counts.sentences,
            counts.linking,
            n(Some(Listed::Event)),
            n(Some(Listed::NoEvent)),
            n(Some(Listed::Embedding)),
            n(Some(Listed::Assessment)),
            n(None),
            covered * 100.0,
        );
    }
    out
}
