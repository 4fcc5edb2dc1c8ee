//! `parse`: sentences, words and trees as CoNLL-U, for comparing the parser with others.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery::source::{self, MAX_DOCUMENT, Metadata, Terms};
use chancery::text::Lang;
use chancery::{Engine, text};
use clap::Args;

use crate::error::{CommandError, Kind};
use crate::output::Output;

/// Parse text: sentences, words, lemmas, morphology and dependency trees as CoNLL-U
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("input").required(true))]
#[command(after_help = "\
Example: echo \"Kim reist nach Russland.\" | chancery parse --lang de --raw -")]
pub(crate) struct Parse {
    /// Language
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    lang: String,
    /// CoNLL-U with sentences and words given; the columns ID and FORM are read, the others predicted
    #[arg(long, value_name = "FILE", group = "input")]
    conllu: Option<PathBuf>,
    /// Running text
    #[arg(long, value_name = "FILE", group = "input")]
    raw: Option<PathBuf>,
}

pub(crate) fn run(args: &Parse) -> Result<ExitCode, CommandError> {
    let lang = if args.lang == "de" { Lang::De } else { Lang::En };
    let engine = Engine::embedded()?;
    let model = engine.model(lang)?;
    let parsed = match (&args.conllu, &args.raw) {
        (Some(file), _) => {
            let conllu = read(file)?;
            text::check_conllu(&conllu).map_err(|error| {
                CommandError::new(Kind::Failure, format!("{}: {error}", file.display()))
                    .hint("columns are separated by tabs: ID, FORM and eight more, `_` where there is nothing")
            })?;
            text::parse_conllu(&conllu, model)
        }
        (_, Some(file)) => text::raw_to_conllu(&read(file)?, model),
        // The argument group lets neither both nor none through.
        (None, None) => String::new(),
    };
    let mut out = Output::new();
    out.text(&parsed)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A treebank is larger than a news item: the limit is a hundred times that of documents.
fn read(file: &Path) -> Result<String, CommandError> {
    let terms = Terms { metadata: Metadata::default(), max_document: 100 * MAX_DOCUMENT, today: None };
    Ok(source::text(file, &terms)?)
}
