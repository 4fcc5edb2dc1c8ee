//! What the four views say, each and together. No word here claims a cause.

use super::{Adjusted, Information, Placebo, Splits};

/// The level of every test here.
const ALPHA: f64 = 0.05;
/// A mediator is specific where at most two others explain more: among some 170 states one in sixty.
const SPECIFIC: usize = 3;

/// What one view says of R's likeness with K.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// It is what C's votes lead one to expect.
    AccountedFor,
    /// More remains than chance gives.
    Remains,
    /// Between the two.
    Unclear,
    /// Nothing to judge from.
    Unknown,
}

/// The four views.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Views {
    /// Splits: accounted for where R goes with K no more often than chance; remains where Wilson's interval lies above.
    pub splits: View,
    /// Information: remains where less than half of it is mediated and the stratified permutation gives p ≤ 0.05;
    /// accounted for where at least half is. Unknown where R tells nothing of K (p > 0.05).
    pub information: View,
    /// Partial correlation: remains where its interval lies above zero, accounted for otherwise.
    pub adjusted: View,
    /// Whether C is among the three strongest mediators; `None` where it has no rank.
    pub specific: Option<bool>,
}

impl Views {
    pub(super) fn of(splits: &Splits, information: &Information, adjusted: &Adjusted, placebo: &Placebo) -> Self {
        let side = &splits.with_k;
        let splits = match (side.share.value(), side.chance) {
            (Some(_), Some(chance)) if side.share.low > chance => View::Remains,
            (Some(share), Some(chance)) if share <= chance => View::AccountedFor,
            (Some(_), Some(_)) => View::Unclear,
            _ => View::Unknown,
        };
        let information = match information.mediated {
            Some(fraction) if information.p_rk <= ALPHA => {
                if fraction >= 0.5 {
                    View::AccountedFor
                } else if information.p_rk_given_c <= ALPHA {
                    View::Remains
                } else {
                    View::Unclear
                }
            }
            _ => View::Unknown,
        };
        let adjusted = match adjusted.rk_given_c.interval {
            Some((low, _)) if low > 0.0 => View::Remains,
            Some(_) => View::AccountedFor,
            None => View::Unknown,
        };
        Self { splits, information, adjusted, specific: placebo.rank.map(|rank| rank <= SPECIFIC) }
    }
}

/// What the views say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All views: R's likeness with K is statistically accounted for by C, and hardly any other state does as much.
    AccountedFor,
    /// All views: statistically accounted for by C, but as well by several others: a bloc, not a mediator.
    AccountedForNotOnlyByC,
    /// The views disagree, or one is unclear.
    Partly,
    /// All views: likeness remains where C goes another way.
    NotAccountedFor,
    /// The agenda-adjusted correlation of R and K is not above zero: there is nothing to account for.
    NothingToAccountFor,
    /// Too few roll calls, or too few on which C and K differ.
    CannotBeJudged,
}

impl Verdict {
    pub(super) fn of(views: Views, adjusted: &Adjusted, enough: bool) -> Self {
        let all = [views.splits, views.information, views.adjusted];
        let Some((low, _)) = adjusted.rk.interval else { return Self::CannotBeJudged };
        if !enough {
            Self::CannotBeJudged
        } else if low <= 0.0 {
            Self::NothingToAccountFor
        } else if all == [View::AccountedFor; 3] {
            if views.specific == Some(true) { Self::AccountedFor } else { Self::AccountedForNotOnlyByC }
        } else if all == [View::Remains; 3] {
            Self::NotAccountedFor
        } else {
            Self::Partly
        }
    }

    /// The word as it stands in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AccountedFor => "statistically_accounted_for",
            Self::AccountedForNotOnlyByC => "statistically_accounted_for_not_only_by_c",
            Self::Partly => "partly",
            Self::NotAccountedFor => "not_accounted_for",
            Self::NothingToAccountFor => "nothing_to_account_for",
            Self::CannotBeJudged => "cannot_be_judged",
        }
    }
}
