//! Text that nobody writes, with the shipped models: no panic, bounded pieces, and twice the text is twice the work.
//!
//! Work is counted, not timed: sentences, words and what is said about cuts. Every analysis below the level of a
//! sentence is bounded by the length of a sentence, and that is bounded here. Times are in `bench/hostile.md`.

use std::fmt::Write as _;

use chancery_text::{
    Analysis, Diagnostic, MAX_TOKENS, Model, analyse, check_conllu, detect, parse_conllu, raw_to_conllu, read_conllu,
};

static GERMAN: &[u8] = include_bytes!("../../../data/models/de/model.bin");
static ENGLISH: &[u8] = include_bytes!("../../../data/models/en/model.bin");

fn models() -> [Model; 2] {
    [GERMAN, ENGLISH].map(|bytes| Model::from_bytes(bytes).expect("a shipped model"))
}

const MEGABYTE: usize = 1 << 20;

/// Bytes that a word may have at most: a run without space is cut, see `Diagnostic::WordSplit`.
const LONGEST: usize = 640;

fn words(analysis: &Analysis) -> usize {
    analysis.sentences.iter().map(|s| s.tokens.len()).sum()
}

/// Holds for every text.
fn check(text: &str, analysis: &Analysis) {
    let mut end = 0;
    for sentence in &analysis.sentences {
        assert!((1..=MAX_TOKENS).contains(&sentence.tokens.len()));
        assert!(sentence.tokens.iter().filter(|t| t.head.is_none()).count() == 1, "one root");
        for token in &sentence.tokens {
            let word = text.get(token.span()).expect("a word on boundaries");
            assert!(!word.is_empty() && word.len() <= LONGEST, "{} bytes", word.len());
            assert!(token.lemma.len() <= 2 * LONGEST && token.form.len() <= LONGEST);
            assert!(token.span().end >= end, "in order");
            end = token.span().end;
        }
    }
    // Contractions are two words; nothing else makes more words than bytes.
    assert!(words(analysis) <= 2 * text.len());
    assert!(analysis.diagnostics.len() <= analysis.sentences.len() + words(analysis));
}

/// Analyses the text and twice the text.
fn grows_evenly(name: &str, piece: &str, times: usize) {
    for model in models() {
        let once = piece.repeat(times);
        let twice = piece.repeat(2 * times);
        let (a, b) = (analyse(&once, &model), analyse(&twice, &model));
        check(&once, &a);
        check(&twice, &b);
        assert!(words(&b) <= 2 * words(&a) + 2, "{name}: {} and {} words", words(&a), words(&b));
        let (a, b) = (a.sentences.len(), b.sentences.len());
        assert!(b <= 2 * a + 2, "{name}: {a} and {b} sentences");
        let _ = detect(&once);
    }
}

#[test]
fn runs_without_a_space() {
    for piece in
        ["x", "ß", "1", ".", "\u{301}", "\u{200b}", "\0", "(", "\"", "„", "'", "-", "/", "@", "e-", "1.", "a.b."]
    {
        grows_evenly(piece, piece, MEGABYTE / 4 / piece.len());
    }
}

#[test]
fn a_megabyte_without_a_space_is_cut_and_told() {
    for text in ["x".repeat(MEGABYTE), ".".repeat(MEGABYTE), "7".repeat(MEGABYTE), "\u{301}".repeat(MEGABYTE / 2)] {
        for model in models() {
            let analysis = analyse(&text, &model);
            check(&text, &analysis);
            assert!(analysis.diagnostics.contains(&Diagnostic::WordSplit { start: 0, length: text.len() }));
            assert!(words(&analysis) < MEGABYTE / 100);
        }
    }
}

#[test]
fn brackets_and_quotation_marks() {
    for mark in ["(", "[", "\"", "„", "«"] {
        let text = mark.repeat(100_000);
        for model in models() {
            check(&text, &analyse(&text, &model));
        }
    }
    let nested = "(".repeat(50_000) + &")".repeat(50_000);
    for model in models() {
        check(&nested, &analyse(&nested, &model));
    }
    // One by one and in runs that are just no longer than a word may be.
    grows_evenly("spaced", "( ", 5_000);
    grows_evenly("quoted", "\" „ ' ", 2_000);
    grows_evenly("deep", "(a [b ", 3_000);
    let run = "'".repeat(LONGEST - 1) + " ";
    grows_evenly("long runs", &run, 8);
}

#[test]
fn a_sentence_of_ten_thousand_words() {
    for (model, word) in models().iter().zip(["Gespräche ", "talks "]) {
        let text = word.repeat(10_000);
        let analysis = analyse(&text, model);
        check(&text, &analysis);
        assert_eq!(words(&analysis), 10_000);
        assert_eq!(analysis.sentences.len(), 10_000_usize.div_ceil(MAX_TOKENS));
        assert_eq!(analysis.diagnostics, [Diagnostic::SentenceSplit { sentence: 0, tokens: 10_000 }]);
    }
}

#[test]
fn scripts_marks_and_controls() {
    for (name, piece) in [
        ("scripts in one word", "Рutіnλ漢كa "),
        ("zero width", "Mos\u{200b}kau\u{200d}s\u{feff} \u{2060}"),
        ("right to left", "\u{202e}txt\u{202c} כלל "),
        ("combining", "a\u{301}\u{302}\u{303}\u{304} "),
        ("families", "👨\u{200d}👩\u{200d}👧 "),
        ("CR only", "Er kam.\rSie ging.\r"),
        ("NUL", "Er\0kam.\0 "),
        ("escapes", "\\ud800 \\udfff &#xD800; "),
        ("replacement", "\u{fffd}\u{fffe} "),
        ("line separators", "eins\u{2028}zwei\u{2029}drei\u{85}"),
        ("capitals that grow", "İSTANBUL ŉ ß ﬃ "),
        ("lines", "\n\n-\n"),
    ] {
        grows_evenly(name, piece, 2_000);
    }
}

#[test]
fn blank_text_of_a_megabyte_is_nothing() {
    for blank in [" ", "\n", "\r", "\u{a0}", "\t\u{3000}"] {
        let text = blank.repeat(MEGABYTE / blank.len());
        for model in models() {
            assert_eq!(analyse(&text, &model).sentences, []);
        }
    }
}

#[test]
fn conllu_of_any_length_is_written_back() {
    let mut long = String::new();
    for i in (1..=20_000).step_by(2) {
        let _ = writeln!(long, "{i}-{}\tzum\n{i}\tzu\n{}\tdem", i + 1, i + 1);
    }
    assert_eq!(check_conllu(&long), Ok(()));
    for model in models() {
        let back = read_conllu(&parse_conllu(&long, &model));
        assert_eq!((back.len(), back[0].rows.len(), back[0].ranges.len()), (1, 20_000, 10_000));
        assert_eq!(back[0].rows.iter().filter(|r| r.head == 0).count(), 1);
        let odd = "1\t\0\n2\t\u{301}\n\n1\t".to_owned() + &"x".repeat(100_000);
        assert_eq!(read_conllu(&parse_conllu(&odd, &model)).len(), 2);
        assert!(!raw_to_conllu(&"„\t".repeat(1_000), &model).is_empty());
    }
}
