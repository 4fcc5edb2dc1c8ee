//! `read`: one text on one sheet.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::brief::Names;
use chancery::intake::Item;
use chancery::model::PartialDate;
use chancery::source::{MAX_DOCUMENT, Metadata, Terms};
use chancery::{Engine, Error, code, render, sheet};
use clap::Args;

use crate::commands::asking::deliver;
use crate::commands::brief::{labels, layout};
use crate::context::Context;
use crate::error::CommandError;

/// Read one text: who says what, what is done, planned, only claimed; what is new against the ledger
///
/// Works without a workspace too; then nothing is compared. Writes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  chancery read article.html
  chancery read - --date 2024-05-20 --source \"Example Weekly\" --lang de < article.txt")]
pub(crate) struct Read {
    /// A text, Markdown or HTML file; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Date of publication: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    date: Option<PartialDate>,
    /// Outlet or author
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Language of the text [default: told from the words]
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    text_lang: Option<String>,
    /// Language of the words around the quotations, which stay in the original
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
    /// Print all lines of long sections
    #[arg(long)]
    full: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Read, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = match context.try_workspace() {
        Ok(workspace) => Some(workspace.ledger()?),
        Err(Error::NoWorkspace(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let engine = Engine::embedded()?;
    let metadata = Metadata { published: args.date, source: args.source, lang: args.text_lang, ..Metadata::default() };
    let terms = Terms { metadata, max_document: MAX_DOCUMENT, today: Some(chancery::clock::today()) };
    let passage = Item::File(args.file).passage(&terms)?;
    let coded = code::code(&passage, &engine)?;
    let labels = labels(&args.lang)?;
    let names = Names { labels: &labels, register: engine.knowledge().states() };
    let found = sheet::sheet(&passage, &coded, ledger.as_ref(), &names)?;
    let text = if args.json {
        render::json(&found) + "\n"
    } else {
        render::sheet::sheet(&found, &labels, layout(args.full, true))
    };
    deliver(&text, None)?;
    Ok(ExitCode::SUCCESS)
}
