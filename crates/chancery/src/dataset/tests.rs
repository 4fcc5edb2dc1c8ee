//! Bad input: what is wrong is named and kept out, and the rest of the file is read.

use std::io::Write;

use super::*;

const HEADER: &str = "rcid,session,date,ccode,vote\n";

fn un_votes(rows: &str) -> Dataset {
    read_bytes("un-votes", "votes.csv", format!("{HEADER}{rows}").as_bytes()).unwrap()
}

#[test]
fn each_bad_row_is_counted_under_its_fault_and_the_good_ones_are_kept() {
    for (row, fault) in [
        ("3,60,2005-12-08,365,1", Fault::Contradiction),
        ("3,60,2005-12-08,365,3", Fault::Duplicate),
        ("3,60,2005-12-08,713,1", Fault::NotMember),
        ("3,29,1974-01-08,404,1", Fault::UnknownState),
        ("3,60,2005-12-08,999,1", Fault::UnknownState),
        ("3,60,1995-12-08,2,1", Fault::WrongSession),
        ("3,60,2005-12-08,2,5", Fault::Unreadable),
        ("3,60,2005-13-08,2,1", Fault::Unreadable),
        ("3,sixty,2005-12-08,2,1", Fault::Unreadable),
        ("3,60,2005-12-08,2", Fault::Unreadable),
        ("3,60,2005-12-08,2,1,1", Fault::Unreadable),
    ] {
        let read = un_votes(&format!("3,60,2005-12-08,365,3\n{row}\n3,60,2005-12-08,710,1\n"));
        let report = &read.report;
        assert_eq!((report.rows, report.kept, report.count(fault)), (3, 2, 1), "{row}: {:?}", report.problems);
        assert_eq!(report.problems[0].lines, [3], "{row}");
        assert_eq!(read.observations[0].value.as_deref(), Some("3"), "{row}");
    }
}

#[test]
fn a_file_that_is_no_table_of_the_dataset_is_an_error() {
    let error = |bytes: &[u8]| read_bytes("un-votes", "votes.csv", bytes).unwrap_err();
    assert!(matches!(error(b""), DatasetError::Table { .. }));
    assert!(matches!(error(b"rcid,session,ccode\n1,2,3\n"), DatasetError::Column { .. }));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(HEADER.as_bytes()).unwrap();
    let whole = gzip.finish().unwrap();
    assert!(read_bytes("un-votes", "votes.csv.gz", &whole).is_ok());
    assert!(matches!(error(&whole[..whole.len() - 9]), DatasetError::Table { .. }));
    assert!(matches!(un_votes("").complete(), Err(DatasetError::Short { .. })));
}

#[test]
fn names_survive_every_encoding() {
    let utf8 = "supplier,recipient,year,value\nFrance,Côte d'Ivoire,1990,2\n";
    let latin: Vec<u8> = utf8.chars().map(|c| c as u8).collect();
    let twice: String = utf8.bytes().map(char::from).collect();
    for bytes in [utf8.as_bytes(), &latin, twice.as_bytes()] {
        let read = read_bytes("sipri-tiv", "tiv.csv", bytes).unwrap();
        assert_eq!(read.report.kept, 1, "{:?}", read.report);
        assert_eq!(read.observations[0].actor_b.as_ref().map(chancery_model::ActorCode::as_str), Some("CIV"));
    }
}

#[test]
fn a_preamble_is_left_out_and_lines_are_counted_in_the_file() {
    let text = "Trend-indicator values\n\nsupplier;recipient;year;value\nFrance;Nowhere;1990;2\nFrance;India;1990;2\n";
    let report = read_bytes("sipri-tiv", "tiv.csv", text.as_bytes()).unwrap().report;
    assert_eq!((report.kept, report.problems[0].lines.as_slice()), (1, &[4][..]), "{report:?}");
}

/// Resolution ES-11/1 on Ukraine had Russia and North Korea against, China abstaining: one roll call in both forms.
#[test]
fn both_forms_of_the_digital_library_say_the_same() {
    let long = "undl_id,session,date,ms_code,ms_vote\n1,76,2022-03-02,RUS,N\n1,76,2022-03-02,PRK,N\n\
        1,76,2022-03-02,CHN,A\n1,76,2022-03-02,USA,Y\n";
    let cell = "undl_id,session,date,votes\n1,76,2022-03-02,N RUSSIAN FEDERATION; \
        N DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA; A CHINA; Y UNITED STATES\n";
    for text in [long, cell] {
        let read = read_bytes("un-votes", "library.csv", text.as_bytes()).unwrap();
        let said: Vec<_> = read.observations.iter().map(|o| (o.actor_a.as_str(), o.value.as_deref())).collect();
        let votes = [("RUS", Some("3")), ("PRK", Some("3")), ("CHN", Some("2")), ("USA", Some("1"))];
        assert_eq!(said, votes, "{:?}", read.report);
    }
}

#[test]
fn a_vote_of_which_only_the_session_is_known_is_public_when_it_is_over() {
    let read = read_bytes("un-votes", "v.csv", b"rcid,session,ccode,vote\n1,46,732,1\n").unwrap();
    assert_eq!(read.report.kept, 1, "admitted during the session: {:?}", read.report);
    assert_eq!(read.observations[0].public_from, Some("1992-08-31".parse().unwrap()));
}
