//! Front matter: `key: value` lines between two `---` at the head of a text or Markdown file.

use crate::source::{Metadata, dates};

/// Lines looked at for the closing `---`: a text that merely begins with a rule is no front matter.
const LONGEST: usize = 64;

/// What stands at the head of a text, and where the text proper begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// What it says.
    pub metadata: Metadata,
    /// First byte after the closing line.
    pub body: usize,
}

/// A value that cannot be read, with its key and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadValue {
    /// The key.
    pub key: &'static str,
    /// The value as written.
    pub value: String,
}

/// Reads the front matter of `text`; `None` if it has none. Keys: `date`, `source`, `url`, `lang`, `title`; further
/// keys, lists and nested values are skipped, as static site generators put many there.
pub fn front_matter(text: &str) -> Result<Option<FrontMatter>, BadValue> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|l| l.trim_end() == "---") else { return Ok(None) };
    let mut metadata = Metadata::default();
    let mut body = first.len();
    for line in lines.take(LONGEST) {
        body += line.len();
        let trimmed = line.trim_end();
        if matches!(trimmed, "---" | "...") {
            return Ok(Some(FrontMatter { metadata, body }));
        }
        let nested = trimmed.is_empty() || trimmed.starts_with([' ', '\t', '#', '-', ']', '}']);
        if nested {
            continue;
        }
        let Some((key, value)) = trimmed.split_once(':') else { return Ok(None) };
        if !key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c)) {
            return Ok(None);
        }
        take(&mut metadata, key, unquote(value.trim()))?;
    }
    Ok(None)
}

fn take(metadata: &mut Metadata, key: &str, value: String) -> Result<(), BadValue> {
    if value.is_empty() {
        return Ok(());
    }
    match key.to_ascii_lowercase().as_str() {
        "date" | "published" => {
            let date = dates::lenient(&value).ok_or(BadValue { key: "date", value })?;
            metadata.published = Some(date);
        }
        "source" => metadata.source = Some(value),
        "url" => metadata.url = Some(value),
        "lang" | "language" => metadata.lang = Some(value),
        "title" => metadata.title = Some(value),
        _ => {}
    }
    Ok(())
}

/// A YAML scalar: quoted as written, plain without its trailing comment.
fn unquote(value: &str) -> String {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote).and_then(|v| v.rsplit_once(quote)).map(|(inner, _)| inner) {
            return if quote == '"' {
                inner.replace("\\\"", "\"").replace("\\\\", "\\")
            } else {
                inner.replace("''", "'")
            };
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<FrontMatter> {
        front_matter(text).unwrap()
    }

    #[test]
    fn known_keys_are_read() {
        let text = "---\ndate: 2024-03-05\nsource: \"Tagesblick\"   # printed edition\nurl: https://a.example/b#c\nlang: de\ntitle: 'Kim''s Reise: ein Plan'\ntags:\n  - reise\n---\nText.\n";
        let found = read(text).unwrap();
        assert_eq!(&text[found.body..], "Text.\n");
        let meta = found.metadata;
        assert_eq!(meta.published.unwrap().to_string(), "2024-03-05");
        assert_eq!(meta.source.as_deref(), Some("Tagesblick"));
        assert_eq!(meta.url.as_deref(), Some("https://a.example/b#c"));
        assert_eq!(meta.lang.as_deref(), Some("de"));
        assert_eq!(meta.title.as_deref(), Some("Kim's Reise: ein Plan"));
    }

    #[test]
    fn times_of_day_and_windows_line_ends() {
        let found = read("---\r\ndate: 2024-03-05T08:00:00+01:00\r\n---\r\nText").unwrap();
        assert_eq!(found.metadata.published.unwrap().to_string(), "2024-03-05");
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        for text in [
            "---\nMoscow protests\n---\nmore",
            "--- \n",
            "Text\n---\ndate: 2024\n---\n",
            "---\ndate: 2024-01-01\nand no end",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_said() {
        let error = front_matter("---\ndate: gestern\n---\nText").unwrap_err();
        assert_eq!(error, BadValue { key: "date", value: "gestern".to_owned() });
    }
}
