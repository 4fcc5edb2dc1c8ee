//! `measure`: how alike two states vote, by a named measure and convention.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::export::parquet;
use chancery::measure::agreement::{Bootstrap, Convention, Measure as Measured};
use chancery::question::pinned;
use chancery::rows::csv;
use chancery::series::{Assembly, Voting, VotingQuestion, voting};
use chancery::{answer, knowledge};
use clap::Args;
use serde::Serialize;

use crate::commands::asking::{Asking, deliver, deliver_bytes, seen};
use crate::commands::claims::Format;
use crate::commands::votes::held_votes;
use crate::context::Context;
use crate::error::CommandError;
use crate::output::{json, pretty_json};
use crate::terminal;

/// Measure how alike two states vote in the General Assembly, period by period
///
/// Every value carries n, a 95 % interval and the address of its figure: `chancery why` opens it to the roll calls. The convention
/// is part of the number: the same measure of the same pair differs by up to 0.28 between the published ones. Exit code 3 says
/// that the ledger holds no joint vote.
#[derive(Debug, Args)]
#[command(after_help = "\
Measures: agreement, voeten, s-abs, s-sq, pi-nominal, pi-abs, pi-sq, kappa-nominal, kappa-abs, kappa-sq, tau-b
          (s, pi, kappa alone: as the literature has them)
Conventions: plain (session, absence missing), voeten-2024, miller-2024, haege-fpsim2

Examples:
  chancery measure RUS PRK --measure kappa --convention haege-fpsim2 --from 1991 --to 2023
  chancery measure Russland Nordkorea --format csv -o kappa.csv")]
pub(crate) struct Measure {
    /// A state: code, COW number, German or English name
    #[arg(value_name = "A")]
    a: String,
    /// Another state
    #[arg(value_name = "B")]
    b: String,
    /// Which measure
    #[arg(long, value_name = "MEASURE", default_value = "agreement")]
    #[allow(clippy::struct_field_names)] // the name of the option
    measure: Measured,
    /// By whose convention
    #[arg(long, value_name = "CONVENTION", default_value = "plain")]
    convention: Convention,
    #[command(flatten)]
    asking: Asking,
    /// Which release of the votes: the beginning of its document's identifier, or its vintage [default: the newest]
    #[arg(long, value_name = "RELEASE")]
    release: Option<String>,
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
    dyad: [&'a str; 2],
    measure: String,
    convention: &'static str,
    release: String,
    series: &'a [Voting],
}

const COLUMNS: [&str; 9] = ["period", "first", "last", "n", "same", "value", "low", "high", "figure"];

pub(crate) fn run(args: &Measure, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let dyad = answer::dyad(register, &args.a, &args.b)?;
    let filter = args.asking.filter();
    let Some(held) = held_votes(&ledger, &filter, args.release.as_deref())? else {
        return Ok(ExitCode::from(3));
    };
    let question = VotingQuestion {
        dyad,
        measure: args.measure,
        convention: args.convention,
        from: filter.from,
        to: filter.to,
        seq: pinned(&ledger, filter.as_of)?,
        known_by: filter.known_by,
        bootstrap: Bootstrap::default(),
    };
    let series = voting(&held, &question)?;
    let text = match if args.json { Format::Json } else { args.format } {
        Format::Parquet => {
            terminal::no_bytes_on_a_screen(args.output.is_none())?;
            let about = [
                ("chancery.schema_version", "1".to_owned()),
                ("chancery.measure", question.measure.to_string()),
                ("chancery.convention", question.convention.to_string()),
                ("chancery.release", held.release.document.id.to_string()),
            ];
            deliver_bytes(&parquet(COLUMNS, series.iter().map(cells), &about)?, args.output.as_ref())?;
            return Ok(code(&series));
        }
        Format::Table => table(&held, &question, &series),
        Format::Json => {
            pretty_json(&Listing {
                schema_version: 1,
                dyad: [question.dyad.a().as_str(), question.dyad.b().as_str()],
                measure: question.measure.to_string(),
                convention: question.convention.as_str(),
                release: held.release.document.id.to_string(),
                series: &series,
            }) + "\n"
        }
        Format::Ndjson => series.iter().map(|row| json(row) + "\n").collect(),
        Format::Csv => seen(&csv(COLUMNS, series.iter().map(cells)), args.output.is_none()),
        Format::Md => {
            let head = format!("| {} |\n|{}\n", COLUMNS.join(" | "), "---|".repeat(COLUMNS.len()));
            series.iter().fold(head, |text, row| text + &format!("| {} |\n", cells(row).join(" | ")))
        }
    };
    deliver(&text, args.output.as_ref())?;
    Ok(code(&series))
}

fn code(series: &[Voting]) -> ExitCode {
    if series.is_empty() {
        terminal::say("note: no joint vote of the two in this period (exit code 3)");
        return ExitCode::from(3);
    }
    ExitCode::SUCCESS
}

fn cells(row: &Voting) -> [String; 9] {
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    let day = |day: Option<chancery::model::Date>| day.map_or_else(String::new, |d| d.to_string());
    [
        row.period.to_string(),
        day(row.first),
        day(row.last),
        row.n.to_string(),
        row.same.to_string(),
        number(row.value),
        number(row.low),
        number(row.high),
        row.figure.clone(),
    ]
}

fn table(held: &Assembly, question: &VotingQuestion, series: &[Voting]) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.3}"));
    let mut rows = vec![["Period", "From", "To", "n", "Same", "Value", "95 %", "Figure"].map(str::to_owned)];
    rows.extend(series.iter().map(|row| {
        let [period, first, last, n, same, ..] = cells(row);
        let interval = match (row.low, row.high) {
            (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
            _ => "–".to_owned(),
        };
        [period, first, last, n, same, number(row.value), interval, row.figure.clone()]
    }));
    let head = format!(
        "{} – {}: {}, convention {}\n{}\n\n",
        question.dyad.a(),
        question.dyad.b(),
        question.measure,
        question.convention,
        super::votes::release_line(held)
    );
    let lines = terminal::aligned(&rows, &[0, 3, 4, 5]);
    lines.iter().fold(head, |text, line| text + line.trim_end() + "\n")
}
