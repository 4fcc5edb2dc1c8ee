//! Ideal points from votes: the ordinal dynamic probit of Bailey, Strezhnev and Voeten (2017, Journal of Conflict
//! Resolution 61, "Estimating Dynamic State Preferences from United Nations Voting Data").
//!
//! A state with ideal point θ sees an item with discrimination β as U = βθ + ε, ε standard normal, and votes *yes* below
//! the first cut-point, *abstain* between the two, *no* above the second. θ walks randomly from session to session, one
//! walk per state; resolutions that return in later sessions are one item and tie the sessions together.
//!
//! [`prepare`] makes the input, [`variational`] start values, [`published`] the sampler as its authors wrote it (for
//! numbers that can be compared with theirs), [`exact`] a sampler whose target is the stated model, and [`summarise`]
//! estimates with convergence measures. All of them give the same numbers for any number of threads.

mod chunk;
mod convergence;
mod draws;
mod exact;
mod input;
mod normal;
mod published;
mod shift;

mod simulate;
mod start;
mod variational;
mod walk;

pub use convergence::{effective_size, rank_r_hat};
pub use draws::{Draws, Estimate, ItemEstimate, Schedule, summarise};
pub use exact::{Prior, Variance, exact};
pub use input::{Panel, Point, Preparation, Row, prepare};
pub use normal::{normal_cdf, normal_quantile, truncated_normal};
pub use published::{PublishedPrior, published};
pub use simulate::{Size, Truth, simulate};
pub use start::{Anchors, Start};
pub use variational::variational;
