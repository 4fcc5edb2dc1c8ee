//! `why`: opens a figure to its claims, a claim to its words.

use std::process::ExitCode;

use chancery::brief::Names;
use chancery::model::IdKind;
use chancery::{knowledge, render, why};
use clap::Args;

use crate::commands::asking::deliver;
use crate::commands::brief::labels;
use crate::context::Context;
use crate::error::{CommandError, Kind};

/// Show what a figure, a claim, an assessment, an observation or a document rests on
///
/// A figure is computed anew and compared with the hash in its address; exit code 5 says that it differs.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery why c-2mudkpwe
  chancery why 'f:done/military/PRK-RUS/../seq269@g4khvop4pozm'    quote it for the shell")]
pub(crate) struct Why {
    /// f:… c-… a-… o-… d-… ; any unambiguous beginning of six characters after the dash
    #[arg(value_name = "ID")]
    id: String,
    /// Language of the words around the quotations
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Why, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let labels = labels(&args.lang)?;
    let register = knowledge::register()?;
    let names = Names { labels: &labels, register };
    let layout = crate::commands::brief::layout(true, true);
    if args.id.starts_with("f:votes/") {
        let found = why::voting(&ledger, &args.id)?;
        let text = if args.json { render::json(&found) + "\n" } else { render::voting::voting(&found, layout) };
        deliver(&text, None)?;
        return recomputed(found.agrees);
    }
    if args.id.starts_with("f:") {
        let found = why::figure(&ledger, &args.id)?;
        let text = if args.json {
            render::json(&render::why::figure_json(&found, &names)) + "\n"
        } else {
            render::why::figure(&found, &names, layout)
        };
        deliver(&text, None)?;
        return recomputed(found.agrees);
    }
    let id = why::resolve(&ledger, &args.id)?;
    let text = match id.kind() {
        IdKind::Assessment => {
            let found = why::assessment(&ledger, &id)?;
            if args.json { render::json(&found) + "\n" } else { render::why::provenance(&found, &names, layout) }
        }
        IdKind::Observation => {
            let found = why::observation(&ledger, &id)?;
            if args.json { render::json(&found) + "\n" } else { render::voting::observation(&found, layout) }
        }
        IdKind::Claim => {
            let found = why::claim(&ledger, &id)?;
            if args.json { render::json(&found) + "\n" } else { render::why::provenance(&found, &names, layout) }
        }
        _ => {
            let found = why::document(&ledger, &id)?;
            if args.json { render::json(&found) + "\n" } else { render::why::document(&found, layout) }
        }
    };
    deliver(&text, None)?;
    Ok(ExitCode::SUCCESS)
}

/// Exit code 5 for a figure that does not recompute.
fn recomputed(agrees: Option<bool>) -> Result<ExitCode, CommandError> {
    match agrees {
        Some(false) => Err(CommandError::new(Kind::Verification, "the figure does not recompute to this address")
            .hint("it was made from another ledger, another program, or was altered")),
        _ => Ok(ExitCode::SUCCESS),
    }
}
