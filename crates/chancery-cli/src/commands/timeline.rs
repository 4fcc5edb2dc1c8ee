//! `timeline`: the dated matters of a pair in order of time.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::brief::Moment;
use chancery::export::parquet;
use chancery::render::markdown_escape;
use chancery::rows::csv;
use chancery::{answer, knowledge};
use clap::Args;
use serde::Serialize;

use crate::commands::asking::{Asking, deliver, deliver_bytes, seen};
use crate::commands::brief::labels;
use crate::commands::claims::Format;
use crate::context::Context;
use crate::error::CommandError;
use crate::output::{json, pretty_json};
use crate::terminal;

/// List what happened between two states in order of time, with its evidence state
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery timeline RUS PRK --lane military --from 2022 --format csv")]
pub(crate) struct Timeline {
    /// A state: code, COW number, German or English name
    #[arg(value_name = "A")]
    a: String,
    /// Another state
    #[arg(value_name = "B")]
    b: String,
    #[command(flatten)]
    asking: Asking,
    /// Only these lanes: military, political, economic, people
    #[arg(long, value_delimiter = ',')]
    lane: Vec<chancery::model::Lane>,
    /// Language of the words
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
    let dyad = answer::dyad(register, &args.a, &args.b)?;
    let answer = answer::answer(&ledger, args.asking.question(dyad))?;
    let mut moments = chancery::brief::brief(&answer, &labels(&args.lang)?, register).timeline;
    moments.retain(|m| args.lane.is_empty() || args.lane.iter().any(|l| l.as_str() == m.lane));
    let format = if args.json { Format::Json } else { args.format };
    let text = match format {
        Format::Parquet => {
            terminal::no_bytes_on_a_screen(args.output.is_none())?;
            let about = [("chancery.schema_version", "1".to_owned())];
            deliver_bytes(&parquet(COLUMNS, moments.iter().map(cells), &about)?, args.output.as_ref())?;
            return Ok(ExitCode::SUCCESS);
        }
        Format::Table => table(&moments),
        Format::Json => pretty_json(&Listing { schema_version: 1, timeline: &moments }) + "\n",
        Format::Ndjson => moments.iter().map(|m| json(m) + "\n").collect(),
        Format::Csv => seen(&csv(COLUMNS, moments.iter().map(cells)), args.output.is_none()),
        Format::Md => {
            let head = format!("| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
            let row = |m| format!("| {} |\n", cells(m).map(|c| markdown_escape(&c)).join(" | "));
            head + &moments.iter().map(row).collect::<Vec<_>>().concat()
        }
    };
    deliver(&text, args.output.as_ref())?;
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
