//! Codes every passage of `specs/coding/` and compares all fields with what a careful reader takes from it.
//! `specs/coding/README.md` has the format, and says what `specs/coding/open.tsv` means.

#![allow(clippy::disallowed_methods)] // specifications are read from the disk

mod common;

use std::path::Path;

use common::claim::{Line, compare, lines};
use common::ratchet::{Outcomes, Ratchet};

/// A passage with what it says.
#[derive(Debug, Default)]
struct Passage {
    title: String,
    date: Option<String>,
    text: String,
    claims: Vec<Line>,
    /// Whether `- none` stands there.
    none: bool,
}

/// Reads a specification file. Anything that is not in the format is an error, so that no passage is passed over.
fn passages(text: &str, file: &str) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let at = format!("{file}:{}", n + 1);
        if let Some(title) = line.strip_prefix("## ") {
            out.push(Passage { title: title.trim().to_owned(), ..Passage::default() });
            continue;
        }
        // What stands before the first title is for the reader.
        let Some(passage) = out.last_mut() else { continue };
        if let Some(date) = line.strip_prefix("date:") {
            passage.date = Some(date.trim().to_owned());
        } else if let Some(quoted) = line.strip_prefix('>') {
            if !passage.text.is_empty() {
                passage.text.push('\n');
            }
            passage.text.push_str(quoted.strip_prefix(' ').unwrap_or(quoted));
        } else if line.trim() == "- none" {
            passage.none = true;
        } else if let Some(claim) = line.strip_prefix("- ") {
            passage.claims.push(Line::parse(claim).unwrap_or_else(|e| panic!("{at}: {e}")));
        } else {
            assert!(line.trim().is_empty(), "{at}: neither date, quotation nor claim: `{line}`");
        }
    }
    for passage in &out {
        assert!(!passage.text.is_empty(), "{file}: `{}` has no text", passage.title);
        assert!(passage.none == passage.claims.is_empty(), "{file}: `{}` needs claims or `- none`", passage.title);
    }
    out
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    files
}

/// Whether the claims are the specified ones but for the words that carry them.
fn compare_but_words(wanted: &[Line], coded: &[Line]) -> bool {
    let bare =
        |lines: &[Line]| -> Vec<Line> { lines.iter().map(|l| Line { trigger: "-".to_owned(), ..l.clone() }).collect() };
    compare(&bare(wanted), &bare(coded)).holds()
}

#[test]
fn every_passage_is_coded_as_specified() {
    let mut outcomes = Outcomes::new();
    let (mut wanted, mut found, mut further, mut words_only) = (0, 0, 0, 0);
    for (lang, name) in common::LANGS {
        for path in files(&common::root().join("specs/coding").join(name)) {
            let file = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a specification");
            for passage in passages(&text, &format!("specs/coding/{name}/{file}")) {
                let coding = common::engine().code(lang, &passage.text, passage.date.as_deref());
                let coded = lines(&coding);
                let compared = compare(&passage.claims, &coded);
                wanted += passage.claims.len();
                found += compared.found.len();
                further += compared.further.len();
                words_only += usize::from(!compared.holds() && compare_but_words(&passage.claims, &coded));
                let report = (!compared.holds()).then(|| format!("  „{}“\n{}", passage.text, compared.report()));
                let key = vec![name.to_owned(), file.clone(), passage.title.clone()];
                let twice = outcomes.insert(key, report).is_some();
                assert!(!twice, "specs/coding/{name}/{file}: two passages are titled `{}`", passage.title);
            }
        }
    }
    common::say(&format!(
        "specs: {found} of {wanted} claims as specified in all fields, {further} coded beside them; {words_only} passages \
         differ only in the words said to carry the event"
    ));
    let ratchet =
        Ratchet { what: "passages", path: "specs/coding/open.tsv", test: "specs", columns: &["lang", "file", "title"] };
    ratchet.hold(&outcomes);
}
