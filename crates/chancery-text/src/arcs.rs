//! The features of the label of an arc, and what moves and labels see of the tree so far.

use crate::hash::atom;
use crate::nodes::Nodes;
use crate::tagger::features;
use crate::transition::{NONE, State};

/// Distance in classes.
#[inline]
pub(crate) fn distance(a: u16, b: u16) -> u32 {
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
pub(crate) fn child(state: &State, list: &[[u16; 2]], node: u16, which: usize) -> (u16, u32) {
    if node == NONE {
        return (NONE, 0);
    }
    let child = list[usize::from(node)][which];
    if child == NONE { (NONE, 0) } else { (child, u32::from(state.labels[usize::from(child)]) + 1) }
}

/// The labels of a node's children on one side, as an atom.
#[inline]
pub(crate) fn labels(state: &State, node: u16, side: usize) -> u32 {
    if node == NONE {
        return 0;
    }
    let set = state.sets[usize::from(node)][side];
    atom(set as u32, (set >> 32) as u32)
}

/// Number of children on each side.
#[inline]
pub(crate) fn valency(state: &State, node: u16, side: usize) -> u32 {
    if node == NONE { 0 } else { u32::from(state.valency[usize::from(node)][side]) + 1 }
}

/// The features of the label of an arc about to be made.
#[inline(never)]
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
