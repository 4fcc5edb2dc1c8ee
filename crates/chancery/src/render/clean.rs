//! Words of a source, made safe to show. They are not trusted: a control sequence could rewrite a screen, a direction
//! control could make a sentence read as its opposite. Both are shown instead of obeyed.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character acts instead of being seen.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// `text` with every acting character written as ⟨U+202E⟩; line feeds stay.
pub fn legible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| acts(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => out.push('\n'),
            '\t' | '\r' => out.push(' '),
            c if acts(c) => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The same on one line, white space folded.
pub fn one_line(text: &str) -> String {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    legible(&folded).into_owned()
}

/// The words of a phrase are our own, but names from sources stand in them; our escape sequences must survive.
pub(super) fn one_line_around(text: &str) -> String {
    text.split('\u{1b}').map(legible).collect::<Vec<_>>().join("\u{1b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acting_characters_are_shown() {
        assert_eq!(one_line("a\n b\u{202e}c\u{1b}[2J"), "a b⟨U+202E⟩c⟨U+001B⟩[2J");
        assert!(matches!(legible("für 東京 🙂\n"), Cow::Borrowed(_)));
    }
}
