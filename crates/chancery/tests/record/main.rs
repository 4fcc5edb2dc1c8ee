//! The measures against what others published from the same votes, and against reference computations: every test here
//! reads the folder `data/alignment` of `CHANCERY_SHARED`, and says aloud that it is skipped where there is none.

mod agreement;
mod ideal;
mod codes;
mod datasets;
mod mediation;
mod stance;
mod support;
mod turns;
