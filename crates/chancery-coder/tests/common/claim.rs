//! A claim as the coding guidelines and the specifications write it.

use std::fmt;

use chancery_coder::{Coding, flat};

/// The fields of a claim that a specification fixes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) event: String,
    pub(crate) initiator: Vec<String>,
    pub(crate) recipient: Vec<String>,
    pub(crate) status: String,
    pub(crate) polarity: String,
    pub(crate) holder: String,
    pub(crate) certainty: String,
    /// The words that carry the event; several wordings of one passage are separated by ` / `.
    pub(crate) trigger: String,
    /// Figure and unit, where the passage gives one.
    pub(crate) amount: Option<(String, String)>,
}

impl Line {
    /// Reads `TYPE A + B > C | status polarity holder certainty | words | amount unit`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let fields: Vec<&str> = text.split('|').map(str::trim).collect();
        let (head, values, trigger) = match fields.as_slice() {
            [head, values, trigger] | [head, values, trigger, _] => (*head, *values, *trigger),
            _ => return Err(format!("`{text}` has {} fields, not 3 or 4", fields.len())),
        };
        let (event, parties) = head.split_once(' ').ok_or_else(|| format!("`{head}` names no party"))?;
        let (initiator, recipient) = parties.split_once('>').unwrap_or((parties, ""));
        let [status, polarity, holder, certainty] = values.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!("`{values}` is not `status polarity holder certainty`"));
        };
        let amount = match fields.get(3).map(|f| f.split_whitespace().collect::<Vec<_>>()) {
            None => None,
            Some(parts) => match parts[..] {
                [amount, unit] => Some((amount.to_owned(), unit.to_owned())),
                _ => return Err(format!("`{}` is not `amount unit`", fields[3])),
            },
        };
        Ok(Self {
            event: event.to_owned(),
            initiator: codes(initiator),
            recipient: codes(recipient),
            status: status.to_owned(),
            polarity: polarity.to_owned(),
            holder: holder.to_owned(),
            certainty: certainty.to_owned(),
            trigger: trigger.to_owned(),
            amount,
        })
    }

    /// A coded claim in these fields.
    pub(crate) fn of(claim: &flat::FlatClaim) -> Self {
        let sorted = |codes: &[String]| {
            let mut codes = codes.to_vec();
            codes.sort();
            codes
        };
        Self {
            event: claim.event_type.clone(),
            initiator: sorted(&claim.initiator),
            recipient: sorted(&claim.recipient),
            status: claim.status.clone(),
            polarity: claim.polarity.clone(),
            holder: claim.holder.clone(),
            certainty: claim.certainty.clone(),
            trigger: claim.trigger.clone(),
            amount: claim.amount.as_ref().map(|a| (a.to_string(), claim.unit.clone().unwrap_or_default())),
        }
    }

    /// Whether a coded claim is this expected one. Everything must be equal; of the words that carry the event, the
    /// shorter ones must lie within the longer ("Kritik" and "übte Kritik" mark one event).
    pub(crate) fn is(&self, coded: &Self) -> bool {
        let rest = |l: &Self| Self { trigger: String::new(), ..l.clone() };
        rest(self) == rest(coded)
            && self.trigger.split(" / ").any(|t| within(t, &coded.trigger) || within(&coded.trigger, t))
    }

    /// The claim with other actor codes.
    pub(crate) fn recoded(&self, code: impl Fn(&str) -> String) -> Self {
        let all = |codes: &[String]| {
            let mut out: Vec<String> = codes.iter().map(|c| code(c)).collect();
            out.sort();
            out
        };
        let holder =
            if matches!(self.holder.as_str(), "author" | "other") { self.holder.clone() } else { code(&self.holder) };
        Self { initiator: all(&self.initiator), recipient: all(&self.recipient), holder, ..self.clone() }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.event, self.initiator.join(" + "))?;
        // One party alone acts towards nobody; a reciprocal event has several and no arrow.
        if !self.recipient.is_empty() || self.initiator.len() < 2 {
            write!(f, " > {}", self.recipient.join(" + "))?;
        }
        write!(f, " | {} {} {} {} | {}", self.status, self.polarity, self.holder, self.certainty, self.trigger)?;
        self.amount.as_ref().map_or(Ok(()), |(amount, unit)| write!(f, " | {amount} {unit}"))
    }
}

fn codes(list: &str) -> Vec<String> {
    let mut out: Vec<String> =
        list.split('+').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    out.sort();
    out
}

/// Whether the words of `part` stand in `whole` one after the other.
fn within(part: &str, whole: &str) -> bool {
    let (part, whole): (Vec<&str>, Vec<&str>) = (part.split_whitespace().collect(), whole.split_whitespace().collect());
    !part.is_empty() && whole.windows(part.len()).any(|w| w == part)
}

/// The claims of a coding as lines.
pub(crate) fn lines(coding: &Coding) -> Vec<Line> {
    coding.claims.iter().map(|claim| Line::of(&flat::claim(claim))).collect()
}

/// Expected and coded claims of a passage.
pub(crate) struct Compared<'a> {
    /// Expected and not coded.
    pub(crate) missing: Vec<&'a Line>,
    /// Coded and not expected.
    pub(crate) further: Vec<&'a Line>,
    /// Both.
    pub(crate) found: Vec<&'a Line>,
}

/// Pairs expected claims with coded ones, one with one.
pub(crate) fn compare<'a>(wanted: &'a [Line], coded: &'a [Line]) -> Compared<'a> {
    let mut left: Vec<&Line> = coded.iter().collect();
    let (mut missing, mut found) = (Vec::new(), Vec::new());
    for line in wanted {
        match left.iter().position(|c| line.is(c)) {
            Some(at) => {
                left.remove(at);
                found.push(line);
            }
            None => missing.push(line),
        }
    }
    Compared { missing, further: left, found }
}

impl Compared<'_> {
    /// Whether exactly the expected claims were coded.
    pub(crate) fn holds(&self) -> bool {
        self.missing.is_empty() && self.further.is_empty()
    }

    /// The claims side by side, for a reader.
    pub(crate) fn report(&self) -> String {
        let mut out = String::new();
        for (mark, lines) in [("  both    ", &self.found), ("  wanted  ", &self.missing), ("  coded   ", &self.further)]
        {
            for line in lines {
                out.push_str(mark);
                out.push_str(&line.to_string());
                out.push('\n');
            }
        }
        if out.is_empty() { "  both     none\n".to_owned() } else { out }
    }
}
