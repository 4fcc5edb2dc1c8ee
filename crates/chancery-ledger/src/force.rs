//! The present is a view: what is in force follows from the entries, at any point of the ledger's past.
//!
//! A thing is in force if the last word on it is `assert`: a person's last word where a person spoke, else the
//! machine's. Its row counts only if an entry of the row's own batch asserts it, so that the remains of a batch that
//! was cut short stay invisible.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::path::PathBuf;

use chancery_model::{Act, RunKind};
use deltalake::arrow::array::{Array, BooleanArray};
use deltalake::arrow::record_batch::RecordBatch;

use crate::filter::AsOf;
use crate::record::Place;
use crate::{LedgerError, column, parquet};

/// An identifier as a number: the last 128 of its 130 bits. Two that agree in them do not occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(u128);

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0 as u64);
    }
}

/// Keys are parts of a SHA-256: they need no mixing.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |n, b| n.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// A map by key.
pub(crate) type Keyed<T> = HashMap<Key, T, BuildHasherDefault<AsItIs>>;
/// A set of keys.
pub(crate) type Keys = HashSet<Key, BuildHasherDefault<AsItIs>>;

impl Key {
    pub(crate) fn of(id: &str) -> Self {
        let digit = |b: u8| if b.is_ascii_lowercase() { b - b'a' } else { b.wrapping_sub(b'2').wrapping_add(26) };
        Self(id.bytes().skip(2).fold(0, |key, b| (key << 5) | u128::from(digit(b) & 31)))
    }
}

/// The latest word of each kind of hand on one subject.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    machine: Option<(u64, bool)>,
    person: Option<(u64, bool)>,
    /// Nearly everything is asserted once, and costs no allocation.
    asserted: Option<Place>,
    asserted_again: Vec<Place>,
}

impl Words {
    fn hear(&mut self, hand: RunKind, asserts: bool, place: Place) {
        let word = match hand {
            RunKind::Machine => &mut self.machine,
            RunKind::Person => &mut self.person,
        };
        if word.is_none_or(|(seq, _)| seq < place.seq) {
            *word = Some((place.seq, asserts));
        }
        match self.asserted {
            _ if !asserts => {}
            None => self.asserted = Some(place),
            Some(_) => self.asserted_again.push(place),
        }
    }

    /// The entry by which the subject is in force, if it is.
    pub(crate) fn in_force(&self) -> Option<u64> {
        self.person.or(self.machine).filter(|(_, asserts)| *asserts).map(|(seq, _)| seq)
    }

    /// Whether the last word of this kind of hand is `assert`.
    pub(crate) fn asserted_by(&self, hand: RunKind) -> bool {
        let word = if hand == RunKind::Person { self.person } else { self.machine };
        word.is_some_and(|(_, asserts)| asserts)
    }

    /// Whether an entry of the row's own batch asserts it.
    pub(crate) fn committed(&self, row: Place) -> bool {
        self.asserted == Some(row) || self.asserted_again.contains(&row)
    }

    /// Whether any entry asserts the subject.
    pub(crate) fn is_asserted(&self) -> bool {
        self.asserted.is_some()
    }
}

/// How far back the view looks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Limit {
    seq: Option<u64>,
    before: Option<i64>,
}

impl From<AsOf> for Limit {
    fn from(as_of: AsOf) -> Self {
        match as_of {
            AsOf::Last => Self::default(),
            AsOf::Seq(seq) => Self { seq: Some(seq), before: None },
            AsOf::Day(day) => {
                let end = day.tomorrow().unwrap_or(day).to_datetime(jiff::civil::Time::midnight());
                let end = jiff::tz::Offset::UTC.to_timestamp(end).map_or(i64::MAX, jiff::Timestamp::as_microsecond);
                Self { seq: None, before: Some(end) }
            }
        }
    }
}

impl Limit {
    pub(crate) fn holds(&self, seq: u64, recorded_at: i64) -> bool {
        self.seq.is_none_or(|limit| seq <= limit) && self.before.is_none_or(|end| recorded_at < end)
    }
}

/// The words on all subjects, or on those asked for.
#[derive(Debug, Default)]
pub(crate) struct Force {
    words: Keyed<Words>,
}

impl Force {
    pub(crate) fn of(&self, id: &str) -> Option<&Words> {
        self.words.get(&Key::of(id))
    }

    /// The entry by which `id` is in force.
    pub(crate) fn in_force(&self, id: &str) -> Option<u64> {
        self.of(id).and_then(Words::in_force)
    }

    /// Reads the entries. `interest` is `None` for everything.
    pub(crate) fn read(entries: &[PathBuf], limit: Limit, interest: Option<&Keys>) -> Result<Self, LedgerError> {
        let mut force = Self::default();
        let mut columns = vec!["seq", "batch", "hand", "act", "subject"];
        if limit.before.is_some() {
            columns.push("recorded_at");
        }
        for rows in parquet::read(entries, &columns, Some(&acts(&[Act::Assert, Act::Retract])))? {
            each(&rows, limit, |subject, hand, act, place| {
                let key = Key::of(subject);
                if interest.is_none_or(|set| set.contains(&key)) {
                    force.words.entry(key).or_default().hear(hand, act == Act::Assert.as_str(), place);
                }
            })?;
        }
        Ok(force)
    }
}

/// The words on subjects that are places in documents (`document#start-end`): the abstentions.
pub(crate) fn abstentions(
    entries: &[PathBuf],
    limit: Limit,
    documents: Option<&Keys>,
) -> Result<BTreeMap<String, Words>, LedgerError> {
    let mut words: BTreeMap<String, Words> = BTreeMap::new();
    let mut columns = vec!["seq", "batch", "hand", "act", "subject"];
    if limit.before.is_some() {
        columns.push("recorded_at");
    }
    for rows in parquet::read(entries, &columns, Some(&acts(&[Act::Abstain, Act::Retract])))? {
        each(&rows, limit, |subject, hand, act, place| {
            let Some((document, _)) = subject.split_once('#') else { return };
            if documents.is_none_or(|set| set.contains(&Key::of(document))) {
                words.entry(subject.to_owned()).or_default().hear(hand, act == Act::Abstain.as_str(), place);
            }
        })?;
    }
    Ok(words)
}

fn each(rows: &RecordBatch, limit: Limit, mut take: impl FnMut(&str, RunKind, &str, Place)) -> Result<(), LedgerError> {
    let (seq, batch) = (column::longs(rows, "seq")?, column::longs(rows, "batch")?);
    let (hand, act) = (column::strings(rows, "hand")?, column::strings(rows, "act")?);
    let subject = column::strings(rows, "subject")?;
    let recorded = if limit.before.is_some() { Some(column::instants(rows, "recorded_at")?) } else { None };
    for i in 0..rows.num_rows() {
        let place = Place { seq: seq.value(i).cast_unsigned(), batch: batch.value(i).cast_unsigned() };
        if limit.holds(place.seq, recorded.map_or(i64::MIN, |r| r.value(i))) {
            let hand = if hand.value(i) == RunKind::Person.as_str() { RunKind::Person } else { RunKind::Machine };
            take(subject.value(i), hand, act.value(i), place);
        }
    }
    Ok(())
}

/// Rows of the entry table with one of these acts.
pub(crate) fn acts(wanted: &'static [Act]) -> parquet::Keep {
    let mut keep = parquet::Keep::new(&["act"], move |rows| {
        let Ok(act) = column::strings(rows, "act") else { return BooleanArray::from(vec![false; rows.num_rows()]) };
        (0..act.len()).map(|i| Some(wanted.iter().any(|w| w.as_str() == act.value(i)))).collect()
    });
    if let [only] = wanted {
        keep.equal = Some(("act", only.as_str().to_owned()));
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_where_identifiers_do() {
        let a = Key::of("c-abcdefghijklmnopqrstuvwxyz");
        assert_eq!(a, Key::of("c-abcdefghijklmnopqrstuvwxyz"));
        assert_ne!(a, Key::of("c-abcdefghijklmnopqrstuvwxy2"));
        assert_ne!(a, Key::of("c-ebcdefghijklmnopqrstuvwxyz".replace("eb", "bb").as_str()));
    }

    #[test]
    fn a_person_outranks_a_machine_and_the_latest_word_of_a_hand_counts() {
        let at = |seq| Place { seq, batch: 1 };
        let mut words = Words::default();
        words.hear(RunKind::Machine, true, at(1));
        assert_eq!(words.in_force(), Some(1));
        words.hear(RunKind::Person, true, at(2));
        words.hear(RunKind::Machine, false, at(3));
        assert_eq!(words.in_force(), Some(2), "the confirmation stands");
        words.hear(RunKind::Person, false, at(5));
        words.hear(RunKind::Person, true, at(4));
        assert_eq!(words.in_force(), None, "order of entries decides, not order of reading");
        assert!(!words.asserted_by(RunKind::Machine));
    }

    #[test]
    fn a_day_ends_at_midnight_utc() {
        let limit = Limit::from(AsOf::Day("1970-01-01".parse().unwrap()));
        assert!(limit.holds(9, 86_400_000_000 - 1) && !limit.holds(9, 86_400_000_000));
        assert!(Limit::from(AsOf::Seq(3)).holds(3, 0) && !Limit::from(AsOf::Seq(3)).holds(4, 0));
    }
}
