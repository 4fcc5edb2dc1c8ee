//! Web pages: the main text, and what the page says about itself.
//!
//! The main text is found by `dom_smoothie`, a port of Mozilla's Readability. Against `legible` and `trafilatura` on the
//! pages in `tests/pages` it alone kept paragraphs apart, without which headlines and captions run into sentences, and
//! refused a page that is only a script's shell. What it leaves in (captions, sign-up boxes) is taken out before.

use chancery_model::PartialDate;
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

use crate::source::{Metadata, dates};

/// A page, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Headline and main text, paragraphs apart by an empty line.
    pub text: String,
    /// What the page says about itself. Its language stands apart, because templates often name a wrong one.
    pub metadata: Metadata,
    /// The language that the page declares.
    pub lang: Option<String>,
}

/// What is no running text although it stands in the middle of it.
const CLUTTER: &str = "figcaption, aside, form, noscript, button, [hidden], [aria-hidden=true], [class*=newsletter], \
    [class*=signup], [class*=sign-up], [class*=consent], [class*=cookie], [id*=cookie], [class*=related], [class*=paywall], \
    [class*=teaser-list], [class*=share-], [class*=caption], [class*=credit], [class*=advert], [class*=most-read]";

/// Reads a page; `None` if it holds no main text.
pub fn page(html: &str) -> Option<Page> {
    let document = Document::from(html);
    let records = json_ld(&document);
    let article = records.iter().find(|r| is_article(r));
    let metadata = metadata(&document, article);
    let lang = article
        .and_then(|a| string(a.get("inLanguage")))
        .or_else(|| attribute(&document, "html", "lang"))
        .or_else(|| meta(&document, &["og:locale", "language", "content-language"]));
    let text = main_text(html, metadata.title.as_deref())?;
    Some(Page { text, metadata, lang })
}

fn main_text(html: &str, title: Option<&str>) -> Option<String> {
    let document = Document::from(html);
    document.select(CLUTTER).remove();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
    let body = paragraphs(&article.text_content);
    if body.is_empty() {
        return None;
    }
    let title = title.unwrap_or(&article.title).trim();
    if title.is_empty() || body.starts_with(title) { Some(body) } else { Some(format!("{title}\n\n{body}")) }
}

/// One paragraph a line, an empty line between, white space inside folded.
fn paragraphs(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n\n")
}

fn metadata(document: &Document, article: Option<&Value>) -> Metadata {
    let from_article = |key: &str| article.and_then(|a| string(a.get(key)));
    let publisher = article.and_then(|a| a.get("publisher")).and_then(|p| string(p.get("name")));
    let url = from_article("url")
        .or_else(|| {
            article
                .and_then(|a| a.get("mainEntityOfPage"))
                .and_then(|m| string(m.get("@id")).or_else(|| string(Some(m))))
        })
        .or_else(|| attribute(document, "link[rel=canonical]", "href"))
        .or_else(|| meta(document, &["og:url"]))
        .filter(|u| u.starts_with("http"));
    Metadata {
        published: from_article("datePublished").and_then(|d| dates::lenient(&d)).or_else(|| published(document)),
        source: publisher.or_else(|| meta(document, &["og:site_name", "application-name"])),
        url,
        lang: None,
        title: from_article("headline")
            .or_else(|| meta(document, &["og:title", "twitter:title"]))
            .or_else(|| document.select("h1").iter().next().map(|h| fold(&h.text())))
            .filter(|t| !t.is_empty()),
    }
}

/// The date of the page by its meta elements or, failing these, its first `<time>` inside the text.
fn published(document: &Document) -> Option<PartialDate> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "datePublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "sailthru.date",
        "pubdate",
        "publish-date",
        "parsely-pub-date",
    ];
    NAMES
        .iter()
        .filter_map(|name| meta(document, &[name]))
        .chain(attribute(document, "[itemprop=datePublished]", "datetime"))
        .chain(attribute(document, "article time[datetime]", "datetime"))
        .chain(attribute(document, "time[pubdate]", "datetime"))
        .chain(attribute(document, "time[datetime]", "datetime"))
        .find_map(|text| dates::lenient(&text))
}

/// All records of all JSON-LD blocks, with `@graph` and lists flattened. A block that is no JSON is skipped.
fn json_ld(document: &Document) -> Vec<Value> {
    let mut open: Vec<Value> = document
        .select("script[type='application/ld+json']")
        .iter()
        .filter_map(|script| serde_json::from_str(&script.text()).ok())
        .collect();
    let mut records = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.into_iter().rev()),
            Value::Object(mut map) => {
                if let Some(graph) = map.remove("@graph") {
                    open.push(graph);
                }
                records.push(Value::Object(map));
            }
            _ => {}
        }
    }
    records
}

/// Any kind of article of schema.org: `NewsArticle`, `ReportageNewsArticle`, `LiveBlogPosting` …
fn is_article(record: &Value) -> bool {
    let known = |t: &str| t.ends_with("Article") || t.ends_with("Posting") || t == "Report";
    match record.get("@type") {
        Some(Value::String(t)) => known(t),
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).any(known),
        _ => false,
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(s) => Some(fold(s)).filter(|s| !s.is_empty()),
        Value::Array(items) => string(items.first()),
        _ => None,
    }
}

fn meta(document: &Document, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|kind| attribute(document, &format!("meta[{kind}='{name}']"), "content"))
    })
}

fn attribute(document: &Document, selector: &str, name: &str) -> Option<String> {
    let found = document.try_select(selector)?;
    found.attr(name).map(|value| fold(&value)).filter(|value| !value.is_empty())
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The encoding that a page declares in its first 1,024 bytes, as browsers look for it.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let rest = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    encoding_rs::Encoding::for_label(label.as_bytes())
}

/// Whether bytes begin like a page.
pub fn looks_like_html(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(200).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<?xml"].iter().any(|start| head.starts_with(start))
        && (head.contains("<html") || head.contains("<!doctype html") || head.contains("<head"))
}
