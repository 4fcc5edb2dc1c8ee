//! What `turns` finds in series with a known truth, and how fast it is: the Rust side of `bench/turns.md`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use chancery_measure::simulate::{self, Truth};
use chancery_measure::turns::{self, Explanation, Family, Settings};
use rand::SeedableRng;
use rand_pcg::Pcg64;

fn main() {
    let task = std::env::args().nth(1).unwrap_or_default();
    let number = |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    match task.as_str() {
        "families" => families(number(2, 150.0) as usize, number(3, 0.15)),
        "panel" => panel(number(2, 18_528.0) as usize, number(3, 78.0) as usize),
        _ => println!("families [SERIES [WALK_SD]] | panel [DYADS [SESSIONS]]"),
    }
}

fn families(series: usize, walk_sd: f64) {
    let (periods, trials) = (33, 36);
    let settings = Settings::default();
    println!(
        "{series} series each, {periods} periods, {trials} trials, walk sd {walk_sd}; row truth, column most probable"
    );
    println!("{:10}{}", "", Explanation::ALL.map(|e| format!("{:>10}", e.as_str())).concat());
    for kind in Explanation::ALL {
        let mut chosen = [0_usize; 5];
        let mut weight = [0.0; 5];
        let reference = Settings { changes: turns::Changes::Hazard(1.0 / 12.0), ..settings.clone() };
        let mut sharp = 0;
        let (mut near, mut four) = (0, [0_usize; 5]);
        for seed in 0..series as u64 {
            let mut rng = Pcg64::new(u128::from(seed), kind as u128);
            let truth = Truth::of_votes(kind, periods, walk_sd, &mut rng);
            let levels = truth.levels(Family::Shares, periods, &mut rng);
            let data = simulate::shares(&levels, trials, &mut rng).unwrap();
            let tables = turns::tables(&data, &settings).unwrap();
            let weighed = turns::weigh(&data, &settings, &tables).unwrap();
            chosen[weighed.best() as usize] += 1;
            let first_four = Settings { odds: [1.0, 1.0, 1.0, 1.0, 0.0], ..settings.clone() };
            four[turns::weigh(&data, &first_four, &tables).unwrap().best() as usize] += 1;
            weight.iter_mut().zip(weighed.posterior).for_each(|(w, p)| *w += p / series as f64);
            let exact = turns::weigh(&data, &reference, &tables).unwrap().segmentation;
            sharp += usize::from(exact.change.iter().any(|p| *p > 0.5));
            if let Truth::Step { at, .. } = truth {
                let change = &weighed.segmentation.change;
                let likeliest = (0..periods).max_by(|a, b| change[*a].total_cmp(&change[*b])).unwrap();
                near += usize::from(likeliest.abs_diff(at) <= 1);
            }
        }
        let share = |n: usize| format!("{:>9.1}%", 100.0 * n as f64 / series as f64);
        println!("{:10}{}", kind.as_str(), chosen.map(share).concat());
        println!("  without impulse {}", four.map(share).concat());
        println!("  mean posterior  {}", weight.map(|w| format!("{w:>10.3}")).concat());
        println!("  a date above .5 {}", share(sharp));
        if kind == Explanation::Steps {
            println!("  likeliest date within ±1: {}", share(near));
        }
    }
}

fn panel(dyads: usize, sessions: usize) {
    let settings = Settings { prior: Some(turns::Prior::Beta { a: 1.0, b: 1.0 }), ..Settings::default() };
    let kinds = Explanation::ALL;
    let data: Vec<_> = (0..dyads)
        .map(|d| {
            let mut rng = Pcg64::seed_from_u64(d as u64);
            let truth = Truth::of_votes(kinds[d % 5], sessions, 0.15, &mut rng);
            let levels = truth.levels(Family::Shares, sessions, &mut rng);
            simulate::shares(&levels, 36, &mut rng).unwrap()
        })
        .collect();
    let start = Instant::now();
    let tables = turns::tables(&data[0], &settings).unwrap();
    let found: usize = data.iter().map(|s| usize::from(turns::weigh(s, &settings, &tables).unwrap().found())).sum();
    println!("{dyads} dyads x {sessions} sessions: {:.2} s, {found} with steps", start.elapsed().as_secs_f64());
}
