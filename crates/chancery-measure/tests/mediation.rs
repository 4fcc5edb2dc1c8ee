//! Triads with a known truth, and the scan against one triad at a time.

#![allow(clippy::unwrap_used)] // helpers of tests

use chancery_measure::mediation::scan::{ScanSettings, Screen, scan};
use chancery_measure::mediation::{
    Bits, Cells, Cluster, Information, Settings, Triad, Verdict, both_questions, mediate,
};
use chancery_measure::{Ballot, MeasureError, RollCall, Votes, VotesBuilder};
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;

/// A record of `states` (names in sorted order) × `calls`; four roll calls a day. 0 is no vote.
fn record(calls: usize, states: &[&str], mut vote: impl FnMut(usize, usize) -> u8) -> Votes {
    let mut votes = VotesBuilder::default();
    for call in 0..calls {
        let day = Some(call as i32 / 4);
        votes.call(RollCall { id: call as u32, session: 1, day, ..RollCall::default() }).unwrap();
        for (i, name) in states.iter().enumerate() {
            if let Some(ballot) = Ballot::from_number(i64::from(vote(i, call))) {
                votes.ballot(name, call as u32, ballot).unwrap();
            }
        }
    }
    votes.build().unwrap()
}

#[derive(Clone, Copy, PartialEq)]
enum Truth {
    CopiesC,
    CopiesK,
    Independent,
}

/// C and K agree on two of three roll calls; R does what `truth` says on nine of ten; twenty others vote at random.
fn world(truth: Truth, calls: usize, seed: u64) -> Votes {
    let mut random = Pcg64::seed_from_u64(seed);
    let mut votes = Vec::new();
    for _ in 0..calls {
        let any = |random: &mut Pcg64| random.random_range(1..=3_u8);
        let c = any(&mut random);
        let k = if random.random_bool(0.5) { c } else { any(&mut random) };
        let follow = match truth {
            Truth::CopiesC => c,
            Truth::CopiesK => k,
            Truth::Independent => any(&mut random),
        };
        let r = if random.random_bool(0.9) { follow } else { any(&mut random) };
        let mut row = vec![c, k, r];
        row.extend((0..20).map(|_| any(&mut random)));
        votes.push(row);
    }
    let names: Vec<String> =
        ["C", "K", "R"].map(str::to_owned).into_iter().chain((10..30).map(|i| format!("S{i}"))).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    record(calls, &names, |state, call| votes[call][state])
}

fn settings() -> Settings {
    Settings { permutations: 199, replicates: 199, ..Settings::default() }
}

#[test]
fn known_truths_are_told_apart() {
    for seed in 0..5 {
        for truth in [Truth::CopiesC, Truth::CopiesK, Truth::Independent] {
            let votes = world(truth, 240, seed);
            let triad = Triad::named(&votes, "R", "K", "C").unwrap();
            let [found, other] = both_questions(&votes, triad, &settings()).unwrap();
            match truth {
                Truth::CopiesC => {
                    assert!(found.information.mediated.unwrap() > 0.7);
                    assert_ne!(found.verdict, Verdict::NotAccountedFor);
                    assert_eq!(found.placebo.rank, Some(1));
                    assert_eq!(other.verdict, Verdict::NotAccountedFor);
                }
                Truth::CopiesK => {
                    assert_eq!(found.verdict, Verdict::NotAccountedFor);
                    assert!(found.information.p_rk_given_c < 0.01);
                    assert_eq!(found.splits.with_k_calls.len() as u64, found.splits.with_k.share.hits);
                }
                Truth::Independent => {
                    assert!(found.information.rk.abs() < 0.05);
                    assert!(found.adjusted.rk.value.unwrap().abs() < 0.25);
                    assert_ne!(found.verdict, Verdict::NotAccountedFor);
                }
            }
        }
    }
}

/// R and K both follow C and are independent given C: the p-value of what remains is uniform.
#[test]
fn p_is_uniform_where_nothing_remains() {
    let mut below = [0; 3];
    for seed in 0..400 {
        let votes = world(Truth::CopiesC, 80, 1000 + seed);
        let triad = Triad::named(&votes, "R", "K", "C").unwrap();
        let few = Settings { permutations: 99, replicates: 1, ..Settings::default() };
        let p = mediate(&votes, triad, &few).unwrap().information.p_rk_given_c;
        for (count, level) in below.iter_mut().zip([0.05, 0.25, 0.5]) {
            *count += usize::from(p <= level + 1e-9);
        }
    }
    // Four standard errors of a binomial of 400.
    for (count, level) in below.into_iter().zip([0.05, 0.25, 0.5_f64]) {
        let error = (level * (1.0 - level) / 400.0).sqrt();
        assert!((count as f64 / 400.0 - level).abs() < 4.0 * error, "{count} of 400 at or below {level}");
    }
}

#[test]
fn the_scan_gives_the_numbers_of_one_triad() {
    let mut random = Pcg64::seed_from_u64(5);
    let names = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let votes = record(150, &names, |_, _| [0, 1, 1, 2, 3, 3][random.random_range(0..6)]);
    for screen in [Screen::Remaining, Screen::Shared] {
        let all = ScanSettings { keep: 1000, least_calls: 1, least_splits: 1, screen, permutations: 19, seed: 3 };
        let found = scan(&votes, &all);
        assert_eq!((found.triads, found.eligible, found.kept.len()), (336, 336, 336));
        for triad in &found.kept {
            let one = mediate(&votes, triad.triad, &Settings { permutations: 1, replicates: 1, ..settings() }).unwrap();
            assert_eq!(triad.calls as usize, one.calls.len());
            assert_eq!((triad.with_k, triad.with_c), (one.splits.with_k.share, one.splits.with_c.share));
            let bits = one.information.bits.unwrap();
            assert!((triad.rk - bits.rk).abs() < 1e-12 && (triad.rk_given_c - bits.rk_given_c).abs() < 1e-12);
            assert!(triad.q.unwrap() >= triad.p.unwrap());
        }
        let few = scan(&votes, &ScanSettings { keep: 10, ..all.clone() });
        assert_eq!(
            few.kept.iter().map(|t| t.triad).collect::<Vec<_>>(),
            found.kept[..10].iter().map(|t| t.triad).collect::<Vec<_>>()
        );
        assert_eq!(few, scan(&votes, &ScanSettings { keep: 10, ..all }), "equal seeds give equal numbers");
    }
}

#[test]
fn clusters_and_bad_triads() {
    let votes = world(Truth::CopiesK, 40, 1);
    let triad = Triad::named(&votes, "R", "K", "C").unwrap();
    let clusters = |cluster| mediate(&votes, triad, &Settings { cluster, ..settings() }).unwrap().adjusted.clusters;
    assert_eq!([Cluster::RollCall, Cluster::Day, Cluster::Item].map(clusters), [40, 10, 40]);
    assert!(matches!(mediate(&votes, Triad { k: triad.r, ..triad }, &settings()), Err(MeasureError::Parameter { .. })));
    assert_eq!(Triad::named(&votes, "R", "K", "X"), Err(MeasureError::UnknownState("X".into())));
    let nothing = votes.window(|_| false);
    assert_eq!(mediate(&nothing, triad, &settings()).unwrap().verdict, Verdict::CannotBeJudged);
}

/// The information of a triad computed with one permutation: the plug-in bits.
fn bits(votes: &Votes, triad: Triad) -> Option<Bits> {
    let Information { bits, .. } =
        mediate(votes, triad, &Settings { permutations: 1, replicates: 1, ..settings() }).unwrap().information;
    bits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Information does not depend on who is called R and who K; it is not negative; the chain rule holds.
    #[test]
    fn information_is_symmetric(levels in prop::collection::vec(prop::array::uniform3(0_u8..4), 1..60)) {
        let votes = record(levels.len(), &["A", "B", "C"], |state, call| levels[call][state]);
        prop_assume!(votes.states().len() == 3);
        let (one, two) = (bits(&votes, Triad { r: 0, k: 1, c: 2 }), bits(&votes, Triad { r: 1, k: 0, c: 2 }));
        prop_assert_eq!(one.is_some(), two.is_some());
        if let Some((x, y)) = one.zip(two) {
            prop_assert!((x.rk - y.rk).abs() < 1e-12 && (x.rk_given_c - y.rk_given_c).abs() < 1e-12);
            prop_assert!(x.rk > -1e-12 && x.rk_given_c > -1e-12);
            prop_assert!((x.rk + x.rc_given_k - x.rc - x.rk_given_c).abs() < 1e-12);
        }
        let whole: Vec<[u8; 3]> = levels.iter().filter(|l| l.iter().all(|v| *v > 0)).map(|l| l.map(|v| v - 1)).collect();
        prop_assert_eq!(Cells::count(&whole).total() as usize, whole.len());
    }
}
