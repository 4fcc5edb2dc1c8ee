//! `measure`: how alike two states vote, by a named measure and convention.

use std::process::ExitCode;

use chancery::knowledge;
use chancery::measure::agreement::{Bootstrap, Convention, Measure as Measured};
use chancery::question::pinned;
use chancery::series::{Assembly, Voting, VotingQuestion, voting};
use clap::Args;
use serde::Serialize;

use crate::commands::asking::{Asking, Pair};
use crate::commands::forms::{Outgoing, Writing};
use crate::commands::votes::{Wanted, held_votes};
use crate::context::Context;
use crate::error::CommandError;
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
    #[command(flatten)]
    pair: Pair,
    /// Which measure
    #[arg(long, value_name = "MEASURE", default_value = "agreement")]
    #[allow(clippy::struct_field_names)] // the name of the option
    measure: Measured,
    /// By whose convention
    #[arg(long, value_name = "CONVENTION", default_value = "plain")]
    convention: Convention,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    votes: Wanted,
    #[command(flatten)]
    writing: Writing,
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
    let dyad = args.pair.dyad(register)?;
    let filter = args.asking.filter();
    let Some(held) = held_votes(&ledger, &filter, &args.votes)? else {
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
    let out = Outgoing {
        columns: COLUMNS,
        rows: &series,
        cells,
        whole: Listing {
            schema_version: 1,
            dyad: [question.dyad.a().as_str(), question.dyad.b().as_str()],
            measure: question.measure.to_string(),
            convention: question.convention.as_str(),
            release: held.release.document.id.to_string(),
            series: &series,
        },
        about: vec![
            ("chancery.schema_version", "1".to_owned()),
            ("chancery.measure", question.measure.to_string()),
            ("chancery.convention", question.convention.to_string()),
            ("chancery.release", held.release.document.id.to_string()),
        ],
    };
    args.writing.deliver(&out, || table(&held, &question, &series))?;
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
