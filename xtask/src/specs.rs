//! The coding specifications as annotated passages: `specs/coding/<lang>/*.md` in the fields of the scorer.

use std::path::Path;

use serde_json::{Value, json};

use crate::error::TaskError;
use crate::places::{read, root};

/// Passages without a date are read as of this day, so that offices and relative times resolve.
const DAY: &str = "2024-06-10";

/// All passages of a language, in the order of files and lines.
pub(crate) fn passages(lang: &str) -> Result<Vec<Value>, TaskError> {
    let folder = root().join("specs/coding").join(lang);
    let listed = std::fs::read_dir(&folder).map_err(|e| TaskError::file(&folder, e))?;
    let mut files: Vec<_> = listed.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "md"));
    files.sort();
    let mut out = Vec::new();
    for file in files {
        out.extend(parse(&read(&file)?, lang, &file)?);
    }
    Ok(out)
}

/// A passage while it is read.
struct Passage {
    id: String,
    date: String,
    text: String,
    claims: Vec<Value>,
}

fn parse(page: &str, lang: &str, file: &Path) -> Result<Vec<Value>, TaskError> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let mut passages: Vec<Passage> = Vec::new();
    for (number, line) in page.lines().enumerate() {
        if let Some(title) = line.strip_prefix("## ") {
            let id = format!("{stem}/{}", title.trim());
            passages.push(Passage { id, date: DAY.to_owned(), text: String::new(), claims: Vec::new() });
            continue;
        }
        let Some(passage) = passages.last_mut() else { continue };
        if let Some(date) = line.strip_prefix("date:") {
            date.trim().clone_into(&mut passage.date);
        } else if let Some(text) = line.strip_prefix('>') {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            passage.text.push_str(text.trim());
        } else if let Some(item) = line.strip_prefix("- ").filter(|item| item.trim() != "none") {
            let bad = || {
                let place = format!("{}:{}", file.display(), number + 1);
                TaskError::input(place, "no claim: expected TYPE A > B | status polarity holder certainty | words")
            };
            passage.claims.push(claim(item).ok_or_else(bad)?);
        }
    }
    Ok(passages
        .into_iter()
        .map(|p| json!({ "id": p.id, "date": p.date, "lang": lang, "text": p.text, "claims": p.claims }))
        .collect())
}

fn claim(item: &str) -> Option<Value> {
    let mut fields = item.split('|').map(str::trim);
    let (kind, parties) = fields.next()?.split_once(' ')?;
    let [status, polarity, holder, certainty] = fields.next()?.split_whitespace().collect::<Vec<_>>()[..] else {
        return None;
    };
    let trigger = fields.next()?;
    let (from, to) = parties.split_once('>').unwrap_or((parties, ""));
    let codes = |side: &str| side.split('+').map(|c| c.trim().to_owned()).filter(|c| !c.is_empty()).collect::<Vec<_>>();
    Some(json!({
        "type": kind, "initiator": codes(from), "recipient": codes(to), "status": status, "polarity": polarity,
        "holder": holder, "certainty": certainty, "trigger": trigger,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_read_and_a_bad_line_is_named() {
        let page = "# Page\n\n## One\n\ndate: 2020-01-02\n\n> They met\n> again.\n\n\
            - CONSULT UNK + IGO/nonstate | occurred positive author certain | met | 5 EUR\n\n## Two\n\n> No.\n\n- none\n";
        let read = parse(page, "en", Path::new("x/page.md")).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0]["id"], "page/One");
        assert_eq!(read[0]["text"], "They met again.");
        assert_eq!(read[0]["claims"][0]["initiator"], json!(["UNK", "IGO/nonstate"]));
        assert_eq!(read[0]["claims"][0]["trigger"], "met");
        assert_eq!(read[1]["date"], DAY);
        assert_eq!(read[1]["claims"], json!([]));
        let error = parse("## A\n- CONSULT UNK | occurred\n", "en", Path::new("x/page.md")).unwrap_err().to_string();
        assert!(error.starts_with("x/page.md:2: "), "{error}");
    }

    #[test]
    fn every_specification_of_the_checkout_is_read() {
        for lang in ["de", "en"] {
            let passages = passages(lang).unwrap();
            assert!(passages.len() > 50, "{} passages in {lang}", passages.len());
            assert!(passages.iter().all(|p| !p["text"].as_str().unwrap_or_default().is_empty()));
        }
    }
}
