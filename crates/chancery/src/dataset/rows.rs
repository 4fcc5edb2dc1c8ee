//! One engine for all datasets: a table and a description in, observations and problems out.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use chancery_model::{ActorCode, Date, MissingKind, Observation};
use smol_str::{SmolStr, format_smolstr};

use super::codes::Codes;
use super::descriptor::{Column, Descriptor, Layout, PublicFrom, Role};
use super::report::{Fault, Problems, Report};
use super::table::{Cells, Table};
use super::when::When;
use super::{DatasetError, days};

/// A column of the description that the table has.
struct Bound<'a> {
    column: &'a Column,
    cells: &'a Cells,
    variable: SmolStr,
}

/// What a row has, but for its values.
struct Frame {
    key: String,
    actor_a: ActorCode,
    actor_b: Option<ActorCode>,
    raw: [SmolStr; 2],
    from: Date,
    to: Date,
    session: Option<i16>,
    /// Not the year of the day, where the file says so.
    file_year: Option<i16>,
    odd: Option<String>,
}

pub(super) type Bad = (Fault, String);

/// The observations of a table, and what came of its rows.
pub(super) fn observations(described: &Descriptor, table: &Table) -> Result<(Vec<Observation>, Report), DatasetError> {
    let codes = Codes::embedded()?;
    let (layout, columns) = bind(described, table)?;
    let coverage = described.covers();
    let mut problems = Problems::default();
    for (line, wrong) in &table.torn {
        problems.add(Fault::Unreadable, wrong.clone(), *line);
    }
    let mut seen: HashMap<(u16, SmolStr), usize> = HashMap::with_capacity(table.rows());
    let mut out: Vec<Observation> = Vec::with_capacity(table.rows());
    let (mut kept, mut sessions) = (0, BTreeSet::new());
    for (row, &line) in table.lines.iter().enumerate() {
        let frame = match frame(described, layout, codes, &columns, row) {
            Ok(frame) => frame,
            Err((fault, reason)) => {
                problems.add(fault, reason, line);
                continue;
            }
        };
        if let Some((from, to)) = coverage
            && (frame.from >= to || frame.to <= from)
        {
            problems.add(Fault::OutOfCoverage, format!("{} is not covered", frame.from.year()), line);
            continue;
        }
        if let Some(odd) = &frame.odd {
            problems.add(Fault::Odd, odd.clone(), line);
        }
        let mut added = false;
        for (i, bound) in columns.iter().enumerate().filter(|(_, b)| b.column.role == Role::Value) {
            let observation = match observation(described, bound, &frame, row) {
                Ok(observation) => observation,
                Err((fault, reason)) => {
                    problems.add(fault, reason, line);
                    continue;
                }
            };
            let slot = if layout.mirrored { 0 } else { i as u16 };
            match seen.entry((slot, observation.row_key.clone())) {
                Entry::Vacant(free) => {
                    free.insert(out.len());
                }
                Entry::Occupied(mut taken) if layout.repeats => {
                    let (_, key) = taken.key();
                    let mut numbered = observation;
                    numbered.row_key = format_smolstr!("{key}#{line}");
                    *taken.get_mut() = out.len();
                    out.push(numbered);
                    added = true;
                    continue;
                }
                Entry::Occupied(taken) => {
                    let first = &out[*taken.get()];
                    added |= layout.mirrored && first.value == observation.value;
                    if first.value != observation.value {
                        let was = first.value.as_deref().unwrap_or("nothing");
                        let is = observation.value.as_deref().unwrap_or("nothing");
                        let reason = format!("{} has {was} before and {is} here", observation.row_key);
                        problems.add(Fault::Contradiction, reason, line);
                    } else if !layout.mirrored {
                        problems.add(Fault::Duplicate, "the same statement stands above".to_owned(), line);
                    }
                    continue;
                }
            }
            out.push(observation);
            added = true;
        }
        kept += usize::from(added);
        sessions.extend(frame.session.filter(|_| added));
    }
    out.shrink_to_fit();
    let report = Report {
        rows: table.rows() + table.torn.len(),
        kept,
        sessions: sessions.len(),
        text: table.said.clone(),
        problems: problems.groups(),
    };
    Ok((out, report))
}

/// The layout that fits the table, and its columns.
fn bind<'a>(described: &'a Descriptor, table: &'a Table) -> Result<(&'a Layout, Vec<Bound<'a>>), DatasetError> {
    let mut nearest: Option<(usize, &Column)> = None;
    for layout in &described.layout {
        let missing = |c: &&Column| !c.optional && table.column(&c.names).is_none();
        let Some(first) = layout.columns.iter().find(missing) else {
            let bound = layout.columns.iter().filter_map(|column| {
                let name = column.names.iter().find(|n| table.names.iter().any(|t| t.eq_ignore_ascii_case(n)))?;
                let variable = if column.variable.is_empty() { name } else { &column.variable };
                let variable = format_smolstr!("{}.{variable}", described.name);
                Some(Bound { column, cells: table.column(&column.names)?, variable })
            });
            return Ok((layout, bound.collect()));
        };
        let lacks = layout.columns.iter().filter(missing).count();
        if nearest.is_none_or(|(least, _)| lacks < least) {
            nearest = Some((lacks, first));
        }
    }
    Err(DatasetError::Column {
        file: table.file.clone(),
        name: described.name.clone(),
        missing: nearest.map(|(_, column)| column.names.join(" or ")).unwrap_or_default(),
        found: table.names.join(", "),
    })
}

/// Who and when.
fn frame(described: &Descriptor, layout: &Layout, codes: &Codes, columns: &[Bound], row: usize) -> Result<Frame, Bad> {
    let mut when = When::default();
    let mut key = String::new();
    let (mut a, mut b) = (None, None);
    for Bound { column, cells, .. } in columns {
        let text = cells.get(row).and_then(Option::as_deref);
        let unreadable = || (Fault::Unreadable, format!("{} in {}", text.unwrap_or("nothing"), column.names[0]));
        let number = || text.and_then(days::whole).ok_or_else(unreadable);
        match column.role {
            Role::Value => {}
            Role::ActorA => a = Some(text.ok_or_else(unreadable)?),
            Role::ActorB => b = Some(text.ok_or_else(unreadable)?),
            Role::Key | Role::Session => {
                let text = text.ok_or_else(unreadable)?;
                if !key.is_empty() {
                    key.push(':');
                }
                key.push_str(text.strip_suffix(".0").unwrap_or(text));
                if column.role == Role::Session {
                    when.session = Some(number()?);
                }
            }
            Role::Day => {
                when.days = Some(text.and_then(days::day).map(|d| (d, days::after(d))).ok_or_else(unreadable)?);
            }
            Role::From => when.from = Some(text.and_then(days::day).ok_or_else(unreadable)?),
            Role::To => when.to = text.map(|t| days::day(t).map(days::after).ok_or_else(unreadable)).transpose()?,
            Role::Year => when.days = number().ok().and_then(|y| days::years(y, y)),
            Role::Years => {
                let years = text.unwrap_or_default().split(|c: char| !c.is_ascii_digit()).filter(|t| t.len() == 4);
                let years: Vec<i16> = years.filter_map(days::whole).collect();
                if let (Some(&first), Some(&last)) = (years.iter().min(), years.iter().max()) {
                    when.days = days::years(first, last);
                }
            }
            Role::FileYear => when.file_year = Some(number()?),
        }
        if column.role == Role::Year && when.days.is_none() {
            return Err(unreadable());
        }
    }
    let (from, to, odd) = when.interval()?;
    let actor = |id: &str| -> Result<ActorCode, Bad> {
        let alias = described.alias.iter().find(|x| x.from <= from && from < x.to && x.id == whole(id));
        match alias {
            Some(alias) => Ok(alias.actor.clone()),
            None => codes.during(layout.system, id, from, to).map_err(|e| (Fault::UnknownState, e.to_string())),
        }
    };
    let id = a.ok_or_else(|| (Fault::Unreadable, "nobody is named".to_owned()))?;
    let actor_a = actor(id)?;
    let actor_b = b.map(actor).transpose()?;
    if actor_b.as_ref() == Some(&actor_a) {
        return Err((Fault::Unreadable, format!("{actor_a} with itself")));
    }
    if layout.members && !codes.was_member(&actor_a, from, to) {
        return Err((Fault::NotMember, format!("{actor_a} was no member in {}", from.year())));
    }
    let file_year = when.file_year.filter(|y| *y != from.year());
    let odd = odd.or_else(|| file_year.map(|y| format!("stands under {y}; its date says {}", from.year())));
    let raw = [SmolStr::new(whole(id)), SmolStr::new(whole(b.unwrap_or_default()))];
    Ok(Frame { key, actor_a, actor_b, raw, from, to, session: when.session, file_year, odd })
}

fn whole(id: &str) -> &str {
    id.strip_suffix(".0").unwrap_or(id)
}

/// One value of a row.
fn observation(described: &Descriptor, bound: &Bound, frame: &Frame, row: usize) -> Result<Observation, Bad> {
    let column = bound.column;
    let text = bound.cells.get(row).and_then(Clone::clone);
    let known = text.as_deref().and_then(|t| column.missing.get(t).or_else(|| column.missing.get(whole(t))));
    let missing = if text.is_none() { Some(MissingKind::Null) } else { known.copied() };
    let value = match (missing, text) {
        (None, Some(text)) => Some(column.map.get(text.as_str()).map_or(text, SmolStr::new)),
        _ => None,
    };
    // A code stays the same code when a statistics program writes it as 1.0.
    let value = if column.allowed.is_empty() { value } else { value.map(|v| SmolStr::new(whole(&v))) };
    let bad = |v: &str| (Fault::Unreadable, format!("{v} in {}", column.names[0]));
    if let Some(value) = &value
        && !column.allowed.is_empty()
        && !column.allowed.iter().any(|a| a == value)
    {
        return Err(bad(value));
    }
    let value_number = match &value {
        Some(value) if !column.text => {
            Some(value.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(|| bad(value))?)
        }
        _ => None,
    };
    let ([raw_a, raw_b], mut a, mut b) = (&frame.raw, frame.actor_a.clone(), frame.actor_b.clone());
    let mut raw = [raw_a, raw_b];
    if column.reverse
        && let Some(other) = b.take()
    {
        b = Some(std::mem::replace(&mut a, other));
        raw.reverse();
    }
    let pair = if raw[1].is_empty() { raw[0].clone() } else { format_smolstr!("{}:{}", raw[0], raw[1]) };
    let mut row_key = match (frame.key.as_str(), frame.to) {
        ("", _) => format_smolstr!("{pair}:{}", frame.from),
        (key, _) if frame.file_year.is_none() => format_smolstr!("{key}:{pair}"),
        (key, _) => format_smolstr!("{key}:{pair}@{}", frame.file_year.unwrap_or_default()),
    };
    if frame.key.is_empty() && frame.from.month() == 1 && frame.from.day() == 1 {
        row_key = format_smolstr!("{pair}:{}", frame.from.year());
    }
    Ok(Observation {
        row_key,
        variable: bound.variable.clone(),
        actor_a: a,
        actor_b: b,
        valid_from: Some(frame.from),
        valid_to: Some(frame.to).filter(|to| *to != Date::MAX),
        value,
        value_number,
        unit: column.unit.as_deref().map(SmolStr::new),
        missing,
        public_from: Some(match described.public_from {
            // Of a span, known for certain only when it is over: a vote of which the file says the session alone.
            PublicFrom::Day if frame.to != Date::MAX => frame.to.yesterday().unwrap_or(frame.to),
            PublicFrom::Day => frame.from,
            PublicFrom::Release(day) => day,
        }),
        vintage: Some(SmolStr::new(&described.vintage)),
    })
}
