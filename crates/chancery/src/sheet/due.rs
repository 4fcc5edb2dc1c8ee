//! Plans whose day has passed: told as kept, told as called off, or never heard of again.

use chancery_model::{Date, Standing};
use serde::Serialize;

use crate::answer::Evidence;
use crate::brief::{Names, parties};
use crate::matter::{Matter, State, matters};
use crate::when;

/// A plan whose day has passed.
#[derive(Debug, Clone, Serialize)]
pub struct Due {
    /// Who and what.
    pub title: String,
    /// For when it was announced.
    pub when: String,
    /// `open`, `held`, `off`.
    pub outcome: &'static str,
    /// The claims that announced it.
    pub announced: Vec<String>,
    /// The claims that tell what became of it.
    pub told: Vec<String>,
}

/// Plans of the text and of the ledger on its pairs that were due before the text was published. What became of a plan is
/// told where this text tells it; of the others only those that are still open are listed.
pub(super) fn due(told: &[Evidence], others: &[Evidence], names: &Names<'_>) -> Vec<Due> {
    let published = |e: &Evidence| e.row.document.published_to;
    let Some(today) = told.iter().filter_map(published).max() else { return Vec::new() };
    let mut both: Vec<Evidence> = told.iter().chain(others).cloned().collect();
    // What was published after this text is not yet known to it.
    both.retain(|e| published(e).is_none_or(|day| day <= today));
    both.sort_by_key(|e| (e.row.document.published_from, e.row.document.id.clone(), e.row.claim.quote.start));
    let own = told.first().map(|e| e.row.document.id.clone());
    let mut found = Vec::new();
    for matter in matters(&both) {
        let members = || matter.members.iter().map(|&i| &both[i]);
        let Some((when, last)) = announced_for(&matter, &both) else { continue };
        let outcome = match matter.state {
            State::Planned => "open",
            State::Shown | State::OwnAccount => "held",
            State::NotDone => "off",
            _ => continue,
        };
        let settles = |e: &&Evidence| e.standing != Standing::Planned;
        let by_this_text = members().filter(settles).any(|e| Some(&e.row.document.id) == own.as_ref());
        if last >= today || (outcome != "open" && !by_this_text) {
            continue;
        }
        let ids = |plan: bool| {
            members().filter(|e| (e.standing == Standing::Planned) == plan).map(|e| e.row.id.to_string()).collect()
        };
        let p = &matter.proposition;
        found.push(Due {
            title: format!("{}: {}", parties(names, &p.initiator, &p.recipient), names.labels.event_type(p.event_type)),
            when: when::interval(&when, names.labels),
            outcome,
            announced: ids(true),
            told: ids(false),
        });
    }
    found
}

/// The last time for which a matter was announced, and the last day of it.
fn announced_for(matter: &Matter, evidence: &[Evidence]) -> Option<(chancery_model::Interval, Date)> {
    let plans = matter.members.iter().map(|&i| &evidence[i]).filter(|e| e.standing == Standing::Planned);
    let when = plans.filter_map(|e| e.row.claim.occurred).max_by_key(|o| o.to)?;
    Some((when, when.to?.yesterday().ok()?))
}
