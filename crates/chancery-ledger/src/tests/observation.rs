//! Tables and their rows: written whole, in force with their document, told apart by what was known.

use chancery_model::{Act, Document, DocumentKind, MissingKind, Observation, sha256_hex};

use super::support::*;
use crate::{AsOf, Ledger, LedgerError, NewDocument, ObservationFilter, Outcome};

fn observation(key: &str, variable: &str, a: &str, b: Option<&str>, day: &str, value: Option<&str>) -> Observation {
    let day: chancery_model::Date = day.parse().unwrap();
    Observation {
        row_key: key.into(),
        variable: variable.into(),
        actor_a: a.parse().unwrap(),
        actor_b: b.map(|b| b.parse().unwrap()),
        valid_from: Some(day),
        valid_to: Some(day.tomorrow().unwrap()),
        value: value.map(Into::into),
        value_number: value.and_then(|v| v.parse().ok()),
        unit: None,
        missing: value.is_none().then_some(MissingKind::NotCollected),
        public_from: Some(day),
        vintage: Some("2024-06".into()),
    }
}

/// A table of a roll call and a trade flow.
pub(crate) fn table(bytes: &str) -> NewDocument {
    let mut new = document("un-votes", "", Some("2024-06-04"));
    new.bytes = bytes.as_bytes().to_vec();
    new.document.kind = DocumentKind::Table;
    new.document.bytes_sha256 = sha256_hex(&new.bytes);
    new.document.id = Document::id_of("un-votes", &new.document.bytes_sha256).unwrap();
    new.observations = vec![
        observation("1:365", "un-votes.vote", "RUS", None, "2022-11-04", Some("3")),
        observation("1:731", "un-votes.vote", "PRK", None, "2022-11-04", Some("3")),
        observation("1:732", "un-votes.vote", "KOR", None, "2022-11-04", Some("1")),
        observation("365:731:2019", "trade.imports", "RUS", Some("PRK"), "2019-01-01", None),
    ];
    new
}

#[test]
fn rows_come_back_as_they_were_written() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let new = table("a");
    append(&ledger, &batch(machine(), vec![new.clone(), news(0)])).unwrap();
    let found = ledger.observations(&ObservationFilter::default()).unwrap();
    assert_eq!(found.len(), 4);
    for row in &found {
        assert!(new.observations.contains(&row.observation), "{row:?}");
        assert_eq!(row.id, row.observation.id(&new.document.id).unwrap());
        assert_eq!(row.document.source, "un-votes");
    }
    assert_eq!(found[0].observation.variable, "trade.imports", "ordered by variable");
    assert_eq!(ledger.observation(&found[1].id).unwrap().as_ref(), Some(&found[1]));
    assert_eq!(ledger.find(&found[1].id.as_str()[..12]).unwrap(), [found[1].id.clone()]);
    assert_eq!(found[0].observation.missing, Some(MissingKind::NotCollected), "missing is not zero");
    let report = ledger.verify().unwrap();
    assert_eq!((report.findings.as_slice(), report.observations, report.invisible_rows), (&[][..], 4, 0));
    assert_eq!(ledger.variables(AsOf::Last).unwrap()["un-votes.vote"], 3);
    assert_eq!(ledger.observations(&ObservationFilter { as_of: AsOf::Seq(0), ..Default::default() }).unwrap(), []);
}

#[test]
fn a_question_narrows_by_variable_actor_day_and_knowledge() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    append(&ledger, &batch(machine(), vec![table("a")])).unwrap();
    let count = |filter: ObservationFilter| ledger.observations(&filter).unwrap().len();
    let day = |text: &str| Some(text.parse().unwrap());
    let all = ObservationFilter::default;
    assert_eq!(count(ObservationFilter { variables: vec!["un-votes.vote".into()], ..all() }), 3);
    assert_eq!(count(ObservationFilter { actors: vec!["PRK".into()], ..all() }), 2, "at either end");
    assert_eq!(count(ObservationFilter { from: day("2022-11-04"), ..all() }), 3);
    assert_eq!(count(ObservationFilter { from: day("2022-11-05"), ..all() }), 0, "half open");
    assert_eq!(count(ObservationFilter { to: day("2022-11-04"), ..all() }), 1);
    assert_eq!(count(ObservationFilter { known_by: day("2022-11-04"), ..all() }), 1, "before the day");
    assert_eq!(count(ObservationFilter { known_by: day("2022-11-05"), ..all() }), 4);
}

#[test]
fn a_table_twice_is_held_once_and_a_retracted_one_is_out_of_force() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let new = table("a");
    append(&ledger, &batch(machine(), vec![new.clone()])).unwrap();
    let again = append(&ledger, &batch(machine(), vec![new.clone()])).unwrap();
    assert_eq!(again.documents[0].1, Outcome::Held);
    assert_eq!(ledger.observations(&ObservationFilter::default()).unwrap().len(), 4);
    let seq = ledger.last_seq();
    let mut withdrawn = batch(person(), Vec::new());
    withdrawn.entries.push(entry(Act::Retract, &new.document.id, "licence withdrawn"));
    append(&ledger, &withdrawn).unwrap();
    assert_eq!(ledger.observations(&ObservationFilter::default()).unwrap(), []);
    let before = ObservationFilter { as_of: AsOf::Seq(seq), ..ObservationFilter::default() };
    assert_eq!(ledger.observations(&before).unwrap().len(), 4, "what was held stays askable");
}

#[test]
fn a_text_has_no_rows() {
    let dir = scratch();
    let ledger = Ledger::create(dir.path()).unwrap();
    let mut text = news(0);
    text.observations = table("a").observations;
    assert!(matches!(append(&ledger, &batch(machine(), vec![text])), Err(LedgerError::Invalid { .. })));
}
