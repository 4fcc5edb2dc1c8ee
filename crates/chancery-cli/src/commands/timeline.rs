//! `timeline`: the dated matters of a pair in order of time.

use std::process::ExitCode;

use chancery::brief::Moment;
use chancery::{answer, knowledge};
use clap::Args;
use serde::Serialize;

use crate::commands::asking::{Asking, Pair};
use crate::commands::brief::labels;
use crate::commands::forms::{Outgoing, Writing};
use crate::context::Context;
use crate::error::CommandError;
use crate::terminal;

/// List what happened between two states in order of time, with its evidence state
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery timeline RUS PRK --lane military --from 2022 --format csv")]
pub(crate) struct Timeline {
    #[command(flatten)]
    pair: Pair,
    #[command(flatten)]
    asking: Asking,
    /// Only these lanes: military, political, economic, people
    #[arg(long, value_delimiter = ',')]
    lane: Vec<chancery::model::Lane>,
    /// Language of the words
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Serialize)]
struct Listing<'a> {
    schema_version: u32,
    timeline: &'a [Moment],
}

const COLUMNS: [&str; 7] = ["from", "to", "when", "lane", "what", "state", "matter"];

pub(crate) fn run(args: &Timeline, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let dyad = args.pair.dyad(register)?;
    let answer = answer::answer(&ledger, args.asking.question(dyad))?;
    let mut moments = chancery::brief::brief(&answer, &labels(&args.lang)?, register).timeline;
    moments.retain(|m| args.lane.is_empty() || args.lane.iter().any(|l| l.as_str() == m.lane));
    let out = Outgoing {
        columns: COLUMNS,
        rows: &moments,
        cells,
        whole: Listing { schema_version: 1, timeline: &moments },
        about: vec![("chancery.schema_version", "1".to_owned())],
    };
    args.writing.deliver(&out, || table(&moments))?;
    Ok(ExitCode::SUCCESS)
}

fn cells(m: &Moment) -> [String; 7] {
    [
        m.from.clone(),
        m.to.clone(),
        m.when.clone(),
        m.lane.to_owned(),
        m.title.clone(),
        m.state.clone(),
        m.matter.clone(),
    ]
}

fn table(moments: &[Moment]) -> String {
    let rows: Vec<[String; 4]> = moments
        .iter()
        .map(|m| [m.when.clone(), m.lane.to_owned(), m.state.clone(), terminal::one_line(&m.title)])
        .collect();
    terminal::aligned(&rows, &[]).iter().map(|line| line.trim_end().to_owned() + "\n").collect()
}
