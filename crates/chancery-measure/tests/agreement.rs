//! Laws of the measures of similarity, and data with a known truth.

#![allow(clippy::unwrap_used)]

use chancery_measure::agreement::{
    Bootstrap, Cluster, Convention, Measure, Method, Table, Weights, estimate, panel, periods,
};
use chancery_measure::{Ballot, RollCall, Votes, VotesBuilder};
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

/// Votes of states × roll calls; 0 is no row. Forty roll calls a session and year, two a day.
fn votes(rows: &[Vec<u8>]) -> Votes {
    let mut builder = VotesBuilder::default();
    for call in 0..rows[0].len() {
        let (id, session, day) = (call as u32, call as u16 / 40, Some(call as i32 / 2));
        let file_year = Some(2000 + call as i16 / 40);
        builder.call(RollCall { id, session, day, file_year, ..RollCall::default() }).unwrap();
        for (state, row) in rows.iter().enumerate() {
            if let Some(ballot) = Ballot::from_number(i64::from(row[call])) {
                builder.ballot(&format!("{state:02}"), id, ballot).unwrap();
            }
        }
    }
    builder.build().unwrap()
}

fn cells() -> impl Strategy<Value = Table<3>> {
    proptest::array::uniform9(0_u32..30)
        .prop_map(|c| Table(std::array::from_fn(|a| std::array::from_fn(|b| f64::from(c[3 * a + b])))))
}

/// Sparse tables: many are degenerate.
fn sparse() -> impl Strategy<Value = Table<3>> {
    proptest::array::uniform9(0_u32..12).prop_map(|c| {
        Table(std::array::from_fn(|a| std::array::from_fn(|b| f64::from(c[3 * a + b].saturating_sub(9)))))
    })
}

proptest! {
    #[test]
    fn symmetric_and_bounded(table in prop_oneof![cells(), sparse()]) {
        for measure in Measure::all() {
            let value = measure.of(&table);
            let mirrored = measure.of(&table.transposed());
            prop_assert_eq!(value.is_some(), mirrored.is_some());
            if let (Some(value), Some(mirrored)) = (value, mirrored) {
                prop_assert!((value - mirrored).abs() < 1e-12, "{} {} {}", measure, value, mirrored);
                let low = if matches!(measure, Measure::Agreement | Measure::Voeten) { 0.0 } else { -1.0 };
                prop_assert!((low - 1e-12..=1.0 + 1e-12).contains(&value), "{} {}", measure, value);
            }
        }
    }

    /// The distance expected from common margins is at most that from own margins: all three distances are of negative
    /// type. So π is at most κ, and falls below it where two states' margins differ.
    #[test]
    fn pi_never_exceeds_kappa(table in prop_oneof![cells(), sparse()]) {
        for w in Weights::ALL {
            if let (Some(pi), Some(kappa)) = (Measure::Pi(w).of(&table), Measure::Kappa(w).of(&table)) {
                prop_assert!(pi <= kappa + 1e-12, "{:?}: {} {}", w, pi, kappa);
            }
        }
    }

    /// An agreement in place of an opposition raises every measure that is not corrected for chance.
    #[test]
    fn uncorrected_measures_are_monotone(mut table in cells()) {
        table.0[0][2] += 1.0;
        let mut closer = table;
        closer.0[0][2] -= 1.0;
        closer.0[0][0] += 1.0;
        for measure in [Measure::Agreement, Measure::Voeten].into_iter().chain(Weights::ALL.map(Measure::S)) {
            prop_assert!(measure.of(&closer) > measure.of(&table), "{}", measure);
        }
    }

    #[test]
    fn kappa_is_one_only_for_identical_and_varied_votes(mut table in sparse(), diagonal in any::<bool>()) {
        if diagonal {
            table = Table(std::array::from_fn(|a| std::array::from_fn(|b| if a == b { table.0[a][b] } else { 0.0 })));
        }
        for w in Weights::ALL {
            let identical = table.same() >= table.total();
            let varied = table.rows().iter().filter(|&&count| count > 0.0).count() > 1;
            prop_assert_eq!(Measure::Kappa(w).of(&table) == Some(1.0), identical && varied);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The panel and the table of one dyad say the same, bit for bit, for every convention and measure, over more roll
    /// calls than one word holds; and the order of roll calls does not matter.
    #[test]
    fn panel_equals_single_dyads(
        rows in proptest::collection::vec(
            proptest::collection::vec(prop_oneof![Just(0_u8), 1..4_u8, Just(8_u8)], 75),
            2..6,
        ),
    ) {
        let record = votes(&rows);
        let measures: Vec<Measure> = Measure::all().collect();
        let bootstrap = Bootstrap { replicates: 100, seed: 1, cluster: Cluster::Day };
        for convention in Convention::ALL {
            let rules = convention.rules();
            let panel = panel(&record, rules, &measures);
            for row in 0..panel.len() {
                let pair = (usize::from(panel.first[row]), usize::from(panel.second[row]));
                let period = &panel.periods[usize::from(panel.period[row])];
                prop_assert_eq!(panel.row(period.number, pair.1, pair.0), Some(row));
                for &measure in &measures {
                    let single = estimate(&record, pair, &period.calls, rules, measure, &bootstrap).unwrap();
                    prop_assert_eq!(panel.value(measure, row), single.value, "{} {}", convention, measure);
                    prop_assert_eq!(panel.n[row] as usize, single.calls.len());
                    let backwards: Vec<usize> = period.calls.iter().rev().copied().collect();
                    let again = estimate(&record, pair, &backwards, rules, measure, &bootstrap).unwrap();
                    prop_assert_eq!(single.value, again.value);
                }
            }
        }
    }
}

#[test]
fn known_answers() {
    // Cohen 1968, table 1, 200 cases: κ .492 unweighted.
    let table = Table([[88.0, 10.0, 2.0], [14.0, 40.0, 6.0], [18.0, 10.0, 12.0]]);
    assert!((Measure::Kappa(Weights::Nominal).of(&table).unwrap() - 0.492).abs() < 5e-4);
    // Nothing joint, nothing varied, reversed.
    assert_eq!(Measure::Agreement.of(&Table::<3>::default()), None);
    let flat = Table([[5.0, 0.0, 0.0], [0.0; 3], [0.0; 3]]);
    assert_eq!((Measure::Agreement.of(&flat), Measure::Kappa(Weights::Squared).of(&flat)), (Some(1.0), None));
    let reversed = Table([[0.0, 0.0, 5.0], [0.0; 3], [5.0, 0.0, 0.0]]);
    for measure in [Measure::S(Weights::Absolute), Measure::Kappa(Weights::Squared), Measure::TauB] {
        assert_eq!(measure.of(&reversed), Some(-1.0), "{measure}");
    }
    // What the literature warns of: always a step apart is full association, and no agreement at all.
    let shifted = Table([[0.0, 5.0, 0.0], [0.0, 0.0, 5.0], [0.0; 3]]);
    assert_eq!((Measure::TauB.of(&shifted), Measure::Agreement.of(&shifted)), (Some(1.0), Some(0.0)));
}

#[test]
fn names_read_back() {
    for measure in Measure::all() {
        assert_eq!(measure.to_string().parse(), Ok(measure));
    }
    assert_eq!("kappa".parse(), Ok(Measure::Kappa(Weights::Squared)));
    assert!("cohen".parse::<Measure>().is_err());
}

/// Two states of which one copies the other with probability κ and else votes independently have that κ, with any
/// distance; the bootstrap covers it at about its nominal rate.
#[test]
fn a_known_kappa_is_found_and_covered() {
    let mut random = Pcg64::seed_from_u64(11);
    let (truth, draws, rules) = (0.6, 100, Convention::Plain.rules());
    let level = |random: &mut Pcg64| [1, 1, 1, 1, 2, 2, 3, 3][random.random_range(0..8)];
    let (mut sum, mut covered) = (0.0, 0);
    for seed in 0..draws {
        let first: Vec<u8> = (0..200).map(|_| level(&mut random)).collect();
        let copy = |&x: &u8| if random.random_bool(truth) { x } else { level(&mut random) };
        let second: Vec<u8> = first.iter().map(copy).collect();
        let record = votes(&[first, second]);
        let calls: Vec<usize> = periods(&record, rules).into_iter().flat_map(|p| p.calls).collect();
        let bootstrap = Bootstrap { replicates: 200, seed, cluster: Cluster::RollCall };
        let kappa = estimate(&record, (0, 1), &calls, rules, Measure::Kappa(Weights::Squared), &bootstrap).unwrap();
        let interval = kappa.interval.unwrap();
        assert_eq!(interval.method, Method::Bootstrap { clusters: 200, defined: 200 });
        sum += kappa.value.unwrap();
        covered += u32::from(interval.low <= truth && truth <= interval.high);
    }
    let mean = sum / draws as f64;
    assert!((mean - truth).abs() < 0.02, "{mean}");
    assert!((87..=100).contains(&covered), "{covered} of 100 intervals hold the truth");
}

/// Two votes of one day that are always alike carry the information of one: clusters widen the interval.
#[test]
fn clusters_widen_the_interval() {
    let once: Vec<[u8; 2]> = (0..20).map(|i| [[1, 1], [2, 2], [3, 3], [1, 3]][i % 4]).collect();
    let side = |s: usize| once.iter().flat_map(|pair| [pair[s]; 2]).collect::<Vec<u8>>();
    let record = votes(&[side(0), side(1)]);
    let calls: Vec<usize> = (0..40).collect();
    let width = |cluster| {
        let bootstrap = Bootstrap { cluster, ..Bootstrap::default() };
        let measure = Measure::Kappa(Weights::Squared);
        let kappa = estimate(&record, (0, 1), &calls, Convention::Plain.rules(), measure, &bootstrap).unwrap();
        kappa.interval.map(|i| i.high - i.low).unwrap()
    };
    assert!(width(Cluster::Item) > 1.2 * width(Cluster::RollCall), "without items, days are the clusters");
    assert!((width(Cluster::Day) - width(Cluster::Item)).abs() < f64::EPSILON);
}
