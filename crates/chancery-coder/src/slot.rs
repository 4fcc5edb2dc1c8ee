//! Where the parties of a frame stand in the tree: slots to noun phrases, through passive, coordination, infinitives,
//! relative clauses and the usual attachment errors.

use chancery_text::{Lang, Rel, Sub, Upos, VerbForm};

use crate::knowledge::{Condition, Filler, Slot};
use crate::view::{Actor, Level, View, add_new};

/// What a trigger brings beside its place in the tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trigger {
    pub(crate) at: usize,
    /// First part of a compound ("Waffen" of "Waffenlieferung"), lower case.
    pub(crate) comp: Option<String>,
}

impl View<'_> {
    /// The heads of the noun phrases (or clauses) in a slot.
    pub(crate) fn heads(&self, trigger: &Trigger, slot: &Slot) -> Vec<usize> {
        let at = trigger.at;
        match slot {
            Slot::Subj if self.tree().is_passive(at) => self.agents(at),
            Slot::Subj => self.subjects(at, 0),
            Slot::Obj => self.objects(at),
            Slot::Iobj => self.indirect_objects(at),
            Slot::ObjGen => {
                // "stimmte dem Vorschlag Georgiens zu": the object of such a verb is a dative.
                let objects = self.objects(at);
                if !objects.is_empty() || self.tree().lang != Lang::De {
                    return objects;
                }
                self.indirect_objects(at).into_iter().filter(|o| self.tree().is_dative(*o)).collect()
            }
            Slot::SubjGen => self.subjects(at, 0),
            Slot::Prep(prep) => self.prepositional(at, prep),
            Slot::PrepGen(prep) => self.prepositional(at, prep),
            Slot::Gen => self.genitives(at),
            Slot::Poss => self.possessives(at),
            Slot::By => self.agents(at),
            Slot::Ccomp => self.contents(at),
            Slot::Xcomp => self.infinitives(at),
            Slot::Comp | Slot::Adj | Slot::Both | Slot::Nobody | Slot::Named(_) => Vec::new(),
        }
    }

    /// Infinitives of a predicate, or of a noun ("the agreement to house …").
    fn infinitives(&self, at: usize) -> Vec<usize> {
        let tree = self.tree();
        let of_noun = |c: &usize| {
            let t = tree.token(*c);
            !tree.is_verb(at)
                && t.rel == Rel::Acl
                && t.sub != Sub::Relcl
                && t.feats.verb_form == Some(VerbForm::Inf)
                && tree.with_rel(*c, Rel::Mark).any(|m| matches!(tree.lemma(m).as_str(), "zu" | "to"))
        };
        tree.children(at).iter().copied().filter(|c| tree.token(*c).rel == Rel::Xcomp || of_noun(c)).collect()
    }

    /// Finite clauses of content: of a predicate, or of a noun ("the claim that …").
    fn contents(&self, at: usize) -> Vec<usize> {
        let tree = self.tree();
        let of_noun = |c: &usize| {
            let t = tree.token(*c);
            tree.token(at).upos == Upos::Noun
                && t.rel == Rel::Acl
                && t.sub != Sub::Relcl
                && tree.finite(*c).is_some()
                && !tree.children(*c).iter().any(|g| tree.is_relative(*g))
        };
        tree.children(at).iter().copied().filter(|c| tree.token(*c).rel == Rel::Ccomp || of_noun(c)).collect()
    }

    /// A clause with a gerund behind a preposition: "from attacking", "with having shelled".
    fn gerund_behind(&self, at: usize, prep: &str) -> Option<usize> {
        let tree = self.tree();
        tree.with_rel(at, Rel::Advcl)
            .find(|c| tree.finite(*c).is_none() && tree.with_rel(*c, Rel::Mark).any(|m| tree.lemma(m) == prep))
    }

    /// The actors in a slot.
    pub(crate) fn fill(&self, trigger: &Trigger, slot: &Slot) -> Vec<Actor> {
        let mut out: Vec<Actor> = Vec::new();
        let mut add = |found: Vec<Actor>| add_new(&mut out, found);
        match slot {
            Slot::Adj | Slot::Comp => add(self.modifiers(trigger.at)),
            Slot::Gen | Slot::Poss => {
                for head in self.heads(trigger, slot) {
                    let named = self.phrase(head);
                    // "die Lieferung nordkoreanischer Munition": the thing is nobody, its origin is somebody.
                    add(if named.is_empty() && *slot == Slot::Gen { self.modifiers(head) } else { named });
                }
                add(self.determiner_owner(trigger.at));
            }
            Slot::ObjGen | Slot::SubjGen | Slot::PrepGen(_) => {
                for head in self.heads(trigger, slot) {
                    add(self.owners(head, 1));
                }
            }
            Slot::Both => {
                for slot in self.reciprocal_slots(trigger.at) {
                    add(self.fill(trigger, &slot));
                }
            }
            Slot::Nobody => {}
            Slot::Named(code) => {
                let token = self.tree().token(trigger.at);
                let level = if code.is_nonstate() { Level::Nonstate } else { Level::State };
                let (start, end) = (token.start as usize, token.end as usize);
                add(vec![Actor { code: code.clone(), level, start, end, indirect: false }]);
            }
            Slot::Prep(prep) => {
                for head in self.heads(trigger, slot) {
                    let goal = matches!(
                        prep.as_str(),
                        "nach"
                            | "to"
                            | "in"
                            | "into"
                            | "auf"
                            | "on"
                            | "at"
                            | "from"
                            | "aus"
                            | "gegen"
                            | "against"
                            | "bei"
                    );
                    let mut found = self.phrase(head);
                    if goal {
                        found = found.into_iter().map(place_as_state).collect();
                    }
                    add(found);
                }
            }
            _ => {
                let object = matches!(slot, Slot::Obj | Slot::Iobj);
                for head in self.heads(trigger, slot) {
                    let mut found = self.phrase(head);
                    if object {
                        found = found.into_iter().map(place_as_state).collect();
                    }
                    add(found);
                }
            }
        }
        out.retain(|a| a.level != Level::Place);
        out
    }

    /// The actors of a phrase, looking through an antecedent of a relative pronoun.
    fn phrase(&self, head: usize) -> Vec<Actor> {
        let head = self.referent(head);
        let found = self.actors(head);
        if !found.is_empty() {
            return found;
        }
        self.predicated(head)
    }

    /// "Nordkorea war einer der wenigen Staaten, die …": a predicate noun is its subject.
    fn predicated(&self, head: usize) -> Vec<Actor> {
        let tree = self.tree();
        // "X war einer der wenigen Staaten, die …", where the tree is broken: the name in front of the copula.
        let generic = matches!(
            tree.lemma(head).as_str(),
            "staat" | "land" | "regierung" | "nation" | "einer" | "eine" | "country" | "state" | "government" | "one"
        );
        let copula = (0..head)
            .rev()
            .take_while(|i| tree.token(*i).form != ",")
            .find(|i| matches!(tree.lemma(*i).as_str(), "sein" | "be" | "bleiben" | "remain") && tree.is_verb(*i));
        let plain = |c: &usize| {
            (*c..head).all(|i| tree.token(i).upos != Upos::Adp || matches!(tree.lemma(i).as_str(), "of" | "von"))
        };
        if generic && let Some(copula) = copula.filter(plain) {
            let near = self.actors_between((0, copula), &[], head);
            if let Some(first) = near.iter().find(|n| n.prep.is_none() && !n.owner && n.actor.level != Level::Place) {
                return vec![first.actor.clone()];
            }
        }
        let top = tree.ancestors(head).take(3).find(|a| tree.child(*a, Rel::Cop).is_some());
        let Some(top) = top else { return Vec::new() };
        if !tree.ancestors(head).take_while(|a| *a != top).all(|a| tree.token(a).rel == Rel::Nmod) {
            return Vec::new();
        }
        tree.with_rel(top, Rel::Nsubj).flat_map(|s| self.actors(s)).collect()
    }

    /// The word itself, or the noun that it stands for as a relative pronoun.
    pub(crate) fn referent(&self, word: usize) -> usize {
        if self.tree().is_relative(word) { self.antecedent(word).unwrap_or(word) } else { word }
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let tree = self.tree();
        let clause = tree.ancestors(pronoun).skip(1).find(|a| {
            tree.token(*a).rel == Rel::Acl || (tree.token(*a).rel == Rel::Advcl && tree.token(*a).sub == Sub::Relcl)
        })?;
        tree.head(clause).filter(|h| tree.is_nominal(*h) && *h < pronoun)
    }

    fn determiner_owner(&self, noun: usize) -> Vec<Actor> {
        let tree = self.tree();
        if tree.children(noun).iter().any(|c| {
            let t = tree.token(*c);
            t.feats.poss && matches!(t.rel, Rel::Det | Rel::Nmod)
        }) {
            return self.owners(noun, 1);
        }
        Vec::new()
    }

    /// The slots in which the parties of a reciprocal event stand.
    fn reciprocal_slots(&self, at: usize) -> Vec<Slot> {
        let prep = |p: &str| Slot::Prep(p.into());
        let with: &[&str] = match self.tree().lang {
            Lang::De => &["mit", "zwischen", "bei"],
            Lang::En => &["with", "between", "among"],
        };
        let mut slots = if self.tree().is_verb(at) {
            vec![Slot::Subj, Slot::Obj]
        } else {
            vec![Slot::Gen, Slot::Poss, Slot::Adj, Slot::By]
        };
        slots.extend(with.iter().map(|p| prep(p)));
        slots
    }

    /// Subjects of a predicate, also those it inherits.
    pub(crate) fn subjects(&self, verb: usize, depth: u8) -> Vec<usize> {
        let tree = self.tree();
        let mut own: Vec<usize> = tree
            .with_rel(verb, Rel::Nsubj)
            .filter(|s| tree.token(*s).sub != Sub::Pass || !tree.is_passive(verb))
            .filter(|s| !self.is_oblique_form(*s) && self.inside_clause(verb, *s))
            .collect();
        // Two subjects are a parser's doubt about case: the first one is the subject, the other an object.
        own.truncate(1);
        if !own.is_empty() {
            return own.into_iter().map(|s| self.referent(s)).collect();
        }
        if depth > 3 {
            return Vec::new();
        }
        let Some(head) = tree.head(verb) else { return Vec::new() };
        let token = tree.token(verb);
        match token.rel {
            Rel::Conj if tree.is_predicate(head) || tree.is_verb(head) => {
                if tree.is_passive(head) {
                    self.passive_subjects(head)
                } else {
                    self.subjects(head, depth + 1)
                }
            }
            Rel::Xcomp | Rel::Advcl | Rel::Ccomp
                if token.rel != Rel::Ccomp
                    || token.feats.verb_form == Some(VerbForm::Inf)
                    || (tree.finite(verb).is_none() && tree.child(verb, Rel::Mark).is_some()) =>
            {
                // "called on Russia to withdraw": the object controls; otherwise the subject.
                let object_control = tree.finite(verb).is_none() && self.controls_by_object(head);
                if object_control {
                    let mut found = self.objects(head);
                    found.extend(self.indirect_objects(head));
                    for prep in ["on", "an", "upon", "to", "von"] {
                        found.extend(self.prepositional(head, prep));
                    }
                    if !found.is_empty() {
                        return found;
                    }
                }
                if tree.is_passive(head) { self.passive_subjects(head) } else { self.subjects(head, depth + 1) }
            }
            Rel::Parataxis if tree.child(verb, Rel::Nsubj).is_none() => Vec::new(),
            Rel::Acl => {
                // "the audacity of trying": the noun does not try.
                let content = tree.child(verb, Rel::Mark).is_some();
                let participle = !content
                    && (token.feats.verb_form == Some(VerbForm::Part) || token.feats.verb_form == Some(VerbForm::Ger));
                if participle {
                    return vec![head];
                }
                // "plans to attack": whose plans; else the subject of the clause around.
                let owners = self.genitives(head);
                if !owners.is_empty() {
                    return owners;
                }
                let clause = tree.clause(head);
                if clause == verb { Vec::new() } else { self.subjects(clause, depth + 1) }
            }
            Rel::Amod if !tree.is_passive(verb) => vec![head],
            _ => Vec::new(),
        }
    }

    /// "Das Problem war, dass Nordkorea …": what stands before the conjunction of a verb's clause is not its subject.
    fn inside_clause(&self, verb: usize, word: usize) -> bool {
        let tree = self.tree();
        let opens = |m: usize| matches!(tree.lemma(m).as_str(), "dass" | "that" | "ob" | "whether") && m < verb;
        !tree.with_rel(verb, Rel::Mark).any(|m| opens(m) && word < m)
    }

    /// German articles and relative pronouns that are never nominative ("den", "dem", "einen", "denen"): whatever the
    /// parser says, their noun is no subject.
    fn is_oblique_form(&self, word: usize) -> bool {
        let tree = self.tree();
        if tree.lang != Lang::De || tree.preposition(word).is_some() {
            return false;
        }
        let oblique = |i: usize| {
            matches!(
                crate::tree::lower(&tree.token(i).form).as_str(),
                "den" | "dem" | "einen" | "einem" | "denen" | "ihm" | "ihn" | "ihnen" | "diesen" | "diesem" | "welchen"
            )
        };
        (tree.token(word).upos == Upos::Pron && oblique(word)) || tree.with_rel(word, Rel::Det).any(oblique)
    }

    fn passive_subjects(&self, verb: usize) -> Vec<usize> {
        self.tree().with_rel(verb, Rel::Nsubj).collect()
    }

    fn controls_by_object(&self, verb: usize) -> bool {
        use crate::knowledge::Embed;
        let joined = self.tree().with_particle(verb);
        let key = joined.as_deref().unwrap_or(self.tree().lemma(verb));
        self.lexicon().embeddings.get(key).is_some_and(|rows| {
            rows.iter().any(|r| matches!(r.kind, Embed::Demand | Embed::Allow | Embed::Accuse | Embed::Prevent))
        })
    }

    /// Objects of a verb; in the passive its subject, in a participle the noun it modifies.
    pub(crate) fn objects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree();
        if tree.is_passive(verb) {
            let subjects: Vec<usize> = tree.with_rel(verb, Rel::Nsubj).collect();
            if !subjects.is_empty() {
                return subjects.into_iter().map(|s| self.referent(s)).collect();
            }
            return match (tree.token(verb).rel, tree.head(verb)) {
                (Rel::Acl | Rel::Amod, Some(head)) => vec![head],
                (Rel::Conj | Rel::Xcomp, Some(head)) => tree.with_rel(head, Rel::Nsubj).collect(),
                _ => Vec::new(),
            };
        }
        let mut out: Vec<usize> = tree.with_rel(verb, Rel::Obj).map(|o| self.referent(o)).collect();
        out.extend(tree.with_rel(verb, Rel::Nsubj).filter(|s| self.is_oblique_form(*s)).map(|o| self.referent(o)));
        out.extend(
            tree.with_rel(verb, Rel::Nsubj)
                .filter(|s| !self.is_oblique_form(*s) && self.inside_clause(verb, *s))
                .skip(1)
                .filter(|s| !tree.is_relative(*s)),
        );
        // An object relative clause without pronoun: "the missiles Russia fired".
        if out.is_empty()
            && tree.token(verb).rel == Rel::Acl
            && tree.token(verb).sub == Sub::Relcl
            && tree.child(verb, Rel::Nsubj).is_some()
        {
            let subject_is_pronoun = tree.with_rel(verb, Rel::Nsubj).any(|s| tree.is_relative(s));
            if !subject_is_pronoun && let Some(head) = tree.head(verb) {
                out.push(head);
            }
        }
        out
    }

    pub(crate) fn indirect_objects(&self, verb: usize) -> Vec<usize> {
        let tree = self.tree();
        let objects: Vec<usize> =
            tree.with_rel(verb, Rel::Obj).chain(tree.with_rel(verb, Rel::Nsubj).skip(1)).collect();
        // Of two objects the one that names somebody receives: "verkauft Indien 26 Flugzeuge".
        if objects.len() > 1 {
            let named: Vec<usize> = objects.iter().copied().filter(|o| !self.actors(*o).is_empty()).collect();
            if named.len() == 1 {
                return named;
            }
        }
        tree.children(verb)
            .iter()
            .copied()
            .filter(|c| {
                let t = tree.token(*c);
                t.rel == Rel::Iobj
                    || (tree.lang == Lang::De
                        && matches!(t.rel, Rel::Obl | Rel::Obj)
                        && tree.is_nominal(*c)
                        && tree.preposition(*c).is_none()
                        && t.sub != Sub::Agent
                        && t.sub != Sub::Tmod
                        && (t.rel != Rel::Obj || tree.is_dative(*c)))
            })
            .map(|c| self.referent(c))
            .collect()
    }

    /// Agents of a passive or nominalisation.
    pub(crate) fn agents(&self, at: usize) -> Vec<usize> {
        let tree = self.tree();
        let found = self.attached_agents(at);
        if found.is_empty() && tree.lang == Lang::En && tree.token(at).upos == Upos::Noun {
            // "the expulsion of Russian diplomats by Romania": the parser hangs the agent on the diplomats.
            let by = |c: &usize| tree.token(*c).rel == Rel::Nmod && tree.prep_is(*c, "by");
            return self
                .attached_genitives(at)
                .into_iter()
                .flat_map(|g| tree.children(g).iter().copied().filter(by))
                .collect();
        }
        found
    }

    fn attached_agents(&self, at: usize) -> Vec<usize> {
        let tree = self.tree();
        let verbal = tree.is_verb(at) || tree.is_passive(at);
        tree.children(at)
            .iter()
            .copied()
            .filter(|c| {
                let t = tree.token(*c);
                matches!(t.rel, Rel::Obl | Rel::Nmod)
                    && (t.sub == Sub::Agent
                        || match tree.preposition(*c).as_deref() {
                            Some("by" | "durch") => true,
                            Some("von") => verbal || tree.lang == Lang::De,
                            Some("seitens") => true,
                            _ => false,
                        })
            })
            .collect()
    }

    fn genitives(&self, noun: usize) -> Vec<usize> {
        let found = self.attached_genitives(noun);
        if found.is_empty() { self.adjacent_genitive(noun).into_iter().collect() } else { found }
    }

    /// German genitives stand right behind their noun, a name in -s also in front, wherever the parser hangs them.
    fn adjacent_genitive(&self, noun: usize) -> Option<usize> {
        let tree = self.tree();
        if tree.lang != Lang::De || tree.is_verb(noun) {
            return None;
        }
        let genitive = |i: usize| tree.token(i).feats.case == Some(chancery_text::Case::Gen);
        let mut at = noun + 1;
        while at < tree.len()
            && matches!(tree.token(at).upos, Upos::Det | Upos::Adj)
            && (genitive(at) || tree.token(at).upos == Upos::Adj)
        {
            at += 1;
        }
        let named =
            |i: usize| self.scene.mentions_at(i).any(|(m, _)| !m.prefix && m.form != crate::knowledge::Form::Adjective);
        let behind = at < tree.len()
            && matches!(tree.token(at).upos, Upos::Noun | Upos::Propn)
            && (genitive(at) || (at == noun + 1 && named(at) && tree.token(at).form.ends_with('s')));
        if behind {
            return Some(at);
        }
        let before = noun.checked_sub(1)?;
        (named(before) && tree.token(before).form.ends_with(['s', '\'', '’']) && tree.preposition(before).is_none())
            .then_some(before)
    }

    fn attached_genitives(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree();
        tree.children(noun)
            .iter()
            .copied()
            .filter(|c| {
                let t = tree.token(*c);
                t.rel == Rel::Nmod
                    && match tree.preposition(*c).as_deref() {
                        None => t.upos != Upos::Pron && t.sub != Sub::Unmarked && t.sub != Sub::Tmod,
                        Some("of" | "von") => true,
                        _ => false,
                    }
            })
            .collect()
    }

    fn possessives(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree();
        tree.with_rel(noun, Rel::Nmod)
            .filter(|c| tree.token(*c).sub == Sub::Poss && tree.token(*c).upos != Upos::Pron)
            .collect()
    }

    /// Noun phrases behind a preposition: at the trigger, at its object, or at the verb above a noun.
    pub(crate) fn prepositional(&self, at: usize, prep: &str) -> Vec<usize> {
        let tree = self.tree();
        let here = |node: usize| -> Vec<usize> {
            let mut out: Vec<usize> = tree
                .children(node)
                .iter()
                .copied()
                .filter(|c| {
                    matches!(
                        tree.token(*c).rel,
                        Rel::Obl | Rel::Nmod | Rel::Obj | Rel::Iobj | Rel::Xcomp | Rel::Advcl | Rel::Dep
                    ) && tree.prep_is(*c, prep)
                        && !self.is_origin(*c)
                })
                .map(|c| self.referent(c))
                .collect();
            out.dedup();
            out
        };
        let found = here(at);
        if !found.is_empty() {
            return found;
        }
        let near = self.near_phrase(at, prep);
        if !near.is_empty() {
            return near;
        }
        if tree.is_verb(at) {
            for object in self.objects(at) {
                let found = here(object);
                if !found.is_empty() {
                    return found;
                }
            }
            for &child in tree.children(at) {
                if matches!(tree.token(child).rel, Rel::Obl | Rel::Xcomp) {
                    let found = here(child);
                    if !found.is_empty() {
                        return found;
                    }
                }
            }
            return Vec::new();
        }
        // "führten Gespräche mit China": the phrase may hang on the verb.
        if let Some(head) = tree.head(at)
            && matches!(tree.token(at).rel, Rel::Obj | Rel::Nsubj | Rel::Obl | Rel::Iobj)
        {
            // In front of its noun stands "gegen den Iran", but "im Irak" only tells where the clause takes place.
            let before = tree.lang == Lang::De && (tree.token(at).rel != Rel::Obl || prep != "in");
            let from_verb: Vec<usize> = here(head).into_iter().filter(|c| *c > at || before).collect();
            if !from_verb.is_empty() {
                return from_verb;
            }
        }
        // One noun deeper: "Lieferung von Munition an Russland" with the goal on the munition.
        for &child in tree.children(at) {
            if matches!(tree.token(child).rel, Rel::Nmod | Rel::Conj) {
                let found: Vec<usize> = here(child);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// A prepositional phrase that the parser hung elsewhere: right behind a noun (with only its own phrase between), or
    /// anywhere in the clause of a verb.
    fn near_phrase(&self, at: usize, prep: &str) -> Vec<usize> {
        let tree = self.tree();
        let is_prep =
            |i: usize| tree.token(i).rel == Rel::Case && tree.head(i).is_some_and(|h| h > i && tree.prep_is(h, prep));
        if tree.is_verb(at) {
            return (0..tree.len())
                .filter(|i| is_prep(*i))
                .filter_map(|i| tree.head(i))
                .filter(|h| !self.is_origin(*h))
                .filter(|h| {
                    tree.clause(*h) == at
                        && !tree.ancestors(*h).skip(1).take_while(|a| *a != at).any(|a| {
                            tree.is_nominal(a) && tree.token(a).rel == Rel::Nmod && tree.token(a).upos == Upos::Propn
                        })
                })
                .take(1)
                .collect();
        }
        for i in at + 1..(at + 9).min(tree.len()) {
            let token = tree.token(i);
            if is_prep(i) {
                return tree.head(i).into_iter().collect();
            }
            if tree.is_verb(i) || matches!(token.upos, Upos::Punct | Upos::Sconj | Upos::Cconj) {
                break;
            }
        }
        Vec::new()
    }

    /// When the parser has lost the subject: the only bare noun phrase of the clause that names an actor.
    pub(crate) fn lone_actor(&self, verb: usize, taken: &[Actor]) -> Vec<Actor> {
        let tree = self.tree();
        let mut found: Vec<Actor> = Vec::new();
        for i in 0..tree.len() {
            let bare = tree.is_nominal(i)
                && tree.head(i) == Some(verb)
                && tree.preposition(i).is_none()
                && !matches!(tree.token(i).rel, Rel::Conj | Rel::Appos | Rel::Flat | Rel::Nmod | Rel::Compound);
            if !bare {
                continue;
            }
            let actors: Vec<Actor> = self.actors(i).into_iter().filter(|a| a.level != Level::Place).collect();
            if actors.iter().any(|a| taken.iter().any(|t| t.code == a.code)) {
                continue;
            }
            if !actors.is_empty() {
                if !found.is_empty() {
                    return Vec::new();
                }
                found = actors;
            }
        }
        found
    }

    /// Whether all conditions of a row hold; the words that satisfied an object condition are returned as consumed.
    pub(crate) fn holds(&self, trigger: &Trigger, with: &[Condition]) -> Option<Vec<usize>> {
        let mut consumed = Vec::new();
        for condition in with {
            match condition {
                Condition::Reflexive => {
                    let tree = self.tree();
                    let reflexive = tree.children(trigger.at).iter().any(|c| {
                        let t = tree.token(*c);
                        t.feats.reflex
                            || matches!(
                                crate::tree::lower(&t.form).as_str(),
                                "sich" | "itself" | "themselves" | "himself" | "herself" | "einander"
                            )
                    });
                    if !reflexive {
                        return None;
                    }
                }
                Condition::Negated => {
                    if !crate::factuality::is_negated(self, trigger.at) {
                        return None;
                    }
                }
                Condition::Filled(alternatives) => {
                    let hit = alternatives.iter().find_map(|(slot, fillers)| {
                        self.filled_by(trigger, slot, fillers).map(|word| (slot, fillers, word))
                    });
                    match hit {
                        None => return None,
                        Some((Slot::Obj | Slot::Prep(_) | Slot::Subj, fillers, Some(word))) if !fillers.is_empty() => {
                            consumed.push(word);
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        Some(consumed)
    }

    #[allow(clippy::option_option)] // outer: does it hold; inner: which word, where there is one
    fn filled_by(&self, trigger: &Trigger, slot: &Slot, fillers: &[Filler]) -> Option<Option<usize>> {
        if *slot == Slot::Comp {
            return self.comp_filled(trigger, fillers).then_some(None);
        }
        if *slot == Slot::Adj {
            return (!self.modifiers(trigger.at).is_empty()).then_some(None);
        }
        let tree = self.tree();
        let mut heads = self.heads(trigger, slot);
        if let Slot::Prep(prep) = slot
            && heads.is_empty()
            && fillers.is_empty()
            && tree.lang == Lang::En
            && self.gerund_behind(trigger.at, prep).is_some()
        {
            return Some(None);
        }
        // "hat sein Veto eingelegt": German tells subject and object of a thing apart by sense alone.
        if *slot == Slot::Obj && !fillers.is_empty() && heads.is_empty() && tree.lang == Lang::De {
            heads.extend(
                tree.with_rel(trigger.at, Rel::Nsubj)
                    .filter(|s| !tree.is_passive(trigger.at) && self.modifiers(*s).is_empty()),
            );
        }
        for head in heads {
            if fillers.is_empty() {
                return Some(Some(head));
            }
            let mut words = vec![head];
            words.extend(tree.with_rel(head, Rel::Conj));
            // "eine Reihe von Sanktionen", "a number of missiles", compounds "arms deliveries".
            words.extend(self.genitives(head).into_iter().filter(|_| is_quantity(tree.lemma(head))));
            for word in words {
                if self.fits(tree.lemma(word), fillers) || (!tree.is_verb(word) && self.named_fits(word, fillers)) {
                    return Some(Some(word));
                }
            }
        }
        None
    }

    fn named_fits(&self, word: usize, fillers: &[Filler]) -> bool {
        let tree = self.tree();
        // Plural and case forms that the lemmatiser left alone.
        self.fits(&crate::tree::lower(&tree.token(word).form), fillers)
    }

    /// Whether a lemma is among the fillers; German nouns also where the lemmatiser left an ending ("Truppen").
    fn fits(&self, lemma: &str, fillers: &[Filler]) -> bool {
        self.fits_as_written(lemma, fillers)
            || (self.tree().lang == Lang::De
                && ["n", "en", "s", "es"]
                    .iter()
                    .filter_map(|ending| lemma.strip_suffix(ending))
                    .any(|stem| stem.len() > 3 && self.fits_as_written(stem, fillers)))
    }

    fn fits_as_written(&self, lemma: &str, fillers: &[Filler]) -> bool {
        fillers.iter().any(|filler| match filler {
            Filler::Lemma(wanted) => {
                lemma == wanted || (self.tree().lang == Lang::De && crate::knowledge::tails(lemma).any(|t| t == wanted))
            }
            Filler::Class(class) => self.lexicon().in_class(class, lemma),
        })
    }

    fn comp_filled(&self, trigger: &Trigger, fillers: &[Filler]) -> bool {
        let tree = self.tree();
        if let Some(comp) = &trigger.comp {
            if fillers.is_empty() {
                return true;
            }
            let stem = comp.trim_end_matches('-');
            let forms = [
                stem,
                stem.strip_suffix('s').unwrap_or(stem),
                stem.strip_suffix("en").unwrap_or(stem),
                stem.strip_suffix('n').unwrap_or(stem),
            ];
            if forms.iter().any(|f| self.fits(f, fillers)) {
                return true;
            }
        }
        tree.children(trigger.at).iter().any(|c| {
            matches!(tree.token(*c).rel, Rel::Compound | Rel::Amod | Rel::Nmod)
                && tree.preposition(*c).is_none()
                && (fillers.is_empty() || self.fits(tree.lemma(*c), fillers) || self.named_fits(*c, fillers))
        })
    }
}

/// A place that is acted upon stands for its state ("attacked Odesa").
pub(crate) fn place_as_state(mut actor: Actor) -> Actor {
    if actor.level == Level::Place {
        actor.level = Level::State;
    }
    actor
}

fn is_quantity(lemma: &str) -> bool {
    matches!(
        lemma,
        "reihe"
            | "zahl"
            | "anzahl"
            | "teil"
            | "serie"
            | "menge"
            | "tonne"
            | "million"
            | "milliarde"
            | "number"
            | "series"
            | "set"
            | "package"
            | "round"
            | "ton"
            | "billion"
            | "paket"
            | "runde"
            | "dozen"
            | "hundert"
            | "tausend"
    )
}
