//! Guides for training: what a parser that reads backwards says of sentences it has not seen.
//!
//! Stacking (Nivre and McDonald 2008; Martins et al. 2008): the parser sees the arcs of another one that errs elsewhere. A
//! reader from the right is such another one (Sagae and Lavie 2006).

use super::corpus::Example;
use super::{Settings, parsing, two_at_a_time};
use crate::guide::{Guide, guides};
use crate::parser::Scratch;

/// The guides of every sentence, by its number; `backwards` holds the sentences read backwards.
pub(crate) fn jackknifed(
    backwards: &[Example],
    labels: &[String],
    settings: &Settings,
    say: &mut dyn FnMut(&str),
) -> Vec<(usize, Vec<Guide>)> {
    let parts = settings.guide_parts.max(2);
    let part = |fold: usize| {
        let inside: Vec<&Example> =
            backwards.iter().enumerate().filter(|(i, _)| i % parts != fold).map(|(_, e)| e).collect();
        let learned = parsing::learn(&inside, labels, settings, &mut |_| {}).into_average();
        let mut scratch = Scratch::default();
        let outside = backwards.iter().enumerate().filter(|(i, _)| i % parts == fold);
        outside
            .map(|(i, e)| {
                let n = e.words.len();
                (i, guides(&e.nodes, n, &learned.moves, &learned.labeller, labels.len(), &mut scratch))
            })
            .collect::<Vec<_>>()
    };
    two_at_a_time(parts, part, &mut |done| say(&format!("guided {done} of {parts} parts")))
}
