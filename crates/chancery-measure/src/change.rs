//! Closer, apart, no change detectable, cannot be judged: one lane and tier, two halves of a period.
//!
//! Cooperative and conflictual items are counted apart. Given a total, the number in the later part of a period under an
//! unchanged rate is binomial with the later part's share of the days (the conditional test of two Poisson rates,
//! Przyborowski and Wilenski 1940). A rate has risen where Wilson's interval of that share lies above it. Closer is more
//! cooperation without more conflict, or less conflict without less cooperation; apart the reverse.

use chancery_model::{EventType, Lane, Quad, Tier};
use serde::Serialize;

use crate::share::{Share, wilson};

/// Whether an item brings two states together or apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Quads 1 and 2.
    Cooperative,
    /// Quads 3 and 4.
    Conflictual,
}

impl Sign {
    /// The sign of an event type by its quad class.
    pub fn of(event_type: EventType) -> Self {
        match event_type.quad() {
            Quad::VerbalCooperation | Quad::MaterialCooperation => Self::Cooperative,
            Quad::VerbalConflict | Quad::MaterialConflict => Self::Conflictual,
        }
    }
}

/// One counted thing: an event, however many report it. Counting reports would measure attention instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Day of the event, as days since any fixed day.
    pub day: i64,
    /// Together or apart.
    pub sign: Sign,
    /// The independent origins that report it.
    pub origins: Vec<String>,
}

/// When too little is known to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Fewest items in the whole period.
    pub items: usize,
    /// Fewest independent origins.
    pub origins: usize,
}

impl Default for Thresholds {
    /// Ten items from three origins: below that Wilson's interval at 95 % cannot exclude an even split unless all items
    /// fall on one side, and one author's archive would pass for a trend.
    fn default() -> Self {
        Self { items: 10, origins: 3 }
    }
}

/// One of four words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Towards each other.
    Closer,
    /// Away from each other.
    Apart,
    /// The interval holds "as before".
    NoChangeDetectable,
    /// Too little is known. Never a middle grade.
    CannotBeJudged,
}

impl Verdict {
    /// The word as it stands in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closer => "closer",
            Self::Apart => "apart",
            Self::NoChangeDetectable => "no_change_detectable",
            Self::CannotBeJudged => "cannot_be_judged",
        }
    }
}

/// Why a channel cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "too_few", rename_all = "snake_case")]
pub enum Thin {
    /// Nothing is reported.
    Nothing,
    /// Too few independent origins.
    Origins {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too few events.
    Items {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
}

/// A lane and a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Channel {
    /// Military, political, economic, people.
    pub lane: Lane,
    /// Said, bound, done.
    pub tier: Tier,
}

/// A verdict with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The word.
    pub verdict: Verdict,
    /// Items counted.
    pub items: usize,
    /// Independent origins among them.
    pub origins: usize,
    /// Of the cooperative items, those in the later part.
    pub cooperative_later: Share,
    /// Of the conflictual items, those in the later part.
    pub conflictual_later: Share,
    /// The share of days that the later part has: what an unchanged rate would give.
    pub expected_later: f64,
    /// First day of the later part.
    pub since: i64,
    /// Why it cannot be judged.
    pub thin: Option<Thin>,
}

/// Judges the items of one channel in `[from, to)`, split in its middle.
///
/// The split is fixed beforehand: searching the best one would find changes in noise.
pub fn judge(items: &[Item], from: i64, to: i64, thresholds: Thresholds) -> Judgement {
    let since = from + (to - from) / 2;
    let expected = if to > from { (to - since) as f64 / (to - from) as f64 } else { 0.5 };
    let inside: Vec<&Item> = items.iter().filter(|i| (from..to).contains(&i.day)).collect();
    let mut origins: Vec<&str> = inside.iter().flat_map(|i| &i.origins).map(String::as_str).collect();
    origins.sort_unstable();
    origins.dedup();
    let later = |sign: Sign| {
        let all = inside.iter().filter(|i| i.sign == sign);
        let total = all.clone().count() as u64;
        wilson(all.filter(|i| i.day >= since).count() as u64, total)
    };
    let (cooperative, conflictual) = (later(Sign::Cooperative), later(Sign::Conflictual));
    let direction = |share: &Share| {
        if share.total == 0 { 0 } else { i32::from(share.low > expected) - i32::from(share.high < expected) }
    };
    let thin = if inside.is_empty() {
        Some(Thin::Nothing)
    } else if origins.len() < thresholds.origins {
        Some(Thin::Origins { found: origins.len(), needed: thresholds.origins })
    } else if inside.len() < thresholds.items {
        Some(Thin::Items { found: inside.len(), needed: thresholds.items })
    } else {
        None
    };
    let verdict = if thin.is_some() {
        Verdict::CannotBeJudged
    } else {
        match (direction(&cooperative), direction(&conflictual)) {
            (1, -1..=0) | (0, -1) => Verdict::Closer,
            (-1, 0..=1) | (0, 1) => Verdict::Apart,
            _ => Verdict::NoChangeDetectable,
        }
    };
    Judgement {
        verdict,
        items: inside.len(),
        origins: origins.len(),
        cooperative_later: cooperative,
        conflictual_later: conflictual,
        expected_later: expected,
        since,
        thin,
    }
}

/// Pairs of channels that contradict each other: one closer, the other apart; or words of a lane that move while its
/// deeds do not. A brief tells them before anything else.
pub fn disagreements(verdicts: &[(Channel, Judgement)]) -> Vec<(Channel, Channel)> {
    let mut out = Vec::new();
    for (i, (a, x)) in verdicts.iter().enumerate() {
        for (b, y) in &verdicts[i + 1..] {
            let moves = |v: Verdict| matches!(v, Verdict::Closer | Verdict::Apart);
            let opposite = moves(x.verdict) && moves(y.verdict) && x.verdict != y.verdict;
            let still = |v: Verdict| v == Verdict::NoChangeDetectable;
            let half =
                a.lane == b.lane && (moves(x.verdict) && still(y.verdict) || still(x.verdict) && moves(y.verdict));
            if opposite || half {
                out.push((*a, *b));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(days: impl IntoIterator<Item = i64>, sign: Sign) -> Vec<Item> {
        days.into_iter().map(|day| Item { day, sign, origins: vec![format!("o{day}")] }).collect()
    }

    #[test]
    fn one_article_gives_no_trend() {
        let mut many = items(0..50, Sign::Cooperative);
        for item in &mut many {
            item.origins = vec!["one".into()];
        }
        let judged = judge(&many, 0, 60, Thresholds::default());
        assert_eq!(judged.verdict, Verdict::CannotBeJudged);
        assert_eq!(judged.thin, Some(Thin::Origins { found: 1, needed: 3 }));
    }

    #[test]
    fn more_cooperation_is_closer_and_more_conflict_apart() {
        let late = || (50..100).step_by(2);
        assert_eq!(judge(&items(late(), Sign::Cooperative), 0, 100, Thresholds::default()).verdict, Verdict::Closer);
        assert_eq!(judge(&items(late(), Sign::Conflictual), 0, 100, Thresholds::default()).verdict, Verdict::Apart);
        let both = [items(late(), Sign::Cooperative), items(late(), Sign::Conflictual)].concat();
        assert_eq!(judge(&both, 0, 100, Thresholds::default()).verdict, Verdict::NoChangeDetectable);
    }

    #[test]
    fn channels_that_disagree_are_found() {
        let judged = |sign, early: bool| {
            let days = if early { 0..50 } else { 50..100 };
            judge(&items(days.step_by(2), sign), 0, 100, Thresholds::default())
        };
        let channel = |lane, tier| Channel { lane, tier };
        let said = channel(Lane::Military, Tier::Said);
        let done = channel(Lane::Military, Tier::Done);
        let trade = channel(Lane::Economic, Tier::Done);
        let closer = judged(Sign::Cooperative, false);
        let apart = judged(Sign::Conflictual, false);
        let nothing = judge(&[], 0, 100, Thresholds::default());
        assert_eq!(nothing.thin, Some(Thin::Nothing));
        assert!(disagreements(&[(said, closer.clone()), (done, nothing)]).is_empty(), "silence contradicts nothing");
        assert_eq!(disagreements(&[(said, closer.clone()), (trade, apart)]), [(said, trade)]);
        let both = [items((0..100).step_by(4), Sign::Cooperative)].concat();
        let still = judge(&both, 0, 100, Thresholds::default());
        assert_eq!(disagreements(&[(said, closer.clone()), (trade, still.clone())]), []);
        assert_eq!(disagreements(&[(said, closer), (done, still)]), [(said, done)]);
    }

    /// A constant rate must be called a change in at most about one of twenty simulated series.
    #[test]
    fn a_constant_rate_is_rarely_called_a_change() {
        let mut seed = 7_u64;
        let mut random = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            seed >> 33
        };
        let mut alarms = 0;
        for _ in 0..1000 {
            let days: Vec<i64> = (0..40).map(|_| (random() % 1000) as i64).collect();
            let judged = judge(&items(days, Sign::Cooperative), 0, 1000, Thresholds::default());
            alarms += i32::from(judged.verdict != Verdict::NoChangeDetectable);
        }
        assert!(alarms < 75, "{alarms} false alarms in 1000");
    }
}
