//! Simulation-based calibration of the exact ideal-point sampler at length (Talts et al. 2018, arXiv 1804.06788): truth
//! from the prior, votes from the truth, and the ranks of the truth among the draws, which are uniform if the sampler is
//! right.
//!
//! `cargo run --release -p chancery-measure --example calibration -- REPLICATIONS`
#![allow(clippy::print_stdout)]

use std::error::Error;

use chancery_measure::ideal::{Anchors, Prior, Schedule, Size, Start, Variance, exact, simulate};
use rayon::prelude::*;

const BINS: usize = 20;
const DRAWS: usize = 99;
const NAMES: [&str; 6] = [
    "high anchor, first",
    "high anchor, last",
    "third state, middle",
    "last state, first",
    "last state, last",
    "variance of a step",
];

fn main() -> Result<(), Box<dyn Error>> {
    let replications: u64 = std::env::args().nth(1).ok_or("REPLICATIONS")?.parse()?;
    let ranks: Vec<[usize; 6]> = (0..replications).into_par_iter().map(ranks).collect::<Result<_, _>>()?;
    let expected = replications as f64 / BINS as f64;
    println!(
        "{replications} replications, {DRAWS} draws each, {BINS} bins; chi-square has 19 degrees of freedom (95 %: 30.1, 99.9 %: 43.8)"
    );
    for (k, name) in NAMES.iter().enumerate() {
        let mut histogram = [0_u32; BINS];
        for rank in &ranks {
            histogram[rank[k] * BINS / (DRAWS + 1)] += 1;
        }
        let chi: f64 = histogram.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
        println!("{name}: chi-square {chi:.1}, bins {histogram:?}");
    }
    Ok(())
}

fn ranks(seed: u64) -> Result<[usize; 6], chancery_measure::MeasureError> {
    let anchors = Anchors { high: "1".into(), low: "2".into() };
    let prior = Prior { step: Variance::InverseGamma { shape: 4.0, scale: 1.0 }, ..Prior::default() };
    let size = Size { states: 6, sessions: 4, items: 8, returning: 3 };
    let schedule = Schedule { burn: 500, sweeps: DRAWS * 20, thin: 20, chains: 1, seed };
    let (panel, truth) = simulate(&size, &prior, 50_000 + seed)?;
    let start = Start::from_anchors(&panel, &anchors)?;
    let sample = exact(&panel, &prior, &start, &anchors, &schedule)?;
    let (theta, step) = truth.standard(&panel, &anchors)?;
    let rank = |value: f64, draws: &[f64]| draws.iter().filter(|&&d| d < value).count();
    let of = |p: usize| rank(theta[p], &sample.of(p)[0]);
    Ok([of(0), of(18), of(8), of(5), of(23), rank(step, &sample.step_variance()[0])])
}
