//! `mediate`: does a state vote with another only where a third does?

use std::fmt::Write as _;
use std::process::ExitCode;

use chancery::measure::Share;
use chancery::measure::mediation::{Cluster, Correlation, Mediation, Settings, View};
use chancery::series::{Mediated, MediationQuestion, mediated};
use chancery::{answer, knowledge};
use clap::Args;
use serde_json::{Value, json};

use crate::commands::asking::{Asking, deliver};
use crate::commands::votes::{Wanted, held_votes, release_line};
use crate::context::Context;
use crate::error::CommandError;
use crate::output::pretty_json;
use crate::terminal;

/// Ask whether one state votes with another only where a third does, in four views that must agree
///
/// Likeness of votes, never motive: the strongest answer is "statistically accounted for". Both ordered questions are
/// answered, since a common bloc makes both large. Exit code 3 says that it cannot be judged.
#[derive(Debug, Args)]
#[command(after_help = "\
Example: chancery mediate RUS PRK --via CHN --from 2022-09 --to 2024-06")]
pub(crate) struct Mediate {
    /// Whose votes are to be accounted for: code, COW number, German or English name
    #[arg(value_name = "A")]
    a: String,
    /// With whom it votes
    #[arg(value_name = "B")]
    b: String,
    /// Via whom
    #[arg(long, value_name = "C")]
    via: String,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    votes: Wanted,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Mediate, context: &Context) -> Result<ExitCode, CommandError> {
    let ledger = context.workspace()?.ledger()?;
    let register = knowledge::register()?;
    // Each pair of names is checked as a pair: the same state twice is told as such.
    answer::dyad(register, &args.a, &args.b)?;
    answer::dyad(register, &args.a, &args.via)?;
    answer::dyad(register, &args.b, &args.via)?;
    let code = |typed: &str| register.resolve(typed).map(|code| code.to_string()).unwrap_or_default();
    let filter = args.asking.filter();
    let Some(held) = held_votes(&ledger, &filter, &args.votes)? else {
        return Ok(ExitCode::from(3));
    };
    let question =
        MediationQuestion { r: code(&args.a), k: code(&args.b), c: code(&args.via), from: filter.from, to: filter.to };
    let found = mediated(&held, &question, &Settings::default())?;
    let judged = found.via.verdict != chancery::measure::mediation::Verdict::CannotBeJudged;
    if args.json {
        let whole = json!({
            "schema_version": 1,
            "release": held.release.document.id.to_string(),
            "question": [question.r, question.k, question.c],
            "via": told(&found.via, &found),
            "swapped": told(&found.swapped, &found),
            "evidence": found.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        deliver(&(pretty_json(&whole) + "\n"), None)?;
    } else {
        let mut text = format!("{}\n\n", release_line(&held));
        let MediationQuestion { r, k, c, .. } = &question;
        sheet(&mut text, [r, k, c], &found.via, &found);
        text.push('\n');
        sheet(&mut text, [r, c, k], &found.swapped, &found);
        let _ = writeln!(text, "\n{r} and {k} alike and unlike {c}: {}", share(&found.opposition.against));
        let _ = writeln!(
            text,
            "Where {r} and {k} differ, {c} votes with {r}: {}, with {k}: {}, with neither: {}",
            share(&found.stance.with_a),
            share(&found.stance.with_b),
            share(&found.stance.neither)
        );
        deliver(&text, None)?;
    }
    if !judged {
        terminal::say("note: too few roll calls, or too few on which the two differ (exit code 3)");
        return Ok(ExitCode::from(3));
    }
    Ok(ExitCode::SUCCESS)
}

fn sheet(out: &mut String, [r, k, c]: [&String; 3], m: &Mediation, found: &Mediated) {
    let splits = &m.splits;
    let _ = writeln!(out, "Does {r} vote with {k} only where {c} does?  {}", words(m));
    let _ = writeln!(out, "  roll calls on which all three voted    {}", m.calls.len());
    let _ = writeln!(out, "  {r} as {k}                             {}", share(&m.r_as_k));
    let _ = writeln!(
        out,
        "  1 splits: where {c} and {k} differ     with {k} {}, with {c} {}, neither {}  [{}]",
        share(&splits.with_k.share),
        share(&splits.with_c.share),
        share(&splits.neither),
        view(m.views.splits)
    );
    let chance = splits.with_k.chance.map_or_else(|| "–".to_owned(), |p| format!("{:.0} %", p * 100.0));
    let _ = writeln!(out, "    by chance with {k} {chance}; joint abstentions among them {}", splits.joint_abstentions);
    let mediated = m.information.mediated.map_or_else(|| "–".to_owned(), |f| format!("{f:.2}"));
    let _ = writeln!(
        out,
        "  2 information: {:.3} bits, given {c} {:.3} (p {:.3}); mediated fraction {mediated}  [{}]",
        m.information.rk,
        m.information.rk_given_c,
        m.information.p_rk_given_c,
        view(m.views.information)
    );
    let _ = writeln!(
        out,
        "  3 agenda-adjusted correlation: {}, given {c} {}; {} clusters ({})  [{}]",
        correlation(&m.adjusted.rk),
        correlation(&m.adjusted.rk_given_c),
        m.adjusted.clusters,
        match m.adjusted.cluster {
            Cluster::RollCall => "roll calls",
            Cluster::Day => "days",
            Cluster::Item => "items",
        },
        view(m.views.adjusted)
    );
    let rank = m.placebo.rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string());
    let top: Vec<String> = m.placebo.top.iter().map(|t| format!("{} {:+.2}", found.states[t.state], t.drop)).collect();
    let _ =
        writeln!(out, "  4 {c} among other mediators: rank {rank} of {}; strongest {}", m.placebo.of, top.join(", "));
}

fn words(m: &Mediation) -> String {
    m.verdict.as_str().replace('_', " ")
}

fn view(view: View) -> &'static str {
    match view {
        View::AccountedFor => "accounted for",
        View::Remains => "likeness remains",
        View::Unclear => "unclear",
        View::Unknown => "nothing to judge from",
    }
}

fn share(s: &Share) -> String {
    if s.total == 0 {
        return "–".to_owned();
    }
    let percent = 100.0 * s.hits as f64 / s.total as f64;
    format!("{}/{} ({percent:.0} %, {:.0} to {:.0})", s.hits, s.total, s.low * 100.0, s.high * 100.0)
}

fn correlation(c: &Correlation) -> String {
    match (c.value, c.interval) {
        (Some(value), Some((low, high))) => format!("{value:+.2} ({low:+.2} to {high:+.2})"),
        (Some(value), None) => format!("{value:+.2}"),
        _ => "–".to_owned(),
    }
}

fn told(m: &Mediation, found: &Mediated) -> Value {
    let share = |s: &Share| json!({ "hits": s.hits, "total": s.total, "low": s.low, "high": s.high });
    let correlation = |c: &Correlation| json!({ "value": c.value, "interval": c.interval });
    json!({
        "verdict": m.verdict.as_str(),
        "n": m.calls.len(),
        "r_as_k": share(&m.r_as_k),
        "r_as_c": share(&m.r_as_c),
        "c_as_k": share(&m.c_as_k),
        "splits": {
            "with_k": share(&m.splits.with_k.share),
            "with_k_by_chance": m.splits.with_k.chance,
            "with_c": share(&m.splits.with_c.share),
            "neither": share(&m.splits.neither),
            "joint_abstentions": m.splits.joint_abstentions,
            "view": view(m.views.splits),
        },
        "information": {
            "bits": m.information.rk,
            "bits_given_c": m.information.rk_given_c,
            "mediated_fraction": m.information.mediated,
            "p": m.information.p_rk,
            "p_given_c": m.information.p_rk_given_c,
            "view": view(m.views.information),
        },
        "adjusted": {
            "rho": correlation(&m.adjusted.rk),
            "rho_given_c": correlation(&m.adjusted.rk_given_c),
            "clusters": m.adjusted.clusters,
            "view": view(m.views.adjusted),
        },
        "placebo": {
            "rank": m.placebo.rank,
            "of": m.placebo.of,
            "top": m.placebo.top.iter().map(|t| json!({ "state": found.states[t.state], "drop": t.drop })).collect::<Vec<_>>(),
        },
    })
}
