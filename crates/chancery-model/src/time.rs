//! Dates, half-open intervals without false precision, and exact decimals.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::ModelError;
use crate::event::vocabulary;

/// A calendar day (proleptic Gregorian), as `jiff` has it.
pub type Date = jiff::civil::Date;

vocabulary! {
    /// How an event lies in its interval.
    Extent, "extent" {
        /// At some moment inside it: a bare year is somewhere within the year.
        Within = "within",
        /// During all of it.
        Throughout = "throughout",
    }
}

/// A half-open interval of days, `[from, to)`. A missing end is unbounded there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day, included.
    pub from: Option<Date>,
    /// Last day, excluded.
    pub to: Option<Date>,
    /// How the event lies in it.
    pub extent: Extent,
}

impl Interval {
    /// Somewhere within the days `from..to`.
    pub fn within(from: Date, to: Date) -> Self {
        Self { from: Some(from), to: Some(to), extent: Extent::Within }
    }

    /// On one day.
    pub fn day(day: Date) -> Self {
        Self::within(day, day.tomorrow().unwrap_or(day))
    }

    /// Whether the two intervals share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => a < b,
            _ => true,
        };
        before(self.from, other.to) && before(other.from, self.to)
    }
}

/// A date as people give it: a year, a month or a day. It is the interval of its days, never its first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

impl PartialDate {
    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The day after the last: what a date argument means as an upper limit.
    pub fn end(self) -> Date {
        let span = match self.precision {
            Precision::Year => jiff::Span::new().years(1),
            Precision::Month => jiff::Span::new().months(1),
            Precision::Day => jiff::Span::new().days(1),
        };
        self.first.checked_add(span).unwrap_or(Date::MAX)
    }

    /// The days it covers.
    pub fn interval(self) -> Interval {
        Interval::within(self.first, self.end())
    }

    /// Whether a single day is given.
    pub fn is_day(self) -> bool {
        self.precision == Precision::Day
    }
}

impl FromStr for PartialDate {
    type Err = ModelError;

    fn from_str(s: &str) -> Result<Self, ModelError> {
        let bad = || ModelError::Date(s.to_owned());
        if !s.is_ascii() || !matches!(s.len(), 4 | 7 | 10) {
            return Err(bad());
        }
        let number = |range: std::ops::Range<usize>| -> Result<i16, ModelError> {
            let part = s.get(range).ok_or_else(bad)?;
            if part.bytes().all(|b| b.is_ascii_digit()) { part.parse().map_err(|_| bad()) } else { Err(bad()) }
        };
        let dash = |at: usize| if s.as_bytes()[at] == b'-' { Ok(()) } else { Err(bad()) };
        let year = number(0..4)?;
        let (month, day, precision) = match s.len() {
            4 => (1, 1, Precision::Year),
            7 => (dash(4).and_then(|()| number(5..7))?, 1, Precision::Month),
            _ => {
                dash(4)?;
                dash(7)?;
                (number(5..7)?, number(8..10)?, Precision::Day)
            }
        };
        let first = Date::new(year, month as i8, day as i8).map_err(|_| bad())?;
        Ok(Self { first, precision })
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.first.to_string();
        f.write_str(match self.precision {
            Precision::Year => &text[..4],
            Precision::Month => &text[..7],
            Precision::Day => &text,
        })
    }
}

/// An exact decimal number in its shortest form (`48000000`, `1.5`, `-3`): an amount is hashed as written, not as a float.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(SmolStr);

impl Decimal {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating point number.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// `mantissa × 10^exponent`, exactly.
    pub fn scaled(mantissa: &str, exponent: usize) -> Result<Self, ModelError> {
        let (int, frac) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut digits = format!("{int}{frac}");
        let point = int.len() + exponent;
        while digits.len() < point {
            digits.push('0');
        }
        digits.insert(point, '.');
        digits.parse()
    }
}

impl FromStr for Decimal {
    type Err = ModelError;

    fn from_str(s: &str) -> Result<Self, ModelError> {
        let bad = || ModelError::Decimal(s.to_owned());
        let (sign, digits) = s.strip_prefix('-').map_or(("", s), |rest| ("-", rest));
        let (int, frac) = digits.split_once('.').unwrap_or((digits, ""));
        if int.len() + frac.len() == 0 || !int.bytes().chain(frac.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let int = int.trim_start_matches('0');
        let frac = frac.trim_end_matches('0');
        let int = if int.is_empty() { "0" } else { int };
        let sign = if int == "0" && frac.is_empty() { "" } else { sign };
        let point = if frac.is_empty() { "" } else { "." };
        Ok(Self(SmolStr::from(format!("{sign}{int}{point}{frac}"))))
    }
}

impl TryFrom<String> for Decimal {
    type Error = ModelError;

    fn try_from(s: String) -> Result<Self, ModelError> {
        s.parse()
    }
}

impl From<Decimal> for String {
    fn from(d: Decimal) -> String {
        d.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_its_days_and_no_more() {
        let year: PartialDate = "2024".parse().unwrap();
        assert_eq!(year.interval(), Interval::within("2024-01-01".parse().unwrap(), "2025-01-01".parse().unwrap()));
        assert_eq!("2024-02".parse::<PartialDate>().unwrap().end().to_string(), "2024-03-01");
        assert_eq!("2024-02-29".parse::<PartialDate>().unwrap().to_string(), "2024-02-29");
        for bad in ["", "24", "2024-13", "2023-02-29", "2024/01/01", "20240101", "2024-1-1", "٢٠٢٤"] {
            assert!(bad.parse::<PartialDate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(Decimal::scaled("48", 6).unwrap().as_str(), "48000000");
        assert_eq!(Decimal::scaled("1.25", 9).unwrap().as_str(), "1250000000");
        assert_eq!(Decimal::scaled("1.2345", 3).unwrap().as_str(), "1234.5");
        assert_eq!("007.50".parse::<Decimal>().unwrap().as_str(), "7.5");
        assert_eq!("-0".parse::<Decimal>().unwrap().as_str(), "0");
        assert!("1e6".parse::<Decimal>().is_err());
    }
}
