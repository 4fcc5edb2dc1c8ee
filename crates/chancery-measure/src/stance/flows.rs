//! What one state gave another and what came back, good by good and year by year.

use std::collections::BTreeMap;

/// One row: a gave b `amount` of `good` in `year`.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Giver.
    pub from: String,
    /// Receiver.
    pub to: String,
    /// Arms, trade … as the source names it.
    pub good: String,
    /// Year.
    pub year: i32,
    /// In the unit of the source. `None`: the source covers the year and does not know. Zero: it says that nothing moved.
    pub amount: Option<f64>,
}

/// Both directions of one good in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Balance {
    /// What moved.
    pub good: String,
    /// When.
    pub year: i32,
    /// a → b; `None` where the rows do not say.
    pub given: Option<f64>,
    /// b → a; `None` where the rows do not say.
    pub returned: Option<f64>,
    /// `given` − `returned`: what a gave that did not come back in kind, negative where b gave more. `None` unless both
    /// directions are known: an unknown return is not a return of zero.
    pub unreturned: Option<f64>,
}

/// Balances of a with b, by good and year. Several rows of one direction add up; one of unknown amount makes the sum
/// unknown. Years without a row in either direction give none: they are outside the source's coverage.
pub fn balances(flows: &[Flow], a: &str, b: &str) -> Vec<Balance> {
    type Sum = Option<Option<f64>>;
    let mut sums: BTreeMap<(&str, i32), [Sum; 2]> = BTreeMap::new();
    for flow in flows {
        let direction = match (flow.from.as_str(), flow.to.as_str()) {
            (from, to) if (from, to) == (a, b) => 0,
            (from, to) if (from, to) == (b, a) => 1,
            _ => continue,
        };
        let sum = &mut sums.entry((&flow.good, flow.year)).or_default()[direction];
        *sum = Some(match *sum {
            None => flow.amount,
            Some(known) => known.zip(flow.amount).map(|(x, y)| x + y),
        });
    }
    sums.into_iter()
        .map(|((good, year), [given, returned])| {
            let (given, returned) = (given.flatten(), returned.flatten());
            let unreturned = given.zip(returned).map(|(g, r)| g - r);
            Balance { good: good.to_owned(), year, given, returned, unreturned }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(from: &str, to: &str, year: i32, amount: Option<f64>) -> Flow {
        Flow { from: from.into(), to: to.into(), good: "arms".into(), year, amount }
    }

    #[test]
    fn an_unknown_return_is_no_return_of_zero() {
        let flows = [
            flow("A", "B", 1990, Some(2.0)),
            flow("A", "B", 1990, Some(3.0)),
            flow("B", "A", 1990, Some(0.0)),
            flow("A", "B", 1991, Some(1.0)),
            flow("A", "B", 1992, Some(1.0)),
            flow("A", "B", 1992, None),
            flow("B", "A", 1992, Some(4.0)),
            flow("A", "C", 1993, Some(9.0)),
        ];
        let all = balances(&flows, "A", "B");
        let told: Vec<_> = all.iter().map(|b| (b.year, b.given, b.returned, b.unreturned)).collect();
        assert_eq!(
            told,
            [(1990, Some(5.0), Some(0.0), Some(5.0)), (1991, Some(1.0), None, None), (1992, None, Some(4.0), None)]
        );
    }
}
