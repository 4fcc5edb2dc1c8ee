//! Origins: the independent roots of reports. Forty reprints of one agency line are one origin.
//!
//! Two claims of the same proposition have one origin when they stand in one document or in near duplicates of it, when
//! both documents carry the same agency's credit, or when the same speaker is named for both, within seven days. The
//! origin of a claim is the earliest document among those, with reprints led back to what they repeat.

use std::collections::BTreeMap;

use chancery_ledger::{ClaimRow, DocumentHead};
use chancery_model::{Claim, Date, HolderKind, Id};

use crate::proposition::Proposition;

/// Days within which the same agency or speaker is one origin.
const WINDOW: i64 = 7;

/// The origin of each row. Rows come in the order of publication; `propositions` belong to them.
pub fn origins(rows: &[ClaimRow], propositions: &[Proposition]) -> Vec<Id> {
    let families = families(rows.iter().map(|r| &r.document));
    let family = |i: usize| families.get(&rows[i].document.id).unwrap_or(&rows[i].document.id);
    let mut groups: BTreeMap<&Proposition, Vec<usize>> = BTreeMap::new();
    for (i, proposition) in propositions.iter().enumerate() {
        groups.entry(proposition).or_default().push(i);
    }
    let mut sets = Sets((0..rows.len()).collect());
    for group in groups.values() {
        let mut first: BTreeMap<&Id, usize> = BTreeMap::new();
        // The last row of each agency and speaker: rows are in order, so only that one can be near enough.
        let mut last: BTreeMap<(bool, &str), (usize, i64)> = BTreeMap::new();
        for &i in group {
            sets.join(i, *first.entry(family(i)).or_insert(i));
            let Some(day) = rows[i].document.published_from.map(number) else { continue };
            let agency = rows[i].document.agency.as_deref().map(|a| (false, a));
            for key in agency.into_iter().chain(speaker(&rows[i].claim).map(|s| (true, s))) {
                if let Some((j, before)) = last.insert(key, (i, day))
                    && day - before <= WINDOW
                {
                    sets.join(i, j);
                }
            }
        }
    }
    (0..rows.len()).map(|i| family(sets.root(i)).clone()).collect()
}

/// The document that each document repeats in the end; documents that repeat nothing stand for themselves.
pub fn families<'a>(documents: impl Iterator<Item = &'a DocumentHead>) -> BTreeMap<Id, Id> {
    let repeats: BTreeMap<&Id, &Id> = documents.filter_map(|d| Some((&d.id, d.duplicate_of.as_ref()?))).collect();
    let end = |id: &Id| {
        let mut at = id;
        // A chain cannot be longer than the map; a circle, which no writer makes, ends there too.
        for _ in 0..repeats.len() {
            match repeats.get(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        at.clone()
    };
    repeats.keys().map(|id| ((*id).clone(), end(id))).collect()
}

/// Days since 1970.
pub fn number(day: Date) -> i64 {
    i64::from(Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days()))
}

/// The innermost speaker that has a name: a state by its code, others by the words that name them.
fn speaker(claim: &Claim) -> Option<&str> {
    let inner = claim.attribution.innermost();
    match inner.kind {
        HolderKind::State => inner.actor.as_ref().map(chancery_model::ActorCode::as_str),
        HolderKind::Named if !inner.mention.is_empty() => Some(&inner.mention),
        _ => None,
    }
}

/// Disjoint sets of rows; the root of a set is its first row.
struct Sets(Vec<usize>);

impl Sets {
    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, i: usize, j: usize) {
        let (a, b) = (self.root(i), self.root(j));
        for k in [a, b, i, j] {
            self.0[k] = a.min(b);
        }
    }
}
