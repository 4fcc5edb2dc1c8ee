//! Which claims of one proposition tell of one event: those that lie near each other in time.

use std::collections::BTreeMap;

use chancery_model::{EventType, Interval, Standing, Status};

use crate::answer::Evidence;
use crate::origin::number;

/// An interval of more days than this places no event: "in 2019" meets every matter of that year.
pub(super) const PRECISE: i64 = 45;

/// Days back to which a denial without a time of its own speaks.
const OPEN_DENIAL: i64 = 365;

/// Whether a claim denies, or finds no evidence, without saying for when. A denied plan ("will not come") speaks to what
/// lies ahead, and no denial of one meeting speaks to all meetings before it.
fn is_open_denial(e: &Evidence) -> bool {
    let claim = &e.row.claim;
    matches!(e.standing, Standing::Denied | Standing::NoEvidence)
        && claim.occurred.is_none()
        && claim.status != Status::Planned
        && claim.event_type != EventType::Consult
}

/// Days between two reports of one matter, by what kind of thing it is: a meeting is over sooner than a delivery.
pub(super) fn window(event_type: EventType) -> i64 {
    match event_type {
        EventType::Consult => 10,
        EventType::Support | EventType::Reject | EventType::Accuse | EventType::Request | EventType::Threaten => 7,
        EventType::Agree | EventType::Concede => 30,
        _ => 60,
    }
}

/// When a claim places its event: the days it tells, else the days of publication.
fn placed(e: &Evidence) -> Place {
    let span = |from: Option<_>, to: Option<_>| Some((number(from?), number(to?)));
    match e.row.claim.occurred {
        Some(occurred) => span(occurred.from, occurred.to),
        None => span(e.row.document.published_from, e.row.document.published_to),
    }
}

/// First day and day after the last, where both are known.
type Place = Option<(i64, i64)>;

pub(super) fn clusters(evidence: &[Evidence], members: &[usize], window: i64) -> Vec<Vec<usize>> {
    let mut precise: Vec<(i64, i64, usize)> = Vec::new();
    let mut wide: Vec<(Place, usize)> = Vec::new();
    let mut denials: Vec<(i64, usize)> = Vec::new();
    for &i in members {
        match placed(&evidence[i]) {
            Some((day, _)) if is_open_denial(&evidence[i]) => denials.push((day, i)),
            Some((from, to)) if to - from <= PRECISE => precise.push((from, to, i)),
            other => wide.push((other, i)),
        }
    }
    precise.sort_unstable();
    let mut found: Vec<(i64, i64, Vec<usize>)> = Vec::new();
    for (from, to, i) in precise {
        match found.last_mut() {
            Some((_, end, group)) if from - *end <= window => {
                *end = to.max(*end);
                group.push(i);
            }
            _ => found.push((from, to, vec![i])),
        }
    }
    // "We never sold arms" speaks to everything before it: it contradicts the latest matter that had begun by then.
    denials.sort_unstable();
    let first_denial = found.len();
    for (day, i) in denials {
        let begun = |(from, end, _): &&mut (i64, i64, Vec<usize>)| *from <= day + window && day - *end <= OPEN_DENIAL;
        match found[..first_denial].iter_mut().rev().find(begun) {
            Some((_, _, group)) => group.push(i),
            None => match found[first_denial..].iter_mut().find(|(_, end, _)| day - *end <= window) {
                Some((_, end, group)) => {
                    *end = day + 1;
                    group.push(i);
                }
                None => found.push((day, day + 1, vec![i])),
            },
        }
    }
    // What is placed too widely joins a matter only where one alone fits; else those that say the same stand together.
    let mut rest: BTreeMap<(Place, String), Vec<usize>> = BTreeMap::new();
    for (place, i) in wide {
        let document = &evidence[i].row.document.id;
        let fits = |(from, to, group): &&mut (i64, i64, Vec<usize>)| match place {
            Some((first, end)) => *from < end && first < *to,
            None => group.iter().any(|&j| evidence[j].row.document.id == *document),
        };
        let mut fitting = found.iter_mut().filter(fits);
        if let (Some((_, _, group)), None) = (fitting.next(), fitting.next()) {
            group.push(i);
        } else {
            let apart = if place.is_some() { String::new() } else { document.to_string() };
            rest.entry((place, apart)).or_default().push(i);
        }
    }
    found.into_iter().map(|(_, _, group)| group).chain(rest.into_values()).collect()
}

/// Days of an interval; an open one is the widest.
pub(super) fn width(interval: Interval) -> i64 {
    interval.from.zip(interval.to).map_or(i64::MAX, |(from, to)| number(to) - number(from))
}
