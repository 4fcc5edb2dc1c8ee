//! Content-addressed identifiers over one canonical form (`docs/canonical-form.md`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::ModelError;
use crate::event::vocabulary;

vocabulary! {
    /// What an identifier names.
    IdKind, "identifier kind" {
        /// `c-`
        Claim = "claim",
        /// `d-`
        Document = "document",
        /// `o-`
        Observation = "observation",
        /// `a-`
        Assessment = "assessment",
        /// `f-`
        Figure = "figure",
        /// `r-`
        Run = "run",
    }
}

impl IdKind {
    fn letter(self) -> char {
        match self {
            Self::Claim => 'c',
            Self::Document => 'd',
            Self::Observation => 'o',
            Self::Assessment => 'a',
            Self::Figure => 'f',
            Self::Run => 'r',
        }
    }
}

/// Characters after the prefix of a full identifier: 130 bits.
const LENGTH: usize = 26;
/// Characters after the prefix from which a shortened identifier is accepted.
const SHORTEST: usize = 6;

/// An identifier: a letter, a dash, and 26 characters of lower-case base32 of a SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(SmolStr);

impl Id {
    /// The identifier of `value`: SHA-256 of `chancery/<kind>/1`, a line feed, and the canonical JSON.
    pub fn of(kind: IdKind, value: &Value) -> Result<Self, ModelError> {
        let mut hasher = Sha256::new();
        hasher.update(format!("chancery/{kind}/1\n"));
        hasher.update(canonical_json(value)?);
        let text = data_encoding::BASE32_NOPAD.encode(&hasher.finalize()).to_ascii_lowercase();
        Ok(Self(SmolStr::from(format!("{}-{}", kind.letter(), &text[..LENGTH]))))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it names.
    pub fn kind(&self) -> IdKind {
        let letter = self.0.chars().next().unwrap_or('c');
        IdKind::ALL.iter().copied().find(|k| k.letter() == letter).unwrap_or(IdKind::Claim)
    }

    /// Whether `prefix` (at least six characters after the letter) begins this identifier.
    pub fn matches(&self, prefix: &str) -> bool {
        prefix.len() >= SHORTEST + 2 && self.0.starts_with(prefix)
    }
}

impl FromStr for Id {
    type Err = ModelError;

    /// Reads a full identifier, or a prefix of six characters or more.
    fn from_str(s: &str) -> Result<Self, ModelError> {
        let bad = || ModelError::Id(s.to_owned());
        let (letter, rest) = s.split_once('-').ok_or_else(bad)?;
        let known = letter.len() == 1 && IdKind::ALL.iter().any(|k| letter.starts_with(k.letter()));
        let shaped = (SHORTEST..=LENGTH).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
        if known && shaped { Ok(Self(SmolStr::new(s))) } else { Err(bad()) }
    }
}

impl TryFrom<String> for Id {
    type Error = ModelError;

    fn try_from(s: String) -> Result<Self, ModelError> {
        s.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0.to_string()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// SHA-256 of bytes, as lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

/// RFC 8785 (JSON Canonicalization Scheme) for values without floating point numbers, which are refused: amounts are
/// decimals in strings. Keys are sorted by UTF-16 code units, absent fields are omitted by the caller, no Unicode
/// normalisation takes place.
pub fn canonical_json(value: &Value) -> Result<String, ModelError> {
    let mut out = String::new();
    write_canonical(value, &mut out)?;
    Ok(out)
}

fn write_canonical(value: &Value, out: &mut String) -> Result<(), ModelError> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Number(n) if n.is_i64() || n.is_u64() => out.push_str(&n.to_string()),
        Value::Number(n) => return Err(ModelError::Canonical(format!("floating point number {n}"))),
        Value::String(s) => write_string(s, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_canonical(item, out)?;
            }
            out.push(']');
        }
        Value::Object(map) => {
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (i, key) in keys.into_iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                write_string(key, out);
                out.push(':');
                write_canonical(&map[key], out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_string(s: &str, out: &mut String) {
    use fmt::Write;
    out.push('"');
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn canonical_form() {
        let value = serde_json::json!({ "b": [1, true, null], "a": "ü\n\u{1}\"", "\u{20ac}": 2, "\r": 3 });
        assert_eq!(
            canonical_json(&value).unwrap(),
            "{\"\\r\":3,\"a\":\"ü\\n\\u0001\\\"\",\"b\":[1,true,null],\"€\":2}"
        );
        assert!(canonical_json(&serde_json::json!(1.5)).is_err());
    }

    #[test]
    fn identifiers_read_and_refuse() {
        let id = Id::of(IdKind::Claim, &serde_json::json!({ "a": 1 })).unwrap();
        assert_eq!(id.as_str().len(), 28);
        assert_eq!(id.as_str().parse::<Id>().unwrap(), id);
        assert!(id.matches(&id.as_str()[..8]));
        assert!(!id.matches(&id.as_str()[..7]));
        for bad in ["", "c-", "c-abc", "x-abcdef", "c-ABCDEF", "c-abcde1"] {
            assert!(bad.parse::<Id>().is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn canonical_strings_read_back(s in "\\PC*", t in any::<String>()) {
            let value = serde_json::json!({ "k": s, "l": [t] });
            let read: Value = serde_json::from_str(&canonical_json(&value).unwrap()).unwrap();
            prop_assert_eq!(read, value);
        }
    }
}
