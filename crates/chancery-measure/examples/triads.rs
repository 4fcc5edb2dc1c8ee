//! All triads of a simulated session: 193 states, the number of roll calls given (88 without), votes in memory.

#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use std::time::Instant;

use chancery_measure::mediation::scan::{ScanSettings, scan};
use chancery_measure::{Ballot, MeasureError, RollCall, VotesBuilder};
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

fn main() -> Result<(), MeasureError> {
    let calls: u32 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(88);
    let mut random = Pcg64::seed_from_u64(1);
    let mut votes = VotesBuilder::default();
    for id in 0..calls {
        votes.call(RollCall { id, session: 1, ..RollCall::default() })?;
        for state in 0..193 {
            // One in ten votes is missing; the rest leans to yes, as the Assembly does.
            let ballot = [0, 1, 1, 1, 1, 1, 1, 2, 2, 3][random.random_range(0..10)];
            if let Some(ballot) = Ballot::from_number(ballot) {
                votes.ballot(&format!("{state:03}"), id, ballot)?;
            }
        }
    }
    let votes = votes.build()?;
    for permutations in [0, 999] {
        let start = Instant::now();
        let found = scan(&votes, &ScanSettings { permutations, ..ScanSettings::default() });
        let (triads, eligible, kept) = (found.triads, found.eligible, found.kept.len());
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{calls} roll calls, {triads} triads, {eligible} eligible, {kept} kept, {permutations} permutations: {seconds:.2} s"
        );
    }
    Ok(())
}
