//! The project's own tasks: `cargo run --release -p xtask -- TASK …`.
//!
//! Reads files and clocks and prints, as tasks do; nothing here ships.
#![allow(clippy::disallowed_methods, clippy::print_stdout, clippy::print_stderr)]

mod eval_parse;
mod treebank;
mod train;

use std::process::ExitCode;

const USAGE: &str = "usage: cargo run --release -p xtask -- TASK

tasks
  train --lang de|en --out FILE [--clusters FILE] [--lemmas FILE] [--epochs N] TREEBANK.conllu[.gz]…
  eval-parse --lang de|en [--clusters FILE] [--lemmas FILE] [--test FILE | --folds N] TREEBANK…
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = match task.as_str() {
        "train" => train::run(&rest),
        "eval-parse" => eval_parse::run(&rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
