//! How alike two states vote, or choose their allies: the field's measures under its own conventions.
//!
//! Every measure is a function of one table of counts `C[a, b]`: on how many roll calls the first state chose level `a`
//! and the second level `b`. [`Measure::of`] is that function. What enters the table (time unit, absence, roll calls) and
//! what stands where a measure is undefined is the [`Convention`]: published series differ more by convention than by
//! measure. [`estimate`] answers for one dyad with an interval and the roll calls behind it, [`panel`] for all dyads and
//! periods at once, [`Portfolio`] for alliances.

mod convention;
mod estimate;
mod measure;
mod panel;
mod planes;
mod portfolio;
mod table;

pub use convention::{Absence, Convention, Degenerate, Partial, Period, Rules, TimeUnit, Unanimous, periods};
pub use estimate::{Bootstrap, Cluster, Estimate, Interval, Method, estimate};
pub use measure::{Measure, Weights};
pub use panel::{Panel, panel};
pub use portfolio::{Commitment, Portfolio};
pub use table::Table;
