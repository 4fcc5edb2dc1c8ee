//! Adverbs, particles and adjectives around an event: hedges, hearsay, habit, negation.

use super::status::{past_tense, predicate_of};
use super::{Judgement, hypothetical};
use crate::knowledge::Modifier;
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::{Certainty, Polarity, Status};
use chancery_text::{Lang, Rel, Upos};

/// Adverbs, negations and adjectives at the event and its predicate.
pub(super) fn modifiers(view: &View<'_>, at: usize, noun: bool, j: &mut Judgement) {
    let tree = view.tree();
    if !noun && is_negated(view, predicate_of(tree, at)) {
        j.polarity = Polarity::Negative;
        j.cues.push("negated".into());
    }
    if noun && noun_negated(view, at) {
        j.polarity = Polarity::Negative;
        j.cues.push("negated".into());
    }
    let clause = tree.clause(at);
    for i in 0..tree.len() {
        let Some((length, kind)) = modifier_at(view, i) else { continue };
        let last = i + length - 1;
        if kind == Modifier::Condition && (length > 1 || supposes(view, i, at)) && under_condition(tree, last, at) {
            hypothetical(j, "condition");
        }
        let Some(head) = tree.head(last) else { continue };
        let anchor =
            if matches!(tree.token(head).rel, Rel::Aux | Rel::Cop) { tree.head(head).unwrap_or(head) } else { head };
        let near = anchor == at || (i..=last).any(|t| tree.head(t) == Some(at));
        let token = tree.token(i);
        // A hedge on the clause covers the event that the clause tells; on another noun it covers that noun.
        let adverbial = !matches!(token.rel, Rel::Amod | Rel::Det)
            && matches!(token.upos, Upos::Adv | Upos::Part | Upos::Adj | Upos::Adp | Upos::Noun);
        let tells = noun
            && clause != at
            && tree.head(at) == Some(clause)
            && matches!(tree.token(at).rel, Rel::Nsubj | Rel::Obj | Rel::Obl);
        let over = adverbial && anchor == clause && (!noun || tells);
        if !(near || over) {
            continue;
        }
        let word = token.form.as_str();
        match kind {
            Modifier::Hearsay => {
                j.hearsay = Some(i);
                j.attributive =
                    noun && near && [i, last].iter().any(|t| matches!(tree.token(*t).rel, Rel::Amod | Rel::Acl));
                j.cues.push(format!("{word}: hearsay"));
            }
            Modifier::Probable => {
                j.certainty = Certainty::Probable;
                j.cues.push(format!("{word}: probable"));
            }
            Modifier::Possible => {
                j.certainty = Certainty::Possible;
                if noun && near && j.status == Status::Occurred {
                    j.status = Status::Hypothetical;
                }
                j.cues.push(format!("{word}: possible"));
            }
            Modifier::Almost => {
                j.polarity = Polarity::Negative;
                j.cues.push(format!("{word}: not quite"));
            }
            Modifier::Habit if j.status == Status::Ongoing => {
                j.status = Status::Generic;
                j.cues.push(format!("{word}: habit"));
            }
            Modifier::Future
                if matches!(j.status, Status::Occurred | Status::Ongoing)
                    && (near && noun || !past_tense(tree, clause)) =>
            {
                j.status = Status::Planned;
                j.cues.push(format!("{word}: ahead"));
            }
            Modifier::NotYet | Modifier::NoLonger => {
                j.polarity = Polarity::Negative;
                j.cues.push(format!("{word}: not (yet, any more)"));
            }
            _ => {}
        }
    }
    if noun {
        for &child in tree.children(at) {
            if tree.token(child).rel == Rel::Amod {
                match tree.lemma(child).as_str() {
                    "geplant" | "bevorstehend" | "angekündigt" | "vorgesehen" | "kommend" | "künftig" | "planned"
                    | "upcoming" | "forthcoming" | "proposed" | "scheduled" | "future" | "vorgeschlagen"
                    | "anstehend" | "pending" | "imminent" => j.status = Status::Planned,
                    "möglich" | "drohend" | "etwaig" | "denkbar" | "befürchtet" | "possible" | "potential"
                    | "feared" | "looming" | "any" | "erneut"
                        if tree.lemma(child) != "erneut" =>
                    {
                        hypothetical(j, tree.lemma(child));
                    }
                    "gescheitert" | "failed" | "verhindert" | "thwarted" | "abgesagt" | "cancelled" => {
                        j.polarity = Polarity::Negative;
                    }
                    _ => {}
                }
            }
        }
    }
}

/// "im Falle eines Angriffs auf …", "provided that Serbia recognises …": the event stands behind the condition, with no comma
/// between but that of *dass*.
fn under_condition(tree: &Tree<'_>, condition: usize, at: usize) -> bool {
    condition < at
        && (condition + 1..at).all(|i| {
            let that = i + 1 < tree.len() && matches!(lower(&tree.token(i + 1).form).as_str(), "dass" | "daß" | "that");
            tree.token(i).form != "," || that
        })
}

/// "provided Syria releases …", "assuming Ankara agrees": a participle that opens a finite clause as its conjunction, not
/// the verb of somebody ("provided Syria with arms").
fn supposes(view: &View<'_>, condition: usize, at: usize) -> bool {
    let tree = view.tree();
    let clause = tree.clause(at);
    tree.lang == Lang::En
        && tree.token(condition).upos == Upos::Verb
        && clause != condition
        && !matches!(tree.token(condition).rel, Rel::Root | Rel::Acl | Rel::Amod | Rel::Conj)
        && tree.auxiliaries(condition).next().is_none()
        && tree.child(condition, Rel::Nsubj).is_none_or(|s| s > condition)
        && tree.finite(clause).is_some_and(|f| f > condition)
        && tree.with_rel(clause, Rel::Nsubj).any(|s| condition < s && s < clause)
}

/// The modifier that begins at a word: its length in words and its kind; longest first.
pub(crate) fn modifier_at(view: &View<'_>, i: usize) -> Option<(usize, Modifier)> {
    let tree = view.tree();
    let form = lower(&tree.token(i).form);
    let by = |key: &str| {
        view.lexicon().modifiers.get(key).and_then(|rows| {
            rows.iter().find_map(|(words, kind)| {
                let fits = words.iter().enumerate().all(|(n, w)| {
                    i + n < tree.len() && (lower(&tree.token(i + n).form) == *w || (n == 0 && tree.lemma(i) == w))
                });
                fits.then_some((words.len(), *kind))
            })
        })
    };
    by(&form).or_else(|| if *tree.lemma(i) == form { None } else { by(tree.lemma(i)) })
}

pub(super) fn is_negator(view: &View<'_>, i: usize) -> bool {
    let tree = view.tree();
    if matches!(
        tree.lemma(i).as_str(),
        "nicht" | "kein" | "not" | "no" | "nie" | "never" | "n't" | "niemals" | "weder" | "keinerlei" | "neither"
    ) {
        return !matches!(tree.token(i).rel, Rel::Fixed);
    }
    matches!(modifier_at(view, i), Some((_, Modifier::Negation | Modifier::NotYet | Modifier::NoLonger)))
}

/// Whether a predicate is negated: by an adverb, or by a negative determiner on its subject or object.
pub(crate) fn is_negated(view: &View<'_>, v: usize) -> bool {
    let tree = view.tree();
    tree.children(v).iter().any(|c| {
        let t = tree.token(*c);
        match t.rel {
            Rel::Nsubj
                if tree.with_rel(*c, Rel::Cc).chain(tree.with_rel(*c, Rel::Advmod)).any(|n| {
                    matches!(tree.lemma(n).as_str(), "weder" | "neither" | "noch" | "nor")
                        && matches!(tree.lemma(tree.extent(*c).0).as_str(), "weder" | "neither")
                }) =>
            {
                true
            }
            Rel::Mark | Rel::Case if matches!(tree.lemma(*c).as_str(), "neither" | "weder" | "without") => true,
            // "Nicht einmal Damaskus hat …"
            Rel::Nsubj if not_even(tree, *c) => true,
            Rel::Advmod | Rel::Det | Rel::Cc | Rel::Discourse => is_negator(view, *c) && !only(tree, *c),
            Rel::Obj | Rel::Nsubj | Rel::Obl | Rel::Iobj => {
                tree.with_rel(*c, Rel::Det).chain(tree.with_rel(*c, Rel::Advmod)).any(|d| {
                    is_negator(view, d)
                        && (t.rel != Rel::Obl || tree.token(d).rel == Rel::Det)
                        && !matches!(tree.lemma(d).as_str(), "nicht" | "not")
                }) || matches!(tree.lemma(*c).as_str(), "niemand" | "nobody" | "none" | "nichts" | "nothing")
            }
            Rel::Aux => is_negator(view, *c) || tree.children(*c).iter().any(|g| is_negator(view, *g)),
            _ => false,
        }
    })
}

/// "nicht einmal", "not even" in front of a phrase.
fn not_even(tree: &Tree<'_>, phrase: usize) -> bool {
    let first = tree.extent(phrase).0;
    let is = |i: Option<usize>, words: [&str; 2]| i.is_some_and(|i| words.contains(&tree.lemma(i).as_str()));
    let pair = |i: usize| is(Some(i), ["nicht", "not"]) && is(Some(i + 1), ["einmal", "even"]);
    let inside = first + 1 < tree.len() && pair(first);
    inside || first.checked_sub(2).is_some_and(pair)
}

/// "not only", "nicht nur".
pub(super) fn only(tree: &Tree<'_>, negator: usize) -> bool {
    negator + 1 < tree.len()
        && matches!(tree.lemma(negator + 1).as_str(), "nur" | "only" | "allein" | "just" | "zuletzt" | "least")
}

pub(super) fn noun_negated(view: &View<'_>, at: usize) -> bool {
    let tree = view.tree();
    tree.children(at).iter().any(|c| {
        (matches!(tree.token(*c).rel, Rel::Det | Rel::Advmod) && is_negator(view, *c) && !only(tree, *c))
            || (tree.token(*c).rel == Rel::Case && matches!(tree.lemma(*c).as_str(), "ohne" | "without"))
    })
}
