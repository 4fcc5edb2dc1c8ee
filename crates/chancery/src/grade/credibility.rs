//! How far a matter is borne out: suggested from origins and contradictions, or as a person set it.

use std::collections::BTreeSet;

use chancery_model::{HolderKind, Standing};
use serde::Serialize;

use super::{Grades, Scale};
use crate::answer::Evidence;
use crate::matter::{Matter, State};
use crate::voice::Stance;

/// The credibility of a matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Credibility {
    /// `1` … `6`.
    pub grade: String,
    /// The grade's name.
    pub words: String,
    /// Whether a person set it; else it is a suggestion.
    pub judged: bool,
}

/// A person's last grade of one of its claims, else what origins suggest. Only what is told to have happened is graded,
/// and a contradiction between parties is left to a person: a denial is no information about its truth.
pub(crate) fn credibility(
    matter: &Matter,
    matters: &[Matter],
    evidence: &[Evidence],
    grades: &Grades,
    scale: &Scale,
    german: bool,
) -> Option<Credibility> {
    let set = matter.members.iter().filter_map(|&i| grades.of_claim(&evidence[i].row.id)).max_by_key(|g| g.seq);
    let (grade, judged) = match set {
        Some(grade) => (grade.grade.as_str(), true),
        None => (suggested(matter, matters, evidence, scale.confirmed_from())?, false),
    };
    let words = scale.step(grade).map_or(String::new(), |s| s.name(german).to_owned());
    Some(Credibility { grade: grade.to_owned(), words, judged })
}

fn suggested(matter: &Matter, matters: &[Matter], evidence: &[Evidence], confirmed: usize) -> Option<&'static str> {
    let told = |m: &Matter| matches!(m.state, State::Shown | State::OwnAccount | State::Claimed);
    let members = || matter.members.iter().map(|&i| &evidence[i]);
    if matter.state == State::Disputed {
        // Found in a document's own voice before anybody asserted it: contradicted by what was known before.
        let first = |wanted: Stance| {
            members().position(|e| Stance::of(e) == wanted && own_voice(e) == (wanted == Stance::Denies))
        };
        return match (first(Stance::Denies), first(Stance::Asserts)) {
            (Some(denied), Some(asserted)) if denied < asserted => Some("5"),
            _ => None,
        };
    }
    if !told(matter) {
        return None;
    }
    let asserting =
        || members().filter(|e| matches!(e.standing, Standing::Done | Standing::SelfReported | Standing::Claimed));
    let origins: BTreeSet<&str> = asserting().map(|e| e.origin.as_str()).collect();
    let roots: BTreeSet<String> = asserting().map(root).collect();
    // The same was told of the pair within a year, by somebody else: it agrees in part with what is known.
    let day = |m: &Matter| crate::verdict::day(m, evidence);
    let near = |m: &Matter| day(m).zip(day(matter)).is_some_and(|(a, b)| (b - 365..=b).contains(&a));
    let fits = |other: &&Matter| {
        other.key != matter.key && told(other) && other.proposition == matter.proposition && near(other)
    };
    let agrees = || {
        matters.iter().filter(fits).flat_map(|m| &m.members).any(|&i| !origins.contains(evidence[i].origin.as_str()))
    };
    Some(if origins.len() >= confirmed && roots.len() >= confirmed {
        "1"
    } else if origins.len() >= confirmed {
        "2"
    } else if agrees() {
        "3"
    } else {
        "4"
    })
}

fn own_voice(e: &Evidence) -> bool {
    e.row.claim.attribution.innermost().kind == HolderKind::Document
}

/// Whom a report goes back to, however late it is repeated: the speaker, else the agency, else the document it began with.
fn root(e: &Evidence) -> String {
    let inner = e.row.claim.attribution.innermost();
    match (inner.kind, &inner.actor, &e.row.document.agency) {
        (HolderKind::State, Some(actor), _) => format!("state {}", actor.state()),
        (HolderKind::Named, _, _) => format!("named {}", inner.mention),
        (_, _, Some(agency)) => format!("agency {agency}"),
        _ => format!("origin {}", e.origin),
    }
}
