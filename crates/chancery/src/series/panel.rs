//! The panel of all dyads and periods, as columns that regressions expect.

use std::sync::Arc;

use chancery_measure::agreement::{Convention, Measure, TimeUnit, panel};
use chancery_model::{ActorCode, Date};

use super::assembly::Assembly;
use crate::dataset::{Codes, System};
use crate::error::Error;
use crate::export::{Cells, Column};

/// The numbers of a state in the lists of the Correlates of War and of Gleditsch and Ward.
type Numbers = (Option<i64>, Option<i64>);

/// What a panel holds.
#[derive(Debug, Clone)]
pub struct PanelQuestion {
    /// The measures, one column each.
    pub measures: Vec<Measure>,
    /// By which convention.
    pub convention: Convention,
    /// Only periods with a roll call on this day or later.
    pub from: Option<Date>,
    /// Only periods with a roll call before this day.
    pub to: Option<Date>,
}

/// One row for each undirected dyad and period: `iso1 iso2 ccode1 ccode2 gwcode1 gwcode2 session|year n` and a column for each measure.
/// A code that a list does not give on that day is empty; a measure that is undefined is empty.
///
/// # Errors
/// A table of codes that cannot be read.
pub fn columns(assembly: &Assembly, question: &PanelQuestion) -> Result<Vec<Column>, Error> {
    let codes = Codes::embedded()?;
    let rules = question.convention.rules();
    let made = panel(&assembly.votes, rules, &question.measures);
    let calls = assembly.votes.calls();
    // The day on which codes are looked up: the first roll call of the period.
    let days: Vec<Option<Date>> =
        made.periods.iter().map(|p| p.calls.iter().filter_map(|&c| calls[c].day).min().and_then(super::day)).collect();
    let wanted: Vec<bool> =
        made.periods.iter().map(|p| super::voting::asked(assembly, p, question.from, question.to)).collect();
    let rows: Vec<usize> = (0..made.len()).filter(|&r| wanted[usize::from(made.period[r])]).collect();
    let states: Vec<Arc<str>> = assembly.votes.states().iter().map(|s| Arc::from(s.as_str())).collect();
    let actors: Vec<ActorCode> = states.iter().map(|s| s.parse()).collect::<Result<_, _>>()?;
    let number = |system, actor: &ActorCode, day| codes.seat_number(system, actor, day).map(i64::from);
    let listed: Vec<Vec<Numbers>> = days
        .iter()
        .map(|day| {
            let of = |a| day.map_or((None, None), |day| (number(System::Cow, a, day), number(System::Gw, a, day)));
            actors.iter().map(of).collect()
        })
        .collect();
    let text = |of: &[u16]| Cells::Text(rows.iter().map(|&r| Some(states[usize::from(of[r])].clone())).collect());
    let code = |of: &[u16], which: fn(&Numbers) -> Option<i64>| {
        let cell = |&r: &usize| which(&listed[usize::from(made.period[r])][usize::from(of[r])]);
        Cells::Whole(rows.iter().map(cell).collect())
    };
    let period = if rules.unit == TimeUnit::Session { "session" } else { "year" };
    let mut columns = vec![
        Column::new("iso1", text(&made.first)),
        Column::new("iso2", text(&made.second)),
        Column::new("ccode1", code(&made.first, |c| c.0)),
        Column::new("ccode2", code(&made.second, |c| c.0)),
        Column::new("gwcode1", code(&made.first, |c| c.1)),
        Column::new("gwcode2", code(&made.second, |c| c.1)),
        Column::new(
            period,
            Cells::Whole(
                rows.iter().map(|&r| Some(i64::from(made.periods[usize::from(made.period[r])].number))).collect(),
            ),
        ),
        Column::new("n", Cells::Whole(rows.iter().map(|&r| Some(i64::from(made.n[r]))).collect())),
    ];
    for (measure, values) in made.measures.iter().zip(&made.values) {
        let cells = rows.iter().map(|&r| Some(values[r]).filter(|v| !v.is_nan())).collect();
        columns.push(Column::new(&measure.to_string(), Cells::Decimal(cells)));
    }
    Ok(columns)
}
