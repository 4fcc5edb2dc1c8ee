//! `eval-parse`: the measures of CoNLL 2018 on gold tokens: UPOS, lemma, UAS, LAS with base labels; Mood=Sub; F1 per
//! relation; words per second. With `--test FILE` on that file, else by cross-validation in `--folds` parts.

use std::collections::BTreeMap;
use std::time::Instant;

use chancery_text::train::{Treebank, normalise_german, train};
use chancery_text::{Block, Lang, Model, read_conllu};

use crate::treebank::{Options, text};

#[derive(Default)]
struct Tally {
    words: usize,
    upos: usize,
    lemma: usize,
    uas: usize,
    las: usize,
    /// Gold, predicted, both: Konjunktiv.
    subjunctive: [usize; 3],
    relations: BTreeMap<String, [usize; 3]>,
    seconds: f64,
}

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let options = Options::read(arguments)?;
    let treebank = options.treebank(&options.files)?;
    let mut tally = Tally::default();
    if let Some(test) = &options.test {
        let mut gold = read_conllu(&text(test)?);
        if options.lang == Lang::De {
            gold.iter_mut().for_each(normalise_german);
        }
        fold(&options, &treebank, &gold, &mut tally)?;
    } else {
        for n in 0..options.folds {
            let part = |inside: bool| -> Vec<Block> {
                treebank.blocks.iter().enumerate().filter(|(i, _)| (i % options.folds == n) == inside).map(|(_, b)| b.clone()).collect()
            };
            fold(&options, &Treebank { blocks: part(false) }, &part(true), &mut tally)?;
        }
    }
    print(&tally);
    Ok(())
}

fn fold(options: &Options, treebank: &Treebank, gold: &[Block], tally: &mut Tally) -> Result<(), String> {
    let bytes = train(options.lang, treebank, &options.knowledge, &options.settings, &mut |_| ());
    let model = Model::from_bytes(Vec::leak(bytes)).map_err(|e| e.to_string())?;
    let mut input = String::new();
    for block in gold {
        for (i, row) in block.rows.iter().enumerate() {
            input.push_str(&format!("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_\n", i + 1, row.form));
        }
        input.push('\n');
    }
    let started = Instant::now();
    let output = chancery_text::parse_conllu(&input, &model);
    tally.seconds += started.elapsed().as_secs_f64();
    for (g, p) in gold.iter().zip(read_conllu(&output)) {
        compare(g, &p, tally);
    }
    Ok(())
}

fn compare(gold: &Block, predicted: &Block, tally: &mut Tally) {
    let base = |label: &str| label.split(':').next().unwrap_or(label).to_owned();
    for (g, p) in gold.rows.iter().zip(&predicted.rows) {
        tally.words += 1;
        tally.upos += usize::from(g.upos == p.upos);
        tally.lemma += usize::from(g.lemma == "_" || g.lemma == p.lemma);
        let head = g.head == p.head;
        let label = base(&g.deprel) == base(&p.deprel);
        tally.uas += usize::from(head);
        tally.las += usize::from(head && label);
        let (gs, ps) = (g.feats.contains("Mood=Sub"), p.feats.contains("Mood=Sub"));
        tally.subjunctive[0] += usize::from(gs);
        tally.subjunctive[1] += usize::from(ps);
        tally.subjunctive[2] += usize::from(gs && ps);
        tally.relations.entry(g.deprel.clone()).or_default()[0] += 1;
        tally.relations.entry(p.deprel.clone()).or_default()[1] += 1;
        if head && g.deprel == p.deprel {
            tally.relations.entry(g.deprel.clone()).or_default()[2] += 1;
        }
    }
}

fn f1([gold, predicted, both]: [usize; 3]) -> f64 {
    if gold + predicted == 0 { 0.0 } else { 200.0 * both as f64 / (gold + predicted) as f64 }
}

fn print(tally: &Tally) {
    let share = |n: usize| 100.0 * n as f64 / tally.words.max(1) as f64;
    println!("words {}", tally.words);
    println!("UPOS {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}", share(tally.upos), share(tally.lemma), share(tally.uas), share(tally.las));
    println!("Mood=Sub F1 {:.2} (gold {}, predicted {})", f1(tally.subjunctive), tally.subjunctive[0], tally.subjunctive[1]);
    println!("words per second (tagging, lemmas, parsing) {:.0}", tally.words as f64 / tally.seconds);
    for (relation, counts) in &tally.relations {
        if counts[0] >= 20 {
            println!("  {relation:14} F1 {:6.2}  gold {:6}", f1(*counts), counts[0]);
        }
    }
}
