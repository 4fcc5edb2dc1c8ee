//! The register of vetoes in the Security Council on matters of a state (`data/sources/vetoes.tsv`).

use chancery_model::{ActorCode, Date};

use super::DatasetError;

/// A draft resolution that permanent members kept from being adopted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    /// The day of the vote.
    pub day: Date,
    /// The draft (`S/2022/431`).
    pub draft: String,
    /// Who voted against it.
    pub by: Vec<ActorCode>,
    /// The states whose matter it was.
    pub concerning: Vec<ActorCode>,
    /// What it was about.
    pub subject: String,
    /// Where it is recorded.
    pub source: String,
}

/// All vetoes of the register, by day.
pub fn vetoes() -> Result<Vec<Veto>, DatasetError> {
    const FILE: &str = "sources/vetoes.tsv";
    let text = chancery_data::FILES.iter().find(|(path, _)| *path == FILE).map_or("", |(_, text)| *text);
    let rows = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).skip(1);
    rows.map(|(i, line)| {
        let bad = || DatasetError::Knowledge { file: FILE.to_owned(), why: format!("line {}: {line}", i + 1) };
        let cells: Vec<&str> = line.split('\t').collect();
        let [day, draft, by, concerning, subject, source] = cells.as_slice() else { return Err(bad()) };
        let states = |cell: &str| -> Result<Vec<ActorCode>, DatasetError> {
            cell.split_whitespace().map(|code| code.parse().map_err(|_| bad())).collect()
        };
        Ok(Veto {
            day: day.parse().map_err(|_| bad())?,
            draft: (*draft).to_owned(),
            by: states(by)?,
            concerning: states(concerning)?,
            subject: (*subject).to_owned(),
            source: (*source).to_owned(),
        })
    })
    .collect()
}
