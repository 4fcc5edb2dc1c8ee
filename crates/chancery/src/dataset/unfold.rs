//! Wide tables as long ones: a roll call whose ballots stand in one cell, a state whose memberships stand in columns.

use smol_str::{SmolStr, ToSmolStr};

use super::descriptor::{Descriptor, Layout, Role, Unfold};
use super::table::{Cells, Table};

/// The table in long form, where the layout that fits asks for it.
pub(super) fn unfold(described: &Descriptor, table: Table) -> Table {
    let plain =
        |l: &Layout| l.unfold.is_none() && l.columns.iter().all(|c| c.optional || table.column(&c.names).is_some());
    if described.layout.iter().any(plain) {
        return table;
    }
    for layout in &described.layout {
        match &layout.unfold {
            Some(Unfold::VoteString { column }) if table.column(column).is_some() => {
                return ballots(&table, column);
            }
            Some(Unfold::Memberships { except, without }) if named(layout, &table) => {
                return memberships(&table, except, without);
            }
            _ => {}
        }
    }
    table
}

/// Whether the table has the actor and the year, which no unfolding makes.
fn named(layout: &Layout, table: &Table) -> bool {
    let mut fixed = layout.columns.iter().filter(|c| matches!(c.role, Role::ActorA | Role::Year));
    fixed.all(|c| table.column(&c.names).is_some())
}

/// `Y ALBANIA; N ALGERIA; A ANGOLA; BENIN` (parted by semicolons, bars or line ends) as rows `ms_name`, `ms_vote`; a name
/// without a letter before it took no part.
fn ballots(table: &Table, column: &[String]) -> Table {
    let mut picked: Vec<(usize, SmolStr, SmolStr)> = Vec::new();
    let cells = table.column(column).map(Vec::as_slice).unwrap_or_default();
    for (row, cell) in cells.iter().enumerate() {
        for part in cell.as_deref().unwrap_or_default().split([';', '|', '\n']).map(str::trim).filter(|p| !p.is_empty())
        {
            let (ballot, name) = match part.split_once(' ') {
                Some((letter @ ("Y" | "N" | "A" | "X"), name)) => (letter, name.trim()),
                _ => ("X", part),
            };
            picked.push((row, ballot.to_smolstr(), name.to_smolstr()));
        }
    }
    let rows: Vec<usize> = picked.iter().map(|p| p.0).collect();
    let mut long = repeated(table, &rows, |_| true);
    long.names.extend(["ms_vote".to_owned(), "ms_name".to_owned()]);
    long.columns.push(picked.iter().map(|p| Some(p.1.clone())).collect());
    long.columns.push(picked.into_iter().map(|p| Some(p.2)).collect());
    long
}

/// Every cell of an organisation's column as a row `igo`, `membership`.
fn memberships(table: &Table, except: &[String], without: &[String]) -> Table {
    let is_organisation = |name: &str| !except.iter().any(|e| e.eq_ignore_ascii_case(name));
    let mut picked: Vec<(usize, SmolStr, SmolStr)> = Vec::new();
    for (name, cells) in table.names.iter().zip(&table.columns).filter(|(n, _)| is_organisation(n)) {
        let name = SmolStr::new(name);
        for (row, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell.as_ref().filter(|c| !without.iter().any(|w| c.trim_end_matches(".0") == w)) {
                picked.push((row, name.clone(), cell.clone()));
            }
        }
    }
    picked.sort_by_key(|p| p.0);
    let rows: Vec<usize> = picked.iter().map(|p| p.0).collect();
    let mut long = repeated(table, &rows, |name| !is_organisation(name));
    long.names.extend(["igo".to_owned(), "membership".to_owned()]);
    long.columns.push(picked.iter().map(|p| Some(p.1.clone())).collect());
    long.columns.push(picked.into_iter().map(|p| Some(p.2)).collect());
    long
}

/// The columns that `keep` accepts, with these rows.
fn repeated(table: &Table, rows: &[usize], keep: impl Fn(&str) -> bool) -> Table {
    let kept = table.names.iter().zip(&table.columns).filter(|(name, _)| keep(name));
    let pick = |cells: &Cells| rows.iter().map(|&r| cells[r].clone()).collect();
    let (names, columns) = kept.map(|(name, cells)| (name.clone(), pick(cells))).unzip();
    let lines = rows.iter().map(|&r| table.lines[r]).collect();
    Table { file: table.file.clone(), names, columns, lines, torn: table.torn.clone(), said: table.said.clone() }
}
