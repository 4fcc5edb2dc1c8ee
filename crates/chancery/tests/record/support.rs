//! The reference data as values of `chancery-measure`.

use std::path::{Path, PathBuf};

use chancery_ledger::ForeignTable;
use chancery_measure::{Ballot, MeasureError, RollCall, Votes, VotesBuilder};

/// The folder of the reference data, or a word that the test is skipped.
pub fn alignment(test: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("CHANCERY_SHARED") else {
        eprintln!("{test}: skipped, CHANCERY_SHARED does not name the folder of the reference data");
        return None;
    };
    Some(Path::new(&shared).join("data/alignment"))
}

/// A table of the folder.
pub fn table(folder: &Path, name: &str) -> ForeignTable {
    ForeignTable::open(&folder.join(name)).unwrap()
}

/// Whole numbers of a column without empty cells.
pub fn integers(table: &ForeignTable, column: &str) -> Vec<i64> {
    table.integers(column).unwrap().into_iter().map(Option::unwrap).collect()
}

/// General Assembly votes 1946 to June 2024, absences left out, states by their COW number. Of rows that contradict each
/// other (three) the first counts.
pub fn votes_2024(folder: &Path) -> Votes {
    let rows = table(folder, "un_votes_svm_1946_2024.parquet");
    let [session, resid, year, state, vote] =
        ["session", "resid", "year", "ccode", "vote"].map(|column| integers(&rows, column));
    let days = rows.days("date").unwrap();
    let mut votes = VotesBuilder::default();
    for i in 0..rows.rows() {
        let id = resid[i] as u32;
        let (session, file_year) = (session[i] as u16, Some(year[i] as i16));
        votes.call(RollCall { id, session, day: days[i], file_year, ..RollCall::default() }).unwrap();
        match votes.ballot(&state[i].to_string(), id, Ballot::from_number(vote[i]).unwrap()) {
            Ok(()) | Err(MeasureError::BallotTwice { .. }) => {}
            Err(other) => panic!("{other}"),
        }
    }
    votes.build().unwrap()
}
