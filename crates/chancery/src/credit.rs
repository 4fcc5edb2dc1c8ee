//! The agency that a text credits: `BERLIN (dpa) -`, `SEOUL, Oct. 1 (Yonhap) --`, `Mit Material von dpa`, a last line `dpa/afp`.
//!
//! Texts with the same credit are not independent of each other. The forms of credit come from the table of outlets.

use std::collections::BTreeMap;

/// Characters at the head in which a dateline stands.
const HEAD: usize = 400;
/// Characters at the end in which a credit stands.
const TAIL: usize = 200;
/// Words that lead a credit in.
const LEADS: &[&str] = &[
    "quelle:",
    "quellen:",
    "source:",
    "sources:",
    "mit material von",
    "mit material der",
    "mit agenturmaterial von",
    "mit informationen von",
    "mit informationen der",
    "with reporting by",
    "reporting by",
    "with material from",
];

/// The agencies and how texts credit them.
#[derive(Debug, Default, Clone)]
pub struct Agencies {
    /// Form of credit in lower case to the agency's short name.
    forms: BTreeMap<String, String>,
}

impl Agencies {
    /// The rows of the kind `agency` in the table of outlets (`data/sources/outlets.tsv`).
    pub fn from_outlets(table: &str) -> Self {
        let mut rows = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
        let header: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
        let column = |name: &str| header.iter().position(|h| *h == name);
        let (Some(kind), Some(credit)) = (column("kind"), column("credit")) else { return Self::default() };
        let mut forms = BTreeMap::new();
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            let credits: Vec<&str> = cells
                .get(credit)
                .unwrap_or(&"")
                .split(';')
                .map(|form| form.trim().trim_matches(['(', ')']))
                .filter(|form| !form.is_empty())
                .collect();
            if cells.get(kind) != Some(&"agency") || credits.is_empty() {
                continue;
            }
            for form in &credits {
                forms.entry(form.to_lowercase()).or_insert_with(|| credits[0].to_owned());
            }
        }
        Self { forms }
    }

    /// The agency that `text` credits, by its short name; the first where several are named.
    pub fn credited(&self, text: &str) -> Option<&str> {
        let text = text.trim();
        let head = &text[..boundary(text, HEAD)];
        let tail = &text[text.len() - boundary_back(text, TAIL)..];
        bracketed(head)
            .find_map(|inner| self.names(inner))
            .or_else(|| {
                text.lines().last().and_then(|line| self.names(line.trim_matches(['(', ')', '.', ' ', '–', '-'])))
            })
            .or_else(|| self.led_in(tail))
            .or_else(|| bracketed(tail).filter_map(|inner| self.names(inner)).last())
    }

    /// Whether all of `text` is names of agencies: `dpa`, `dpa/AFP`, `AFP, Reuters`.
    fn names(&self, text: &str) -> Option<&str> {
        if text.chars().count() > 60 {
            return None;
        }
        if let Some(agency) = self.forms.get(&text.trim().to_lowercase()) {
            return Some(agency);
        }
        let mut parts = text.split(['/', ',', ';', '+']).flat_map(|p| p.split(" und ")).flat_map(|p| p.split(" and "));
        let mut first = None;
        // Every part must be a name; departments (`dpa/lnw`) and initials of editors stand behind a slash in small letters.
        parts.try_fold((), |(), part| {
            let part = part.trim();
            match self.forms.get(&part.to_lowercase()) {
                Some(agency) => {
                    first = first.or(Some(agency.as_str()));
                    Some(())
                }
                None if first.is_some() && part.len() <= 4 && part.chars().all(char::is_lowercase) => Some(()),
                None => None,
            }
        })?;
        first
    }

    fn led_in(&self, tail: &str) -> Option<&str> {
        let lower = tail.to_lowercase();
        LEADS.iter().find_map(|lead| {
            let at = lower.rfind(lead)?;
            let rest = lower[at + lead.len()..].lines().next()?.trim();
            self.names(rest.trim_end_matches(['.', ')', ' ']))
        })
    }
}

/// What stands in round brackets.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    text.split('(').skip(1).filter_map(|rest| rest.split_once(')').map(|(inner, _)| inner))
}

/// The byte after at most `chars` characters.
fn boundary(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(at, _)| at)
}

/// The number of bytes of the last `chars` characters.
fn boundary_back(text: &str, chars: usize) -> usize {
    text.char_indices().rev().nth(chars.saturating_sub(1)).map_or(text.len(), |(at, _)| text.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "id\tname\tkind\tcredit\n# agencies\nr\tReuters\tagency\tReuters; (Reuters); rtr\n\
        d\tDeutsche Presse-Agentur\tagency\tdpa; (dpa); dpa-AFX\na\tAgence France-Presse\tagency\tAFP; (AFP); afp\n\
        y\tYonhap\tagency\tYonhap; (Yonhap)\nn\tNordbote\tnewspaper\tNB\n";

    #[test]
    fn credits() {
        let agencies = Agencies::from_outlets(TABLE);
        for (text, expected) in [
            ("Berlin (dpa) - Die Bundesregierung verurteilt den Angriff.", Some("dpa")),
            ("SEOUL, Oct. 1 (Yonhap) -- South Korea summoned the envoy.", Some("Yonhap")),
            ("Raketentest\n\nTokio (AFP/dpa) – Japan protestiert.", Some("AFP")),
            ("Düsseldorf (dpa/lnw) - Der Konsul reiste ab.", Some("dpa")),
            ("Moskau droht mit Vergeltung.\n\nQuelle: dpa-AFX", Some("dpa")),
            ("Moscow warned of retaliation.\nReporting by Reuters", Some("Reuters")),
            ("Peking protestiert gegen den Besuch.\n\ndpa/afp", Some("dpa")),
            ("Peking protestiert. (Mit Material von AFP)", Some("AFP")),
            ("Peking protestiert gegen den Besuch. (rtr)", Some("Reuters")),
            ("Wie Reuters meldet, protestiert Peking.", None),
            ("Der Sprecher (52) von Reuters trat zurück.", None),
            ("Die Zeitung (NB) berichtet.", None),
            ("", None),
        ] {
            assert_eq!(agencies.credited(text), expected, "{text}");
        }
    }
}
