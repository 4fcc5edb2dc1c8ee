//! `data pull`: a dataset from its publisher, asked for first.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use chancery::dataset::{self, Descriptor};
use chancery::fetch::{Fetch, Http, Offer, fetch};
use chancery::model::PartialDate;
use clap::Args;

use super::{Reading, add};
use crate::commands::add::on_interrupt;
use crate::context::Context;
use crate::error::{CommandError, Kind};
use crate::{progress, terminal};

/// Fetch a dataset from its publisher and take it in; shows host, size and licence, and asks
#[derive(Debug, Args)]
pub(super) struct Pull {
    /// Which dataset (`chancery data list`)
    #[arg(value_name = "NAME")]
    name: String,
    /// Another address than the publisher's
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The SHA-256 that the file must have
    #[arg(long, value_name = "HASH")]
    sha256: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Keep the file here [default: `downloads` in the workspace]
    #[arg(long, value_name = "DIR")]
    to: Option<PathBuf>,
    /// The day of its release
    #[arg(long, value_name = "DATE")]
    released: Option<PartialDate>,
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

pub(super) fn run(args: &Pull, context: &Context) -> Result<ExitCode, CommandError> {
    let workspace = context.workspace()?;
    let ledger = workspace.ledger()?;
    let descriptor = dataset::descriptor(&args.name)?;
    let url = args.url.clone().unwrap_or_else(|| descriptor.url.clone());
    let network = Http::default();
    let offer = network.offer(&url)?;
    show(&offer, descriptor);
    if !args.yes && !agreed()? {
        return Err(CommandError::new(Kind::Policy, "nothing was fetched").hint("--yes fetches without asking"));
    }
    let folder = args.to.clone().unwrap_or_else(|| workspace.root().join("downloads"));
    std::fs::create_dir_all(&folder).map_err(|source| chancery::Error::Write { path: folder.clone(), source })?;
    let file = folder.join(file_name(&url, &args.name));
    let bar = progress::bytes(offer.size);
    let stop = on_interrupt()?;
    let fetched = fetch(&network, &url, &file, args.sha256.as_deref(), |done, total| {
        bar.set_position(done);
        if let Some(total) = total {
            bar.set_length(total);
        }
        if stop.load(Ordering::Acquire) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    bar.finish_and_clear();
    let fetched = match fetched {
        Err(error) if stop.load(Ordering::Acquire) => {
            return Err(CommandError::new(Kind::Interrupted, error.to_string()).hint("the same command again goes on"));
        }
        fetched => fetched?,
    };
    terminal::say(&format!("{}: {} bytes, SHA-256 {}", file.display(), fetched.bytes, fetched.sha256));
    let reading = Reading { name: args.name.clone(), extract: false, released: args.released, json: false };
    add(&ledger, &file, Some(url), &reading, args.wait)
}

fn show(offer: &Offer, descriptor: &Descriptor) {
    let size = offer.size.map_or_else(|| "unknown".to_owned(), |n| format!("{:.1} MB", n as f64 / 1e6));
    terminal::say(&format!(
        "{}\n  host     {}\n  address  {}\n  size     {size}",
        descriptor.title, offer.host, offer.url
    ));
    terminal::say(&format!(
        "  licence  {}\n  cite     {}",
        descriptor.licence,
        terminal::one_line(&descriptor.citation)
    ));
}

/// Asks on standard error. Where nobody can answer, the answer is no.
fn agreed() -> Result<bool, CommandError> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    let _ = write!(std::io::stderr().lock(), "Fetch it? [y/N] ");
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|e| CommandError::new(Kind::Failure, format!("standard input: {e}")))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes" | "j" | "ja"))
}

/// The last part of the address, or the dataset's name: never a path.
fn file_name(url: &str, name: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if last.is_empty() || !last.chars().all(plain) || last.starts_with('.') {
        format!("{name}.csv")
    } else {
        last.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_is_never_a_path() {
        assert_eq!(file_name("https://example.org/data/UNVotes.csv?x=1", "un-votes"), "UNVotes.csv");
        for odd in
            ["https://example.org/", "https://example.org/..", "https://example.org/a%2Fb", "https://e.org/x?y=/.."]
        {
            let name = file_name(odd, "un-votes");
            assert!(name == "un-votes.csv" || name == "x" || name == "example.org", "{name}");
        }
    }
}
