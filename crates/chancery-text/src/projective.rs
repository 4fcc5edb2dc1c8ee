//! Crossing arcs: lifted before training, lowered after parsing (pseudo-projective parsing, Nivre and Nilsson 2005).

/// Marks a label whose word was lifted; the label of the head it was lifted from follows.
pub(crate) const LIFTED: char = '^';

/// Lifts crossing arcs until none is left. `heads` uses `n` for the root. Returns for each word the node it was lifted from.
#[cfg(any(test, feature = "train"))]
pub(crate) fn lift(heads: &mut [usize]) -> Vec<Option<usize>> {
    let n = heads.len();
    let mut origin: Vec<Option<usize>> = vec![None; n];
    loop {
        // The shortest crossing arc is lifted first.
        let crossing =
            (0..n).filter(|&d| heads[d] != n && !is_projective(heads, d)).min_by_key(|&d| (d.abs_diff(heads[d]), d));
        let Some(d) = crossing else { return origin };
        origin[d].get_or_insert(heads[d]);
        heads[d] = heads[heads[d]];
    }
}

/// Whether every word between a word and its head descends from the head.
#[cfg(any(test, feature = "train"))]
fn is_projective(heads: &[usize], d: usize) -> bool {
    let (n, h) = (heads.len(), heads[d]);
    let (from, to) = (d.min(h), d.max(h));
    (from + 1..to).all(|mut k| {
        while k != n && k != h {
            k = heads[k];
        }
        k == h
    })
}

/// Puts a lifted word below the first descendant of its head, breadth first, that carries the label `target`.
pub(crate) fn lower(heads: &mut [usize], labels: &[u8], d: usize, target: u8) {
    let n = heads.len();
    let top = heads[d];
    let mut queue = vec![top];
    let mut seen = 0;
    while seen < queue.len() {
        let node = queue[seen];
        seen += 1;
        for k in 0..n {
            if k == d || heads[k] != node {
                continue;
            }
            if labels[k] == target && node != n {
                heads[d] = k;
                return;
            }
            queue.push(k);
        }
        // A sentence has at most a few hundred words; a bound keeps the search linear in practice.
        if queue.len() > 60 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifts_a_crossing_arc_and_finds_it_again() {
        // 1 ← 3, 0 ← 2 … crossing: heads 0→2, 1→3, 2→root, 3→2
        let mut heads = vec![3, 2, 4, 2];
        let gold = heads.clone();
        let origin = lift(&mut heads);
        let lifted: Vec<usize> = (0..4).filter(|&d| origin[d].is_some()).collect();
        assert_eq!(lifted.len(), 1);
        let d = lifted[0];
        let labels = [1, 2, 3, 4];
        lower(&mut heads, &labels, d, labels[gold[d]]);
        assert_eq!(heads, gold);
    }
}
