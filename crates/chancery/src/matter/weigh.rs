//! What the evidence on one event comes to, and which claim speaks for it.

use chancery_model::{HolderKind, Standing, Status};

use super::State;
use super::cluster::width;
use crate::answer::Evidence;
use crate::standing::HolderRole;

pub(super) fn is_realised(standing: Standing) -> bool {
    matches!(standing, Standing::Done | Standing::SelfReported | Standing::Claimed)
}

fn by_author(e: &Evidence) -> bool {
    e.row.claim.attribution.innermost().kind == HolderKind::Document
}

/// "They met, but not in the place that had been announced": a text that tells the event in its own voice and denies
/// something of it in the same voice contradicts the announcement, not itself.
pub(super) fn of_a_detail(evidence: &[Evidence], members: &[usize], denial: usize) -> bool {
    let own = |i: usize, standing: Standing| evidence[i].standing == standing && by_author(&evidence[i]);
    let document = |i: usize| &evidence[i].row.document.id;
    own(denial, Standing::Denied) && members.iter().any(|&i| own(i, Standing::Done) && document(i) == document(denial))
}

/// What the evidence comes to. Contradiction wins over everything: what is disputed is counted nowhere.
pub(super) fn state(evidence: &[Evidence], members: &[usize]) -> State {
    let has = |s: Standing| members.iter().any(|&i| evidence[i].standing == s);
    let last = |s: Standing| members.iter().rev().find(|&&i| evidence[i].standing == s).copied();
    let realised = members.iter().any(|&i| is_realised(evidence[i].standing));
    // A denied plan is no denial of the event that came after it.
    let contradicts = |&&i: &&usize| {
        let e = &evidence[i];
        let overtaken = e.row.claim.status == Status::Planned && last(Standing::Done).is_some_and(|done| done > i);
        e.standing == Standing::Denied && !overtaken && !of_a_detail(evidence, members, i)
    };
    let denied = members.iter().rev().find(contradicts).copied();
    match (realised, denied) {
        (true, Some(_)) => State::Disputed,
        (true, None) if has(Standing::Done) => State::Shown,
        (true, None) if has(Standing::SelfReported) => State::OwnAccount,
        (true, None) => State::Claimed,
        (false, Some(denial)) => match last(Standing::Planned) {
            Some(plan) => {
                let role = HolderRole::of(&evidence[denial].row.claim);
                let entitled =
                    by_author(&evidence[denial]) || matches!(role, HolderRole::Initiator | HolderRole::Recipient);
                if entitled && denial > plan { State::NotDone } else { State::Disputed }
            }
            None if members.iter().any(|&i| evidence[i].standing == Standing::Denied && by_author(&evidence[i])) => {
                State::NotDone
            }
            None => State::Denied,
        },
        (false, None) if has(Standing::Planned) => State::Planned,
        (false, None) if has(Standing::NoEvidence) => State::NoEvidence,
        (false, None) if has(Standing::Demanded) => State::Demanded,
        (false, None) if has(Standing::Generic) => State::Practice,
        (false, None) => State::Possible,
    }
}

/// The claim that speaks for the matter: the firmest of its state, of these the one with the weightiest tier (a visit
/// held weighs more than talks reported), then with the most precise time, then the first.
pub(super) fn lead(evidence: &[Evidence], members: &[usize], state: State) -> usize {
    let order: &[Standing] = match state {
        State::Denied | State::NotDone => &[Standing::Denied],
        State::NoEvidence => &[Standing::NoEvidence],
        State::Demanded => &[Standing::Demanded],
        State::Practice => &[Standing::Generic],
        _ => &[Standing::Done, Standing::SelfReported, Standing::Claimed, Standing::Planned],
    };
    order
        .iter()
        .find_map(|s| {
            let of_standing = members.iter().copied().filter(|&i| evidence[i].standing == *s);
            of_standing.min_by_key(|&i| {
                let claim = &evidence[i].row.claim;
                (std::cmp::Reverse(claim.tier), claim.occurred.map_or(i64::MAX, width))
            })
        })
        .or(members.first().copied())
        .unwrap_or_default()
}
