//! Observations: rows of datasets, written with the table that they come from and in force as long as it is.
//!
//! A table has a million rows and one entry: an observation counts if its row lies at the place of the entry that
//! asserts its document (`docs/decisions/0010-observations.md`).

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use chancery_model::{Date, Id, Observation};
use deltalake::arrow::array::{Array, AsArray, BooleanArray};
use deltalake::arrow::datatypes::Float64Type;
use deltalake::arrow::record_batch::RecordBatch;
use serde::Serialize;
use smol_str::SmolStr;

use crate::filter::{AsOf, DocumentHead};
use crate::force::{Force, Key, Keyed, Keys, Limit};
use crate::parquet::{self, Keep};
use crate::record::Place;
use crate::row::{self, Detail};
use crate::schema::Name;
use crate::verify::{Record, VerifyReport};
use crate::{Ledger, LedgerError, column, select};

/// Which observations are asked for. The default asks for everything in force now.
#[derive(Debug, Clone, Default)]
pub struct ObservationFilter {
    /// Only these variables; empty for all.
    pub variables: Vec<SmolStr>,
    /// Only rows about one of these actors, at either end; empty for all.
    pub actors: Vec<String>,
    /// Rows that hold on this day or later.
    pub from: Option<Date>,
    /// Rows that begin before this day.
    pub to: Option<Date>,
    /// What the ledger held.
    pub as_of: AsOf,
    /// What the world could know: rows public before this day. A row without such a day is left out.
    pub known_by: Option<Date>,
}

/// An observation in force, with the table it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservationRow {
    /// Identifier.
    pub id: Id,
    /// The row.
    pub observation: Observation,
    /// Its table.
    pub document: Arc<DocumentHead>,
}

/// A row as it is written.
#[derive(Debug, Serialize)]
pub(crate) struct ObservationRecord<'a> {
    observation_id: String,
    document_id: &'a str,
    row_key: &'a str,
    variable: &'a str,
    actor_a: &'a str,
    actor_b: &'a str,
    valid_from: Option<Date>,
    valid_to: Option<Date>,
    value: Option<&'a str>,
    value_number: Option<f64>,
    unit: Option<&'a str>,
    missing_kind: Option<&'a str>,
    public_from: Option<Date>,
    vintage: Option<&'a str>,
    /// Empty: the identifier covers every column but `value_number`, which follows from `value`.
    row_sha256: &'static str,
    #[serde(flatten)]
    place: Place,
}

impl<'a> ObservationRecord<'a> {
    pub(crate) fn new(document: &'a Id, observation: &'a Observation, place: Place) -> Result<Self, LedgerError> {
        Ok(Self {
            observation_id: observation.id(document)?.to_string(),
            document_id: document.as_str(),
            row_key: &observation.row_key,
            variable: &observation.variable,
            actor_a: observation.actor_a.as_str(),
            actor_b: observation.actor_b.as_ref().map_or("", chancery_model::ActorCode::as_str),
            valid_from: observation.valid_from,
            valid_to: observation.valid_to,
            value: observation.value.as_deref(),
            value_number: observation.value_number,
            unit: observation.unit.as_deref(),
            missing_kind: observation.missing.map(chancery_model::MissingKind::as_str),
            public_from: observation.public_from,
            vintage: observation.vintage.as_deref(),
            row_sha256: "",
            place,
        })
    }
}

impl Ledger {
    /// One observation in force, by its full identifier.
    pub fn observation(&self, id: &Id) -> Result<Option<ObservationRow>, LedgerError> {
        let wanted = Arc::new(Keys::from_iter([Key::of(id.as_str())]));
        let keep = select::identified(&["observation_id"], wanted);
        Ok(self.in_force(&keep, AsOf::Last)?.into_iter().next())
    }

    /// The observations in force, by variable, first day, row key, identifier.
    pub fn observations(&self, filter: &ObservationFilter) -> Result<Vec<ObservationRow>, LedgerError> {
        self.in_force(&keep(filter), filter.as_of)
    }

    fn in_force(&self, keep: &Keep, as_of: AsOf) -> Result<Vec<ObservationRow>, LedgerError> {
        let [observation, document, entry] = self.load_tables([Name::Observation, Name::Document, Name::Entry])?;
        let files = observation.paths();
        if files.is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for rows in parquet::read(&files, COLUMNS, Some(keep))? {
            read(&rows, &mut found)?;
        }
        let named: Keys = found.iter().map(|(_, document, ..)| *document).collect();
        let named = Arc::new(named);
        let keep = select::identified(&["document_id"], named.clone());
        let force = Force::read(&entry.paths(), Limit::from(as_of), Some(&named))?;
        let mut tables: Keyed<(Arc<DocumentHead>, Vec<Place>)> = Keyed::default();
        for row in row::documents(&document.paths(), Detail::Head, Some(&keep))? {
            let id = row.document.id.as_str();
            if force.of(id).is_some_and(|w| w.committed(row.at) && w.in_force().is_some()) {
                let head = || (Arc::new(DocumentHead::from(&row.document)), Vec::new());
                tables.entry(Key::of(id)).or_insert_with(head).1.push(row.at);
            }
        }
        let mut rows: Vec<ObservationRow> = found
            .into_iter()
            .filter_map(|(id, document, at, observation)| {
                let (head, places) = tables.get(&document)?;
                places.contains(&at).then(|| ObservationRow { id, observation, document: head.clone() })
            })
            .collect();
        rows.sort_by(|a, b| {
            let (x, y) = (&a.observation, &b.observation);
            (&x.variable, x.valid_from, &x.row_key, &a.id).cmp(&(&y.variable, y.valid_from, &y.row_key, &b.id))
        });
        Ok(rows)
    }

    /// How many rows of each variable are in force, whatever their day.
    pub fn variables(&self, as_of: AsOf) -> Result<BTreeMap<SmolStr, usize>, LedgerError> {
        let mut counts = BTreeMap::new();
        for row in self.observations(&ObservationFilter { as_of, ..ObservationFilter::default() })? {
            *counts.entry(row.observation.variable).or_default() += 1;
        }
        Ok(counts)
    }
}

const COLUMNS: &[&str] = &[
    "observation_id",
    "document_id",
    "row_key",
    "variable",
    "actor_a",
    "actor_b",
    "valid_from",
    "valid_to",
    "value",
    "value_number",
    "unit",
    "missing_kind",
    "public_from",
    "vintage",
    "seq",
    "batch",
];

fn keep(filter: &ObservationFilter) -> Keep {
    let filter = filter.clone();
    let [from, to, known_by] = [filter.from, filter.to, filter.known_by].map(|day| day.map(select::number));
    Keep::new(&["variable", "actor_a", "actor_b", "valid_from", "valid_to", "public_from"], move |rows| {
        let test = || -> Result<BooleanArray, LedgerError> {
            let text = |name| column::strings(rows, name);
            let (variable, a, b) = (text("variable")?, text("actor_a")?, text("actor_b")?);
            let days = |name| column::days(rows, name);
            let (first, last, public) = (days("valid_from")?, days("valid_to")?, days("public_from")?);
            let fits = |i: usize| {
                let wanted = filter.variables.is_empty() || filter.variables.iter().any(|v| v == variable.value(i));
                let about = |code: &str| code == a.value(i) || code == b.value(i);
                wanted
                    && (filter.actors.is_empty() || filter.actors.iter().any(|code| about(code)))
                    && from.is_none_or(|from| last.is_null(i) || last.value(i) > from)
                    && to.is_none_or(|to| first.is_null(i) || first.value(i) < to)
                    && known_by.is_none_or(|known| public.is_valid(i) && public.value(i) < known)
            };
            Ok((0..rows.num_rows()).map(|i| Some(fits(i))).collect())
        };
        test().unwrap_or_else(|_| BooleanArray::from(vec![false; rows.num_rows()]))
    })
}

type Found = (Id, Key, Place, Observation);

fn read(rows: &RecordBatch, found: &mut Vec<Found>) -> Result<(), LedgerError> {
    let text = |name| column::strings(rows, name);
    let (id, document, key, variable) =
        (text("observation_id")?, text("document_id")?, text("row_key")?, text("variable")?);
    let (a, b, value, unit) = (text("actor_a")?, text("actor_b")?, text("value")?, text("unit")?);
    let (missing, vintage) = (text("missing_kind")?, text("vintage")?);
    let days = |name| column::days(rows, name);
    let (from, to, public) = (days("valid_from")?, days("valid_to")?, days("public_from")?);
    let number = rows.column_by_name("value_number").and_then(|c| c.as_primitive_opt::<Float64Type>());
    let number = number.ok_or_else(|| LedgerError::damaged("value_number", "column is missing or of another type"))?;
    found.reserve(rows.num_rows());
    for (i, at) in row::places(rows)?.into_iter().enumerate() {
        let optional =
            |column: &deltalake::arrow::array::StringArray| column.is_valid(i).then(|| SmolStr::new(column.value(i)));
        let observation = Observation {
            row_key: key.value(i).into(),
            variable: variable.value(i).into(),
            actor_a: a.value(i).parse()?,
            actor_b: if b.value(i).is_empty() { None } else { Some(b.value(i).parse()?) },
            valid_from: column::optional_day(from, i),
            valid_to: column::optional_day(to, i),
            value: optional(value),
            value_number: number.is_valid(i).then(|| number.value(i)),
            unit: optional(unit),
            missing: optional(missing).map(|m| m.parse()).transpose()?,
            public_from: column::optional_day(public, i),
            vintage: optional(vintage),
        };
        found.push((id.value(i).parse()?, Key::of(document.value(i)), at, observation));
    }
    Ok(())
}

/// Checks observations against their identifiers; gives how many lie at the place of their table's entry.
pub(crate) fn verify(record: &Record, report: &mut VerifyReport) {
    let files: Vec<PathBuf> = record.paths(Name::Observation).to_vec();
    let mut columns = COLUMNS.to_vec();
    columns.push("row_sha256");
    for rows in report.note("observation", parquet::read(&files, &columns, None)).unwrap_or_default() {
        let mut found = Vec::new();
        if report.note("observation", read(&rows, &mut found)).is_none() {
            continue;
        }
        let Some(documents) = report.note("observation", column::strings(&rows, "document_id")) else { continue };
        for ((id, _, at, observation), document) in found.iter().zip(documents.iter().flatten()) {
            if !record.force.of(document).is_some_and(|w| w.committed(*at)) {
                report.invisible_rows += 1;
                continue;
            }
            report.observations += 1;
            let made = document.parse::<Id>().map_err(LedgerError::from).and_then(|d| Ok(observation.id(&d)?));
            match made {
                Ok(made) if made == *id => {}
                Ok(_) => report.found(id, "its identifier is not that of its row"),
                Err(e) => report.found(id, e),
            }
        }
    }
}
