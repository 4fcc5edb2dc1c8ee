//! `xtask eval-parse`: the CoNLL 2018 measures, the relations that coding lives on, mood, sentence boundaries, speed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery_text::train::train;
use chancery_text::{Block, Lang, Model, analyse, parse_conllu, read_conllu, write_conllu};

use crate::args::Args;
use crate::train as training;

/// Relations reported one by one.
const RELATIONS: &[&str] = &[
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "aux",
    "aux:pass",
    "nmod",
    "amod",
    "appos",
    "flat",
    "conj",
    "compound:prt",
    "advmod",
    "case",
    "mark",
];

/// Counts of right, predicted and expected.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    system: usize,
    gold: usize,
}

impl Tally {
    fn add(&mut self, system: bool, gold: bool, right: bool) {
        self.system += usize::from(system);
        self.gold += usize::from(gold);
        self.right += usize::from(right);
    }

    fn f1(self) -> f64 {
        if self.system + self.gold == 0 { 0.0 } else { 200.0 * self.right as f64 / (self.system + self.gold) as f64 }
    }

    fn join(&mut self, other: Self) {
        self.right += other.right;
        self.system += other.system;
        self.gold += other.gold;
    }
}

/// All measures.
#[derive(Clone, Default)]
pub(crate) struct Scores {
    by_name: BTreeMap<String, Tally>,
}

impl Scores {
    fn add(&mut self, name: &str, system: bool, gold: bool, right: bool) {
        self.by_name.entry(name.to_owned()).or_default().add(system, gold, right);
    }

    fn join(&mut self, other: &Self) {
        for (name, tally) in &other.by_name {
            self.by_name.entry(name.clone()).or_default().join(*tally);
        }
    }

    fn f1(&self, name: &str) -> f64 {
        self.by_name.get(name).copied().unwrap_or_default().f1()
    }

    fn gold(&self, name: &str) -> usize {
        self.by_name.get(name).map_or(0, |t| t.gold)
    }
}

/// A relation without its subtype.
pub(crate) fn base(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

/// The value of a feature.
pub(crate) fn feature<'a>(feats: &'a str, name: &str) -> Option<&'a str> {
    feats.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Compares sentences with the same tokens.
pub(crate) fn compare(gold: &[Block], system: &[Block]) -> Scores {
    let mut out = Scores::default();
    for (g, s) in gold.iter().zip(system) {
        for (a, b) in g.rows.iter().zip(&s.rows) {
            out.add("UPOS", true, true, a.upos == b.upos);
            out.add("Lemma", true, true, a.lemma == b.lemma || a.lemma == "_");
            let arc = a.head == b.head;
            out.add("UAS", true, true, arc);
            out.add("LAS", true, true, arc && base(&a.deprel) == base(&b.deprel));
            let (x, y) = (feature(&a.feats, "Mood") == Some("Sub"), feature(&b.feats, "Mood") == Some("Sub"));
            out.add("Mood=Sub", y, x, x && y);
            for name in RELATIONS {
                let full = name.contains(':') || matches!(*name, "nsubj" | "obl" | "aux");
                let is = |deprel: &str| if full { deprel == *name } else { base(deprel) == *name };
                let (x, y) = (is(&a.deprel), is(&b.deprel));
                out.add(name, y, x, x && y && arc);
            }
            let negation = |r: &chancery_text::Row| feature(&r.feats, "Polarity") == Some("Neg");
            out.add("negation", negation(b), negation(a), negation(a) && negation(b) && arc);
        }
    }
    out
}

/// Parses gold tokens and compares.
fn on_gold_tokens(gold: &[Block], conllu: &str, model: &Model) -> (Scores, f64) {
    let start = Instant::now();
    let system = read_conllu(&parse_conllu(conllu, model));
    let seconds = start.elapsed().as_secs_f64();
    let words: usize = gold.iter().map(|b| b.rows.len()).sum();
    (compare(gold, &system), words as f64 / seconds)
}

/// A word by its place: first and last solid character, and its number among the words that share them.
type Word = (usize, usize, usize);

/// Whole way from raw text: tokens, sentences, tags and trees, aligned by characters.
///
/// Sentences of the treebank are joined as running text; a document begins a paragraph.
fn on_raw_text(gold: &[Block], model: &Model) -> (Scores, f64) {
    let mut text = String::new();
    for block in gold {
        if block.comments.iter().any(|c| c.starts_with("# newdoc") || c.starts_with("# newpar")) && !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(block.text().unwrap_or_default());
        text.push(' ');
    }
    let start = Instant::now();
    let analysis = analyse(&text, model);
    let seconds = start.elapsed().as_secs_f64();
    // Positions count characters that are not white space.
    let mut position = vec![0usize; text.len() + 1];
    let mut count = 0;
    for (i, c) in text.char_indices() {
        position[i] = count;
        count += usize::from(!c.is_whitespace());
    }
    position[text.len()] = count;
    for i in (0..text.len()).rev() {
        if !text.is_char_boundary(i) {
            position[i] = position[i + 1];
        }
    }
    let mut system: BTreeMap<Word, (String, Option<Word>, String, String)> = BTreeMap::new();
    let mut system_ends = BTreeSet::new();
    let mut words = 0;
    for sentence in &analysis.sentences {
        let mut keys: Vec<Word> = Vec::new();
        for token in &sentence.tokens {
            let (a, b) = (position[token.start as usize], position[token.end as usize]);
            let part = keys.iter().rev().take_while(|k| (k.0, k.1) == (a, b)).count();
            keys.push((a, b, part));
        }
        words += keys.len();
        for (key, token) in keys.iter().zip(&sentence.tokens) {
            let head = token.head.map(|h| keys[h as usize]);
            system.insert(*key, (token.rel.to_string(), head, token.upos.to_string(), token.lemma.to_string()));
        }
        if let Some(last) = keys.last() {
            system_ends.insert((keys[0].0, last.1));
        }
    }
    let mut out = Scores::default();
    let mut at = 0;
    for block in gold {
        let begin = at;
        let mut keys: Vec<Word> = Vec::new();
        let mut i = 0;
        while i < block.rows.len() {
            let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
            // English clitics have spans of their own, German contractions share one.
            let parts =
                |from: usize, to: usize| block.rows[from..=to].iter().map(|r| r.form.as_str()).collect::<String>();
            let range = block.ranges.iter().find(|r| r.0 == i && parts(r.0, r.1) != r.2);
            if let Some((from, to, form, _)) = range {
                let end = at + solid(form);
                keys.extend((*from..=*to).map(|k| (at, end, k - from)));
                (at, i) = (end, to + 1);
            } else {
                let end = at + solid(&block.rows[i].form);
                keys.push((at, end, 0));
                (at, i) = (end, i + 1);
            }
        }
        for (key, row) in keys.iter().zip(&block.rows) {
            let head = (row.head > 0).then(|| keys[row.head - 1]);
            let found = system.get(key);
            out.add("Words", false, true, found.is_some());
            out.add("UPOS", false, true, found.is_some_and(|f| f.2 == row.upos));
            out.add("Lemma", false, true, found.is_some_and(|f| f.3 == row.lemma));
            out.add("UAS", false, true, found.is_some_and(|f| f.1 == head));
            out.add("LAS", false, true, found.is_some_and(|f| f.1 == head && f.0 == base(&row.deprel)));
        }
        out.add("Sentences", false, true, system_ends.contains(&(begin, at)));
    }
    for name in ["Words", "UPOS", "Lemma", "UAS", "LAS"] {
        out.by_name.entry(name.to_owned()).or_default().system = words;
    }
    out.by_name.entry("Sentences".to_owned()).or_default().system = system_ends.len();
    (out, words as f64 / seconds)
}

/// A model that lives as long as the program.
fn model(bytes: Vec<u8>) -> Result<Model, String> {
    Model::from_bytes(Vec::leak(bytes)).map_err(|e| e.to_string())
}

fn conllu(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        for (i, row) in block.rows.iter().enumerate() {
            let _ = writeln!(out, "{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_", i + 1, row.form);
        }
        out.push('\n');
    }
    out
}

/// Keeps what a fold was trained and tried on, and its model, so that other programs can be measured on the same.
fn keep(folder: &Path, inside: &[Block], outside: &[Block], model: &[u8]) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let (inside, outside) = (write_conllu(inside), write_conllu(outside));
    let files = [("train.conllu", inside.as_bytes()), ("test.conllu", outside.as_bytes()), ("model.bin", model)];
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    Ok(())
}

/// The report in Markdown.
fn report(title: &str, words: usize, gold: &(Scores, f64), raw: Option<&(Scores, f64)>) -> String {
    let mut out =
        format!("## {title}\n\n{words} words; CoNLL 2018 measures (relations without subtypes), F1 in per cent.\n\n");
    let _ = writeln!(
        out,
        "| | UPOS | lemma | UAS | LAS | Mood=Sub | sentences | tokens | words/s |\n|---|---|---|---|---|---|---|---|---|"
    );
    let s = &gold.0;
    let mood = if s.gold("Mood=Sub") > 20 { format!("{:.1}", s.f1("Mood=Sub")) } else { "–".to_owned() };
    let _ = writeln!(
        out,
        "| gold tokens | {:.2} | {:.2} | {:.2} | {:.2} | {mood} | – | – | {:.0} |",
        s.f1("UPOS"),
        s.f1("Lemma"),
        s.f1("UAS"),
        s.f1("LAS"),
        gold.1
    );
    if let Some((s, speed)) = raw {
        let _ = writeln!(
            out,
            "| raw text | {:.2} | {:.2} | {:.2} | {:.2} | – | {:.1} | {:.2} | {speed:.0} |",
            s.f1("UPOS"),
            s.f1("Lemma"),
            s.f1("UAS"),
            s.f1("LAS"),
            s.f1("Sentences"),
            s.f1("Words")
        );
    }
    out.push_str("\n| relation | F1 | in gold |\n|---|---|---|\n");
    for name in RELATIONS.iter().chain(&["negation"]).filter(|n| s.gold(n) > 0) {
        let _ = writeln!(out, "| {name} | {:.1} | {} |", s.f1(name), s.gold(name));
    }
    out.push('\n');
    out
}

/// Runs the command: `--model FILE --test FILE…`, or `--folds N --treebank FILE…` for cross-validation.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let lang: Lang = args.one("--lang").ok_or("--lang de|en is missing")?.parse().map_err(|e| format!("{e}"))?;
    let files = |name: &str| args.many(name).into_iter().map(PathBuf::from).collect::<Vec<_>>();
    let title = args.one("--title").unwrap_or("Parsing").to_owned();
    if let Some(folds) = args.number("--folds")? {
        let all = training::treebank(lang, &files("--treebank"))?;
        let always = training::treebank(lang, &files("--always"))?;
        let knowledge = training::knowledge(lang, args.one("--knowledge"))?;
        let settings = training::settings(args)?;
        let folds = folds.max(2) as usize;
        let (mut gold, mut raw) = ((Scores::default(), 0.0), (Scores::default(), 0.0));
        for fold in 0..folds.min(args.number("--only")?.map_or(folds, |n| n as usize)) {
            // Runs of ten sentences go to one fold, so that neighbours of a document stay together.
            let (mut inside, mut outside) = (always.clone(), Vec::new());
            for (i, block) in all.blocks.iter().enumerate() {
                if i / 10 % folds == fold { outside.push(block.clone()) } else { inside.blocks.push(block.clone()) }
            }
            let bytes = train(lang, &inside, &knowledge, &settings, &mut |line| {
                if args.has("--verbose") {
                    eprintln!("{line}");
                }
            });
            if let Some(folder) = args.path("--keep") {
                keep(&folder.join(format!("fold-{}", fold + 1)), &inside.blocks, &outside, &bytes)?;
            }
            let model = model(bytes)?;
            let part = on_gold_tokens(&outside, &conllu(&outside), &model);
            eprintln!(
                "fold {}: LAS {:.2}, UPOS {:.2}, Mood=Sub {:.1}",
                fold + 1,
                part.0.f1("LAS"),
                part.0.f1("UPOS"),
                part.0.f1("Mood=Sub")
            );
            gold.0.join(&part.0);
            gold.1 += part.1 / folds as f64;
            let part = on_raw_text(&outside, &model);
            raw.0.join(&part.0);
            raw.1 += part.1 / folds as f64;
        }
        let words = gold.0.gold("UPOS");
        print!("{}", report(&title, words, &gold, Some(&raw)));
        return Ok(());
    }
    let path = PathBuf::from(args.one("--model").ok_or("--model FILE or --folds N is missing")?);
    let model = model(std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?)?;
    let gold = training::treebank(lang, &files("--test"))?.blocks;
    let words = gold.iter().map(|b| b.rows.len()).sum();
    let scored = on_gold_tokens(&gold, &conllu(&gold), &model);
    let raw = on_raw_text(&gold, &model);
    print!("{}", report(&title, words, &scored, Some(&raw)));
    Ok(())
}
