//! `brief`: how two states stand to each other, with the words it rests on.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::brief::{Brief as Written, Names};
use chancery::labels::{Labels, Tongue};
use chancery::render::{self, Layout};
use chancery::{answer, knowledge};
use clap::{Args, ValueEnum};

use crate::commands::asking::{Asking, Pair, deliver};
use crate::context::Context;
use crate::error::CommandError;
use crate::terminal;

/// Write the brief of two states: verdicts, deeds, words, claims, who says so, what is missing
///
/// Every number carries the address of its figure, every line its claim: `chancery why ID` opens both. Exit code 3
/// says that the evidence is too thin for any judgement; what there is is printed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery brief RUS PRK
  chancery brief Russland Nordkorea --lang de --format html -o brief.html
  chancery brief RUS PRK --from 2023 --known-by 2023-09    what could be known at the end of September
  chancery brief RUS PRK --as-of 2024-01-31                what this ledger held then")]
pub(crate) struct Brief {
    #[command(flatten)]
    pair: Pair,
    #[command(flatten)]
    asking: Asking,
    /// Language of the words around the quotations, which stay in the original
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Terminal, value_name = "FORMAT")]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Print all lines of long sections
    #[arg(long)]
    full: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for a screen
    Terminal,
    /// Markdown
    Md,
    /// One HTML file
    Html,
    /// JSON
    Json,
}

pub(crate) fn run(args: &Brief, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let dyad = args.pair.dyad(register)?;
    let answer = answer::answer(&ledger, args.asking.question(dyad))?;
    let labels = labels(&args.lang)?;
    let mut brief = chancery::brief::brief(&answer, &labels, register);
    let recorded = chancery::series::recorded(&ledger, &answer, &Names { labels: &labels, register })?;
    recorded.into_brief(&mut brief, &labels);
    // As typed: the order carries no meaning, but people expect theirs.
    if register.resolve(&args.pair.b).is_ok_and(|code| code.as_str() == brief.dyad[0].code) {
        brief.dyad.reverse();
    }
    let format = if args.json { Format::Json } else { args.format };
    let text = written(&brief, &labels, format, args.full, args.output.is_none())?;
    deliver(&text, args.output.as_ref())?;
    if brief.thin {
        terminal::say("note: the evidence is too thin for a judgement (exit code 3)");
        return Ok(ExitCode::from(3));
    }
    Ok(ExitCode::SUCCESS)
}

/// The words of a language that clap has checked.
pub(crate) fn labels(lang: &str) -> Result<Labels, CommandError> {
    Ok(Labels::embedded(lang.parse().unwrap_or(Tongue::English))?)
}

/// A brief in a form.
pub(crate) fn written(
    brief: &Written,
    labels: &Labels,
    format: Format,
    full: bool,
    to_screen: bool,
) -> Result<String, CommandError> {
    Ok(match format {
        Format::Terminal => render::terminal(brief, labels, layout(full, to_screen)),
        Format::Md => render::markdown(brief, labels),
        Format::Html => render::html(brief, labels)?,
        Format::Json => render::json(brief) + "\n",
    })
}

/// The layout for standard output, or for a file.
pub(crate) fn layout(full: bool, to_screen: bool) -> Layout {
    Layout {
        width: if to_screen { terminal::width() } else { 100 },
        ink: terminal::ink(to_screen),
        most: if full { usize::MAX } else { 8 },
    }
}
