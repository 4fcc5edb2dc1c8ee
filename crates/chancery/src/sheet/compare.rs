//! A text against the ledger: what is new in it, known already, or contradicted.

use std::collections::BTreeSet;

use chancery_ledger::{ClaimRow, Filter, Ledger};
use chancery_model::{Id, Standing};

use super::Compared;
use crate::answer::{Evidence, evidence};
use crate::error::Error;
use crate::matter::{Matter, matters};
use crate::voice::Stance;

/// Claims of the ledger on the pairs that the text tells of, without those of the text itself.
pub(super) fn against(
    ledger: Option<&Ledger>,
    told: &[Evidence],
    own: &Id,
) -> Result<(Compared, Vec<Evidence>), Error> {
    let Some(ledger) = ledger else { return Ok((Compared::NoWorkspace, Vec::new())) };
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    for e in told {
        let p = &e.proposition;
        let codes: Vec<&String> = p.initiator.iter().chain(&p.recipient).collect();
        for (n, a) in codes.iter().enumerate() {
            for b in &codes[n + 1..] {
                let state = |code: &str| code.split('/').next().unwrap_or(code).to_owned();
                let (a, b) = (state(a), state(b));
                if a != b {
                    pairs.insert(if a < b { (a, b) } else { (b, a) });
                }
            }
        }
    }
    let mut rows: Vec<ClaimRow> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut held = false;
    for pair in pairs {
        for row in ledger.claims(&Filter { dyad: Some(pair), ..Filter::default() })? {
            held |= row.document.id == *own;
            if row.document.id != *own && seen.insert(row.id.clone()) {
                rows.push(row);
            }
        }
    }
    Ok((Compared::Ledger { claims: rows.len(), held }, evidence(rows, None)?))
}

/// The ledger says the opposite on the same matter, says the same, or says nothing.
pub(super) fn compare(matter: &Matter, told: &[Evidence], others: &[Evidence]) -> (&'static str, Vec<String>) {
    let mut both: Vec<Evidence> = matter.members.iter().map(|&i| told[i].clone()).collect();
    let own = both.len();
    both.extend(others.iter().filter(|e| e.proposition == matter.proposition).cloned());
    let joint = matters(&both);
    let Some(together) =
        joint.iter().find(|m| m.members.iter().any(|&i| i < own) && m.members.iter().any(|&i| i >= own))
    else {
        return ("new", Vec::new());
    };
    let stance = |i: usize| Stance::of(&both[i]);
    let opposed = |i: usize, j: usize| {
        let realised =
            |k: usize| matches!(both[k].standing, Standing::Done | Standing::SelfReported | Standing::Claimed);
        (stance(i) == Stance::Denies && realised(j)) || (stance(j) == Stance::Denies && realised(i))
    };
    let (mine, theirs): (Vec<usize>, Vec<usize>) = together.members.iter().partition(|&&i| i < own);
    let ids = |list: Vec<usize>| list.into_iter().take(5).map(|i| both[i].row.id.to_string()).collect();
    let against: Vec<usize> = theirs.iter().copied().filter(|&j| mine.iter().any(|&i| opposed(i, j))).collect();
    if against.is_empty() { ("known", ids(theirs)) } else { ("contradicts", ids(against)) }
}
