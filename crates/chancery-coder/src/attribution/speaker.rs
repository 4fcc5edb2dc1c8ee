//! Who a noun phrase or a headline makes speak.

use super::cues::Cue;
use crate::knowledge::{Embed, EntityKind};
use crate::resolve::Resolved;
use crate::view::{Level, View};
use chancery_model::{ActorCode, HolderKind};
use chancery_text::{Lang, Rel, Upos};

/// A speaker as found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Speaker {
    pub(crate) kind: HolderKind,
    pub(crate) actor: Option<ActorCode>,
    pub(crate) mention: String,
}

impl Speaker {
    pub(crate) fn unnamed(mention: &str) -> Self {
        Self { kind: HolderKind::Unnamed, actor: None, mention: mention.to_owned() }
    }
}

/// The speaker that a noun phrase names.
pub(crate) fn speaker(view: &View<'_>, head: usize, text: &str) -> Speaker {
    let tree = view.tree();
    let head = view.referent(head);
    let (first, last) = phrase_span(view, head);
    let mention = text[tree.token(first).start as usize..tree.token(last).end as usize].to_owned();
    let state = view.actors(head).into_iter().find(|a| a.level == Level::State);
    if let Some(actor) = state {
        return Speaker { kind: HolderKind::State, actor: Some(actor.code), mention };
    }
    if view.role(head) == Some(crate::knowledge::Role::StatePerson)
        && let Some(actor) = view.owners(head, 1).into_iter().find(|a| a.level == Level::State)
    {
        return Speaker { kind: HolderKind::State, actor: Some(actor.code), mention };
    }
    let nonstate = view.actors(head).into_iter().next().map(|a| a.code).filter(ActorCode::is_nonstate);
    let outlet = (first..=last)
        .any(|i| view.scene.mentions_at(i).any(|(_, r)| matches!(r, Resolved::Actor { kind: EntityKind::Outlet, .. })));
    let proper = outlet || (first..=last).any(|i| tree.token(i).upos == Upos::Propn);
    Speaker { kind: if proper { HolderKind::Named } else { HolderKind::Unnamed }, actor: nonstate, mention }
}

/// The words of a noun phrase without its clauses.
pub(super) fn phrase_span(view: &View<'_>, head: usize) -> (usize, usize) {
    let tree = view.tree();
    let (mut first, mut last) = (head, head);
    let mut stack = vec![head];
    while let Some(at) = stack.pop() {
        first = first.min(at);
        last = last.max(at);
        for &child in tree.children(at) {
            let rel = tree.token(child).rel;
            let part = matches!(
                rel,
                Rel::Amod | Rel::Det | Rel::Compound | Rel::Flat | Rel::Nmod | Rel::Appos | Rel::Nummod | Rel::Case
            ) && !(rel == Rel::Case && at == head);
            if part && child.abs_diff(head) < 14 {
                stack.push(child);
            }
        }
    }
    (first, last)
}

/// Whether a word is a verb of speech of whatever kind.
pub(crate) fn speaks(view: &View<'_>, verb: usize) -> bool {
    let tree = view.tree();
    let prt = tree.with_particle(verb);
    let rows = |key: &str| view.lexicon().embeddings.get(key).map_or(&[][..], Vec::as_slice);
    prt.as_deref().map_or(&[][..], rows).iter().chain(rows(tree.lemma(verb))).any(|r| {
        matches!(
            r.kind,
            Embed::Say
                | Embed::Endorse
                | Embed::Claim
                | Embed::Deny
                | Embed::Believe
                | Embed::Warn
                | Embed::Demand
                | Embed::Accuse
                | Embed::Promise
                | Embed::Doubt
        )
    })
}

/// "Seoul: North Korea fires missile": a short actor before a colon at the head of a line.
pub(super) fn headline_speaker(view: &View<'_>, at: usize, text: &str) -> Option<(Speaker, usize, usize)> {
    let tree = view.tree();
    let colon = (1..tree.len().min(6)).find(|i| tree.token(*i).form == ":")?;
    if at < colon {
        return None;
    }
    let head = (0..colon)
        .find(|i| {
            matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn)
                && tree.head(*i).is_none_or(|h| {
                    h >= colon || h == *i || tree.token(h).upos == Upos::Verb || tree.token(*i).rel == Rel::Root
                })
        })
        .or_else(|| (0..colon).find(|i| matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn)))?;
    let no_verb = (0..colon).all(|i| !tree.is_verb(i));
    let speaker = speaker(view, head, text);
    (no_verb && speaker.kind == HolderKind::State).then_some((speaker, 0, colon))
}

/// The speaker that the next sentence may continue.
pub(crate) fn last_speaker(view: &View<'_>, cues: &[Cue<'_>], text: &str) -> Option<Speaker> {
    let tree = view.tree();
    if let Some(cue) = cues.first() {
        return Some(cue.speaker.clone());
    }
    let verb =
        (0..tree.len()).filter(|i| tree.is_verb(*i) && speaks(view, *i)).min_by_key(|i| tree.ancestors(*i).count())?;
    let head = crate::factuality::speakers(view, verb).first().copied()?;
    let german_people = tree.lang == Lang::De || tree.is_nominal(head);
    german_people.then(|| speaker(view, head, text))
}
