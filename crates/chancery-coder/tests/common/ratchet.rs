//! The ratchet: a list in the repository of what the coder does not reach yet. What is not on it must hold, and what
//! is on it must fail; so nothing that held once is lost unseen, and nothing gained stays unused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use super::{root, say, updating};

/// The list of what is open.
pub(crate) struct Ratchet {
    /// What the entries are, for the reader: "passages".
    pub(crate) what: &'static str,
    /// The list, below the root of the checkout.
    pub(crate) path: &'static str,
    /// The test that holds it, as `cargo test` wants it.
    pub(crate) test: &'static str,
    /// The columns of a key.
    pub(crate) columns: &'static [&'static str],
}

/// What came out for each key: nothing where it holds, else a report for a reader.
pub(crate) type Outcomes = BTreeMap<Vec<String>, Option<String>>;

impl Ratchet {
    /// Compares the outcomes with the list.
    ///
    /// # Panics
    /// Something fails that is not listed, or is listed and holds, or is listed and exists no more.
    pub(crate) fn hold(&self, outcomes: &Outcomes) {
        let listed = self.read();
        let failing: BTreeSet<&Vec<String>> = outcomes.iter().filter(|(_, r)| r.is_some()).map(|(k, _)| k).collect();
        let gained: Vec<_> = listed.iter().filter(|k| !failing.contains(k) && outcomes.contains_key(*k)).collect();
        let gone: Vec<_> = listed.iter().filter(|k| !outcomes.contains_key(*k)).collect();
        let lost: Vec<_> = failing.iter().filter(|k| !listed.contains(**k)).collect();
        let mut report = String::new();
        for key in &lost {
            let words = outcomes[**key].as_deref().unwrap_or_default();
            let _ = write!(report, "\nfails and is not listed: {}\n{words}", key.join(" · "));
        }
        for key in &gained {
            let _ = write!(report, "\nnow passes: take it off the list: {}", key.join(" · "));
        }
        for key in &gone {
            let _ = write!(report, "\nlisted, but there is no such entry any more: {}", key.join(" · "));
        }
        let summary = format!(
            "{}: {} of {} {} hold, {} open; {} gained, {} lost, {} gone against {}",
            self.test,
            outcomes.len() - failing.len(),
            outcomes.len(),
            self.what,
            failing.len(),
            gained.len(),
            lost.len(),
            gone.len(),
            self.path
        );
        if updating() {
            self.write(&failing, outcomes.len());
            say(&format!("{report}\n{summary}; the list is rewritten"));
            return;
        }
        say(&summary);
        assert!(
            report.is_empty(),
            "{report}\n\n{summary}\nTo rewrite the list: CHANCERY_UPDATE=1 cargo test -p chancery-coder --test {}\n",
            self.test
        );
    }

    fn file(&self) -> PathBuf {
        root().join(self.path)
    }

    fn read(&self) -> BTreeSet<Vec<String>> {
        let text = std::fs::read_to_string(self.file()).unwrap_or_default();
        let mut lines = text.lines().filter(|l| !l.is_empty() && !l.starts_with('#'));
        if let Some(header) = lines.next() {
            assert_eq!(header.split('\t').collect::<Vec<_>>(), self.columns, "{}: columns", self.path);
        }
        lines.map(|l| l.split('\t').map(str::to_owned).collect()).collect()
    }

    fn write(&self, failing: &BTreeSet<&Vec<String>>, all: usize) {
        let mut text = format!(
            "# {} not reached yet: {} of {all}. Each must fail; one that passes has to go. Written by\n# CHANCERY_UPDATE=1 \
             cargo test -p chancery-coder --test {}\n{}\n",
            self.what,
            failing.len(),
            self.test,
            self.columns.join("\t")
        );
        for key in failing {
            text.push_str(&key.join("\t"));
            text.push('\n');
        }
        let file = self.file();
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("the folder of the list");
        std::fs::write(file, text).expect("the list can be written");
    }
}
