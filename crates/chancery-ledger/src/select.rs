//! Which rows a question is about, decided on a few narrow columns.

use std::sync::Arc;

use chancery_model::{Act, Date, Id};
use deltalake::arrow::array::{Array, BooleanArray, PrimitiveArray, StringArray};
use deltalake::arrow::datatypes::Date32Type;
use deltalake::arrow::record_batch::RecordBatch;

use crate::column;
use crate::filter::Filter;
use crate::force::{Key, Keys};
use crate::parquet::Keep;

/// A period and a limit of knowledge, as day numbers.
#[derive(Debug, Clone, Copy)]
struct Days {
    from: Option<i32>,
    to: Option<i32>,
    known_by: Option<i32>,
}

impl Days {
    fn of(filter: &Filter) -> Self {
        Self { from: filter.from.map(number), to: filter.to.map(number), known_by: filter.known_by.map(number) }
    }

    /// Whether everything is let through.
    fn open(self) -> bool {
        self.from.is_none() && self.to.is_none() && self.known_by.is_none()
    }

    fn hold(
        self,
        event: (Option<i32>, Option<i32>),
        published: (Option<i32>, Option<i32>),
        known: Option<i32>,
    ) -> bool {
        if self.known_by.is_some_and(|limit| known.is_none_or(|known| known > limit)) {
            return false;
        }
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let (first, end) = match (event, published) {
            ((None, None), (None, None)) => return false,
            ((None, None), published) => published,
            (event, _) => event,
        };
        let begins = self.to.is_none_or(|to| first.is_none_or(|first| first < to));
        let ends = self.from.is_none_or(|from| end.is_none_or(|end| end > from));
        begins && ends
    }
}

pub(crate) fn number(day: Date) -> i32 {
    day.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// Columns of a table with dates: event (two), published (two), known.
struct Dates<'a>([Option<&'a PrimitiveArray<Date32Type>>; 5]);

impl<'a> Dates<'a> {
    fn of(rows: &'a RecordBatch, event: [&str; 2]) -> Self {
        let names = [event[0], event[1], "published_from", "published_to", "known_from"];
        Self(names.map(|name| column::days(rows, name).ok()))
    }

    fn at(&self, i: usize) -> [Option<i32>; 5] {
        self.0.map(|column| column.filter(|c| c.is_valid(i)).map(|c| c.value(i)))
    }
}

const CLAIM_COLUMNS: &[&str] =
    &["document_id", "occurred_from", "occurred_to", "published_from", "published_to", "known_from"];
const DYAD_COLUMNS: &[&str] =
    &["a", "b", "document_id", "occurred_from", "occurred_to", "published_from", "published_to", "known_from"];
const ASSESSMENT_COLUMNS: &[&str] =
    &["states", "document_id", "period_from", "period_to", "published_from", "published_to", "known_from"];

/// Rows of `claim_dyad`; `None` where the question is about no state.
pub(crate) fn dyads(filter: &Filter) -> Option<Keep> {
    let (a, b) = match (&filter.dyad, &filter.state) {
        (Some((a, b)), _) if a <= b => (a.clone(), Some(b.clone())),
        (Some((a, b)), _) => (b.clone(), Some(a.clone())),
        (None, Some(state)) => (state.clone(), None),
        (None, None) => return None,
    };
    let equal = b.is_some().then(|| ("a", a.clone()));
    let (days, document) = (Days::of(filter), filter.document.clone());
    let test = move |rows: &RecordBatch| {
        let (Ok(first), Ok(second)) = (column::strings(rows, "a"), column::strings(rows, "b")) else {
            return none(rows);
        };
        let documents = column::strings(rows, "document_id").ok();
        let dates = Dates::of(rows, ["occurred_from", "occurred_to"]);
        let fits = |i: usize| match &b {
            Some(b) => first.value(i) == a && second.value(i) == b,
            None => first.value(i) == a || second.value(i) == a,
        };
        let keep = |i| fits(i) && in_document(document.as_ref().map(Id::as_str), documents, i) && held(days, &dates, i);
        (0..rows.num_rows()).map(|i| Some(keep(i))).collect()
    };
    Some(Keep { columns: DYAD_COLUMNS, test: Arc::new(test), equal })
}

/// Rows of `claim` where no state is asked for; `None` where everything is.
pub(crate) fn claims(filter: &Filter) -> Option<Keep> {
    let (days, document) = (Days::of(filter), filter.document.clone());
    if days.open() && document.is_none() {
        return None;
    }
    Some(Keep::new(CLAIM_COLUMNS, move |rows| {
        let documents = column::strings(rows, "document_id").ok();
        let dates = Dates::of(rows, ["occurred_from", "occurred_to"]);
        let keep = |i| in_document(document.as_ref().map(Id::as_str), documents, i) && held(days, &dates, i);
        (0..rows.num_rows()).map(|i| Some(keep(i))).collect()
    }))
}

/// Rows of `assessment`; `None` where everything is asked for.
pub(crate) fn assessments(filter: &Filter) -> Option<Keep> {
    let (days, document) = (Days::of(filter), filter.document.clone());
    let states: Vec<String> = match (&filter.dyad, &filter.state) {
        (Some((a, b)), _) => vec![a.clone(), b.clone()],
        (None, Some(state)) => vec![state.clone()],
        (None, None) => Vec::new(),
    };
    if days.open() && document.is_none() && states.is_empty() {
        return None;
    }
    Some(Keep::new(ASSESSMENT_COLUMNS, move |rows| {
        let documents = column::strings(rows, "document_id").ok();
        let dates = Dates::of(rows, ["period_from", "period_to"]);
        let Ok(lists) = column::lists(rows, "states") else { return none(rows) };
        let involves = |i: usize| {
            let list = lists.value(i);
            let Some(named) = list.as_any().downcast_ref::<StringArray>() else { return false };
            states.iter().all(|s| named.iter().any(|n| n == Some(s.as_str())))
        };
        let keep =
            |i| in_document(document.as_ref().map(Id::as_str), documents, i) && held(days, &dates, i) && involves(i);
        (0..rows.num_rows()).map(|i| Some(keep(i))).collect()
    }))
}

/// Rows of `entry` that tell of an abstention, in the documents and about the states that are asked for.
pub(crate) fn abstentions(filter: &Filter) -> Keep {
    let states: Vec<String> = match (&filter.dyad, &filter.state) {
        (Some((a, b)), _) => vec![a.clone(), b.clone()],
        (None, Some(state)) => vec![state.clone()],
        (None, None) => Vec::new(),
    };
    let inside = filter.document.as_ref().map(|id| format!("{id}#"));
    let mut keep = Keep::new(&["act", "subject", "object"], move |rows| {
        let columns = (column::strings(rows, "act"), column::strings(rows, "subject"), column::strings(rows, "object"));
        let (Ok(act), Ok(subject), Ok(object)) = columns else { return none(rows) };
        let actors = |i: usize| if object.is_valid(i) { object.value(i) } else { "" };
        // `RUS/nonstate` is an actor of RUS, as everywhere.
        let named = |i: usize, state: &String| {
            actors(i)
                .split(' ')
                .any(|a| a.strip_prefix(state.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('/')))
        };
        let fits = |i: usize| {
            act.value(i) == Act::Abstain.as_str()
                && inside.as_ref().is_none_or(|d| subject.value(i).starts_with(d.as_str()))
                && states.iter().all(|s| named(i, s))
        };
        (0..rows.num_rows()).map(|i| Some(fits(i))).collect()
    });
    keep.equal = Some(("act", Act::Abstain.as_str().to_owned()));
    keep
}

/// Rows whose identifier in `columns[0]` is one of these.
pub(crate) fn identified(columns: &'static [&'static str], ids: Arc<Keys>) -> Keep {
    Keep::new(columns, move |rows| {
        let Ok(values) = column::strings(rows, columns[0]) else { return none(rows) };
        (0..values.len()).map(|i| Some(ids.contains(&Key::of(values.value(i))))).collect()
    })
}

/// Whether a document lies within the limits of the question.
pub(crate) fn document_fits(filter: &Filter, published: [Option<Date>; 3]) -> bool {
    let [from, to, known] = published.map(|day| day.map(number));
    Days::of(filter).hold((None, None), (from, to), known)
}

fn in_document(wanted: Option<&str>, documents: Option<&StringArray>, i: usize) -> bool {
    wanted.is_none_or(|id| documents.is_some_and(|d| d.value(i) == id))
}

fn held(days: Days, dates: &Dates<'_>, i: usize) -> bool {
    if days.open() {
        return true;
    }
    let [event_from, event_to, from, to, known] = dates.at(i);
    days.hold((event_from, event_to), (from, to), known)
}

fn none(rows: &RecordBatch) -> BooleanArray {
    BooleanArray::from(vec![false; rows.num_rows()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_event_decides_before_the_publication_and_the_unknown_is_left_out() {
        let days = Days { from: Some(10), to: Some(20), known_by: None };
        assert!(days.hold((Some(12), Some(13)), (Some(50), Some(51)), Some(51)));
        assert!(!days.hold((Some(20), Some(21)), (Some(12), Some(13)), Some(13)));
        assert!(days.hold((None, None), (Some(19), Some(20)), Some(20)));
        assert!(!days.hold((None, None), (Some(9), Some(10)), Some(10)), "both ends are half open");
        assert!(days.hold((None, Some(11)), (None, None), None));
        assert!(!days.hold((None, None), (None, None), None));
    }

    #[test]
    fn what_was_known_is_judged_by_the_cautious_edge() {
        let days = Days { from: None, to: None, known_by: Some(365) };
        assert!(days.hold((None, None), (Some(0), Some(365)), Some(365)));
        assert!(!days.hold((None, None), (Some(0), Some(366)), Some(366)), "a vague date does not leak");
        assert!(!days.hold((None, None), (None, None), None));
    }
}
