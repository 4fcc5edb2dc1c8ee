//! `claims`: the claims in force as rows.

use std::process::ExitCode;

use chancery::ledger::Filter;
use chancery::model::{EventType, Lane, Standing, Status};
use chancery::rows::{self, COLUMNS, Row, SCHEMA_VERSION, Wanted};
use chancery::{answer, knowledge};
use clap::Args;
use serde::Serialize;

use crate::commands::asking::Asking;
use crate::commands::forms::{Outgoing, Writing};
use crate::context::Context;
use crate::error::CommandError;
use crate::terminal;

/// List claims: who did what to whom, who says so, and what it counts as
///
/// Without states all claims are listed, with one state those that involve it, with two those of the pair.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery claims RUS PRK --disputed
  chancery claims PRK --standing done,claimed --lane military --format csv -o claims.csv
  chancery claims RUS PRK --holder USA --from 2023")]
pub(crate) struct Claims {
    /// States: code, COW number, German or English name
    #[arg(value_name = "STATE", num_args = 0..=2)]
    states: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    /// Only these statuses: occurred, ongoing, planned, demanded, hypothetical, generic
    #[arg(long, value_delimiter = ',')]
    status: Vec<Status>,
    /// Only these standings: done, self-reported, claimed, planned, demanded, hypothetical, generic, denied, no-evidence
    #[arg(long, value_delimiter = ',')]
    standing: Vec<Standing>,
    /// Only these lanes: military, political, economic, people
    #[arg(long, value_delimiter = ',')]
    lane: Vec<Lane>,
    /// Only these event types: AID, CONSULT …
    #[arg(long = "type", value_delimiter = ',', value_name = "TYPE")]
    event_type: Vec<EventType>,
    /// Only claims held by these: author, other, or a state
    #[arg(long, value_delimiter = ',')]
    holder: Vec<String>,
    /// Only claims of matters that some assert and others deny
    #[arg(long)]
    disputed: bool,
    /// At most so many rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Serialize)]
struct Listing<'a> {
    schema_version: u32,
    claims: &'a [Row],
}

pub(crate) fn run(args: Claims, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let resolve = |typed: &String| -> Result<String, chancery::Error> {
        let unknown = |e: chancery::coder::RegisterError| chancery::Error::UnknownState {
            input: e.input,
            suggestions: e.suggestions,
        };
        register.resolve(typed).map(|code| code.state().to_owned()).map_err(unknown)
    };
    let mut filter = args.asking.filter();
    let mut dyad = None;
    match &args.states[..] {
        [a, b] => {
            let pair = answer::dyad(register, a, b)?;
            filter.dyad = Some((pair.a().state().to_owned(), pair.b().state().to_owned()));
            dyad = Some(pair);
        }
        [one] => filter.state = Some(resolve(one)?),
        _ => {}
    }
    let holder = |h: &String| if h == "author" || h == "other" { Ok(h.clone()) } else { resolve(h) };
    let wanted = Wanted {
        status: args.status,
        standing: args.standing,
        lane: args.lane,
        event_type: args.event_type,
        holder: args.holder.iter().map(holder).collect::<Result<_, _>>()?,
        disputed: args.disputed,
    };
    let claims = ledger.claims(&Filter { limit: None, ..filter })?;
    let mut rows = rows::rows(claims, dyad.as_ref(), &wanted)?;
    rows.truncate(args.limit.unwrap_or(usize::MAX));
    let out = Outgoing {
        columns: COLUMNS,
        rows: &rows,
        cells: Row::cells,
        whole: Listing { schema_version: SCHEMA_VERSION, claims: &rows },
        about: vec![("chancery.schema_version", SCHEMA_VERSION.to_string())],
    };
    args.writing.deliver(&out, || table(&rows))?;
    Ok(ExitCode::SUCCESS)
}

fn table(rows: &[Row]) -> String {
    let header = ["Claim", "Published", "Type", "Who", "Counts as", "Matter", "Says", "Quotation"].map(str::to_owned);
    let width = terminal::width();
    let lines: Vec<[String; 8]> = std::iter::once(header).chain(rows.iter().map(cells)).collect();
    let mut out = String::new();
    for line in terminal::aligned(&lines, &[]) {
        out.push_str(&terminal::cut(line.trim_end(), width));
        out.push('\n');
    }
    out
}

fn cells(row: &Row) -> [String; 8] {
    let c = &row.claim;
    let to = if c.recipient.is_empty() { String::new() } else { format!(" > {}", c.recipient.join("+")) };
    let state = serde_json::to_value(row.state).ok();
    [
        row.claim.id.chars().take(10).collect(),
        row.published_from.clone().unwrap_or_else(|| "–".to_owned()),
        c.event_type.clone(),
        terminal::cut(&format!("{}{to}", c.initiator.join("+")), 22),
        row.standing.to_owned(),
        state.as_ref().and_then(|s| s.as_str()).unwrap_or_default().to_owned(),
        c.holder.clone(),
        terminal::one_line(&c.quote),
    ]
}
