//! The row of a word: the most specific one whose conditions hold.

use crate::knowledge::{EventRow, Lexicon, Pos, tails};
use crate::slot::Trigger;
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::EventType;
use chancery_text::{Lang, Rel, Upos, VerbForm};
use smol_str::SmolStr;

pub(super) fn is_participle(view: &View<'_>, at: usize) -> bool {
    let token = view.tree().token(at);
    token.upos == Upos::Adj && (token.feats.verb_form == Some(VerbForm::Part) || token.verb.is_some())
}

/// The most specific row whose conditions hold at a word.
pub(super) fn lookup<'k>(
    view: &View<'_>,
    lexicon: &'k Lexicon,
    at: usize,
) -> Option<(&'k EventRow, Trigger, Vec<usize>)> {
    let tree = view.tree();
    let token = tree.token(at);
    let class = match token.upos {
        Upos::Verb => Pos::Verb,
        Upos::Aux if !matches!(token.rel, Rel::Aux | Rel::Cop) => Pos::Verb,
        Upos::Noun | Upos::Propn | Upos::X => Pos::Noun,
        Upos::Adj => Pos::Adj,
        _ => return None,
    };
    let name = tree.lang == Lang::En && token.upos == Upos::Propn;
    let try_rows = |lemma: &str, comp: Option<&str>| -> Option<(&'k EventRow, Trigger, Vec<usize>)> {
        let trigger = Trigger { at, comp: comp.map(str::to_owned) };
        lexicon.events.get(lemma)?.iter().find_map(|row| {
            let fits = row.pos == class || (class == Pos::Adj && row.pos == Pos::Verb && is_participle(view, at));
            if !fits || !particle_at(view, row.particle.as_deref(), row.pos, at) {
                return None;
            }
            // "Ministry of Trade": in a name only meetings and wars are events ("Doha Forum", "Iraq War").
            if name && !matches!(row.event_type, Some(EventType::Consult | EventType::Assault)) {
                return None;
            }
            view.holds(&trigger, &row.with).map(|consumed| (row, trigger.clone(), consumed))
        })
    };
    let guessed = weak_verb(view, lexicon, at);
    let lemma = guessed.as_ref().unwrap_or_else(|| tree.lemma(at));
    if class == Pos::Verb && tree.lang == Lang::De {
        // "greift … an": with its particle it is another verb.
        if let Some(joined) = tree.with_particle(at) {
            return try_rows(&joined, None).or_else(|| try_rows(lemma, None));
        }
    }
    // "cease-fire", "build-up": the parts of a word with hyphen are tokens.
    // In German the parts of "Ukraine-Krieg" stay apart: who attacked in a war with a name is not said, and the name stands
    // where nothing is told of it.
    for joined in hyphenated(tree, at).into_iter().filter(|_| tree.lang == Lang::En) {
        if let Some(found) = try_rows(&joined.word, None) {
            return Some(found);
        }
    }
    if let Some(found) = try_rows(lemma, None) {
        return Some(found);
    }
    // "den von Israel annektierten Golanhöhen"
    if let Some(found) = token.verb.as_ref().and_then(|verb| try_rows(&lower(verb), None)) {
        return Some(found);
    }
    let form = lower(&token.form);
    if form != *lemma
        && let Some(found) = try_rows(&form, None)
    {
        return Some(found);
    }
    if class == Pos::Noun {
        if lemma.contains(['-', '‑']) {
            let tail = crate::view::last_part(lemma);
            let comp = &lemma[..lemma.len() - tail.len()];
            if let Some(found) = try_rows(tail, Some(comp))
                .or_else(|| tails(tail).find_map(|t| try_rows(t, Some(&tail[..tail.len() - t.len()]))))
            {
                return Some(found);
            }
        }
        if tree.lang == Lang::De {
            return tails(lemma).find_map(|tail| try_rows(tail, Some(&lemma[..lemma.len() - tail.len()])));
        }
    }
    None
}

/// A word with hyphen, whose parts are tokens.
pub(crate) struct Hyphenated {
    /// As a row has it.
    pub(crate) word: SmolStr,
    /// Its first and its last token.
    pub(crate) tokens: (usize, usize),
}

/// The words with hyphen that a word may be the head of: with its lemma or its form last, or first ("build-up").
pub(crate) fn hyphenated(tree: &Tree<'_>, at: usize) -> Vec<Hyphenated> {
    let hyphen = |i: usize| {
        let tight = |i: usize| i < tree.len() && !tree.token(i).space_before;
        tree.token_is(i, "-") && tight(i) && tight(i + 1)
    };
    let mut out = Vec::new();
    let mut join = |first: &str, last: &str, tokens| {
        out.push(Hyphenated { word: SmolStr::new(format!("{first}-{last}")), tokens });
    };
    if at > 1 && hyphen(at - 1) {
        let first = lower(&tree.token(at - 2).form);
        join(&first, tree.lemma(at), (at - 2, at));
        join(&first, &lower(&tree.token(at).form), (at - 2, at));
    }
    if hyphen(at + 1) && matches!(tree.token(at + 2).upos, Upos::Adp | Upos::Adv | Upos::Part) {
        join(tree.lemma(at), &lower(&tree.token(at + 2).form), (at, at + 2));
    }
    out
}

/// A regular verb whose lemma the tagger has missed ("zusicherten", "increas"): its infinitive, if a row knows it.
fn weak_verb(view: &View<'_>, lexicon: &Lexicon, at: usize) -> Option<SmolStr> {
    let tree = view.tree();
    if !tree.is_verb(at) || lexicon.events.contains_key(tree.lemma(at)) {
        return None;
    }
    let form = lower(&tree.token(at).form);
    if tree.lang == Lang::En {
        return ["d", "ed", "s", "es", "ing"].iter().find_map(|ending| {
            let stem = form.strip_suffix(ending).filter(|s| s.len() > 2)?;
            ["", "e"].iter().map(|e| SmolStr::new(format!("{stem}{e}"))).find(|v| lexicon.events.contains_key(v))
        });
    }
    ["ten", "te", "tet", "test", "t", "e", "st", "et"].iter().find_map(|ending| {
        let stem = form.strip_suffix(ending).filter(|s| s.len() > 3)?;
        ["en", "n"].iter().map(|i| SmolStr::new(format!("{stem}{i}"))).find(|v| lexicon.events.contains_key(v))
    })
}

/// Particle of a phrasal verb, or the words before the head of a noun of several words.
pub(crate) fn particle_at(view: &View<'_>, particle: Option<&str>, pos: Pos, at: usize) -> bool {
    let tree = view.tree();
    let Some(particle) = particle else {
        return true;
    };
    if pos == Pos::Noun {
        let words: Vec<&str> = particle.split(' ').collect();
        return words.len() <= at
            && words.iter().rev().enumerate().all(|(n, w)| {
                let i = at - 1 - n;
                tree.lemma(i) == w || lower(&tree.token(i).form) == *w
            });
    }
    let mut words = particle.split(' ');
    let first = words.next().unwrap_or_default();
    let particle_child = tree.children(at).iter().any(|c| {
        let t = tree.token(*c);
        (matches!(t.rel, Rel::Compound | Rel::Advmod | Rel::Case | Rel::Mark | Rel::Obl | Rel::Xcomp)
            && lower(&t.form) == first)
            || (matches!(t.rel, Rel::Obl | Rel::Nmod)
                && tree.preposition(*c).is_some_and(|p| p.split(' ').next() == Some(first)))
            || (matches!(t.rel, Rel::Obj) && tree.lemma(*c) == first)
    });
    let adjacent = at + 1 < tree.len() && lower(&tree.token(at + 1).form) == first;
    (particle_child || adjacent)
        && words
            .all(|w| (at + 1..(at + 5).min(tree.len())).any(|i| lower(&tree.token(i).form) == w || tree.lemma(i) == w))
}
