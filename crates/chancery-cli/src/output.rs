//! Standard output: lines and JSON, and a quiet end when nobody reads any more.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Stdout, Write};

use serde::Serialize;

use crate::error::CommandError;
use crate::terminal::unsafe_char;

/// Buffered standard output.
pub(crate) struct Output(BufWriter<Stdout>);

impl Output {
    /// Standard output.
    pub(crate) fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout()))
    }

    /// Writes text as it is. What comes from a source is cleaned by the caller.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), CommandError> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes of a form that is no text.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> Result<(), CommandError> {
        self.0.write_all(bytes).map_err(CommandError::output)
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), CommandError> {
        self.text(text)?;
        self.text("\n")
    }

    /// Hands everything to whoever reads.
    pub(crate) fn flush(&mut self) -> Result<(), CommandError> {
        self.0.flush().map_err(CommandError::output)
    }
}

/// A value as JSON on one line.
pub(crate) fn json(value: &impl Serialize) -> String {
    escaped(serde_json::to_string(value))
}

/// A value as JSON for reading.
pub(crate) fn pretty_json(value: &impl Serialize) -> String {
    escaped(serde_json::to_string_pretty(value))
}

/// JSON in which every character that a terminal would act on is written as `\uXXXX`: the same value, safe to show. Such
/// characters occur inside strings alone.
fn escaped(json: serde_json::Result<String>) -> String {
    // Only maps with keys that are no strings fail, and the output types have none.
    let json = json.unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"));
    if !json.chars().any(|c| unsafe_char(c) && c != '\n') {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if unsafe_char(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_the_same_value_and_safe() {
        let value = serde_json::json!({ "a": "x\u{1b}[2J\u{9b}1m\u{202e}y\u{e0041}\n", "b": ["für", 1] });
        for text in [json(&value), pretty_json(&value)] {
            assert!(!text.chars().any(unsafe_char), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
    }
}
