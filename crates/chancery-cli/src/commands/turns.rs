//! `turns`: sudden turn, slow drift, passing impulse, or none of them.

use std::fmt::Write as _;
use std::process::ExitCode;

use chancery::knowledge;
use chancery::measure::turns::{Explanation, Settings, TurningPoint};
use chancery::series::{Contested, TurnsAnswer, turns};
use clap::Args;
use serde_json::{Value, json};

use crate::commands::asking::{Asking, Pair, deliver};
use crate::commands::votes::{Wanted, held_votes, release_line};
use crate::context::Context;
use crate::error::CommandError;
use crate::output::pretty_json;
use crate::terminal;

/// Weigh explanations of how two states' voting moved: constant, drift, walk, steps, impulse
///
/// Works on the votes themselves: agreement on contested roll calls (largest bloc below 90 %) of each session, with its n. A
/// turning point has a date as an interval, a size, and whether it lasted. Exit code 3 says that there are too few sessions.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery turns RUS PRK --from 1991")]
pub(crate) struct Turns {
    #[command(flatten)]
    pair: Pair,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    votes: Wanted,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Turns, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    let dyad = args.pair.dyad(register)?;
    let filter = args.asking.filter();
    let Some(held) = held_votes(&ledger, &filter, &args.votes)? else {
        return Ok(ExitCode::from(3));
    };
    let found = turns(&held, &dyad, filter.from, filter.to, &Settings::default())?;
    if args.json {
        let whole = json!({
            "schema_version": 1,
            "dyad": [dyad.a().as_str(), dyad.b().as_str()],
            "release": held.release.document.id.to_string(),
            "series": found.series,
            "explanations": found.explanations().iter().map(|(e, p)| json!({ "explanation": e, "posterior": p })).collect::<Vec<_>>(),
            "turning_points": points(&found).map(|p| point_json(&found, p)).collect::<Vec<_>>(),
        });
        deliver(&(pretty_json(&whole) + "\n"), None)?;
    } else {
        let head =
            format!("{} – {}: agreement on contested roll calls\n{}\n\n", dyad.a(), dyad.b(), release_line(&held));
        deliver(&(head + &sheet(&found)), None)?;
    }
    if found.turns.is_none() {
        terminal::say("note: too few sessions with joint contested votes (exit code 3)");
        return Ok(ExitCode::from(3));
    }
    Ok(ExitCode::SUCCESS)
}

fn points(found: &TurnsAnswer) -> impl Iterator<Item = &TurningPoint> {
    found.turns.iter().flat_map(|t| &t.turning)
}

/// The session at a position of the weighed series.
fn session(found: &TurnsAnswer, at: usize) -> u16 {
    found.series.first().map_or(0, |s| s.session) + at as u16
}

fn point_json(found: &TurnsAnswer, p: &TurningPoint) -> Value {
    let level = |l: &chancery::measure::turns::Level| json!({ "mean": l.mean, "low": l.low, "high": l.high });
    json!({
        "session": session(found, p.date),
        "window": [session(found, p.window.first), session(found, p.window.last)],
        "window_probability": p.window.probability,
        "before": level(&p.before),
        "after": level(&p.after),
        "size": level(&p.size),
        "persists": p.persists,
    })
}

fn sheet(found: &TurnsAnswer) -> String {
    let mut rows = vec![["Session", "From", "To", "Same", "n", "Share", "95 %"].map(str::to_owned)];
    rows.extend(found.series.iter().map(cells));
    let mut text: String =
        terminal::aligned(&rows, &[0, 3, 4, 5]).iter().map(|line| line.trim_end().to_owned() + "\n").collect();
    let explanations = found.explanations();
    if explanations.is_empty() {
        return text;
    }
    text.push_str("\nExplanations, likeliest first (equal odds beforehand):\n");
    for (explanation, posterior) in &explanations {
        let _ = writeln!(text, "  {:<9} {:>5.1} %  {}", explanation.as_str(), posterior * 100.0, meaning(*explanation));
    }
    text.push_str("\nTurning points, if there are steps at all:\n");
    for p in points(found) {
        let _ = writeln!(
            text,
            "  session {} to {} ({:.0} %): {:.2} → {:.2}, change {:+.2} ({:+.2} to {:+.2}); still so at the end: {}",
            session(found, p.window.first),
            session(found, p.window.last),
            p.window.probability * 100.0,
            p.before.mean,
            p.after.mean,
            p.size.mean,
            p.size.low,
            p.size.high,
            p.persists.last().map_or_else(|| "cannot be told".to_owned(), |p| format!("{:.0} %", p * 100.0)),
        );
    }
    if points(found).next().is_none() {
        text.push_str("  none\n");
    }
    text
}

fn meaning(explanation: Explanation) -> &'static str {
    match explanation {
        Explanation::Constant => "one level throughout",
        Explanation::Drift => "moves steadily",
        Explanation::Walk => "wanders",
        Explanation::Steps => "jumps and stays",
        Explanation::Impulse => "jumps once and fades back",
    }
}

fn cells(s: &Contested) -> [String; 7] {
    let day = |day: Option<chancery::model::Date>| day.map_or_else(String::new, |d| d.to_string());
    let [share, low, high] = s.share.unwrap_or([f64::NAN; 3]);
    [
        s.session.to_string(),
        day(s.first),
        day(s.last),
        s.same.to_string(),
        s.n.to_string(),
        format!("{share:.3}"),
        format!("{low:.3} to {high:.3}"),
    ]
}
