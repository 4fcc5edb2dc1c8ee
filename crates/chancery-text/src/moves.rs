//! The features of the parser's next move.
//!
//! They come in three groups, by what changes them, so that two of them need not be scored at every move. Arc-hybrid
//! parsing makes that possible: left children come before a word is pushed, right children of the word below the top
//! only when the top goes. The numbers of the templates, and so the weights, know nothing of the groups.

use crate::arcs::{child, distance, labels, valency};
use crate::hash::atom;
use crate::nodes::{Node, Nodes};
use crate::transition::{NONE, State};

/// Fixed as long as a word lies on the stack: the word without its right children, and all that lies below it.
pub(crate) const S: u8 = 0;
/// Fixed as long as a word is the next one: the word without its children, and those behind it.
pub(crate) const A: u8 = 1;
/// All others.
pub(crate) const M: u8 = 2;

/// No group has more features.
const MOST: usize = 96;

/// Puts the features of a group into a list. Features are numbered by their place among all groups.
macro_rules! grouped {
    ($wanted:ident, $list:ident, $len:ident, $base:expr; $($group:ident[$($atom:expr),+ $(,)?]),+ $(,)?) => {{
        let mut template: u32 = $base;
        $(
            if $wanted == $group {
                $list[$len] = crate::hash::feature(template, [$($atom),+]);
                $len += 1;
            }
            template += 1;
        )+
        let _ = template;
    }};
}

/// Every feature of the next move.
#[cfg(feature = "train")]
pub(crate) fn all(state: &State, nodes: &Nodes, out: &mut Vec<u64>) {
    out.clear();
    push::<S>(state, nodes, out);
    push::<A>(state, nodes, out);
    push::<M>(state, nodes, out);
}

/// Adds the features of a group to those that are there.
#[inline(never)]
pub(crate) fn push<const GROUP: u8>(state: &State, nodes: &Nodes, out: &mut Vec<u64>) {
    let mut list = [0u64; MOST];
    let mut len = 0;
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
    grouped!(GROUP, list, len, 300;
        // Single nodes.
        S[s0.word, s0.upos], S[s0.tag], S[s0.lemma, s0.tag], S[s0.cluster[2], s0.upos], S[s0.cluster[1], s0.tag], S[s0.case], S[s0.suffix],
        S[s1.word, s1.upos], S[s1.tag], S[s1.lemma, s1.tag], S[s1.cluster[2], s1.upos], S[s1.case],
        S[s2.tag], S[s2.word], S[s2.case],
        A[b0.word, b0.upos], A[b0.tag], A[b0.lemma, b0.tag], A[b0.cluster[2], b0.upos], A[b0.cluster[1], b0.tag], A[b0.case], A[b0.suffix],
        A[b1.word, b1.upos], A[b1.tag], A[b1.cluster[2], b1.upos], A[b1.case],
        A[b2.word, b2.upos], A[b2.tag],
        // Top of the stack with the next word.
        M[s0.word, b0.word], M[s0.lemma, b0.lemma], M[s0.word, b0.tag], M[s0.tag, b0.word], M[s0.tag, b0.tag], M[s0.lemma, b0.tag, s0.tag],
        M[s0.tag, b0.lemma, b0.tag], M[s0.cluster[1], b0.cluster[1]], M[s0.cluster[2], b0.tag], M[s0.tag, b0.cluster[2]],
        M[s0.case, b0.case], M[s0.agreement, b0.agreement, s0.upos, b0.upos], M[s0.cluster[2], b0.cluster[2]],
        // The two on the stack.
        S[s1.word, s0.word], S[s1.lemma, s0.lemma], S[s1.word, s0.tag], S[s1.tag, s0.word], S[s1.tag, s0.tag], S[s1.cluster[1], s0.cluster[1]],
        S[s1.cluster[2], s0.tag], S[s1.tag, s0.cluster[2]], S[s1.case, s0.case], S[s1.agreement, s0.agreement, s1.upos, s0.upos],
        M[s1.tag, b0.tag], M[s1.word, b0.tag], M[s1.tag, b0.word], M[s1.cluster[1], b0.cluster[1]], S[s1.lemma, s0.cluster[1]],
        // The words ahead.
        A[b0.tag, b1.tag], A[b0.word, b1.tag], A[b0.tag, b1.word], M[s0.tag, b1.tag], M[s0.word, b1.tag], M[s0.tag, b1.word],
        // Three nodes.
        M[pair(s0, b0), b1.tag], M[pair(s1, s0), b0.tag], S[pair(s2, s1), s0.tag], M[pair(s2, s1), atom(s0.tag, b0.tag)], A[pair(b0, b1), b2.tag],
        M[s0.upos, b0.upos, atom(b1.upos, b2.upos)], M[pair(s1, s0), atom(b0.tag, b1.tag)],
        M[s0.word, b0.tag, b1.tag], M[s0.tag, b0.word, b1.tag], M[s1.word, s0.tag, b0.tag], M[s1.tag, s0.word, b0.tag], M[s1.tag, s0.tag, b0.word],
        M[s1.cluster[0], s0.cluster[0], b0.cluster[0]], M[s0.cluster[0], b0.cluster[0], b1.cluster[0]],
        M[s1.lemma, s0r.lemma, s0.upos], M[s1.case, s0.case, b0.case],
        // Children.
        S[s0.tag, s0l.tag, s0ll], M[s0.tag, s0r.tag, s0rl], S[s1.tag, s1l.tag, s1ll], S[s1.tag, s1r.tag, s1rl], M[b0.tag, b0l.tag, b0ll],
        M[pair(s0, b0), s0l.tag], M[pair(s0, b0), s0r.tag], M[pair(s0, b0), b0l.tag], S[pair(s1, s0), s0l.tag], M[pair(s1, s0), s0r.tag],
        S[pair(s1, s0), s1l.tag], S[pair(s1, s0), s1r.tag], M[pair(s1, b0), s1r.tag],
        S[s0.tag, atom(s0l.upos, s0l2.upos), s0l2l], M[s0.tag, atom(s0r.upos, s0r2.upos), s0r2l],
        M[s0l.word, s0.tag, b0.tag], S[s0l.word, s0.tag, s1.tag], S[s0l.lemma, s1.lemma], M[b0l.word, b0.tag, s0.tag],
        S[s0.lemma, labels(state, i0, 0)], S[s0.tag, labels(state, i0, 0)], M[s0.tag, labels(state, i0, 1)], S[s1.tag, labels(state, i1, 0)],
        S[s1.tag, labels(state, i1, 1)], M[b0.tag, labels(state, j0, 0)], M[pair(s0, b0), labels(state, i0, 0)],
        M[pair(s0, b0), labels(state, j0, 0)],
        S[pair(s1, s0), labels(state, i1, 1)], S[pair(s1, s0), labels(state, i0, 0)], S[s1.lemma, s0.tag, labels(state, i1, 1)],
        // Distance, valency, what lies between.
        M[d01, s0.tag, b0.tag], M[d01, s0.word], M[d01, b0.word], S[d10, s1.tag, s0.tag], S[d10, s1.word], S[d10, s0.word],
        M[d10, atom(d01, pair(s1, s0)), b0.tag],
        M[m01, s0.tag, b0.tag], S[m10, s1.tag, s0.tag], M[m10, atom(m01, pair(s1, s0)), b0.tag], S[m10, s0.lemma, s1.tag],
        M[valency(state, i0, 1), s0.tag, b0.tag], M[valency(state, i0, 0), s0.tag, b0.tag], S[valency(state, i1, 1), pair(s1, s0)],
        M[valency(state, j0, 0), pair(s0, b0)],
        // The next verb: German clauses end with it.
        M[verb.tag, verb_d, pair(s0, b0)], M[verb.lemma, s0.lemma], M[verb.tag, pair(s1, s0), b0.tag],
        M[nodes.between(j0, next_verb), pair(s0, b0), verb.tag],
        M[state.stack.len().min(4) as u32, s0.tag, b0.tag],
    );
    if GROUP == M && nodes.is_guided() {
        let (w0, w1, wb) = (whither(state, nodes, i0), whither(state, nodes, i1), whither(state, nodes, j0));
        let (l0, lb) = (u32::from(nodes.guide_of(i0).label) + 1, u32::from(nodes.guide_of(j0).label) + 1);
        let all = atom(atom(w0, wb), w1);
        grouped!(GROUP, list, len, 450;
            M[w0], M[w0, l0], M[w0, l0, s0.tag], M[w0, wb, w1], M[w0, pair(s0, b0)], M[w0, pair(s1, s0), b0.tag], M[wb, lb, s0.tag],
            M[wb, lb, b0.tag],
            M[all, pair(s0, b0)], M[all, d01], M[w0, d10, s1.tag], M[w0, m01, wb], M[w0, valency(state, i0, 1), s0.tag], M[w0, s0.lemma],
            M[w0, b0.lemma],
        );
    }
    out.extend_from_slice(&list[..len]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::morph::Feats;
    use crate::transition::Move;
    use crate::words::Word;

    proptest::proptest! {
        /// What the parser keeps of scores rests on this: the groups change only when their words do.
        #[test]
        fn a_group_is_fixed_as_long_as_its_word_stays(
            tags in proptest::collection::vec(0u8..17, 1..24),
            choices in proptest::collection::vec((0usize..3, 0u8..40), 60),
        ) {
            let n = tags.len();
            let word = |i: usize| Word { lower: i as u32 + 7, cluster: [1, 2, 3, i as u32], ..Word::default() };
            let words: Vec<Word> = (0..n).map(word).collect();
            let lemmas: Vec<u32> = (0..n as u32).collect();
            let nodes = Nodes::new(&words, &tags, &vec![Feats::default(); n], &lemmas);
            let mut state = State::default();
            state.reset(n);
            let (mut on_stack, mut ahead) = (vec![None; n], vec![None; n + 1]);
            let mut choices = choices.into_iter().cycle();
            while !state.done() {
                let features = |group: fn(&State, &Nodes, &mut Vec<u64>)| {
                    let mut out = Vec::new();
                    group(&state, &nodes, &mut out);
                    out
                };
                if let Some(&top) = state.stack.last() {
                    let now = features(push::<S>);
                    proptest::prop_assert_eq!(on_stack[usize::from(top)].get_or_insert_with(|| now.clone()), &now);
                }
                let now = features(push::<A>);
                proptest::prop_assert_eq!(ahead[usize::from(state.next)].get_or_insert_with(|| now.clone()), &now);
                let allowed: Vec<Move> = Move::ALL.into_iter().filter(|&m| state.allows(m)).collect();
                if let Some(only) = state.only() {
                    proptest::prop_assert_eq!(&allowed, &vec![only]);
                }
                let (choice, label) = choices.next().unwrap();
                state.apply(allowed[choice % allowed.len()], label);
            }
        }
    }
}
