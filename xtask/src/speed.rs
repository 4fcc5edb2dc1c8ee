//! `xtask speed`: words a second from raw text to trees on one core, in processor time.

use std::fmt::Write as _;

use chancery_text::{Lang, analyse};

use crate::args::Args;
use crate::cost::{Spread, thread_time};
use crate::error::TaskError;
use crate::places;

pub(crate) const HELP: &str = "\
usage: cargo xtask speed [--lang de|en] [--runs N] [--model FILE]

Analyses $CHANCERY_SHARED/corpus on one thread, in process, and prints words a second of processor time of that thread.
Words are syntactic words; words by white space are given beside them.

  --lang de|en  one language alone
  --runs N      runs after one that fills the caches [default: 7]
  --model FILE  another model than the shipped one; with --lang
";

pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    args.only(&["--lang", "--runs", "--model"])?;
    let runs = args.number_or("--runs", 7)?.max(1);
    let langs = match args.one("--lang") {
        Some(lang) => vec![lang.parse::<Lang>().map_err(|e| TaskError::Usage(e.to_string()))?],
        None => vec![Lang::De, Lang::En],
    };
    let mut out = String::from(
        "| | words | by white space | words/s, best | middle | worst | by white space, best |\n|---|---|---|---|---|---|---|\n",
    );
    for lang in langs {
        let model = places::model(&args.path("--model").unwrap_or_else(|| places::shipped(lang)))?;
        let texts = places::texts(lang.as_str())?;
        let spaced: usize = texts.iter().map(|t| t.split_whitespace().count()).sum();
        let mut words = 0;
        let mut seconds = Vec::new();
        for run in 0..=runs {
            let before = thread_time()?;
            words = texts.iter().flat_map(|t| analyse(t, &model).sentences).map(|s| s.tokens.len()).sum::<usize>();
            let taken = thread_time()?.saturating_sub(before);
            if run > 0 {
                seconds.push(taken.as_secs_f64());
            }
        }
        let spread = Spread::of(seconds);
        let rate = |seconds: f64| words as f64 / seconds;
        let _ = writeln!(
            out,
            "| {lang} | {words} | {spaced} | {:.0} | {:.0} | {:.0} | {:.0} |",
            rate(spread.min),
            rate(spread.median),
            rate(spread.max),
            spaced as f64 / spread.min
        );
    }
    print!("{out}");
    Ok(())
}
