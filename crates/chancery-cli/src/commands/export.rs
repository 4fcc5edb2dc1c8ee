//! `export`: claims, assessments and documents for other programs.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use chancery::export::{Contents, Form, files};
use chancery::ledger::{AsOf, Filter};
use chancery::rows::{Wanted, rows};
use chancery::{answer, knowledge};
use clap::{Args, ValueEnum};

use crate::commands::asking::Asking;
use crate::context::Context;
use crate::error::{CommandError, Kind};
use crate::output::Output;

/// Write claims, assessments and documents to files for other programs
///
/// Whole texts are never exported, only quotations and links.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery export RUS PRK --format parquet -o rus-prk
  chancery export --all --format ftm -o entities")]
pub(crate) struct Export {
    /// A state: code, COW number, German or English name
    #[arg(value_name = "A", required_unless_present = "all", requires = "b")]
    a: Option<String>,
    /// Another state
    #[arg(value_name = "B")]
    b: Option<String>,
    /// Everything in the ledger
    #[arg(long, conflicts_with = "a")]
    all: bool,
    #[command(flatten)]
    asking: Asking,
    /// The form of the files
    #[arg(long, value_enum, default_value_t = Format::Ndjson, value_name = "FORMAT")]
    format: Format,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
}

/// Forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line
    Ndjson,
    /// Comma-separated values
    Csv,
    /// Apache Parquet: days as dates, lists as lists
    Parquet,
    /// JSON-LD with the words of PROV-O
    Jsonld,
    /// Entities for FollowTheMoney
    Ftm,
}

pub(crate) fn run(args: &Export, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let asked = args.asking.filter();
    let seq = answer::pinned(&ledger, asked.as_of)?;
    let mut filter = Filter { as_of: AsOf::Seq(seq), ..asked };
    let mut dyad = None;
    if let (Some(a), Some(b)) = (&args.a, &args.b) {
        let pair = answer::dyad(knowledge::register()?, a, b)?;
        filter.dyad = Some((pair.a().state().to_owned(), pair.b().state().to_owned()));
        dyad = Some(pair);
    }
    let claims = ledger.claims(&filter)?;
    let assessments = ledger.assessments(&filter)?;
    let heads = claims.iter().map(|c| &c.document).chain(assessments.iter().map(|a| &a.document));
    let documents: BTreeMap<_, _> = heads.map(|d| (d.id.clone(), d.clone())).collect();
    let contents = Contents {
        documents: documents.into_values().collect(),
        claims: rows(claims, dyad.as_ref(), &Wanted::default())?,
        assessments,
        runs: ledger.runs()?,
        seq,
    };
    let form = match args.format {
        Format::Ndjson => Form::Ndjson,
        Format::Csv => Form::Csv,
        Format::Parquet => Form::Parquet,
        Format::Jsonld => Form::JsonLd,
        Format::Ftm => Form::Ftm,
    };
    let failed = |path: &std::path::Path, e: &std::io::Error| {
        CommandError::new(Kind::Failure, format!("{}: {e}", path.display()))
    };
    std::fs::create_dir_all(&args.output).map_err(|e| failed(&args.output, &e))?;
    let mut out = Output::new();
    for (name, bytes) in files(&contents, form)? {
        let path = args.output.join(name);
        std::fs::write(&path, bytes).map_err(|e| failed(&path, &e))?;
        out.line(&path.display().to_string())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
