//! Does Russia vote with North Korea only where China does? Every number of the reference table of six periods: exact
//! ones exactly, Monte Carlo ones within their error.

use chancery_measure::mediation::{Cluster, Mediation, Settings, Triad, Verdict, both_questions, mediate};
use chancery_measure::{Share, Votes};

use crate::support::{alignment, votes_2024};

const PERIODS: [(u16, u16); 6] = [(46, 54), (55, 62), (63, 68), (69, 74), (75, 76), (77, 78)];

fn period(votes: &Votes, (from, to): (u16, u16)) -> Votes {
    votes.window(|c| (from..=to).contains(&c.session))
}

/// The reference drew roll calls one by one.
fn settings() -> Settings {
    Settings { cluster: Cluster::RollCall, ..Settings::default() }
}

fn close(name: &str, found: f64, wanted: f64, within: f64) {
    assert!((found - wanted).abs() <= within, "{name}: {found}, reference {wanted}");
}

fn share(name: &str, found: Share, wanted: f64) {
    close(name, found.value().unwrap(), wanted, 1e-12);
}

fn same_as_reference(found: &Mediation, votes: &Votes, row: &std::collections::BTreeMap<&str, &str>) {
    let cell = |name: &str| row[name].parse::<f64>().unwrap();
    assert_eq!(found.calls.len() as f64, cell("n"));
    share("R=K", found.r_as_k, cell("P(R=K)"));
    share("R=C", found.r_as_c, cell("P(R=C)"));
    share("C=K", found.c_as_k, cell("P(C=K)"));
    share("R=K|C=K", found.r_as_k_where_c, cell("P(R=K|C=K)"));
    share("C=K|R=K", found.c_as_k_where_r, cell("P(C=K|R=K)"));
    assert_eq!(found.splits.calls.len() as f64, cell("n_C!=K"));
    share("R=K|C!=K", found.splits.with_k.share, cell("P(R=K|C!=K)"));
    share("R=C|C!=K", found.splits.with_c.share, cell("P(R=C|C!=K)"));
    close("kappa", found.splits.with_k.kappa.unwrap(), cell("kappaRK|C!=K"), 1e-12);

    let information = &found.information;
    close("I(R;K)", information.rk, cell("I(R;K)"), 0.004);
    close("I(R;K|C)", information.rk_given_c, cell("I(R;K|C)"), 0.006);
    close("p", information.p_rk_given_c, cell("p_cmi"), 0.015);
    let noise = 0.008 / cell("I(R;K)");
    close("mediated", information.mediated.unwrap(), cell("mediated_frac"), noise);

    let adjusted = &found.adjusted;
    close("rho", adjusted.rk.value.unwrap(), cell("rho_RK_resid"), 1e-9);
    close("partial", adjusted.rk_given_c.value.unwrap(), cell("rho_RK.C_resid"), 1e-9);
    close("drop", adjusted.drop.unwrap(), cell("China_drop"), 1e-9);
    for (name, interval) in [("rho", adjusted.rk.interval), ("rho_RK.C", adjusted.rk_given_c.interval)] {
        let (low, high) = interval.unwrap();
        // A percentile of 500 replicates is known to about an eighth of the estimate's standard error, two of them here.
        let within = 0.14 * (high - low);
        close(name, low, cell(&format!("{name}_lo")), within);
        close(name, high, cell(&format!("{name}_hi")), within);
    }
    assert_eq!(format!("{}/{}", found.placebo.rank.unwrap(), found.placebo.of), row["China_rank_as_mediator"]);
    let top: Vec<String> =
        found.placebo.top.iter().map(|m| format!("{}:{:.2}", votes.states()[m.state], m.drop)).collect();
    assert_eq!(top.join(","), row["top_mediators"].replace("-0.00", "0.00"));
}

#[test]
fn russia_north_korea_via_china() {
    let Some(folder) = alignment("russia_north_korea_via_china") else { return };
    let votes = votes_2024(&folder);
    let file = std::fs::read_to_string(folder.join("mediation_RUS_PRK_via_CHN.csv")).unwrap();
    let mut lines = file.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut verdicts = Vec::new();
    for (line, sessions) in lines.zip(PERIODS) {
        // One cell is a quoted list.
        let quoted: Vec<&str> = line.split('"').collect();
        let mut cells: Vec<&str> = quoted[0].trim_end_matches(',').split(',').collect();
        cells.push(quoted[1]);
        cells.push(quoted[2].trim_start_matches(','));
        let window = period(&votes, sessions);
        let triad = Triad::named(&window, "365", "731", "710").unwrap();
        let found = mediate(&window, triad, &settings()).unwrap();
        same_as_reference(&found, &window, &names.iter().copied().zip(cells).collect());
        verdicts.push(found.verdict);
    }
    assert_eq!(verdicts.len(), 6);
    assert_eq!(verdicts[0], Verdict::NothingToAccountFor);
    assert_eq!(verdicts[1..3], [Verdict::AccountedFor; 2], "compatible with it from 2000 to 2013");
    assert_eq!(verdicts[3..5], [Verdict::Partly; 2], "weakening from 2014");
    assert_eq!(verdicts[5], Verdict::NotAccountedFor, "no from session 77");
}

/// The other question of the pair, and what the bootstrap draws: 20 of the 32 splits fall on two days.
#[test]
fn the_other_question_and_the_days() {
    let Some(folder) = alignment("the_other_question_and_the_days") else { return };
    let votes = votes_2024(&folder);
    let table = [(0.014, 0.007), (0.145, 0.081), (0.209, 0.135), (0.350, 0.124), (0.384, 0.072), (0.358, 0.006)];
    for (sessions, (rc, rc_given_k)) in PERIODS.into_iter().zip(table) {
        let window = period(&votes, sessions);
        let triad = Triad::named(&window, "365", "731", "710").unwrap();
        let [_, other] = both_questions(&window, triad, &settings()).unwrap();
        close("I(R;C)", other.information.rk, rc, 0.005);
        close("I(R;C|K)", other.information.rk_given_c, rc_given_k, 0.006);
    }
    let window = period(&votes, (77, 78));
    let triad = Triad::named(&window, "365", "731", "710").unwrap();
    let found = mediate(&window, triad, &Settings::default()).unwrap();
    assert_eq!((found.splits.with_k_calls.len(), found.splits.joint_abstentions), (20, 12));
    let mut days = std::collections::BTreeMap::<_, usize>::new();
    for &call in &found.splits.calls {
        *days.entry(window.calls()[call].day).or_default() += 1;
    }
    let mut counts: Vec<usize> = days.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(counts[0] + counts[1], 20);
    assert!(found.adjusted.clusters < found.calls.len() / 3);
    assert!(found.adjusted.rk_given_c.interval.unwrap().0 > 0.0, "remains when whole days are drawn");
}

#[test]
fn contrasts_of_2022_23() {
    let Some(folder) = alignment("contrasts_of_2022_23") else { return };
    let window = period(&votes_2024(&folder), (77, 78));
    for (state, rho, partial) in [("630", 0.57, 0.15), ("40", 0.51, 0.11), ("750", 0.48, 0.28)] {
        let triad = Triad::named(&window, "365", state, "710").unwrap();
        let found = mediate(&window, triad, &settings()).unwrap();
        close(state, found.adjusted.rk.value.unwrap(), rho, 0.005);
        close(state, found.adjusted.rk_given_c.value.unwrap(), partial, 0.005);
    }
}
