//! Mention → actor, on the document's date: dated offices, metonyms, weak names that need evidence.

use std::collections::BTreeSet;

use chancery_model::{ActorCode, Date};
use chancery_text::{Lang, Sentence};
use smol_str::SmolStr;

use crate::knowledge::{Entity, EntityKind, Form, Knowledge, Reading};
use crate::mention::{Mention, head_of, mentions};
use crate::tree::Tree;

/// What a mention stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// One actor.
    Actor {
        /// Its code.
        code: ActorCode,
        /// What it is.
        kind: EntityKind,
    },
    /// Several actors fit; nothing decides between them.
    Ambiguous(Vec<ActorCode>),
    /// The name is weak and nothing supports it.
    Unsupported,
}

/// A sentence with its names resolved.
pub(crate) struct Scene<'a> {
    pub(crate) tree: Tree<'a>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) resolved: Vec<Resolved>,
    /// Mentions that cover a token.
    at: Vec<Vec<u16>>,
}

impl Scene<'_> {
    /// The mentions that cover a token, with what they stand for.
    pub(crate) fn mentions_at(&self, token: usize) -> impl Iterator<Item = (&Mention, &Resolved)> {
        self.at[token].iter().map(|m| (&self.mentions[*m as usize], &self.resolved[*m as usize]))
    }

    /// The distinct states and bodies named here, for abstentions.
    pub(crate) fn codes(&self) -> Vec<ActorCode> {
        let mut codes: Vec<ActorCode> = Vec::new();
        for (mention, resolved) in self.mentions.iter().zip(&self.resolved) {
            if let Resolved::Actor { code, kind } = resolved
                && *kind != EntityKind::Outlet
                && mention.form != Form::Place
                && !codes.contains(code)
            {
                codes.push(code.clone());
            }
        }
        codes
    }
}

/// Reads every sentence of a document and resolves its names with the evidence of the whole text.
pub(crate) fn scenes<'a>(
    sentences: &'a [Sentence],
    lang: Lang,
    date: Option<Date>,
    knowledge: &Knowledge,
) -> Vec<Scene<'a>> {
    let read: Vec<(Tree<'a>, Vec<Mention>)> = sentences
        .iter()
        .map(|sentence| {
            let tree = Tree::new(sentence, lang);
            let found = mentions(&tree, knowledge);
            (tree, found)
        })
        .collect();
    let evidence = Evidence::collect(&read, knowledge);
    read.into_iter()
        .map(|(tree, mentions)| {
            let resolved = mentions.iter().map(|m| resolve(&tree, m, &mentions, &evidence, date, knowledge)).collect();
            let mut at = vec![Vec::new(); tree.len()];
            for (n, mention) in mentions.iter().enumerate() {
                for slot in &mut at[mention.first..=mention.last] {
                    slot.push(n as u16);
                }
            }
            Scene { tree, mentions, resolved, at }
        })
        .collect()
}

/// What the whole text makes sure: persons named in full, states named without doubt.
#[derive(Default)]
struct Evidence {
    identities: BTreeSet<SmolStr>,
    codes: BTreeSet<SmolStr>,
}

impl Evidence {
    fn collect(read: &[(Tree<'_>, Vec<Mention>)], knowledge: &Knowledge) -> Self {
        let mut evidence = Self::default();
        for mention in read.iter().flat_map(|(_, mentions)| mentions) {
            for reading in mention.readings.iter().filter(|r| !r.weak) {
                let entity = &knowledge.actors.entities[reading.entity as usize];
                match entity.kind {
                    EntityKind::Person => {
                        evidence.identities.insert(entity.identity.clone());
                    }
                    EntityKind::State if mention.form != Form::Place => {
                        evidence.codes.insert(SmolStr::new(entity.code.state()));
                    }
                    _ => {}
                }
            }
        }
        evidence
    }
}

fn resolve(
    tree: &Tree<'_>,
    mention: &Mention,
    all: &[Mention],
    evidence: &Evidence,
    date: Option<Date>,
    knowledge: &Knowledge,
) -> Resolved {
    let entities = &knowledge.actors.entities;
    let supported = |reading: &&Reading| {
        if !reading.weak {
            return true;
        }
        let entity = &entities[reading.entity as usize];
        match entity.kind {
            EntityKind::Person => {
                evidence.identities.contains(&entity.identity)
                    || (in_office(entity, date)
                        && (has_title(tree, mention, knowledge)
                            || (is_proper(tree, mention) && names_counterpart(mention, all, entity, date, knowledge))))
            }
            EntityKind::Outlet => false,
            _ => evidence.codes.contains(entity.code.state()) || names_other_state(mention, all, entity, knowledge),
        }
    };
    let candidates: Vec<&Reading> = mention.readings.iter().filter(supported).collect();
    let entity_of = |r: &&Reading| &entities[r.entity as usize];
    let mut fitting: Vec<&Entity> = candidates.iter().map(entity_of).filter(|e| in_office(e, date)).collect();
    if fitting.is_empty() {
        // Out of office: the last office before the date, else the first one.
        let mut before: Vec<&Entity> = candidates.iter().map(entity_of).collect();
        before.sort_by_key(|e| (e.from.is_some_and(|f| date.is_some_and(|d| f > d)), std::cmp::Reverse(e.from)));
        fitting = before.first().copied().into_iter().collect();
        let first = fitting.first().map(|e| e.identity.clone());
        if before.iter().any(|e| Some(&e.identity) != first.as_ref() && e.code != before[0].code) {
            let seen: Vec<&Entity> =
                before.iter().copied().filter(|e| evidence.identities.contains(&e.identity)).collect();
            let codes: BTreeSet<&ActorCode> = seen.iter().map(|e| &e.code).collect();
            match (codes.len(), seen.first()) {
                (1, Some(entity)) => fitting = vec![entity],
                _ if mention.readings.iter().all(|r| r.weak) => return ambiguous(&before),
                _ => {}
            }
        }
    }
    let Some(first) = fitting.first() else { return Resolved::Unsupported };
    if fitting.iter().all(|e| e.code == first.code) {
        return Resolved::Actor { code: first.code.clone(), kind: first.kind };
    }
    // Several persons or states of that name at that date: the one named in full decides.
    let seen: Vec<&&Entity> = fitting.iter().filter(|e| evidence.identities.contains(&e.identity)).collect();
    match seen.first() {
        Some(entity) if seen.iter().all(|e| e.code == entity.code) => {
            Resolved::Actor { code: entity.code.clone(), kind: entity.kind }
        }
        _ => ambiguous(&fitting),
    }
}

fn ambiguous(entities: &[&Entity]) -> Resolved {
    let codes: BTreeSet<ActorCode> = entities.iter().map(|e| e.code.clone()).collect();
    Resolved::Ambiguous(codes.into_iter().collect())
}

fn in_office(entity: &Entity, date: Option<Date>) -> bool {
    match date {
        Some(date) => entity.from.is_none_or(|f| f <= date) && entity.to.is_none_or(|t| date < t),
        None => entity.to.is_none(),
    }
}

/// "Präsident Bush", "Premier Brown": an office in front of the name.
fn has_title(tree: &Tree<'_>, mention: &Mention, knowledge: &Knowledge) -> bool {
    let roles = &knowledge.lexicon(tree.lang).roles;
    let is_role = |i: usize| roles.contains_key(crate::view::last_part(tree.lemma(i)));
    (mention.first > 0 && is_role(mention.first - 1))
        || tree.head(head_of(tree, mention.first, mention.last)).is_some_and(is_role)
}

/// A family name alone counts in a sentence with another state, or with another head of its kind ("Kim und Trump").
fn names_counterpart(
    mention: &Mention,
    all: &[Mention],
    entity: &Entity,
    date: Option<Date>,
    knowledge: &Knowledge,
) -> bool {
    names_other_state(mention, all, entity, knowledge)
        || all.iter().any(|other| {
            other.first != mention.first
                && other.readings.iter().any(|r| {
                    let e = &knowledge.actors.entities[r.entity as usize];
                    e.kind == EntityKind::Person && e.code != entity.code && in_office(e, date)
                })
        })
}

fn is_proper(tree: &Tree<'_>, mention: &Mention) -> bool {
    (mention.first..=mention.last).all(|i| tree.token(i).upos == chancery_text::Upos::Propn)
}

fn names_other_state(mention: &Mention, all: &[Mention], entity: &Entity, knowledge: &Knowledge) -> bool {
    all.iter().any(|other| {
        other.first != mention.first
            && other.readings.iter().any(|r| {
                let e = &knowledge.actors.entities[r.entity as usize];
                !r.weak && e.kind == EntityKind::State && e.code != entity.code
            })
    })
}
