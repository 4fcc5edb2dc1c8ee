//! Who says so, and who is silent.

use std::collections::BTreeSet;

use chancery_model::Party;

use super::build::Draft;
use super::lines::speaker_name;
use super::{Actor, Voice};
use crate::voice::{Side, Stance, key, silent as unheard, speaker};

pub(super) fn voices(draft: &Draft<'_>) -> Vec<Voice> {
    let speakers: BTreeSet<(Side, String)> = draft
        .answer
        .evidence
        .iter()
        .map(|e| match speaker(&e.row.claim.attribution, &e.row.document.source) {
            // Nobody can tell one unnamed source from another.
            (Side::Unnamed, _) => (Side::Unnamed, String::new()),
            other => other,
        })
        .collect();
    let mut voices: Vec<Voice> = speakers
        .iter()
        .map(|who| {
            let number = |stance: Stance| draft.number(&format!("voice/{}/{}", key(who), stance.as_str()));
            Voice {
                side: who.0,
                speaker: speaker_name(&draft.names, who),
                asserts: number(Stance::Asserts),
                denies: number(Stance::Denies),
                leaves_open: number(Stance::LeavesOpen),
            }
        })
        .collect();
    let spoken = |v: &Voice| -> usize {
        [&v.asserts, &v.denies, &v.leaves_open]
            .into_iter()
            .flatten()
            .filter_map(|n| n.value.parse::<usize>().ok())
            .sum()
    };
    voices.sort_by_key(|v| (v.side, std::cmp::Reverse(spoken(v))));
    voices
}

/// States that the evidence names and that are never heard.
pub(super) fn silent(draft: &Draft<'_>) -> Vec<Actor> {
    let answer = draft.answer;
    let parties: Vec<Vec<Party>> = answer
        .assessments
        .iter()
        .map(|row| [&row.assessment.subject[..], &row.assessment.object, &row.assessment.third].concat())
        .collect();
    let assessed = parties.iter().zip(&answer.assessments).map(|(p, row)| (p.as_slice(), &row.assessment.attribution));
    unheard(answer.evidence.iter().map(|e| &e.row.claim), assessed)
        .into_iter()
        .map(|code| Actor { name: draft.names.actor(&code), code })
        .collect()
}
