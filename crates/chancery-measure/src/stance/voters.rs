//! Who votes like a state, and against whom two states vote alike.

use crate::{MeasureError, Share, Votes, wilson};

/// Closeness against a third state.
#[derive(Debug, Clone, PartialEq)]
pub struct Opposition {
    /// Of the roll calls on which all three voted: A and B alike, and unlike the third. An abstention of both counts
    /// where the third did not abstain.
    pub against: Share,
    /// Of the same roll calls: A and B alike.
    pub alike: Share,
    /// The roll calls of `against`, by index: the evidence.
    pub calls: Vec<usize>,
}

/// How often A and B cast the same vote, unlike `third`, on the roll calls of `votes`.
///
/// # Errors
/// [`MeasureError::UnknownState`] for a name that is not in the record.
pub fn opposition(votes: &Votes, a: &str, b: &str, third: &str) -> Result<Opposition, MeasureError> {
    let [a, b, third] = [votes.find(a)?, votes.find(b)?, votes.find(third)?];
    let (mut total, mut alike, mut calls) = (0, 0, Vec::new());
    for call in 0..votes.calls().len() {
        let (Some(one), Some(two), Some(other)) =
            (votes.level(a, call), votes.level(b, call), votes.level(third, call))
        else {
            continue;
        };
        total += 1;
        alike += u64::from(one == two);
        if one == two && one != other {
            calls.push(call);
        }
    }
    Ok(Opposition { against: wilson(calls.len() as u64, total), alike: wilson(alike, total), calls })
}

/// One state among the co-voters of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoVoter {
    /// Its index.
    pub state: usize,
    /// Same votes, of the roll calls on which both voted.
    pub same: Share,
    /// 1 + the number of states with a larger share.
    pub rank: usize,
}

/// The other states by their share of votes equal to those of `of`, largest first, ties by index. A state must share
/// `least` roll calls with it: on a handful anybody is like anybody.
///
/// # Errors
/// [`MeasureError::UnknownState`] for a name that is not in the record.
pub fn co_voters(votes: &Votes, of: &str, least: u64) -> Result<Vec<CoVoter>, MeasureError> {
    let of = votes.find(of)?;
    let mut all: Vec<CoVoter> = (0..votes.states().len())
        .filter(|&state| state != of)
        .filter_map(|state| {
            let (mut same, mut n) = (0, 0);
            for call in 0..votes.calls().len() {
                if let (Some(x), Some(y)) = (votes.level(of, call), votes.level(state, call)) {
                    n += 1;
                    same += u64::from(x == y);
                }
            }
            (n > 0 && n >= least).then(|| CoVoter { state, same: wilson(same, n), rank: 0 })
        })
        .collect();
    // Shares are compared as products of counts: equal shares of different totals are ties.
    let cross = |x: &CoVoter, y: &CoVoter| (x.same.hits * y.same.total).cmp(&(y.same.hits * x.same.total));
    all.sort_by(|x, y| cross(y, x).then(x.state.cmp(&y.state)));
    for i in 0..all.len() {
        let tied = i > 0 && cross(&all[i], &all[i - 1]).is_eq();
        all[i].rank = if tied { all[i - 1].rank } else { i + 1 };
    }
    Ok(all)
}
