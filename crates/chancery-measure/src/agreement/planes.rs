//! Votes of one period as bit planes: one bit for each state, roll call and level, so that counting joint votes of two
//! states is a bitwise *and* and a count of bits.

use super::{Absence, Table};
use crate::{Ballot, Votes};

/// Roll calls in one word.
const WORD: usize = u32::BITS as usize;

/// What a measure of votes needs of one dyad: seven counts.
///
/// One row of dyads is held as seven arrays, because loops over arrays are what a compiler turns into wide instructions.
#[derive(Debug, Default)]
pub(super) struct Sums {
    /// Joint votes.
    pub n: Vec<u32>,
    /// Joint votes of the same level.
    pub same: Vec<u32>,
    /// One yes, the other no.
    pub opposite: Vec<u32>,
    /// Yes of the first state where both voted; likewise below.
    pub first_yes: Vec<u32>,
    /// No of the first.
    pub first_no: Vec<u32>,
    /// Yes of the second.
    pub second_yes: Vec<u32>,
    /// No of the second.
    pub second_no: Vec<u32>,
}

/// The planes of one period.
#[derive(Debug)]
pub(super) struct Planes {
    /// States with a ballot on one of the roll calls, by their index in the record.
    pub members: Vec<u16>,
    /// For yes, abstain, no: word-major, so that the same word of neighbouring members lies side by side.
    levels: [Vec<u32>; 3],
}

impl Planes {
    /// The planes of the roll calls `calls`.
    pub(super) fn new(votes: &Votes, calls: &[usize], absence: Absence) -> Self {
        let places: [Option<usize>; 9] = std::array::from_fn(|number| place(number as u8, absence));
        let words = calls.len().div_ceil(WORD);
        let mut members = Vec::new();
        let mut rows: Vec<[u32; 3]> = Vec::new();
        for state in 0..votes.states().len() {
            let row = votes.row(state);
            let start = rows.len();
            rows.extend(calls.chunks(WORD).map(|chunk| {
                let mut word = [0; 3];
                for (bit, &call) in chunk.iter().enumerate() {
                    if let Some(level) = places.get(usize::from(row[call])).copied().flatten() {
                        word[level] |= 1 << bit;
                    }
                }
                word
            }));
            if rows[start..].iter().flatten().any(|&word| word != 0) {
                members.push(state as u16);
            } else {
                rows.truncate(start);
            }
        }
        let plane = |level: usize| {
            let at = |word: usize| rows.iter().skip(word).step_by(words.max(1)).map(move |row| row[level]);
            (0..words).flat_map(at).collect()
        };
        Self { members, levels: std::array::from_fn(plane) }
    }

    /// Counts a member with every later one.
    pub(super) fn row(&self, first: usize, sums: &mut Sums) {
        let states = self.members.len();
        let later = states - first - 1;
        for counts in [
            &mut sums.n,
            &mut sums.same,
            &mut sums.opposite,
            &mut sums.first_yes,
            &mut sums.first_no,
            &mut sums.second_yes,
            &mut sums.second_no,
        ] {
            counts.clear();
            counts.resize(later, 0);
        }
        let Sums { n, same, opposite, first_yes, first_no, second_yes, second_no } = sums;
        let (n, same, opposite) = (&mut n[..later], &mut same[..later], &mut opposite[..later]);
        let (first_yes, first_no) = (&mut first_yes[..later], &mut first_no[..later]);
        let (second_yes, second_no) = (&mut second_yes[..later], &mut second_no[..later]);
        let [yes, abstain, no] = &self.levels;
        for start in (0..yes.len()).step_by(states.max(1)) {
            let (y, a, x) = (yes[start + first], abstain[start + first], no[start + first]);
            let voted = y | a | x;
            let range = start + first + 1..start + states;
            let (ys, abs, xs) = (&yes[range.clone()], &abstain[range.clone()], &no[range]);
            let (ys, abs, xs) = (&ys[..later], &abs[..later], &xs[..later]);
            for j in 0..later {
                let both = voted & (ys[j] | abs[j] | xs[j]);
                n[j] += both.count_ones();
                same[j] += (y & ys[j] | a & abs[j] | x & xs[j]).count_ones();
                opposite[j] += (y & xs[j] | x & ys[j]).count_ones();
                first_yes[j] += (y & both).count_ones();
                first_no[j] += (x & both).count_ones();
                second_yes[j] += (ys[j] & both).count_ones();
                second_no[j] += (xs[j] & both).count_ones();
            }
        }
    }

    /// The whole table of two members.
    pub(super) fn table(&self, first: usize, second: usize) -> Table<3> {
        let states = self.members.len().max(1);
        Table(std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                let words = |level: usize, member: usize| self.levels[level].iter().skip(member).step_by(states);
                f64::from(words(a, first).zip(words(b, second)).map(|(x, y)| (x & y).count_ones()).sum::<u32>())
            })
        }))
    }
}

/// The row or column of a table that a ballot's number belongs to.
pub(super) fn place(number: u8, absence: Absence) -> Option<usize> {
    match Ballot::from_number(i64::from(number))? {
        Ballot::Yes => Some(0),
        Ballot::Abstain => Some(1),
        Ballot::No => Some(2),
        Ballot::Absent => (absence == Absence::Abstain).then_some(1),
    }
}
