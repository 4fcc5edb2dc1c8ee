//! A measure for one dyad with its table, its interval and the roll calls behind it.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use serde::{Deserialize, Serialize};

use super::planes::place;
use super::{Degenerate, Measure, Rules, Table};
use crate::quantile::percentiles;
use crate::share::wilson;
use crate::{MeasureError, RollCall, Votes};

/// What the bootstrap draws together. Votes on one text, or of one day, are no independent observations: an interval
/// that takes them for independent is too narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cluster {
    /// Roll calls on one item; those without an item by day; those without a day one by one.
    Item,
    /// Roll calls of one day; those without a day one by one.
    Day,
    /// Every roll call for itself.
    RollCall,
}

/// How an interval is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// Replicates, at least 100.
    pub replicates: u32,
    /// The same seed gives the same interval.
    pub seed: u64,
    /// What is drawn together.
    pub cluster: Cluster,
}

impl Default for Bootstrap {
    /// Two thousand: the Monte Carlo error of a 2.5 % quantile is then 0.35 points of probability.
    fn default() -> Self {
        Self { replicates: 2000, seed: 1, cluster: Cluster::Item }
    }
}

/// Where an interval comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "method", rename_all = "snake_case")]
pub enum Method {
    /// Wilson's score interval of a share: roll calls taken as independent.
    Wilson,
    /// Percentiles of a cluster bootstrap.
    Bootstrap {
        /// Clusters drawn in each replicate.
        clusters: usize,
        /// Replicates in which the measure was defined.
        defined: u32,
    },
}

/// A 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
    /// Where it comes from.
    #[serde(flatten)]
    pub method: Method,
}

/// A measure of one dyad.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Which measure.
    pub measure: Measure,
    /// `None` without joint votes, or where the measure is undefined and the rules leave it so.
    pub value: Option<f64>,
    /// The counts it is computed from: rows the first state, columns the second; yes, abstain, no.
    pub table: Table<3>,
    /// `None` without a value, with fewer than two clusters, or where fewer than half of the replicates are defined.
    pub interval: Option<Interval>,
    /// The joint roll calls, as indices into [`Votes::calls`]; as many as the table counts.
    pub calls: Vec<usize>,
}

/// Computes a measure for the states with the indices `a` and `b` on the roll calls `calls` (see [`super::periods`]).
///
/// The interval of the agreement share is Wilson's; the others are percentile intervals of a bootstrap over clusters of
/// roll calls (Efron 1979; Cameron, Gelbach and Miller 2008 for clusters). With few clusters it is too narrow: below
/// about thirty, read it as a lower bound of the uncertainty.
///
/// # Errors
/// [`MeasureError::Parameter`] for fewer than 100 replicates.
///
/// # Panics
/// On an index that is out of bounds.
pub fn estimate(
    votes: &Votes,
    (a, b): (usize, usize),
    calls: &[usize],
    rules: Rules,
    measure: Measure,
    bootstrap: &Bootstrap,
) -> Result<Estimate, MeasureError> {
    if bootstrap.replicates < 100 {
        return Err(MeasureError::parameter("replicates", bootstrap.replicates, "at least 100"));
    }
    let (first, second) = (votes.row(a), votes.row(b));
    let mut table = Table::default();
    let mut joint = Vec::new();
    let mut clusters: BTreeMap<Key, Table<3>> = BTreeMap::new();
    for &call in calls {
        let levels = (place(first[call], rules.absence), place(second[call], rules.absence));
        if let (Some(x), Some(y)) = levels {
            joint.push(call);
            table.0[x][y] += 1.0;
            clusters.entry(key(&votes.calls()[call], call, bootstrap.cluster)).or_default().0[x][y] += 1.0;
        }
    }
    let value = value(measure, &table, rules.degenerate);
    let interval = match (value, measure) {
        (None, _) => None,
        (Some(_), Measure::Agreement) => {
            let share = wilson(table.same() as u64, joint.len() as u64);
            Some(Interval { low: share.low, high: share.high, method: Method::Wilson })
        }
        (Some(_), _) => {
            let clusters: Vec<Table<3>> = clusters.into_values().collect();
            bootstrapped(&clusters, rules.degenerate, measure, bootstrap)
        }
    };
    Ok(Estimate { measure, value, table, interval, calls: joint })
}

/// The measure of a table under the rule for the degenerate case.
fn value(measure: Measure, table: &Table<3>, degenerate: Degenerate) -> Option<f64> {
    let zero = || (degenerate == Degenerate::Zero && table.total() > 0.0).then_some(0.0);
    measure.of(table).or_else(zero)
}

/// What a roll call is drawn with.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Item(String),
    Day(i32),
    Call(usize),
}

fn key(call: &RollCall, index: usize, cluster: Cluster) -> Key {
    match (cluster, &call.item, call.day) {
        (Cluster::Item, Some(item), _) => Key::Item(item.clone()),
        (Cluster::Item | Cluster::Day, _, Some(day)) => Key::Day(day),
        _ => Key::Call(index),
    }
}

fn bootstrapped(
    clusters: &[Table<3>],
    degenerate: Degenerate,
    measure: Measure,
    bootstrap: &Bootstrap,
) -> Option<Interval> {
    if clusters.len() < 2 {
        return None;
    }
    let mut random = Pcg64::seed_from_u64(bootstrap.seed);
    let mut draws = Vec::with_capacity(bootstrap.replicates as usize);
    for _ in 0..bootstrap.replicates {
        let mut table = Table::default();
        for _ in 0..clusters.len() {
            table.add(&clusters[random.random_range(0..clusters.len())]);
        }
        draws.extend(value(measure, &table, degenerate));
    }
    let method = Method::Bootstrap { clusters: clusters.len(), defined: draws.len() as u32 };
    let (low, high) = percentiles(draws, bootstrap.replicates as usize)?;
    Some(Interval { low, high, method })
}
