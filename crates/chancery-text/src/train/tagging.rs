//! Learning to tag and to predict features.

use super::corpus::Example;
use super::learner::Learner;
use super::{Settings, random};
use crate::morph::{Feats, Upos};
use crate::morphology::{self, Bundles, Context};
use crate::tagger;
use crate::weights::{Scorer, argmax};
use crate::words::Word;

/// Both taggers, in training.
pub(crate) struct Taggers {
    pub(crate) tags: Learner,
    pub(crate) morphology: Learner,
}

impl Taggers {
    /// Tags a sentence as the final model would.
    pub(crate) fn tag(&self, words: &[Word], bundles: &Bundles) -> (Vec<u8>, Vec<Feats>) {
        let (mut tags, mut feats) = (Vec::new(), Vec::new());
        tagger::tag(words, &self.tags, Upos::ALL.len(), &mut tags);
        morphology::predict(words, &tags, &self.morphology, bundles, &mut feats);
        (tags, feats)
    }
}

/// Learns both taggers.
pub(crate) fn learn(examples: &[&Example], bundles: &Bundles, settings: &Settings) -> Taggers {
    let mut tags = Learner::new();
    let mut morphology = Learner::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = random(settings);
    for epoch in 0..settings.tagger_epochs {
        let last = epoch + 1 == settings.tagger_epochs;
        random.shuffle(&mut order);
        for &i in &order {
            learn_tags(examples[i], last, &mut tags);
            learn_feats(examples[i], bundles, last, &mut morphology);
        }
    }
    Taggers { tags: tags.into_average(), morphology: morphology.into_average() }
}

/// One sentence for the tagger. It sees its own guesses as context, as it will later.
fn learn_tags(example: &Example, last: bool, learner: &mut Learner) {
    let mut guesses: Vec<u8> = Vec::with_capacity(example.tags.len());
    let mut buffer = Vec::new();
    for (i, &gold) in example.tags.iter().enumerate() {
        tagger::extract(&example.words, &guesses, i, &mut buffer);
        let mut scores = [0i32; 17];
        learner.score(&buffer, &mut scores);
        let guess = argmax(&scores);
        learner.tick();
        if last {
            learner.note(&buffer);
        }
        if guess != usize::from(gold) {
            learner.update(&buffer, usize::from(gold), 1);
            learner.update(&buffer, guess, -1);
        }
        guesses.push(guess as u8);
    }
}

/// One sentence for the features: gold tags, guessed features as context.
fn learn_feats(example: &Example, bundles: &Bundles, last: bool, learner: &mut Learner) {
    let context = Context::new(&example.words, &example.tags);
    let mut guesses: Vec<Feats> = Vec::with_capacity(example.tags.len());
    let mut buffer = Vec::new();
    for (i, &tag) in example.tags.iter().enumerate() {
        let of = &bundles.of[usize::from(tag)];
        if of.len() == 1 {
            guesses.push(of[0].0);
            continue;
        }
        morphology::extract(&example.words, &example.tags, &guesses, &context, i, &mut buffer);
        let mut scores = [0i32; Feats::VALUE_CLASSES];
        learner.score(&buffer, &mut scores);
        let guess = bundles.best(tag, &scores, None);
        learner.tick();
        if last {
            learner.note(&buffer);
        }
        let gold = example.feats[i];
        if of[guess].0 != gold {
            let (wanted, got) = (gold.value_classes(), &of[guess].1);
            for &class in wanted.iter().filter(|c| !got.contains(c)) {
                learner.update(&buffer, usize::from(class), 1);
            }
            for &class in got.iter().filter(|c| !wanted.contains(c)) {
                learner.update(&buffer, usize::from(class), -1);
            }
        }
        guesses.push(of[guess].0);
    }
}
