//! Measures of two states beside votes: trade, arms, alliances, common memberships.
//!
//! Rows in, series out. Outside the coverage of its source a series is blank (`None`), and so is a cell that the source
//! leaves empty: neither is a zero. A zero is what a source states, or what it states by having no row for a year that
//! it covers completely, and the caller says which of the two holds ([`Silence`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// What a missing row within the coverage of a source means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// Nothing happened: the source lists everything (transfers of major arms, alliances).
    Zero,
    /// Not known: the source lists what was reported (trade).
    Unknown,
}

/// A directed amount: from the first state to the second in a year. `None` is an empty cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow<S> {
    /// Who exports or supplies.
    pub from: S,
    /// Who imports or receives.
    pub to: S,
    /// Calendar year.
    pub year: i32,
    /// In the unit of the source: current million dollars, trend-indicator values.
    pub amount: Option<f64>,
}

/// What one state's trade with another weighs in a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeYear {
    /// Calendar year.
    pub year: i32,
    /// Imports of the first from the second plus its exports to it; `None` unless both are known.
    pub bilateral: Option<f64>,
    /// Imports and exports of the first with all partners, of those known. A lower bound, as the source has empty cells.
    pub total: Option<f64>,
    /// Partner flows of the first that are known, and that are empty cells, in that order.
    pub flows: (u32, u32),
}

impl TradeYear {
    /// Trade share: bilateral over total trade, in [0, 1]; `None` where either is unknown or the total is 0. An upper
    /// bound of the true share wherever `flows.1` is not 0.
    pub fn share(&self) -> Option<f64> {
        let (bilateral, total) = (self.bilateral?, self.total?);
        (total > 0.0).then(|| bilateral / total)
    }

    /// Trade dependence: bilateral trade over the state's gross domestic product in the same unit (Oneal and Russett
    /// 1997). `None` where either is unknown or the product is not positive.
    pub fn dependence(&self, product: Option<f64>) -> Option<f64> {
        let (bilateral, product) = (self.bilateral?, product?);
        (product > 0.0).then(|| bilateral / product)
    }
}

/// The trade of `state` with `partner`, one entry for each year of `years`. Blank outside `coverage`.
pub fn trade<S: PartialEq>(
    flows: &[Flow<S>],
    state: &S,
    partner: &S,
    years: RangeInclusive<i32>,
    coverage: &RangeInclusive<i32>,
) -> Vec<TradeYear> {
    let mut by_year: BTreeMap<i32, Vec<&Flow<S>>> = BTreeMap::new();
    for flow in flows.iter().filter(|f| f.from != f.to && (f.from == *state || f.to == *state)) {
        by_year.entry(flow.year).or_default().push(flow);
    }
    let none = Vec::new();
    let of_year = |year: i32| {
        let rows = if coverage.contains(&year) { by_year.get(&year).unwrap_or(&none) } else { &none };
        let known: Vec<f64> = rows.iter().filter_map(|f| f.amount).collect();
        let amount = |from: &S, to: &S| rows.iter().find(|f| f.from == *from && f.to == *to)?.amount;
        TradeYear {
            year,
            bilateral: amount(state, partner).zip(amount(partner, state)).map(|(out, back)| out + back),
            total: (!known.is_empty()).then(|| known.iter().sum()),
            flows: (known.len() as u32, (rows.len() - known.len()) as u32),
        }
    };
    years.map(of_year).collect()
}

/// What went from one state to another in each year of `years` (arms: trend-indicator values). Rows of one year are
/// added; a year with an empty cell is blank.
pub fn flow<S: PartialEq>(
    flows: &[Flow<S>],
    from: &S,
    to: &S,
    years: RangeInclusive<i32>,
    coverage: &RangeInclusive<i32>,
    silence: Silence,
) -> Vec<(i32, Option<f64>)> {
    let of_year = |year: i32| {
        let mut rows = flows.iter().filter(|f| f.year == year && f.from == *from && f.to == *to).peekable();
        match (coverage.contains(&year), rows.peek().is_some()) {
            (false, _) => None,
            (true, true) => rows.map(|f| f.amount).sum(),
            (true, false) => (silence == Silence::Zero).then_some(0.0),
        }
    };
    years.map(|year| (year, of_year(year))).collect()
}

/// An unbroken run of years, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    /// First year.
    pub from: i32,
    /// First year after it.
    pub to: i32,
    /// It begins with the coverage of the source: it may be older.
    pub open_start: bool,
    /// It lasts to the end of the coverage: it may last on.
    pub open_end: bool,
}

/// The spells of a flag that is stated by year (an alliance in force). Years outside `coverage` are ignored: a source
/// that ends says nothing of what comes after. Order and repetition of years do not matter.
pub fn spells(years: impl IntoIterator<Item = i32>, coverage: &RangeInclusive<i32>) -> Vec<Spell> {
    let mut years: Vec<i32> = years.into_iter().filter(|year| coverage.contains(year)).collect();
    years.sort_unstable();
    years.dedup();
    let mut spells: Vec<Spell> = Vec::new();
    for year in years {
        let open_end = year == *coverage.end();
        match spells.last_mut() {
            Some(last) if last.to == year => (last.to, last.open_end) = (year + 1, open_end),
            _ => spells.push(Spell { from: year, to: year + 1, open_start: year == *coverage.start(), open_end }),
        }
    }
    spells
}

/// How many organisations two states both belong to in a year, from each one's memberships `(organisation, spell)`.
/// `None` outside the coverage of the source.
pub fn common_memberships<O: Ord>(
    first: &[(O, Spell)],
    second: &[(O, Spell)],
    year: i32,
    coverage: &RangeInclusive<i32>,
) -> Option<usize> {
    coverage.contains(&year).then(|| held(first, year).intersection(&held(second, year)).count())
}

/// The organisations that a state belongs to in a year.
fn held<O: Ord>(memberships: &[(O, Spell)], year: i32) -> BTreeSet<&O> {
    memberships.iter().filter(|(_, spell)| (spell.from..spell.to).contains(&year)).map(|(o, _)| o).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(from: &'static str, to: &'static str, year: i32, amount: impl Into<Option<f64>>) -> Flow<&'static str> {
        Flow { from, to, year, amount: amount.into() }
    }

    #[test]
    fn a_share_is_blank_where_the_record_is() {
        let flows = [
            row("A", "B", 2000, 3.0),
            row("B", "A", 2000, 1.0),
            row("A", "C", 2000, 4.0),
            row("C", "A", 2000, None),
            row("A", "B", 2001, None),
            row("B", "A", 2001, 1.0),
            row("A", "B", 2002, 9.0),
            row("B", "A", 2002, 9.0),
        ];
        let years = trade(&flows, &"A", &"B", 1999..=2002, &(1999..=2001));
        let shares: Vec<Option<f64>> = years.iter().map(TradeYear::share).collect();
        assert_eq!(shares, [None, Some(0.5), None, None], "an empty cell and a year after the end are no zeros");
        assert_eq!((years[1].flows, years[1].dependence(Some(100.0))), ((3, 1), Some(0.04)));
        assert_eq!(years[1].dependence(None), None);
    }

    #[test]
    fn silence_is_zero_only_where_the_source_lists_all() {
        let flows = [row("A", "B", 2000, 3.0), row("A", "B", 2000, 2.0), row("B", "A", 2001, 7.0)];
        let of = |silence| flow(&flows, &"A", &"B", 2000..=2002, &(1950..=2001), silence);
        assert_eq!(of(Silence::Zero), [(2000, Some(5.0)), (2001, Some(0.0)), (2002, None)]);
        assert_eq!(of(Silence::Unknown), [(2000, Some(5.0)), (2001, None), (2002, None)]);
    }

    #[test]
    fn flags_become_half_open_spells() {
        let spell = |from, to, open_start, open_end| Spell { from, to, open_start, open_end };
        assert_eq!(
            spells([1950, 1952, 1951, 1951, 1960, 2018, 2019], &(1950..=2018)),
            [spell(1950, 1953, true, false), spell(1960, 1961, false, false), spell(2018, 2019, false, true)]
        );
    }

    #[test]
    fn memberships_in_common() {
        let spell = |from, to| Spell { from, to, open_start: false, open_end: false };
        let first = [("X", spell(1990, 2000)), ("Y", spell(1995, 2010)), ("Y", spell(2011, 2012))];
        let second = [("Y", spell(1990, 2012)), ("X", spell(1999, 2001))];
        let of = |year| common_memberships(&first, &second, year, &(1990..=2011));
        assert_eq!([1990, 1995, 1999, 2010, 2012].map(of), [Some(0), Some(1), Some(2), Some(0), None]);
    }
}
