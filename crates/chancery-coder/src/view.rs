//! Noun phrase → actors: names, role nouns with their owners, coordination, apposition, pronouns and descriptions.

use chancery_model::ActorCode;
use chancery_text::{Case, Lang, Number, Person, PronType, Rel, Sub, Upos};
use smol_str::SmolStr;

use crate::knowledge::{EntityKind, Form, Knowledge, Role};
use crate::resolve::{Resolved, Scene};
use crate::tree::Tree;

/// How far an actor speaks for its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    State,
    Nonstate,
    /// A place: locates, acts only as the goal of a journey.
    Place,
}

/// An actor found in a noun phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Actor {
    pub(crate) code: ActorCode,
    pub(crate) level: Level,
    /// Bytes of the words that name it.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// It came by a pronoun or description.
    pub(crate) indirect: bool,
}

/// Adds those of `found` whose code is not there yet, in order.
pub(crate) fn add_new(out: &mut Vec<Actor>, found: impl IntoIterator<Item = Actor>) {
    for actor in found {
        if !out.iter().any(|a| a.code == actor.code) {
            out.push(actor);
        }
    }
}

/// An actor of an earlier sentence or clause.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) code: ActorCode,
    pub(crate) sentence: usize,
    pub(crate) person: bool,
    pub(crate) body: bool,
    pub(crate) subject: bool,
    pub(crate) plural: bool,
}

/// What the text has named so far.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    pub(crate) seen: Vec<Seen>,
    /// Where the text last was: the state of the last place named.
    pub(crate) place: Option<ActorCode>,
}

/// Antecedents further back than this many sentences are not trusted.
const REACH: usize = 2;
/// Recursion bound of noun phrases inside noun phrases.
const DEPTH: u8 = 4;

/// One sentence in its context.
pub(crate) struct View<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) discourse: &'a Discourse,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) index: usize,
    /// This paragraph speaks of sport, here or before.
    pub(crate) contest: bool,
    /// A first person is being traced to its speaker: a speaker who is a first person itself is nobody.
    pub(crate) asking: std::cell::Cell<bool>,
}

impl<'a> View<'a> {
    pub(crate) fn tree(&self) -> &'a Tree<'a> {
        &self.scene.tree
    }

    pub(crate) fn lexicon(&self) -> &'a crate::knowledge::Lexicon {
        self.knowledge.lexicon(self.tree().lang)
    }

    /// The actors of a noun phrase with its coordinated ones.
    pub(crate) fn actors(&self, head: usize) -> Vec<Actor> {
        let mut out = self.actors_at(head, 0);
        self.coordinated(head, 0, &mut out);
        out
    }

    fn coordinated(&self, head: usize, depth: u8, out: &mut Vec<Actor>) {
        if depth > DEPTH {
            return;
        }
        for other in self.tree().with_rel(head, Rel::Conj) {
            if self.tree().is_verb(other) {
                continue;
            }
            add_new(out, self.actors_at(other, depth + 1));
            self.coordinated(other, depth + 1, out);
        }
    }

    /// The actors of one noun phrase, without coordination.
    fn actors_at(&self, head: usize, depth: u8) -> Vec<Actor> {
        if depth > DEPTH {
            return Vec::new();
        }
        let tree = self.tree();
        let named: Vec<Actor> = self.named(head);
        if !named.is_empty() {
            return named;
        }
        let token = tree.token(head);
        if token.upos == Upos::Pron || (token.upos == Upos::Det && tree.token(head).rel != Rel::Det) {
            return self.pronoun(head);
        }
        if self.is_both(head) {
            return self.both(head);
        }
        let role = self.role(head);
        match role {
            Some(Role::BothSides) => return self.both(head),
            Some(Role::Speaker) => return Vec::new(),
            Some(role) => {
                // "Außenminister Lawrow", "der Präsident, Xi Jinping,"
                let beside = self.beside(head);
                if !beside.is_empty() {
                    return beside;
                }
                let owners = self.owners(head, depth + 1);
                if !owners.is_empty() {
                    let span = self.span(head);
                    return owners.into_iter().map(|o| Self::as_role(o, role, span)).collect();
                }
                if matches!(role, Role::State | Role::StatePerson) && self.is_definite(head) {
                    return self.described(head, role == Role::StatePerson);
                }
                return Vec::new();
            }
            None => {}
        }
        // A proper name we do not know with a known one beside it ("Präsident Wladimir Putin" parsed flat).
        if matches!(token.upos, Upos::Propn | Upos::Noun) {
            let beside = self.beside(head);
            if !beside.is_empty() {
                return beside;
            }
        }
        Vec::new()
    }

    /// The role that a noun names.
    pub(crate) fn role(&self, head: usize) -> Option<Role> {
        let tree = self.tree();
        if !matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::X) {
            return None;
        }
        let lemma = tree.lemma(head);
        let roles = &self.lexicon().roles;
        let own = roles.get(lemma).or_else(|| roles.get(last_part(lemma))).copied();
        let two_words = || {
            let before = head.checked_sub(1)?;
            roles.get(format!("{} {lemma}", tree.lemma(before)).as_str()).copied()
        };
        let tail = || {
            (tree.lang == Lang::De)
                .then(|| crate::knowledge::tails(lemma).find_map(|t| roles.get(t)).copied())
                .flatten()
        };
        two_words().or(own).or_else(tail)
    }

    /// Actors of names that cover the head itself.
    fn named(&self, head: usize) -> Vec<Actor> {
        let tree = self.tree();
        let mut out = Vec::new();
        for (mention, resolved) in self.scene.mentions_at(head) {
            if mention.prefix || mention.form == Form::Adjective {
                continue;
            }
            let Resolved::Actor { code, kind } = resolved else { continue };
            let level = match (mention.form, kind) {
                (_, EntityKind::Outlet) => continue,
                (Form::Place, _) => Level::Place,
                (Form::Demonym, _) => Level::Nonstate,
                _ if code.is_nonstate() => Level::Nonstate,
                _ => Level::State,
            };
            // "EU-Ratspräsident Juncker" speaks for the Union, whatever else he is.
            let code = &self.office_of(mention.first, *kind).unwrap_or_else(|| code.clone());
            // The name only modifies another noun ("Russia sanctions").
            let code =
                if mention.form == Form::Demonym && !code.is_nonstate() { code.nonstate() } else { code.clone() };
            let start = tree.token(mention.first).start as usize;
            let end = tree.token(mention.last).end as usize;
            out.push(Actor { code, level, start, end, indirect: false });
        }
        out
    }

    /// The body whose office stands in front of a person's name.
    fn office_of(&self, first: usize, kind: EntityKind) -> Option<ActorCode> {
        let title = first.checked_sub(1).filter(|_| kind == EntityKind::Person)?;
        self.role(title)?;
        (title.saturating_sub(2)..=title).find_map(|i| {
            self.scene.mentions_at(i).find_map(|(m, r)| match r {
                Resolved::Actor { code, .. } if m.prefix && code.is_body() => Some(code.clone()),
                _ => None,
            })
        })
    }

    /// Names in apposition or flat beside a head.
    fn beside(&self, head: usize) -> Vec<Actor> {
        let tree = self.tree();
        for &child in tree.children(head) {
            let rel = tree.token(child).rel;
            let beside = matches!(rel, Rel::Appos | Rel::Flat)
                || (rel == Rel::Compound && tree.token(child).upos == Upos::Propn);
            if beside {
                let named: Vec<Actor> =
                    self.named(child).into_iter().filter(|a| a.level != Level::Place || rel != Rel::Compound).collect();
                if named.iter().any(|a| a.level != Level::Place) {
                    return named;
                }
            }
        }
        Vec::new()
    }

    /// Whose something is: adjective of nationality, compound modifier, genitive, possessive, of-phrase, seat.
    pub(crate) fn owners(&self, head: usize, depth: u8) -> Vec<Actor> {
        let mut out = self.modifiers(head);
        let tree = self.tree();
        if !out.is_empty() {
            return out;
        }
        for &child in tree.children(head) {
            let token = tree.token(child);
            let prep = tree.preposition(child);
            let owning = match token.rel {
                Rel::Nmod => match prep.as_deref() {
                    None => token.sub == Sub::Poss || token.feats.case != Some(Case::Dat),
                    Some("of" | "von") => true,
                    Some("in" | "aus" | "from" | "for" | "für") => depth > 0,
                    Some(_) => false,
                },
                Rel::Det => token.feats.poss,
                _ => false,
            };
            if token.rel == Rel::Nmod && depth <= DEPTH && is_command(tree.lemma(child), prep.as_deref()) {
                // "Koalitionstruppen unter Führung der Vereinigten Staaten".
                add_new(&mut out, self.owners(child, depth + 1));
                continue;
            }
            if !owning || depth > DEPTH {
                continue;
            }
            if token.rel == Rel::Det || (token.upos == Upos::Pron && token.feats.poss) {
                add_new(&mut out, self.possessor(child));
                continue;
            }
            let locative = matches!(prep.as_deref(), Some("in" | "aus" | "from"));
            let mut found = self.actors_at(child, depth + 1);
            self.coordinated(child, depth + 1, &mut found);
            for actor in &mut found {
                if locative && actor.level == Level::Place {
                    actor.level = Level::State;
                }
            }
            found.retain(|a| a.level != Level::Place);
            add_new(&mut out, found);
        }
        out
    }

    /// Adjectives of nationality and compound modifiers of a noun.
    pub(crate) fn modifiers(&self, head: usize) -> Vec<Actor> {
        let tree = self.tree();
        let mut out = Vec::new();
        let mut add = |code: &ActorCode, first: usize, last: usize| {
            let start = tree.token(first).start as usize;
            let end = tree.token(last).end as usize;
            if !out.iter().any(|a: &Actor| a.code == *code) {
                let level = if code.is_nonstate() { Level::Nonstate } else { Level::State };
                out.push(Actor { code: code.clone(), level, start, end, indirect: false });
            }
        };
        for (mention, resolved) in self.scene.mentions_at(head) {
            if let (true, Resolved::Actor { code, .. }) = (mention.prefix, resolved) {
                add(code, mention.first, mention.last);
            }
        }
        // An adjective of nationality right in front of its noun belongs to it, wherever the parser hangs it.
        let mut before = head;
        while before > 0
            && matches!(tree.token(before - 1).upos, Upos::Adj | Upos::Num | Upos::Adv)
            && before + 4 > head
        {
            before -= 1;
            for (mention, resolved) in self.scene.mentions_at(before) {
                if let (Form::Adjective, Resolved::Actor { code, kind }) = (mention.form, resolved)
                    && *kind != EntityKind::Outlet
                {
                    add(code, mention.first, mention.last);
                }
            }
        }
        let mut stack: Vec<usize> = tree.children(head).to_vec();
        stack.reverse();
        while let Some(child) = stack.pop() {
            let token = tree.token(child);
            let modifying = matches!(token.rel, Rel::Amod | Rel::Compound | Rel::Nmod | Rel::Flat)
                && tree.preposition(child).is_none()
                && (token.sub == Sub::None
                    || token.rel != Rel::Nmod
                    || token.sub == Sub::Desc
                    || token.sub == Sub::Unmarked);
            let coordinated = token.rel == Rel::Conj && tree.head(child) != Some(head);
            if !(modifying || coordinated) || tree.is_verb(child) {
                continue;
            }
            for (mention, resolved) in self.scene.mentions_at(child) {
                let adjectival = mention.form == Form::Adjective || mention.prefix;
                // "US sanctions"; German treebanks cut "US-Sanktionen" into three words with the same relation.
                let compounding = (token.rel == Rel::Compound || (token.rel == Rel::Nmod && tree.lang == Lang::En))
                    && mention.form != Form::Place;
                if let Resolved::Actor { code, kind } = resolved
                    && (adjectival || compounding)
                    && *kind != EntityKind::Outlet
                {
                    add(code, mention.first, mention.last);
                }
            }
            stack.extend(tree.with_rel(child, Rel::Conj));
            if token.rel == Rel::Amod || token.rel == Rel::Compound {
                stack.extend(tree.with_rel(child, Rel::Compound));
            }
        }
        out
    }

    fn as_role(owner: Actor, role: Role, span: (usize, usize)) -> Actor {
        let nonstate = role == Role::Nonstate && !owner.code.is_nonstate() && !owner.code.is_body();
        let code = if nonstate { owner.code.nonstate() } else { owner.code };
        let level = if code.is_nonstate() { Level::Nonstate } else { Level::State };
        Actor { code, level, start: span.0.min(owner.start), end: span.1.max(owner.end), indirect: owner.indirect }
    }

    /// An actor that a word stands for without naming it: a pronoun, a description, what the text is about.
    pub(crate) fn implied(&self, code: ActorCode, word: usize) -> Actor {
        let (start, end) = self.span(word);
        let level = if code.is_nonstate() { Level::Nonstate } else { Level::State };
        Actor { code, level, start, end, indirect: true }
    }

    fn span(&self, head: usize) -> (usize, usize) {
        let token = self.tree().token(head);
        (token.start as usize, token.end as usize)
    }

    pub(crate) fn is_definite(&self, head: usize) -> bool {
        let tree = self.tree();
        tree.with_rel(head, Rel::Det).any(|d| {
            matches!(
                crate::tree::lower(&tree.token(d).form).as_str(),
                "der"
                    | "die"
                    | "das"
                    | "dem"
                    | "den"
                    | "des"
                    | "dieser"
                    | "diese"
                    | "dieses"
                    | "diesem"
                    | "the"
                    | "this"
                    | "that"
            )
        })
    }

    pub(crate) fn is_indefinite(&self, head: usize) -> bool {
        let tree = self.tree();
        tree.with_rel(head, Rel::Det).any(|d| matches!(tree.lemma(d).as_str(), "ein" | "a" | "an" | "kein" | "any"))
    }

    /// "beide Staaten", "both countries", "die zwei Länder".
    pub(crate) fn is_both(&self, head: usize) -> bool {
        let tree = self.tree();
        let lemma = tree.lemma(head);
        let countable = matches!(
            lemma.as_str(),
            "staat"
                | "land"
                | "seite"
                | "regierung"
                | "nachbar"
                | "partner"
                | "nation"
                | "country"
                | "state"
                | "side"
                | "government"
                | "neighbour"
                | "neighbor"
                | "party"
                | "leader"
                | "präsident"
                | "president"
                | "minister"
                | "außenminister"
                | "staatschef"
        );
        countable
            && tree
                .children(head)
                .iter()
                .any(|c| matches!(tree.lemma(*c).as_str(), "beide" | "beider" | "beid" | "both" | "zwei" | "two"))
    }

    pub(crate) fn both(&self, head: usize) -> Vec<Actor> {
        let (start, end) = self.span(head);
        let mut codes: Vec<ActorCode> = Vec::new();
        let before = self.before(head);
        for seen in before.iter().rev().map(|(code, _)| code).chain(self.recent().map(|s| &s.code)) {
            if !codes.contains(seen) && !seen.is_nonstate() && !seen.is_body() {
                codes.push(seen.clone());
            }
        }
        if codes.len() > 2 {
            // Whom the clause names behind the phrase is a party of its own.
            let end = self.clause_window(head).1;
            let later = |code: &ActorCode| {
                self.scene.mentions.iter().zip(&self.scene.resolved).any(|(m, r)| {
                    m.first > head && m.last < end && matches!(r, Resolved::Actor { code: c, .. } if c == code)
                })
            };
            codes.retain(|code| !later(code));
        }
        if codes.len() > 2 {
            // Of several, the two that the text is about; the later ones where that does not decide.
            let weight = |code: &ActorCode| self.discourse.seen.iter().filter(|s| s.code == *code).count();
            codes.sort_by_key(|code| std::cmp::Reverse(weight(code)));
            codes.truncate(2);
        }
        if codes.len() < 2 {
            return Vec::new();
        }
        codes.reverse();
        let make = |code| Actor { code, level: Level::State, start, end, indirect: true };
        codes.into_iter().map(make).collect()
    }

    /// Earlier actors, latest first, within reach.
    fn recent(&self) -> impl Iterator<Item = &Seen> {
        let index = self.index;
        self.discourse.seen.iter().rev().filter(move |s| s.sentence + REACH >= index)
    }

    /// State-level actors named in this sentence before a word: code and whether a person.
    fn before(&self, word: usize) -> Vec<(ActorCode, bool)> {
        let mut out = Vec::new();
        for (mention, resolved) in self.scene.mentions.iter().zip(&self.scene.resolved) {
            if mention.last >= word {
                break;
            }
            if let Resolved::Actor { code, kind } = resolved
                && !matches!(kind, EntityKind::Outlet)
                && mention.form != Form::Place
            {
                let role = self.tree().head(mention.last).and_then(|h| self.role(h)) == Some(Role::StatePerson);
                out.push((code.clone(), *kind == EntityKind::Person || role));
            }
        }
        out
    }

    /// "der Präsident", "the government": the last fitting actor.
    fn described(&self, head: usize, person: bool) -> Vec<Actor> {
        let (start, end) = self.span(head);
        let before = self.before(head);
        let here =
            before.iter().rev().find(|(code, p)| !code.is_nonstate() && (*p || !person)).map(|(code, _)| code.clone());
        let earlier = || {
            self.recent().find(|s| !s.code.is_nonstate() && (s.person || !person) && !s.body).map(|s| s.code.clone())
        };
        let any = || self.recent().find(|s| !s.code.is_nonstate()).map(|s| s.code.clone());
        here.or_else(earlier)
            .or_else(any)
            .map(|code| Actor { code, level: Level::State, start, end, indirect: true })
            .into_iter()
            .collect()
    }

    fn pronoun(&self, head: usize) -> Vec<Actor> {
        let tree = self.tree();
        let token = tree.token(head);
        let form = crate::tree::lower(&token.form);
        if matches!(form.as_str(), "beide" | "beiden" | "both") {
            return self.both(head);
        }
        if matches!(form.as_str(), "wir" | "we" | "us" | "uns" | "ich" | "i" | "me" | "mir" | "mich" | "man") {
            return self.speaking_party(head);
        }
        if matches!(
            form.as_str(),
            "dieser" | "diese" | "dieses" | "diesem" | "diesen" | "letzterer" | "letztere" | "derselbe"
        ) {
            // A demonstrative takes what was named last.
            let last = self.before(head).last().map(|(code, _)| code.clone());
            let code = last.or_else(|| self.recent().next().map(|s| s.code.clone()));
            return code.map(|code| self.implied(code, head)).into_iter().collect();
        }
        let personal = token.feats.pron_type == Some(PronType::Prs)
            && token.feats.person.is_none_or(|p| p == Person::Third)
            && !token.feats.reflex
            && token.rel != Rel::Expl;
        if !personal {
            return Vec::new();
        }
        let plural = token.feats.number == Some(Number::Plur) || form == "they" || form == "them";
        let person = matches!(form.as_str(), "er" | "he" | "she" | "him" | "ihm" | "ihn") || (form == "sie" && !plural);
        let before = self.before(head);
        let fits = |code: &ActorCode, is_person: bool| if person { is_person } else { plural || !code.is_nonstate() };
        let here = before.iter().rev().find(|(code, p)| fits(code, *p)).map(|(code, _)| code.clone());
        let subject = || {
            self.recent()
                .find(|s| s.subject && fits(&s.code, s.person) && (!plural || s.plural))
                .map(|s| s.code.clone())
        };
        let any = || self.recent().find(|s| fits(&s.code, s.person)).map(|s| s.code.clone());
        let found = here.or_else(subject).or_else(any);
        found.map(|code| self.implied(code, head)).into_iter().collect()
    }

    /// "We have delivered …", said the Polish minister: who speaks in this sentence, of those who say something.
    fn speaking_party(&self, pronoun: usize) -> Vec<Actor> {
        let tree = self.tree();
        let (start, end) = self.span(pronoun);
        if self.asking.replace(true) {
            return Vec::new();
        }
        let found = (0..tree.len())
            .filter(|v| tree.is_verb(*v) && !tree.below(pronoun, *v) || self.governs_speech(*v, pronoun))
            .filter(|v| tree.is_verb(*v) && crate::attribution::speaks(self, *v))
            .flat_map(|v| crate::factuality::speakers(self, v))
            .filter(|s| *s != pronoun && tree.token(*s).upos != Upos::Pron)
            .flat_map(|s| self.actors(s))
            .find(|a| a.level == Level::State)
            .map(|a| Actor { start, end, indirect: true, ..a });
        self.asking.set(false);
        found.into_iter().collect()
    }

    /// Whether a verb stands above the clause of a word.
    fn governs_speech(&self, verb: usize, word: usize) -> bool {
        let tree = self.tree();
        let clause = tree.clause(word);
        verb != clause && tree.below(clause, verb)
    }

    /// "seine Truppen", "its troops": the subject of the clause, else the last actor.
    fn possessor(&self, word: usize) -> Vec<Actor> {
        let tree = self.tree();
        let clause = tree.clause(word);
        let subject = tree
            .with_rel(clause, Rel::Nsubj)
            .filter(|s| !tree.below(word, *s))
            .flat_map(|s| self.named(s).into_iter().chain(self.modifiers(s)))
            .find(|a| a.level != Level::Place);
        let code = subject.map(|a| a.code).or_else(|| {
            let before = self.before(word);
            before.last().map(|(code, _)| code.clone()).or_else(|| self.recent().next().map(|s| s.code.clone()))
        });
        code.map(|code| self.implied(code, word)).into_iter().collect()
    }

    /// What this sentence adds to the discourse.
    pub(crate) fn remember(&self) -> Vec<Seen> {
        let tree = self.tree();
        let mut out = Vec::new();
        for (mention, resolved) in self.scene.mentions.iter().zip(&self.scene.resolved) {
            let Resolved::Actor { code, kind } = resolved else { continue };
            if *kind == EntityKind::Outlet || mention.form == Form::Place {
                continue;
            }
            let head = crate::mention::head_of(tree, mention.first, mention.last);
            let above = tree.head(head);
            let role = above.and_then(|h| self.role(h));
            let noun = if role.is_some() { above.unwrap_or(head) } else { head };
            out.push(Seen {
                code: code.clone(),
                sentence: self.index,
                person: *kind == EntityKind::Person || role == Some(Role::StatePerson),
                body: *kind == EntityKind::Body,
                subject: tree.token(noun).rel == Rel::Nsubj,
                plural: tree.token(noun).feats.number == Some(Number::Plur) || tree.child(noun, Rel::Conj).is_some(),
            });
        }
        out
    }
}

/// "unter Führung von", "under the command of": who commands acts.
fn is_command(lemma: &str, prep: Option<&str>) -> bool {
    matches!(prep, Some("unter" | "under"))
        && matches!(
            lemma,
            "führung" | "leitung" | "kommando" | "befehl" | "federführung" | "leadership" | "command" | "lead"
        )
}

/// The last part of a hyphen compound, lower case as lemmas are.
pub(crate) fn last_part(lemma: &SmolStr) -> &str {
    lemma.rsplit(['-', '‑', '–']).next().unwrap_or(lemma)
}
