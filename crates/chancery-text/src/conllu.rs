//! CoNLL-U: reading treebanks and tokens, writing analyses.

use std::fmt::Write as _;

use crate::analysis::{Sentence, Token};
use crate::rel::deprel;

/// A line of a treebank: one syntactic word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// FORM.
    pub form: String,
    /// LEMMA.
    pub lemma: String,
    /// UPOS.
    pub upos: String,
    /// XPOS.
    pub xpos: String,
    /// FEATS.
    pub feats: String,
    /// HEAD, 0 for the root.
    pub head: usize,
    /// DEPREL.
    pub deprel: String,
    /// MISC.
    pub misc: String,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Comment lines, with their `#`.
    pub comments: Vec<String>,
    /// The syntactic words.
    pub rows: Vec<Row>,
    /// Multiword tokens: index of the first word, of the last, form, MISC.
    pub ranges: Vec<(usize, usize, String, String)>,
}

impl Block {
    /// The text of the sentence: its `# text` comment.
    pub fn text(&self) -> Option<&str> {
        self.comments.iter().find_map(|c| c.strip_prefix("# text = "))
    }

    /// Whether the heads form a tree with one root, within the length the parser reads.
    pub fn is_tree(&self) -> bool {
        let n = self.rows.len();
        let climbs = |mut i: usize| {
            for _ in 0..=n {
                match self.rows[i].head {
                    0 => return true,
                    h if h <= n => i = h - 1,
                    _ => return false,
                }
            }
            false
        };
        n <= crate::MAX_TOKENS && self.rows.iter().filter(|r| r.head == 0).count() == 1 && (0..n).all(climbs)
    }
}

/// Where a file stops being CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConlluError {
    /// A line without the columns ID and FORM, or with an empty form.
    #[error("line {line} has no word: ID and FORM are expected, separated by a tab")]
    NoWord {
        /// Number of the line, from 1.
        line: usize,
    },
    /// An ID that is no number, no range (`1-2`) and no empty node (`8.1`), or that does not follow the one before.
    #[error("line {line}: ID '{id}' where {expected} is expected")]
    Id {
        /// Number of the line, from 1.
        line: usize,
        /// What stands there.
        id: String,
        /// The number of the next word.
        expected: usize,
    },
}

/// Checks that the words of a file can be read: every line is blank, a comment, or has an ID in order and a form.
///
/// [`read_conllu`] takes what it can from any text; a program that is handed a file asks this first, so that a wrong
/// file is told and not half read.
pub fn check_conllu(text: &str) -> Result<(), ConlluError> {
    let mut words = 0;
    for (line, content) in (1..).zip(without_mark(text).lines()) {
        if content.trim().is_empty() {
            words = 0;
            continue;
        }
        if content.starts_with('#') {
            continue;
        }
        let mut columns = content.split('\t');
        let id = columns.next().unwrap_or_default();
        if columns.next().is_none_or(str::is_empty) {
            return Err(ConlluError::NoWord { line });
        }
        let number = |text: &str| text.parse::<usize>().ok();
        let expected = words + 1;
        let fits = match (id.split_once('-'), id.split_once('.')) {
            (Some((from, to)), _) => number(from) == Some(expected) && number(to).is_some_and(|to| to >= expected),
            (None, Some((after, nth))) => number(after) == Some(words) && number(nth).is_some(),
            (None, None) => number(id) == Some(expected),
        };
        if !fits {
            return Err(ConlluError::Id { line, id: id.to_owned(), expected });
        }
        words += usize::from(id.bytes().all(|b| b.is_ascii_digit()));
    }
    Ok(())
}

/// The text behind a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Reads CoNLL-U. Empty nodes (`8.1`) are skipped; lines that are not CoNLL-U are ignored, see [`check_conllu`].
pub fn read_conllu(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    for line in without_mark(text).lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            if !block.rows.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
            continue;
        }
        if line.starts_with('#') {
            block.comments.push(line.to_owned());
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let column = |i: usize| columns.get(i).copied().filter(|c| !c.is_empty()).unwrap_or("_").to_owned();
        let id = columns[0];
        if let Some((from, to)) = id.split_once('-') {
            if let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>())
                && 0 < from
                && from <= to
            {
                block.ranges.push((from - 1, to - 1, column(1), column(9)));
            }
        } else if id.parse::<usize>().is_ok() {
            block.rows.push(Row {
                form: column(1),
                lemma: column(2),
                upos: column(3),
                xpos: column(4),
                feats: column(5),
                head: column(6).parse().unwrap_or(0),
                deprel: column(7),
                misc: column(9),
            });
        }
    }
    blocks
}

/// Writes one word.
fn row(out: &mut String, id: usize, token: &Token, misc: &str) {
    let head = token.head.map_or(0, |h| h + 1);
    let lemma = if token.lemma.is_empty() { "_" } else { token.lemma.as_str() };
    let _ = writeln!(
        out,
        "{id}\t{}\t{lemma}\t{}\t_\t{}\t{head}\t{}\t_\t{misc}",
        token.form,
        token.upos,
        token.feats.to_conllu(),
        deprel(token.rel, token.sub),
    );
}

/// Writes the lines of a sentence: comments, multiword tokens each in front of its first word, and what `word` writes for each of
/// `words` words.
fn framed(out: &mut String, block: &Block, words: usize, mut word: impl FnMut(&mut String, usize)) {
    for comment in &block.comments {
        let _ = writeln!(out, "{comment}");
    }
    let mut ranges: Vec<_> = block.ranges.iter().collect();
    ranges.sort_by_key(|(from, ..)| *from);
    let mut ranges = ranges.into_iter().peekable();
    for i in 0..words {
        while let Some((from, to, form, misc)) = ranges.next_if(|(from, ..)| *from <= i) {
            let _ = writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}", from + 1, to + 1);
        }
        word(out, i);
    }
    out.push('\n');
}

/// Writes words under the lines of the sentence they were read from: comments and multiword tokens are kept.
pub(crate) fn write_block(out: &mut String, block: &Block, tokens: &[Token]) {
    framed(out, block, tokens.len(), |out, i| {
        row(out, i + 1, &tokens[i], block.rows.get(i).map_or("_", |r| r.misc.as_str()));
    });
}

/// Sentences with all that a treebank says of them, as [`read_conllu`] reads them.
pub fn write_conllu(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        framed(&mut text, block, block.rows.len(), |out, i| {
            let Row { form, lemma, upos, xpos, feats, head, deprel, misc } = &block.rows[i];
            let _ = writeln!(out, "{}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}", i + 1);
        });
    }
    text
}

/// Writes an analysed sentence.
pub(crate) fn write_sentence(out: &mut String, text: &str, sentence: &Sentence, id: usize) {
    let _ = writeln!(out, "# sent_id = {id}");
    let words = text[sentence.start..sentence.end].split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(out, "# text = {words}");
    let tokens = &sentence.tokens;
    let glued = |i: usize| tokens.get(i + 1).is_some_and(|next| !next.space_before);
    let mut i = 0;
    while i < tokens.len() {
        let span = tokens[i].span();
        let last = (i..tokens.len()).take_while(|&k| tokens[k].span() == span).last().unwrap_or(i);
        if last > i {
            let misc = if glued(last) { "SpaceAfter=No" } else { "_" };
            let _ = writeln!(out, "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", i + 1, last + 1, &text[span]);
        }
        for (k, token) in tokens.iter().enumerate().take(last + 1).skip(i) {
            let misc = if last == i && glued(k) { "SpaceAfter=No" } else { "_" };
            row(out, k + 1, token, misc);
        }
        i = last + 1;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_ranges_and_comments() {
        let text = "# text = Zum Tor\n1-2\tZum\t_\t_\t_\t_\t_\t_\t_\t_\n1\tZu\tzu\tADP\t_\t_\t3\tcase\t_\t_\n2\tdem\tder\tDET\t_\t_\t3\tdet\t_\t_\n3\tTor\tTor\tNOUN\t_\t_\t0\troot\t_\t_\n3.1\tx\n\n";
        let blocks = read_conllu(text);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].text(), Some("Zum Tor"));
        assert_eq!(blocks[0].rows.len(), 3);
        assert_eq!(blocks[0].ranges, vec![(0, 1, "Zum".to_owned(), "_".to_owned())]);
        assert!(read_conllu("garbage\nwithout tabs").is_empty());
    }

    #[test]
    fn what_is_written_reads_back() {
        let text = "# text = Zum Tor\n1-2\tZum\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tZu\tzu\tADP\tA\t_\t3\tcase\t_\t_\n2\tdem\tder\tDET\t_\tCase=Dat\t3\tdet\t_\t_\n3\tTor\tTor\tNOUN\t_\t_\t0\troot\t_\t_\n\n";
        assert_eq!(write_conllu(&read_conllu(text)), text);
    }

    #[test]
    fn odd_but_lawful_files_are_read() {
        for (text, forms) in [
            ("", vec![]),
            ("\n\n\n", vec![]),
            ("# only a comment", vec![]),
            ("1\tA\n2\tB", vec!["A B"]),
            ("\u{feff}1\tA\r\n2\tB\r\n\r\n1\tC\r\n", vec!["A B", "C"]),
            ("1-2\tAB\n1\tA\n2\tB\n2.1\tempty\n3\tC\n\n", vec!["A B C"]),
            ("0.1\tempty\n1\tA\n\n\n# text = B\n1\tB\n", vec!["A", "B"]),
            ("1\ta b\n2\tNo.\u{a0}5\n", vec!["a b No.\u{a0}5"]),
        ] {
            assert_eq!(check_conllu(text), Ok(()), "{text:?}");
            let read: Vec<String> = read_conllu(text)
                .iter()
                .map(|b| b.rows.iter().map(|r| r.form.as_str()).collect::<Vec<_>>().join(" "))
                .collect();
            assert_eq!(read, forms, "{text:?}");
        }
    }

    #[test]
    fn a_wrong_file_is_told_with_its_line() {
        for (text, told) in [
            ("1\tA\nB\n", "line 2 has no word: ID and FORM are expected, separated by a tab"),
            ("1\n", "line 1 has no word: ID and FORM are expected, separated by a tab"),
            ("# c\n1\t\n", "line 2 has no word: ID and FORM are expected, separated by a tab"),
            ("1 A\n", "line 1 has no word: ID and FORM are expected, separated by a tab"),
            ("1\tA\n3\tB\n", "line 2: ID '3' where 2 is expected"),
            ("1\tA\n\n2\tB\n", "line 3: ID '2' where 1 is expected"),
            ("A\tx\n", "line 1: ID 'A' where 1 is expected"),
            ("2-1\tx\n1\tA\n", "line 1: ID '2-1' where 1 is expected"),
            ("1.x\tA\n", "line 1: ID '1.x' where 1 is expected"),
        ] {
            assert_eq!(check_conllu(text).unwrap_err().to_string(), told, "{text:?}");
            let _ = read_conllu(text);
        }
    }
}
