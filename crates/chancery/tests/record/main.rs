//! The measures against what others published from the same votes, and against reference computations: every test here
//! reads the folder `data/alignment` of `CHANCERY_SHARED`, and says aloud that it is skipped where there is none.
// Tests read files, say what they skip, and compare exact numbers.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stderr, clippy::float_cmp)]

mod agreement;
mod codes;
mod datasets;
mod ideal;
mod mediation;
mod stance;
mod support;
mod turns;
