//! Parties by nearness: what stands in the clause of a trigger when the tree has lost an argument, and what the text is
//! about when the clause names nobody.
//!
//! News sentences are long and parsers err; the words around a trigger are surer than one arc. This is the second line:
//! it runs only where the slots of a row stayed empty, and `why` shows that it did.

use chancery_model::EventType;
use chancery_text::{Case, Lang, Rel, Upos};
use smol_str::SmolStr;

use crate::knowledge::{EntityKind, Form, Role, Slot};
use crate::resolve::Resolved;
use crate::slot::{Trigger, place_as_state};
use crate::tree::lower;
use crate::view::{Actor, Level, View};

/// An actor in the clause of a trigger.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(crate) actor: Actor,
    /// Head of its noun phrase.
    pub(crate) at: usize,
    /// The preposition in front of it.
    pub(crate) prep: Option<SmolStr>,
    /// It only says whose another thing is ("russische Häfen", "Ukraine's ports").
    pub(crate) owner: bool,
}

impl View<'_> {
    /// "der Autokonzern BAIC aus China": the country behind the preposition is where a firm or a person comes from.
    pub(crate) fn is_origin(&self, name: usize) -> bool {
        let tree = self.tree();
        let from = |c: &usize| matches!(lower(&tree.token(*c).form).as_str(), "aus" | "from");
        let Some(before) = tree.with_rel(name, Rel::Case).find(from).and_then(|c| c.checked_sub(1)) else {
            return false;
        };
        let noun = if tree.token(before).upos == Upos::Propn { tree.head(before) } else { Some(before) };
        noun.is_some_and(|noun| self.role(noun) == Some(Role::Nonstate))
    }

    /// First token and end of the clause around a trigger, by its punctuation, conjunctions and other verbs.
    pub(crate) fn clause_window(&self, at: usize) -> (usize, usize) {
        let tree = self.tree();
        let own = tree.clause(at);
        let other = |i: usize| {
            let copula = tree.token(i).rel == Rel::Cop && tree.head(i).is_some_and(|h| h != at && h != own);
            i != at && i != own && tree.is_verb(i) && (tree.is_predicate(i) || copula)
        };
        let opens =
            |i: usize| tree.token(i).upos == Upos::Sconj || (tree.is_relative(i) && tree.token(i).rel != Rel::Det);
        let ends = |i: usize| matches!(tree.token(i).form.as_str(), ";" | ":" | "–" | "—");
        let comma = |i: usize| tree.token(i).form == ",";
        let (low, high) = (at.min(own), at.max(own));
        let mut first = low;
        while first > 0 {
            let i = first - 1;
            if other(i) || opens(i) || ends(i) {
                break;
            }
            // A comma ends the clause when another clause lies behind it.
            if comma(i) && (0..i).rev().take_while(|j| !comma(*j)).any(|j| other(j) || opens(j)) {
                break;
            }
            first = i;
        }
        let mut end = high + 1;
        while end < tree.len() {
            if opens(end) || ends(end) {
                break;
            }
            if other(end) {
                // The subject of the next clause is not ours.
                if let Some(subject) =
                    tree.with_rel(end, Rel::Nsubj).map(|s| tree.extent(s).0).filter(|s| *s > high).min()
                {
                    end = subject;
                }
                break;
            }
            if comma(end) && (end + 1..tree.len()).take_while(|j| !comma(*j)).any(|j| other(j) || opens(j)) {
                break;
            }
            end += 1;
        }
        (first, end)
    }

    /// The actors named between two tokens, in order, without sources and the words of `spoken`.
    pub(crate) fn actors_between(&self, (first, end): (usize, usize), spoken: &[bool], trigger: usize) -> Vec<Near> {
        let tree = self.tree();
        let mut out: Vec<Near> = Vec::new();
        for (mention, resolved) in self.scene.mentions.iter().zip(&self.scene.resolved) {
            if mention.first < first || mention.last >= end || spoken.get(mention.first).copied().unwrap_or(false) {
                continue;
            }
            let Resolved::Actor { code, kind } = resolved else { continue };
            if *kind == EntityKind::Outlet || code.is_unknown() {
                continue;
            }
            let head = crate::mention::head_of(tree, mention.first, mention.last);
            let attribute = mention.prefix || mention.form == Form::Adjective;
            let noun = if attribute { self.noun_of(mention.last) } else { head };
            let role = if attribute { self.role(noun) } else { None };
            let possessive = tree.token(head).feats.case == Some(Case::Gen)
                || tree.token(mention.last).form.ends_with(['\'', '’'])
                || (tree.lang == Lang::En && tree.with_rel(head, Rel::Case).any(|c| tree.token(c).form.ends_with('s')));
            let prep = self.preposition_before(mention.first.min(noun));
            let of = matches!(prep.as_deref(), Some("of" | "von"));
            let owner = (attribute && role.is_none()) || (!attribute && (possessive || of));
            let private =
                mention.form == Form::Demonym || role == Some(Role::Nonstate) || (!attribute && self.is_origin(head));
            let code = if private && !code.is_nonstate() && !code.is_body() { code.nonstate() } else { code.clone() };
            let level = match mention.form {
                Form::Place => Level::Place,
                _ if code.is_nonstate() => Level::Nonstate,
                _ => Level::State,
            };
            let start = tree.token(mention.first).start as usize;
            let end = tree.token(mention.last.max(noun)).end as usize;
            let span_end =
                if attribute && noun == mention.last + 1 { end } else { tree.token(mention.last).end as usize };
            // "die mit China abgestimmten Sanktionen": inside an attribute nobody is a party.
            let attributive = |a: usize| {
                tree.token(a).rel == Rel::Amod && tree.children(a).iter().any(|c| tree.token(*c).rel == Rel::Obl)
            };
            if !attribute && tree.ancestors(head).skip(1).any(|a| a != trigger && attributive(a)) {
                continue;
            }
            let actor = Actor { code, level, start, end: span_end, indirect: false };
            out.push(Near { actor, at: noun, prep, owner });
        }
        for at in (first..end).filter(|i| tree.token(*i).upos == Upos::Noun) {
            if self.is_both(at) || self.role(at) == Some(Role::BothSides) {
                let prep = self.preposition_before(at);
                out.extend(self.both(at).into_iter().map(|actor| Near { actor, at, prep: prep.clone(), owner: false }));
            }
        }
        out
    }

    /// The noun that an adjective or prefix belongs to: the next noun behind it.
    fn noun_of(&self, word: usize) -> usize {
        let tree = self.tree();
        let noun = |i: &usize| matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn);
        let Some(mut at) = (word + 1..(word + 5).min(tree.len()))
            .take_while(|i| !matches!(tree.token(*i).upos, Upos::Verb | Upos::Aux | Upos::Adp))
            .find(noun)
        else {
            return word;
        };
        while at + 1 < tree.len()
            && noun(&(at + 1))
            && tree.token(at).rel == Rel::Compound
            && tree.head(at).is_some_and(|h| h > at)
        {
            at += 1;
        }
        at
    }

    /// The preposition of the noun phrase that begins around a word, read in the text.
    fn preposition_before(&self, word: usize) -> Option<SmolStr> {
        let tree = self.tree();
        let mut at = word;
        for _ in 0..6 {
            at = at.checked_sub(1)?;
            let token = tree.token(at);
            match token.upos {
                Upos::Adp | Upos::Part if token.rel != Rel::Compound => {
                    let head = tree.head(at).filter(|h| *h > at);
                    return head.and_then(|h| tree.preposition(h)).or_else(|| Some(lower(&token.form)));
                }
                Upos::Det | Upos::Adj | Upos::Num | Upos::Propn => {}
                Upos::Noun if self.role(at).is_some() => {}
                Upos::Cconj => {}
                Upos::Punct if matches!(token.form.as_str(), "-" | "„" | "\"" | "“") => {}
                _ => return None,
            }
        }
        None
    }

    /// The first bare noun phrase of the clause: who acts.
    pub(crate) fn near_subject(&self, near: &[Near], at: usize, taken: &[Actor]) -> Option<Actor> {
        let lang = self.tree().lang;
        near.iter()
            .filter(|n| n.prep.is_none() && !n.owner && n.actor.level != Level::Place)
            .find(|n| (lang == Lang::De || n.at < at) && !has(taken, &n.actor))
            .map(|n| n.actor.clone())
    }

    /// Whom it goes to: by the prepositions of the row, then the bare phrases, then owners of things, then other goals.
    pub(crate) fn near_object(
        &self,
        near: &[Near],
        row: &[Slot],
        event_type: EventType,
        taken: &[Actor],
        passive: bool,
    ) -> Vec<Actor> {
        let fits = |n: &&Near| !has(taken, &n.actor);
        let asked = |n: &&Near| is_asked(n, row);
        let local = matches!(
            event_type,
            EventType::Assault
                | EventType::Coerce
                | EventType::Mobilize
                | EventType::Aid
                | EventType::Retreat
                | EventType::Protest
                | EventType::Consult
        );
        let goal = |n: &&Near| match n.prep.as_deref() {
            Some(
                "gegen" | "against" | "an" | "to" | "on" | "auf" | "gegenüber" | "toward" | "towards" | "über" | "for"
                | "für" | "mit" | "with" | "of" | "von",
            ) => true,
            Some("in" | "into" | "nach" | "aus" | "from" | "bei" | "at" | "vor" | "near") => local,
            _ => false,
        };
        let pick = |wanted: &dyn Fn(&&Near) -> bool| -> Vec<Actor> {
            let Some(first) = near.iter().position(|n| fits(&n) && wanted(&n)) else { return Vec::new() };
            let mut last = first;
            // "Israel und die Vereinigten Staaten"
            while last + 1 < near.len() && self.joined(&near[last], &near[last + 1]) {
                last += 1;
            }
            near[first..=last].iter().filter(fits).map(|n| place_as_state(n.actor.clone())).collect()
        };
        let rungs: [&dyn Fn(&&Near) -> bool; 4] =
            [&asked, &|n| n.prep.is_none() && !n.owner, &|n| n.owner && n.prep.is_none(), &goal];
        let rungs = if passive { &rungs[..2] } else { &rungs[..] };
        rungs.iter().map(|rung| pick(rung)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Who controls an infinitive or gerund whose own clause names nobody: the subject of the clauses above.
    pub(crate) fn matrix_subject(&self, at: usize, taken: &[Actor], spoken: &[bool]) -> Vec<Actor> {
        let tree = self.tree();
        let mut clause = at;
        for _ in 0..3 {
            let Some(above) = tree.head(clause).map(|h| tree.clause(h)).filter(|c| *c != clause) else { break };
            clause = above;
            let named: Vec<Actor> = self
                .subjects(clause, 0)
                .into_iter()
                .flat_map(|s| self.actors(s))
                .filter(|a| a.level != Level::Place && !has(taken, a))
                .collect();
            if !named.is_empty() {
                return named;
            }
            let near = self.actors_between(self.clause_window(clause), spoken, clause);
            if let Some(found) = self.near_subject(&near, clause, taken) {
                return vec![found];
            }
            if tree.finite(clause).is_some() {
                break;
            }
        }
        Vec::new()
    }

    /// The agent that the content of an act names.
    pub(crate) fn content_agent(&self, at: usize, spoken: &[bool]) -> Option<Actor> {
        let tree = self.tree();
        let content =
            tree.with_rel(at, Rel::Ccomp).chain(tree.with_rel(at, Rel::Advcl)).find(|c| tree.is_passive(*c))?;
        let near = self.actors_between(self.clause_window(content), spoken, content);
        near_agent(&near, &[], None).map(|n| n.actor.clone())
    }

    /// Whom the content of an act names first: "verlangt, dass Kiew …", "urged them to leave Syria".
    pub(crate) fn content_party(&self, at: usize, spoken: &[bool], taken: &[Actor]) -> Vec<Actor> {
        let tree = self.tree();
        // "die Bereitschaft erklärt, in Gespräche einzutreten": the content of the noun hangs on its verb.
        let carrier = if tree.is_verb(at) { None } else { tree.head(at).filter(|h| tree.is_verb(*h)) };
        let children = tree.children(at).iter().chain(carrier.map_or(&[][..], |c| tree.children(c))).copied();
        let content = children.filter(|c| *c > at).find(|c| {
            matches!(tree.token(*c).rel, Rel::Ccomp | Rel::Xcomp | Rel::Advcl | Rel::Acl)
                && (tree.is_verb(*c) || tree.is_predicate(*c))
        });
        let Some(content) = content else { return Vec::new() };
        let near = self.actors_between(self.clause_window(content), spoken, content);
        let bare = near.iter().find(|n| n.prep.is_none() && !n.owner && !has(taken, &n.actor));
        bare.or_else(|| near.iter().find(|n| !has(taken, &n.actor)))
            .map(|n| place_as_state(n.actor.clone()))
            .into_iter()
            .collect()
    }

    /// The state that the text has named most, twice as often as any other but those taken: for votes, whose object is
    /// the matter of the text.
    pub(crate) fn matter(&self, taken: &[Actor], at: usize) -> Vec<Actor> {
        let mut counts = self.named_most();
        counts.retain(|(_, code)| !taken.iter().any(|t| t.code == **code));
        match counts.as_slice() {
            [(most, _), (next, _), ..] if next * 2 > *most => Vec::new(),
            [(_, code), ..] => vec![self.implied((*code).clone(), at)],
            [] => Vec::new(),
        }
    }

    /// Whether two phrases stand side by side with nothing but *und*, a comma and articles between them.
    fn joined(&self, a: &Near, b: &Near) -> bool {
        let tree = self.tree();
        let between = a.at + 1..b.at;
        let only = between.clone().all(|i| {
            matches!(tree.token(i).upos, Upos::Cconj | Upos::Det | Upos::Adj | Upos::Propn) || tree.token(i).form == ","
        });
        only && between.clone().any(|i| tree.token(i).upos == Upos::Cconj || tree.token(i).form == ",")
            && b.prep.is_none()
    }

    /// The two states that the text has named most.
    pub(crate) fn matter_of_two(&self, at: usize) -> Vec<Actor> {
        self.named_most().into_iter().take(2).map(|(_, code)| self.implied(code.clone(), at)).collect()
    }

    /// The states that the text has named so far with their counts, most first.
    fn named_most(&self) -> Vec<(usize, &chancery_model::ActorCode)> {
        let mut counts: std::collections::BTreeMap<&chancery_model::ActorCode, usize> =
            std::collections::BTreeMap::new();
        for seen in self.discourse.seen.iter().filter(|s| !s.body && !s.code.is_nonstate()) {
            *counts.entry(&seen.code).or_default() += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().map(|(code, n)| (n, code)).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        counts
    }

    /// The subject that the sentences before were about.
    pub(crate) fn last_subject(&self, at: usize) -> Option<Actor> {
        let seen = self.discourse.seen.iter().rev().filter(|s| s.sentence + 2 >= self.index && !s.code.is_nonstate());
        let found = seen.clone().find(|s| s.subject).or_else(|| seen.clone().next())?;
        Some(self.implied(found.code.clone(), at))
    }

    /// The only other states that this sentence, else the ones before it, name: `wanted` of them, or none.
    pub(crate) fn topics(&self, taken: &[Actor], spoken: &[bool], at: usize, wanted: usize) -> Vec<Actor> {
        let near = self.actors_between((0, self.tree().len()), spoken, at);
        let mut found: Vec<Actor> = Vec::new();
        for n in near.iter().filter(|n| n.actor.level != Level::Place && !has(taken, &n.actor)) {
            if !has(&found, &n.actor) {
                found.push(n.actor.clone());
            }
        }
        if found.len() >= wanted {
            return if found.len() == wanted { found } else { Vec::new() };
        }
        for back in 1..=2 {
            let mut here: Vec<Actor> = found.clone();
            for seen in self.discourse.seen.iter().filter(|s| s.sentence + back == self.index && !s.body) {
                let actor = self.implied(seen.code.clone(), at);
                if !has(taken, &actor) && !has(&here, &actor) {
                    here.push(actor);
                }
            }
            if here.len() >= wanted {
                return if here.len() == wanted { here } else { Vec::new() };
            }
            found = here;
        }
        Vec::new()
    }
}

fn has(taken: &[Actor], actor: &Actor) -> bool {
    taken.iter().any(|t| t.code.state() == actor.code.state())
}

/// Whether a phrase stands behind a preposition that a row asks for.
fn is_asked(n: &Near, row: &[Slot]) -> bool {
    row.iter().any(|s| matches!(s, Slot::Prep(p) | Slot::PrepGen(p) if n.prep.as_deref() == Some(p)))
}

/// Those behind the prepositions that a row asks for.
pub(crate) fn near_asked(near: &[Near], row: &[Slot], taken: &[Actor]) -> Vec<Actor> {
    near.iter()
        .filter(|n| !has(taken, &n.actor))
        .find(|n| is_asked(n, row))
        .map(|n| place_as_state(n.actor.clone()))
        .into_iter()
        .collect()
}

impl View<'_> {
    /// The one body that this sentence or the two before it name.
    pub(crate) fn body_of_the_text(&self, at: usize, taken: &[Actor]) -> Option<Actor> {
        let here = self.actors_between((0, self.tree().len()), &[], at);
        let here = here.into_iter().map(|n| n.actor.code).filter(chancery_model::ActorCode::is_body);
        let before =
            self.discourse.seen.iter().filter(|s| s.body && s.sentence + 2 >= self.index).map(|s| s.code.clone());
        let mut codes: Vec<_> = here.chain(before).collect();
        codes.sort();
        codes.dedup();
        let [code] = codes.as_slice() else { return None };
        Some(self.implied(code.clone(), at)).filter(|actor| !has(taken, actor))
    }

    /// Who made the instrument by which something is done: „ein Gesetz unterzeichnet, durch das es X verboten ist", "a law
    /// under which X are barred".
    pub(crate) fn maker_of_instrument(&self, at: usize) -> Vec<Actor> {
        let tree = self.tree();
        let by_it = |i: usize| {
            tree.is_relative(i)
                && matches!(tree.preposition(i).as_deref(), Some("durch" | "mit" | "nach" | "under" | "by" | "with"))
        };
        let clause = tree.clause(at);
        let Some(instrument) = tree.head(clause).filter(|_| tree.token(clause).rel == Rel::Acl) else {
            return Vec::new();
        };
        if !tree.children(clause).iter().any(|c| by_it(*c)) {
            return Vec::new();
        }
        let Some(verb) = tree.head(instrument).filter(|v| tree.is_verb(*v)) else { return Vec::new() };
        let slot = match tree.token(instrument).rel {
            Rel::Obj => Slot::Subj,
            Rel::Nsubj if tree.is_passive(verb) => Slot::By,
            _ => return Vec::new(),
        };
        self.fill(&Trigger { at: verb, comp: None }, &slot)
    }
}

/// The agent of a passive: behind *von*, *durch*, *by* in the clause.
pub(crate) fn near_agent<'n>(near: &'n [Near], taken: &[Actor], after: Option<usize>) -> Option<&'n Near> {
    near.iter()
        .filter(|n| matches!(n.prep.as_deref(), Some("von" | "durch" | "by" | "seitens")))
        .filter(|n| after.is_none_or(|verb| n.at > verb))
        .find(|n| !has(taken, &n.actor) && n.actor.level != Level::Place)
}
