//! Attribution by prepositions and adverbs: *laut*, *zufolge*, *nach … Angaben*, "according to", "in … view".

use super::speaker::{Speaker, phrase_span, speaker};
use crate::knowledge::{CueKind, CueRow, EntityKind, Takes};
use crate::resolve::Resolved;
use crate::tree::lower;
use crate::view::{Level, View};
use chancery_model::HolderKind;
use chancery_text::{Rel, Upos};
use smol_str::SmolStr;

/// A cue of `cues.tsv` in a sentence.
pub(crate) struct Cue<'a> {
    pub(crate) row: &'a CueRow,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) speaker: Speaker,
    /// Words of the speaker: events inside are not what is said.
    pub(crate) inside: Option<usize>,
}

/// All prepositional and adverbial cues of a sentence.
pub(crate) fn cues<'a>(view: &View<'a>, text: &str) -> Vec<Cue<'a>> {
    let tree = view.tree();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let form = lower(&tree.token(at).form);
        let found = view
            .lexicon()
            .cues
            .get(&form)
            .and_then(|rows| rows.iter().find_map(|row| Some((row, spans(tree, row, at)?))));
        let Some((row, (last, gap))) = found else {
            at += 1;
            continue;
        };
        let cue = match gap {
            Some(gap) => Some(inside_cue(view, row, at, last, gap, text)),
            None => cue(view, row, at, last, text),
        };
        out.extend(cue);
        at = last + 1;
    }
    out
}

/// Longest speaker that a cue can have inside ("nach … Angaben").
const GAP: usize = 4;

/// The last word of a cue that begins at `at`, and the words that its dots stand for.
fn spans(tree: &crate::tree::Tree<'_>, row: &CueRow, at: usize) -> Option<(usize, Option<(usize, usize)>)> {
    let is = |i: usize, w: &SmolStr| i < tree.len() && lower(&tree.token(i).form) == *w;
    let dots = row.words.iter().position(|w| w == "…");
    let Some(dots) = dots else {
        let fits = row.words.iter().enumerate().all(|(n, w)| is(at + n, w));
        return fits.then(|| (at + row.words.len() - 1, None));
    };
    if !row.words[..dots].iter().enumerate().all(|(n, w)| is(at + n, w)) {
        return None;
    }
    let (start, tail) = (at + dots, &row.words[dots + 1..]);
    (start + 1..=start + GAP).find_map(|end| {
        let fits = tail.iter().enumerate().all(|(n, w)| is(end + n, w));
        fits.then(|| (end + tail.len() - 1, Some((start, end))))
    })
}

/// "nach polnischen Angaben", "in Moscow's view", "by its own account": the speaker stands inside the cue.
fn inside_cue<'a>(
    view: &View<'_>,
    row: &'a CueRow,
    first: usize,
    last: usize,
    (start, end): (usize, usize),
    text: &str,
) -> Cue<'a> {
    let tree = view.tree();
    let mention = text[tree.token(start).start as usize..tree.token(end - 1).end as usize].to_owned();
    let named = (start..end).find_map(|i| {
        view.scene.mentions_at(i).find_map(|(_, r)| match r {
            Resolved::Actor { code, kind } if *kind != EntityKind::Outlet && !code.is_nonstate() => Some(code.clone()),
            _ => None,
        })
    });
    let owned = || {
        let head = (start..=last).find(|i| tree.token(*i).feats.poss).and_then(|i| tree.head(i))?;
        view.owners(head, 1).into_iter().find(|a| a.level == Level::State).map(|a| a.code)
    };
    let described = || {
        let head = (start..end).rev().find(|i| tree.is_nominal(*i))?;
        view.actors(head).into_iter().find(|a| a.level == Level::State).map(|a| a.code)
    };
    let speaker = match named.or_else(described).or_else(owned) {
        Some(code) => Speaker { kind: HolderKind::State, actor: Some(code), mention },
        None => Speaker { kind: HolderKind::Unnamed, actor: None, mention },
    };
    Cue { row, first, last, speaker, inside: None }
}

/// Which words only name a source: the cues and their speakers.
pub(crate) fn spoken(view: &View<'_>, cues: &[Cue<'_>]) -> Vec<bool> {
    let mut out = vec![false; view.tree().len()];
    for cue in cues {
        let (mut first, mut last) = (cue.first, cue.last);
        if let Some(head) = cue.inside {
            let (from, to) = phrase_span(view, head);
            (first, last) = (first.min(from), last.max(to));
        }
        out[first..=last].fill(true);
    }
    out
}

pub(super) fn cue<'a>(view: &View<'a>, row: &'a CueRow, first: usize, last: usize, text: &str) -> Option<Cue<'a>> {
    let tree = view.tree();
    let length = row.words.len();
    if length == 1 && row.words[0] == "so" {
        // ", so der Minister": only behind a comma or quotation mark and before a noun phrase that ends the clause.
        let after_comma = first > 0 && tree.token(first - 1).upos == Upos::Punct;
        let noun =
            (last + 1..(last + 4).min(tree.len())).any(|i| matches!(tree.token(i).upos, Upos::Noun | Upos::Propn));
        let verb_next = tree.token((last + 1).min(tree.len() - 1)).upos == Upos::Verb
            || tree.token((last + 1).min(tree.len() - 1)).upos == Upos::Aux
            || matches!(tree.token((last + 1).min(tree.len() - 1)).upos, Upos::Adj | Upos::Adv);
        if !after_comma || !noun || verb_next {
            return None;
        }
    }
    // "nach eigenen Angaben": whoever acts in the clause says so.
    let own = row.words.iter().any(|w| w.starts_with("eigen"));
    if own && let Some(subject) = view.subjects(tree.clause(last), 0).first() {
        return Some(Cue { row, first, last, speaker: speaker(view, *subject, text), inside: None });
    }
    let head = match row.takes {
        Takes::Before => speaker_behind(view, first, last),
        Takes::After => speaker_before(view, first),
    };
    let named_in_cue = row.kind == CueKind::Report || head.is_none();
    let speaker = match head {
        Some(head) => speaker(view, head, text),
        None if named_in_cue => {
            Speaker::unnamed(&text[tree.token(first).start as usize..tree.token(last).end as usize])
        }
        None => return None,
    };
    Some(Cue { row, first, last, speaker, inside: head })
}

/// The noun phrase behind a cue: the head of what follows.
fn speaker_behind(view: &View<'_>, first: usize, last: usize) -> Option<usize> {
    let tree = view.tree();
    // The cue's own noun takes a genitive ("nach Angaben der Regierung"), the preposition its noun ("laut Kiew").
    for i in (first..=last).rev() {
        let nominal = matches!(tree.token(i).upos, Upos::Noun | Upos::Propn);
        if nominal {
            let owned = tree.with_rel(i, Rel::Nmod).find(|c| *c > last);
            if owned.is_some() {
                return owned;
            }
        }
        if matches!(tree.token(i).rel, Rel::Case | Rel::Mark | Rel::Fixed | Rel::Advmod)
            && let Some(head) = tree.head(i)
            && head > last
            && matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::X)
        {
            return Some(head);
        }
    }
    // Otherwise the first noun behind, before any verb.
    for i in last + 1..(last + 7).min(tree.len()) {
        match tree.token(i).upos {
            Upos::Noun | Upos::Propn | Upos::Pron => {
                // The head of that noun phrase may stand further right ("US officials").
                let mut head = i;
                while let Some(up) = tree.head(head) {
                    let within = up > head
                        && up < last + 9
                        && matches!(tree.token(head).rel, Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nmod);
                    if !within {
                        break;
                    }
                    head = up;
                }
                return Some(head);
            }
            Upos::Verb | Upos::Aux => return None,
            Upos::Punct if tree.token(i).form == "," => return None,
            _ => {}
        }
    }
    None
}

/// "dem Ministerium zufolge": the noun phrase in front of the cue.
fn speaker_before(view: &View<'_>, first: usize) -> Option<usize> {
    let tree = view.tree();
    if let Some(head) = tree.head(first)
        && head < first
        && matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Pron)
    {
        return Some(head);
    }
    let mut best = None;
    for i in (first.saturating_sub(7)..first).rev() {
        match tree.token(i).upos {
            Upos::Noun | Upos::Propn | Upos::Pron => best = Some(i),
            Upos::Verb | Upos::Aux => break,
            Upos::Punct if tree.token(i).form == "," => break,
            _ => {}
        }
    }
    best
}
