//! `demo`: a workspace from the built-in examples, its brief, and what to type next.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery::answer::{self, Question};
use chancery::ledger::AsOf;
use chancery::{Engine, demo, render};
use clap::Args;

use crate::commands::asking::deliver;
use crate::commands::brief::{labels, layout};
use crate::error::CommandError;
use crate::terminal;

/// Build a workspace from built-in examples and print a brief; needs nothing but this program
///
/// The examples are short news items on Russia and North Korea, 2014 to 2024, in German and English. A second run
/// builds the folder anew.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// The folder that is made, or made anew
    #[arg(long, default_value = "chancery-demo", value_name = "DIR")]
    dir: PathBuf,
    /// Language of the brief
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["de", "en"])]
    lang: String,
}

pub(crate) fn run(args: &Demo) -> Result<ExitCode, CommandError> {
    let engine = Engine::embedded()?;
    let built = demo::build(&args.dir, &engine)?;
    for failure in &built.failed {
        terminal::say(&format!("not read: {failure}"));
    }
    terminal::say(&format!(
        "{}: {}, {} of them reprints, {}",
        args.dir.display(),
        terminal::count(built.documents, "text"),
        built.reprints,
        terminal::count(built.claims, "claim")
    ));
    let ledger = built.workspace.ledger()?;
    let register = engine.knowledge().states();
    let dyad = answer::dyad(register, "RUS", "PRK")?;
    let answer = answer::answer(&ledger, Question { dyad, from: None, to: None, as_of: AsOf::Last, known_by: None })?;
    let labels = labels(&args.lang)?;
    let mut brief = chancery::brief::brief(&answer, &labels, register);
    brief.dyad.reverse();
    deliver(&render::terminal(&brief, &labels, layout(false, true)), None)?;
    terminal::say(&next(args, &brief));
    Ok(ExitCode::SUCCESS)
}

/// What to type next, with identifiers that are really there.
fn next(args: &Demo, brief: &chancery::brief::Brief) -> String {
    let dir = args.dir.display();
    let claim =
        brief.sections.iter().flat_map(|s| &s.lines).flat_map(|l| &l.voices).next().map(|v| render::short(&v.claim));
    let figure = brief.figures.iter().find(|f| f.id.starts_with("f:shown")).or(brief.figures.first());
    let mut lines = vec![format!("\nNext:\n  cd {dir}")];
    lines.extend(claim.map(|c| format!("  chancery why {c}                      the words, the speakers, the rule")));
    lines.extend(figure.map(|f| format!("  chancery why '{}'", f.id)));
    lines.push("  chancery brief RUS PRK --known-by 2023-09-12   what the world could know then".to_owned());
    lines.push("  chancery brief RUS PRK --lang de --format html -o brief.html".to_owned());
    lines.push("  chancery claims RUS PRK --disputed".to_owned());
    lines.push("  chancery diff RUS PRK 2023-08-31 2023-12-31    what changed, by which evidence".to_owned());
    lines.push("  chancery read examples/2023-09-11-visit-confirmed.md".to_owned());
    lines.push("  chancery init my-workspace && chancery -w my-workspace add FILE…".to_owned());
    lines.join("\n")
}
