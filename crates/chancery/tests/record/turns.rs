//! Turning points of five dyads against a reference computation on the same votes: contested roll calls of sessions 46
//! to 78, the exact posterior of dates, and the marginal likelihoods of the explanations.

use std::path::Path;

use chancery_measure::Votes;
use chancery_measure::turns::{Changes, Explanation, Prior, Segmentation, Series, Settings, Stretches, tables, weigh};

use crate::support::{alignment, votes_2024};

const DYADS: [(&str, &str, &str); 5] = [
    ("RUS-PRK", "365", "731"),
    ("RUS-CHN", "365", "710"),
    ("CHN-PRK", "710", "731"),
    ("USA-RUS", "2", "365"),
    ("RUS-KOR", "365", "732"),
];

/// Roll calls on which the largest bloc is below nine tenths of those who voted.
fn contested(votes: &Votes) -> Vec<bool> {
    let mut blocs = vec![[0_u32; 4]; votes.calls().len()];
    for state in 0..votes.states().len() {
        for (bloc, ballot) in blocs.iter_mut().zip(votes.row(state)) {
            if (1..=3).contains(ballot) {
                bloc[usize::from(*ballot)] += 1;
            }
        }
    }
    blocs.iter().map(|b| 10 * b.iter().max().unwrap_or(&0) < 9 * b.iter().sum::<u32>()).collect()
}

/// Agreements and contested roll calls per session, both states voting.
fn agreements(votes: &Votes, contested: &[bool], a: &str, b: &str) -> Vec<(u64, u64)> {
    let (a, b) = (votes.row(votes.state(a).unwrap()), votes.row(votes.state(b).unwrap()));
    let mut cells = vec![(0, 0); 33];
    for (c, call) in votes.calls().iter().enumerate() {
        if contested[c] && (1..=3).contains(&a[c]) && (1..=3).contains(&b[c]) {
            let cell = &mut cells[usize::from(call.session) - 46];
            *cell = (cell.0 + u64::from(a[c] == b[c]), cell.1 + 1);
        }
    }
    cells
}

/// Dyad, session, agreements, contested roll calls, probability of a change.
#[allow(clippy::disallowed_methods)]
fn published_changes(folder: &Path) -> Vec<(String, u64, u64, u64, f64)> {
    let text = std::fs::read_to_string(folder.join("changepoint_exact_betabinomial.csv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let whole = |i: usize| cells[i].parse().unwrap();
        (cells[0].to_owned(), whole(1), whole(2), whole(3), cells[4].parse().unwrap())
    };
    text.lines().skip(1).map(row).collect()
}

#[test]
fn five_dyads_as_the_reference_has_them() {
    let Some(folder) = alignment("turns") else { return };
    let votes = votes_2024(&folder).window(|call| (46..=78).contains(&call.session));
    let contested = contested(&votes);
    let rows = published_changes(&folder);
    // Constant, drift, walk, steps: log marginal likelihoods of the reference, its walk maximised over six variances.
    let published = [
        [-829.0, -767.2, -767.3, -771.6],
        [-894.2, -845.1, -839.1, -841.6],
        [-443.6, -429.5, -431.8, -434.4],
        [-721.6, -719.2, -715.6, -718.1],
        [-899.0, -896.0, -896.3, -898.7],
    ];
    for (d, (name, a, b)) in DYADS.iter().enumerate() {
        let cells = agreements(&votes, &contested, a, b);
        for (t, cell) in cells.iter().enumerate() {
            let (dyad, session, agree, total, _) = &rows[d * 33 + t];
            assert_eq!((dyad.as_str(), *session), (*name, 46 + t as u64));
            assert_eq!(*cell, (*agree, *total), "{name} session {session}");
        }
        let series = Series::shares(&cells.iter().map(|c| Some(*c)).collect::<Vec<_>>()).unwrap();
        let settings = Settings::default();
        let made = tables(&series, &settings).unwrap();
        let stretches = Stretches::new(&series, Prior::of(&series), &made);
        // The reference's prior, found by trying: uniform levels, a change before each session with probability 1/12.
        let exact = Segmentation::of(&stretches, &Changes::Hazard(1.0 / 12.0)).unwrap();
        for t in 0..33 {
            let there = rows[d * 33 + t].4;
            assert!((exact.change[t] - there).abs() < 2e-6, "{name} {t}: {} {there}", exact.change[t]);
        }
        let weighed = weigh(&series, &settings, &made).unwrap();
        let ours = weighed.log_marginal;
        eprintln!("{name}: {ours:.1?} posterior {:.2?}", weighed.posterior);
        let [constant, drift, walk, steps] = published[d];
        assert!((ours[0] - constant).abs() < 0.06, "{name}");
        assert!((exact.log_marginal - steps).abs() < 0.06, "{name}");
        // Priors of slope and walk differ from the reference's, which are not told; its walk is optimistic by up to two.
        assert!((ours[Explanation::Drift as usize] - drift).abs() < 1.5, "{name}");
        assert!((ours[Explanation::Walk as usize] - walk).abs() < 2.5, "{name}");
    }
}
