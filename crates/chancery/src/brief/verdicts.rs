//! Verdicts in words, and the sentences at the head of a brief.

use chancery_measure::{Channel, Judgement, Share, Thin, Verdict as Word, disagreements};
use chancery_model::Date;

use super::build::Draft;
use super::{Phrase, Verdict};
use crate::section::Section;
use crate::when;

pub(super) fn verdicts(draft: &Draft<'_>) -> Vec<Verdict> {
    draft.answer.verdicts.iter().map(|(channel, judgement)| verdict(draft, *channel, judgement)).collect()
}

fn verdict(draft: &Draft<'_>, channel: Channel, judgement: &Judgement) -> Verdict {
    let labels = draft.names.labels;
    let measure = format!("{}/{}", channel.tier, channel.lane);
    Verdict {
        lane: channel.lane.as_str(),
        tier: channel.tier.as_str(),
        channel: name(draft, channel),
        verdict: judgement.verdict.as_str(),
        words: labels.get("verdict", judgement.verdict.as_str()).to_owned(),
        events: draft.number(&measure),
        origins: draft.number(&format!("{measure}/origins")),
        because: because(draft, &measure, judgement),
        since: (judgement.verdict != Word::CannotBeJudged).then(|| date(judgement.since).to_string()),
    }
}

fn name(draft: &Draft<'_>, channel: Channel) -> String {
    let labels = draft.names.labels;
    format!("{}, {}", labels.get("lane", channel.lane.as_str()), labels.get("tier", channel.tier.as_str()))
}

fn date(day: i64) -> Date {
    let span = jiff::Span::new().try_days(day).unwrap_or_default();
    Date::constant(1970, 1, 1).checked_add(span).unwrap_or(Date::MAX)
}

fn because(draft: &Draft<'_>, measure: &str, judgement: &Judgement) -> Phrase {
    let labels = draft.names.labels;
    match judgement.thin {
        Some(Thin::Nothing) => Phrase::text(labels.get("thin", "nothing")),
        Some(Thin::Origins { needed, .. }) => {
            let alone = draft.answer.documents.len() == 1;
            let phrase = Phrase::text(labels.fill("thin", "origins", &[("needed", &needed.to_string())]));
            if alone { Phrase::join([Phrase::text(labels.get("thin", "one")), phrase], ": ") } else { phrase }
        }
        Some(Thin::Items { needed, .. }) => {
            Phrase::text(labels.fill("thin", "items", &[("needed", &needed.to_string())]))
        }
        None => {
            let halves = [("cooperative", judgement.cooperative_later), ("conflictual", judgement.conflictual_later)];
            let mut told: Vec<Phrase> =
                halves.iter().filter_map(|(word, share)| half(draft, measure, word, share)).collect();
            let since = when::day(date(judgement.since), labels);
            told.push(Phrase::text(labels.fill("word", "since", &[("date", &since)])));
            let expected = format!("{:.0}", judgement.expected_later * 100.0);
            told.push(Phrase::text(labels.fill("word", "expected", &[("share", &expected)])));
            Phrase::join(told, "; ")
        }
    }
}

/// `9 of 11 cooperative events in the later half (52–95 %)`.
fn half(draft: &Draft<'_>, measure: &str, word: &str, share: &Share) -> Option<Phrase> {
    let labels = draft.names.labels;
    let total = draft.number(&format!("{measure}/{word}"))?;
    let later = draft.number(&format!("{measure}/{word}-later"))?;
    let interval = format!("{:.0}–{:.0}", share.low * 100.0, share.high * 100.0);
    let gaps = [("later", later.into()), ("total", total.into()), ("interval", Phrase::text(interval))];
    Some(Phrase::fill(labels.get("half", word), &gaps))
}

/// The answer in sentences. What contradicts comes before what agrees, and what cannot be said before what can.
pub(super) fn sentences(draft: &Draft<'_>) -> Vec<Phrase> {
    let (labels, answer) = (draft.names.labels, draft.answer);
    if answer.evidence.is_empty() && answer.assessments.is_empty() {
        return vec![Phrase::text(labels.get("answer", "none"))];
    }
    let mut out = Vec::new();
    for (a, b) in disagreements(&answer.verdicts) {
        let word = |channel| {
            let found = answer.verdicts.iter().find(|(c, _)| *c == channel);
            found.map_or("", |(_, j)| labels.get("verdict", j.verdict.as_str()))
        };
        let gaps = [("a", name(draft, a)), ("b", name(draft, b)), ("x", word(a).to_owned()), ("y", word(b).to_owned())];
        let gaps: Vec<(&str, &str)> = gaps.iter().map(|(gap, text)| (*gap, text.as_str())).collect();
        out.push(Phrase::text(labels.fill("word", "disagree", &gaps) + "."));
    }
    let judged = answer.verdicts.iter().filter(|(_, j)| j.verdict != Word::CannotBeJudged);
    for (channel, judgement) in judged.clone() {
        let (lane, tier) = (labels.get("lane", channel.lane.as_str()), labels.get("tier", channel.tier.as_str()));
        let verdict = labels.get("verdict", judgement.verdict.as_str());
        out.push(Phrase::text(labels.fill(
            "answer",
            "judged",
            &[("lane", lane), ("tier", tier), ("verdict", verdict)],
        )));
    }
    if judged.count() == 0 {
        let few = answer.documents.len() < 3;
        let gaps = vec![("documents", draft.counted("documents")), ("originals", draft.counted("originals"))];
        out.push(if few {
            Phrase::fill(labels.get("answer", "thin"), &gaps)
        } else {
            Phrase::text(labels.get("answer", "no_verdict"))
        });
    }
    if answer.figures.get("shown-done/matters").is_none() {
        out.push(Phrase::text(labels.get("answer", "no_done")));
    }
    let facts = [Section::Done, Section::Bound, Section::Said, Section::OwnAccount];
    let open =
        [Section::Planned, Section::Claimed, Section::Disputed, Section::Denied, Section::NoEvidence, Section::NotDone];
    for (key, sections) in [("counted", &facts[..]), ("open", &open[..])] {
        let listed: Vec<Phrase> = sections
            .iter()
            .filter_map(|s| {
                let number = draft.number(&format!("{}/matters", s.as_str()))?;
                Some(Phrase::join([Phrase::text(format!("{} ", labels.get("section", s.as_str()))), number.into()], ""))
            })
            .collect();
        if !listed.is_empty() {
            out.push(Phrase::fill(labels.get("answer", key), &[("list", Phrase::join(listed, ", "))]));
        }
    }
    out
}
