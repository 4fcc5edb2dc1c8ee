//! Assessments: motives, needs, offers, drivers, obstacles, stances, trends, comparisons, outlooks.

use chancery_model::{AssessmentKind, Direction};
use chancery_text::{Lang, Upos};
use smol_str::SmolStr;

use crate::knowledge::{AssessRow, Pos, Slot, tails};
use crate::slot::Trigger;
use crate::tree::lower;
use crate::view::{Actor, View, add_new};

/// An assessment found in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Found<'k> {
    pub(crate) at: usize,
    pub(crate) row: &'k AssessRow,
    pub(crate) kind: AssessmentKind,
    pub(crate) subject: Vec<Actor>,
    pub(crate) object: Vec<Actor>,
    pub(crate) third: Vec<Actor>,
    pub(crate) good: Option<SmolStr>,
    pub(crate) direction: Option<Direction>,
}

/// Word classes that name a good, with the word for it.
const GOODS: &[(&str, &str)] = &[
    ("weapon", "weapon"),
    ("labour", "labour"),
    ("energy", "energy"),
    ("transport", "transit"),
    ("technology", "technology"),
    ("food", "food"),
    ("money", "capital"),
    ("recognition", "recognition"),
    ("nuclear", "nuclear"),
    ("military_goods", "military_goods"),
    ("relief_goods", "relief"),
    ("goods", "goods"),
];

/// All assessments of a sentence.
pub(crate) fn assessments<'a>(view: &View<'a>) -> Vec<Found<'a>> {
    let tree = view.tree();
    let mut out: Vec<Found<'a>> = Vec::new();
    for at in 0..tree.len() {
        let Some((row, trigger)) = lookup(view, at) else { continue };
        let subject = parties(view, &trigger, &row.subject, &[Slot::Subj, Slot::Gen, Slot::Poss, Slot::Adj]);
        let mut object = parties(view, &trigger, &row.object, &[]);
        object.retain(|o| !subject.iter().any(|s| s.code == o.code));
        if subject.is_empty() && object.is_empty() {
            continue;
        }
        let goods = goods(view, &trigger, row);
        let third = third(view, at, &subject, &object);
        let base = Found { at, row, kind: row.kind, subject, object, third, good: None, direction: row.direction };
        if goods.is_empty() {
            out.push(base);
        } else {
            out.extend(goods.into_iter().map(|good| Found { good: Some(good), ..base.clone() }));
        }
    }
    out
}

fn lookup<'a>(view: &View<'a>, at: usize) -> Option<(&'a AssessRow, Trigger)> {
    let tree = view.tree();
    let token = tree.token(at);
    let class = match token.upos {
        Upos::Verb | Upos::Aux => Pos::Verb,
        Upos::Noun | Upos::Propn => Pos::Noun,
        Upos::Adj | Upos::Adv => Pos::Adj,
        _ => return None,
    };
    let lexicon = view.lexicon();
    let lemma = tree.lemma(at);
    let try_rows = |key: &str, comp: Option<&str>| -> Option<(&'a AssessRow, Trigger)> {
        let trigger = Trigger { at, comp: comp.map(str::to_owned) };
        lexicon.assessments.get(key)?.iter().find_map(|row| {
            (row.pos == class
                && crate::event::particle_at(view, row.particle.as_deref(), row.pos, at)
                && view.holds(&trigger, &row.with).is_some())
            .then(|| (row, trigger.clone()))
        })
    };
    if class == Pos::Verb
        && let Some(found) = tree.with_particle(at).and_then(|joined| try_rows(&joined, None))
    {
        return Some(found);
    }
    try_rows(lemma, None).or_else(|| try_rows(&lower(&token.form), None)).or_else(|| {
        (class == Pos::Noun && tree.lang == Lang::De)
            .then(|| tails(lemma).find_map(|t| try_rows(t, Some(&lemma[..lemma.len() - t.len()]))))
            .flatten()
    })
}

fn parties(view: &View<'_>, trigger: &Trigger, slots: &[Slot], default: &[Slot]) -> Vec<Actor> {
    let slots = if slots.is_empty() { default } else { slots };
    let mut out: Vec<Actor> = Vec::new();
    for slot in slots {
        let mut found = view.fill(trigger, slot);
        if found.is_empty() && *slot == Slot::Subj {
            // The subject may be a thing of the state ("Moskaus Interesse", "die russische Wirtschaft braucht …").
            for head in view.heads(trigger, slot) {
                found.extend(view.owners(head, 1));
            }
        }
        if found.is_empty() && *slot == Slot::Subj && !view.tree().is_verb(trigger.at) {
            // A predicative noun or adjective has the subject of its copula; a noun that of its verb.
            found = clause_subject(view, trigger.at);
        }
        add_new(&mut out, found);
    }
    out
}

fn clause_subject(view: &View<'_>, at: usize) -> Vec<Actor> {
    let tree = view.tree();
    let clause = tree.clause(at);
    let mut out = Vec::new();
    for head in view.subjects(clause, 0) {
        let mut found = view.actors(head);
        if found.is_empty() {
            found = view.owners(head, 1);
        }
        out.extend(found);
    }
    out
}

/// The goods named in the arguments of the trigger, or in the row.
fn goods(view: &View<'_>, trigger: &Trigger, row: &AssessRow) -> Vec<SmolStr> {
    let mut out: Vec<SmolStr> = Vec::new();
    match row.good.as_deref().map(|g| (g, g.strip_prefix('@'))) {
        Some((_, Some(class))) => out.push(good_of(class, "")),
        Some((good, None)) => return vec![SmolStr::new(good)],
        None => {}
    }
    if !matches!(row.kind, AssessmentKind::Need | AssessmentKind::Offer | AssessmentKind::Motive) {
        return out;
    }
    let tree = view.tree();
    let (first, last) = tree.extent(trigger.at);
    let (first, last) = if tree.is_predicate(trigger.at) {
        (first, last)
    } else {
        let clause = tree.clause(trigger.at);
        tree.extent(clause)
    };
    for i in first..=last {
        if i == trigger.at || !matches!(tree.token(i).upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let lemma = tree.lemma(i);
        if let Some((class, _)) = GOODS.iter().find(|(class, _)| view.lexicon().in_class(class, lemma)) {
            let good = good_of(class, lemma);
            if !out.contains(&good) {
                out.push(good);
            }
        }
    }
    if let Some(comp) = &trigger.comp {
        for (class, good) in GOODS {
            let stem = comp.trim_end_matches('s');
            if out.is_empty() && (view.lexicon().in_class(class, comp) || view.lexicon().in_class(class, stem)) {
                out.push(SmolStr::new_static(good));
            }
        }
    }
    out
}

/// The word for a good of a class; munitions are told from other arms.
fn good_of(class: &str, lemma: &str) -> SmolStr {
    if class == "weapon" && (lemma.ends_with("munition") || lemma.ends_with("shell") || lemma.ends_with("granate")) {
        return SmolStr::new_static("ammunition");
    }
    SmolStr::new(GOODS.iter().find(|(c, _)| *c == class).map_or(class, |(_, good)| good))
}

/// Other states of the clause: for whose sake, against whom.
fn third(view: &View<'_>, at: usize, subject: &[Actor], object: &[Actor]) -> Vec<Actor> {
    let tree = view.tree();
    let clause = tree.clause(at);
    let mut out: Vec<Actor> = Vec::new();
    for i in 0..tree.len() {
        if tree.clause(i) != clause || !tree.is_nominal(i) {
            continue;
        }
        for actor in view.actors(i) {
            let known = subject.iter().chain(object).chain(&out).any(|a| a.code == actor.code);
            if !known && actor.level == crate::view::Level::State && !actor.indirect {
                out.push(actor);
            }
        }
    }
    out
}
