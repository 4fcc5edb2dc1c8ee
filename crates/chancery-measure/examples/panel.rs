//! Times the panel of ten measures for all dyads and sessions, on votes from a plain file.
//!
//! The file (`bench/measures/panel.py --write FILE` makes it) holds two little-endian `u32`, states and roll calls, then a
//! session (`u8`) for each roll call, then the ballots, state by state (0 is no row).
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use chancery_measure::agreement::{Convention, Measure, panel};
use chancery_measure::{Ballot, RollCall, Votes, VotesBuilder};

fn read(path: &str) -> Votes {
    let bytes = std::fs::read(path).unwrap();
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (states, calls) = (number(0), number(4));
    let (sessions, ballots) = bytes[8..].split_at(calls);
    let mut votes = VotesBuilder::default();
    for (call, &session) in sessions.iter().enumerate() {
        votes.call(RollCall { id: call as u32, session: u16::from(session), ..RollCall::default() }).unwrap();
    }
    for state in 0..states {
        let name = format!("{state:03}");
        for call in 0..calls {
            if let Some(ballot) = Ballot::from_number(i64::from(ballots[state * calls + call])) {
                votes.ballot(&name, call as u32, ballot).unwrap();
            }
        }
    }
    votes.build().unwrap()
}

fn main() {
    let votes = read(&std::env::args().nth(1).unwrap());
    let rules = Convention::Plain.rules();
    let mut best = f64::INFINITY;
    for _ in 0..9 {
        let start = Instant::now();
        let panel = panel(&votes, rules, &Measure::PANEL);
        let seconds = start.elapsed().as_secs_f64();
        best = best.min(seconds);
        let sums: Vec<String> = panel
            .measures
            .iter()
            .zip(&panel.values)
            .map(|(m, v)| format!("{m} {:.6}", v.iter().filter(|x| !x.is_nan()).sum::<f64>()))
            .collect();
        println!("{} dyad-sessions in {seconds:.4} s; sums {}", panel.len(), sums.join(", "));
    }
    println!("best {best:.4} s");
}
