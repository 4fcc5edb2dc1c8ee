//! The averaged perceptron behind every classifier.

use crate::buckets;
use crate::weights::Scorer;

/// One weight with what its average needs.
#[derive(Clone, Copy, Debug)]
struct Cell {
    class: u8,
    weight: i32,
    /// Sum of `delta * step` over all updates.
    moment: f64,
}

/// Sparse weights that grow with the mistakes made.
#[derive(Clone, Debug)]
pub(crate) struct Learner {
    keys: Vec<u64>,
    rows: Vec<u32>,
    cells: Vec<Vec<Cell>>,
    /// How often each row was looked up in the last pass.
    seen: Vec<u32>,
    /// Number of examples seen, for averaging.
    step: f64,
    used: usize,
}

/// Classes and their weights.
type Row<W> = Vec<(u8, W)>;

/// Bytes of an entry in a table of buckets, which are not filled to the brim.
const ENTRY: usize = 9;

/// How weights are cut down for shipping.
#[derive(Clone, Copy, Debug)]
pub struct Pruning {
    /// Rows of features that occur less often in the treebank are dropped.
    pub min_seen: u32,
    /// Averaged weights with a smaller magnitude are dropped, as a share of the largest kept value.
    pub threshold: f32,
    /// Rows are kept up to this size, the important ones first.
    pub bytes: usize,
}

impl Learner {
    pub(crate) fn new() -> Self {
        let capacity = 1 << 16;
        Self {
            keys: vec![0; capacity],
            rows: vec![0; capacity],
            cells: Vec::new(),
            seen: Vec::new(),
            step: 1.0,
            used: 0,
        }
    }

    /// Counts one example.
    pub(crate) fn tick(&mut self) {
        self.step += 1.0;
    }

    /// Counts the features of an example of the last pass, for pruning.
    pub(crate) fn note(&mut self, features: &[u64]) {
        for &feature in features {
            let slot = self.slot(feature.max(1));
            if self.keys[slot] != 0 {
                self.seen[self.rows[slot] as usize] += 1;
            }
        }
    }

    fn slot(&self, key: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut slot = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24) as usize & mask;
        while self.keys[slot] != 0 && self.keys[slot] != key {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let capacity = self.keys.len() * 2;
        let keys = std::mem::replace(&mut self.keys, vec![0; capacity]);
        let rows = std::mem::replace(&mut self.rows, vec![0; capacity]);
        for (key, row) in keys.into_iter().zip(rows) {
            if key != 0 {
                let slot = self.slot(key);
                self.keys[slot] = key;
                self.rows[slot] = row;
            }
        }
    }

    /// Adds `delta` to the weight of every feature for one class.
    pub(crate) fn update(&mut self, features: &[u64], class: usize, delta: i32) {
        for &feature in features {
            let key = feature.max(1);
            let mut slot = self.slot(key);
            if self.keys[slot] == 0 {
                if self.used * 10 > self.keys.len() * 6 {
                    self.grow();
                    slot = self.slot(key);
                }
                self.keys[slot] = key;
                self.rows[slot] = self.cells.len() as u32;
                self.cells.push(Vec::new());
                self.seen.push(0);
                self.used += 1;
            }
            let row = self.rows[slot] as usize;
            let moment = f64::from(delta) * self.step;
            let cells = &mut self.cells[row];
            if let Some(cell) = cells.iter_mut().find(|c| usize::from(c.class) == class) {
                cell.weight += delta;
                cell.moment += moment;
            } else {
                cells.push(Cell { class: class as u8, weight: delta, moment });
            }
        }
    }

    /// The averaged weights with how often each row was seen, sorted by key so that the bytes do not depend on the order
    /// of insertion.
    fn averaged(&self, pruning: Pruning) -> Vec<(u64, u32, Row<f64>)> {
        let mut out = Vec::new();
        for (key, row) in self.keys.iter().zip(&self.rows).filter(|(key, _)| **key != 0) {
            let seen = self.seen[*row as usize];
            if seen < pruning.min_seen {
                continue;
            }
            let cells = &self.cells[*row as usize];
            let mut weights: Row<f64> =
                cells.iter().map(|c| (c.class, f64::from(c.weight) - c.moment / self.step)).collect();
            weights.sort_unstable_by_key(|(class, _)| *class);
            out.push((*key, seen, weights));
        }
        out.sort_unstable_by_key(|(key, ..)| *key);
        out
    }

    /// Averages, quantises to eight bits, prunes. `cost` is the size of a row with so many weights.
    fn quantised(&self, pruning: Pruning, cost: impl Fn(usize) -> usize) -> Vec<(u64, Row<i8>)> {
        let averaged = self.averaged(pruning);
        let mut sizes: Vec<f64> = averaged.iter().flat_map(|(.., row)| row.iter().map(|(_, w)| w.abs())).collect();
        if sizes.is_empty() {
            return Vec::new();
        }
        sizes.sort_unstable_by(f64::total_cmp);
        let top = sizes[((sizes.len() - 1) as f64 * 0.9995) as usize].max(1e-9);
        let floor = top * f64::from(pruning.threshold);
        let mut rows: Vec<(f64, u64, Row<i8>)> = averaged
            .into_iter()
            .filter_map(|(key, seen, row)| {
                // What a row adds to scores over the treebank, damped: frequent rows first, strong ones before weak ones.
                let strongest = row.iter().map(|(_, w)| w.abs()).fold(0.0, f64::max);
                let row: Row<i8> = row
                    .into_iter()
                    .filter(|(_, w)| w.abs() >= floor)
                    .map(|(class, w)| (class, (w / top * 127.0).round().clamp(-127.0, 127.0) as i8))
                    .filter(|(_, w)| *w != 0)
                    .collect();
                (!row.is_empty()).then_some((strongest * f64::from(seen).sqrt(), key, row))
            })
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut total = 0;
        let kept = rows.iter().take_while(|(.., row)| {
            total += cost(row.len());
            total <= pruning.bytes
        });
        let kept = kept.count();
        rows.truncate(kept);
        rows.sort_unstable_by_key(|(_, key, _)| *key);
        rows.into_iter().map(|(_, key, row)| (key, row)).collect()
    }

    /// The sections of a [`Table`](crate::weights::Table): index and pool.
    pub(crate) fn table(&self, pruning: Pruning) -> (Vec<u8>, Vec<u8>) {
        let mut entries = Vec::new();
        let mut pool: Vec<u8> = Vec::new();
        for (key, row) in self.quantised(pruning, |weights| ENTRY + 2 * weights) {
            let offset = (pool.len() / 2) as u32;
            assert!(offset < 1 << 24, "the pool of a table holds at most 2^24 weights");
            entries.push((key, offset << 8 | row.len() as u32));
            pool.extend(row.iter().flat_map(|&(class, weight)| [class, weight as u8]));
        }
        (buckets::build(&entries), pool)
    }

    /// The section of a [`Narrow`](crate::weights::Narrow) table.
    pub(crate) fn narrow(&self, pruning: Pruning) -> Vec<u8> {
        let entries: Vec<(u64, u32)> = self
            .quantised(pruning, |_| ENTRY)
            .into_iter()
            .map(|(key, row)| {
                let mut weights = [0u8; 4];
                for (class, weight) in row {
                    weights[class as usize] = weight as u8;
                }
                (key, u32::from_le_bytes(weights))
            })
            .collect();
        buckets::build(&entries)
    }
}

impl Scorer for Learner {
    fn score(&self, features: &[u64], scores: &mut [i32]) {
        for &feature in features {
            let slot = self.slot(feature.max(1));
            if self.keys[slot] != 0 {
                for cell in &self.cells[self.rows[slot] as usize] {
                    scores[usize::from(cell.class)] += cell.weight;
                }
            }
        }
    }
}

impl Learner {
    /// The same classifier with averaged weights, on a fine integer scale.
    pub(crate) fn into_average(mut self) -> Self {
        const SCALE: f64 = 256.0;
        for cell in self.cells.iter_mut().flatten() {
            cell.weight = ((f64::from(cell.weight) - cell.moment / self.step) * SCALE).round() as i32;
            cell.moment = 0.0;
        }
        self
    }
}
