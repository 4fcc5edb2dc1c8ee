//! What every analysis must hold, whatever the text: tried on arbitrary Unicode with the shipped models.

use chancery_text::{Analysis, CodePoints, MAX_TOKENS, Model, analyse, parse_conllu, raw_to_conllu, read_conllu};
use proptest::prelude::*;

static GERMAN: &[u8] = include_bytes!("../../../data/models/de/model.bin");
static ENGLISH: &[u8] = include_bytes!("../../../data/models/en/model.bin");

fn models() -> [Model; 2] {
    [GERMAN, ENGLISH].map(|bytes| Model::from_bytes(bytes).expect("a shipped model"))
}

/// The one check: spans, order, coverage, trees.
fn check(text: &str, analysis: &Analysis) {
    let points = CodePoints::new(text);
    let mut last = 0;
    for sentence in &analysis.sentences {
        assert!(last <= sentence.start && sentence.start <= sentence.end, "sentences in order");
        assert!(text.get(sentence.start..sentence.end).is_some(), "sentence on boundaries");
        assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= MAX_TOKENS, "sentence of sensible length");
        last = sentence.end;
        let mut before = sentence.start..sentence.start;
        for token in &sentence.tokens {
            let span = token.span();
            let word = text.get(span.clone()).expect("word on boundaries");
            assert!(!word.is_empty() && !word.starts_with(char::is_whitespace), "a word: {word:?}");
            assert!(span == before || span.start >= before.end, "words in order, parts of a contraction share a span");
            assert!(span.end <= sentence.end, "words inside their sentence");
            assert!(points.at(span.start) < points.at(span.end));
            assert!(!token.form.is_empty() && !token.lemma.is_empty());
            before = span;
        }
        check_tree(&sentence.tokens.iter().map(|t| t.head.map(|h| h as usize)).collect::<Vec<_>>());
    }
    let inside = |byte: usize| analysis.sentences.iter().any(|s| (s.start..s.end).contains(&byte));
    if text.len() < 2_000 {
        let lost = text.char_indices().find(|(i, c)| c.is_alphanumeric() && !inside(*i));
        assert!(lost.is_none(), "a letter outside every sentence: {lost:?} in {text:?}");
    }
}

fn check_tree(heads: &[Option<usize>]) {
    assert_eq!(heads.iter().filter(|h| h.is_none()).count(), 1, "one root");
    for start in 0..heads.len() {
        let mut steps = 0;
        let mut node = start;
        while let Some(head) = heads[node] {
            assert!(head < heads.len() && head != node);
            node = head;
            steps += 1;
            assert!(steps <= heads.len(), "no cycle");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_unicode_is_survived(text in "\\PC{0,200}|[\\s\\S]{0,120}") {
        for model in models() {
            check(&text, &analyse(&text, &model));
        }
    }

    #[test]
    fn text_like_input_is_survived(
        words in prop::collection::vec("[A-Za-zäöüß]{1,9}|[0-9]{1,4}|[.,;:!?()„“”»«\"'’–-]|\\n|zum|Dr\\.|don't|3\\.", 0..80),
        glue in prop::sample::select(vec![" ", "", "\u{200b}", "\u{a0}"]),
    ) {
        let text = words.join(glue);
        for model in models() {
            check(&text, &analyse(&text, &model));
        }
    }

    #[test]
    fn arbitrary_columns_are_survived(text in "([0-9]{1,2}(-[0-9]{1,2})?\\t\\PC{0,12}(\\t[a-z0-9_]{0,4}){0,9}\\n|#\\PC{0,9}\\n|\\n){0,12}") {
        for model in models() {
            let _ = parse_conllu(&text, &model);
        }
    }
}

#[test]
fn nothing_gives_nothing() {
    for model in models() {
        for text in ["", " ", "\n\n\t\u{a0}"] {
            assert_eq!(analyse(text, &model).sentences, []);
            assert_eq!(raw_to_conllu(text, &model), "");
        }
        assert_eq!(parse_conllu("", &model), "");
    }
}

#[test]
fn the_same_text_gives_the_same_analysis() {
    let text = "Der Sprecher sagte, man habe nichts geliefert. Am 3. Mai trafen sich die Minister zum Gespräch.";
    for model in models() {
        assert_eq!(analyse(text, &model), analyse(text, &model.clone()));
    }
}

#[test]
fn shipped_models_are_intact_small_and_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    for (model, bytes) in models().iter().zip([GERMAN, ENGLISH]) {
        shared(model);
        assert!(model.is_intact());
        assert!(bytes.len() < 10_000_000, "{} bytes", bytes.len());
    }
    assert_eq!(models().map(|m| m.lang().to_string()), ["de", "en"]);
}

#[test]
fn damaged_models_never_panic() {
    for cut in [0, 1, 47, 48, 52, 60, 300, 5_000, GERMAN.len() / 2, GERMAN.len() - 1] {
        if let Ok(model) = Model::from_bytes(&GERMAN[..cut]) {
            check("Ein Satz mit Wörtern.", &analyse("Ein Satz mit Wörtern.", &model));
        }
    }
    let mut noise = GERMAN.to_vec();
    for (i, byte) in noise.iter_mut().enumerate().skip(4_096).step_by(7) {
        *byte ^= i as u8;
    }
    let noise: &'static [u8] = Vec::leak(noise);
    if let Ok(model) = Model::from_bytes(noise) {
        assert!(!model.is_intact());
        let _ = analyse("Der Präsident reiste am Montag nach Moskau.", &model);
    }
}

#[test]
fn written_conllu_reads_back() {
    let text = "Zum Treffen im Mai kam niemand.\n\nRussia's envoy didn't answer.";
    for model in models() {
        let blocks = read_conllu(&raw_to_conllu(text, &model));
        let words: usize = blocks.iter().map(|b| b.rows.len()).sum();
        assert_eq!(words, analyse(text, &model).sentences.iter().map(|s| s.tokens.len()).sum::<usize>());
        for block in &blocks {
            check_tree(&block.rows.iter().map(|r| r.head.checked_sub(1)).collect::<Vec<_>>());
        }
    }
}
