//! One matter in a line: who, what, when, who says so, in which words.

use std::collections::BTreeSet;

use chancery_model::{Claim, EventType, Quote};

use super::build::{Draft, Names, placed};
use super::{Line, Spoken, StepOut};
use crate::answer::Evidence;
use crate::grade::{Grades, credibility};
use crate::matter::Matter;
use crate::voice::{Side, speaker};
use crate::when;

/// Characters of a quotation.
const SHORT: usize = 170;

pub(super) fn line(draft: &Draft<'_>, matter: &Matter) -> Line {
    let (labels, evidence) = (draft.names.labels, &draft.answer.evidence);
    let claim = &evidence[matter.lead].row.claim;
    let (interval, by_report) = placed(matter, evidence).map_or((None, false), |(i, r)| (Some(i), r));
    let words = interval.map_or_else(|| labels.word("undated").to_owned(), |i| when::interval(&i, labels));
    let when = if by_report { labels.fill("word", "reported_on", &[("date", &words)]) } else { words };
    let state = serde_json::to_value(matter.state).ok();
    // What the leading claim leaves out may be told by another of the same standing: the place of a meeting is where it was
    // held, not where it was expected.
    let standing = evidence[matter.lead].standing;
    let same = || matter.members.iter().map(|&i| &evidence[i]).filter(|e| e.standing == standing);
    let told =
        |pick: &dyn Fn(&Claim) -> Option<String>| pick(claim).or_else(|| same().find_map(|e| pick(&e.row.claim)));
    // A number in a sentence about a meeting counts something else.
    let counts = matter.proposition.event_type != EventType::Consult;
    Line {
        matter: matter.key.clone(),
        event_type: matter.proposition.event_type.as_str(),
        what: labels.event_type(matter.proposition.event_type).to_owned(),
        initiator: matter.proposition.initiator.clone(),
        recipient: matter.proposition.recipient.clone(),
        who: who(draft, matter),
        when,
        occurred_from: matter.when.and_then(|w| w.from).map(|d| d.to_string()),
        occurred_to: matter.when.and_then(|w| w.to).map(|d| d.to_string()),
        amount: told(&|c| amount(c, labels.german())).filter(|_| counts),
        place: told(&|c| c.place.clone()),
        credibility: credibility(
            matter,
            &draft.answer.matters,
            evidence,
            &draft.answer.grades,
            &draft.scale,
            labels.german(),
        ),
        state: labels.get("state", state.as_ref().and_then(|s| s.as_str()).unwrap_or_default()).to_owned(),
        channel: format!("{}, {}", labels.get("lane", matter.lane.as_str()), labels.get("tier", matter.tier.as_str())),
        origins: draft.number(&format!("matter/{}/origins", matter.key)),
        documents: draft.number(&format!("matter/{}/documents", matter.key)),
        voices: voices(draft, matter),
        course: matter
            .course
            .iter()
            .map(|step| {
                let row = &evidence[step.evidence].row;
                StepOut {
                    word: labels.get("course", step.word).to_owned(),
                    published: published(&draft.names, &evidence[step.evidence]),
                    claim: row.id.to_string(),
                }
            })
            .collect(),
    }
}

/// `North Korea → Russia`, `Russia – North Korea`.
pub(super) fn who(draft: &Draft<'_>, matter: &Matter) -> String {
    parties(&draft.names, &matter.proposition.initiator, &matter.proposition.recipient)
}

/// The ends of an event in words: an arrow where it has a direction, a dash where all take part.
pub(crate) fn parties(names: &Names<'_>, initiator: &[String], recipient: &[String]) -> String {
    if recipient.is_empty() {
        initiator.iter().map(|c| names.actor(c)).collect::<Vec<_>>().join(" – ")
    } else {
        format!("{} → {}", names.actors(initiator), names.actors(recipient))
    }
}

/// The leading claim, then one for each further speaker and stance.
fn voices(draft: &Draft<'_>, matter: &Matter) -> Vec<Spoken> {
    let evidence = &draft.answer.evidence;
    let mut seen = BTreeSet::new();
    std::iter::once(matter.lead)
        .chain(matter.members.iter().copied())
        .filter(|&i| {
            seen.insert((
                speaker(&evidence[i].row.claim.attribution, &evidence[i].row.document.source),
                evidence[i].standing,
            ))
        })
        .map(|i| spoken(&draft.names, &draft.answer.grades, &evidence[i]))
        .collect()
}

fn spoken(names: &Names<'_>, grades: &Grades, e: &Evidence) -> Spoken {
    let (claim, document) = (&e.row.claim, &e.row.document);
    let voice = speaker(&claim.attribution, &document.source);
    Spoken {
        speaker: speaker_name(names, &voice),
        side: voice.0,
        standing: e.standing.as_str(),
        does: names.labels.get("standing", e.standing.as_str()).to_owned(),
        quote: quotation(&claim.quote, &claim.trigger, SHORT),
        lang: document.lang.clone(),
        claim: e.row.id.to_string(),
        document: document.id.to_string(),
        source: names.outlet(&document.source),
        reliability: grades.reliability(e).map(|g| g.grade.clone()),
        published: published(names, e),
    }
}

/// A speaker in words.
pub(crate) fn speaker_name(names: &Names<'_>, (side, name): &(Side, String)) -> String {
    match side {
        Side::State => names.actor(name),
        Side::Outlet if name.is_empty() => names.labels.word("author").to_owned(),
        Side::Outlet => name.clone(),
        Side::Named => name.clone(),
        Side::Unnamed if name.is_empty() => names.labels.word("nobody_named").to_owned(),
        Side::Unnamed => format!("{} ({name})", names.labels.word("nobody_named")),
    }
}

fn published(names: &Names<'_>, e: &Evidence) -> String {
    let document = &e.row.document;
    match (document.published_from, document.published_to) {
        (Some(from), Some(to)) => when::interval(&chancery_model::Interval::within(from, to), names.labels),
        _ => names.labels.word("undated").to_owned(),
    }
}

/// The figure of a claim with its unit.
pub(crate) fn amount(claim: &Claim, german: bool) -> Option<String> {
    let number = grouped(claim.amount.as_ref()?.as_str(), german);
    Some(claim.unit.as_ref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}")))
}

/// `48000000` as `48,000,000` or `48.000.000`.
fn grouped(decimal: &str, german: bool) -> String {
    let (separator, point) = if german { ('.', ',') } else { (',', '.') };
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |d| ("-", d));
    let mut out = String::from(sign);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push(separator);
        }
        out.push(c);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// A short quotation around the words that carry it, cut at words; cuts are shown.
pub fn quotation(quote: &Quote, trigger: &str, limit: usize) -> String {
    let text = quote.exact.split_whitespace().collect::<Vec<_>>().join(" ");
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= limit {
        return text;
    }
    let trigger = trigger.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = text.find(&trigger).map_or(0, |byte| text[..byte].chars().count());
    let middle = at + trigger.chars().count().min(limit) / 2;
    let mut start = middle.saturating_sub(limit / 2).min(chars.len() - limit);
    let mut end = start + limit;
    // A word is shown whole or not at all; a text without spaces is cut where it must be.
    if start > 0 {
        start += chars[start..middle].iter().position(|c| *c == ' ').map_or(0, |n| n + 1);
    }
    if end < chars.len() {
        end = chars[middle..end].iter().rposition(|c| *c == ' ').map_or(end, |n| middle + n);
    }
    let cut: String = chars[start..end].iter().collect();
    format!("{}{}{}", if start > 0 { "… " } else { "" }, cut.trim(), if end < chars.len() { " …" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_keep_their_trigger_and_whole_words() {
        let text = format!("{} liefert Munition {}", "Wort ".repeat(60), "Ende ".repeat(60));
        let quote = Quote { start: 0, end: 0, exact: text, prefix: String::new(), suffix: String::new() };
        let short = quotation(&quote, "liefert", 100);
        assert!(
            short.contains("liefert Munition") && short.starts_with("… Wort") && short.ends_with("Ende …"),
            "{short}"
        );
        assert!(short.chars().count() <= 104);
        let long = Quote { exact: "x".repeat(500), ..quote };
        assert!(quotation(&long, "x", 100).chars().count() <= 104);
    }

    #[test]
    fn amounts_are_grouped() {
        assert_eq!(grouped("48000000", false), "48,000,000");
        assert_eq!(grouped("48000000.5", true), "48.000.000,5");
        assert_eq!(grouped("1000", false), "1000");
        assert_eq!(grouped("-12345", true), "-12.345");
    }
}
