//! The readers of datasets on whole published files: nothing is lost without a word, and every voter is known.

use chancery::dataset::{self, Fault, Seats};

use super::support::alignment;

#[test]
fn the_votes_of_2024_are_read_whole() {
    let Some(folder) = alignment("the_votes_of_2024_are_read_whole") else { return };
    let read = dataset::read("un-votes", &folder.join("un_votes_svm_1946_2024.parquet")).unwrap();
    let read = read.complete().unwrap();
    let report = &read.report;
    assert_eq!((report.rows, report.sessions, report.count(Fault::Duplicate)), (855_890, 78, 3));
    assert_eq!(report.count(Fault::Contradiction), 0);
    // The rows of states on the days before their admission, which the file has.
    let dropped = report.count(Fault::NotMember) + report.count(Fault::UnknownState) + report.count(Fault::Duplicate);
    assert_eq!(report.rows - report.kept, dropped);
    assert!(dropped < 400, "{dropped} rows are lost");
    let votes = dataset::votes(&read.observations, Seats::AsCast).unwrap();
    assert_eq!(votes.calls().len(), 6132);
}

#[test]
fn trade_runs_from_the_exporter_and_missing_is_no_zero() {
    let Some(folder) = alignment("trade_runs_from_the_exporter_and_missing_is_no_zero") else { return };
    let read = dataset::read("cow-trade", &folder.join("cow_trade_ddy_1946_2014.parquet")).unwrap();
    assert_eq!((read.report.rows, read.report.kept), (1_285_538, 1_285_538));
    assert_eq!(read.report.count(Fault::Contradiction), 0);
    assert!(read.observations.iter().all(|o| o.value_number.is_none_or(|n| n >= 0.0)));
}
