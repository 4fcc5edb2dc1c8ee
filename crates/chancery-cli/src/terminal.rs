//! What may reach a terminal. News text is not trusted: escape sequences could rewrite the screen, bidirectional controls
//! could make a sentence read as its opposite.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};

use unicode_width::UnicodeWidthChar;

use crate::error::{CommandError, Kind};

/// `text` without escape sequences, control characters (but tab and line feed) and direction controls.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(unsafe_char) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => skip_sequence(&mut chars),
            '\u{9b}' => skip_parameters(&mut chars),
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            c if unsafe_char(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// `text` on one line: cleaned, white space folded.
pub(crate) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escape sequences of any kind: CSI to its final byte, OSC and other strings to their terminator, else one character.
fn skip_sequence(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    match chars.peek() {
        Some('[') => {
            chars.next();
            skip_parameters(chars);
        }
        Some(']' | 'P' | 'X' | '^' | '_') => {
            // A terminator that never comes must not swallow the text: strings end at a line end too.
            while let Some(&c) = chars.peek() {
                if c == '\n' {
                    return;
                }
                chars.next();
                if c == '\u{7}' || c == '\u{9c}' {
                    return;
                }
                if c == '\u{1b}' {
                    chars.next_if_eq(&'\\');
                    return;
                }
            }
        }
        Some(c) if c.is_ascii_graphic() => {
            chars.next();
        }
        _ => {}
    }
}

/// Parameters and final byte of a control sequence.
fn skip_parameters(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
    chars.next_if(|c| matches!(c, '@'..='~'));
}

/// Characters that a terminal acts on instead of showing them.
pub(crate) fn unsafe_char(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// `error: …` and `hint: …` on standard error.
pub(crate) fn complain(message: &str, hints: &[String]) {
    let mut err = std::io::stderr().lock();
    // A standard error that cannot be written leaves nothing to be done.
    let _ = writeln!(err, "error: {}", clean(message));
    for hint in hints {
        let _ = writeln!(err, "hint: {}", clean(hint));
    }
}

/// A line on standard error.
pub(crate) fn say(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", clean(message));
}

/// Whether a person watches standard error.
pub(crate) fn watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Emphasis, where standard output is a terminal and nobody asked for none (NO_COLOR).
pub(crate) fn ink(to_screen: bool) -> chancery::render::Ink {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    chancery::render::Ink { on: to_screen && !plain && std::io::stdout().is_terminal() }
}

/// Columns of standard output; 100 where it is no terminal.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0).clamp(40, 160))
}

/// Columns that `text` takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// `text` in at most `most` columns, with an ellipsis where it was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= most {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Rows in columns of equal width, two spaces apart; the columns named in `right` end at the right.
pub(crate) fn aligned<const N: usize>(rows: &[[String; N]], right: &[usize]) -> Vec<String> {
    let widths: [usize; N] =
        std::array::from_fn(|column| rows.iter().map(|row| columns(&row[column])).max().unwrap_or(0));
    rows.iter()
        .map(|row| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let gap = " ".repeat(widths[column] - columns(cell));
                if right.contains(&column) { gap + cell } else { format!("{cell}{gap}") }
            });
            cells.collect::<Vec<_>>().join("  ")
        })
        .collect()
}

/// `1 claim`, `2 claims`.
pub(crate) fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}

/// Refuses bytes that are no text where a person would see them.
pub(crate) fn no_bytes_on_a_screen(to_screen: bool) -> Result<(), CommandError> {
    if to_screen && std::io::stdout().is_terminal() {
        return Err(CommandError::new(Kind::Usage, "Parquet is no text for a screen")
            .hint("write it to a file with -o FILE, or send it through a pipe"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_gone() {
        for (text, expected) in [
            ("Kim\treist.\nPutin auch.", "Kim\treist.\nPutin auch."),
            ("\u{1b}[31mrot\u{1b}[0m", "rot"),
            ("a\u{1b}]0;title\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\b\u{1b}]8;;\u{1b}\\", "ab"),
            ("a\u{1b}]never ends\nb", "a\nb"),
            ("a\u{9b}2Jb", "ab"),
            ("a\u{1b}cb", "ab"),
            ("\u{202e}dneirf\u{202c} x\u{2066}y\u{2069}", "dneirf xy"),
            ("a\rb\u{8}c\u{0}d\u{7f}", "abcd"),
            ("a\u{2028}b", "a\nb"),
            ("\u{1b}", ""),
        ] {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        assert!(matches!(clean("für 東京 🙂"), Cow::Borrowed(_)));
    }

    #[test]
    fn cutting_counts_columns() {
        assert_eq!(cut("Pjöngjang", 9), "Pjöngjang");
        assert_eq!(cut("Pjöngjang", 6), "Pjöng…");
        assert_eq!(cut("東京都", 4), "東…");
        assert_eq!(columns("東京"), 4);
    }
}
