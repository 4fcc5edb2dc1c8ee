//! A coded text for people: one row a claim, the words below it.

use chancery::code::Coded;
use chancery::model::{
    Abstention, Assessment, Attribution, Certainty, Claim, Derivation, HolderKind, Interval, Link, Party, Polarity,
    Quote,
};
use chancery::source::Passage;

use crate::terminal::{aligned, count, cut, one_line};

/// What stands before the words of a claim.
const INDENT: &str = "      ";

/// The whole of a coded text, without a final line feed.
pub(crate) fn coding(passage: &Passage, coded: &Coded, width: usize, explain: bool) -> String {
    let found = &coded.coding;
    let mut lines = vec![head(passage, coded)];
    lines.extend(coded.notes.iter().map(|note| format!("note: {note}")));
    if !found.claims.is_empty() {
        lines.push(String::new());
        let rows: Vec<[String; 6]> = found.claims.iter().enumerate().map(|(n, claim)| row(n, claim)).collect();
        for (row, claim) in aligned(&rows, &[0]).iter().zip(&found.claims) {
            lines.push(row.trim_end().to_owned());
            lines.push(format!("{INDENT}{}", words(&claim.quote, &claim.trigger, width)));
            if explain {
                lines.extend(explained(&claim.derivation, claim.id().ok().map(|id| id.to_string())));
            }
        }
    }
    if !found.assessments.is_empty() {
        lines.extend([String::new(), "Assessments".to_owned()]);
        let rows: Vec<[String; 4]> = found.assessments.iter().map(assessment_row).collect();
        for (row, assessment) in aligned(&rows, &[]).iter().zip(&found.assessments) {
            lines.push(format!("  {}", row.trim_end()));
            lines.push(format!("{INDENT}{}", words(&assessment.quote, &assessment.trigger, width)));
            if explain {
                lines.extend(explained(&assessment.derivation, assessment.id().ok().map(|id| id.to_string())));
            }
        }
    }
    if !found.abstentions.is_empty() {
        lines.extend([String::new(), "Not coded".to_owned()]);
        lines.extend(found.abstentions.iter().map(|a| abstention(a, width)));
    }
    lines.join("\n")
}

fn head(passage: &Passage, coded: &Coded) -> String {
    let found = &coded.coding;
    let mut parts = vec![one_line(&passage.name), coded.lang.to_string()];
    parts.extend(passage.metadata.published.map(|date| date.to_string()));
    parts.extend(passage.metadata.source.as_deref().map(one_line));
    parts.extend(coded.agency.as_deref().map(|agency| format!("credits {agency}")));
    parts.push(format!(
        "{}, {}, {} not coded",
        count(found.claims.len(), "claim"),
        count(found.assessments.len(), "assessment"),
        found.abstentions.len()
    ));
    parts.join(" · ")
}

fn row(n: usize, claim: &Claim) -> [String; 6] {
    let inner = claim.attribution.innermost();
    let who = if claim.recipient.is_empty() {
        codes(&claim.initiator)
    } else {
        format!("{} → {}", codes(&claim.initiator), codes(&claim.recipient))
    };
    let amount = claim.amount.as_ref().map(|amount| {
        claim.unit.as_ref().map_or_else(|| amount.as_str().to_owned(), |unit| format!("{} {unit}", amount.as_str()))
    });
    let rest: Vec<String> = [claim.occurred.map(|time| when(&time)), amount, claim.place.as_deref().map(one_line)]
        .into_iter()
        .flatten()
        .collect();
    [
        format!("{:>3}", n + 1),
        claim.event_type.to_string(),
        who,
        factuality(claim.status.as_str(), inner),
        format!("says {}", speaker(&claim.attribution)),
        rest.join(", "),
    ]
}

fn assessment_row(a: &Assessment) -> [String; 4] {
    let mut who = codes(&a.subject);
    if !a.object.is_empty() {
        who = format!("{who} → {}", codes(&a.object));
    }
    if !a.third.is_empty() {
        who = format!("{who} ({})", codes(&a.third));
    }
    let what: Vec<&str> =
        [a.good.as_deref(), a.direction.map(chancery::model::Direction::as_str)].into_iter().flatten().collect();
    [
        a.kind.to_string(),
        who,
        factuality(&what.join(" "), a.attribution.innermost()),
        format!("says {}", speaker(&a.attribution)),
    ]
}

fn abstention(a: &Abstention, width: usize) -> String {
    let actors: Vec<&str> = a.actors.iter().map(chancery::model::ActorCode::as_str).collect();
    let start = format!("  {} ({})", a.reason, actors.join(", "));
    let detail = if a.detail.is_empty() { String::new() } else { format!(" {}", one_line(&a.detail)) };
    cut(&format!("{start}{detail}: {}", one_line(&a.quote.exact)), width)
}

/// `occurred`, `not occurred`, `occurred?`, with the certainty where it is less than certain.
fn factuality(status: &str, link: &Link) -> String {
    let with_polarity = match link.polarity {
        Polarity::Positive => status.to_owned(),
        Polarity::Negative => format!("not {status}").trim_end().to_owned(),
        Polarity::Unknown => format!("{status}?"),
    };
    if link.certainty == Certainty::Certain { with_polarity } else { format!("{with_polarity}, {}", link.certainty) }
}

/// Who says so: the innermost speaker, by code or by the words that name it.
fn speaker(attribution: &Attribution) -> String {
    let inner = attribution.innermost();
    let named = cut(&one_line(&inner.mention), 30);
    match (inner.kind, &inner.actor) {
        (HolderKind::Document, _) => "the text".to_owned(),
        (_, Some(actor)) => actor.to_string(),
        (HolderKind::Unnamed, _) | (_, None) if named.is_empty() => "somebody".to_owned(),
        _ => named,
    }
}

fn codes(parties: &[Party]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for party in parties {
        if !codes.contains(&party.actor.as_str()) {
            codes.push(party.actor.as_str());
        }
    }
    codes.join("+")
}

/// A day, or the first and last day of an interval.
fn when(time: &Interval) -> String {
    let last = time.to.and_then(|to| to.yesterday().ok());
    match (time.from, last) {
        (Some(from), Some(last)) if from == last => from.to_string(),
        (Some(from), Some(last)) => format!("{from}..{last}"),
        (Some(from), None) => format!("since {from}"),
        (None, Some(last)) => format!("until {last}"),
        (None, None) => String::new(),
    }
}

/// The quotation, cut around the words that carry the event.
fn words(quote: &Quote, trigger: &str, width: usize) -> String {
    let (text, trigger) = (one_line(&quote.exact), one_line(trigger));
    let room = width.saturating_sub(INDENT.len() + 2).max(20);
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= room {
        return format!("“{text}”");
    }
    let at = text.find(&trigger).map_or(0, |byte| text[..byte].chars().count());
    // Begin at a word, with the trigger in the first two thirds.
    let mut begin = (at + trigger.chars().count()).saturating_sub(room * 2 / 3);
    while begin > 0 && begin < at && chars[begin - 1] != ' ' {
        begin += 1;
    }
    let lead = if begin > 0 { "…" } else { "" };
    let shown: String = chars[begin..].iter().collect();
    format!("“{lead}{}”", cut(&shown, room - lead.len().min(1)))
}

fn explained(derivation: &Derivation, id: Option<String>) -> Vec<String> {
    let mut parts = vec![derivation.lexicon_row.clone(), derivation.rule.clone()];
    parts.extend(derivation.cues.iter().cloned());
    parts.retain(|part| !part.is_empty());
    let because = format!("{INDENT}because: {}", one_line(&parts.join(" · ")));
    let id = id.map(|id| format!("{INDENT}id: {id}"));
    std::iter::once(because).chain(id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str) -> Quote {
        Quote { start: 0, end: 0, exact: text.to_owned(), prefix: String::new(), suffix: String::new() }
    }

    #[test]
    fn a_quotation_is_cut_around_its_trigger() {
        assert_eq!(words(&quote("Kim reist."), "reist", 60), "“Kim reist.”");
        let long = format!("{} lieferte Munition {}", "Nordkorea ".repeat(12).trim(), "an Russland ".repeat(12).trim());
        let shown = words(&quote(&long), "lieferte", 60);
        assert!(shown.contains("lieferte") && shown.starts_with("“…") && shown.ends_with("…”"), "{shown}");
        assert!(shown.chars().count() <= 60 - INDENT.len(), "{shown}");
    }

    #[test]
    fn factuality_reads_as_a_phrase() {
        let link = Link::document(Certainty::Certain, Polarity::Positive);
        assert_eq!(factuality("occurred", &link), "occurred");
        let link = Link::document(Certainty::Uncommitted, Polarity::Unknown);
        assert_eq!(factuality("occurred", &link), "occurred?, uncommitted");
        let link = Link::document(Certainty::Certain, Polarity::Negative);
        assert_eq!(factuality("planned", &link), "not planned");
    }

    #[test]
    fn times() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(when(&Interval::day(day("2023-09-12"))), "2023-09-12");
        assert_eq!(when(&Interval::within(day("2019-01-01"), day("2020-01-01"))), "2019-01-01..2019-12-31");
    }
}
