//! The options of every command that asks the ledger.

use std::path::PathBuf;

use chancery::Error;
use chancery::answer::{self, Question};
use chancery::coder::Register;
use chancery::ledger::{AsOf, Filter};
use chancery::model::{Date, Dyad, PartialDate};
use clap::Args;

use crate::error::{CommandError, Kind};
use crate::output::Output;

/// Two states.
#[derive(Debug, Clone, Args)]
pub(crate) struct Pair {
    /// A state: code, COW number, German or English name
    #[arg(value_name = "A")]
    pub(crate) a: String,
    /// Another state
    #[arg(value_name = "B")]
    pub(crate) b: String,
}

impl Pair {
    /// The pair, if both names are states.
    pub(crate) fn dyad(&self, register: &Register) -> Result<Dyad, Error> {
        answer::dyad(register, &self.a, &self.b)
    }
}

/// The period and the state of knowledge that a question is about.
#[derive(Debug, Clone, Args)]
pub(crate) struct Asking {
    /// From this day, month or year on
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<PartialDate>,
    /// To the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<PartialDate>,
    /// What this ledger held: an entry number, or the end of a day (UTC) [default: the last entry]
    #[arg(long, value_name = "DATE|SEQ", value_parser = as_of)]
    pub(crate) as_of: Option<AsOf>,
    /// What the world could know by the end of this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) known_by: Option<PartialDate>,
}

impl Asking {
    /// The question about a pair.
    pub(crate) fn question(&self, dyad: Dyad) -> Question {
        let Filter { from, to, as_of, known_by, .. } = self.filter();
        Question { dyad, from, to, as_of, known_by }
    }

    /// The filter without a pair.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            from: self.from.map(PartialDate::first),
            to: self.to.map(PartialDate::end),
            as_of: self.as_of.unwrap_or_default(),
            known_by: self.known_by.map(PartialDate::end),
            ..Filter::default()
        }
    }
}

/// `1234` is an entry (with or without `seq`), `2024` to `2024-12-31` a day's end; a bare number of four digits is a year.
pub(crate) fn as_of(text: &str) -> Result<AsOf, String> {
    if let Some(number) = text.strip_prefix("seq") {
        return number.parse().map(AsOf::Seq).map_err(|_| "expected seq and a number".to_owned());
    }
    if let Ok(date) = text.parse::<PartialDate>() {
        return Ok(AsOf::Day(last_day(date)));
    }
    text.parse().map(AsOf::Seq).map_err(|_| "expected YYYY, YYYY-MM, YYYY-MM-DD, or the number of an entry".to_owned())
}

/// The last day that a date argument covers.
pub(crate) fn last_day(date: PartialDate) -> Date {
    date.end().yesterday().unwrap_or(date.first())
}

/// A form without a way of escaping, for standard output: what would act on a terminal is written out. In a file the words
/// stay as they are.
pub(crate) fn seen(text: &str, to_screen: bool) -> String {
    // Line ends are CR LF there, and a carriage return alone would act.
    if to_screen {
        text.split("\r\n").map(chancery::render::legible).collect::<Vec<_>>().join("\r\n")
    } else {
        text.to_owned()
    }
}

/// Prints a result, or writes it to a file where one was named.
pub(crate) fn deliver(text: &str, file: Option<&PathBuf>) -> Result<(), CommandError> {
    deliver_bytes(text.as_bytes(), file)
}

/// The same for a form that is no text.
pub(crate) fn deliver_bytes(bytes: &[u8], file: Option<&PathBuf>) -> Result<(), CommandError> {
    if let Some(path) = file {
        return std::fs::write(path, bytes).map_err(|e| {
            CommandError::new(Kind::Failure, format!("{}: {e}", path.display()))
                .hint("check that the folder exists and may be written to")
        });
    }
    let mut out = Output::new();
    out.bytes(bytes)?;
    out.flush()
}
