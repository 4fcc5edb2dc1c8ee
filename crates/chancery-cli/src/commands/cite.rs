//! `cite`: how to cite a dataset.

use std::process::ExitCode;

use chancery::dataset;
use clap::Args;

use crate::error::CommandError;
use crate::output::Output;

/// Print the BibTeX entries of datasets
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery cite un-votes cow-trade >> references.bib")]
pub(crate) struct Cite {
    /// Datasets (`chancery data list`) [default: all]
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

pub(crate) fn run(args: &Cite) -> Result<ExitCode, CommandError> {
    let mut out = Output::new();
    if args.names.is_empty() {
        for descriptor in dataset::all()? {
            out.line(descriptor.citation.trim_end())?;
        }
    }
    for name in &args.names {
        out.line(dataset::descriptor(name)?.citation.trim_end())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
