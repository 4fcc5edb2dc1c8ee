//! What the codes and names of states stand for on a date (`data/actors/codes.tsv`, `un-members.tsv`, `un-names.tsv`).
//!
//! The number 365 of the Correlates of War list is the Soviet Union in 1980 and Russia in 1995; 345 is Yugoslavia, Serbia
//! and Montenegro, and Serbia. Without a date there is no answer, and where a code stands for nobody on a date the error
//! names who it stands for at other times instead of guessing.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_model::{ActorCode, Date};
use serde::Deserialize;
use thiserror::Error;

use super::{DatasetError, days};

/// A list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// Numbers of the Correlates of War list.
    Cow,
    /// Numbers of Gleditsch and Ward.
    Gw,
    /// ISO 3166-1 alpha-3, and 3166-3 for states that are no more.
    Iso,
    /// English names, those of the United Nations included.
    Name,
}

/// Why a code stands for nobody.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CodeError {
    /// The list does not have it.
    #[error("{id} is no code or name that is known")]
    Unknown {
        /// As asked for.
        id: String,
    },
    /// It stands for somebody else at another time only.
    #[error("{id} stands for nobody in {when}; at other times for {candidates}")]
    NotThen {
        /// As asked for.
        id: String,
        /// The year asked for.
        when: i16,
        /// Codes and their years.
        candidates: String,
    },
    /// It stands for several at the same time.
    #[error("{id} may be each of {candidates} in {when}")]
    Ambiguous {
        /// As asked for.
        id: String,
        /// The year asked for.
        when: i16,
        /// Codes and their years.
        candidates: String,
    },
}

/// A stretch of time in which one actor goes with one pair of numbers.
#[derive(Debug, Clone)]
struct Stretch {
    actor: ActorCode,
    cow: Option<i16>,
    gw: Option<i16>,
    from: Date,
    to: Date,
}

/// All lists.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    stretches: Vec<Stretch>,
    /// Stretches by number, the numbers as index.
    cow: Vec<Vec<usize>>,
    gw: Vec<Vec<usize>>,
    iso: BTreeMap<String, Vec<usize>>,
    /// Codes by name in capitals, punctuation left out.
    names: BTreeMap<String, Vec<ActorCode>>,
    seats: BTreeMap<ActorCode, Vec<(Date, Date)>>,
    successors: BTreeMap<ActorCode, ActorCode>,
}

impl Codes {
    /// The lists as they ship.
    pub fn embedded() -> Result<&'static Self, DatasetError> {
        static CODES: OnceLock<Result<Codes, (String, String)>> = OnceLock::new();
        match CODES.get_or_init(load) {
            Ok(codes) => Ok(codes),
            Err((file, why)) => Err(DatasetError::Knowledge { file: file.clone(), why: why.clone() }),
        }
    }

    /// Whom a code means on a day.
    pub fn on(&self, system: System, id: &str, day: Date) -> Result<ActorCode, CodeError> {
        self.during(system, id, day, days::after(day))
    }

    /// Whom a code means from `from` to the day before `to`: who held it on most of these days.
    pub fn during(&self, system: System, id: &str, from: Date, to: Date) -> Result<ActorCode, CodeError> {
        let number = |index: &[Vec<usize>]| {
            let at = usize::try_from(days::whole(id)?).ok()?;
            index.get(at).filter(|found| !found.is_empty()).cloned()
        };
        let found = match system {
            System::Cow => number(&self.cow),
            System::Gw => number(&self.gw),
            System::Iso => self.iso.get(id).cloned(),
            System::Name => self
                .names
                .get(&plain(id))
                .map(|codes| codes.iter().filter_map(|c| self.iso.get(c.as_str())).flatten().copied().collect()),
        };
        let Some(found) = found else { return Err(CodeError::Unknown { id: id.to_owned() }) };
        let overlap = |s: &&Stretch| s.to.min(to).since(s.from.max(from)).map_or(0, |span| span.get_days());
        let stretches: Vec<&Stretch> = found.iter().filter_map(|&i| self.stretches.get(i)).collect();
        let longest = stretches.iter().map(overlap).max().unwrap_or(0);
        let when = from.year();
        let candidates = || {
            let years = |s: &&Stretch| match s.to {
                Date::MAX => format!("{} since {}", s.actor, s.from.year()),
                to => format!("{} {}–{}", s.actor, s.from.year(), to.year()),
            };
            stretches.iter().map(years).collect::<Vec<_>>().join(", ")
        };
        if longest <= 0 {
            return Err(CodeError::NotThen { id: id.to_owned(), when, candidates: candidates() });
        }
        let mut then: Vec<&ActorCode> = stretches.iter().filter(|s| overlap(s) == longest).map(|s| &s.actor).collect();
        then.dedup();
        match then.as_slice() {
            [one] => Ok((*one).clone()),
            _ => Err(CodeError::Ambiguous { id: id.to_owned(), when, candidates: candidates() }),
        }
    }

    /// The number of an actor on a day; `None` where the list has none.
    pub fn number(&self, system: System, actor: &ActorCode, day: Date) -> Option<i16> {
        let found = self.iso.get(actor.as_str())?.iter().filter_map(|&i| self.stretches.get(i));
        let then = found.into_iter().find(|s| s.from <= day && day < s.to)?;
        match system {
            System::Cow => then.cow,
            System::Gw => then.gw,
            System::Iso | System::Name => None,
        }
    }

    /// The number of whoever held an actor's seat on a day: that of the Soviet Union for Russia in 1980.
    pub fn seat_number(&self, system: System, actor: &ActorCode, day: Date) -> Option<i16> {
        let before = self.successors.keys().filter(|state| self.successor(state) == *actor);
        std::iter::once(actor).chain(before).find_map(|state| self.number(system, state, day))
    }

    /// Whether an actor had a seat in the General Assembly on a day.
    pub fn is_member(&self, actor: &ActorCode, day: Date) -> bool {
        self.was_member(actor, day, days::after(day))
    }

    /// Whether an actor had a seat on some day from `from` to the day before `to`: a vote of which the session alone is
    /// known may be of a state that was admitted during it.
    pub fn was_member(&self, actor: &ActorCode, from: Date, to: Date) -> bool {
        self.seats.get(actor).is_some_and(|seats| seats.iter().any(|seat| seat.0 < to && from < seat.1))
    }

    /// Who holds the seat of a state that is no more, down to today; the state itself where nobody does.
    pub fn successor(&self, actor: &ActorCode) -> ActorCode {
        let mut last = actor;
        while let Some(next) = self.successors.get(last).filter(|next| *next != actor) {
            last = next;
        }
        last.clone()
    }
}

/// A name in capitals, letters and figures only, without what people leave out or put in.
fn plain(name: &str) -> String {
    let letters: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let upper = letters.to_uppercase();
    let words = upper.split_whitespace().filter(|w| !matches!(*w, "THE" | "OF" | "AND"));
    words.map(|w| if w == "ST" { "SAINT" } else { w }).collect::<Vec<_>>().join(" ")
}

/// The English names of a record in `states.toml`.
#[derive(Deserialize)]
struct State {
    code: ActorCode,
    name_en: String,
    #[serde(default)]
    names_en: Vec<String>,
    #[serde(default)]
    forms_en: Vec<String>,
}

#[derive(Deserialize)]
struct States {
    state: Vec<State>,
}

fn load() -> Result<Codes, (String, String)> {
    let text = |path: &str| {
        let file = chancery_data::FILES.iter().find(|(p, _)| *p == path);
        file.map(|(_, text)| *text).ok_or_else(|| (path.to_owned(), "is missing".to_owned()))
    };
    let mut codes = Codes { cow: vec![Vec::new(); 1000], gw: vec![Vec::new(); 1000], ..Codes::default() };
    table("actors/codes.tsv", text("actors/codes.tsv")?, 6, |cells| {
        let stretch = Stretch {
            actor: cells[0].parse().ok()?,
            cow: if cells[1].is_empty() { None } else { Some(cells[1].parse().ok()?) },
            gw: if cells[2].is_empty() { None } else { Some(cells[2].parse().ok()?) },
            from: if cells[3].is_empty() { Date::MIN } else { cells[3].parse().ok()? },
            to: if cells[4].is_empty() { Date::MAX } else { cells[4].parse().ok()? },
        };
        let at = codes.stretches.len();
        for (index, number) in [(&mut codes.cow, stretch.cow), (&mut codes.gw, stretch.gw)] {
            if let Some(number) = number {
                index.get_mut(usize::try_from(number).ok()?)?.push(at);
            }
        }
        codes.iso.entry(stretch.actor.to_string()).or_default().push(at);
        codes.stretches.push(stretch);
        Some(())
    })?;
    table("actors/un-members.tsv", text("actors/un-members.tsv")?, 4, |cells| {
        let actor: ActorCode = cells[0].parse().ok()?;
        let to = if cells[2].is_empty() { Date::MAX } else { cells[2].parse().ok()? };
        codes.seats.entry(actor.clone()).or_default().push((cells[1].parse().ok()?, to));
        if !cells[3].is_empty() {
            codes.successors.insert(actor, cells[3].parse().ok()?);
        }
        Some(())
    })?;
    let mut name = |name: &str, code: &ActorCode| {
        let known = codes.names.entry(plain(name)).or_default();
        if !known.contains(code) {
            known.push(code.clone());
        }
    };
    let states: States =
        toml::from_str(text("actors/states.toml")?).map_err(|e| ("actors/states.toml".to_owned(), e.to_string()))?;
    for state in &states.state {
        [&state.name_en].into_iter().chain(&state.names_en).chain(&state.forms_en).for_each(|n| name(n, &state.code));
    }
    table("actors/un-names.tsv", text("actors/un-names.tsv")?, 2, |cells| {
        name(cells[0], &cells[1].parse().ok()?);
        Some(())
    })?;
    Ok(codes)
}

/// Hands each row below the header to `take`, which says whether it could read it.
fn table(
    file: &str,
    text: &str,
    width: usize,
    mut take: impl FnMut(&[&str]) -> Option<()>,
) -> Result<(), (String, String)> {
    for (i, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        if cells.len() != width || take(&cells).is_none() {
            return Err((file.to_owned(), format!("line {} does not read: {line}", i + 1)));
        }
    }
    Ok(())
}
