//! JSON in which nothing acts on a terminal.

use std::fmt::Write;

use serde::Serialize;

use super::clean::legible;

/// A value as JSON for reading, safe to show.
pub fn json(value: &impl Serialize) -> String {
    // Only maps with keys that are no strings fail, and the output types have none.
    escaped(&serde_json::to_string_pretty(value).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}")))
}

/// JSON in which every acting character is written as `\uXXXX`: the same value. They occur inside strings alone.
pub fn escaped(json: &str) -> String {
    if matches!(legible(json), std::borrow::Cow::Borrowed(_)) {
        return json.to_owned();
    }
    let mut out = String::with_capacity(json.len() + 16);
    let mut buffer = [0; 4];
    for c in json.chars() {
        if c == '\n' || matches!(legible(c.encode_utf8(&mut buffer)), std::borrow::Cow::Borrowed(_)) {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_same_value() {
        let value = serde_json::json!({ "a": "x\u{1b}\u{202e}y\u{e0041}", "b": ["für"] });
        let text = super::json(&value);
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{e0041}']));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
