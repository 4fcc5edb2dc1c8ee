//! Matters: one event as many tell it. Announced, moved and held it is one matter, not three; asserted by one and denied
//! by another it is disputed, and counted nowhere.

mod cluster;
mod weigh;

use std::collections::BTreeMap;

use chancery_model::{Claim, Date, EventType, Extent, Interval, Lane, Standing, Status, Tier};
use serde::Serialize;

use self::cluster::{PRECISE, clusters, width, window};
use self::weigh::{is_realised, lead, of_a_detail, state};
use crate::answer::Evidence;
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

fn matter(evidence: &[Evidence], proposition: &Proposition, relation: Relation, members: Vec<usize>) -> Matter {
    let state = state(evidence, &members);
    let lead = lead(evidence, &members, state);
    let times = |realised: bool| {
        members
            .iter()
            .filter(move |&&i| !realised || is_realised(evidence[i].standing))
            .filter_map(|&i| time(&evidence[i].row.claim))
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

/// Whether the time by which the ledger placed a claim in a period is none that places it, and its report is not of that
/// period.
pub(crate) fn outside(claim: &Claim, published: Option<Date>, from: Option<Date>, to: Option<Date>) -> bool {
    let inside = |day: Date| from.is_none_or(|f| f <= day) && to.is_none_or(|t| day < t);
    claim.occurred.is_some()
        && time(claim).is_none()
        && (from.is_some() || to.is_some())
        && !published.is_some_and(inside)
}

/// When a claim says that its event was. "The first visit since 2000" says of a meeting that is over what lies before
/// it: no meeting is held throughout years, so that such a span places none.
fn time(claim: &Claim) -> Option<Interval> {
    let spans = |o: &Interval| o.extent == Extent::Throughout && width(*o) > PRECISE;
    let over = claim.event_type == EventType::Consult && claim.status == Status::Occurred;
    claim.occurred.filter(|o| !(over && spans(o)))
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
            Standing::Done | Standing::SelfReported if claim.status == Status::Ongoing => "under_way",
            Standing::Done | Standing::SelfReported if claim.event_type == EventType::Consult => "held",
            Standing::Done | Standing::SelfReported => "reported",
            Standing::Claimed => "claimed",
            Standing::Denied if of_a_detail(evidence, members, i) && claim.event_type == EventType::Consult => "moved",
            Standing::Denied if state == State::NotDone && !steps.is_empty() => "called_off",
            Standing::Denied => "denied",
            _ => continue,
        };
        // A meeting is at one place; a delivery or a deployment may have many.
        let meets = claim.event_type == EventType::Consult;
        let elsewhere = matches!((place, claim.place.as_deref()), (Some(a), Some(b)) if a != b);
        let told = claim.phase == Some(chancery_model::Phase::Moved);
        let moved = meets && (told || (elsewhere && steps.iter().any(|s| s.word == "announced")));
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
