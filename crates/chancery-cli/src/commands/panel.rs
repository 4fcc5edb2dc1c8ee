//! `panel`: measures of all dyads and periods, for regressions.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::dataset;
use chancery::export::{csv_columns, parquet_columns};
use chancery::measure::agreement::{Convention, Measure};
use chancery::series::{PanelQuestion, columns};
use clap::{Args, ValueEnum};

use crate::commands::asking::{Asking, deliver, deliver_bytes};
use crate::commands::votes::{Wanted, held_votes};
use crate::context::Context;
use crate::error::CommandError;
use crate::terminal;

/// Write measures of every dyad and period as one table, with ISO, COW and Gleditsch-Ward codes on their dates
///
/// The file's metadata say measure, convention, release and how to cite it.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery panel --measures agreement,kappa-sq,pi-sq --convention plain -o panel.parquet")]
pub(crate) struct Panel {
    /// The measures (`chancery measure --help`)
    #[arg(long, value_name = "MEASURE,…", value_delimiter = ',', default_values = ["agreement", "kappa-sq"])]
    measures: Vec<Measure>,
    /// By whose convention
    #[arg(long, value_name = "CONVENTION", default_value = "plain")]
    convention: Convention,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    votes: Wanted,
    /// How it is written [default: by the ending of the file, else csv]
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Forms of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Comma-separated values
    Csv,
    /// Apache Parquet
    Parquet,
}

pub(crate) fn run(args: &Panel, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let filter = args.asking.filter();
    let Some(held) = held_votes(&ledger, &filter, &args.votes)? else {
        return Ok(ExitCode::from(3));
    };
    let question = PanelQuestion {
        measures: args.measures.clone(),
        convention: args.convention,
        from: filter.from,
        to: filter.to,
    };
    let made = columns(&held, &question)?;
    let ending = args.output.as_ref().and_then(|path| path.extension()).and_then(|e| e.to_str());
    let form = args.format.unwrap_or(if ending == Some("parquet") { Form::Parquet } else { Form::Csv });
    match form {
        Form::Csv => deliver(&csv_columns(&made), args.output.as_ref())?,
        Form::Parquet => {
            terminal::no_bytes_on_a_screen(args.output.is_none())?;
            let measures: Vec<String> = args.measures.iter().map(ToString::to_string).collect();
            let source = &held.release.document.source;
            let mut about = vec![
                ("chancery.schema_version".to_owned(), "1".to_owned()),
                ("chancery.measures".to_owned(), measures.join(" ")),
                ("chancery.convention".to_owned(), args.convention.to_string()),
                ("chancery.release".to_owned(), held.release.document.id.to_string()),
            ];
            about
                .extend(dataset::descriptor(source).ok().map(|d| ("chancery.citation".to_owned(), d.citation.clone())));
            deliver_bytes(&parquet_columns(&made, &about)?, args.output.as_ref())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
