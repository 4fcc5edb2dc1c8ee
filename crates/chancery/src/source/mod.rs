//! Where texts come from: files, folders, standard input, JSON Lines; plain text, Markdown, web pages.
//!
//! A text is captured (bytes as they are), decoded, and given the metadata it carries. What the caller says (`--date` …)
//! stands above front matter, front matter above what a page says about itself.

pub mod dates;
pub mod encoding;
pub mod files;
pub mod front_matter;
pub mod html;
pub mod jsonl;
pub mod markdown;

use std::io::{BufRead, Read};
use std::path::Path;

use chancery_model::{Date, PartialDate};
use serde_json::Value;

use crate::error::Error;

/// What is known about a text beside its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Its language as given (`de`, `en-GB`).
    pub lang: Option<String>,
    /// Its headline.
    pub title: Option<String>,
}

impl Metadata {
    /// What stands here, and from `other` what is missing here.
    #[must_use]
    pub fn or(&self, other: Self) -> Self {
        Self {
            published: self.published.or(other.published),
            source: self.source.clone().or(other.source),
            url: self.url.clone().or(other.url),
            lang: self.lang.clone().or(other.lang),
            title: self.title.clone().or(other.title),
        }
    }
}

/// What the caller asks of every text.
#[derive(Debug, Clone)]
pub struct Terms {
    /// What the caller knows; it stands above what a text says.
    pub metadata: Metadata,
    /// Larger texts are refused.
    pub max_document: u64,
    /// The last day on which a text can have been published; `None` leaves that unchecked.
    pub today: Option<Date>,
}

/// Documents above this are refused unless the caller asks for more: 10 MB.
pub const MAX_DOCUMENT: u64 = 10_000_000;

impl Default for Terms {
    fn default() -> Self {
        Self { metadata: Metadata::default(), max_document: MAX_DOCUMENT, today: None }
    }
}

/// One text, ready to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// How messages name it: a path, `-`, `FILE:12`.
    pub name: String,
    /// The identifier that came with it.
    pub id: Option<Value>,
    /// The bytes as captured.
    pub bytes: Vec<u8>,
    /// The text in which offsets count.
    pub text: String,
    /// The text with markup blanked, byte for byte in place; `None` where nothing is blanked.
    pub readable: Option<String>,
    /// How text was made from bytes.
    pub extractor: &'static str,
    /// What is known about it.
    pub metadata: Metadata,
    /// The language it declares, believed only if the words do not tell.
    pub lang_hint: Option<String>,
}

impl Passage {
    /// The words to read: same length as `text`.
    pub fn words(&self) -> &str {
        self.readable.as_deref().unwrap_or(&self.text)
    }
}

/// The extractor of web pages. Its text is not in the file, so that whoever wants to follow an offset needs it.
pub const HTML: &str = "html/1";

/// Reads a file, or standard input for `-`.
pub fn file(path: &Path, terms: &Terms) -> Result<Passage, Error> {
    let name = files::display(path);
    let bytes = bytes(path, &name, terms.max_document)?;
    passage(name, bytes, terms)
}

/// The text of a file as it stands, whatever its format.
pub fn text(path: &Path, terms: &Terms) -> Result<String, Error> {
    let name = files::display(path);
    let bytes = bytes(path, &name, terms.max_document)?;
    let decoded = encoding::decode(&bytes, None).map_err(|e| Error::undecodable(&name, e))?;
    Ok(decoded.text)
}

fn bytes(path: &Path, name: &str, limit: u64) -> Result<Vec<u8>, Error> {
    if path.as_os_str() == "-" {
        return read_limited(std::io::stdin().lock(), name, limit);
    }
    let file = std::fs::File::open(path).map_err(|source| Error::read(name, source))?;
    read_limited(file, name, limit)
}

fn read_limited(reader: impl Read, name: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|source| Error::read(name, source))?;
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { name: name.to_owned(), bytes: None, limit });
    }
    Ok(bytes)
}

/// Makes a passage of the bytes of a file.
pub fn passage(name: String, bytes: Vec<u8>, terms: &Terms) -> Result<Passage, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty { name });
    }
    let decoded =
        encoding::decode(&bytes, html::declared_encoding(&bytes)).map_err(|e| Error::undecodable(&name, e))?;
    let extension = Path::new(&name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let passage = match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => web_page(name, bytes, &decoded.text, terms)?,
        Some("md" | "markdown") => plain(name, bytes, decoded.text, true, terms)?,
        _ if html::looks_like_html(&decoded.text) => web_page(name, bytes, &decoded.text, terms)?,
        _ => plain(name, bytes, decoded.text, false, terms)?,
    };
    checked(passage, terms)
}

/// Makes a passage of one line of JSON.
pub fn json_line(name: String, line: Vec<u8>, terms: &Terms) -> Result<Passage, (Option<Value>, Error)> {
    let record = jsonl::record(&line).map_err(|bad| (bad.id, Error::Record { name: name.clone(), why: bad.why }))?;
    let id = record.id.clone();
    let bytes = record.text.len() as u64;
    let fail = |error| (id.clone(), error);
    if bytes > terms.max_document {
        return Err(fail(Error::TooLarge { name, bytes: Some(bytes), limit: terms.max_document }));
    }
    if record.text.trim().is_empty() {
        return Err(fail(Error::Empty { name }));
    }
    let passage = Passage {
        name,
        id: record.id,
        bytes: line,
        text: record.text,
        readable: None,
        extractor: "jsonl/1",
        metadata: terms.metadata.or(record.metadata),
        lang_hint: None,
    };
    checked(passage, terms).map_err(fail)
}

/// The lines of a JSON Lines file, or of standard input for `-`.
pub fn json_lines(path: &Path, limit: u64) -> Result<impl Iterator<Item = jsonl::Line> + use<>, Error> {
    let name = files::display(path);
    let reader: Box<dyn BufRead + Send> = if path.as_os_str() == "-" {
        Box::new(std::io::BufReader::new(std::io::stdin()))
    } else {
        let file = std::fs::File::open(path).map_err(|source| Error::read(&name, source))?;
        Box::new(std::io::BufReader::with_capacity(1 << 16, file))
    };
    Ok(jsonl::lines(name, reader, limit))
}

fn web_page(name: String, bytes: Vec<u8>, html: &str, terms: &Terms) -> Result<Passage, Error> {
    let Some(page) = html::page(html) else { return Err(Error::NoText { name }) };
    Ok(Passage {
        name,
        id: None,
        bytes,
        text: page.text,
        readable: None,
        extractor: HTML,
        metadata: terms.metadata.or(page.metadata),
        lang_hint: page.lang,
    })
}

fn plain(name: String, bytes: Vec<u8>, text: String, markdown: bool, terms: &Terms) -> Result<Passage, Error> {
    let head = front_matter::front_matter(&text).map_err(|bad| Error::FrontMatter {
        name: name.clone(),
        key: bad.key,
        value: bad.value,
    })?;
    let (body, found) = head.map_or((0, Metadata::default()), |h| (h.body, h.metadata));
    let readable = if markdown {
        Some(markdown::blanked(&text, body))
    } else if body > 0 {
        Some(markdown::head_blanked(&text, body))
    } else {
        None
    };
    if readable.as_ref().unwrap_or(&text).trim().is_empty() {
        return Err(Error::NoText { name });
    }
    Ok(Passage {
        name,
        id: None,
        bytes,
        text,
        readable,
        extractor: if markdown { "markdown/1" } else { "plain/1" },
        metadata: terms.metadata.or(found),
        lang_hint: None,
    })
}

/// A text cannot be older than its reading: a date in the future is a slip, and would falsify `known_by`.
fn checked(passage: Passage, terms: &Terms) -> Result<Passage, Error> {
    match (passage.metadata.published, terms.today) {
        (Some(date), Some(today)) if date.first() > today => {
            Err(Error::FutureDate { name: passage.name, date: date.to_string(), today: today.to_string() })
        }
        _ => Ok(passage),
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
