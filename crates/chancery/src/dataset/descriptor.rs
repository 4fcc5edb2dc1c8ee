//! The descriptions of datasets in `data/sources/datasets/`, one file each.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_model::{ActorCode, Date, MissingKind};
use serde::Deserialize;

use super::codes::System;
use super::{DatasetError, days};

/// Where the descriptions stand below `data/`.
const FOLDER: &str = "sources/datasets/";

/// What a dataset is and how its files are read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Descriptor {
    /// Short name, the first part of every variable.
    pub name: String,
    /// What the publisher calls it.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Under which terms, in words.
    pub licence: String,
    /// How to cite it, in BibTeX.
    pub citation: String,
    /// Where the publisher offers it.
    pub url: String,
    /// Whether somebody downloaded from that address and compared.
    pub url_verified: bool,
    /// About how many bytes the publisher's file has.
    pub size: u64,
    /// Release.
    pub vintage: String,
    /// From when the world could know a row.
    pub public_from: PublicFrom,
    /// What it covers. Outside there is nothing to know from it, which is not zero.
    pub coverage: Coverage,
    /// What is odd about it.
    #[serde(default)]
    pub quirks: Vec<String>,
    /// What a whole file holds at least.
    pub expect: Expect,
    /// Codes that this dataset uses otherwise than their list does.
    #[serde(default)]
    pub alias: Vec<Alias>,
    /// The forms in which it is published; the first that fits is used.
    pub layout: Vec<Layout>,
}

/// From when the world could know a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicFrom {
    /// From the day that the row speaks of: a roll call is public.
    Day,
    /// From the release of the table.
    Release(Date),
}

/// First and last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// First year.
    pub from: i16,
    /// Last year.
    pub to: i16,
}

/// What a whole file holds at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Rows that are kept.
    pub rows: usize,
    /// States that a row is about.
    pub states: usize,
    /// Sessions that a row is of; 0 where the dataset has none.
    #[serde(default)]
    pub sessions: usize,
}

/// A code that this dataset uses otherwise than its list does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alias {
    /// The code as the dataset has it.
    pub id: String,
    /// First day.
    pub from: Date,
    /// Day after the last.
    pub to: Date,
    /// Whom it means.
    pub actor: ActorCode,
    /// Why.
    pub why: String,
}

/// A form in which a dataset is published.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What it is, in words.
    pub name: String,
    /// The codes of its actors.
    pub system: System,
    /// Only members of the United Nations can vote.
    #[serde(default)]
    pub members: bool,
    /// Every pair stands twice, once in each direction: the second time is no duplicate.
    #[serde(default)]
    pub mirrored: bool,
    /// Rows may have the same key: two orders of the same weapon in one year. They are numbered.
    #[serde(default)]
    pub repeats: bool,
    /// Before it is read row by row.
    #[serde(default)]
    pub unfold: Option<Unfold>,
    /// Its columns; others are ignored.
    pub columns: Vec<Column>,
}

impl Layout {
    /// Whether every column of these roles is there.
    fn names_needed(&self, has: impl Fn(&[String]) -> bool, roles: &[Role]) -> bool {
        self.columns.iter().filter(|c| roles.contains(&c.role)).all(|c| c.optional || has(&c.names))
    }
}

/// How a wide table becomes a long one.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Unfold {
    /// One column holds all ballots of a roll call (`Y ALBANIA; N ALGERIA; A ANGOLA`).
    VoteString {
        /// Spellings of that column.
        column: Vec<String>,
    },
    /// Every column behind the named ones is an organisation, every cell a state's membership.
    Memberships {
        /// Columns that are none.
        except: Vec<String>,
        /// Cells that are left out (no member, no such organisation yet).
        without: Vec<String>,
    },
}

/// A column and what it is for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it is for.
    pub role: Role,
    /// Accepted spellings, upper and lower case alike.
    pub names: Vec<String>,
    /// It may be absent.
    #[serde(default)]
    pub optional: bool,
    /// Name of the variable (of values; the spelling in the file where it is empty).
    #[serde(default)]
    pub variable: String,
    /// Unit of the values.
    #[serde(default)]
    pub unit: Option<String>,
    /// Values that stand for a missing one.
    #[serde(default)]
    pub missing: BTreeMap<String, MissingKind>,
    /// Values that are written otherwise here.
    #[serde(default)]
    pub map: BTreeMap<String, String>,
    /// The only values that there are, where they are few.
    #[serde(default)]
    pub allowed: Vec<String>,
    /// Text and no number.
    #[serde(default)]
    pub text: bool,
    /// The value runs from the second actor to the first: imports of 1 from 2.
    #[serde(default)]
    pub reverse: bool,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whom a row is about.
    ActorA,
    /// The other end.
    ActorB,
    /// Part of the row's key.
    Key,
    /// Session of the General Assembly; part of the key.
    Session,
    /// The day.
    Day,
    /// First day of a spell.
    From,
    /// Last day of a spell.
    To,
    /// The year.
    Year,
    /// Several years (`1992; 1993`), the first to the last count.
    Years,
    /// The year under which the file has a row that has a day.
    FileYear,
    /// A value.
    Value,
}

/// All datasets, by name.
pub fn all() -> Result<&'static [Descriptor], DatasetError> {
    static ALL: OnceLock<Result<Vec<Descriptor>, (String, String)>> = OnceLock::new();
    let parsed = ALL.get_or_init(|| {
        let files = chancery_data::FILES.iter().filter(|(path, _)| path.starts_with(FOLDER));
        files.map(|(path, text)| toml::from_str(text).map_err(|e| ((*path).to_owned(), e.to_string()))).collect()
    });
    match parsed {
        Ok(all) => Ok(all),
        Err((file, why)) => Err(DatasetError::Knowledge { file: file.clone(), why: why.clone() }),
    }
}

/// The dataset of this name.
pub fn descriptor(name: &str) -> Result<&'static Descriptor, DatasetError> {
    let all = all()?;
    all.iter().find(|d| d.name == name).ok_or_else(|| DatasetError::Unknown {
        name: name.to_owned(),
        known: all.iter().map(|d| d.name.as_str()).collect::<Vec<_>>().join(", "),
    })
}

impl Descriptor {
    /// First day and day after the last that it covers.
    pub fn covers(&self) -> Option<(Date, Date)> {
        days::years(self.coverage.from, self.coverage.to)
    }

    /// Whether these are the columns of one of its layouts, before any unfolding.
    pub(super) fn is_header(&self, names: &[String]) -> bool {
        let has = |spellings: &[String]| spellings.iter().any(|s| names.iter().any(|n| n.eq_ignore_ascii_case(s)));
        self.layout.iter().any(|layout| match &layout.unfold {
            None => layout.columns.iter().all(|c| c.optional || has(&c.names)),
            Some(Unfold::VoteString { column }) => has(column) && layout.names_needed(has, &[Role::Key, Role::Day]),
            Some(Unfold::Memberships { .. }) => layout.names_needed(has, &[Role::ActorA, Role::Year]),
        })
    }
}
