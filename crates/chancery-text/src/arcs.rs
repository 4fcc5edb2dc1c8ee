//! The features of the parser: of a move, and of the label of an arc.

use crate::hash::atom;
use crate::nodes::{Node, Nodes};
use crate::tagger::features;
use crate::transition::{NONE, State};

/// Distance in classes.
#[inline]
fn distance(a: u16, b: u16) -> u32 {
    if a == NONE || b == NONE {
        return 0;
    }
    match a.abs_diff(b) {
        d @ 0..=4 => u32::from(d) + 1,
        5..=6 => 6,
        7..=10 => 7,
        11..=20 => 8,
        _ => 9,
    }
}

/// A child of a node, with its label.
#[inline]
fn child(state: &State, list: &[[u16; 2]], node: u16, which: usize) -> (u16, u32) {
    if node == NONE {
        return (NONE, 0);
    }
    let child = list[usize::from(node)][which];
    if child == NONE { (NONE, 0) } else { (child, u32::from(state.labels[usize::from(child)]) + 1) }
}

/// The labels of a node's children on one side, as an atom.
#[inline]
fn labels(state: &State, node: u16, side: usize) -> u32 {
    if node == NONE {
        return 0;
    }
    let set = state.sets[usize::from(node)][side];
    atom(set as u32, (set >> 32) as u32)
}

/// Number of children on each side.
#[inline]
fn valency(state: &State, node: u16, side: usize) -> u32 {
    if node == NONE { 0 } else { u32::from(state.valency[usize::from(node)][side]) + 1 }
}

/// The features of the next move.
pub(crate) fn of_move(state: &State, nodes: &Nodes, out: &mut Vec<u64>) {
    out.clear();
    let (i0, i1, i2) = (state.s(0), state.s(1), state.s(2));
    let (j0, j1, j2) = (state.b(0), state.b(1), state.b(2));
    let get = |i| nodes.get(i);
    let (s0, s1, s2, b0, b1, b2) = (get(i0), get(i1), get(i2), get(j0), get(j1), get(j2));
    let (s0l, s0ll) = child(state, &state.left, i0, 0);
    let (s0r, s0rl) = child(state, &state.right, i0, 0);
    let (s1l, s1ll) = child(state, &state.left, i1, 0);
    let (s1r, s1rl) = child(state, &state.right, i1, 0);
    let (b0l, b0ll) = child(state, &state.left, j0, 0);
    let (s0l2, s0l2l) = child(state, &state.left, i0, 1);
    let (s0r2, s0r2l) = child(state, &state.right, i0, 1);
    let (s0l, s0r, s1l, s1r, b0l, s0l2, s0r2) =
        (get(s0l), get(s0r), get(s1l), get(s1r), get(b0l), get(s0l2), get(s0r2));
    let (d01, d10) = (distance(i0, j0), distance(i1, i0));
    let (m01, m10) = (nodes.between(i0, j0), nodes.between(i1, i0));
    let next_verb = nodes.verb_from(j0);
    let (verb, verb_d) = (get(next_verb), distance(j0, next_verb));
    let pair = |a: &Node, b: &Node| atom(a.tag, b.tag);
    features!(out, 300;
        // Single nodes.
        [s0.word, s0.upos], [s0.tag], [s0.lemma, s0.tag], [s0.cluster[2], s0.upos], [s0.cluster[1], s0.tag], [s0.case], [s0.suffix],
        [s1.word, s1.upos], [s1.tag], [s1.lemma, s1.tag], [s1.cluster[2], s1.upos], [s1.case],
        [s2.tag], [s2.word], [s2.case],
        [b0.word, b0.upos], [b0.tag], [b0.lemma, b0.tag], [b0.cluster[2], b0.upos], [b0.cluster[1], b0.tag], [b0.case], [b0.suffix],
        [b1.word, b1.upos], [b1.tag], [b1.cluster[2], b1.upos], [b1.case],
        [b2.word, b2.upos], [b2.tag],
        // Top of the stack with the next word.
        [s0.word, b0.word], [s0.lemma, b0.lemma], [s0.word, b0.tag], [s0.tag, b0.word], [s0.tag, b0.tag], [s0.lemma, b0.tag, s0.tag],
        [s0.tag, b0.lemma, b0.tag], [s0.cluster[1], b0.cluster[1]], [s0.cluster[2], b0.tag], [s0.tag, b0.cluster[2]],
        [s0.case, b0.case], [s0.agreement, b0.agreement, s0.upos, b0.upos], [s0.cluster[2], b0.cluster[2]],
        // The two on the stack.
        [s1.word, s0.word], [s1.lemma, s0.lemma], [s1.word, s0.tag], [s1.tag, s0.word], [s1.tag, s0.tag], [s1.cluster[1], s0.cluster[1]],
        [s1.cluster[2], s0.tag], [s1.tag, s0.cluster[2]], [s1.case, s0.case], [s1.agreement, s0.agreement, s1.upos, s0.upos],
        [s1.tag, b0.tag], [s1.word, b0.tag], [s1.tag, b0.word], [s1.cluster[1], b0.cluster[1]], [s1.lemma, s0.cluster[1]],
        // The words ahead.
        [b0.tag, b1.tag], [b0.word, b1.tag], [b0.tag, b1.word], [s0.tag, b1.tag], [s0.word, b1.tag], [s0.tag, b1.word],
        // Three nodes.
        [pair(s0, b0), b1.tag], [pair(s1, s0), b0.tag], [pair(s2, s1), s0.tag], [pair(s2, s1), atom(s0.tag, b0.tag)], [pair(b0, b1), b2.tag],
        [s0.upos, b0.upos, atom(b1.upos, b2.upos)], [pair(s1, s0), atom(b0.tag, b1.tag)],
        [s0.word, b0.tag, b1.tag], [s0.tag, b0.word, b1.tag], [s1.word, s0.tag, b0.tag], [s1.tag, s0.word, b0.tag], [s1.tag, s0.tag, b0.word],
        [s1.cluster[0], s0.cluster[0], b0.cluster[0]], [s0.cluster[0], b0.cluster[0], b1.cluster[0]],
        [s1.lemma, s0r.lemma, s0.upos], [s1.case, s0.case, b0.case],
        // Children.
        [s0.tag, s0l.tag, s0ll], [s0.tag, s0r.tag, s0rl], [s1.tag, s1l.tag, s1ll], [s1.tag, s1r.tag, s1rl], [b0.tag, b0l.tag, b0ll],
        [pair(s0, b0), s0l.tag], [pair(s0, b0), s0r.tag], [pair(s0, b0), b0l.tag], [pair(s1, s0), s0l.tag], [pair(s1, s0), s0r.tag],
        [pair(s1, s0), s1l.tag], [pair(s1, s0), s1r.tag], [pair(s1, b0), s1r.tag],
        [s0.tag, atom(s0l.upos, s0l2.upos), s0l2l], [s0.tag, atom(s0r.upos, s0r2.upos), s0r2l],
        [s0l.word, s0.tag, b0.tag], [s0l.word, s0.tag, s1.tag], [s0l.lemma, s1.lemma], [b0l.word, b0.tag, s0.tag],
        [s0.lemma, labels(state, i0, 0)], [s0.tag, labels(state, i0, 0)], [s0.tag, labels(state, i0, 1)], [s1.tag, labels(state, i1, 0)],
        [s1.tag, labels(state, i1, 1)], [b0.tag, labels(state, j0, 0)], [pair(s0, b0), labels(state, i0, 0)], [pair(s0, b0), labels(state, j0, 0)],
        [pair(s1, s0), labels(state, i1, 1)], [pair(s1, s0), labels(state, i0, 0)], [s1.lemma, s0.tag, labels(state, i1, 1)],
        // Distance, valency, what lies between.
        [d01, s0.tag, b0.tag], [d01, s0.word], [d01, b0.word], [d10, s1.tag, s0.tag], [d10, s1.word], [d10, s0.word], [d10, atom(d01, pair(s1, s0)), b0.tag],
        [m01, s0.tag, b0.tag], [m10, s1.tag, s0.tag], [m10, atom(m01, pair(s1, s0)), b0.tag], [m10, s0.lemma, s1.tag],
        [valency(state, i0, 1), s0.tag, b0.tag], [valency(state, i0, 0), s0.tag, b0.tag], [valency(state, i1, 1), pair(s1, s0)], [valency(state, j0, 0), pair(s0, b0)],
        // The next verb: German clauses end with it.
        [verb.tag, verb_d, pair(s0, b0)], [verb.lemma, s0.lemma], [verb.tag, pair(s1, s0), b0.tag], [nodes.between(j0, next_verb), pair(s0, b0), verb.tag],
        [state.stack.len().min(4) as u32, s0.tag, b0.tag],
    );
    if nodes.is_guided() {
        let (w0, w1, wb) = (whither(state, nodes, i0), whither(state, nodes, i1), whither(state, nodes, j0));
        let (l0, lb) = (u32::from(nodes.guide_of(i0).label) + 1, u32::from(nodes.guide_of(j0).label) + 1);
        let all = atom(atom(w0, wb), w1);
        features!(out, 450;
            [w0], [w0, l0], [w0, l0, s0.tag], [w0, wb, w1], [w0, pair(s0, b0)], [w0, pair(s1, s0), b0.tag], [wb, lb, s0.tag], [wb, lb, b0.tag],
            [all, pair(s0, b0)], [all, d01], [w0, d10, s1.tag], [w0, m01, wb], [w0, valency(state, i0, 1), s0.tag], [w0, s0.lemma], [w0, b0.lemma],
        );
    }
}

/// Where the guide sees a node's head, and whether it sees dependents still ahead of the node.
#[inline]
fn whither(state: &State, nodes: &Nodes, node: u16) -> u32 {
    if node == NONE {
        return 0;
    }
    let guide = nodes.guide_of(node);
    let next = state.next;
    let head = match guide.head {
        h if h == next && node != next => 1,
        h if h == state.n => 2,
        NONE => 3,
        h if h > next => 4,
        h if h == state.s(0) => 5,
        h if h == state.s(1) => 6,
        h if h < node => 7,
        _ => 8,
    };
    let waits = guide.last != NONE && guide.last > node && guide.last >= next;
    // A dependent on the left that is still on the stack.
    let owed = guide.first != NONE && (guide.first == state.s(0) || guide.first == state.s(1)) && guide.first != node;
    1 + head + 9 * u32::from(waits) + 18 * u32::from(owed)
}

/// The features of the label of an arc about to be made.
pub(crate) fn of_label(state: &State, nodes: &Nodes, head: u16, dependent: u16, out: &mut Vec<u64>) {
    out.clear();
    let get = |i| nodes.get(i);
    let (h, d) = (get(head), get(dependent));
    let right = u32::from(dependent > head);
    let dir = 1 + right;
    let dist = dir * 16 + distance(head, dependent);
    let (from, to) = (head.min(dependent), head.max(dependent));
    let between = nodes.between(from, to);
    let ahead = if right == 1 { state.b(0) } else { state.s(1) };
    let x = get(ahead);
    let (dl, dll) = child(state, &state.left, dependent, 0);
    let (dl2, _) = child(state, &state.left, dependent, 1);
    let (dr, drl) = child(state, &state.right, dependent, 0);
    let (hs, hsl) = child(state, if right == 1 { &state.right } else { &state.left }, head, 0);
    let (dl, dl2, dr, hs) = (get(dl), get(dl2), get(dr), get(hs));
    let neighbour = |i: u16, k: i16| {
        if i == NONE { NONE } else { i.checked_add_signed(k).filter(|&j| j <= state.n).unwrap_or(NONE) }
    };
    let (dp, dn) = (get(neighbour(dependent, -1)), get(neighbour(dependent, 1)));
    let (hp, hn) = (get(neighbour(head, -1)), get(neighbour(head, 1)));
    let (set_h0, set_h1, set_d0, set_d1) =
        (labels(state, head, 0), labels(state, head, 1), labels(state, dependent, 0), labels(state, dependent, 1));
    let pair = atom(atom(h.tag, d.tag), dir);
    features!(out, 600;
        [dir, d.word], [dir, d.lemma, d.tag], [dir, d.tag], [dir, d.cluster[2], d.upos], [dir, d.suffix, d.upos], [dir, d.case], [d.cluster[1], d.tag],
        [dir, h.word], [dir, h.lemma, h.tag], [dir, h.tag], [dir, h.cluster[2]], [dir, h.suffix, h.upos],
        [pair], [pair, dist], [pair, between], [pair, d.case], [dir, h.word, d.word], [dir, h.lemma, d.lemma], [dir, h.lemma, d.tag], [dir, h.tag, d.lemma],
        [dir, h.tag, d.word], [dir, h.lemma, d.case], [dir, h.tag, d.cluster[2]], [dir, h.cluster[2], d.tag], [dir, h.cluster[1], d.cluster[1]], [dir, h.cluster[2], d.cluster[2]],
        [dir, h.agreement, d.agreement, atom(h.upos, d.upos)], [dist, h.upos, d.upos], [dist, d.lemma],
        [pair, dl.word], [pair, dl.tag, dll], [dir, dl.word, d.upos], [dir, dl.lemma, h.lemma], [dir, dl.lemma, h.cluster[2], d.upos], [dir, dl.lemma, d.lemma], [pair, dl2.word], [dir, dl.lemma, d.cluster[2]],
        [dir, dl.lemma, d.case, h.upos], [dir, dl.lemma, dl2.lemma, h.upos], [dir, atom(dl.lemma, d.case), h.lemma],
        [pair, dr.tag, drl], [pair, hs.tag, hsl], [pair, hs.word], [dir, hsl, d.tag, h.lemma],
        [pair, set_h0], [pair, set_h1], [pair, set_d0], [pair, set_d1], [h.lemma, set_h0, d.case], [h.lemma, set_h1, d.case], [d.case, atom(set_h0, set_h1), h.tag],
        [d.tag, set_d0, h.upos], [d.lemma, set_d0],
        [pair, dp.tag], [pair, dn.tag], [pair, hp.tag], [pair, hn.tag], [dir, dp.word, d.tag], [dir, dn.word, d.tag], [dir, dp.upos, d.word], [dir, dn.upos, d.word],
        [pair, x.tag], [dir, x.word, d.tag], [pair, atom(dp.upos, dn.upos)], [atom(dp.tag, dn.tag), d.tag, h.upos],
    );
    if nodes.is_guided() {
        let guide = nodes.guide_of(dependent);
        let said = 1 + 2 * u32::from(guide.label) + u32::from(guide.head == head);
        let above = u32::from(nodes.guide_of(head).label) + 1;
        features!(out, 750;
            [said], [said, pair], [said, d.case], [said, d.lemma], [said, h.lemma], [said, above], [said, set_h0, set_h1], [said, dl.lemma], [said, dist],
        );
    }
}
