//! What a lexicon row must yield in its example, as the column `claims` (or `expect`) writes it.

use chancery_coder::flat::{FlatAssessment, FlatClaim};

/// A claim of the column: type, parties, and the values in brackets.
#[derive(Debug)]
struct Wanted<'a> {
    event: &'a str,
    initiator: Vec<&'a str>,
    recipient: Vec<&'a str>,
    values: Vec<(&'a str, &'a str)>,
}

impl<'a> Wanted<'a> {
    /// Reads `TYPE A+B>C [status=planned holder=D]`.
    fn parse(text: &'a str) -> Result<Self, String> {
        let (head, values) = match text.split_once('[') {
            Some((head, rest)) => (head.trim(), rest.strip_suffix(']').ok_or("a bracket is not closed")?),
            None => (text, ""),
        };
        let (event, parties) = head.split_once(' ').ok_or_else(|| format!("`{head}` is not `TYPE PARTIES`"))?;
        let (initiator, recipient) = parties.split_once('>').unwrap_or((parties, ""));
        let values = values
            .split_whitespace()
            .map(|pair| pair.split_once('=').ok_or_else(|| format!("`{pair}` is not `field=value`")))
            .collect::<Result<_, _>>()?;
        Ok(Self { event, initiator: codes(initiator), recipient: codes(recipient), values })
    }

    fn is(&self, claim: &FlatClaim) -> Result<bool, String> {
        for (field, value) in &self.values {
            let coded = match *field {
                "status" => &claim.status,
                "polarity" => &claim.polarity,
                "holder" => &claim.holder,
                "certainty" => &claim.certainty,
                _ => return Err(format!("`{field}` is no field of a claim")),
            };
            if coded != value {
                return Ok(false);
            }
        }
        Ok(claim.event_type == self.event
            && same(&claim.initiator, &self.initiator)
            && same(&claim.recipient, &self.recipient))
    }
}

/// What keeps the claims from being those of the column: nothing where each comes out, and none for `-`.
///
/// A row answers for its own claims; what else an example says is not counted against it.
pub(crate) fn claims(column: &str, coded: &[FlatClaim]) -> Result<Option<String>, String> {
    if column == "-" {
        return Ok((!coded.is_empty()).then(|| "no claim".to_owned()));
    }
    let mut left: Vec<&FlatClaim> = coded.iter().collect();
    for text in column.split(';').map(str::trim).filter(|t| !t.is_empty()) {
        let wanted = Wanted::parse(text)?;
        let mut at = None;
        for (n, claim) in left.iter().enumerate() {
            if at.is_none() && wanted.is(claim)? {
                at = Some(n);
            }
        }
        match at {
            Some(n) => drop(left.remove(n)),
            None => return Ok(Some(text.to_owned())),
        }
    }
    Ok(None)
}

/// The same for `KIND SUBJECT direction OBJECT good=…`, of which direction, object and good may be left out.
pub(crate) fn assessments(column: &str, coded: &[FlatAssessment]) -> Result<Option<String>, String> {
    if column == "-" {
        return Ok((!coded.is_empty()).then(|| "no assessment".to_owned()));
    }
    for text in column.split(';').map(str::trim).filter(|t| !t.is_empty()) {
        let mut words = text.split_whitespace();
        let kind = words.next().ok_or("no kind")?.to_lowercase();
        let subject = codes(words.next().ok_or_else(|| format!("`{text}` has no subject"))?);
        let (mut object, mut direction, mut good) = (Vec::new(), None, None);
        for word in words {
            if let Some(value) = word.strip_prefix("good=") {
                good = Some(value);
            } else if word.chars().next().is_some_and(char::is_uppercase) {
                object = codes(word);
            } else {
                direction = Some(word);
            }
        }
        let fits = |a: &FlatAssessment| {
            a.kind == kind
                && same(&a.subject, &subject)
                && (object.is_empty() || same(&a.object, &object))
                && direction.is_none_or(|d| a.direction.as_deref() == Some(d))
                && good.is_none_or(|g| a.good.as_deref().is_some_and(|coded| coded == g || coded == in_words(g)))
        };
        if !coded.iter().any(fits) {
            return Ok(Some(text.to_owned()));
        }
    }
    Ok(None)
}

/// Some classes of words have another name as a good (`docs/glossary.md`).
fn in_words(class: &str) -> &str {
    match class {
        "money" => "capital",
        "transport" => "transit",
        "relief_goods" => "relief",
        other => other,
    }
}

fn codes(list: &str) -> Vec<&str> {
    let mut out: Vec<&str> = list.split('+').map(str::trim).filter(|c| !c.is_empty()).collect();
    out.sort_unstable();
    out
}

fn same(coded: &[String], wanted: &[&str]) -> bool {
    let mut coded: Vec<&str> = coded.iter().map(String::as_str).collect();
    coded.sort_unstable();
    coded == wanted
}
