//! Emphasis and lines for a terminal.

/// Emphasis, if the terminal wants it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ink {
    /// Whether escape sequences are written at all.
    pub on: bool,
}

impl Ink {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Strong.
    pub fn bold(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// Weak.
    pub fn dim(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// Warning: disputed, thin. Always beside a word that says the same.
    pub fn warn(self, text: &str) -> String {
        self.wrap("33", text)
    }
}

/// `text` in lines of at most `width` characters, the first after `first`, the others after `rest`.
pub fn wrapped(text: &str, first: &str, rest: &str, width: usize) -> String {
    let mut out = String::from(first);
    let mut used = first.chars().count();
    let mut empty = true;
    for word in text.split_whitespace() {
        let length = visible(word);
        if !empty && used + 1 + length > width {
            out.push('\n');
            out.push_str(rest);
            used = rest.chars().count();
            empty = true;
        }
        if !empty {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
        empty = false;
    }
    out
}

/// Characters of a word without our own escape sequences.
fn visible(word: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for c in word.chars() {
        match (inside, c) {
            (false, '\u{1b}') => inside = true,
            (true, 'm') => inside = false,
            (true, _) => {}
            (false, _) => count += 1,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_wrapped_at_words() {
        assert_eq!(wrapped("aa bb cc", "> ", "  ", 7), "> aa bb\n  cc");
        assert_eq!(wrapped("averylongword b", "", "", 5), "averylongword\nb");
        assert_eq!(Ink::default().bold("x"), "x");
    }
}
