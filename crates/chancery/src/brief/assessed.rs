//! Needs, offers, motives and outlook, as reported and by whom. No probability is made up where none is given.

use chancery_ledger::AssessmentRow;
use chancery_model::{AssessmentKind, Party};

use super::build::{Draft, Names};
use super::lines::{quotation, speaker_name};
use super::{Assessed, AssessedLine};
use crate::voice::speaker;
use crate::when;

pub(super) fn assessed(draft: &Draft<'_>) -> Vec<Assessed> {
    groups(&draft.names, &draft.answer.assessments)
}

/// Assessments by kind, in the order of a brief.
pub(crate) fn groups(names: &Names<'_>, rows: &[AssessmentRow]) -> Vec<Assessed> {
    const ORDER: [AssessmentKind; 9] = [
        AssessmentKind::Need,
        AssessmentKind::Offer,
        AssessmentKind::Motive,
        AssessmentKind::Driver,
        AssessmentKind::Obstacle,
        AssessmentKind::Stance,
        AssessmentKind::Comparison,
        AssessmentKind::Trend,
        AssessmentKind::Outlook,
    ];
    let group = |kind: AssessmentKind| {
        let lines: Vec<AssessedLine> =
            rows.iter().filter(|row| row.assessment.kind == kind).map(|row| line(names, row)).collect();
        let title = names.labels.get("assessment", kind.as_str()).to_owned();
        (!lines.is_empty()).then_some(Assessed { kind: kind.as_str(), title, lines })
    };
    ORDER.into_iter().filter_map(group).collect()
}

fn line(names: &Names<'_>, row: &AssessmentRow) -> AssessedLine {
    let (labels, assessment) = (names.labels, &row.assessment);
    let inner = assessment.attribution.innermost();
    let codes = |parties: &[Party]| {
        let mut codes: Vec<String> = parties.iter().map(|p| p.actor.to_string()).collect();
        codes.dedup();
        codes
    };
    let mut who = names.actors(&codes(&assessment.subject));
    if !assessment.object.is_empty() {
        who = format!("{who} → {}", names.actors(&codes(&assessment.object)));
    }
    if !assessment.third.is_empty() {
        who = format!("{who} ({})", names.actors(&codes(&assessment.third)));
    }
    let words = [
        assessment.good.as_deref().map(|g| labels.get("good", g)),
        assessment.direction.map(|d| labels.get("direction", d.as_str())),
        Some(labels.get("polarity", inner.polarity.as_str())),
    ];
    let what = words.into_iter().flatten().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ");
    let speaker = speaker_name(names, &speaker(&assessment.attribution, &row.document.source));
    let reserve = labels.get("certainty", inner.certainty.as_str());
    AssessedLine {
        who,
        what,
        when: assessment.period.map(|p| when::interval(&p, labels)),
        says: if reserve.is_empty() { speaker } else { format!("{speaker}, {reserve}") },
        quote: quotation(&assessment.quote, &assessment.trigger, 170),
        lang: row.document.lang.clone(),
        assessment: row.id.to_string(),
        document: row.document.id.to_string(),
        source: names.outlet(&row.document.source),
    }
}
