//! JSON Lines: one text a line, `{id, text, date, lang, source, url, title}`.

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use crate::error::Error;
use crate::source::{Metadata, dates};

/// One line, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The identifier as given: a string or a number.
    pub id: Option<Value>,
    /// The text.
    pub text: String,
    /// What else the line says.
    pub metadata: Metadata,
}

/// A line that is no record, with the identifier where that much could be read.
#[derive(Debug)]
pub struct BadRecord {
    /// The identifier.
    pub id: Option<Value>,
    /// What is wrong, in words.
    pub why: String,
}

#[derive(Deserialize)]
struct Fields {
    id: Option<Value>,
    text: String,
    date: Option<String>,
    lang: Option<String>,
    source: Option<String>,
    url: Option<String>,
    title: Option<String>,
}

/// Reads one line.
pub fn record(line: &[u8]) -> Result<Record, BadRecord> {
    let fields: Fields = serde_json::from_slice(line).map_err(|error| {
        let id = serde_json::from_slice::<Value>(line).ok().and_then(|v| v.get("id").cloned());
        BadRecord { id, why: plain(&error) }
    })?;
    let bad = |why: String| BadRecord { id: fields.id.clone(), why };
    if !matches!(&fields.id, None | Some(Value::Null | Value::String(_) | Value::Number(_))) {
        return Err(BadRecord { id: None, why: "`id` must be a string or a number".to_owned() });
    }
    let filled = |value: &Option<String>| value.clone().filter(|v| !v.trim().is_empty());
    let published = match filled(&fields.date) {
        None => None,
        Some(date) => Some(
            dates::lenient(&date)
                .ok_or_else(|| bad(format!("`date` is `{date}`; expected YYYY, YYYY-MM, YYYY-MM-DD or null")))?,
        ),
    };
    Ok(Record {
        metadata: Metadata {
            published,
            source: filled(&fields.source),
            url: filled(&fields.url),
            lang: filled(&fields.lang),
            title: filled(&fields.title),
        },
        id: fields.id.filter(|id| !id.is_null()),
        text: fields.text,
    })
}

/// serde's message without its "at line 1 column n": the line's number is told by the caller.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    match error.classify() {
        serde_json::error::Category::Data => message.to_owned(),
        _ => format!("no JSON: {message} at column {}", error.column()),
    }
}

/// A line of input with its number, counted from 1.
pub type Line = (u64, Result<Vec<u8>, Error>);

/// The lines of `reader` that are not blank. A line above `limit` bytes is an error of its own and is skipped without
/// being held in memory.
pub fn lines<R: BufRead>(name: String, reader: R, limit: u64) -> impl Iterator<Item = Line> {
    let mut reader = Some(reader);
    let mut number = 0;
    std::iter::from_fn(move || {
        loop {
            let open = reader.as_mut()?;
            number += 1;
            match next_line(open, limit) {
                Ok(None) => return None,
                Ok(Some(Some(line))) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(Some(Some(line))) => return Some((number, Ok(line))),
                Ok(Some(None)) => {
                    let error = Error::TooLarge { name: format!("{name}:{number}"), bytes: None, limit };
                    return Some((number, Err(error)));
                }
                Err(source) => {
                    // Nothing more can be read: this is the last item.
                    reader = None;
                    return Some((number, Err(Error::read(&name, source))));
                }
            }
        }
    })
}

/// `None` at the end, `Some(None)` for a line that is too long.
#[allow(clippy::option_option)] // outer: the end of the input; inner: a line that is within the limit
fn next_line<R: BufRead>(reader: &mut R, limit: u64) -> std::io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    // A record is its text and a little more; JSON escapes may double or sextuple it.
    let most = limit.saturating_mul(6).saturating_add(65_536);
    if reader.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == most && !line.ends_with(b"\n") {
        reader.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    Ok(Some(Some(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(line: &str) -> String {
        record(line.as_bytes()).unwrap_err().why
    }

    #[test]
    fn a_record() {
        let read =
            record(r#"{"id": 7, "text": "Kim reist.", "date": "2023-09", "lang": null, "more": [1]}"#.as_bytes())
                .unwrap();
        assert_eq!(read.id, Some(Value::from(7)));
        assert_eq!(read.metadata.published.unwrap().to_string(), "2023-09");
        assert_eq!(read.metadata.lang, None);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(why(r#"{"id": "a"}"#), "missing field `text`");
        assert!(why("{\"id\": ").starts_with("no JSON: EOF"), "{}", why("{\"id\": "));
        assert!(why(r#"{"text": "x", "date": "bald"}"#).contains("`bald`"));
        assert!(why(r#"{"text": "x", "id": {}}"#).contains("string or a number"));
        assert_eq!(record(br#"{"id": "a", "text": 1}"#).unwrap_err().id, Some(Value::from("a")));
    }

    #[test]
    fn lines_are_numbered_and_long_ones_skipped() {
        let long = "x".repeat(6 * 10 + 65_536 + 50);
        let input = format!("a\n\n  \nb\n{long}\nc");
        let read: Vec<_> = lines("in".to_owned(), input.as_bytes(), 10)
            .map(|(n, line)| {
                (n, line.map(|l| String::from_utf8(l).unwrap().trim_end().to_owned()).map_err(|e| e.to_string()))
            })
            .collect();
        assert_eq!(read[0], (1, Ok("a".to_owned())));
        assert_eq!(read[1], (4, Ok("b".to_owned())));
        assert_eq!(read[2].0, 5);
        assert!(read[2].1.as_ref().unwrap_err().contains("in:5"), "{:?}", read[2]);
        assert_eq!(read[3], (6, Ok("c".to_owned())));
    }
}
