//! Turn or drift, when, and did it last: five explanations of a series compared on its own likelihood.
//!
//! A method that only knows changes finds them in a drift as well. So a series of a dyad (agreements of contested votes,
//! counts of events, log flows) is explained as a constant, a drift, a random walk, steps, or an impulse that fades, each
//! with its marginal likelihood: [`explain`] for one series, [`weigh`] without intervals, [`scan`] for many with a false
//! discovery rate, [`power`] for what a series could have shown. [`pelt`] and [`bocpd`] are for long signals.
//!
//! Windows are the caller's and are fixed beforehand. Adjacent periods are one unit of time apart.

mod bocpd;
mod conjugate;
mod explain;
mod impulse;
mod line;
mod link;
mod pelt;
mod recursion;
mod scan;
mod segments;
mod series;
mod settings;
mod turning;
mod walk;

pub use bocpd::{Watch, Watched, bocpd};
pub use conjugate::{Prior, Stretches, Tables};
pub use explain::{Level, Turns, Weighed, explain, tables, weigh};
pub use impulse::Shape;
pub use pelt::{Optimum, Signal, pelt};
pub use scan::{Power, Scan, Scanned, Scanning, bayesian_fdr, benjamini_hochberg, power, scan};
pub use segments::{Changes, Segmentation, Window};
pub use series::{Family, Series};
pub use settings::{Explanation, Scales, Settings};
pub use turning::TurningPoint;
