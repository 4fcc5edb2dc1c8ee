//! `diff`: what changed between two dates, by which evidence.

use std::process::ExitCode;

use chancery::answer::{self, Question};
use chancery::brief::Names;
use chancery::ledger::AsOf;
use chancery::model::PartialDate;
use chancery::{knowledge, render};
use clap::{Args, ValueEnum};

use crate::commands::asking::{Pair, as_of, deliver};
use crate::commands::brief::{labels, layout};
use crate::context::Context;
use crate::error::{CommandError, Kind};

/// Show what changed about two states between two dates, and by which evidence
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery diff RUS PRK 2023-08-31 2023-12-31")]
pub(crate) struct Diff {
    #[command(flatten)]
    pair: Pair,
    /// The earlier date; with --by recorded also the number of an entry
    #[arg(value_name = "DATE1")]
    before: String,
    /// The later date
    #[arg(value_name = "DATE2")]
    after: String,
    /// Which clock: what the world could know, or what this ledger held
    #[arg(long, value_enum, default_value_t = By::Known)]
    by: By,
    /// Language of the words around the quotations
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    /// Print all lines of long sections
    #[arg(long)]
    full: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Two of the four clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Published by then
    Known,
    /// In this ledger by then
    Recorded,
}

pub(crate) fn run(args: &Diff, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let dyad = args.pair.dyad(register)?;
    let ask = |text: &str| -> Result<answer::Answer, CommandError> {
        let usage = |message: String| CommandError::new(Kind::Usage, format!("`{text}`: {message}"));
        let (as_of, known_by) = match args.by {
            By::Recorded => (as_of(text).map_err(usage)?, None),
            By::Known => {
                let date: PartialDate = text.parse().map_err(|e: chancery::model::ModelError| usage(e.to_string()))?;
                (AsOf::Last, Some(date.end()))
            }
        };
        Ok(answer::answer(&ledger, Question { dyad: dyad.clone(), from: None, to: None, as_of, known_by })?)
    };
    let (before, after) = (ask(&args.before)?, ask(&args.after)?);
    let labels = labels(&args.lang)?;
    let names = Names { labels: &labels, register };
    let found = chancery::diff::diff((&args.before, &before), (&args.after, &after), &names);
    let text = if args.json {
        render::json(&found) + "\n"
    } else {
        render::diff::diff(&found, &labels, layout(args.full, true))
    };
    deliver(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
