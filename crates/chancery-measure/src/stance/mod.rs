//! Where a state stands between two others, against whom two vote together, who votes most like it, and what one gives
//! another and gets back.
//!
//! Counts of likeness on roll calls: they show no motive, and an absence is never read as a vote. [`sides`] leaves
//! absences of C out or counts them apart, by [`Absence`].

mod flows;
mod voters;

pub use flows::{Balance, Flow, balances};
pub use voters::{CoVoter, Opposition, co_voters, opposition};

use crate::{MeasureError, Share, Votes, wilson};

/// What a roll call counts on which C has no vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// Nothing: the shares are of roll calls where all three voted.
    Excluded,
    /// C is with neither: the shares are of all roll calls where A and B differ. A state that was no member, or for which
    /// the record has no row, counts the same: use it only with records that say who was absent.
    WithNeither,
}

/// C between A and B in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// Roll calls on which A and B both voted, and differently.
    pub differ: u64,
    /// Those on which C has no vote.
    pub without_c: u64,
    /// C voted as A.
    pub with_a: Share,
    /// C voted as B.
    pub with_b: Share,
    /// C voted as neither; with [`Absence::WithNeither`], or did not vote.
    pub neither: Share,
    /// The counted roll calls, by index: the evidence.
    pub calls: Vec<usize>,
}

/// On whose side C stands where A and B differ, on the roll calls of `votes` (a period: see [`Votes::window`]).
///
/// # Errors
/// [`MeasureError::UnknownState`] for a name that is not in the record.
pub fn sides(votes: &Votes, c: &str, a: &str, b: &str, absence: Absence) -> Result<Sides, MeasureError> {
    let [c, a, b] = [votes.find(c)?, votes.find(a)?, votes.find(b)?];
    let (mut with_a, mut with_b, mut differ, mut without_c) = (0, 0, 0, 0);
    let mut calls = Vec::new();
    for call in 0..votes.calls().len() {
        let (Some(va), Some(vb)) = (votes.level(a, call), votes.level(b, call)) else { continue };
        if va == vb {
            continue;
        }
        differ += 1;
        let vc = votes.level(c, call);
        without_c += u64::from(vc.is_none());
        if vc.is_none() && absence == Absence::Excluded {
            continue;
        }
        with_a += u64::from(vc == Some(va));
        with_b += u64::from(vc == Some(vb));
        calls.push(call);
    }
    let n = calls.len() as u64;
    Ok(Sides {
        differ,
        without_c,
        with_a: wilson(with_a, n),
        with_b: wilson(with_b, n),
        neither: wilson(n - with_a - with_b, n),
        calls,
    })
}
