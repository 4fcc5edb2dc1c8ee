//! One file per command: its arguments with their help, and what it does. A new command is a `mod` line, a variant and
//! an arm.

mod add;
mod asking;
mod brief;
mod cite;
mod claims;
mod code;
mod completions;
mod data;
mod demo;
mod diff;
mod export;
mod forms;
mod grade;
mod init;
mod man;
mod measure;
mod mediate;
mod panel;
mod parse;
mod read;
mod redact;
mod sources;
mod texts;
mod timeline;
mod turns;
mod verify;
mod votes;
mod why;

use std::process::ExitCode;

use clap::Subcommand;

use crate::context::Context;
use crate::error::CommandError;

/// The commands, in the order of help: writing, reading, upkeep.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Demo(demo::Demo),
    Init(init::Init),
    Add(add::Add),
    Code(code::Code),
    Parse(parse::Parse),
    Read(read::Read),
    Brief(brief::Brief),
    Claims(claims::Claims),
    Timeline(timeline::Timeline),
    Why(why::Why),
    Diff(diff::Diff),
    Data(data::Data),
    Measure(measure::Measure),
    Turns(turns::Turns),
    Mediate(mediate::Mediate),
    Panel(panel::Panel),
    Cite(cite::Cite),
    Export(export::Export),
    Sources(sources::Sources),
    Grade(grade::Grade),
    Verify(verify::Verify),
    Redact(redact::Redact),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Does what was asked.
    pub(crate) fn run(self, context: &Context) -> Result<ExitCode, CommandError> {
        match self {
            Self::Demo(args) => demo::run(&args),
            Self::Init(args) => init::run(&args),
            Self::Add(args) => add::run(args, context),
            Self::Code(args) => code::run(args),
            Self::Parse(args) => parse::run(&args),
            Self::Read(args) => read::run(args, context),
            Self::Brief(args) => brief::run(&args, context),
            Self::Claims(args) => claims::run(args, context),
            Self::Timeline(args) => timeline::run(&args, context),
            Self::Data(args) => data::run(args, context),
            Self::Measure(args) => measure::run(&args, context),
            Self::Panel(args) => panel::run(&args, context),
            Self::Cite(args) => cite::run(&args),
            Self::Mediate(args) => mediate::run(&args, context),
            Self::Turns(args) => turns::run(&args, context),
            Self::Diff(args) => diff::run(&args, context),
            Self::Export(args) => export::run(&args, context),
            Self::Why(args) => why::run(&args, context),
            Self::Grade(args) => grade::run(&args, context),
            Self::Sources(args) => sources::run(&args, context),
            Self::Verify(args) => verify::run(&args, context),
            Self::Redact(args) => redact::run(&args, context),
            Self::Completions(args) => completions::run(&args),
            Self::Man(args) => man::run(&args),
        }
    }
}
