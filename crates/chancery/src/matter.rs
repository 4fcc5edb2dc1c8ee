//! Matters: one event as many tell it. Announced, moved and held it is one matter, not three; asserted by one and denied
//! by another it is disputed, and counted nowhere.

use std::collections::BTreeMap;

use chancery_model::{EventType, HolderKind, Interval, Lane, Standing, Tier};
use serde::Serialize;

use crate::answer::Evidence;
use crate::origin::number;
use crate::proposition::{Proposition, Relation};

/// The evidence state of a matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A document commits to it in its own voice; nobody contradicts.
    Shown,
    /// Whoever did it says so; nobody else commits.
    OwnAccount,
    /// Announced, agreed or negotiated.
    Planned,
    /// Somebody else says so.
    Claimed,
    /// Asserted by some, denied or found without evidence by others.
    Disputed,
    /// A party or a third says that it is not so.
    Denied,
    /// Told to be without conclusive evidence.
    NoEvidence,
    /// A document finds in its own voice that it did not happen, or a plan was called off.
    NotDone,
    /// Demanded.
    Demanded,
    /// Conditional, possible, feared.
    Possible,
    /// Standing practice without a date.
    Practice,
}

/// One step of a matter's course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `announced`, `under_way`, `held`, `reported`, `claimed`, `denied`, `moved`, `called_off`.
    pub word: &'static str,
    /// The evidence that tells it.
    pub evidence: usize,
}

/// One event as many tell it.
#[derive(Debug, Clone)]
pub struct Matter {
    /// A name that stays while its first claim stays: the beginning of that claim's identifier.
    pub key: String,
    /// What it is about.
    pub proposition: Proposition,
    /// How the pair stands in it.
    pub relation: Relation,
    /// Where its evidence leaves it.
    pub state: State,
    /// Of its leading claim.
    pub lane: Lane,
    /// Of its leading claim.
    pub tier: Tier,
    /// When, by its best evidence.
    pub when: Option<Interval>,
    /// Indices of its evidence, in the order of publication.
    pub members: Vec<usize>,
    /// The evidence that is quoted first.
    pub lead: usize,
    /// How it went on, where it did.
    pub course: Vec<Step>,
}

/// An interval of more days than this places no event: "in 2019" meets every matter of that year.
const PRECISE: i64 = 45;

/// Days back to which a denial without a time of its own speaks.
const OPEN_DENIAL: i64 = 365;

/// Whether a claim denies, or finds no evidence, without saying for when. A denied plan ("will not come") speaks to what
/// lies ahead, and no denial of one meeting speaks to all meetings before it.
fn is_open_denial(e: &Evidence) -> bool {
    let claim = &e.row.claim;
    matches!(e.standing, Standing::Denied | Standing::NoEvidence)
        && claim.occurred.is_none()
        && claim.status != chancery_model::Status::Planned
        && claim.event_type != EventType::Consult
}

/// Days between two reports of one matter, by what kind of thing it is: a meeting is over sooner than a delivery.
fn window(event_type: EventType) -> i64 {
    match event_type {
        EventType::Consult => 10,
        EventType::Support | EventType::Reject | EventType::Accuse | EventType::Request | EventType::Threaten => 7,
        EventType::Agree | EventType::Concede => 30,
        _ => 60,
    }
}

/// Groups evidence into matters, in the order of their first claim.
pub fn matters(evidence: &[Evidence]) -> Vec<Matter> {
    let mut groups: BTreeMap<(&Proposition, Relation), Vec<usize>> = BTreeMap::new();
    for (i, e) in evidence.iter().enumerate() {
        groups.entry((&e.proposition, e.relation)).or_default().push(i);
    }
    let mut out: Vec<Matter> = Vec::new();
    for ((proposition, relation), members) in groups {
        for mut members in clusters(evidence, &members, window(proposition.event_type)) {
            members.sort_unstable();
            out.push(matter(evidence, proposition, relation, members));
        }
    }
    out.sort_by_key(|m| m.members[0]);
    out
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

fn clusters(evidence: &[Evidence], members: &[usize], window: i64) -> Vec<Vec<usize>> {
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

fn matter(evidence: &[Evidence], proposition: &Proposition, relation: Relation, members: Vec<usize>) -> Matter {
    let state = state(evidence, &members);
    let lead = lead(evidence, &members, state);
    let times = |realised: bool| {
        members
            .iter()
            .filter(move |&&i| !realised || is_realised(evidence[i].standing))
            .filter_map(|&i| evidence[i].row.claim.occurred)
            .min_by_key(|o| width(*o))
    };
    let claim = &evidence[lead].row.claim;
    Matter {
        key: evidence[members[0]].row.id.as_str()[2..14].to_owned(),
        proposition: proposition.clone(),
        relation,
        state,
        lane: claim.lane,
        tier: claim.tier,
        when: times(true).or_else(|| times(false)),
        course: course(evidence, &members, state),
        members,
        lead,
    }
}

/// Days of an interval; an open one is the widest.
fn width(interval: Interval) -> i64 {
    interval.from.zip(interval.to).map_or(i64::MAX, |(from, to)| number(to) - number(from))
}

fn is_realised(standing: Standing) -> bool {
    matches!(standing, Standing::Done | Standing::SelfReported | Standing::Claimed)
}

fn by_author(e: &Evidence) -> bool {
    e.row.claim.attribution.innermost().kind == HolderKind::Document
}

/// What the evidence comes to. Contradiction wins over everything: what is disputed is counted nowhere.
fn state(evidence: &[Evidence], members: &[usize]) -> State {
    let has = |s: Standing| members.iter().any(|&i| evidence[i].standing == s);
    let last = |s: Standing| members.iter().rev().find(|&&i| evidence[i].standing == s).copied();
    let realised = members.iter().any(|&i| is_realised(evidence[i].standing));
    // A denied plan is no denial of the event that came after it.
    let contradicts = |&&i: &&usize| {
        let e = &evidence[i];
        let overtaken =
            e.row.claim.status == chancery_model::Status::Planned && last(Standing::Done).is_some_and(|done| done > i);
        e.standing == Standing::Denied && !overtaken
    };
    let denied = members.iter().rev().find(contradicts).copied();
    match (realised, denied) {
        (true, Some(_)) => State::Disputed,
        (true, None) if has(Standing::Done) => State::Shown,
        (true, None) if has(Standing::SelfReported) => State::OwnAccount,
        (true, None) => State::Claimed,
        (false, Some(denial)) => match last(Standing::Planned) {
            Some(plan) => {
                let role = crate::standing::HolderRole::of(&evidence[denial].row.claim);
                let entitled = by_author(&evidence[denial])
                    || matches!(role, crate::standing::HolderRole::Initiator | crate::standing::HolderRole::Recipient);
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
fn lead(evidence: &[Evidence], members: &[usize], state: State) -> usize {
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

/// The steps by which a matter went on; empty where it has but one.
fn course(evidence: &[Evidence], members: &[usize], state: State) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut place: Option<&str> = None;
    for &i in members {
        let e = &evidence[i];
        let claim = &e.row.claim;
        let word = match e.standing {
            Standing::Planned => "announced",
            Standing::Done | Standing::SelfReported if claim.status == chancery_model::Status::Ongoing => "under_way",
            Standing::Done | Standing::SelfReported if claim.event_type == EventType::Consult => "held",
            Standing::Done | Standing::SelfReported => "reported",
            Standing::Claimed => "claimed",
            Standing::Denied if state == State::NotDone && !steps.is_empty() => "called_off",
            Standing::Denied => "denied",
            _ => continue,
        };
        let elsewhere = matches!((place, claim.place.as_deref()), (Some(a), Some(b)) if a != b);
        let moved = claim.phase == Some(chancery_model::Phase::Moved)
            || (elsewhere && steps.iter().any(|s| s.word == "announced"));
        if moved && !steps.iter().any(|s| s.word == "moved") {
            steps.push(Step { word: "moved", evidence: i });
        }
        place = claim.place.as_deref().or(place);
        if !steps.iter().any(|s| s.word == word) {
            steps.push(Step { word, evidence: i });
        }
    }
    // What one text says about itself is no course.
    let document = |s: &Step| &evidence[s.evidence].row.document.id;
    if steps.iter().any(|s| document(s) != document(&steps[0])) { steps } else { Vec::new() }
}
