//! A difference for a terminal.

use std::fmt::Write;

use super::clean::one_line;
use super::ink::wrapped;
use super::{Layout, short};
use crate::diff::{Difference, Moved, Witness};
use crate::labels::Labels;
use crate::section::Section;

/// Lays out a difference.
pub fn diff(found: &Difference, labels: &Labels, layout: Layout) -> String {
    let ink = layout.ink;
    let w = |key: &str| labels.word(key).to_owned();
    let mut out = String::new();
    let _ = writeln!(out, "{}", ink.bold(&format!("{} → {}", found.before, found.after)));
    if found.is_empty() {
        let _ = writeln!(out, "{}", w("unchanged"));
        return out;
    }
    let _ = writeln!(out, "{} {}", found.documents.len(), w("new_documents"));
    for change in &found.verdicts {
        let _ = writeln!(out, "  {}: {} → {}", ink.bold(&change.what), change.before, change.after);
    }
    for (title, moved) in [(w("changed"), &found.matters), (w("new_matters"), &found.new)] {
        if !moved.is_empty() {
            let _ = writeln!(out, "\n{} ({})", ink.bold(&title.to_uppercase()), moved.len());
        }
        for matter in moved.iter().take(layout.most) {
            self::moved(&mut out, matter, labels, layout);
        }
        if moved.len() > layout.most {
            let left = (moved.len() - layout.most).to_string();
            let _ = writeln!(out, "  … {} (--full)", labels.fill("word", "more", &[("n", &left)]));
        }
    }
    if !found.withdrawn.is_empty() {
        let _ = writeln!(out, "\n{} ({})", ink.bold(&w("withdrawn").to_uppercase()), found.withdrawn.len());
        for witness in found.withdrawn.iter().take(layout.most) {
            self::witness(&mut out, witness, labels, layout);
        }
    }
    out
}

fn moved(out: &mut String, matter: &Moved, labels: &Labels, layout: Layout) {
    let name = |s: Section| labels.get("section", s.as_str()).to_owned();
    let state = match matter.before {
        Some(before) => format!("{} → {}", name(before), name(matter.after)),
        None => name(matter.after),
    };
    let text = format!("{} · {state}", layout.ink.bold(&one_line(&matter.title)));
    let _ = writeln!(out, "{}", wrapped(&text, "  ", "    ", layout.width));
    for by in matter.by.iter().take(3) {
        witness(out, by, labels, layout);
    }
}

fn witness(out: &mut String, witness: &Witness, labels: &Labels, layout: Layout) {
    let day = witness.published.as_deref().unwrap_or("–");
    let text = format!(
        "{day} {} {}: “{}” {}",
        one_line(&witness.speaker),
        labels.get("standing", witness.standing),
        one_line(&witness.quote),
        layout.ink.dim(short(&witness.claim))
    );
    let _ = writeln!(out, "{}", wrapped(&text, "    ", "      ", layout.width));
}
