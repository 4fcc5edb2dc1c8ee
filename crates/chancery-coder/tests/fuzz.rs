//! Whatever the text, the coder comes back, and what it says of the text is true of it: no input makes it panic, spans lie
//! within the text, quotations are the text at their span, and coding twice gives one result.

mod common;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use chancery_coder::Coding;
use chancery_model::{Attribution, Quote};
use chancery_text::Lang;
use common::table::rows;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

/// Every example sentence of the lexicons of a language.
fn examples(lang: Lang) -> &'static [&'static str] {
    static EXAMPLES: OnceLock<[Vec<&'static str>; 2]> = OnceLock::new();
    let both = EXAMPLES.get_or_init(|| {
        ["lexicons/de/", "lexicons/en/"].map(|folder| {
            let rows = rows(|path| path.starts_with(folder));
            let examples: BTreeSet<&str> = rows.iter().map(|row| row.cell("example")).collect();
            examples.into_iter().filter(|example| !example.is_empty()).collect()
        })
    });
    &both[usize::from(lang == Lang::En)]
}

/// What is put into a sentence: controls, marks of direction, joiners, combining marks, quotation marks open and never
/// closed, separators of every kind, characters outside the first plane, words without an end.
fn intruder() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\0",
        "\u{7}",
        "\u{1b}[31m",
        "\r",
        "\r\n",
        "\n\n",
        "\t",
        "\u{b}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{a0}",
        "\u{200b}",
        "\u{200d}",
        "\u{200e}",
        "\u{200f}",
        "\u{202a}",
        "\u{202e}",
        "\u{202c}",
        "\u{2066}",
        "\u{2069}",
        "\u{feff}",
        "\u{fffd}",
        "\u{ad}",
        "\u{308}",
        "\u{301}\u{327}\u{323}",
        "\u{20dd}",
        "ß",
        "ẞ",
        "İ",
        "ŉ",
        "ﬁ",
        "ǅ",
        "👩\u{200d}👩\u{200d}👧",
        "🇷🇺",
        "𝕽𝖚𝖘𝖘𝖑𝖆𝖓𝖉",
        "\u{10ffff}",
        "…",
        "–",
        "--",
        "(((",
        ")))",
        "[",
        "}",
        "\"",
        "'",
        "„",
        "“",
        "”",
        "»",
        "«",
        "‚",
        "‘",
        "’",
        "„\u{201a}»\u{201c}",
        "\"'\"'\"",
        "„„„“",
        ". . .",
        "?!",
        ";;",
        "$",
        "€ 5",
        "%",
        "-3",
        "99999999999999999999999999 Euro",
        "31.02.0000",
        "29. Februar 2023",
        "0,0,0",
        "1e999",
        "№",
    ])
    .prop_map(str::to_owned);
    let long = prop::sample::select(vec!["a", "ä", "ungs", "Russland", "-", "e\u{301}", "„", "(", "1", ",", "🇰🇵"]);
    let long = (long, 1_usize..400).prop_map(|(part, n)| part.repeat(n));
    prop_oneof![6 => fixed, 1 => long, 2 => "\\PC{1,6}"]
}

/// What happens to a sentence. Places are shares of its length, in thousandths.
#[derive(Debug, Clone)]
enum Mutation {
    Cut(usize, usize),
    Repeat(usize, usize, usize),
    Put(usize, String),
    Quote(usize, usize, &'static str, &'static str),
    Shout,
    Whisper,
    Backwards,
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = || 0_usize..=1000;
    let marks = prop::sample::select(vec![
        ("„", "“"),
        ("“", "”"),
        ("»", "«"),
        ("«", "»"),
        ("\"", "\""),
        ("‚", "‘"),
        ("“", "„"),
    ]);
    prop_oneof![
        3 => (place(), place()).prop_map(|(a, b)| Mutation::Cut(a, b)),
        2 => (place(), place(), 2_usize..5).prop_map(|(a, b, n)| Mutation::Repeat(a, b, n)),
        6 => (place(), intruder()).prop_map(|(at, what)| Mutation::Put(at, what)),
        3 => (place(), place(), marks).prop_map(|(a, b, (open, close))| Mutation::Quote(a, b, open, close)),
        1 => Just(Mutation::Shout),
        1 => Just(Mutation::Whisper),
        1 => Just(Mutation::Backwards),
    ]
}

impl Mutation {
    fn of(&self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let at = |share: usize| share * chars.len() / 1000;
        let span = |a: usize, b: usize| (at(a.min(b)), at(a.max(b)));
        let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        match self {
            Self::Cut(a, b) => {
                let (a, b) = span(*a, *b);
                // What is cut out stays the smaller part, so that there is something left to code.
                if (b - a) * 2 > chars.len() { part(a, b) } else { part(0, a) + &part(b, chars.len()) }
            }
            Self::Repeat(a, b, n) => {
                let (a, b) = span(*a, *b);
                part(0, a) + &part(a, b).repeat(*n) + &part(b, chars.len())
            }
            Self::Put(place, what) => part(0, at(*place)) + what + &part(at(*place), chars.len()),
            Self::Quote(a, b, open, close) => {
                let (a, b) = span(*a, *b);
                part(0, a) + open + &part(a, b) + close + &part(b, chars.len())
            }
            Self::Shout => text.to_uppercase(),
            Self::Whisper => text.to_lowercase(),
            Self::Backwards => text.split(' ').rev().collect::<Vec<_>>().join(" "),
        }
    }
}

/// One to three examples, joined somehow, and mutated up to four times.
fn mutated(lang: Lang) -> impl Strategy<Value = String> {
    let sentence = prop::sample::select(examples(lang));
    let joint = prop::sample::select(vec![" ", "\n\n", "", ", ", " – ", "\n", "; ", " und ", " that "]);
    let joined = (prop::collection::vec(sentence, 1..4), joint).prop_map(|(sentences, joint)| sentences.join(joint));
    (joined, prop::collection::vec(mutation(), 0..5)).prop_map(|(text, mutations)| {
        let text = mutations.iter().fold(text, |text, mutation| mutation.of(&text));
        // Repetitions of long words multiply; the time of the test does not grow with them.
        text.chars().take(1500).collect()
    })
}

fn lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec![Lang::De, Lang::En])
}

/// The words at a span of code points, if it is one of this text.
fn at(chars: &[char], start: u32, end: u32) -> Option<String> {
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    (start < end).then(|| chars.get(start..end))?.map(|words| words.iter().collect())
}

fn quotation(chars: &[char], quote: &Quote, trigger: Option<&str>) -> Result<(), TestCaseError> {
    let words = at(chars, quote.start, quote.end);
    prop_assert_eq!(words.as_deref(), Some(quote.exact.as_str()), "the quotation is not the text at its span");
    if let Some(trigger) = trigger {
        prop_assert!(!trigger.trim().is_empty(), "no words carry it: {}", quote.exact);
        prop_assert!(quote.exact.contains(trigger), "`{}` is not in `{}`", trigger, quote.exact);
    }
    Ok(())
}

fn cues(chars: &[char], attribution: &Attribution) -> Result<(), TestCaseError> {
    for link in attribution.links() {
        if let Some((start, end)) = link.cue_start.zip(link.cue_end) {
            prop_assert!(at(chars, start, end).is_some(), "the cue `{}` lies outside: {}..{}", link.cue, start, end);
        }
    }
    Ok(())
}

/// What must be true of every coding of a text.
fn sound(text: &str, coding: &Coding) -> Result<(), TestCaseError> {
    let chars: Vec<char> = text.chars().collect();
    for claim in &coding.claims {
        quotation(&chars, &claim.quote, Some(&claim.trigger))?;
        cues(&chars, &claim.attribution)?;
        prop_assert!(claim.id().is_ok(), "a claim without an id");
    }
    for assessment in &coding.assessments {
        quotation(&chars, &assessment.quote, Some(&assessment.trigger))?;
        cues(&chars, &assessment.attribution)?;
        prop_assert!(assessment.id().is_ok(), "an assessment without an id");
    }
    for abstention in &coding.abstentions {
        quotation(&chars, &abstention.quote, None)?;
    }
    let claimed = coding.claims.iter().flat_map(|c| c.initiator.iter().chain(&c.recipient));
    let assessed = coding.assessments.iter().flat_map(|a| a.subject.iter().chain(&a.object).chain(&a.third));
    for party in claimed.chain(assessed) {
        prop_assert_eq!(party.start.is_some(), party.end.is_some(), "half a span: {:?}", party);
        if let Some((start, end)) = party.start.zip(party.end) {
            let words = at(&chars, start, end);
            prop_assert!(words.is_some(), "{} lies outside the text: {}..{}", party.actor, start, end);
            prop_assert_eq!(words.as_deref(), Some(party.mention.as_str()), "the mention is not the text at its span");
        }
    }
    Ok(())
}

fn coded(lang: Lang, text: &str) -> Result<(), TestCaseError> {
    let once = common::engine().code(lang, text, Some("2023-09-12"));
    sound(text, &once)?;
    let twice = common::engine().code(lang, text, Some("2023-09-12"));
    prop_assert_eq!(once, twice, "coded twice, and not the same");
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_time: 20_000,
        // A failure is told with its input; it becomes a test of its own, not a file of seeds.
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config(CASES))]

    #[test]
    fn mutated_german_examples(text in mutated(Lang::De)) {
        coded(Lang::De, &text)?;
    }

    #[test]
    fn mutated_english_examples(text in mutated(Lang::En)) {
        coded(Lang::En, &text)?;
    }

    /// A German text taken for an English one, and the other way round.
    #[test]
    fn examples_in_the_wrong_language(of in lang(), (de, en) in (mutated(Lang::De), mutated(Lang::En))) {
        coded(of, if of == Lang::De { &en } else { &de })?;
    }

    #[test]
    fn arbitrary_characters(lang in lang(), text in prop::collection::vec(any::<char>(), 0..80)) {
        coded(lang, &text.into_iter().collect::<String>())?;
    }

    #[test]
    fn nothing_but_intruders(lang in lang(), parts in prop::collection::vec(intruder(), 0..12)) {
        coded(lang, &parts.concat().chars().take(1500).collect::<String>())?;
    }
}

/// Cases for each property: all five together stay well under 20 seconds in the dev profile on two cores.
const CASES: u32 = 600;
