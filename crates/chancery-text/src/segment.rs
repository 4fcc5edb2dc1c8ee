//! Sentences and words of raw text: ruled, with exact byte spans.
//!
//! Words are cut as the Universal Dependencies treebanks of the language cut them: German contractions become two
//! syntactic words that share a span (*zum* → *zu* + *dem*), English clitics and hyphens are words of their own.

use smol_str::SmolStr;

use crate::analysis::{Diagnostic, Sentence, Token};
use crate::lang::Lang;
use crate::morph::{Feats, Upos};
use crate::rel::{Rel, Sub};
use crate::{MAX_TOKENS, abbreviations};

/// A run of characters without space longer than this is no word and is cut.
const LONGEST_WORD: usize = 160;

/// A word before it is a token.
#[derive(Clone, Debug)]
struct Piece {
    start: usize,
    end: usize,
    /// Differs from the text only inside contractions.
    form: Option<&'static str>,
    /// Ends with a point that belongs to it ("Dr.", "3.").
    dotted: bool,
}

/// Cuts a text into sentences of words. Everything but form and span is left empty.
pub(crate) fn segment(text: &str, lang: Lang, diagnostics: &mut Vec<Diagnostic>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut paragraph = 0;
    for block in blocks(text) {
        match block {
            Block::Break => paragraph += 1,
            Block::Line(start, end) => {
                let mut pieces = Vec::new();
                words(text, start, end, lang, &mut pieces, diagnostics);
                split(text, lang, &pieces, paragraph, &mut sentences, diagnostics);
            }
        }
    }
    sentences
}

enum Block {
    Line(usize, usize),
    Break,
}

/// Lines that stand for themselves, and paragraph breaks. Wrapped lines are joined.
fn blocks(text: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        if line.trim().is_empty() {
            if matches!(out.last(), Some(Block::Line(..))) {
                out.push(Block::Break);
            }
            continue;
        }
        match out.last_mut() {
            Some(Block::Line(_, before)) if *before < start && wraps(&text[..*before], &text[start..end]) => *before = end,
            _ => out.push(Block::Line(start, end)),
        }
    }
    out
}

/// Whether a line goes on in the next one: it is long and does not end a sentence, or the next begins in lower case.
fn wraps(before: &str, next: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before).trim();
    let ended = line.ends_with(['.', '!', '?', ':', '"', '“', '”', '»']);
    let lower = next.trim_start().chars().next().is_some_and(char::is_lowercase);
    lower || (!ended && line.chars().count() > 60)
}

fn words(text: &str, start: usize, end: usize, lang: Lang, out: &mut Vec<Piece>, diagnostics: &mut Vec<Diagnostic>) {
    let mut from = None;
    let slice = &text[start..end];
    for (i, c) in slice.char_indices().chain([(slice.len(), ' ')]) {
        // Zero-width characters join nothing and separate nothing; they stay inside the word.
        if c.is_whitespace() || i == slice.len() {
            if let Some(f) = from.take() {
                chunk(text, start + f, start + i, lang, out, diagnostics);
            }
        } else if from.is_none() {
            from = Some(i);
        }
    }
}

fn opens(c: char) -> bool {
    matches!(c, '"' | '\'' | '„' | '“' | '”' | '‚' | '‘' | '’' | '«' | '»' | '›' | '‹' | '(' | '[' | '{' | '<' | '…' | '–' | '—' | '$' | '€' | '£' | '#' | '*' | '/' | '¡' | '¿' | '§' | '•' | '=' | '+' | '|' | '~')
        || (c.is_ascii_punctuation() && !matches!(c, '-' | '.' | '@' | '&' | '_' | '%'))
}

fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '’' | '‘' | '«' | '»' | '›' | '‹' | ')' | ']' | '}' | '>' | ',' | ';' | ':' | '!' | '?' | '…' | '–' | '—' | '%' | '€' | '£' | '*' | '/' | '|')
}

/// A run of characters without white space.
fn chunk(text: &str, mut start: usize, mut end: usize, lang: Lang, out: &mut Vec<Piece>, diagnostics: &mut Vec<Diagnostic>) {
    if end - start > LONGEST_WORD * 4 {
        diagnostics.push(Diagnostic::WordSplit { start, length: end - start });
        while start < end {
            let mut cut = (start + LONGEST_WORD).min(end);
            while !text.is_char_boundary(cut) {
                cut += 1;
            }
            out.push(Piece { start, end: cut, form: None, dotted: false });
            start = cut;
        }
        return;
    }
    // Opening marks.
    while let Some(c) = text[start..end].chars().next() {
        let rest = start + c.len_utf8();
        let dash = matches!(c, '-' | '.') && rest < end && !text[rest..end].starts_with(|d: char| d.is_alphanumeric());
        let minus = c == '-' && rest == end;
        if !(opens(c) || dash || minus) || rest > end || (c == '\'' && clitic(&text[start..end])) {
            break;
        }
        let same = if dash || c == '.' { text[start..end].chars().take_while(|d| *d == c).count() } else { 1 };
        let stop = start + c.len_utf8() * same;
        out.push(Piece { start, end: stop, form: None, dotted: false });
        start = stop;
    }
    // Closing marks, collected from the right.
    let mut tail: Vec<Piece> = Vec::new();
    let mut dotted = false;
    while start < end {
        let Some(c) = text[start..end].chars().next_back() else { break };
        let at = end - c.len_utf8();
        if c == '.' {
            let dots = text[start..end].chars().rev().take_while(|d| *d == '.').count();
            if dots > 1 {
                tail.push(Piece { start: end - dots, end, form: None, dotted: false });
                end -= dots;
                continue;
            }
            if abbreviations::keeps_point(&text[start..at], lang, following(text, end, &tail)) {
                dotted = true;
                break;
            }
        } else if !closes(c) || (matches!(c, '\'' | '’') && clitic(&text[at..end])) {
            break;
        }
        tail.push(Piece { start: at, end, form: None, dotted: false });
        end = at;
    }
    if start < end {
        inner(text, start, end, lang, dotted, out);
    }
    out.extend(tail.into_iter().rev());
}

/// What follows a chunk in the text, behind closing marks.
fn following<'t>(text: &'t str, end: usize, tail: &[Piece]) -> &'t str {
    let from = tail.first().map_or(end, |p| p.end);
    text[from..].trim_start()
}

fn clitic(word: &str) -> bool {
    let lower = word.to_lowercase();
    matches!(lower.as_str(), "'s" | "’s" | "'ll" | "’ll" | "'re" | "’re" | "'ve" | "’ve" | "'d" | "’d" | "'m" | "’m")
}

/// The inside of a word: contractions, clitics, hyphens, units.
fn inner(text: &str, start: usize, end: usize, lang: Lang, dotted: bool, out: &mut Vec<Piece>) {
    let word = &text[start..end];
    match lang {
        Lang::De => {
            if let Some((first, second)) = contraction(word) {
                out.push(Piece { start, end, form: Some(first), dotted: false });
                out.push(Piece { start, end, form: Some(second), dotted: false });
                return;
            }
            number_unit(text, start, end, dotted, out);
        }
        Lang::En => english(text, start, end, dotted, out),
    }
}

fn contraction(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "am" => ("an", "dem"), "Am" => ("An", "dem"), "im" => ("in", "dem"), "Im" => ("In", "dem"),
        "zum" => ("zu", "dem"), "Zum" => ("Zu", "dem"), "zur" => ("zu", "der"), "Zur" => ("Zu", "der"),
        "beim" => ("bei", "dem"), "Beim" => ("Bei", "dem"), "vom" => ("von", "dem"), "Vom" => ("Von", "dem"),
        "ins" => ("in", "das"), "Ins" => ("In", "das"), "ans" => ("an", "das"), "Ans" => ("An", "das"),
        "fürs" => ("für", "das"), "aufs" => ("auf", "das"), "durchs" => ("durch", "das"), "ums" => ("um", "das"),
        "übers" => ("über", "das"), "hinterm" => ("hinter", "dem"), "unterm" => ("unter", "dem"),
        _ => return None,
    })
}

/// "5%" and "20km" fall apart; everything else stays.
fn number_unit(text: &str, start: usize, end: usize, dotted: bool, out: &mut Vec<Piece>) {
    out.push(Piece { start, end, form: None, dotted });
    let _ = text;
}

/// English: clitics, "cannot", hyphens and slashes inside.
fn english(text: &str, start: usize, end: usize, dotted: bool, out: &mut Vec<Piece>) {
    let word = &text[start..end];
    let lower = word.to_lowercase();
    if lower == "cannot" {
        out.push(Piece { start, end: start + 3, form: None, dotted: false });
        out.push(Piece { start: start + 3, end, form: None, dotted: false });
        return;
    }
    if lower.len() == word.len() {
        for suffix in ["n't", "n’t", "'s", "’s", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d", "'m", "’m"] {
            if lower.len() > suffix.len() && lower.ends_with(suffix) {
                let cut = end - suffix.len();
                hyphens(text, start, cut, false, out);
                out.push(Piece { start: cut, end, form: None, dotted: false });
                return;
            }
        }
    }
    hyphens(text, start, end, dotted, out);
}

/// "US-led" is three words; numbers, addresses and all-lower prefixes are cut the same way.
fn hyphens(text: &str, start: usize, end: usize, dotted: bool, out: &mut Vec<Piece>) {
    let word = &text[start..end];
    if word.contains("://") || word.contains('@') || word.starts_with("www.") {
        out.push(Piece { start, end, form: None, dotted });
        return;
    }
    let mut from = start;
    for (i, c) in word.char_indices() {
        let at = start + i;
        let stop = at + c.len_utf8();
        if matches!(c, '-' | '–' | '—' | '/') && at > from && stop < end {
            out.push(Piece { start: from, end: at, form: None, dotted: false });
            out.push(Piece { start: at, end: stop, form: None, dotted: false });
            from = stop;
        }
    }
    out.push(Piece { start: from, end, form: None, dotted });
}

/// Cuts the words of a line into sentences.
fn split(text: &str, lang: Lang, pieces: &[Piece], paragraph: u32, out: &mut Vec<Sentence>, diagnostics: &mut Vec<Diagnostic>) {
    let mut from = 0;
    let mut i = 0;
    while i < pieces.len() {
        let mut end = i + 1;
        if ends(text, lang, pieces, i) {
            // Closing marks stay with the sentence.
            while end < pieces.len() && pieces[end].start == pieces[end - 1].end && closing(&text[pieces[end].start..pieces[end].end]) {
                end += 1;
            }
            let goes_on = pieces.get(end).is_some_and(|p| continues(&text[p.start..p.end]));
            if !goes_on {
                sentence(text, &pieces[from..end], paragraph, out, diagnostics);
                from = end;
            }
        }
        i = end;
    }
    sentence(text, &pieces[from..], paragraph, out, diagnostics);
}

fn closing(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "’" | "‘" | "'" | "»" | "«" | "›" | "‹" | ")" | "]" | "…" | "." | "!" | "?")
}

/// A sentence does not begin with a comma, a dash or a small letter.
fn continues(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':' | '–' | '—' | ')' | '-' | '/'))
}

fn ends(text: &str, lang: Lang, pieces: &[Piece], i: usize) -> bool {
    let piece = &pieces[i];
    match &text[piece.start..piece.end] {
        "." | "!" | "?" | "…" | "..." => true,
        word if piece.dotted => {
            let next = pieces.get(i + 1).map_or("", |p| &text[p.start..p.end]);
            abbreviations::may_end(word, next, lang)
        }
        _ => false,
    }
}

fn sentence(text: &str, pieces: &[Piece], paragraph: u32, out: &mut Vec<Sentence>, diagnostics: &mut Vec<Diagnostic>) {
    if pieces.is_empty() {
        return;
    }
    if pieces.len() > MAX_TOKENS {
        diagnostics.push(Diagnostic::SentenceSplit { sentence: out.len(), tokens: pieces.len() });
    }
    for part in pieces.chunks(MAX_TOKENS) {
        let (start, end) = (part[0].start, part[part.len() - 1].end);
        let last = text[..end].trim_end_matches(['"', '“', '”', '»', '«', ')', '’', '\'']);
        let headline = pieces.len() <= MAX_TOKENS && !last.ends_with(['.', '!', '?', '…', ':']) && !text[..end].ends_with(['.', '!', '?']);
        let mut before = start;
        let tokens = part
            .iter()
            .map(|p| {
                let space_before = p.start > before;
                before = p.end;
                Token {
                    start: p.start as u32,
                    end: p.end as u32,
                    form: SmolStr::new(p.form.unwrap_or(&text[p.start..p.end])),
                    lemma: SmolStr::default(),
                    upos: Upos::X,
                    feats: Feats::default(),
                    head: None,
                    rel: Rel::Dep,
                    sub: Sub::None,
                    space_before,
                }
            })
            .collect();
        out.push(Sentence { start, end, paragraph, tokens, headline });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lang: Lang, text: &str, expected: &[&str]) {
        let mut diagnostics = Vec::new();
        let found: Vec<String> = segment(text, lang, &mut diagnostics)
            .iter()
            .map(|s| s.tokens.iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn german() {
        check(Lang::De, "Am 3. Mai reiste Dr. Wang zum Gipfel. Er sprach.", &["An dem 3. Mai reiste Dr. Wang zu dem Gipfel .", "Er sprach ."]);
        check(Lang::De, "„Wir liefern nicht“, sagte er. „Niemals.“ Danach schwieg er.", &["„ Wir liefern nicht “ , sagte er .", "„ Niemals . “", "Danach schwieg er ."]);
        check(Lang::De, "Der Handel betrug 48,5 Mio. Euro im Jahr 2019. Danach sank er.", &["Der Handel betrug 48,5 Mio. Euro in dem Jahr 2019 .", "Danach sank er ."]);
        check(Lang::De, "Putin empfängt Kim\n\nDie US-Regierung (u. a. Blinken) warnt.", &["Putin empfängt Kim", "Die US-Regierung ( u. a. Blinken ) warnt ."]);
    }

    #[test]
    fn english() {
        check(Lang::En, "The U.S. didn't sign. Russia's envoy cannot travel.", &["The U.S. did n't sign .", "Russia 's envoy can not travel ."]);
        check(Lang::En, "The US-led talks cost $2.5 billion, i.e. 5% more.", &["The US - led talks cost $ 2.5 billion , i.e. 5 % more ."]);
        check(Lang::En, "\"We will not yield,\" Mr. Lee said on Jan. 5.", &["\" We will not yield , \" Mr. Lee said on Jan. 5 ."]);
    }
}
