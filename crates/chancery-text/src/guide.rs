//! The guide: the tree of a parser that reads the sentence backwards, as the forward parser sees it.

use crate::nodes::Nodes;
use crate::parser::{Scratch, projective};
use crate::transition::NONE;
use crate::weights::Scorer;

/// What the guide says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guide {
    /// Its head; the number of words for the root.
    pub(crate) head: u16,
    /// The label of its arc.
    pub(crate) label: u8,
    /// Its last dependent, or none.
    pub(crate) last: u16,
    /// Its first dependent, or none.
    pub(crate) first: u16,
}

impl Guide {
    /// A node of which the guide says nothing.
    pub(crate) const SILENT: Self = Self { head: NONE, label: 0, last: NONE, first: NONE };
}

/// Parses a sentence read backwards; gives what its tree says, words counted forwards, and last of the root.
pub(crate) fn guides(
    backward: &Nodes,
    n: usize,
    moves: &impl Scorer,
    labeller: &impl Scorer,
    labels: usize,
    scratch: &mut Scratch,
) -> Vec<Guide> {
    projective(backward, n, moves, labeller, labels, scratch);
    let state = &scratch.state;
    let mut out = vec![Guide::SILENT; n + 1];
    for i in 0..n {
        let (back, head) = (n - 1 - i, usize::from(state.heads[n - 1 - i]).min(n));
        let head = if head < n { n - 1 - head } else { n };
        out[i].head = head as u16;
        out[i].label = state.labels[back];
        let above = &mut out[head];
        above.last = i as u16;
        if above.first == NONE {
            above.first = i as u16;
        }
    }
    out
}
