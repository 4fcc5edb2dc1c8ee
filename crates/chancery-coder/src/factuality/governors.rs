//! Which word above governs an event: embedding predicates and other coded events.

use super::speech::speakers;
use super::status::token_infinitive;
use super::{Judgement, Speech};
use crate::event::Frame;
use crate::knowledge::{Embed, EmbedRow, Pos, Slot};
use crate::slot::Trigger;
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::EventType;
use chancery_text::{Lang, Mood, Rel, Sub, Tense, Upos, VerbForm};

/// "die Bereitschaft erklärt, in Gespräche einzutreten": a noun of promise or demand beside the clause that is its content.
pub(super) fn promised_beside<'f, 'k>(
    view: &View<'_>,
    frames: &'f [Frame<'k>],
    head: usize,
    child: usize,
    entry: Rel,
) -> Option<&'f Frame<'k>> {
    use EventType as T;
    let tree = view.tree();
    if !matches!(entry, Rel::Xcomp | Rel::Ccomp | Rel::Acl) || !tree.is_verb(head) {
        return None;
    }
    frames.iter().find(|f| {
        matches!(f.event_type, T::Agree | T::Request | T::Threaten | T::Reject)
            && f.row.pos == Pos::Noun
            && f.trigger.at < child
            && tree.head(f.trigger.at) == Some(head)
            && tree.token(f.trigger.at).rel == Rel::Obj
    })
}

/// Two frames over the same words are one matter, not one inside the other.
pub(super) fn shares(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.consumed.contains(&b.trigger.at) || b.consumed.contains(&a.trigger.at)
}

/// The event is the content of another coded event.
pub(super) fn contained(
    view: &View<'_>,
    frame: &Frame<'_>,
    outer: &Frame<'_>,
    child: usize,
    entry: Rel,
    nearest: bool,
    j: &mut Judgement,
) {
    use EventType as T;
    let tree = view.tree();
    let clausal = matches!(entry, Rel::Ccomp | Rel::Xcomp | Rel::Advcl | Rel::Acl | Rel::Parataxis);
    let prep = tree.preposition(child);
    let nominal = matches!(entry, Rel::Obj | Rel::Obl | Rel::Nmod | Rel::Compound)
        || (entry == Rel::Nsubj && tree.is_passive(outer.trigger.at));
    let temporal = matches!(
        prep.as_deref(),
        Some(
            "after"
                | "nach"
                | "during"
                | "während"
                | "before"
                | "vor"
                | "since"
                | "seit"
                | "amid"
                | "angesichts"
                | "wegen"
                | "because of"
                | "following"
                | "trotz"
                | "despite"
                | "infolge"
                | "aufgrund"
                | "bei"
                | "at"
                | "by"
                | "durch"
        )
    );
    let adverbial = entry == Rel::Advcl
        && !matches!(tree.token(child).feats.verb_form, Some(VerbForm::Inf))
        && tree.child(child, Rel::Mark).is_some_and(|m| {
            !matches!(tree.lemma(m).as_str(), "dass" | "that" | "zu" | "to" | "of" | "for" | "from" | "with")
        });
    if !nearest || adverbial || (nominal && temporal) || !(clausal || nominal) {
        return;
    }
    let key = &outer.row.key;
    match outer.event_type {
        T::Request | T::Threaten | T::Agree | T::Reject | T::Concede => {
            // What is demanded, threatened, promised or refused is not told as happening.
            if outer.event_type == T::Reject && nominal && frame.event_type == T::Accuse {
                return;
            }
            j.suppressed = Some(format!("content of {} ({key})", outer.event_type));
        }
        T::Consult
            if matches!(
                prep.as_deref(),
                Some("über" | "about" | "on" | "over" | "zu" | "zum" | "for" | "um" | "regarding")
            ) =>
        {
            j.suppressed = Some(format!("object of talks ({key})"));
        }
        T::Accuse
            if clausal
                || matches!(prep.as_deref(), Some("of" | "for" | "wegen" | "mit" | "with"))
                || entry == Rel::Obj && embeds_accusation(view, outer.trigger.at) =>
        {
            j.speeches.push(Speech {
                kind: Embed::Accuse,
                word: outer.trigger.at,
                speakers: speakers(view, outer.trigger.at),
                certainty: j.certainty,
                polarity: j.polarity,
            });
            j.cues.push(format!("content of an accusation ({key})"));
        }
        _ => {}
    }
}

fn embeds_accusation(view: &View<'_>, at: usize) -> bool {
    view.lexicon()
        .embeddings
        .get(view.tree().lemma(at))
        .is_some_and(|rows| rows.iter().any(|r| r.kind == Embed::Accuse && r.slots.contains(&Slot::Obj)))
}

/// The embedding row of `head` whose slot `child` fills.
pub(crate) fn embedding<'a>(view: &View<'a>, head: usize, child: usize) -> Option<(&'a EmbedRow, Slot)> {
    let tree = view.tree();
    let token = tree.token(head);
    let class = match token.upos {
        Upos::Verb | Upos::Aux => Pos::Verb,
        Upos::Adj => Pos::Adj,
        Upos::Noun | Upos::Propn | Upos::X => Pos::Noun,
        _ => return None,
    };
    let lemma = tree.lemma(head);
    let particle = tree.with_particle(head);
    let rows = |key: &str| view.lexicon().embeddings.get(key).map_or(&[][..], Vec::as_slice);
    let joined = particle.as_deref().map_or(&[][..], |p| rows(p));
    let mut tail_rows: &[EmbedRow] = &[];
    if tree.lang == Lang::De && class == Pos::Noun && rows(lemma).is_empty() {
        tail_rows = crate::knowledge::tails(lemma).map(rows).find(|r| !r.is_empty()).unwrap_or(&[]);
    }
    let trigger = Trigger { at: head, comp: None };
    joined.iter().chain(rows(lemma)).chain(tail_rows).find_map(|row| {
        let fits = row.pos == class
            || (row.pos == Pos::Verb && class == Pos::Adj)
            || (row.pos == Pos::Adj && class == Pos::Verb);
        if !fits || !crate::event::particle_at(view, row.particle.as_deref(), row.pos, head) {
            return None;
        }
        let slot = row.slots.iter().find(|slot| enters(view, head, child, slot))?;
        view.holds(&trigger, &row.with)?;
        Some((row, slot.clone()))
    })
}

/// "Für X gibt es keine Beweise", "führt Verhandlungen über X": the phrase hangs on the verb, the noun that embeds it
/// stands beside.
pub(super) fn sibling_embedding<'a>(view: &View<'a>, verb: usize, child: usize) -> Option<(&'a EmbedRow, Slot, usize)> {
    let tree = view.tree();
    // "keine Belege dafür, dass …": the pronominal adverb stands for the preposition.
    let correlate = || {
        let content = tree.child(child, Rel::Mark).is_some_and(|m| matches!(tree.lemma(m).as_str(), "dass" | "that"));
        content.then(|| {
            tree.children(verb).iter().find_map(|c| match tree.lemma(*c).as_str() {
                "dafür" => Some("für"),
                "darauf" => Some("auf"),
                "daran" => Some("an"),
                "davon" => Some("von"),
                "darüber" => Some("über"),
                _ => None,
            })
        })?
    };
    let prep = tree.preposition(child).or_else(|| correlate().map(Into::into))?;
    if !tree.is_verb(verb) {
        return None;
    }
    tree.children(verb)
        .iter()
        .copied()
        .filter(|n| *n != child && matches!(tree.token(*n).rel, Rel::Obj | Rel::Nsubj))
        .find_map(|noun| {
            let lemma = tree.lemma(noun);
            let rows = view.lexicon().embeddings.get(lemma).or_else(|| {
                (tree.lang == Lang::De)
                    .then(|| crate::knowledge::tails(lemma).find_map(|t| view.lexicon().embeddings.get(t)))
                    .flatten()
            })?;
            let fits = |slot: &&Slot| matches!(slot, Slot::Prep(p) if *p == prep);
            rows.iter()
                .filter(|r| {
                    r.pos == Pos::Noun
                        && matches!(
                            r.kind,
                            Embed::Evidence
                                | Embed::Negotiate
                                | Embed::Plan
                                | Embed::Doubt
                                | Embed::Suspect
                                | Embed::Demand
                                | Embed::Fear
                                | Embed::Hope
                        )
                })
                .find_map(|row| row.slots.iter().find(fits).map(|slot| (row, slot.clone(), noun)))
        })
}

/// Whether `child` stands in `slot` of `head`.
fn enters(view: &View<'_>, head: usize, child: usize, slot: &Slot) -> bool {
    let tree = view.tree();
    let token = tree.token(child);
    let clausal_head = tree.is_verb(child) || tree.is_predicate(child);
    match slot {
        Slot::Ccomp => {
            let told = tree.is_verb(child) || tree.preposition(child).is_none();
            (matches!(token.rel, Rel::Ccomp | Rel::Csubj) && told)
                || (token.rel == Rel::Advcl && konjunktiv_present(tree, child))
                || (token.rel == Rel::Acl && (token.sub != Sub::Relcl || tells_content(tree, child)))
                || (token.rel == Rel::Parataxis && clausal_head)
                || (token.rel == Rel::Xcomp && clausal_head)
                || (token.rel == Rel::Advcl
                    && tree.child(child, Rel::Mark).is_some_and(|m| matches!(tree.lemma(m).as_str(), "dass" | "that")))
                || (token.rel == Rel::Obj && clausal_head && tree.is_verb(child))
        }
        Slot::Xcomp => {
            matches!(token.rel, Rel::Xcomp)
                || (matches!(token.rel, Rel::Ccomp | Rel::Acl | Rel::Advcl | Rel::Csubj)
                    && token.sub != Sub::Relcl
                    && infinitive_clause(tree, child))
        }
        Slot::Obj => {
            token.rel == Rel::Obj
                || (token.rel == Rel::Nsubj && tree.is_passive(head))
                || (token.rel == Rel::Nmod
                    && !tree.is_verb(head)
                    && matches!(tree.preposition(child).as_deref(), None | Some("of" | "von")))
        }
        Slot::Subj => matches!(token.rel, Rel::Nsubj | Rel::Csubj) && !tree.is_passive(head),
        Slot::Gen => token.rel == Rel::Nmod && matches!(tree.preposition(child).as_deref(), None | Some("of" | "von")),
        Slot::Prep(prep) => {
            matches!(token.rel, Rel::Obl | Rel::Nmod | Rel::Obj | Rel::Advcl | Rel::Acl)
                && (tree.prep_is(child, prep) || tree.with_rel(child, Rel::Mark).any(|m| tree.lemma(m) == prep))
        }
        Slot::Iobj => token.rel == Rel::Iobj,
        _ => false,
    }
}

/// A clause in *that* behind a noun which lacks nothing tells what the noun means ("evidence that X has delivered Y"),
/// though the parser takes it for a relative clause.
fn tells_content(tree: &Tree<'_>, v: usize) -> bool {
    let is_that = |c: &usize| matches!(lower(&tree.token(*c).form).as_str(), "that" | "dass" | "daß");
    let other = |rel: Rel| tree.with_rel(v, rel).any(|c| !is_that(&c));
    tree.children(v).iter().any(|c| *c < v && is_that(c)) && other(Rel::Nsubj) && other(Rel::Obj)
}

/// A German clause in Konjunktiv I: content of speech, wherever the parser hangs it.
fn konjunktiv_present(tree: &Tree<'_>, v: usize) -> bool {
    tree.lang == Lang::De
        && tree.mood(v).is_some_and(|(mood, tense)| mood == Mood::Sub && tense == Some(Tense::Pres))
        && tree.child(v, Rel::Mark).is_none()
}

fn infinitive_clause(tree: &Tree<'_>, v: usize) -> bool {
    let feats = tree.token(v).feats;
    matches!(feats.verb_form, Some(VerbForm::Inf | VerbForm::Ger))
        || tree.with_rel(v, Rel::Mark).any(|m| matches!(tree.lemma(m).as_str(), "zu" | "to" | "um"))
        || tree.auxiliaries(v).any(|a| token_infinitive(tree, a))
}
