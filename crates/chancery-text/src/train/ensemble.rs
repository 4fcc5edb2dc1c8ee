//! Several parsers vote, and one learns from their vote on plain text.
//!
//! An ensemble of parsers that err differently (other seeds, sentences read backwards) is better than each of them (Sagae
//! and Lavie 2006; Surdeanu and Manning 2010), and what it agrees on in plain text teaches a single parser (Zhou and Li
//! 2005, tri-training; Weiss et al. 2015). The shipped parser costs no more for it.

use super::corpus::Example;
use super::parsing::{self, Learned};
use super::{Settings, random};
use crate::nodes::Nodes;
use crate::parser::{Scratch, projective};

/// Parsers that vote.
pub(crate) struct Ensemble {
    /// Each with whether it reads backwards.
    members: Vec<(Learned, bool)>,
    labels: usize,
}

/// What the ensemble says of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Vote {
    /// Projective heads; `n` is the root.
    pub(crate) heads: Vec<u16>,
    pub(crate) labels: Vec<u8>,
    /// The share of members behind the arcs, on average.
    pub(crate) agreement: f64,
}

impl Ensemble {
    /// Teaches as many parsers as the settings ask for, two at a time.
    pub(crate) fn learn(
        examples: &[Example],
        labels: &[String],
        settings: &Settings,
        say: &mut dyn FnMut(&str),
    ) -> Self {
        let backwards: Vec<Example> = examples.iter().map(Example::reversed).collect();
        let plans: Vec<usize> = (0..settings.teachers).collect();
        let mut members = Vec::new();
        for pair in plans.chunks(2) {
            members.extend(std::thread::scope(|scope| {
                let running: Vec<_> = pair
                    .iter()
                    .map(|&k| {
                        let reverse = k % 2 == 1;
                        let examples = if reverse { backwards.as_slice() } else { examples };
                        let settings = Settings { seed: settings.seed + 1 + k as u64, ..*settings };
                        scope.spawn(move || {
                            (parsing::learn(examples, labels, &settings, &mut |_| {}).into_average(), reverse)
                        })
                    })
                    .collect();
                running.into_iter().map(|r| r.join().expect("a parser taught")).collect::<Vec<_>>()
            }));
            say(&format!("taught {} of {} parsers", members.len(), settings.teachers));
        }
        Self { members, labels: labels.len() }
    }

    /// Lets the members vote on the arcs of a sentence; the projective tree with most votes wins.
    pub(crate) fn vote(&self, forward: &Nodes, backward: &Nodes, n: usize, scratch: &mut Scratch) -> Vote {
        let mut votes = vec![0u16; (n + 1) * n];
        let mut named: Vec<Vec<(u16, u8)>> = vec![Vec::new(); n];
        let turn = |i: usize| if i < n { n - 1 - i } else { n };
        for (learned, reverse) in &self.members {
            let nodes = if *reverse { backward } else { forward };
            projective(nodes, n, &learned.moves, &learned.labeller, self.labels, scratch);
            for i in 0..n {
                let head = usize::from(scratch.state.heads[i]).min(n);
                let (i, head, label) =
                    if *reverse { (turn(i), turn(head), scratch.state.labels[i]) } else { (i, head, scratch.state.labels[i]) };
                votes[head * n + i] += 1;
                named[i].push((head as u16, label));
            }
        }
        let heads = eisner(&votes, n);
        let total: u32 = (0..n).map(|i| u32::from(votes[heads[i] * n + i])).sum();
        let labels = (0..n).map(|i| most_named(&named[i], heads[i] as u16)).collect();
        Vote {
            agreement: f64::from(total) / (n * self.members.len()).max(1) as f64,
            heads: heads.into_iter().map(|h| h as u16).collect(),
            labels,
        }
    }

    /// Plain sentences with the trees voted for, those that the members agree on enough.
    pub(crate) fn teach(&self, plain: Vec<Example>, settings: &Settings, names: &[String]) -> Vec<Example> {
        let half = plain.len().div_ceil(2).max(1);
        let parts: Vec<Vec<Example>> = std::thread::scope(|scope| {
            let running: Vec<_> = plain
                .chunks(half)
                .map(|part| {
                    scope.spawn(move || {
                        let mut scratch = Scratch::default();
                        let taught = part.iter().filter_map(|example| {
                            let n = example.words.len();
                            let vote = self.vote(&example.nodes, &example.reversed().nodes, n, &mut scratch);
                            if vote.agreement < settings.agreement {
                                return None;
                            }
                            let mut example = example.clone();
                            example.labels = vote.labels.iter().map(|&l| names[usize::from(l)].clone()).collect();
                            example.heads = vote.heads;
                            Some(example)
                        });
                        taught.collect::<Vec<_>>()
                    })
                })
                .collect();
            running.into_iter().map(|r| r.join().expect("a part taught")).collect()
        });
        let mut out: Vec<Example> = parts.into_iter().flatten().collect();
        random(settings).shuffle(&mut out);
        out
    }
}

/// The label most members gave to the arc; without one, to the word.
fn most_named(named: &[(u16, u8)], head: u16) -> u8 {
    let count = |label: u8| {
        let with = |same: bool| named.iter().filter(|(h, l)| *l == label && (!same || *h == head)).count();
        (with(true), with(false))
    };
    named.iter().map(|(_, label)| *label).max_by_key(|&label| (count(label), u8::MAX - label)).unwrap_or(0)
}

/// The projective tree with the most votes (Eisner 1996). `votes[head * n + dependent]`, the root being head `n`, with one
/// word below it.
fn eisner(votes: &[u16], n: usize) -> Vec<usize> {
    // Without the root: spans over the words; the root takes the word whose tree is best.
    let score = |h: usize, d: usize| i64::from(votes[h * n + d]);
    let at = |i: usize, j: usize| i * n + j;
    let (mut open_left, mut open_right) = (vec![(0i64, 0usize); n * n], vec![(0i64, 0usize); n * n]);
    let (mut left, mut right) = (vec![(0i64, 0usize); n * n], vec![(0i64, 0usize); n * n]);
    for width in 1..n {
        for i in 0..n - width {
            let j = i + width;
            let join = (i..j).map(|k| (right[at(i, k)].0 + left[at(k + 1, j)].0, k));
            let (best, k) = join.reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
            open_left[at(i, j)] = (best + score(j, i), k);
            open_right[at(i, j)] = (best + score(i, j), k);
            let whole = (i..j).map(|k| (left[at(i, k)].0 + open_left[at(k, j)].0, k));
            left[at(i, j)] = whole.reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
            let whole = (i + 1..=j).map(|k| (open_right[at(i, k)].0 + right[at(k, j)].0, k));
            right[at(i, j)] = whole.reduce(|a, b| if b.0 > a.0 { b } else { a }).unwrap_or_default();
        }
    }
    let mut heads = vec![n; n];
    let tops = (0..n).map(|r| (left[at(0, r)].0 + right[at(r, n - 1)].0 + score(n, r), r));
    let Some((_, root)) = tops.reduce(|a, b| if b.0 > a.0 { b } else { a }) else { return heads };
    // (from, to, head is on the right, complete)
    let mut todo = vec![(0, root, true, true), (root, n - 1, false, true)];
    while let Some((i, j, to_left, complete)) = todo.pop() {
        if i == j {
            continue;
        }
        match (complete, to_left) {
            (true, true) => {
                let k = left[at(i, j)].1;
                todo.extend([(i, k, true, true), (k, j, true, false)]);
            }
            (true, false) => {
                let k = right[at(i, j)].1;
                todo.extend([(i, k, false, false), (k, j, false, true)]);
            }
            (false, _) => {
                let k = if to_left { open_left[at(i, j)].1 } else { open_right[at(i, j)].1 };
                if to_left { heads[i] = j } else { heads[j] = i }
                todo.extend([(i, k, false, true), (k + 1, j, true, true)]);
            }
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_with_most_votes_wins() {
        // 1 is the root; 0 ← 1; 3 ← 1 gets two votes, 3 ← 2 one; 2 ← 3.
        let n = 4;
        let mut votes = vec![0u16; (n + 1) * n];
        for (head, dependent, count) in [(4, 1, 3), (1, 0, 3), (1, 3, 2), (2, 3, 1), (3, 2, 3), (3, 0, 1)] {
            votes[head * n + dependent] = count;
        }
        assert_eq!(eisner(&votes, n), vec![1, 4, 3, 1]);
        assert_eq!(eisner(&[], 0), Vec::<usize>::new());
        assert_eq!(eisner(&[0, 0], 1), vec![1]);
    }

    #[test]
    fn labels_go_by_the_arc_first() {
        assert_eq!(most_named(&[(1, 4), (2, 5), (2, 5)], 1), 4);
        assert_eq!(most_named(&[(1, 4), (2, 5), (2, 5)], 3), 5);
    }
}
