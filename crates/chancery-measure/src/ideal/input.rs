//! From roll calls to the input of the model: which ballots count, which roll calls are one item, which states are linked
//! in time.

use std::collections::BTreeMap;

use crate::{MeasureError, Votes};

/// What is left out before estimation. The default leaves nothing out.
///
/// The published estimates leave out paragraph and amendment votes after 1989 (the last session before is 44), session 19
/// (one vote), a state with two votes in all, and a state's session with a single vote; which states these are depends on
/// the names in the record, so the caller says it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preparation {
    /// Votes on paragraphs and amendments count up to this session and not after it; `None` counts them always.
    pub partial_through: Option<u16>,
    /// Sessions that do not count.
    pub without_sessions: Vec<u16>,
    /// States that do not count.
    pub without_states: Vec<String>,
    /// A state's sessions that do not count.
    pub without_points: Vec<(String, u16)>,
}

/// A state in a session: one ideal point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Index of the state.
    pub state: u32,
    /// Session of the assembly.
    pub session: u16,
    /// Ballots of the state in that session.
    pub ballots: u32,
}

/// A ballot as a row: 1 yes, 2 abstain, 3 no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Number of the item.
    pub item: u32,
    /// 1 yes, 2 abstain, 3 no.
    pub level: u8,
    /// Session of the assembly.
    pub session: u16,
    /// Index of the state.
    pub state: u32,
}

/// Ballots by item, stored as arrays: within an item first those who said yes, then abstentions, then those who said no.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Panel {
    states: Vec<String>,
    points: Vec<Point>,
    items: Vec<u32>,
    /// Per item: where yes, abstain and no begin in `voters`, and where the item ends.
    ends: Vec<[u32; 4]>,
    voters: Vec<u32>,
    /// Indices of points, state by state, in the order of sessions.
    walks: Vec<Vec<u32>>,
}

impl Panel {
    /// From rows in any order. Refused: a level that is not 1, 2 or 3, a state without a name, no row at all.
    pub fn new(states: Vec<String>, mut rows: Vec<Row>) -> Result<Self, MeasureError> {
        if rows.is_empty() {
            return Err(MeasureError::NoBallots);
        }
        if let Some(row) = rows.iter().find(|r| !(1..=3).contains(&r.level) || r.state as usize >= states.len()) {
            let value = format!("level {} of state {}", row.level, row.state);
            return Err(MeasureError::Parameter {
                name: "row",
                value,
                expected: "levels are 1 to 3, states are listed",
            });
        }
        rows.sort_unstable();
        let mut counts: BTreeMap<(u16, u32), u32> = BTreeMap::new();
        for row in &rows {
            *counts.entry((row.session, row.state)).or_default() += 1;
        }
        let points: Vec<Point> =
            counts.iter().map(|(&(session, state), &ballots)| Point { state, session, ballots }).collect();
        let index: BTreeMap<(u16, u32), u32> = counts.keys().copied().zip(0..).collect();
        let voters = rows.iter().map(|r| index[&(r.session, r.state)]).collect();
        let mut panel = Self { walks: vec![Vec::new(); states.len()], states, points, voters, ..Self::default() };
        for (i, row) in rows.iter().enumerate() {
            if panel.items.last() != Some(&row.item) {
                panel.items.push(row.item);
                panel.ends.push([i as u32; 4]);
            }
            if let Some(ends) = panel.ends.last_mut() {
                for end in &mut ends[row.level as usize..] {
                    *end = i as u32 + 1;
                }
            }
        }
        for (p, point) in panel.points.iter().enumerate() {
            panel.walks[point.state as usize].push(p as u32);
        }
        panel.walks.retain(|walk| !walk.is_empty());
        Ok(panel)
    }

    /// Names of the states.
    pub fn states(&self) -> &[String] {
        &self.states
    }

    /// All points, by session, then state. Their position is their index in every result.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// Numbers of the items; of linked roll calls that of the earliest.
    pub fn items(&self) -> &[u32] {
        &self.items
    }

    /// How many ballots.
    pub fn ballots(&self) -> usize {
        self.voters.len()
    }

    /// The indices of the points that said yes, that abstained, that said no.
    ///
    /// # Panics
    /// On an index that is out of bounds.
    pub fn voters(&self, item: usize) -> [&[u32]; 3] {
        let [a, b, c, d] = self.ends[item].map(|e| e as usize);
        [&self.voters[a..b], &self.voters[b..c], &self.voters[c..d]]
    }

    /// The points of each state in time, states without points left out.
    pub fn walks(&self) -> &[Vec<u32>] {
        &self.walks
    }

    /// The ballots of an item in the order yes, abstain, no, and where the last two begin.
    pub(super) fn ballots_of(&self, item: usize) -> (&[u32], usize, usize) {
        let [a, b, c, d] = self.ends[item].map(|e| e as usize);
        (&self.voters[a..d], b - a, c - a)
    }
}

/// The input of the model from a record of votes.
///
/// `links` are pairs (earlier, later) of roll calls that put the same text to the vote; chains are followed to their
/// first member, and a text with several forerunners belongs to the earliest. Absences do not count. Items on which, after
/// linking, all voted alike say nothing and are left out.
pub fn prepare(votes: &Votes, links: &[(u32, u32)], rule: &Preparation) -> Result<Panel, MeasureError> {
    if let Some(link) = links.iter().find(|(earlier, later)| earlier >= later) {
        let value = format!("{} and {}", link.0, link.1);
        return Err(MeasureError::Parameter {
            name: "link",
            value,
            expected: "the earlier roll call has the lower number",
        });
    }
    let mut forerunner: BTreeMap<u32, u32> = BTreeMap::new();
    for &(earlier, later) in links {
        forerunner.entry(later).and_modify(|e| *e = earlier.min(*e)).or_insert(earlier);
    }
    let first = |mut call: u32| {
        while let Some(&earlier) = forerunner.get(&call) {
            call = earlier;
        }
        call
    };
    let calls: Vec<(usize, u32, u16)> = votes
        .calls()
        .iter()
        .enumerate()
        .filter(|(_, c)| !rule.without_sessions.contains(&c.session))
        .filter(|(_, c)| !c.partial || rule.partial_through.is_none_or(|last| c.session <= last))
        .map(|(i, c)| (i, first(c.id), c.session))
        .collect();
    let mut rows = Vec::new();
    for (state, name) in votes.states().iter().enumerate().filter(|(_, name)| !rule.without_states.contains(name)) {
        let without: Vec<u16> = rule.without_points.iter().filter(|(n, _)| n == name).map(|(_, s)| *s).collect();
        for &(call, item, session) in calls.iter().filter(|(_, _, session)| !without.contains(session)) {
            if let Some(level) = votes.level(state, call) {
                rows.push(Row { item, level, session, state: state as u32 });
            }
        }
    }
    let mut seen: BTreeMap<u32, u8> = BTreeMap::new();
    for row in &rows {
        *seen.entry(row.item).or_default() |= 1 << row.level;
    }
    rows.retain(|row| seen[&row.item].count_ones() > 1);
    Panel::new(votes.states().to_vec(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ballot, RollCall, VotesBuilder};

    fn record() -> Votes {
        let mut builder = VotesBuilder::default();
        for (id, session, partial) in [(1, 1, false), (2, 2, true), (3, 3, true), (4, 3, false), (5, 4, false)] {
            builder.call(RollCall { id, session, partial, ..RollCall::default() }).unwrap();
            let no = if id == 4 { Ballot::Yes } else { Ballot::No };
            for (state, ballot) in [("A", Ballot::Yes), ("B", no), ("C", Ballot::Absent)] {
                builder.ballot(state, id, ballot).unwrap();
            }
        }
        builder.build().unwrap()
    }

    #[test]
    fn chains_of_links_become_one_item_and_unanimous_items_go() {
        let rule = Preparation { partial_through: Some(2), ..Preparation::default() };
        let panel = prepare(&record(), &[(1, 2), (2, 5)], &rule).unwrap();
        assert_eq!(panel.items(), [1], "3 is a paragraph, 4 unanimous, 2 and 5 are 1 again");
        assert_eq!(panel.ballots(), 6, "an absence is no ballot");
        assert_eq!(panel.points().len(), 6);
        assert_eq!(panel.voters(0).map(<[u32]>::len), [3, 0, 3]);
        assert_eq!(panel.walks(), [vec![0, 2, 4], vec![1, 3, 5]]);
        let rule = Preparation {
            without_sessions: vec![4],
            without_states: vec!["C".into()],
            without_points: vec![("A".into(), 1)],
            ..Preparation::default()
        };
        let panel = prepare(&record(), &[], &rule).unwrap();
        assert_eq!(panel.items(), [2, 3], "without A in session 1 roll call 1 is unanimous");
        assert_eq!(panel.points().len(), 4);
    }

    #[test]
    fn odd_input_is_refused() {
        assert!(prepare(&record(), &[(2, 1)], &Preparation::default()).is_err());
        assert_eq!(Panel::new(Vec::new(), Vec::new()), Err(MeasureError::NoBallots));
        let row = Row { item: 1, level: 8, session: 1, state: 0 };
        assert!(Panel::new(vec!["A".into()], vec![row]).is_err());
    }
}
