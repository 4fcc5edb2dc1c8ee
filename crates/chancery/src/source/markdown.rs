//! Markdown without its markup, byte for byte in place.
//!
//! Offsets of claims count in the file as it stands. So markup is blanked out instead of removed: every byte that is not
//! running text becomes a space, line ends stay, and what is found at a place is at that place in the file.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// `text` from byte `body` on with its markup blanked; all bytes before `body` (the front matter) are blanked too.
/// Code blocks, tables, raw HTML, picture captions and link targets are markup here: none is running text.
pub fn blanked(text: &str, body: usize) -> String {
    let mut kept = vec![false; text.len()];
    let mut skipping = 0usize;
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(&text[body..], options).into_offset_iter() {
        match event {
            Event::Start(tag) if silent(&tag) => skipping += 1,
            Event::End(tag) if silent_end(tag) => skipping = skipping.saturating_sub(1),
            Event::Text(_) if skipping == 0 => kept[body + range.start..body + range.end].fill(true),
            Event::Code(code) if skipping == 0 => {
                let inner = text[body + range.start..body + range.end].find(&*code).map(|at| body + range.start + at);
                if let Some(at) = inner {
                    kept[at..at + code.len()].fill(true);
                }
            }
            _ => {}
        }
    }
    blank(text, &kept)
}

/// `text` with the bytes before `body` blanked.
pub fn head_blanked(text: &str, body: usize) -> String {
    let mut kept = vec![false; body];
    kept.resize(text.len(), true);
    blank(text, &kept)
}

fn blank(text: &str, kept: &[bool]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if kept[at] || matches!(c, '\n' | '\r') {
            out.push(c);
        } else {
            // As many spaces as the character has bytes, so that offsets stay.
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
    out
}

fn silent(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Table(_) | Tag::HtmlBlock | Tag::MetadataBlock(_))
}

fn silent_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::CodeBlock | TagEnd::Image | TagEnd::Table | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_stay_where_they_are() {
        let text = "# Kim in Russland\n\nKim **traf** [Putin](https://a.example/x) für `Gespräche`.\n\n![Bild: Archiv](a.jpg)\n\n> Er *versprach*\n> Hilfe.\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n";
        let out = blanked(text, 0);
        assert_eq!(out.len(), text.len());
        let words: Vec<&str> = out.split_whitespace().collect();
        assert_eq!(words.join(" "), "Kim in Russland Kim traf Putin für Gespräche . Er versprach Hilfe.");
        for word in ["Russland", "Putin", "für", "Hilfe."] {
            assert_eq!(out.find(word), text.find(word));
        }
    }

    #[test]
    fn front_matter_is_blanked() {
        let text = "---\ntitle: Größe\n---\nText.";
        let body = text.find("Text").unwrap();
        for out in [blanked(text, body), head_blanked(text, body)] {
            assert_eq!(out.trim(), "Text.");
            assert_eq!(out.len(), text.len());
        }
    }

    proptest! {
        #[test]
        fn every_byte_is_kept_or_blanked(text in "(\\PC|[\n*_#`>\\[\\]()|!-]){0,120}") {
            let out = blanked(&text, 0);
            prop_assert_eq!(out.len(), text.len());
            for ((i, a), (j, b)) in text.char_indices().filter(|(i, _)| out.is_char_boundary(*i)).zip(text.char_indices().filter_map(|(i, _)| out[i..].chars().next().map(|c| (i, c)))) {
                prop_assert!(i == j && (a == b || b == ' '));
            }
        }
    }
}
