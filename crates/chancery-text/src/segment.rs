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
    let mut group: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n').chain(std::iter::once("")) {
        let (start, end) = (at, at + line.trim_end().len());
        at += line.len();
        if start < end {
            group.push((start, end));
            continue;
        }
        if !group.is_empty() {
            join(text, &group, &mut out);
            group.clear();
            out.push(Block::Break);
        }
    }
    out
}

/// Joins the lines of a group that were wrapped: all of one moderate width, or the next begins with a small letter.
fn join(text: &str, group: &[(usize, usize)], out: &mut Vec<Block>) {
    let widths: Vec<usize> = group.iter().map(|&(a, b)| text[a..b].chars().count()).collect();
    let widest = widths.iter().copied().max().unwrap_or(0);
    let even = widths[..widths.len() - 1].iter().all(|&w| w * 10 >= widest * 6);
    let wrapped = (45..=100).contains(&widest) && even;
    let mut from = group[0].0;
    for (i, &(_, end)) in group.iter().enumerate() {
        let next = group.get(i + 1);
        let goes_on = next.is_some_and(|&(a, b)| {
            let small = text[a..b].trim_start().chars().next().is_some_and(char::is_lowercase);
            (wrapped && widths[i] > 40) || (small && !ended(&text[from..end]))
        });
        if !goes_on {
            out.push(Block::Line(from, end));
            from = next.map_or(end, |n| n.0);
        }
    }
}

/// Whether a line ends a sentence.
fn ended(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', ':', '"', '“', '”', '»'])
}

fn words(text: &str, start: usize, end: usize, lang: Lang, out: &mut Vec<Piece>, diagnostics: &mut Vec<Diagnostic>) {
    let mut from = None;
    let slice = &text[start..end];
    for (i, c) in slice.char_indices().chain([(slice.len(), ' ')]) {
        // Zero-width characters join nothing and separate nothing; they stay inside the word.
        if c.is_whitespace() || i == slice.len() {
            if let Some(f) = from.take() {
                run(text, start + f, start + i, lang, out, diagnostics);
            }
        } else if from.is_none() {
            from = Some(i);
        }
    }
}

fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '„'
            | '“'
            | '”'
            | '‚'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '›'
            | '‹'
            | '('
            | '['
            | '{'
            | '<'
            | '…'
            | '–'
            | '—'
            | '$'
            | '€'
            | '£'
            | '#'
            | '*'
            | '/'
            | '¡'
            | '¿'
            | '§'
            | '•'
            | '='
            | '+'
            | '|'
            | '~'
    ) || (c.is_ascii_punctuation() && !matches!(c, '-' | '.' | '@' | '&' | '_' | '%'))
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '’'
            | '‘'
            | '«'
            | '»'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '>'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '–'
            | '—'
            | '%'
            | '€'
            | '£'
            | '*'
            | '/'
            | '|'
    )
}

/// Whether a mark inside a run parts two words: quotation marks and long dashes, and commas and brackets before letters.
fn parts(before: char, mark: char, after: char) -> bool {
    match mark {
        '"' | '„' | '“' | '”' | '«' | '»' | '…' | '—' => true,
        '–' => !(before.is_ascii_digit() && after.is_ascii_digit()),
        ',' | ';' | '!' | '?' => before.is_alphabetic() && after.is_alphabetic(),
        ')' | ']' => after.is_alphabetic(),
        _ => false,
    }
}

/// A run of characters without white space, cut at marks that part words.
fn run(text: &str, start: usize, end: usize, lang: Lang, out: &mut Vec<Piece>, diagnostics: &mut Vec<Diagnostic>) {
    let word = &text[start..end];
    if end - start > LONGEST_WORD * 4 || address(word) {
        chunk(text, start, end, lang, out, diagnostics);
        return;
    }
    let mut from = start;
    let mut before = ' ';
    let mut chars = word.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, d)| *d);
        let at = start + i;
        if before.is_alphanumeric() && after.is_alphanumeric() && parts(before, c, after) && at > from {
            chunk(text, from, at + c.len_utf8(), lang, out, diagnostics);
            from = at + c.len_utf8();
        }
        before = c;
    }
    if from < end {
        chunk(text, from, end, lang, out, diagnostics);
    }
}

/// Whether a run is an address of the net.
fn address(word: &str) -> bool {
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// A run of characters without white space.
fn chunk(
    text: &str,
    mut start: usize,
    mut end: usize,
    lang: Lang,
    out: &mut Vec<Piece>,
    diagnostics: &mut Vec<Diagnostic>,
) {
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
        let same = if dash || matches!(c, '.' | '*' | '<' | '=' | '~' | '+') {
            text[start..end].chars().take_while(|d| *d == c).count()
        } else {
            1
        };
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
        // "!!" and "***" are one word each.
        let same = if matches!(c, '!' | '?' | '*' | '>' | '-') {
            text[start..end].chars().rev().take_while(|d| *d == c).count()
        } else {
            1
        };
        let at = end - c.len_utf8() * same;
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
    // The longest has five bytes; a run of quotation marks asks for every one of them.
    if word.len() > "’ll".len() {
        return false;
    }
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
            hyphens(text, start, end, lang, dotted, out);
        }
        Lang::En => english(text, start, end, dotted, out),
    }
}

/// The parts of a German contraction (`zum` is `zu dem`), as the treebanks cut it and with the capital it has.
pub fn contraction(word: &str) -> Option<(&'static str, &'static str)> {
    Some(match word {
        "am" => ("an", "dem"),
        "Am" => ("An", "dem"),
        "im" => ("in", "dem"),
        "Im" => ("In", "dem"),
        "zum" => ("zu", "dem"),
        "Zum" => ("Zu", "dem"),
        "zur" => ("zu", "der"),
        "Zur" => ("Zu", "der"),
        "beim" => ("bei", "dem"),
        "Beim" => ("Bei", "dem"),
        "vom" => ("von", "dem"),
        "Vom" => ("Von", "dem"),
        "ins" => ("in", "das"),
        "Ins" => ("In", "das"),
        "ans" => ("an", "das"),
        "Ans" => ("An", "das"),
        "fürs" => ("für", "das"),
        "aufs" => ("auf", "das"),
        "durchs" => ("durch", "das"),
        "ums" => ("um", "das"),
        "übers" => ("über", "das"),
        "hinterm" => ("hinter", "dem"),
        "unterm" => ("unter", "dem"),
        _ => return None,
    })
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
        for suffix in ["n't", "n’t", "'s", "’s", "'ll", "’ll", "'re", "’re", "'ve", "’ve", "'d", "’d", "'m", "’m"]
        {
            if lower.len() > suffix.len() && lower.ends_with(suffix) {
                let cut = end - suffix.len();
                hyphens(text, start, cut, Lang::En, false, out);
                out.push(Piece { start: cut, end, form: None, dotted: false });
                return;
            }
        }
    }
    hyphens(text, start, end, Lang::En, dotted, out);
}

/// English prefixes that stay with their word in the treebanks.
const PREFIXES: &[&str] = &[
    "e", "non", "mid", "pre", "anti", "re", "post", "co", "over", "pro", "multi", "ex", "sub", "semi", "neo", "un",
    "inter", "intra", "extra", "micro", "counter", "wi", "mis",
];

/// Second syllables of Korean and Chinese given names.
const SYLLABLES: &[&str] = &[
    "bian", "bok", "chang", "chol", "chul", "chun", "dae", "deok", "eun", "geun", "gil", "guk", "gun", "gyu", "hae",
    "ho", "hui", "hun", "hwa", "hwan", "hye", "hyon", "hyun", "il", "in", "jae", "jeou", "jin", "jong", "jun", "keun",
    "ki", "kyu", "kyun", "min", "moon", "mu", "myung", "nam", "pyo", "rae", "ryol", "ryong", "seok", "shek", "sik",
    "sim", "song", "soo", "su", "suk", "sun", "sung", "te", "uk", "un", "wen", "wi", "won", "woo", "yeol", "yol",
    "yong", "young",
];

/// "Jong-un", "Jong-uns", "Ing-wen": one word, a name.
fn syllables(word: &str) -> bool {
    let Some((first, second)) = word.split_once(['-', '‑']) else { return false };
    let second = second.strip_suffix("'s").unwrap_or(second);
    first.starts_with(char::is_uppercase)
        && first.chars().skip(1).all(char::is_lowercase)
        && first.chars().count() > 1
        && (SYLLABLES.contains(&second) || second.strip_suffix('s').is_some_and(|s| SYLLABLES.contains(&s)))
}

/// "US-led" and "US-Präsident" are three words, as in the treebanks; dates, telephone numbers and addresses are one.
fn hyphens(text: &str, start: usize, end: usize, lang: Lang, dotted: bool, out: &mut Vec<Piece>) {
    let word = &text[start..end];
    if address(word) {
        out.push(Piece { start, end, form: None, dotted });
        return;
    }
    if syllables(word) {
        out.push(Piece { start, end, form: None, dotted });
        return;
    }
    let hyphens = word.matches('-').count();
    let mut from = start;
    let mut before = ' ';
    let mut chars = word.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let (at, stop) = (start + i, start + i + c.len_utf8());
        let after = chars.peek().map_or(' ', |(_, d)| *d);
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let cut = match c {
            '–' | '—' => true,
            '-' | '‑' => match lang {
                Lang::De => !digits,
                Lang::En if digits => hyphens == 1,
                Lang::En => !PREFIXES.contains(&word[from - start..i].to_lowercase().as_str()),
            },
            '/' => !digits && (lang == Lang::En || before != '-'),
            _ => false,
        };
        before = c;
        // A hyphen at the end of a word ("Land- und Seegrenze") is a word in German; a point that belongs to it stays.
        if cut && at > from && (stop < end || (lang == Lang::De && !dotted)) {
            out.push(Piece { start: from, end: at, form: None, dotted: false });
            out.push(Piece { start: at, end: stop, form: None, dotted: false });
            from = stop;
        }
    }
    if from < end {
        out.push(Piece { start: from, end, form: None, dotted });
    }
}

/// Cuts the words of a line into sentences.
fn split(
    text: &str,
    lang: Lang,
    pieces: &[Piece],
    paragraph: u32,
    out: &mut Vec<Sentence>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut from = 0;
    let mut i = 0;
    while i < pieces.len() {
        let mut end = i + 1;
        if ends(text, lang, pieces, i) {
            // Closing marks stay with the sentence.
            while end < pieces.len()
                && pieces[end].start == pieces[end - 1].end
                && closing(&text[pieces[end].start..pieces[end].end])
            {
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

/// The last character before closing marks, of which nobody writes more than a few.
fn before_marks(text: &str) -> Option<char> {
    text.chars().rev().take(64).find(|c| !matches!(c, '"' | '“' | '”' | '»' | '«' | ')' | '’' | '\''))
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
        let headline = pieces.len() <= MAX_TOKENS
            && !before_marks(&text[..end]).is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | ':'))
            && !text[..end].ends_with(['.', '!', '?']);
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
                    verb: None,
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
        check(
            Lang::De,
            "Am 3. Mai reiste Dr. Wang zum Gipfel. Er sprach.",
            &["An dem 3. Mai reiste Dr. Wang zu dem Gipfel .", "Er sprach ."],
        );
        check(
            Lang::De,
            "„Wir liefern nicht“, sagte er. „Niemals.“ Danach schwieg er.",
            &["„ Wir liefern nicht “ , sagte er .", "„ Niemals . “", "Danach schwieg er ."],
        );
        check(
            Lang::De,
            "Der Handel betrug 48,5 Mio. Euro im Jahr 2019. Danach sank er.",
            &["Der Handel betrug 48,5 Mio. Euro in dem Jahr 2019 .", "Danach sank er ."],
        );
        check(
            Lang::De,
            "Putin empfängt Kim\n\nDie US-Regierung (u. a. Blinken) warnt.",
            &["Putin empfängt Kim", "Die US - Regierung ( u. a. Blinken ) warnt ."],
        );
    }

    #[test]
    fn hyphens_lines_and_marks() {
        check(Lang::De, "Kim Jong-uns. uns im Zug", &["Kim Jong-uns . uns in dem Zug"]);
        check(Lang::De, "Land- und Seegrenze 2013-2014", &["Land - und Seegrenze 2013-2014"]);
        check(
            Lang::De,
            "Moskau liefert Getreide\nPjöngjang (dpa) – Ein Schiff lief aus.",
            &["Moskau liefert Getreide", "Pjöngjang ( dpa ) – Ein Schiff lief aus ."],
        );
        let wrapped = "Die Delegation traf am Montag in der Hauptstadt ein und\nBeobachter sprachen von einem Zeichen der Annäherung in\nOstasien.";
        assert_eq!(segment(wrapped, Lang::De, &mut Vec::new()).len(), 1);
    }

    #[test]
    fn hostile_text_is_cut_and_told() {
        for text in [
            "x".repeat(1_000_000),
            "(".repeat(100_000),
            "( ".repeat(100_000),
            "wort ".repeat(10_000),
            "\u{200b}a".repeat(50_000),
        ] {
            let mut diagnostics = Vec::new();
            let sentences = segment(&text, Lang::De, &mut diagnostics);
            assert!(!diagnostics.is_empty());
            assert!(sentences.iter().all(|s| s.tokens.len() <= MAX_TOKENS));
            assert!(
                sentences.iter().flat_map(|s| &s.tokens).all(|t| text.get(t.span()).is_some_and(|w| !w.is_empty()))
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn spans_cover_every_solid_character_of_any_text(text in "\\PC{0,80}|([a-zß „“\"().,!?\n'’-]|Dr\\. |im |3\\. ){0,60}") {
            for lang in [Lang::De, Lang::En] {
                let sentences = segment(&text, lang, &mut Vec::new());
                let mut end = 0;
                for token in sentences.iter().flat_map(|s| &s.tokens) {
                    let span = token.span();
                    proptest::prop_assert!(text.get(span.clone()).is_some());
                    if span.end > end {
                        proptest::prop_assert!(span.start >= end);
                        proptest::prop_assert!(text[end..span.start].trim().is_empty());
                        end = span.end;
                    }
                }
                proptest::prop_assert!(text[end..].trim().is_empty());
            }
        }
    }

    #[test]
    fn english() {
        check(
            Lang::En,
            "The U.S. didn't sign. Russia's envoy cannot travel.",
            &["The U.S. did n't sign .", "Russia 's envoy can not travel ."],
        );
        check(
            Lang::En,
            "The US-led talks cost $2.5 billion, i.e. 5% more.",
            &["The US - led talks cost $ 2.5 billion , i.e. 5 % more ."],
        );
        check(
            Lang::En,
            "\"We will not yield,\" Mr. Lee said on Jan. 5.",
            &["\" We will not yield , \" Mr. Lee said on Jan. 5 ."],
        );
    }
}
