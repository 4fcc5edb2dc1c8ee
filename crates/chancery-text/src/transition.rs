//! The arc-hybrid transition system: shift, attach the top of the stack to the next word, attach it to the word below.
//!
//! The artificial root stands after the last word. Trees are projective here; `projective` lifts other trees into this
//! form for training and undoes it after parsing.

/// No node.
pub(crate) const NONE: u16 = u16::MAX;

/// A move of the parser. The order is that of the classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// Push the next word.
    Shift = 0,
    /// The next word becomes the head of the top of the stack.
    Left = 1,
    /// The word below becomes the head of the top of the stack.
    Right = 2,
}

impl Move {
    /// In the order of the classes.
    pub(crate) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// A half-built tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) stack: Vec<u16>,
    /// The next word; `n` is the root.
    pub(crate) next: u16,
    pub(crate) n: u16,
    pub(crate) heads: Vec<u16>,
    pub(crate) labels: Vec<u8>,
    /// Outermost and second outermost child on the left.
    pub(crate) left: Vec<[u16; 2]>,
    /// Outermost and second outermost child on the right.
    pub(crate) right: Vec<[u16; 2]>,
    /// Number of children on the left and on the right.
    pub(crate) valency: Vec<[u8; 2]>,
    /// Labels of the children on the left and on the right, as bits.
    pub(crate) sets: Vec<[u64; 2]>,
}

impl State {
    /// Begins a sentence of `n` words.
    pub(crate) fn reset(&mut self, n: usize) {
        self.stack.clear();
        self.next = 0;
        self.n = n as u16;
        let nodes = n + 1;
        macro_rules! fill {
            ($field:ident, $value:expr) => {
                self.$field.clear();
                self.$field.resize(nodes, $value);
            };
        }
        fill!(heads, NONE);
        fill!(labels, 0);
        fill!(left, [NONE; 2]);
        fill!(right, [NONE; 2]);
        fill!(valency, [0; 2]);
        fill!(sets, [0; 2]);
    }

    /// The node so deep in the stack.
    #[inline]
    pub(crate) fn s(&self, depth: usize) -> u16 {
        let len = self.stack.len();
        if depth < len { self.stack[len - 1 - depth] } else { NONE }
    }

    /// The node so far ahead in the buffer; the root counts as its last.
    #[inline]
    pub(crate) fn b(&self, ahead: u16) -> u16 {
        let node = self.next + ahead;
        if node <= self.n { node } else { NONE }
    }

    /// Whether everything is attached.
    pub(crate) fn done(&self) -> bool {
        self.next == self.n && self.stack.is_empty()
    }

    /// Whether a move is possible. The root takes one word only.
    #[inline]
    pub(crate) fn allows(&self, action: Move) -> bool {
        match action {
            Move::Shift => self.next < self.n,
            Move::Left => !self.stack.is_empty() && (self.next < self.n || self.stack.len() == 1),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// The move, where no other is possible: an empty stack takes the next word, and behind the last word there is only
    /// one way to empty the stack.
    #[inline]
    pub(crate) fn only(&self) -> Option<Move> {
        match (self.stack.len(), self.next < self.n) {
            (0, _) => Some(Move::Shift),
            (1, false) => Some(Move::Left),
            (_, false) => Some(Move::Right),
            _ => None,
        }
    }

    /// Head and dependent of the arc a move would make.
    #[inline]
    pub(crate) fn arc(&self, action: Move) -> Option<(u16, u16)> {
        match action {
            Move::Shift => None,
            Move::Left => Some((self.next, self.s(0))),
            Move::Right => Some((self.s(1), self.s(0))),
        }
    }

    /// Makes a move; arcs get the label.
    pub(crate) fn apply(&mut self, action: Move, label: u8) {
        let Some((head, dependent)) = self.arc(action) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        let (h, d) = (usize::from(head), usize::from(dependent));
        self.heads[d] = head;
        self.labels[d] = label;
        let side = usize::from(action == Move::Right);
        let children = if side == 0 { &mut self.left[h] } else { &mut self.right[h] };
        children[1] = children[0];
        children[0] = dependent;
        self.valency[h][side] = self.valency[h][side].saturating_add(1);
        self.sets[h][side] |= 1 << (label & 63);
    }
}
