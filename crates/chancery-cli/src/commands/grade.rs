//! `grade`: what a person thinks of a source or a claim, with the reason.

use std::process::ExitCode;
use std::time::Duration;

use chancery::grade::{Topic, grade_claim, grade_source};
use chancery::model::IdKind;
use chancery::{clock, reference, run};
use clap::Args;
use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::output::{Output, json};

/// Grade a source (A to F, by topic) or a claim (1 to 6) after the Admiralty code
///
/// A grade is a person's: it is kept with the reason, shown in briefs, and moves no count. A later grade replaces an
/// earlier one. F and 6 say that it cannot be judged; they are no middle grades.
#[derive(Debug, Args)]
#[command(after_help = "\
Reliability of a source: A completely reliable, B usually, C fairly, D not usually reliable, E unreliable, F cannot be judged.
Credibility of a claim: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.

Examples:
  chancery grade KCNA A --topic words --reason \"prints the government's statements in full\"
  chancery grade KCNA E --topic military --reason \"denied deliveries that were shown\"
  chancery grade c-2mudkpwe 2 --reason \"customs table agrees\"")]
pub(crate) struct Grade {
    /// A source as `chancery sources` lists it, or a claim (c-… or its beginning)
    #[arg(value_name = "SOURCE|CLAIM")]
    subject: String,
    /// A to F for a source, 1 to 6 for a claim
    #[arg(value_name = "GRADE", value_parser = MARKS, ignore_case = true, hide_possible_values = true)]
    mark: String,
    /// What a source is graded on: all, words (who said what), military, political, economic, people
    #[arg(long, value_name = "TOPIC", default_value = "all")]
    topic: Topic,
    /// Why; it is kept and shown
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// How long to wait for another writer
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    wait: u64,
}

/// Grades of both axes.
const MARKS: [&str; 12] = ["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"];

#[derive(Serialize)]
struct Line<'a> {
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<Topic>,
    grade: &'a str,
    reason: &'a str,
}

pub(crate) fn run(args: &Grade, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let grade = args.mark.to_uppercase();
    let settings = serde_json::json!({ "subject": args.subject, "grade": grade });
    let hand = run::person("grade", &settings, clock::now())?;
    let wait = Duration::from_secs(args.wait);
    let (subject, topic) = if args.subject.starts_with("c-") {
        let claim = reference::resolve(&ledger, &args.subject, IdKind::Claim)?;
        grade_claim(&ledger, &claim, &grade, &args.reason, &hand, wait)?;
        (claim.to_string(), None)
    } else {
        grade_source(&ledger, (&args.subject, args.topic), &grade, &args.reason, &hand, wait)?;
        (args.subject.clone(), Some(args.topic))
    };
    let mut out = Output::new();
    out.line(&json(&Line { subject: &subject, topic, grade: &grade, reason: &args.reason }))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
