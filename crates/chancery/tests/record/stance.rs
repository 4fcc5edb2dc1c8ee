//! Russia between the Koreas and between China and North Korea, against the United States, and its co-voters.
//!
//! Periods by session: "2000-13" is sessions 55 to 68, "2014-21" 69 to 76, "2022/23" session 77, "2013/14" session 68
//! and "2021/22" session 76 (a session opens in the September of 1945 + its number).

use chancery_measure::stance::{Absence, co_voters, opposition, sides};
use chancery_measure::{Ballot, Votes};

use crate::support::{alignment, votes_2024};

const USA: &str = "2";
const RUS: &str = "365";
const CHN: &str = "710";
const PRK: &str = "731";
const KOR: &str = "732";

fn period(votes: &Votes, sessions: std::ops::RangeInclusive<u16>) -> Votes {
    votes.window(|c| sessions.contains(&c.session))
}

#[test]
fn russia_between_two() {
    let Some(folder) = alignment("russia_between_two") else { return };
    let votes = votes_2024(&folder);
    for (sessions, north, south, of, differ) in
        [(55..=68, 221, 181, 444, 446), (69..=76, 202, 101, 332, 334), (77..=77, 37, 10, 48, 48)]
    {
        let window = period(&votes, sessions);
        let found = sides(&window, RUS, PRK, KOR, Absence::Excluded).unwrap();
        assert_eq!((found.with_a.hits, found.with_b.hits, found.with_a.total), (north, south, of));
        assert_eq!((found.differ, found.without_c), (differ, differ - of));
        let counted = sides(&window, RUS, PRK, KOR, Absence::WithNeither).unwrap();
        assert_eq!((counted.with_a.hits, counted.with_b.hits, counted.with_a.total), (north, south, differ));
    }
    for (sessions, with, of) in [(55..=68, 17, 87), (69..=76, 28, 86), (77..=77, 10, 15)] {
        let found = sides(&period(&votes, sessions), RUS, PRK, CHN, Absence::Excluded).unwrap();
        assert_eq!((found.with_a.hits, found.with_a.total), (with, of));
    }
    let window = period(&votes, 77..=77);
    let found = sides(&window, RUS, PRK, CHN, Absence::Excluded).unwrap();
    assert!((found.with_a.low - 0.42).abs() < 0.005 && (found.with_a.high - 0.85).abs() < 0.005);
    let [russia, korea] = [RUS, PRK].map(|s| window.state(s).unwrap());
    let abstain = |state, call| window.ballot(state, call) == Some(Ballot::Abstain);
    assert_eq!(found.calls.iter().filter(|&&call| abstain(russia, call) && abstain(korea, call)).count(), 7);
}

/// The reference table of all 33 sessions since 1991.
#[test]
fn russia_where_china_and_north_korea_split() {
    let Some(folder) = alignment("russia_where_china_and_north_korea_split") else { return };
    let votes = votes_2024(&folder);
    let file = std::fs::read_to_string(folder.join("RUS_side_when_CHN_PRK_split_by_session.csv")).unwrap();
    let mut rows = 0;
    for line in file.lines().skip(1) {
        let row: Vec<u64> = line.split(',').map(|cell| cell.parse().unwrap()).collect();
        let session = row[0] as u16;
        let found = sides(&period(&votes, session..=session), RUS, PRK, CHN, Absence::Excluded).unwrap();
        assert_eq!([found.with_a.total, found.with_a.hits, found.with_b.hits, found.neither.hits], row[1..]);
        rows += 1;
    }
    assert_eq!(rows, 33);
}

#[test]
fn together_against_the_united_states() {
    let Some(folder) = alignment("together_against_the_united_states") else { return };
    let found = opposition(&period(&votes_2024(&folder), 77..=77), RUS, PRK, USA).unwrap();
    assert_eq!((found.against.hits, found.against.total, found.alike.hits), (58, 77, 64));
    assert_eq!(found.calls.len(), 58);
}

/// With at least 30 common roll calls: 186 states in 2022/23, 188 in 2013/14.
#[test]
fn the_most_frequent_co_voter() {
    let Some(folder) = alignment("the_most_frequent_co_voter") else { return };
    let votes = votes_2024(&folder);
    for (session, same, n, rank, of) in [(68, 42, 59, 16, 188), (76, 54, 69, 2, 189), (77, 64, 77, 1, 186)] {
        let window = period(&votes, session..=session);
        let all = co_voters(&window, RUS, 30).unwrap();
        let korea = all.iter().find(|v| window.states()[v.state] == PRK).unwrap();
        assert_eq!((korea.same.hits, korea.same.total, korea.rank, all.len()), (same, n, rank, of));
    }
}
