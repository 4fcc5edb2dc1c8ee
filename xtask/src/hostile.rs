//! `xtask hostile`: what text costs that nobody writes, at one, two and four times a size.

use std::fmt::Write as _;

use chancery_text::{Diagnostic, Lang, analyse};

use crate::args::Args;
use crate::cost::thread_time;
use crate::error::TaskError;
use crate::{places, report};

pub(crate) const HELP: &str = "\
usage: cargo xtask hostile [--lang de|en] [--runs N] [--no-page]

Analyses hostile text of one, two and four times a size on one thread, takes the processor time, and writes it to
bench/hostile.md. Work that grows evenly takes twice the time for twice the text.

  --lang de|en  the model [default: de]
  --runs N      runs, of which the best counts [default: 3]
  --no-page     leave bench/hostile.md as it is
";

/// Name, what is repeated, and bytes of the smallest text.
const TEXTS: [(&str, &str, usize); 16] = [
    ("letters without a space", "x", 250_000),
    ("digits without a space", "7", 250_000),
    ("full stops", ".", 250_000),
    ("combining marks (U+0301)", "\u{301}", 250_000),
    ("opening brackets", "(", 25_000),
    ("opening brackets, spaced", "( ", 50_000),
    ("brackets deep in each other, with words", "(a [b ", 50_000),
    ("quotation marks", "\"", 25_000),
    ("quotation marks, spaced", "\" „ ", 50_000),
    ("apostrophes in runs of 32", "'''''''''''''''''''''''''''''''' ", 50_000),
    ("one sentence of words", "Gespräche ", 100_000),
    ("three scripts in a word", "Рутіnλ漢كa ", 100_000),
    ("zero-width characters", "Mos\u{200b}kau\u{200d}s ", 100_000),
    ("lines that end with CR only", "Er kam.\rSie ging.\r", 100_000),
    ("NULs", "Er\0kam.\0 ", 100_000),
    ("blank", " \n", 1_000_000),
];

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--lang", "--runs", "--no-page"])?;
    let lang: Lang = args.one("--lang").unwrap_or("de").parse().map_err(|e| TaskError::Usage(format!("{e}")))?;
    let runs = args.number_or("--runs", 3)?.max(1);
    let model = places::model(&places::shipped(lang))?;
    let mut table = String::from(
        "| text | kB | words | longest sentence | cuts told | ms at 1× | 2× | 4× | 4× / 1× |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (name, piece, size) in TEXTS {
        let mut times = Vec::new();
        let mut last = String::new();
        for factor in [1, 2, 4] {
            let text = piece.repeat(size * factor / piece.len());
            let mut best = f64::INFINITY;
            for _ in 0..runs {
                let before = thread_time()?;
                let analysis = analyse(&text, &model);
                best = best.min(thread_time()?.saturating_sub(before).as_secs_f64() * 1000.0);
                let words: usize = analysis.sentences.iter().map(|s| s.tokens.len()).sum();
                let longest = analysis.sentences.iter().map(|s| s.tokens.len()).max().unwrap_or(0);
                let is_cut =
                    |d: &&Diagnostic| matches!(d, Diagnostic::SentenceSplit { .. } | Diagnostic::WordSplit { .. });
                let cuts = analysis.diagnostics.iter().filter(is_cut).count();
                last = format!("{} | {words} | {longest} | {cuts}", text.len() / 1000);
            }
            times.push(best);
        }
        let ratio = if times[0] < 1.0 { "–".to_owned() } else { format!("{:.1}", times[2] / times[0]) };
        let _ = writeln!(table, "| {name} | {last} | {:.1} | {:.1} | {:.1} | {ratio} |", times[0], times[1], times[2]);
    }
    println!("{table}");
    if !args.has("--no-page") {
        let text = format!(
            "{}\nMachine: {}\n\nModel: {lang}; the best of {runs} runs, processor time of one thread; sizes, words and cuts are those at 4×.\n\n{table}",
            report::stamp(),
            report::machine()
        );
        report::rewrite("hostile.md", "hostile", "Hostile text", &text)?;
    }
    Ok(())
}
