//! Training: treebank and lexical tables in, the bytes of a model out.
//!
//! Deterministic for a seed: examples are shuffled by a generator of their own, and nothing depends on hash order.

mod conventions;
mod corpus;
mod ensemble;
mod german_verbs;
mod knowledge;
mod learner;
mod lemmas;
mod parsing;
mod tagging;

pub use corpus::Treebank;
pub use knowledge::{Knowledge, Tables};
pub use learner::Pruning;

use crate::container;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use corpus::{Example, Random};
use ensemble::Ensemble;

/// Settings of a training run.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Seed of every shuffle.
    pub seed: u64,
    /// Passes over the treebank for the taggers.
    pub tagger_epochs: usize,
    /// Passes over the treebank for the parser.
    pub parser_epochs: usize,
    /// Parts in which the treebank is tagged by taggers that have not seen them, so that the parser learns from tags as
    /// they will be.
    pub jackknife: usize,
    /// Parsers that vote on plain text (see [`train`]).
    pub teachers: usize,
    /// The share of them that must stand behind the arcs of a sentence, on average, for it to be learnt from.
    pub agreement: f64,
    /// Passes over treebank and voted sentences together.
    pub student_epochs: usize,
    /// How often the treebank is seen in one of those passes.
    pub weight: usize,
    /// Size of the model in bytes, nearly: weights are cut down to it.
    pub bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, tagger_epochs: 8, parser_epochs: 10, jackknife: 5, teachers: 8, agreement: 0.8, student_epochs: 8, weight: 2, bytes: 7_800_000 }
    }
}

/// Trains a model. `say` hears of the progress.
///
/// With `plain` text, several parsers are taught by the treebank first; the model learns from the treebank and from those
/// sentences of the plain text whose arcs they agree on.
///
/// # Panics
///
/// When the treebank has no sentence.
pub fn train(
    lang: Lang,
    treebank: &Treebank,
    plain: &[String],
    knowledge: &Knowledge,
    settings: &Settings,
    say: &mut dyn FnMut(&str),
) -> Vec<u8> {
    assert!(!treebank.blocks.is_empty(), "a treebank with sentences");
    let vocabulary = treebank.vocabulary();
    let forms = knowledge.forms(lang, &vocabulary);
    let (form_bytes, set_bytes) = forms.sections();
    let lexicon = Lexicon::new(leak(&form_bytes), leak(&set_bytes), lang == Lang::De).expect("a lexicon just built");
    let lemma_table = lemmas::learn(lang, treebank, knowledge);
    say(&format!(
        "lexicon {} kB, lemmas {} kB",
        (form_bytes.len() + set_bytes.len()) / 1024,
        lemma_table.table.len() / 1024
    ));
    let lemmatiser = lemma_table.lemmatiser();
    let mut examples: Vec<Example> = treebank.blocks.iter().map(|b| Example::new(b, &lexicon)).collect();
    let bundles = corpus::bundles(&examples);

    // Tags for the parser, by taggers that have not seen the sentence.
    let folds = settings.jackknife.max(1);
    let mut predicted = vec![(Vec::new(), Vec::new()); examples.len()];
    let tag_part = |fold: usize| {
        let inside = |i: usize| folds == 1 || i % folds != fold;
        let some: Vec<&Example> = examples.iter().enumerate().filter(|(i, _)| inside(*i)).map(|(_, e)| e).collect();
        let taggers = tagging::learn(&some, &bundles, settings);
        let outside = (0..examples.len()).filter(|&i| folds == 1 || i % folds == fold);
        outside.map(|i| (i, taggers.tag(&examples[i].words, &bundles))).collect::<Vec<_>>()
    };
    // Parts are independent: two at a time, and the result does not depend on which ends first.
    for pair in (0..folds).collect::<Vec<_>>().chunks(2) {
        let parts: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = pair
                .iter()
                .map(|&fold| {
                    scope.spawn({
                        let tag_part = &tag_part;
                        move || tag_part(fold)
                    })
                })
                .collect();
            running.into_iter().map(|r| r.join().expect("a part tagged")).collect()
        });
        for (i, tagged) in parts.into_iter().flatten() {
            predicted[i] = tagged;
        }
        say(&format!("tagged {} of {folds} parts", pair[pair.len() - 1] + 1));
    }
    let (mut right, mut total) = (0, 0);
    for (example, (tags, feats)) in examples.iter_mut().zip(predicted) {
        right += example.tags.iter().zip(&tags).filter(|(a, b)| a == b).count();
        total += tags.len();
        example.use_tags(&tags, &feats, &lemmatiser);
    }
    say(&format!("jackknifed UPOS {:.2}", 100.0 * right as f64 / total as f64));

    let all: Vec<&Example> = examples.iter().collect();
    let labels = corpus::labels(treebank);
    let (taggers, learned) = if plain.is_empty() {
        std::thread::scope(|scope| {
            let taggers = scope.spawn(|| tagging::learn(&all, &bundles, settings));
            let learned = parsing::learn(&examples, &labels, settings, say);
            (taggers.join().expect("taggers learned"), learned)
        })
    } else {
        let taggers = tagging::learn(&all, &bundles, settings);
        let ensemble = Ensemble::learn(&examples, &labels, settings, say);
        let voted = ensemble.teach(plain_examples(plain, lang, &lexicon, &taggers, &bundles, &lemmatiser), settings, &labels);
        drop(ensemble);
        let words: usize = voted.iter().map(|e| e.words.len()).sum();
        say(&format!("{} plain sentences, {words} words, with enough agreement", voted.len()));
        let mut together = Vec::new();
        (0..settings.weight).for_each(|_| together.extend(examples.iter().cloned()));
        together.extend(voted);
        let student = Settings { parser_epochs: settings.student_epochs, ..*settings };
        (taggers, parsing::learn(&together, &labels, &student, say))
    };

    let fixed = form_bytes.len() + set_bytes.len() + lemma_table.table.len() + 60_000;
    let room = settings.bytes.saturating_sub(fixed);
    let pruning = |hundredths: usize| Pruning { min_seen: 2, threshold: 0.012, bytes: room / 100 * hundredths };
    let (tags_i, tags_w) = taggers.tags.table(pruning(14));
    let (morph_i, morph_w) = taggers.morphology.table(pruning(15));
    let (arcs_i, arcs_w) = learned.labeller.table(pruning(26));
    let sections = [
        ("forms", form_bytes),
        ("sets", set_bytes),
        ("tags.i", tags_i),
        ("tags.w", tags_w),
        ("bundles", corpus::bundle_lines(&bundles).into_bytes()),
        ("morph.i", morph_i),
        ("morph.w", morph_w),
        ("lemmas", lemma_table.table),
        ("scripts", lemma_table.scripts.join("\n").into_bytes()),
        ("labels", labels.join("\n").into_bytes()),
        ("moves", learned.moves.narrow(pruning(45))),
        ("arcs.i", arcs_i),
        ("arcs.w", arcs_w),
    ];
    for (name, data) in &sections {
        say(&format!("section {name}: {} kB", data.len() / 1024));
    }
    container::write(lang, &sections)
}

/// The sentences of plain texts, tagged, without trees. Short ones teach nothing, very long ones are mostly no sentences.
fn plain_examples(
    texts: &[String],
    lang: Lang,
    lexicon: &Lexicon,
    taggers: &tagging::Taggers,
    bundles: &crate::morphology::Bundles,
    lemmatiser: &crate::lemma::Lemmatiser,
) -> Vec<Example> {
    let mut out = Vec::new();
    for text in texts {
        for sentence in crate::segment::segment(text, lang, &mut Vec::new()) {
            if !(5..=60).contains(&sentence.tokens.len()) {
                continue;
            }
            let forms: Vec<&str> = sentence.tokens.iter().map(|t| t.form.as_str()).collect();
            let mut example = Example::plain(&forms, lexicon);
            let (tags, feats) = taggers.tag(&example.words, bundles);
            example.use_tags(&tags, &feats, lemmatiser);
            out.push(example);
        }
    }
    out
}

/// Run-time tables borrow for ever; a training run makes a handful of them.
fn leak(bytes: &[u8]) -> &'static [u8] {
    Vec::leak(bytes.to_vec())
}

/// A random generator for shuffling.
fn random(settings: &Settings) -> Random {
    Random::new(settings.seed)
}
