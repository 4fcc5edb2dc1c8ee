//! Footnotes: a short mark at every number, and the figures they stand for at the end.

use std::collections::BTreeMap;

use crate::brief::{Brief, FigureOut, Number};

/// Marks in the order in which numbers are printed; one figure keeps one mark.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    marks: BTreeMap<String, usize>,
}

impl Notes {
    /// The mark of a number.
    pub(crate) fn mark(&mut self, number: &Number) -> usize {
        let next = self.marks.len() + 1;
        *self.marks.entry(number.figure.clone()).or_insert(next)
    }

    /// The figures that were marked, in order.
    pub(crate) fn figures<'a>(&self, brief: &'a Brief) -> Vec<(usize, &'a FigureOut)> {
        let mut found: Vec<_> = brief.figures.iter().filter_map(|f| Some((*self.marks.get(&f.id)?, f))).collect();
        found.sort_by_key(|(mark, _)| *mark);
        found
    }
}
