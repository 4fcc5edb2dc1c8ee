//! What is missing. A brief that does not say what it lacks is read as complete.

use chancery_model::{Lane, Tier};

use super::build::Draft;
use super::{Actor, Phrase};

pub(super) fn gaps(draft: &Draft<'_>, silent: &[Actor]) -> Vec<Phrase> {
    let (labels, answer) = (draft.names.labels, draft.answer);
    let mut gaps = Vec::new();
    let mut tell = |key: &str, measure: &str| {
        if let Some(number) = draft.number(measure) {
            gaps.push(Phrase::fill(labels.get("gap", key), &[("n", number.into())]));
        }
    };
    let is_one = |measure: &str| answer.figures.get(measure).and_then(|f| f.value.as_deref()) == Some("1");
    if is_one("documents") {
        tell("one_document", "documents");
    }
    if is_one("outlets") {
        tell("one_outlet", "outlets");
    }
    tell("ungraded", "ungraded-outlets");
    tell("reprints", "reprints");
    tell("undated_documents", "undated-documents");
    tell("undated_claims", "undated-claims");
    if answer.verdicts.iter().any(|(_, judgement)| judgement.thin.is_none())
        && let (Some(later), Some(dated)) = (draft.number("documents-later"), draft.number("documents-dated"))
    {
        gaps.push(Phrase::fill(labels.get("gap", "coverage"), &[("n", later.into()), ("m", dated.into())]));
    }
    let empty: Vec<String> = Lane::ALL
        .iter()
        .filter_map(|lane| {
            let of_lane = answer.verdicts.iter().filter(|(c, judgement)| c.lane == *lane && judgement.items == 0);
            let tiers: Vec<&str> = of_lane.map(|(c, _)| labels.get("tier", c.tier.as_str())).collect();
            let name = labels.get("lane", lane.as_str());
            match tiers.len() {
                0 => None,
                n if n == Tier::ALL.len() => Some(name.to_owned()),
                _ => Some(format!("{name} ({})", tiers.join(", "))),
            }
        })
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
    if !answer.evidence.is_empty() {
        gaps.push(Phrase::text(labels.word("grades")));
    }
    gaps
}
