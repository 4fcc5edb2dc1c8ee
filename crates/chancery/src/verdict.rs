//! The verdict of every lane and tier: what the matters of the pair come to.

use chancery_measure::{Channel, Item, Judgement, Thresholds, judge};
use chancery_model::{Lane, Tier};

use crate::answer::{Evidence, Question};
use crate::matter::{Matter, State};
use crate::origin::number;
use crate::proposition::{Relation, sign};

/// Whether a matter is counted: shown or by its maker's own account, and between the two. What is only claimed, planned
/// or disputed is counted nowhere.
pub(crate) fn counts(matter: &Matter) -> bool {
    matter.relation == Relation::Between && matches!(matter.state, State::Shown | State::OwnAccount)
}

/// The day that a matter is counted on: the first of its interval, else of its first report.
pub(crate) fn day(matter: &Matter, evidence: &[Evidence]) -> Option<i64> {
    let reported = || evidence[matter.members[0]].row.document.published_from;
    matter.when.and_then(|w| w.from).or_else(reported).map(number)
}

/// First day and day after the last of the period that is judged: as asked, else what the counted matters span.
pub(crate) fn period(question: &Question, evidence: &[Evidence], matters: &[Matter]) -> (i64, i64) {
    let days = || matters.iter().filter(|m| counts(m)).filter_map(|m| day(m, evidence));
    let from = question.from.map(number).or_else(|| days().min()).unwrap_or(0);
    let to = question.to.map(number).or_else(|| days().max().map(|d| d + 1)).unwrap_or(0);
    (from, to)
}

/// All twelve verdicts, in the order of lanes and tiers.
pub(crate) fn verdicts(question: &Question, evidence: &[Evidence], matters: &[Matter]) -> Vec<(Channel, Judgement)> {
    let (from, to) = period(question, evidence, matters);
    let channels = Lane::ALL.iter().flat_map(|lane| Tier::ALL.iter().map(|tier| Channel { lane: *lane, tier: *tier }));
    channels
        .map(|channel| {
            let items: Vec<Item> = matters
                .iter()
                .filter(|m| counts(m) && m.lane == channel.lane && m.tier == channel.tier)
                .filter_map(|m| {
                    let origins = m.members.iter().map(|&i| evidence[i].origin.to_string()).collect();
                    Some(Item { day: day(m, evidence)?, sign: sign(&evidence[m.lead].row.claim), origins })
                })
                .collect();
            (channel, judge(&items, from, to, Thresholds::default()))
        })
        .collect()
}
