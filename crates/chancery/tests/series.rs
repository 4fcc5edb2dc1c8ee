//! From a file of votes to a figure and back: taken in, measured, opened to both ballots of every roll call.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // tests write files

use std::fmt::Write as _;
use std::time::Duration;

use chancery::answer::dyad;
use chancery::dataset;
use chancery::ledger::{AsOf, Ledger, Outcome};
use chancery::measure::agreement::{Bootstrap, Convention, Measure};
use chancery::model::{Date, Dyad};
use chancery::series::{
    Assembly, AssemblyQuestion, MediationQuestion, PanelQuestion, VotingQuestion, assembly, columns, contested,
    mediated, voting,
};
use chancery::{Error, holdings, knowledge, run, why};

const WAIT: Duration = Duration::from_secs(5);

/// Sessions 45 to 47 with ten roll calls each; the seat of Russia is the Soviet Union's in session 45. The ballots are made
/// up: the second state votes as the first but for every fifth roll call, the third the other way round.
fn table() -> String {
    let mut rows = "session,rcid,date,ccode,vote\n".to_owned();
    for session in 45..48 {
        for n in 0..10 {
            let (call, year) = (session * 100 + n, 1945 + session);
            let first = [1, 2, 3][n % 3];
            let second = if n % 5 == 4 { 4 - first } else { first };
            let third = 4 - first;
            for (state, vote) in [(365, first), (710, second), (2, third)] {
                writeln!(rows, "{session},{call},{year}-11-{:02},{state},{vote}", n + 1).unwrap();
            }
        }
    }
    rows
}

struct Held {
    _dir: tempfile::TempDir,
    ledger: Ledger,
    assembly: Assembly,
}

fn held() -> Held {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("votes.csv");
    std::fs::write(&file, table()).unwrap();
    let ledger = Ledger::create(&dir.path().join("ledger")).unwrap();
    let read = || dataset::read("un-votes", &file).unwrap();
    let hand = run::dataset("data add", &serde_json::json!({}), "2024-06-04T00:00:00Z".to_owned()).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let take = || holdings::take(&ledger, read(), bytes.clone(), None, None, &hand, WAIT).unwrap();
    let taken = take();
    assert_eq!((taken.outcome, taken.rows), (Outcome::Added, 90));
    assert_eq!(take().outcome, Outcome::Held, "the same file again adds nothing");
    assert!(ledger.verify().unwrap().is_sound());
    let assembly = assembly(&ledger, &AssemblyQuestion::default()).unwrap().unwrap();
    Held { _dir: dir, ledger, assembly }
}

fn pair(a: &str, b: &str) -> Dyad {
    dyad(knowledge::register().unwrap(), a, b).unwrap()
}

fn question(ledger: &Ledger, measure: &str) -> VotingQuestion {
    VotingQuestion {
        dyad: pair("RUS", "CHN"),
        measure: measure.parse().unwrap(),
        convention: Convention::Plain,
        from: None,
        to: None,
        seq: ledger.last_seq(),
        known_by: None,
        bootstrap: Bootstrap::default(),
    }
}

#[test]
fn a_figure_opens_to_both_ballots_of_every_roll_call() {
    let held = held();
    assert_eq!(held.assembly.votes.states(), ["CHN", "RUS", "USA"], "one row for a seat, whoever held it");
    let series = voting(&held.assembly, &question(&held.ledger, "agreement")).unwrap();
    assert_eq!(
        series.iter().map(|v| (v.period, v.n, v.same)).collect::<Vec<_>>(),
        [(45, 10, 9), (46, 10, 9), (47, 10, 9)]
    );
    assert_eq!(series[1].value, Some(0.9), "an abstention mirrored is an abstention: only the tenth differs");
    assert_eq!(series[1].whole.inputs.len(), 20);
    let opened = why::voting(&held.ledger, &series[1].figure).unwrap();
    assert_eq!(opened.agrees, Some(true));
    assert_eq!(opened.ballots.len(), 10);
    let ballot = &opened.ballots[9];
    assert_eq!((ballot.call, ballot.a, ballot.b), (4609, 3, 1), "China's ballot first, as the dyad has it");
    let row = why::observation(&held.ledger, ballot.observation_b.as_ref().unwrap()).unwrap();
    let cast_by = row.observation.actor_a.as_str();
    assert_eq!((cast_by, row.observation.value.as_deref()), ("SUN", Some("1")), "the row keeps who held the seat");
    assert!(row.citation.unwrap().contains("Voeten"));
    let altered = series[1].figure.replace('@', "@a");
    assert_eq!(why::voting(&held.ledger, &altered).unwrap().agrees, Some(false));
    let other = series[1].figure.replace("session46", "year46");
    assert!(why::voting(&held.ledger, &other).unwrap().value.is_none(), "a session is no year");
}

#[test]
fn a_question_of_the_past_sees_the_roll_calls_of_the_past() {
    let held = held();
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    let asked = AssemblyQuestion { known_by: day("1991-11-06"), ..AssemblyQuestion::default() };
    let then = assembly(&held.ledger, &asked).unwrap().unwrap();
    let series = voting(&then, &question(&held.ledger, "agreement")).unwrap();
    assert_eq!(series.iter().map(|v| (v.period, v.n)).collect::<Vec<_>>(), [(45, 10), (46, 5)]);
    let asked = AssemblyQuestion { known_by: day("1980-01-01"), ..AssemblyQuestion::default() };
    assert!(assembly(&held.ledger, &asked).unwrap().is_none());
    let asked = AssemblyQuestion { as_of: AsOf::Seq(0), ..AssemblyQuestion::default() };
    assert!(assembly(&held.ledger, &asked).unwrap().is_none());
}

#[test]
fn a_state_without_ballots_and_a_release_that_is_not_there_are_told() {
    let held = held();
    let asked = VotingQuestion { dyad: pair("RUS", "PRK"), ..question(&held.ledger, "kappa") };
    let error = voting(&held.assembly, &asked).unwrap_err();
    assert!(matches!(error, Error::NoRecord { .. }) && error.to_string().contains("PRK"), "{error}");
    let asked = AssemblyQuestion { release: Some("2019".to_owned()), ..AssemblyQuestion::default() };
    assert!(matches!(assembly(&held.ledger, &asked), Err(Error::Reference { .. })));
}

#[test]
fn the_panel_has_the_codes_of_the_time() {
    let held = held();
    let asked = PanelQuestion {
        measures: vec![Measure::Agreement, "kappa-sq".parse().unwrap()],
        convention: Convention::Plain,
        from: None,
        to: None,
    };
    let made = columns(&held.assembly, &asked).unwrap();
    let names: Vec<&str> = made.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(
        names,
        ["iso1", "iso2", "ccode1", "ccode2", "gwcode1", "gwcode2", "session", "n", "agreement", "kappa_sq"]
    );
    let csv = chancery::export::csv_columns(&made);
    let first = csv.lines().nth(1).unwrap();
    assert!(first.starts_with("CHN,RUS,710,365,710,365,45,10,0.9,"), "the Soviet Union has Russia's number: {first}");
    assert_eq!(csv.lines().count(), 1 + 9);
}

#[test]
fn contested_votes_and_mediation_come_with_their_rows() {
    let held = held();
    let series = contested(&held.assembly, &pair("RUS", "CHN"), None, None).unwrap();
    assert_eq!(series.len(), 3);
    // Where all three abstain nothing is contested.
    assert_eq!((series[0].n, series[0].same), (7, 6));
    assert_eq!(series[0].evidence.len(), 14);
    let (r, k, c) = ("RUS".to_owned(), "CHN".to_owned(), "USA".to_owned());
    let asked = MediationQuestion { r, k, c, from: None, to: None };
    let found = mediated(&held.assembly, &asked, &chancery::measure::mediation::Settings::default()).unwrap();
    assert_eq!(found.via.calls.len(), 30);
    assert_eq!(found.evidence.len(), found.via.splits.calls.len() * 3);
    assert_eq!((found.opposition.against.hits, found.opposition.against.total), (18, 30));
}
