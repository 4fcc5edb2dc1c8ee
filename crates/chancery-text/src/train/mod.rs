//! Training: treebank and lexical tables in, the bytes of a model out.
//!
//! Deterministic for a seed: examples are shuffled by a generator of their own, and nothing depends on hash order.

mod conventions;
mod corpus;
mod german_verbs;
mod guide;
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
    /// Parts in which the treebank is read backwards by parsers that have not seen them, as guides for the parser.
    pub guide_parts: usize,
    /// Size of the model in bytes, nearly: weights are cut down to it.
    pub bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, tagger_epochs: 8, parser_epochs: 10, jackknife: 5, guide_parts: 4, bytes: 7_800_000 }
    }
}

/// Trains a model. `say` hears of the progress.
///
/// # Panics
///
/// When the treebank has no sentence.
pub fn train(
    lang: Lang,
    treebank: &Treebank,
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
    for (i, tagged) in two_at_a_time(folds, tag_part, &mut |done| say(&format!("tagged {done} of {folds} parts"))) {
        predicted[i] = tagged;
    }
    let (mut right, mut total) = (0, 0);
    for (example, (tags, feats)) in examples.iter_mut().zip(predicted) {
        right += example.tags.iter().zip(&tags).filter(|(a, b)| a == b).count();
        total += tags.len();
        example.use_tags(&tags, &feats, &lemmatiser);
    }
    say(&format!("jackknifed UPOS {:.2}", 100.0 * right as f64 / total as f64));

    let labels = corpus::labels(treebank);
    let backwards: Vec<Example> = examples.iter().map(Example::reversed).collect();
    for (i, guides) in guide::jackknifed(&backwards, &labels, settings, say) {
        examples[i].nodes.guide(guides);
    }
    let all: Vec<&Example> = examples.iter().collect();
    let (taggers, back, learned) = std::thread::scope(|scope| {
        let taggers = scope.spawn(|| tagging::learn(&all, &bundles, settings));
        let back =
            scope.spawn(|| parsing::learn(&backwards.iter().collect::<Vec<_>>(), &labels, settings, &mut |_| {}));
        let learned = parsing::learn(&all, &labels, settings, say);
        (taggers.join().expect("taggers learned"), back.join().expect("a guide learned"), learned)
    });

    let fixed = form_bytes.len() + set_bytes.len() + lemma_table.table.len() + 60_000;
    let room = settings.bytes.saturating_sub(fixed);
    let pruning = |hundredths: usize| Pruning { min_seen: 2, threshold: 0.012, bytes: room / 100 * hundredths };
    let (tags_i, tags_w) = taggers.tags.table(pruning(13));
    let (morph_i, morph_w) = taggers.morphology.table(pruning(13));
    let (arcs_i, arcs_w) = learned.labeller.table(pruning(20));
    let (back_i, back_w) = back.labeller.table(pruning(9));
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
        ("moves", learned.moves.narrow(pruning(29))),
        ("arcs.i", arcs_i),
        ("arcs.w", arcs_w),
        ("back", back.moves.narrow(pruning(16))),
        ("back.i", back_i),
        ("back.w", back_w),
    ];
    for (name, data) in &sections {
        say(&format!("section {name}: {} kB", data.len() / 1024));
    }
    container::write(lang, &sections)
}

/// Works on independent parts, two at a time; what comes out does not depend on which ends first. `done` hears how many are.
fn two_at_a_time<T: Send>(parts: usize, work: impl Fn(usize) -> Vec<T> + Sync, done: &mut dyn FnMut(usize)) -> Vec<T> {
    let mut out = Vec::new();
    for pair in (0..parts).collect::<Vec<_>>().chunks(2) {
        out.extend(std::thread::scope(|scope| {
            let work = &work;
            let running: Vec<_> = pair.iter().map(|&part| scope.spawn(move || work(part))).collect();
            running.into_iter().flat_map(|r| r.join().expect("a part done")).collect::<Vec<_>>()
        }));
        done(pair[pair.len() - 1] + 1);
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
