//! The measures by their standard names, each as a function of a table of counts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Table;
use crate::MeasureError;

/// How far apart two levels count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weights {
    /// 1 where the levels differ.
    Nominal,
    /// The number of steps between them.
    Absolute,
    /// The square of that number.
    Squared,
}

impl Weights {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Nominal, Self::Absolute, Self::Squared];

    /// The distance of two levels.
    pub fn distance(self, a: usize, b: usize) -> f64 {
        let d = a.abs_diff(b) as f64;
        match self {
            Self::Nominal => f64::from(u8::from(a != b)),
            Self::Absolute => d,
            Self::Squared => d * d,
        }
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Absolute => "abs",
            Self::Squared => "sq",
        }
    }
}

/// A measure of similarity of two ordered series.
///
/// Below, `n` is the number of joint cases, `D` the sum of distances over them, `dmax` the largest distance that two
/// levels can have, `r` and `c` how often each state chose each level. All are symmetric in the two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The share of cases with the same level, in [0, 1]. Dominated by near-unanimous roll calls.
    Agreement,
    /// Mean of 1 − d / dmax, in [0, 1]: an abstention is half an agreement (Voeten 2013; Bailey, Strezhnev and Voeten
    /// 2017, dyadic file).
    Voeten,
    /// S = 1 − 2 D / (n dmax), in [−1, 1] (Signorino and Ritter 1999, ISQ 43). Not corrected for chance: two states that
    /// share only empty levels score 1. With capabilities as weights of the cases it is their weighted S.
    S(Weights),
    /// Scott's π = 1 − observed / expected distance, expected from the mean of both margins (Scott 1955; for foreign
    /// policy Häge 2011, Political Analysis 19). In [−1, 1]; punishes a state whose margins differ from all others'.
    Pi(Weights),
    /// Cohen's κ = 1 − observed / expected distance, expected from each state's own margins (Cohen 1960, 1968).
    Kappa(Weights),
    /// Kendall's τ-b: concordant less discordant pairs of cases over the geometric mean of the untied (Kendall 1945).
    /// Association, not similarity: states that differ on every case can have τ-b of 1 (Signorino and Ritter 1999).
    TauB,
}

impl Measure {
    /// The ten measures of a panel, in its standard order.
    pub const PANEL: [Self; 10] = [
        Self::Agreement,
        Self::Voeten,
        Self::S(Weights::Absolute),
        Self::S(Weights::Squared),
        Self::Pi(Weights::Nominal),
        Self::Pi(Weights::Absolute),
        Self::Pi(Weights::Squared),
        Self::Kappa(Weights::Nominal),
        Self::Kappa(Weights::Absolute),
        Self::Kappa(Weights::Squared),
    ];

    /// Every measure.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::PANEL.into_iter().chain([Self::S(Weights::Nominal), Self::TauB])
    }

    /// The value of the measure on a table of counts, whole or weighted. `None` where it is undefined: no joint case, or
    /// no expected distance (π, κ: both chose one and the same level throughout; τ-b: one of them never varies).
    /// What a published series writes there instead is a matter of [`super::Degenerate`].
    pub fn of<const K: usize>(self, table: &Table<K>) -> Option<f64> {
        let n = table.total();
        if n <= 0.0 {
            return None;
        }
        let steps = K.saturating_sub(1);
        match self {
            Self::Agreement => Some(table.same() / n),
            Self::Voeten => Some(1.0 - observed(table, Weights::Absolute) / (n * steps as f64)),
            Self::S(w) => Some(1.0 - 2.0 * observed(table, w) / (n * w.distance(0, steps))),
            Self::Kappa(w) => chance_corrected(table, w, &table.rows(), &table.columns(), n),
            Self::Pi(w) => {
                let (r, c) = (table.rows(), table.columns());
                let both: [f64; K] = std::array::from_fn(|a| r[a] + c[a]);
                chance_corrected(table, w, &both, &both, 4.0 * n)
            }
            Self::TauB => tau_b(table),
        }
    }
}

/// The sum of distances over all cases.
fn observed<const K: usize>(table: &Table<K>, w: Weights) -> f64 {
    let cells = (0..K).flat_map(|a| (0..K).map(move |b| (a, b)));
    cells.map(|(a, b)| w.distance(a, b) * table.0[a][b]).sum()
}

/// 1 − scale · D / Σ d(a, b) r(a) c(b). With whole counts both sums are exact: the one rounding is that of the division.
fn chance_corrected<const K: usize>(
    table: &Table<K>,
    w: Weights,
    r: &[f64; K],
    c: &[f64; K],
    scale: f64,
) -> Option<f64> {
    let cells = (0..K).flat_map(|a| (0..K).map(move |b| (a, b)));
    let expected: f64 = cells.map(|(a, b)| w.distance(a, b) * r[a] * c[b]).sum();
    (expected > 0.0).then(|| 1.0 - scale * observed(table, w) / expected)
}

fn tau_b<const K: usize>(table: &Table<K>) -> Option<f64> {
    let mut surplus = 0.0;
    for a in 0..K {
        for b in 0..K {
            for c in a + 1..K {
                let later = &table.0[c];
                let concordant: f64 = later[b + 1..].iter().sum();
                let discordant: f64 = later[..b].iter().sum();
                surplus += table.0[a][b] * (concordant - discordant);
            }
        }
    }
    let n = table.total();
    let untied = |margin: [f64; K]| (n * n - margin.iter().map(|m| m * m).sum::<f64>()) / 2.0;
    let pairs = untied(table.rows()) * untied(table.columns());
    (pairs > 0.0).then(|| surplus / pairs.sqrt())
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Agreement => f.write_str("agreement"),
            Self::Voeten => f.write_str("voeten"),
            Self::S(w) => write!(f, "s-{}", w.suffix()),
            Self::Pi(w) => write!(f, "pi-{}", w.suffix()),
            Self::Kappa(w) => write!(f, "kappa-{}", w.suffix()),
            Self::TauB => f.write_str("tau-b"),
        }
    }
}

impl FromStr for Measure {
    type Err = MeasureError;

    /// The names that [`fmt::Display`] writes; `s`, `pi` and `kappa` alone mean what the literature means by them:
    /// S with absolute, π and κ with squared distances (Häge 2011).
    fn from_str(name: &str) -> Result<Self, MeasureError> {
        let short = match name {
            "s" => Some(Self::S(Weights::Absolute)),
            "pi" => Some(Self::Pi(Weights::Squared)),
            "kappa" => Some(Self::Kappa(Weights::Squared)),
            _ => None,
        };
        short.or_else(|| Self::all().find(|m| m.to_string() == name)).ok_or_else(|| MeasureError::Parameter {
            name: "measure",
            value: name.to_owned(),
            expected: "agreement, voeten, s, pi or kappa (each with -nominal, -abs or -sq), tau-b",
        })
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
