//! What is missing. A brief that does not say what it lacks is read as complete.

use super::build::Draft;
use super::{Actor, Phrase};

pub(super) fn gaps(draft: &Draft<'_>, silent: &[Actor]) -> Vec<Phrase> {
    let (labels, answer) = (draft.names.labels, draft.answer);
    let mut gaps = Vec::new();
    let mut tell = |key: &str, measure: &str| {
        if let Some(number) = draft.number(measure) {
            gaps.push(Phrase::fill(labels.get("gap", key), vec![("n", number.into())]));
        }
    };
    let is_one = |measure: &str| answer.figures.get(measure).and_then(|f| f.value.as_deref()) == Some("1");
    if is_one("documents") {
        tell("one_document", "documents");
    }
    if is_one("outlets") {
        tell("one_outlet", "outlets");
    }
    tell("ungraded", "outlets");
    tell("reprints", "reprints");
    tell("undated_documents", "undated-documents");
    tell("undated_claims", "undated-claims");
    let empty: Vec<String> = answer
        .verdicts
        .iter()
        .filter(|(_, judgement)| judgement.items == 0)
        .map(|(c, _)| format!("{} ({})", labels.get("lane", c.lane.as_str()), labels.get("tier", c.tier.as_str())))
        .collect();
    if !empty.is_empty() {
        gaps.push(Phrase::text(labels.fill("gap", "empty_channels", &[("channels", &empty.join(", "))])));
    }
    let pair = [answer.question.dyad.a().state(), answer.question.dyad.b().state()];
    let unheard: Vec<&Actor> = silent.iter().filter(|a| pair.contains(&a.code.as_str())).collect();
    match unheard[..] {
        [_, _] => gaps.push(Phrase::text(labels.get("gap", "one_sided"))),
        [one] => gaps.push(Phrase::text(labels.fill("gap", "side_silent", &[("name", &one.name)]))),
        _ => {}
    }
    gaps.push(Phrase::text(labels.get("gap", "no_record")));
    gaps
}
