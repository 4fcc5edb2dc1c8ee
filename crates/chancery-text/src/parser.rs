//! Greedy parsing: the best move at each step, then the best label for the arc it makes.
//!
//! A move that has no alternative is not scored, and scores of features that have not changed are kept (see `moves`).

use crate::arcs;
use crate::moves;
use crate::nodes::Nodes;
use crate::projective::lower;
use crate::transition::{Move, State};
use crate::weights::{Scorer, argmax};

/// The labels of a model.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    /// Relation as written, and for lifted words the label of the head they belong to.
    pub(crate) names: Vec<(String, Option<u8>)>,
}

impl Labels {
    /// Reads one label a line.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().collect();
        if lines.is_empty() || lines.len() > 255 {
            return None;
        }
        let names = lines
            .iter()
            .map(|line| match line.split_once(crate::projective::LIFTED) {
                Some((own, head)) => Some((own.to_owned(), Some(lines.iter().position(|l| l == &head)? as u8))),
                None => Some(((*line).to_owned(), None)),
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { names })
    }
}

/// Buffers that are kept between sentences.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) state: State,
    pub(crate) features: Vec<u64>,
    pub(crate) scores: Vec<i32>,
    /// Scores of the moves by what is fixed while a word is on the stack, for each word that was scored.
    below: Vec<Option<Sums>>,
    /// The same for what is fixed while a word is the next one, with that word.
    ahead: Option<(u16, Sums)>,
}

/// A score for each move.
type Sums = [i32; 3];

/// Scores the moves by one group of features.
#[inline]
fn score<const GROUP: u8>(state: &State, nodes: &Nodes, scorer: &impl Scorer, features: &mut Vec<u64>) -> Sums {
    let mut sums = [0; 3];
    features.clear();
    moves::push::<GROUP>(state, nodes, features);
    scorer.score(features, &mut sums);
    sums
}

/// The move with the best score among those allowed.
#[inline]
pub(crate) fn best_move(state: &State, scores: &Sums) -> Move {
    let mut best = None;
    for (action, &score) in Move::ALL.into_iter().zip(scores) {
        if state.allows(action) && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, action));
        }
    }
    best.map_or(Move::Shift, |(_, action)| action)
}

/// The best label of an arc. A word below the artificial root is always `root`.
pub(crate) fn best_label(
    state: &State,
    nodes: &Nodes,
    (head, dependent): (u16, u16),
    scorer: &impl Scorer,
    features: &mut Vec<u64>,
    scores: &mut Vec<i32>,
    labels: usize,
) -> u8 {
    if head == state.n {
        return 0;
    }
    arcs::of_label(state, nodes, head, dependent, features);
    scores.clear();
    scores.resize(labels, 0);
    scorer.score(features, scores);
    // Label 0 is `root`, which no other arc may have.
    (1 + argmax(&scores[1..])) as u8
}

/// Parses a sentence into a projective tree, which is left in `scratch.state`; words of lifted labels are not yet lowered.
pub(crate) fn projective(
    nodes: &Nodes,
    n: usize,
    scorer: &impl Scorer,
    labeller: &impl Scorer,
    labels: usize,
    scratch: &mut Scratch,
) {
    let Scratch { state, features, scores, below, ahead } = scratch;
    state.reset(n);
    below.clear();
    below.resize(n, None);
    *ahead = None;
    while !state.done() {
        let action = if let Some(action) = state.only() {
            action
        } else {
            let below = *below[usize::from(state.s(0))]
                .get_or_insert_with(|| score::<{ moves::S }>(state, nodes, scorer, features));
            let ahead = match *ahead {
                Some((word, sums)) if word == state.next => sums,
                _ => ahead.insert((state.next, score::<{ moves::A }>(state, nodes, scorer, features))).1,
            };
            let own = score::<{ moves::M }>(state, nodes, scorer, features);
            best_move(state, &[0, 1, 2].map(|i| below[i] + ahead[i] + own[i]))
        };
        let label = match state.arc(action) {
            Some(arc) => best_label(state, nodes, arc, labeller, features, scores, labels),
            None => 0,
        };
        state.apply(action, label);
    }
}

/// Parses a sentence. Returns heads (`n` for the root) and labels.
pub(crate) fn parse(
    nodes: &Nodes,
    n: usize,
    moves: &impl Scorer,
    labeller: &impl Scorer,
    labels: &Labels,
    scratch: &mut Scratch,
) -> (Vec<usize>, Vec<u8>) {
    projective(nodes, n, moves, labeller, labels.names.len(), scratch);
    let state = &scratch.state;
    let mut heads: Vec<usize> = state.heads[..n].iter().map(|&h| usize::from(h).min(n)).collect();
    let out = state.labels[..n].to_vec();
    for d in 0..n {
        if let Some((_, Some(target))) = labels.names.get(usize::from(out[d])) {
            lower(&mut heads, &out, d, *target);
        }
    }
    (heads, out)
}
