//! The ideal-point samplers on votes whose truth is known.

use chancery_measure::MeasureError;
use chancery_measure::ideal::{
    Anchors, Draws, Panel, Prior, PublishedPrior, Schedule, Size, Start, Variance, exact, published, simulate,
    summarise, variational,
};

fn anchors() -> Anchors {
    Anchors { high: "1".into(), low: "2".into() }
}

fn correlation(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| a.iter().zip(b).map(|(x, y)| f(x - ma, y - mb)).sum::<f64>();
    sum(&|x, y| x * y) / (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt()
}

/// A number that every kept draw enters.
fn fingerprint(panel: &Panel, draws: &Draws) -> Vec<u64> {
    (0..panel.points().len()).flat_map(|p| draws.of(p)).flatten().map(f64::to_bits).collect()
}

#[test]
fn every_estimator_finds_the_truth() {
    let prior = Prior { step: Variance::Fixed(0.05), ..Prior::default() };
    let (panel, truth) = simulate(&Size { states: 40, sessions: 8, items: 40, returning: 5 }, &prior, 11).unwrap();
    let (truth, _) = truth.standard(&panel, &anchors()).unwrap();
    let start = variational(&panel, &prior, &anchors(), 30).unwrap();
    assert!(correlation(&start.theta, &truth) > 0.96, "variational: {}", correlation(&start.theta, &truth));
    let schedule = Schedule { burn: 150, sweeps: 400, thin: 2, chains: 2, seed: 5 };
    let draws = exact(&panel, &prior, &start, &anchors(), &schedule).unwrap();
    let estimates = summarise(&panel, &draws);
    let means: Vec<f64> = estimates.iter().map(|e| e.mean).collect();
    assert!(correlation(&means, &truth) > 0.97, "exact: {}", correlation(&means, &truth));
    let covered = estimates.iter().zip(&truth).filter(|(e, t)| (e.quantiles[0]..=e.quantiles[4]).contains(t)).count();
    let share = covered as f64 / truth.len() as f64;
    assert!((0.82..0.97).contains(&share), "90 % intervals hold {share} of the truth");
    let draws = published(&panel, &PublishedPrior::default(), &start, &anchors(), &schedule).unwrap();
    let means: Vec<f64> = summarise(&panel, &draws).iter().map(|e| e.mean).collect();
    assert!(correlation(&means, &truth) > 0.96, "published: {}", correlation(&means, &truth));
}

#[test]
fn numbers_do_not_depend_on_threads() {
    let prior = Prior::default();
    let (panel, _) = simulate(&Size { states: 15, sessions: 4, items: 60, returning: 2 }, &prior, 3).unwrap();
    let schedule = Schedule { burn: 5, sweeps: 10, thin: 5, chains: 2, seed: 9 };
    let run = |threads: usize| {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
            let start = variational(&panel, &prior, &anchors(), 3).unwrap();
            let one = published(&panel, &PublishedPrior::default(), &start, &anchors(), &schedule).unwrap();
            let two = exact(&panel, &prior, &start, &anchors(), &schedule).unwrap();
            [fingerprint(&panel, &one), fingerprint(&panel, &two)]
        })
    };
    let one = run(1);
    assert_eq!(one, run(2));
    assert_eq!(one, run(5));
    assert_ne!(one[0], one[1]);
}

/// The anchors, and nothing else, decide which side is positive.
#[test]
fn exchanged_anchors_mirror_the_scale() {
    let prior = Prior::default();
    let (panel, _) = simulate(&Size { states: 20, sessions: 3, items: 40, returning: 0 }, &prior, 8).unwrap();
    let schedule = Schedule { burn: 100, sweeps: 100, thin: 1, chains: 1, seed: 1 };
    let means = |high: &str, low: &str| -> Vec<f64> {
        let anchors = Anchors { high: high.into(), low: low.into() };
        let start = variational(&panel, &prior, &anchors, 20).unwrap();
        let draws = exact(&panel, &prior, &start, &anchors, &schedule).unwrap();
        summarise(&panel, &draws).iter().map(|e| e.mean).collect()
    };
    assert!(correlation(&means("1", "2"), &means("2", "1")) < -0.95);
}

#[test]
fn odd_input_is_refused() {
    let prior = Prior::default();
    let (panel, _) = simulate(&Size { states: 4, sessions: 2, items: 4, returning: 0 }, &prior, 1).unwrap();
    let nobody = Anchors { high: "1".into(), low: "nobody".into() };
    assert_eq!(Start::from_anchors(&panel, &nobody), Err(MeasureError::UnknownState("nobody".into())));
    let start = Start::from_anchors(&panel, &anchors()).unwrap();
    let never = Schedule { burn: 1, sweeps: 1, thin: 2, chains: 1, seed: 1 };
    assert!(exact(&panel, &prior, &start, &anchors(), &never).is_err());
    let once = Schedule { thin: 1, ..never };
    let wrong = Prior { beta_variance: 0.0, ..prior };
    assert!(exact(&panel, &wrong, &start, &anchors(), &once).is_err());
    let short = Start { beta: Vec::new(), ..start };
    assert!(published(&panel, &PublishedPrior::default(), &short, &anchors(), &once).is_err());
}

/// Bins of a histogram of ranks.
const BINS: usize = 8;

/// Simulation-based calibration (Talts et al. 2018, arXiv 1804.06788): with truth from the prior and votes from the truth,
/// the rank of the truth among posterior draws is uniform, whatever the quantity. Here: two states' first and last points
/// and the variance of a step, all on the standard scale. `examples/calibration.rs` does the same at length.
#[test]
fn ranks_of_the_truth_are_uniform() {
    let prior = Prior { step: Variance::InverseGamma { shape: 4.0, scale: 1.0 }, ..Prior::default() };
    let size = Size { states: 5, sessions: 3, items: 6, returning: 2 };
    let (replications, draws) = (160_u64, 63);
    let schedule = Schedule { burn: 150, sweeps: draws * 12, thin: 12, chains: 1, seed: 0 };
    let mut histograms = vec![[0_u32; BINS]; 5];
    for seed in 0..replications {
        let (panel, truth) = simulate(&size, &prior, 1000 + seed).unwrap();
        let start = Start::from_anchors(&panel, &anchors()).unwrap();
        let sample = exact(&panel, &prior, &start, &anchors(), &Schedule { seed, ..schedule }).unwrap();
        let (theta, step) = truth.standard(&panel, &anchors()).unwrap();
        let rank = |value: f64, draws: &[f64]| draws.iter().filter(|&&d| d < value).count();
        let mut ranks: Vec<usize> = [0, 2, 11, 14].iter().map(|&p| rank(theta[p], &sample.of(p)[0])).collect();
        ranks.push(rank(step, &sample.step_variance()[0]));
        for (histogram, rank) in histograms.iter_mut().zip(ranks) {
            histogram[rank * BINS / (draws + 1)] += 1;
        }
    }
    let expected = replications as f64 / BINS as f64;
    for histogram in &histograms {
        let chi: f64 = histogram.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
        // 99.9 % of chi-square with 7 degrees of freedom.
        assert!(chi < 24.3, "chi-square {chi:.1}: {histogram:?}");
    }
}
