//! What `turns` finds in series with a known truth, and how fast it is: the Rust side of `bench/turns.md`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use chancery_measure::quality;
use chancery_measure::simulate::{self, Truth};
use chancery_measure::turns::{self, Explanation, Family, Settings};
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;

fn main() {
    let task = std::env::args().nth(1).unwrap_or_default();
    let number = |n: usize, or: f64| std::env::args().nth(n).and_then(|a| a.parse().ok()).unwrap_or(or);
    match task.as_str() {
        "families" => families(number(2, 150.0) as usize, number(3, 0.16)),
        "coverage" => coverage(number(2, 1000.0) as usize),
        "long" => long(number(2, 1e6) as usize),
        "panel" => panel(number(2, 18_528.0) as usize, number(3, 78.0) as usize),
        _ => println!("families [SERIES [WALK_SD]] | coverage [SERIES] | panel [DYADS [SESSIONS]] | long [POINTS]"),
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

/// A panel through `scan`: five explanations, exact posterior of dates, window and most probable segmentation of each.
fn panel(dyads: usize, sessions: usize) {
    let data: Vec<_> = (0..dyads)
        .map(|d| {
            let mut rng = Pcg64::seed_from_u64(d as u64);
            let truth = Truth::of_votes(Explanation::ALL[d % 5], sessions, 0.16, &mut rng);
            let levels = truth.levels(Family::Shares, sessions, &mut rng);
            simulate::shares(&levels, 36, &mut rng).unwrap()
        })
        .collect();
    let start = Instant::now();
    let found = turns::scan(&data, &turns::Scan::default()).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    let reported: Vec<_> = found.judged.iter().filter(|s| s.reported).collect();
    let wrong = reported.iter().filter(|s| s.index % 5 != Explanation::Steps as usize).count();
    println!(
        "{dyads} dyads x {sessions} sessions: {seconds:.2} s; {} reported, rate {:.3} stated, {:.3} true",
        reported.len(),
        found.false_discovery.unwrap_or(0.0),
        wrong as f64 / reported.len().max(1) as f64
    );
}

/// Truths drawn from the priors: how often intervals hold them, and whether what is said to last does.
fn coverage(series: usize) {
    let (periods, trials, later) = (33, 36, 5);
    let (mut levels_of, mut sizes, mut dates, mut lasting) = (vec![Vec::new(); 5], Vec::new(), Vec::new(), Vec::new());
    let mut averaged = Vec::new();
    let scales = turns::Scales::of(Family::Shares, periods);
    let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
    for seed in 0..series as u128 {
        for kind in [Explanation::Constant, Explanation::Drift, Explanation::Walk, Explanation::Steps] {
            let mut rng = Pcg64::new(seed, 100 + kind as u128);
            let mut changes = Vec::new();
            let truth: Vec<f64> = match kind {
                Explanation::Drift => {
                    let p: f64 = rng.random();
                    let z: f64 = StandardNormal.sample(&mut rng);
                    let middle = (p / (1.0 - p)).ln();
                    (0..periods).map(|t| logistic(middle + scales.drift * z * (t as f64 / 32.0 - 0.5))).collect()
                }
                Explanation::Walk => {
                    let p: f64 = rng.random();
                    let mut left: f64 = rng.random();
                    let sd = scales.walk.iter().find(|(_, w)| {
                        left -= w;
                        left < 0.0
                    });
                    let sd = sd.unwrap_or(&scales.walk[0]).0;
                    let mut eta = vec![(p / (1.0 - p)).ln(); periods];
                    for t in 17..periods {
                        let z: f64 = StandardNormal.sample(&mut rng);
                        eta[t] = eta[t - 1] + sd * z;
                        let z: f64 = StandardNormal.sample(&mut rng);
                        eta[32 - t] = eta[33 - t] + sd * z;
                    }
                    eta.into_iter().map(logistic).collect()
                }
                _ => {
                    if kind == Explanation::Steps {
                        let mut number = 0;
                        while number == 0 || number > 8 {
                            number = 0;
                            while rng.random::<bool>() {
                                number += 1;
                            }
                        }
                        while changes.len() < number {
                            let date = rng.random_range(1..periods);
                            if !changes.contains(&date) {
                                changes.push(date);
                            }
                        }
                        changes.sort_unstable();
                    }
                    let mut level: f64 = rng.random();
                    let mut next = |t: usize| {
                        if changes.contains(&t) {
                            level = rng.random();
                        }
                        level
                    };
                    (0..periods).map(&mut next).collect()
                }
            };
            let data = simulate::shares(&truth, trials, &mut rng).unwrap();
            let found = turns::explain(&data, &Settings { draws: 1000, ..Settings::default() }).unwrap();
            let inside =
                |fit: &[turns::Level]| fit.iter().zip(&truth).map(|(f, l)| (f.low, f.high, *l)).collect::<Vec<_>>();
            levels_of[kind as usize].extend(inside(found.fits[kind as usize].as_ref().unwrap()));
            averaged.extend(inside(&found.averaged));
            if kind != Explanation::Steps {
                continue;
            }
            for point in found.turning {
                let (a, b) = (point.window.first - 1, point.window.last);
                sizes.push((point.size.low, point.size.high, truth[b] - truth[a]));
                dates.push((point.window.probability, changes.iter().any(|c| *c > a && *c <= b)));
                if let Some(stated) = point.persists.get(later) {
                    let (from, to) = (truth[a], truth[b]);
                    let lasts = (truth[b + later] - f64::midpoint(from, to)) * (to - from) > 0.0;
                    lasting.push((*stated, lasts));
                }
            }
        }
    }
    println!("{series} series of each, {periods} periods, {trials} trials; intervals of 90 %");
    let percent = |x: Option<f64>| format!("{:.1} %", 100.0 * x.unwrap_or(f64::NAN));
    for kind in [Explanation::Constant, Explanation::Drift, Explanation::Walk, Explanation::Steps] {
        println!(
            "  levels, {}: {}",
            kind.as_str(),
            percent(quality::coverage(levels_of[kind as usize].iter().copied()))
        );
    }
    println!("  levels, averaged over explanations: {}", percent(quality::coverage(averaged)));
    println!("  sizes: {} of {}", percent(quality::coverage(sizes.iter().copied())), sizes.len());
    let mean = |of: &[(f64, bool)]| {
        let n = of.len() as f64;
        (Some(of.iter().map(|d| d.0).sum::<f64>() / n), Some(of.iter().filter(|d| d.1).count() as f64 / n))
    };
    let (stated, held) = mean(&dates);
    println!("  dates: stated {}, held {} of {}", percent(stated), percent(held), dates.len());
    let (stated, held) = mean(&lasting);
    println!(
        "  lasting {later} periods: stated {}, true {}, Brier {:.3}",
        percent(stated),
        percent(held),
        quality::brier(&lasting).unwrap()
    );
    for class in quality::reliability(&lasting, 5) {
        println!("    n {}: stated {}, true {}", class.n, percent(class.stated), percent(class.observed));
    }
}

/// A long signal, the same as in `bench/measures/turns.py`: a level that changes every thousand points, and a sawtooth of noise.
fn long(points: usize) {
    let mut state = 1_u64;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut level = 0.0;
    let values: Vec<f64> = (0..points)
        .map(|t| {
            if t % 1000 == 0 {
                level = 6.0 * uniform();
            }
            // The sum of twelve uniforms less six is nearly standard normal.
            level + (0..12).map(|_| uniform()).sum::<f64>() - 6.0
        })
        .collect();
    let penalty = 2.0 * (points as f64).ln();
    let start = Instant::now();
    let found = turns::pelt(turns::Signal::Mean(&values), penalty).unwrap();
    println!(
        "pelt {points}: {:.3} s, {} changes, cost with penalties {:.6}",
        start.elapsed().as_secs_f64(),
        found.changes.len(),
        found.cost + penalty * found.changes.len() as f64
    );
    let prior = turns::Prior::NormalInverseGamma { mean: 3.0, weight: 0.1, shape: 2.0, scale: 2.0 };
    let series = turns::Series::values(&values.iter().map(|x| Some(*x)).collect::<Vec<_>>()).unwrap();
    let start = Instant::now();
    let watched = turns::bocpd(&series, &turns::Watch { prior, hazard: 1e-3, prune: 1e-8, recent: 10 }).unwrap();
    println!("bocpd {points}: {:.3} s, {:.1} run lengths kept", start.elapsed().as_secs_f64(), watched.kept);
}
