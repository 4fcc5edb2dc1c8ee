//! Learning to parse: a dynamic oracle (Goldberg and Nivre 2013) and exploration.

use super::corpus::{Example, Random};
use super::learner::Learner;
use super::{Settings, random};
use crate::arcs;
use crate::moves;
use crate::parser::best_move;
use crate::transition::{Move, NONE, State};
use crate::weights::Scorer;

/// Both classifiers of the parser.
pub(crate) struct Learned {
    pub(crate) moves: Learner,
    pub(crate) labeller: Learner,
}

impl Learned {
    /// Both with averaged weights.
    pub(crate) fn into_average(self) -> Self {
        Self { moves: self.moves.into_average(), labeller: self.labeller.into_average() }
    }
}

/// How many arcs of the gold tree a move makes impossible.
fn cost(state: &State, heads: &[u16], action: Move) -> u32 {
    let n = state.n;
    let s0 = state.s(0);
    let head = |i: u16| if i == n { NONE } else { heads[usize::from(i)] };
    let waiting = |i: u16| i >= state.next && i <= n;
    // Words of the buffer that depend on the top of the stack.
    let dependents_ahead = |node: u16| (state.next..n).filter(|&k| head(k) == node).count() as u32;
    match action {
        Move::Shift => {
            let b0 = state.next;
            let from_stack = |i: &&u16| head(**i) == b0;
            let below = &state.stack[..state.stack.len().saturating_sub(1)];
            state.stack.iter().filter(from_stack).count() as u32 + u32::from(below.contains(&head(b0)))
        }
        Move::Left => {
            let gold = head(s0);
            u32::from(gold != state.next && (waiting(gold) || gold == state.s(1) && gold != NONE))
                + dependents_ahead(s0)
        }
        Move::Right => u32::from(waiting(head(s0))) + dependents_ahead(s0),
    }
}

/// Learns the parser.
pub(crate) fn learn(
    examples: &[&Example],
    labels: &[String],
    settings: &Settings,
    say: &mut dyn FnMut(&str),
) -> Learned {
    let gold_labels: Vec<Vec<u8>> = examples.iter().map(|e| label_codes(&e.labels, labels)).collect();
    let mut learned = Learned { moves: Learner::new(), labeller: Learner::new() };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = random(settings);
    let mut state = State::default();
    for epoch in 0..settings.parser_epochs {
        random.shuffle(&mut order);
        let mut tally = (0, 0);
        for &i in &order {
            let (right, total) = learn_sentence(
                examples[i],
                &gold_labels[i],
                labels.len(),
                (epoch, epoch + 1 == settings.parser_epochs),
                &mut state,
                &mut learned,
                &mut random,
            );
            tally = (tally.0 + right, tally.1 + total);
        }
        say(&format!(
            "parser, pass {}: {:.2} of arcs right in training",
            epoch + 1,
            100.0 * f64::from(tally.0) / f64::from(tally.1)
        ));
    }
    learned
}

/// Codes of labels; a rare lifted label falls back to its own part.
fn label_codes(own: &[String], labels: &[String]) -> Vec<u8> {
    let find = |name: &str| labels.iter().position(|l| l == name);
    own.iter()
        .map(|name| {
            let plain = name.split(crate::projective::LIFTED).next().unwrap_or(name);
            find(name).or_else(|| find(plain)).unwrap_or(0) as u8
        })
        .collect()
}

fn learn_sentence(
    example: &Example,
    gold: &[u8],
    classes: usize,
    (epoch, last): (usize, bool),
    state: &mut State,
    learned: &mut Learned,
    random: &mut Random,
) -> (u32, u32) {
    let n = example.words.len();
    let mut features = Vec::new();
    let mut label_features = Vec::new();
    let mut scores = vec![0i32; classes];
    state.reset(n);
    while !state.done() {
        moves::all(state, &example.nodes, &mut features);
        let mut sums = [0i32; 3];
        learned.moves.score(&features, &mut sums);
        let guess = best_move(state, &sums);
        let costs: Vec<(Move, u32)> =
            Move::ALL.into_iter().filter(|&m| state.allows(m)).map(|m| (m, cost(state, &example.heads, m))).collect();
        let least = costs.iter().map(|(_, c)| *c).min().unwrap_or(0);
        let best = costs
            .iter()
            .filter(|(_, c)| *c == least)
            .map(|(m, _)| *m)
            .reduce(|a, b| if sums[b as usize] > sums[a as usize] { b } else { a })
            .unwrap_or(Move::Shift);
        learned.moves.tick();
        if last {
            learned.moves.note(&features);
        }
        let wrong = costs.iter().any(|(m, c)| *m == guess && *c > least);
        if wrong {
            learned.moves.update(&features, best as usize, 1);
            learned.moves.update(&features, guess as usize, -1);
        }
        // Following its own mistakes teaches the parser to recover from them.
        let explore = epoch >= 2 && random.below(100) < 90;
        let action = if wrong && !explore { best } else { guess };
        let label = match state.arc(action) {
            Some((head, _)) if head == state.n => 0,
            Some((head, dependent)) => {
                arcs::of_label(state, &example.nodes, head, dependent, &mut label_features);
                scores.fill(0);
                learned.labeller.score(&label_features, &mut scores);
                let label = 1 + crate::weights::argmax(&scores[1..]);
                if example.heads[usize::from(dependent)] == head {
                    learned.labeller.tick();
                    if last {
                        learned.labeller.note(&label_features);
                    }
                    let wanted = usize::from(gold[usize::from(dependent)]);
                    if wanted != label {
                        learned.labeller.update(&label_features, wanted, 1);
                        learned.labeller.update(&label_features, label, -1);
                    }
                }
                label as u8
            }
            None => 0,
        };
        state.apply(action, label);
    }
    let right = (0..n).filter(|&d| state.heads[d] == example.heads[d] && state.labels[d] == gold[d]).count();
    (right as u32, n as u32)
}
