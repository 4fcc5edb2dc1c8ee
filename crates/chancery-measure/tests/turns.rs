//! Turning points against brute force over all segmentations, against identities of exact posteriors, and on simulated
//! series with a known truth.

#![allow(clippy::unwrap_used)]

use chancery_measure::quality;
use chancery_measure::simulate::{self, Truth};
use chancery_measure::turns::{
    Changes, Explanation, Family, Prior, Scales, Scan, Segmentation, Series, Settings, Signal, Stretches, Watch,
    bayesian_fdr, benjamini_hochberg, bocpd, explain, pelt, power, scan, tables, weigh,
};
use proptest::prelude::*;
use rand::SeedableRng;
use rand_pcg::Pcg64;

/// Series of three families from one list of small numbers; every seventh value is missing.
fn three(numbers: &[u8]) -> [Series; 3] {
    let kept = |i: usize| i % 7 != 6;
    let cell = |i: usize, x: u8| kept(i).then_some((u64::from(x), u64::from(x) + 5 + (i as u64 * 3) % 4));
    let shares: Vec<_> = numbers.iter().enumerate().map(|(i, x)| cell(i, *x)).collect();
    let counts: Vec<_> = shares.iter().map(|c| c.map(|(k, n)| (k, n as f64 / 4.0))).collect();
    let values: Vec<_> = shares.iter().map(|c| c.map(|(k, _)| k as f64 / 3.0)).collect();
    [Series::shares(&shares).unwrap(), Series::counts(&counts).unwrap(), Series::values(&values).unwrap()]
}

fn log_sum(logs: &[f64]) -> f64 {
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    top + logs.iter().map(|l| (l - top).exp()).sum::<f64>().ln()
}

/// Dates of the segmentation number `mask` of a series.
fn dates(mask: u32, periods: usize) -> Vec<usize> {
    (1..periods).filter(|t| mask >> (t - 1) & 1 == 1).collect()
}

fn segments(dates: &[usize], periods: usize) -> impl Iterator<Item = (usize, usize)> {
    let starts = std::iter::once(0).chain(dates.iter().copied());
    starts.zip(dates.iter().copied().chain([periods]))
}

/// Log prior of a set of dates, told without the code under test.
fn log_prior(changes: &Changes, m: usize, periods: usize) -> f64 {
    let gaps = periods - 1;
    let choose: f64 = (0..m).map(|i| (gaps - i) as f64 / (i + 1) as f64).product();
    match *changes {
        Changes::Hazard(q) => m as f64 * q.ln() + (gaps - m) as f64 * (1.0 - q).ln(),
        Changes::Geometric { ratio, most } => {
            let whole: f64 = (0..=most.min(gaps)).map(|i| ratio.powi(i as i32)).sum();
            if m > most { f64::NEG_INFINITY } else { (ratio.powi(m as i32) / whole / choose).ln() }
        }
    }
}

fn against_all_segmentations(series: &Series, changes: &Changes) {
    let periods = series.len();
    let settings = Settings::default();
    let tables = tables(series, &settings).unwrap();
    let stretches = Stretches::new(series, Prior::of(series), &tables);
    let found = Segmentation::of(&stretches, changes).unwrap();
    let mut logs = Vec::new();
    for mask in 0..1_u32 << (periods - 1) {
        let dates = dates(mask, periods);
        let score: f64 = segments(&dates, periods).map(|(a, b)| stretches.log_marginal(a, b)).sum();
        logs.push(score + log_prior(changes, dates.len(), periods));
    }
    let whole = log_sum(&logs);
    assert!((found.log_marginal - whole).abs() < 1e-8, "{} {whole}", found.log_marginal);
    let mut change = vec![0.0; periods];
    let mut number = vec![0.0; periods];
    let mut within = 0.0;
    let (first, last) = (periods / 3 + 1, (periods / 2 + 1).min(periods - 1).max(periods / 3 + 1));
    for (mask, log) in logs.iter().enumerate() {
        let dates = dates(mask as u32, periods);
        let p = (log - whole).exp();
        number[dates.len()] += p;
        for d in &dates {
            change[*d] += p;
        }
        within += if dates.iter().any(|d| (first..=last).contains(d)) { p } else { 0.0 };
    }
    for (a, b) in found.change.iter().zip(&change).chain(found.number.iter().zip(&number)) {
        assert!((a - b).abs() < 1e-8, "{a} {b}");
    }
    assert!((found.within(first, last) - within).abs() < 1e-8);
    let best = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mask: usize = found.best.iter().map(|d| 1 << (d - 1)).sum();
    assert!((logs[mask] - best).abs() < 1e-8, "the best segmentation is the best of all");
    assert!((found.number.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let expected: f64 = found.number.iter().enumerate().map(|(m, p)| m as f64 * p).sum();
    assert!((found.change.iter().sum::<f64>() - expected).abs() < 1e-8, "dates and number agree");
    let many =
        logs[1..].iter().enumerate().map(|(i, l)| (i + 1, *l)).filter(|(m, _)| !dates(*m as u32, periods).is_empty());
    let changed =
        log_sum(&many.map(|(_, l)| l).collect::<Vec<_>>()) - (1.0 - log_prior(changes, 0, periods).exp()).ln();
    assert!((found.log_marginal_changed - changed).abs() < 1e-8);
}

fn least_cost(periods: usize, penalty: f64, cost: impl Fn(usize, usize) -> f64) -> f64 {
    let total = |mask: u32| {
        let dates = dates(mask, periods);
        segments(&dates, periods).map(|(a, b)| cost(a, b)).sum::<f64>() + penalty * dates.len() as f64
    };
    (0..1_u32 << (periods - 1)).map(total).fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_posterior_sums_over_all_segmentations(
        numbers in prop::collection::vec(0_u8..9, 2..=11), q in 0.02_f64..0.6, most in 1_usize..6,
    ) {
        for series in three(&numbers) {
            against_all_segmentations(&series, &Changes::Hazard(q));
            against_all_segmentations(&series, &Changes::Geometric { ratio: q, most });
        }
    }

    #[test]
    fn pelt_is_optimal(numbers in prop::collection::vec(0_u64..9, 2..=12), penalty in 0.0_f64..12.0) {
        let n = numbers.len();
        let values: Vec<f64> = numbers.iter().map(|x| *x as f64 + 100.0).collect();
        let cells: Vec<(u64, u64)> = numbers.iter().enumerate().map(|(i, k)| (*k, 9 + i as u64)).collect();
        let square = |a: usize, b: usize| {
            let mean = values[a..b].iter().sum::<f64>() / (b - a) as f64;
            values[a..b].iter().map(|x| (x - mean).powi(2)).sum::<f64>()
        };
        let xlogy = |x: f64, y: f64| if x > 0.0 { x * y.ln() } else { 0.0 };
        let poisson = |a: usize, b: usize| {
            let sum = numbers[a..b].iter().sum::<u64>() as f64;
            2.0 * (sum - xlogy(sum, sum / (b - a) as f64))
        };
        let binomial = |a: usize, b: usize| {
            let (k, n) = cells[a..b].iter().fold((0, 0), |s, c| (s.0 + c.0, s.1 + c.1));
            let (k, n) = (k as f64, n as f64);
            -2.0 * (xlogy(k, k / n) + xlogy(n - k, 1.0 - k / n))
        };
        let check = |signal: Signal<'_>, cost: &dyn Fn(usize, usize) -> f64| {
            let found = pelt(signal, penalty).unwrap();
            let told: f64 = segments(&found.changes, n).map(|(a, b)| cost(a, b)).sum();
            assert!((told - found.cost).abs() < 1e-7, "{told} {}", found.cost);
            let best = least_cost(n, penalty, cost);
            assert!((told + penalty * found.changes.len() as f64 - best).abs() < 1e-7);
        };
        check(Signal::Mean(&values), &square);
        check(Signal::Poisson(&numbers), &poisson);
        check(Signal::Binomial(&cells), &binomial);
    }

    #[test]
    fn read_backwards_nothing_changes_but_the_dates(numbers in prop::collection::vec(0_u8..9, 4..=20)) {
        let settings = Settings::default();
        for series in three(&numbers) {
            let tables = tables(&series, &settings).unwrap();
            let settings = Settings { prior: Some(Prior::of(&series)), ..settings.clone() };
            let (there, back) = (weigh(&series, &settings, &tables).unwrap(), weigh(&series.reversed(), &settings, &tables).unwrap());
            for e in [Explanation::Constant, Explanation::Drift, Explanation::Walk, Explanation::Steps] {
                let (a, b) = (there.log_marginal[e as usize], back.log_marginal[e as usize]);
                assert!((a - b).abs() < 1e-6, "{e:?} {a} {b}");
            }
            let n = series.len();
            for t in 1..n {
                assert!((there.segmentation.change[t] - back.segmentation.change[n - t]).abs() < 1e-8);
            }
            assert!((there.posterior.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        }
    }

    /// The filter's evidence is the evidence of all segmentations, and its run lengths are their last segments.
    #[test]
    fn watching_agrees_with_looking_back(numbers in prop::collection::vec(0_u8..9, 2..=20), hazard in 0.02_f64..0.5) {
        for series in three(&numbers) {
            let prior = Prior::of(&series);
            let tables = tables(&series, &Settings::default()).unwrap();
            let stretches = Stretches::new(&series, prior, &tables);
            let back = Segmentation::of(&stretches, &Changes::Hazard(hazard)).unwrap();
            let watch = Watch { prior, hazard, prune: 0.0, recent: 3 };
            let watched = bocpd(&series, &watch).unwrap();
            assert!((watched.log_marginal - back.log_marginal).abs() < 1e-7, "{} {}", watched.log_marginal, back.log_marginal);
            let n = series.len();
            let recent = back.within((n.saturating_sub(3)).max(1), n - 1);
            assert!((watched.changed[n - 1] - recent).abs() < 1e-7, "{} {recent}", watched.changed[n - 1]);
        }
    }
}

#[test]
fn hopeless_constants_leave_the_sums_in_range() {
    // Fifty thousand votes a period and thirty levels, at most two changes allowed: every sum but logs would be lost.
    let cells: Vec<_> = (0..30).map(|t| Some(((t * 7919 % 30) * 1600 + 500, 50_000))).collect();
    let series = Series::shares(&cells).unwrap();
    let made = tables(&series, &Settings::default()).unwrap();
    let stretches = Stretches::new(&series, Prior::of(&series), &made);
    let found = Segmentation::of(&stretches, &Changes::Geometric { ratio: 0.5, most: 2 }).unwrap();
    assert!(found.log_marginal.is_finite() && (found.number.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    let expected: f64 = found.number.iter().enumerate().map(|(m, p)| m as f64 * p).sum();
    assert!((found.change.iter().sum::<f64>() - expected).abs() < 1e-6, "{:?} {:?}", found.number, found.best);
}

/// Log marginal of a drift over a fine grid of level and slope.
fn drift_on_a_grid(cells: &[(u64, u64)], sd: f64) -> f64 {
    let n = cells.len();
    let mut logs = Vec::new();
    let (steps, width) = (600, 6.0);
    for i in 0..=steps {
        for j in 0..=steps {
            let a = width * (2.0 * f64::from(i) / f64::from(steps) - 1.0);
            let b = width * (2.0 * f64::from(j) / f64::from(steps) - 1.0);
            let logistic = |x: f64| 1.0 / (1.0 + (-x).exp());
            let prior =
                (logistic(a) * logistic(-a)).ln() - 0.5 * (b / sd).powi(2) - (sd * std::f64::consts::TAU.sqrt()).ln();
            let likelihood: f64 = cells
                .iter()
                .enumerate()
                .map(|(t, (k, m))| {
                    let p = logistic(a + b * (t as f64 / (n - 1) as f64 - 0.5));
                    *k as f64 * p.ln() + (m - k) as f64 * (1.0 - p).ln()
                })
                .sum();
            logs.push(prior + likelihood);
        }
    }
    log_sum(&logs) + 2.0 * (2.0 * width / f64::from(steps)).ln()
}

/// Log marginal of a walk of one sd by filtering on a grid; the level in the middle has a uniform share.
fn walk_on_a_grid(cells: &[(u64, u64)], sd: f64) -> f64 {
    let (points, width) = (1201_usize, 6.0);
    let eta: Vec<f64> = (0..points).map(|i| width * (2.0 * i as f64 / (points - 1) as f64 - 1.0)).collect();
    let gap = eta[1] - eta[0];
    let likelihood = |(k, n): (u64, u64), x: f64| k as f64 * x - n as f64 * (1.0 + x.exp()).ln();
    let reach = (8.0 * sd / gap).ceil() as isize;
    let kernel: Vec<f64> = (-reach..=reach)
        .map(|d| (-0.5 * (d as f64 * gap / sd).powi(2)).exp() * gap / (sd * std::f64::consts::TAU.sqrt()))
        .collect();
    let middle = cells.len() / 2;
    let side = |cells: &mut dyn Iterator<Item = (u64, u64)>| {
        let mut message = vec![1.0; points];
        for cell in cells {
            let weighed: Vec<f64> = message.iter().zip(&eta).map(|(m, x)| m * likelihood(cell, *x).exp()).collect();
            message = (0..points as isize)
                .map(|i| {
                    let near =
                        (-reach..=reach).zip(&kernel).filter_map(|(d, k)| weighed.get((i + d) as usize).map(|w| w * k));
                    near.sum()
                })
                .collect();
        }
        message
    };
    let left = side(&mut cells[..middle].iter().copied());
    let right = side(&mut cells[middle + 1..].iter().copied().rev());
    let total: f64 = (0..points)
        .map(|i| {
            let x = eta[i];
            let prior = x - 2.0 * (1.0 + x.exp()).ln();
            left[i] * right[i] * (prior + likelihood(cells[middle], x)).exp() * gap
        })
        .sum();
    total.ln()
}

#[test]
fn laplace_agrees_with_integration_on_a_grid() {
    let cells = [(3, 20), (5, 22), (4, 18), (9, 21), (8, 20), (11, 24), (14, 20), (13, 19), (15, 22)];
    let series = Series::shares(&cells.map(Some)).unwrap();
    for sd in [0.05, 0.2, 0.6] {
        let scales = Scales { drift: 1.5, impulse: 1.0, walk: vec![(sd, 1.0)] };
        let settings = Settings { scales: Some(scales), ..Settings::default() };
        let weighed = weigh(&series, &settings, &tables(&series, &settings).unwrap()).unwrap();
        let drift = drift_on_a_grid(&cells, 1.5);
        assert!((weighed.log_marginal[1] - drift).abs() < 0.05, "{} {drift}", weighed.log_marginal[1]);
        let walk = walk_on_a_grid(&cells, sd);
        assert!((weighed.log_marginal[2] - walk).abs() < 0.1, "sd {sd}: {} {walk}", weighed.log_marginal[2]);
    }
}

#[test]
fn a_movement_of_nothing_is_a_constant() {
    for series in three(&[4, 5, 3, 6, 4, 4, 5, 5, 3, 4, 6, 5]) {
        let scales = Scales { drift: 1e-4, impulse: 1.0, walk: vec![(1e-4, 1.0)] };
        let settings = Settings { scales: Some(scales), ..Settings::default() };
        let found = weigh(&series, &settings, &tables(&series, &settings).unwrap()).unwrap().log_marginal;
        // Laplace's method leaves its own error on the one level; flows are exact.
        let tolerance = if series.family() == Family::Flows { 1e-5 } else { 0.02 };
        assert!((found[0] - found[1]).abs() < tolerance && (found[0] - found[2]).abs() < tolerance, "{found:?}");
    }
}

/// Families chosen for `n` simulated series of each truth, as a matrix.
fn chosen(n: u64, walk_sd: f64) -> [[u64; 5]; 5] {
    Explanation::ALL.map(|kind| {
        let mut counts = [0; 5];
        for seed in 0..n {
            let mut rng = Pcg64::new(u128::from(seed) + 1_000_000, kind as u128);
            let levels = Truth::of_votes(kind, 33, walk_sd, &mut rng).levels(Family::Shares, 33, &mut rng);
            let series = simulate::shares(&levels, 36, &mut rng).unwrap();
            let settings = Settings::default();
            counts[weigh(&series, &settings, &tables(&series, &settings).unwrap()).unwrap().best() as usize] += 1;
        }
        counts
    })
}

/// The bench has 150 series each; here fewer, with the slack that sixty of them need.
#[test]
fn simulated_series_get_their_family() {
    let n = 60;
    let table = chosen(n, 0.18);
    for (kind, least) in Explanation::ALL.iter().zip([50, 54, 28, 52, 35]) {
        let right = table[*kind as usize][*kind as usize];
        assert!(right >= least, "{}: {right} of {n}; {table:?}", kind.as_str());
    }
}

#[test]
fn a_step_has_a_date_a_size_and_lasts_and_a_blip_does_not() {
    let mut rng = Pcg64::seed_from_u64(5);
    let truth = Truth::Step { before: 0.3, after: 0.65, at: 17 };
    let series = simulate::shares(&truth.levels(Family::Shares, 33, &mut rng), 36, &mut rng).unwrap();
    let turns = explain(&series, &Settings::default()).unwrap();
    assert_eq!(turns.weighed.best(), Explanation::Steps);
    assert!(turns.weighed.found());
    let point = &turns.turning[0];
    assert!(point.window.first <= 17 && 17 <= point.window.last && point.window.probability >= 0.9);
    assert!(point.size.low < 0.35 && 0.35 < point.size.high && point.size.low > 0.15, "{:?}", point.size);
    assert!(point.persists.len() > 10 && point.persists.iter().all(|p| *p > 0.95));
    assert_eq!(turns, explain(&series, &Settings::default()).unwrap(), "seeded");

    let truth = Truth::Blip { level: 0.3, peak: 0.75, at: 15, length: 3 };
    let series = simulate::shares(&truth.levels(Family::Shares, 33, &mut rng), 60, &mut rng).unwrap();
    let turns = explain(&series, &Settings::default()).unwrap();
    assert_eq!(turns.weighed.best(), Explanation::Impulse);
    assert!(turns.impulse_date[15] > 0.8);
    assert!(turns.turning[0].persists[5] < 0.1, "{:?}", turns.turning);
    assert!(turns.fits[4].as_ref().unwrap()[16].low > 0.6 && turns.averaged[25].high < 0.4);
}

#[test]
fn counts_and_flows_find_steps_over_gaps() {
    let mut rng = Pcg64::seed_from_u64(11);
    let truth = Truth::Step { before: 0.5, after: 4.0, at: 20 };
    let counts = simulate::counts(&truth.levels(Family::Counts, 40, &mut rng), 2.0, &mut rng).unwrap();
    let turns = explain(&counts, &Settings::default()).unwrap();
    assert_eq!(turns.weighed.best(), Explanation::Steps, "{:?}", turns.weighed.posterior);
    assert!(turns.turning[0].size.mean > 2.0);
    let levels = Truth::Step { before: 10.0, after: 14.0, at: 20 }.levels(Family::Flows, 40, &mut rng);
    let flows = simulate::values(&levels, 1.0, &mut rng).unwrap();
    let gaps: Vec<_> = (0..40).map(|t| flows.at(t).map(|c| c.0).filter(|_| !(18..20).contains(&t))).collect();
    let turns = explain(&Series::values(&gaps).unwrap(), &Settings::default()).unwrap();
    assert_eq!(turns.weighed.best(), Explanation::Steps, "{:?}", turns.weighed.posterior);
    let window = turns.turning[0].window;
    assert!(window.first == 18 && window.last == 20, "the gap is in the interval: {window:?}");
}

/// Levels drawn from the priors themselves: intervals must hold their mass. The bench has a larger run.
#[test]
fn intervals_of_levels_hold_their_mass() {
    let mut intervals = Vec::new();
    for seed in 0..120 {
        let mut rng = Pcg64::new(seed, 77);
        let level = |rng: &mut Pcg64| rand::Rng::random::<f64>(rng);
        let (before, after) = (level(&mut rng), level(&mut rng));
        let at = rand::Rng::random_range(&mut rng, 1..25);
        let levels = Truth::Step { before, after, at }.levels(Family::Shares, 25, &mut rng);
        let series = simulate::shares(&levels, 20, &mut rng).unwrap();
        let one = Changes::Geometric { ratio: 0.5, most: 1 };
        let settings = Settings { changes: one, draws: 400, ..Settings::default() };
        let steps = explain(&series, &settings).unwrap().fits[3].clone().unwrap();
        intervals.extend(steps.iter().zip(&levels).map(|(f, l)| (f.low, f.high, *l)));
    }
    let coverage = quality::coverage(intervals).unwrap();
    assert!((coverage - 0.9).abs() < 0.04, "{coverage}");
}

#[test]
fn a_scan_states_its_false_discoveries() {
    let series: Vec<Series> = (0..60)
        .map(|i| {
            let mut rng = Pcg64::new(i, 9);
            let truth = if i % 3 == 0 {
                Truth::Step { before: 0.3, after: 0.7, at: 15 }
            } else {
                Truth::Constant { level: 0.5 }
            };
            simulate::shares(&truth.levels(Family::Shares, 30, &mut rng), if i == 1 { 1 } else { 30 }, &mut rng)
                .unwrap()
        })
        .collect();
    let found = scan(&series, &Scan::default()).unwrap();
    assert_eq!(found.thin, [1]);
    let reported: Vec<usize> = found.judged.iter().filter(|s| s.reported).map(|s| s.index).collect();
    assert!(reported.len() >= 18 && reported.iter().filter(|i| **i % 3 != 0).count() <= 3, "{reported:?}");
    assert!(found.false_discovery.unwrap() <= 0.05);
    assert!(scan(&[], &Scan::default()).unwrap().false_discovery.is_none());
    assert_eq!(bayesian_fdr(&[0.5, 0.01, 0.08, 0.2], 0.05), [1, 2]);
    // Benjamini and Hochberg 1995, section 3.2: four of fifteen hypotheses at .05.
    let p = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0,
    ];
    assert_eq!(benjamini_hochberg(&p, 0.05), [0, 1, 2, 3]);
    assert!(benjamini_hochberg(&[], 0.05).is_empty());
}

#[test]
fn nothing_found_has_a_power() {
    let series = Series::shares(&[Some((18, 36)); 33]).unwrap();
    let settings = Settings::default();
    let small = power(&series, &settings, 0.05, 40, 3).unwrap();
    let large = power(&series, &settings, 0.3, 40, 3).unwrap();
    assert!(small.value() < 0.3 && large.value() > 0.9, "{small:?} {large:?}");
    assert!((large.before - 0.35).abs() < 1e-9 && (large.after - 0.65).abs() < 1e-9);
    assert_eq!(large, power(&series, &settings, 0.3, 40, 3).unwrap());
    assert!(power(&series, &settings, 1.0, 1, 0).is_err());
}

#[test]
fn a_watcher_sees_a_change_and_not_just_the_hazard() {
    let values: Vec<_> =
        (0..200).map(|t| Some(if t < 120 { 0.0 } else { 5.0 } + f64::from(t * 37 % 11) / 11.0)).collect();
    let series = Series::values(&values).unwrap();
    let prior = Prior::NormalInverseGamma { mean: 0.0, weight: 0.1, shape: 2.0, scale: 0.2 };
    let watched = bocpd(&series, &Watch { prior, hazard: 0.01, prune: 1e-8, recent: 5 }).unwrap();
    assert!(watched.changed[118] < 0.1 && watched.changed[123] > 0.9);
    assert_eq!(watched.run[199], 80);
    assert!(watched.kept < 100.0);
}

#[test]
fn bad_settings_are_refused() {
    let series = Series::shares(&[Some((1, 2)); 5]).unwrap();
    let made = tables(&series, &Settings::default()).unwrap();
    let refused = |settings: Settings| assert!(weigh(&series, &settings, &made).is_err(), "{settings:?}");
    refused(Settings { changes: Changes::Hazard(0.0), ..Settings::default() });
    refused(Settings { changes: Changes::Geometric { ratio: 1.0, most: 3 }, ..Settings::default() });
    refused(Settings { prior: Some(Prior::Gamma { shape: 1.0, rate: 1.0 }), ..Settings::default() });
    refused(Settings { prior: Some(Prior::Beta { a: 0.0, b: 1.0 }), ..Settings::default() });
    refused(Settings { odds: [0.0; 5], ..Settings::default() });
    refused(Settings { mass: 1.0, ..Settings::default() });
    assert!(tables(&Series::shares(&[None, None]).unwrap(), &Settings::default()).is_err());
    assert!(pelt(Signal::Mean(&[f64::NAN]), 1.0).is_err() && pelt(Signal::Binomial(&[(2, 1)]), 1.0).is_err());
    assert!(pelt(Signal::Mean(&[]), 1.0).unwrap().changes.is_empty());
}
