//! Assessments: motives, needs, offers, drivers, obstacles, stances, trends, comparisons, outlooks.

use chancery_model::{AssessmentKind, Direction};
use chancery_text::{Lang, Rel, Upos};
use smol_str::SmolStr;

use crate::knowledge::{AssessRow, Pos, Slot, tails};
use crate::slot::Trigger;
use crate::tree::lower;
use crate::view::{Actor, Level, View, add_new};

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
        let mut subject = parties(view, &trigger, &row.subject, &[Slot::Subj, Slot::Gen, Slot::Poss, Slot::Adj]);
        let mut object = parties(view, &trigger, &row.object, &[]);
        if tree.token(at).rel == Rel::Case
            && let Some(noun) = tree.head(at)
        {
            // "China zuliebe": the word governs the name.
            add_new(&mut object, view.actors(noun));
        }
        object.retain(|o| !subject.iter().any(|s| s.code == o.code));
        nearby(view, at, row, &mut subject, &mut object);
        if subject.is_empty() && object.is_empty() {
            continue;
        }
        if row.kind == AssessmentKind::Offer && row.with.is_empty() && (object.is_empty() || subject.is_empty()) {
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

/// Whom the rest of the sentence names, and what the text is about, where the slots of a row stayed empty. What holds
/// between two states takes both.
fn nearby(view: &View<'_>, at: usize, row: &AssessRow, subject: &mut Vec<Actor>, object: &mut Vec<Actor>) {
    use AssessmentKind as K;
    let tree = view.tree();
    let named = view.actors_between((0, tree.len()), &[], at);
    let near: Vec<Actor> =
        named.iter().filter(|n| n.actor.level != Level::Place).map(|n| people_as_state(n.actor.clone())).collect();
    for actor in subject.iter_mut().chain(object.iter_mut()) {
        *actor = people_as_state(actor.clone());
    }
    let free = |subject: &[Actor], object: &[Actor]| -> Vec<Actor> {
        let taken = |a: &Actor| subject.iter().chain(object).any(|t| t.code == a.code);
        near.iter().filter(|a| !taken(a)).cloned().collect()
    };
    if subject.is_empty() && !matches!(row.subject.as_slice(), [Slot::Nobody]) {
        let bare = named.into_iter().find(|n| {
            n.prep.is_none()
                && !n.owner
                && n.actor.level == Level::State
                && !object.iter().any(|o| o.code == n.actor.code)
        });
        subject.extend(bare.map(|n| n.actor));
    }
    match row.kind {
        // A relation has two sides, and an outlook all that it is made of.
        K::Trend | K::Outlook => {
            if subject.len() + object.len() < 2 || row.kind == K::Outlook {
                add_new(object, free(subject, object));
            }
            if subject.len() + object.len() < 2 {
                add_new(
                    object,
                    view.matter_of_two(at).into_iter().filter(|a| !subject.iter().any(|s| s.code == a.code)),
                );
            }
        }
        K::Motive | K::Stance | K::Offer => {
            if subject.is_empty() {
                subject.extend(view.last_subject(at));
            }
            if object.is_empty() && !matches!(row.object.as_slice(), [Slot::Nobody]) {
                let pair = view.lexicon().pair(|lemma| (0..tree.len()).any(|i| tree.lemma(i) == lemma));
                add_new(object, pair.into_iter().map(|code| view.implied(code, at)));
                add_new(object, free(subject, object));
            }
        }
        K::Need if subject.is_empty() && !matches!(row.subject.as_slice(), [Slot::Nobody]) => {
            subject.extend(view.last_subject(at));
        }
        _ => {}
    }
}

/// "den Russen": in what is needed, offered and wanted a people stands for its state.
fn people_as_state(actor: Actor) -> Actor {
    if actor.level == Level::Nonstate && actor.code.is_nonstate() {
        let state = actor.code.state().parse().unwrap_or_else(|_| actor.code.clone());
        return Actor { code: state, level: Level::State, ..actor };
    }
    actor
}

fn lookup<'a>(view: &View<'a>, at: usize) -> Option<(&'a AssessRow, Trigger)> {
    let tree = view.tree();
    let token = tree.token(at);
    let class = match token.upos {
        Upos::Verb | Upos::Aux => Pos::Verb,
        Upos::Noun | Upos::Propn => Pos::Noun,
        Upos::Adj | Upos::Adv | Upos::Adp => Pos::Adj,
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
    // A participle may be listed as the adjective that it has become ("ausgemacht").
    let participle = || {
        let form = lower(&token.form);
        let rows = lexicon.assessments.get(&form).filter(|_| class == Pos::Verb)?;
        let trigger = Trigger { at, comp: None };
        rows.iter()
            .find(|row| row.pos == Pos::Adj && view.holds(&trigger, &row.with).is_some())
            .map(|row| (row, trigger.clone()))
    };
    // "short-lived": the parts of a word with hyphen are tokens.
    let joined = || {
        let rows =
            crate::event::hyphenated(tree, at).into_iter().find_map(|joined| lexicon.assessments.get(&joined.word))?;
        let trigger = Trigger { at, comp: None };
        rows.iter()
            .find(|row| (row.pos == class || row.pos == Pos::Adj) && view.holds(&trigger, &row.with).is_some())
            .map(|row| (row, trigger.clone()))
    };
    // "zweitwichtigster": a superlative is listed with its ending -ste.
    let superlative = || {
        let form = lower(&token.form);
        let stem = form.strip_suffix(['r', 'n', 's', 'm'])?;
        (tree.lang == Lang::De && class == Pos::Adj && stem.ends_with("ste")).then(|| try_rows(stem, None))?
    };
    joined()
        .or_else(|| try_rows(lemma, None))
        .or_else(|| try_rows(&lower(&token.form), None))
        .or_else(superlative)
        .or_else(participle)
        .or_else(|| {
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
        if found.is_empty()
            && matches!(slot, Slot::Gen | Slot::Poss)
            && let Some(noun) = attributed(view, trigger.at)
        {
            found = view.fill(&Trigger { at: noun, comp: None }, slot);
        }
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

/// "Belgiens wichtigster Markt": what an adjective says of its noun holds for whom the noun belongs to.
fn attributed(view: &View<'_>, at: usize) -> Option<usize> {
    let tree = view.tree();
    tree.head(at).filter(|_| tree.token(at).upos == Upos::Adj && tree.token(at).rel == Rel::Amod)
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
        // A slot: the goods are what stands there.
        Some(("obj" | "subj" | "gen", None)) => {}
        Some((good, None)) if good.starts_with("prep:") => {}
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
