//! Ideal points from the votes of the unvotes release: the input of the published run, ballot for ballot, and a short run
//! against the published points. The full run is `crates/chancery-measure/examples/ideal.rs`; its numbers are in
//! `bench/ideal-points.md`.

use std::collections::BTreeMap;
use std::path::Path;

use chancery_measure::ideal::{
    Anchors, Panel, Preparation, Prior, PublishedPrior, Schedule, prepare, published, summarise, variational,
};
use chancery_measure::{Ballot, RollCall, Votes, VotesBuilder};

use crate::support::{alignment, integers, table};

/// General Assembly votes 1946 to 2020 with flags for paragraph and amendment votes. A roll call without a flag counts as a
/// whole text, as it did for the published estimates.
fn votes_2020(folder: &Path) -> Votes {
    let calls = table(folder, "un_roll_calls_unvotes.parquet");
    let [ids, sessions] = ["rcid", "session"].map(|column| integers(&calls, column));
    let days = calls.days("date").unwrap();
    let [amendment, paragraph, important] =
        ["amend", "para", "importantvote"].map(|column| calls.integers(column).unwrap());
    let mut votes = VotesBuilder::default();
    for i in 0..calls.rows() {
        let call = RollCall {
            id: ids[i] as u32,
            session: sessions[i] as u16,
            day: days[i],
            partial: amendment[i] == Some(1) || paragraph[i] == Some(1),
            important: important[i] == Some(1),
            ..RollCall::default()
        };
        votes.call(call).unwrap();
    }
    let rows = table(folder, "un_votes_unvotes_1946_2020.parquet");
    let [call, state, vote] = ["rcid", "ccode", "vote"].map(|column| integers(&rows, column));
    for i in 0..rows.rows() {
        votes.ballot(&state[i].to_string(), call[i] as u32, Ballot::from_number(vote[i]).unwrap()).unwrap();
    }
    votes.build().unwrap()
}

fn links(folder: &Path) -> Vec<(u32, u32)> {
    let text = std::fs::read_to_string(folder.join("bsv_matches.csv")).unwrap();
    let pair = |line: &str| {
        let cells: Vec<u32> = line.split(',').map(|c| c.trim().parse().unwrap()).collect();
        (cells[1], cells[2])
    };
    text.lines().skip(1).map(pair).collect()
}

/// Zanzibar (511) has two votes in all, South Africa (560) one in session 48, session 19 one roll call.
fn panel(folder: &Path) -> Panel {
    let rule = Preparation {
        partial_through: Some(44),
        without_sessions: vec![19],
        without_states: vec!["511".into()],
        without_points: vec![("560".into(), 48)],
    };
    prepare(&votes_2020(folder), &links(folder), &rule).unwrap()
}

#[test]
fn the_input_is_that_of_the_published_run_and_a_short_run_comes_near_it() {
    let Some(folder) = alignment("ideal points") else { return };
    let panel = panel(&folder);
    assert_eq!((panel.ballots(), panel.items().len(), panel.points().len()), (797_473, 4_784, 10_469));

    let reference = table(&folder, "bsv_idealpoints_all_apr2020.parquet");
    let [state, session, ballots] = ["ccode", "session", "nvotes"].map(|column| integers(&reference, column));
    let [mean, low, high] = ["idealpoint", "q5", "q95"].map(|column| reference.numbers(column).unwrap());
    let rows: BTreeMap<(String, u16), usize> =
        (0..reference.rows()).map(|i| ((state[i].to_string(), session[i] as u16), i)).collect();
    let row = |p: usize| {
        let point = panel.points()[p];
        rows[&(panel.states()[point.state as usize].clone(), point.session)]
    };
    let equal = (0..panel.points().len()).filter(|&p| i64::from(panel.points()[p].ballots) == ballots[row(p)]).count();
    assert_eq!(equal, 10_469, "ballots of every state in every session");

    let anchors = Anchors { high: "2".into(), low: "365".into() };
    let start = variational(&panel, &Prior::default(), &anchors, 20).unwrap();
    let schedule = Schedule { burn: 20, sweeps: 40, thin: 2, chains: 1, seed: 1 };
    let draws = published(&panel, &PublishedPrior::default(), &start, &anchors, &schedule).unwrap();
    let estimates = summarise(&panel, &draws);
    let pairs: Vec<(f64, f64)> = estimates.iter().enumerate().map(|(p, e)| (e.mean, mean[row(p)].unwrap())).collect();
    let inside = estimates
        .iter()
        .enumerate()
        .filter(|(p, e)| (low[row(*p)].unwrap()..=high[row(*p)].unwrap()).contains(&e.mean))
        .count();
    let r = correlation(&pairs);
    eprintln!("60 sweeps: r {r:.4}, inside the published 90 % interval {inside} of 10469");
    assert!(r > 0.97, "r {r}");
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let n = pairs.len() as f64;
    let (a, b) = (pairs.iter().map(|p| p.0).sum::<f64>() / n, pairs.iter().map(|p| p.1).sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - a, p.1 - b)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}
