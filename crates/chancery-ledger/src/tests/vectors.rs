//! The vectors of `docs/canonical-form.md`, read from that page.

use chancery_model::{Assessment, Claim, Document, Entry, canonical_json};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::record::entry_hash;

/// One vector: kind, value, the bytes hashed, the result.
fn vectors(page: &str) -> Vec<(String, String, String, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Vec<&str>)> = None;
    for line in page.split('\n') {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) if !info.is_empty() => {
                open = Some((info.split(' ').nth(1).unwrap().to_owned(), Vec::new()));
            }
            (Some((kind, lines)), Some("")) => {
                blocks.push((kind.clone(), lines.join("\n")));
                open = None;
            }
            (Some((_, lines)), _) => lines.push(line),
            _ => {}
        }
    }
    let triple = |t: &[(String, String)]| {
        assert_eq!((t[1].0.as_str(), t[2].0.as_str()), ("hashed", "identifier"));
        (t[0].0.clone(), t[0].1.clone(), t[1].1.clone(), t[2].1.clone())
    };
    blocks.chunks(3).map(triple).collect()
}

#[test]
fn the_program_and_the_bytes_give_what_the_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/canonical-form.md");
    let vectors = vectors(&std::fs::read_to_string(path).unwrap());
    assert!(vectors.len() >= 6, "{}", vectors.len());
    for (kind, value, hashed, result) in vectors {
        let digest = Sha256::digest(hashed.as_bytes());
        let text = data_encoding::BASE32_NOPAD.encode(&digest).to_lowercase();
        let (program, bytes) = match kind.as_str() {
            "claim" => {
                let claim: Claim = serde_json::from_str(&value).unwrap();
                (claim.id().unwrap().to_string(), format!("c-{}", &text[..26]))
            }
            "assessment" => {
                let assessment: Assessment = serde_json::from_str(&value).unwrap();
                (assessment.id().unwrap().to_string(), format!("a-{}", &text[..26]))
            }
            "document" => {
                let read: Value = serde_json::from_str(&value).unwrap();
                let part = |key: &str| read[key].as_str().unwrap();
                assert_eq!(format!("chancery/document/1\n{}", canonical_json(&read).unwrap()), hashed);
                let id = Document::id_of(part("source"), part("text_sha256")).unwrap();
                (id.to_string(), format!("d-{}", &text[..26]))
            }
            "entry" => {
                let entry: Entry = serde_json::from_str(&value).unwrap();
                (entry_hash(&entry).unwrap(), data_encoding::HEXLOWER.encode(&digest))
            }
            other => panic!("no such kind: {other}"),
        };
        assert_eq!(bytes, result, "{kind}: the bytes shown");
        assert_eq!(program, result, "{kind}: the program");
    }
}
