//! The reference data as values of `chancery-measure`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chancery_ledger::ForeignTable;
use chancery_measure::{Ballot, RollCall, Votes, VotesBuilder};

/// The folder of the reference data, or a word that the test is skipped.
pub(crate) fn alignment(test: &str) -> Option<PathBuf> {
    let Some(shared) = std::env::var_os("CHANCERY_SHARED") else {
        eprintln!("{test}: skipped, CHANCERY_SHARED does not name the folder of the reference data");
        return None;
    };
    Some(Path::new(&shared).join("data/alignment"))
}

/// A table of the folder.
pub(crate) fn table(folder: &Path, name: &str) -> ForeignTable {
    ForeignTable::open(&folder.join(name)).unwrap()
}

/// Whole numbers of a column without empty cells.
pub(crate) fn integers(table: &ForeignTable, column: &str) -> Vec<i64> {
    table.integers(column).unwrap().into_iter().map(Option::unwrap).collect()
}

/// General Assembly votes 1946 to June 2024, absences left out, states by their COW number.
///
/// In session 78 a few rows of the states at either end of the alphabet stand under a neighbouring roll call: 23 numbers
/// carry two or three dates, three of them a state twice (with the same vote). A roll call has the date of most of its
/// rows, and the rows keep the number that the publisher gave them, as in the published series.
pub(crate) fn votes_2024(folder: &Path) -> Votes {
    let rows = table(folder, "un_votes_svm_1946_2024.parquet");
    let [session, resid, year, state, vote] =
        ["session", "resid", "year", "ccode", "vote"].map(|column| integers(&rows, column));
    let days = rows.days("date").unwrap();
    let mut dates: BTreeMap<i64, BTreeMap<Option<i32>, usize>> = BTreeMap::new();
    for (&id, &day) in resid.iter().zip(&days) {
        *dates.entry(id).or_default().entry(day).or_default() += 1;
    }
    let mut votes = VotesBuilder::default();
    for i in 0..rows.rows() {
        let id = resid[i] as u32;
        let (session, file_year) = (session[i] as u16, Some(year[i] as i16));
        let day = *dates[&resid[i]].iter().max_by_key(|&(_, rows)| rows).unwrap().0;
        votes.call(RollCall { id, session, day, file_year, ..RollCall::default() }).unwrap();
        votes.ballot(&state[i].to_string(), id, Ballot::from_number(vote[i]).unwrap()).unwrap();
    }
    votes.build().unwrap()
}
