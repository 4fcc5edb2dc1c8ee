//! The Assembly's votes for the commands that ask them: which release is read, and what to do where there is none.

use chancery::ledger::{Filter, Ledger};
use chancery::series::{Assembly, AssemblyQuestion, Release, assembly};
use clap::Args;

use crate::error::CommandError;
use crate::terminal;

/// Which of several releases of the votes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Wanted {
    /// Which release of the votes: the beginning of its document's identifier, or its vintage [default: the newest]
    #[arg(long, value_name = "RELEASE")]
    release: Option<String>,
}

/// The Assembly's votes that a ledger holds; where it holds none, says what to do.
pub(crate) fn held_votes(ledger: &Ledger, filter: &Filter, wanted: &Wanted) -> Result<Option<Assembly>, CommandError> {
    let question = AssemblyQuestion { as_of: filter.as_of, known_by: filter.known_by, release: wanted.release.clone() };
    let held = assembly(ledger, &question)?;
    if held.is_none() {
        terminal::say("note: this ledger holds no votes of the General Assembly for this question (exit code 3)");
        terminal::say("hint: chancery data add FILE --as un-votes, or chancery data pull un-votes");
    }
    Ok(held)
}

/// Which release was read, and which others are there.
pub(crate) fn release_line(held: &Assembly) -> String {
    let named = |r: &Release| {
        let vintage = r.vintage.as_ref().map_or_else(String::new, |v| format!(", release {v}"));
        format!("{} ({} ballots{vintage})", r.document.id, r.ballots)
    };
    let others = match held.others.as_slice() {
        [] => String::new(),
        others => format!("; not read: {}", others.iter().map(named).collect::<Vec<_>>().join(", ")),
    };
    format!("votes of the General Assembly: {}{others}", named(&held.release))
}
