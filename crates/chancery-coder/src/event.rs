//! Event frames: which words carry an event, of which type, between whom.

use chancery_model::EventType;
use chancery_text::{Lang, Rel, Upos, VerbForm};
use smol_str::SmolStr;

use crate::knowledge::{Condition, EventRow, Knowledge, Lexicon, Pos, Slot, tails};
use crate::near::{near_agent, near_asked};
use crate::slot::Trigger;
use crate::tree::lower;
use crate::view::{Actor, Level, View, add_new};

/// An event found in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'k> {
    pub(crate) trigger: Trigger,
    pub(crate) row: &'k EventRow,
    pub(crate) event_type: EventType,
    pub(crate) initiator: Vec<Actor>,
    pub(crate) recipient: Vec<Actor>,
    /// The initiator is left out or no known actor.
    pub(crate) unknown_initiator: bool,
    /// Words that belong to the frame and carry no event of their own.
    pub(crate) consumed: Vec<usize>,
    /// How the parties were placed.
    pub(crate) rule: &'static str,
}

/// What a sentence holds beside frames, for abstentions.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// Frames whose parties could not be placed.
    pub(crate) unplaced: Vec<SmolStr>,
    /// Predicates listed as no event.
    pub(crate) no_event: Vec<SmolStr>,
}

/// All frames of a sentence: verbs first, so that a light verb claims its noun.
///
/// `spoken` marks the words that only name a source ("laut dem Kreml"): they are no parties.
pub(crate) fn frames<'k>(view: &View<'_>, knowledge: &'k Knowledge, spoken: &[bool]) -> (Vec<Frame<'k>>, Trace) {
    let tree = view.tree();
    let mut out: Vec<Frame<'k>> = Vec::new();
    let mut trace = Trace::default();
    let mut taken: Vec<usize> = Vec::new();
    let verbal = |i: &usize| tree.is_verb(*i) || is_participle(view, *i);
    let order: Vec<usize> = (0..tree.len()).filter(verbal).chain((0..tree.len()).filter(|i| !verbal(i))).collect();
    for at in order {
        if taken.contains(&at) {
            continue;
        }
        let Some((row, trigger, consumed)) = lookup(view, knowledge.lexicon(tree.lang), at) else { continue };
        let Some(event_type) = row.event_type else {
            trace.no_event.push(tree.lemma(at).clone());
            continue;
        };
        match place(view, row, trigger, event_type, consumed, &out, spoken) {
            Some(frame) => {
                taken.extend(&frame.consumed);
                out.push(frame);
            }
            None => trace.unplaced.push(row.key.clone()),
        }
    }
    out.extend(caption(view));
    out.sort_by_key(|f| f.trigger.at);
    ballots(view, &mut out);
    (out, trace)
}

/// "Kim und Putin, hier 2019.": a caption shows its persons together.
fn caption<'k>(view: &View<'_>) -> Option<Frame<'k>> {
    let tree = view.tree();
    let year = |i: usize| {
        let form = tree.token(i).form.as_str();
        form.len() == 4 && form.parse::<u16>().is_ok_and(|y| (1900..2100).contains(&y))
    };
    if tree.len() > 16 || (0..tree.len()).any(|i| tree.is_verb(i)) || !(0..tree.len()).any(year) {
        return None;
    }
    let at = (0..tree.len()).find(|i| {
        matches!(lower(&tree.token(*i).form).as_str(), "hier" | "here" | "archivbild" | "archivfoto" | "pictured")
    })?;
    let people = view.scene.mentions.iter().zip(&view.scene.resolved).filter_map(|(m, r)| match r {
        crate::resolve::Resolved::Actor { kind: crate::knowledge::EntityKind::Person, .. } if m.last < at => {
            Some(m.last)
        }
        _ => None,
    });
    let mut initiator: Vec<Actor> = Vec::new();
    for person in people {
        add_new(&mut initiator, view.actors(person));
    }
    let (row, event_type) = (EventRow::caption(), EventType::Consult);
    (initiator.len() >= 2).then(|| Frame {
        trigger: Trigger { at, comp: None },
        row,
        event_type,
        initiator,
        recipient: Vec::new(),
        unknown_initiator: false,
        consumed: Vec::new(),
        rule: "caption",
    })
}

/// A vote *for* sanctions or a condemnation is a sanction or a condemnation by those who vote, no support.
fn ballots(view: &View<'_>, frames: &mut Vec<Frame<'_>>) {
    use EventType as T;
    let tree = view.tree();
    let mut done: Vec<usize> = Vec::new();
    for outer in 0..frames.len() {
        let at = frames[outer].trigger.at;
        if frames[outer].event_type != T::Support || !is_ballot(tree.lemma(at)) {
            continue;
        }
        let inner = frames.iter().position(|f| {
            f.trigger.at != at
                && tree.below(f.trigger.at, at)
                && matches!(f.event_type, T::Sanction | T::Accuse | T::Coerce)
                && f.recipient.iter().any(|r| r.level == Level::State)
        });
        if let Some(inner) = inner {
            frames[outer].event_type = frames[inner].event_type;
            let recipient = frames[inner].recipient.clone();
            frames[outer].recipient = recipient;
            frames[outer].rule = "vote for it";
            if frames[inner].unknown_initiator {
                done.push(inner);
            }
        }
    }
    done.sort_unstable();
    for inner in done.into_iter().rev() {
        frames.remove(inner);
    }
}

fn is_ballot(lemma: &str) -> bool {
    matches!(lemma, "stimmen" | "votieren" | "abstimmen" | "zustimmen" | "stimme" | "vote" | "ballot")
}

fn is_participle(view: &View<'_>, at: usize) -> bool {
    let token = view.tree().token(at);
    token.upos == Upos::Adj && token.feats.verb_form == Some(VerbForm::Part)
}

/// The most specific row whose conditions hold at a word.
fn lookup<'k>(view: &View<'_>, lexicon: &'k Lexicon, at: usize) -> Option<(&'k EventRow, Trigger, Vec<usize>)> {
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
    if let Some(found) = try_rows(lemma, None) {
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

/// Places the parties of a frame; `None` when it links nobody that counts.
fn place<'k>(
    view: &View<'_>,
    row: &'k EventRow,
    trigger: Trigger,
    event_type: EventType,
    consumed: Vec<usize>,
    before: &[Frame<'_>],
    spoken: &[bool],
) -> Option<Frame<'k>> {
    let tree = view.tree();
    let at = trigger.at;
    let mut rule = if tree.is_passive(at) {
        "passive"
    } else if row.pos == Pos::Noun {
        "nominal"
    } else {
        "active"
    };
    let mut initiator: Vec<Actor> = Vec::new();
    let mut recipient: Vec<Actor> = Vec::new();
    let anchors: Vec<usize> = consumed.iter().copied().filter(|c| !tree.is_verb(*c)).collect();
    let fill = |slot: &Slot, out: &mut Vec<Actor>| {
        let mut found = view.fill(&trigger, slot);
        if found.is_empty() && matches!(slot, Slot::Gen | Slot::Adj | Slot::Poss | Slot::Comp) {
            // In a light verb the noun's own owners count: "deutsche Kritik üben".
            for anchor in &anchors {
                found.extend(view.fill(&Trigger { at: *anchor, comp: None }, slot));
            }
        }
        if found.is_empty()
            && let Slot::Prep(prep) = slot
        {
            for anchor in &anchors {
                for head in view.prepositional(*anchor, prep) {
                    found.extend(view.actors(head));
                }
            }
        }
        add_new(out, found);
    };
    for slot in &row.initiator {
        // The first slot that is filled has the initiator; a reciprocal event has all.
        if row.reciprocal || initiator.is_empty() || matches!(slot, Slot::Named(_)) {
            fill(slot, &mut initiator);
        }
    }
    if row.reciprocal {
        for anchor in &anchors {
            for prep in ["mit", "with", "zwischen", "between"] {
                for head in view.prepositional(*anchor, prep) {
                    add_new(&mut initiator, view.actors(head));
                }
            }
        }
    }
    for slot in &row.recipient {
        if recipient.is_empty() || matches!(slot, Slot::Named(_)) {
            fill(slot, &mut recipient);
        }
    }
    // A noun takes the subject of its support verb: "führte einen Angriff auf …", "made a promise to".
    if row.pos == Pos::Noun && (initiator.is_empty() || (row.reciprocal && initiator.len() < 2)) {
        let supported = support_subject(view, at, before);
        if !supported.is_empty() {
            rule = "support verb";
        }
        add_new(&mut initiator, supported.into_iter().filter(|s| !recipient.iter().any(|r| r.code == s.code)));
    }
    let subject_slot = row.initiator.first() == Some(&Slot::Subj) || row.reciprocal;
    if row.pos == Pos::Verb
        && initiator.is_empty()
        && subject_slot
        && !tree.is_passive(at)
        && view.subjects(at, 0).is_empty()
    {
        initiator = view.lone_actor(at, &recipient);
    }
    let bare_recipient = row.recipient.iter().any(|s| matches!(s, Slot::Obj | Slot::Iobj));
    if row.pos == Pos::Verb && recipient.is_empty() && bare_recipient && !initiator.is_empty() && !tree.is_passive(at) {
        recipient = view.lone_actor(at, &initiator);
    }
    if let Some(found) =
        nearby(view, row, (at, &consumed), event_type, (&mut initiator, &mut recipient), before, spoken)
    {
        rule = found;
    }
    // "kritisierten einander": both act and both are acted upon.
    let mutual = row.pos == Pos::Verb && is_mutual(view, at) && initiator.len() + recipient.len() > 1;
    // Meetings and trade have parties on an equal footing, however the sentence turns them.
    let mutual = mutual || matches!(event_type, EventType::Cooperate | EventType::Consult) && !recipient.is_empty();
    if row.reciprocal || mutual {
        add_new(&mut initiator, recipient.drain(..));
    } else {
        recipient.retain(|r| !initiator.iter().any(|i| i.code == r.code));
    }
    if event_type == EventType::Assault && row.pos == Pos::Noun && recipient.is_empty() {
        orient(view, &mut initiator, &mut recipient);
    }
    if initiator.is_empty() && row.mode.as_deref() == Some("arrest") {
        // Who is arrested in Canada is arrested by Canada.
        let place = view.actors_between(view.clause_window(at), spoken, at).into_iter().find(|n| {
            matches!(n.prep.as_deref(), Some("in" | "at"))
                && !recipient.iter().any(|r| r.code.state() == n.actor.code.state())
        });
        initiator.extend(place.map(|n| Actor { level: Level::State, ..n.actor }));
    }
    // Firms that trade are markets, not states.
    if event_type == EventType::Cooperate && initiator.iter().chain(&recipient).any(|a| a.level == Level::Nonstate) {
        return None;
    }
    // Nobody told to act, and who suffers only by nearness: too little.
    if rule == "near" && initiator.is_empty() && !tree.is_passive(at) {
        return None;
    }
    if out_of_scope(view, event_type, at) {
        return None;
    }
    if matches!(rule, "nominal" | "near" | "topic") && names_instrument(view, row, at) {
        return None;
    }
    let unknown_initiator = initiator.is_empty();
    if !viable(event_type, row.reciprocal || mutual, &initiator, &recipient) {
        return None;
    }
    Some(Frame { trigger, row, event_type, initiator, recipient, unknown_initiator, consumed, rule })
}

/// How far behind a noun inside another phrase its parties may stand.
const DEEP: usize = 14;

/// The second line where slots stayed empty: the words around the trigger, then what the text is about.
fn nearby(
    view: &View<'_>,
    row: &EventRow,
    (at, consumed): (usize, &[usize]),
    event_type: EventType,
    (initiator, recipient): (&mut Vec<Actor>, &mut Vec<Actor>),
    before: &[Frame<'_>],
    spoken: &[bool],
) -> Option<&'static str> {
    let tree = view.tree();
    let verbal = row.pos != Pos::Noun;
    let passive = tree.is_passive(at);
    let clause = tree.clause(at);
    // A noun deep in another phrase takes no parties from afar.
    let deep = !matches!(tree.token(at).rel, Rel::Nsubj | Rel::Obj | Rel::Obl | Rel::Root | Rel::Iobj | Rel::Conj);
    if !verbal && (clause == at && !deep || before.iter().any(|f| f.trigger.at == clause)) {
        return None;
    }
    let deep = deep && !verbal;
    if !verbal && row.reciprocal && event_type == EventType::Cooperate && view.is_indefinite(at) {
        // "eine Zusammenarbeit": thought of, not told.
        return None;
    }
    let mut near = view.actors_between(view.clause_window(at), spoken, at);
    if deep {
        near.retain(|n| n.at > at && n.at < at + DEEP);
    }
    let mut rule = None;
    if !verbal && !row.reciprocal && initiator.is_empty() && !recipient.is_empty() && denies(view, clause) {
        // Who denies an attack on another denies to have attacked.
        let denier = view.fill(&Trigger { at: clause, comp: None }, &Slot::Subj);
        add_new(initiator, denier.into_iter().filter(|d| !recipient.iter().any(|r| r.code == d.code)));
    }
    if row.reciprocal && counterparts_are_told(view, at) {
        return None;
    }
    if row.reciprocal {
        for _ in 0..2 {
            let distinct = initiator.iter().map(|a| a.code.state()).collect::<std::collections::BTreeSet<_>>().len();
            if distinct >= 2 {
                break;
            }
            let taken: Vec<Actor> = initiator.iter().chain(recipient.iter()).cloned().collect();
            let mut found: Vec<Actor> = view.near_subject(&near, at, &taken).into_iter().collect();
            if found.is_empty() {
                found = view.near_object(&near, &row.initiator, event_type, &taken, false);
            }
            if !found.is_empty() {
                rule = Some("near");
            } else if matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate)
                && !deep
                && !goal_is_told(view, row, at)
                && (verbal || view.is_definite(at) || !initiator.is_empty())
            {
                found = view.topics(&taken, spoken, at, 2 - distinct);
                rule = rule.or((!found.is_empty()).then_some("topic"));
            }
            if found.is_empty() && event_type == EventType::Consult && arrives(tree.lemma(at)) {
                // Guests come to where the text is.
                let token = tree.token(at);
                let (start, end) = (token.start as usize, token.end as usize);
                let host = view.discourse.place.clone().filter(|p| !taken.iter().any(|t| t.code == *p));
                found.extend(host.map(|code| Actor { code, level: Level::State, start, end, indirect: true }));
                rule = rule.or((!found.is_empty()).then_some("host"));
            }
            if found.is_empty() {
                break;
            }
            add_new(initiator, found);
        }
        return rule;
    }
    let mut subjects = view.subjects(at, 0);
    // "sein Veto eingelegt" with the veto as its subject: it is the object.
    subjects.retain(|s| !consumed.contains(s));
    let explicit = !subjects.is_empty();
    if initiator.is_empty() && verbal && !passive && !physical(event_type) {
        // "die chinesischen Veranstalter": whoever bears a nationality and speaks is of its people.
        for subject in &subjects {
            let people = view.modifiers(*subject).into_iter().map(|a| Actor {
                code: if a.code.is_body() || a.code.is_nonstate() { a.code } else { a.code.nonstate() },
                level: Level::Nonstate,
                ..a
            });
            add_new(initiator, people.filter(|a| !recipient.iter().any(|r| r.code == a.code)));
        }
    }
    if initiator.is_empty() && verbal && !passive && physical(event_type) {
        // A thing that acts is its owner's: "Chinese ships", "Israeli jets".
        for subject in &subjects {
            add_new(
                initiator,
                view.owners(*subject, 1).into_iter().filter(|a| !recipient.iter().any(|r| r.code == a.code)),
            );
        }
    }
    if passive && initiator.is_empty() {
        initiator.extend(near_agent(&near, recipient));
    }
    if initiator.is_empty()
        && verbal
        && !passive
        && !explicit
        && row.initiator.first() == Some(&Slot::Subj)
        && let Some(found) = view.near_subject(&near, at, recipient)
    {
        initiator.push(found);
        rule = Some("near");
    }
    if initiator.is_empty() && verbal && !passive && !explicit && tree.finite(at).is_none() {
        let found = view.matrix_subject(at, recipient, spoken);
        if !found.is_empty() {
            rule = Some("control");
            add_new(initiator, found);
        }
    }
    let wanted = !row.recipient.contains(&Slot::Nobody) && (!row.recipient.is_empty() || carries_content(event_type));
    let complains = event_type == EventType::Accuse && verbal && explicit;
    if recipient.is_empty() && wanted && initiator.is_empty() && complains {
        // "Medien klagten, dass sie durch iranische Organe …": whom the content names as acting.
        recipient.extend(view.content_agent(at, spoken));
        return Some("content");
    }
    if recipient.is_empty() && wanted && (!initiator.is_empty() || passive) {
        if is_ballot(tree.lemma(at)) || row.key.contains("Veto") || row.key.contains("veto") {
            *recipient = near_asked(&near, &row.recipient, initiator);
            if recipient.is_empty() {
                *recipient = view.matter(initiator, at);
            }
            return Some("matter of the text");
        }
        let mut found = Vec::new();
        // "warfen den Menschen vor, …": who is told is told, though no state.
        let addressed = view
            .indirect_objects(at)
            .iter()
            .any(|o| tree.is_nominal(*o) && tree.token(*o).upos != Upos::Pron && view.actors(*o).is_empty());
        if carries_content(event_type) && addressed {
            return rule;
        }
        if carries_content(event_type) {
            found = view.content_party(at, spoken, initiator);
        }
        if found.is_empty() {
            found = view.near_object(&near, &row.recipient, event_type, initiator, passive);
        }
        if !found.is_empty() {
            rule = Some("near");
            *recipient = found;
        } else if verbal && topical(view, event_type, at) && !goal_is_told(view, row, at) && !initiator.is_empty() {
            let found = view.topics(initiator, spoken, at, 1);
            if !found.is_empty() {
                rule = Some("topic");
                *recipient = found;
            }
        }
    }
    rule
}

/// Acts that ships, aircraft and missiles carry out for their owner.
fn physical(event_type: EventType) -> bool {
    use EventType as T;
    matches!(event_type, T::Assault | T::Coerce | T::Mobilize | T::Threaten | T::Sanction | T::Retreat | T::Aid)
}

fn denies(view: &View<'_>, verb: usize) -> bool {
    let rows = view.lexicon().embeddings.get(view.tree().lemma(verb));
    rows.is_some_and(|rows| rows.iter().any(|r| r.kind == crate::knowledge::Embed::Deny))
}

/// "zwischen der Polizei und Anhängern": the parties are told, and they are no states.
fn counterparts_are_told(view: &View<'_>, at: usize) -> bool {
    ["zwischen", "between", "mit", "with"].iter().any(|prep| {
        let heads = view.prepositional(at, prep);
        !heads.is_empty() && heads.iter().all(|h| view.tree().is_nominal(*h) && view.actors(*h).is_empty())
    })
}

fn arrives(lemma: &str) -> bool {
    matches!(lemma, "kommen" | "eintreffen" | "anreisen" | "ankommen" | "gast" | "come" | "arrive" | "guest")
}

/// Whether an act without a named addressee goes to whom the text is about. Support has its object ("unterstützt die
/// Menschenrechte"); arms, money and attacks have somebody beside theirs.
fn topical(view: &View<'_>, event_type: EventType, at: usize) -> bool {
    let tree = view.tree();
    let told = |o: &usize| tree.token(*o).upos != Upos::Pron && !tree.token(*o).feats.reflex;
    event_type != EventType::Support || !view.objects(at).iter().any(told)
}

/// The row asks for a phrase with a preposition, and the phrase stands there and names nobody: "came to 1.7 billion".
fn goal_is_told(view: &View<'_>, row: &EventRow, at: usize) -> bool {
    row.with.iter().any(|condition| {
        match condition {
        Condition::Filled(slots) => slots.iter().any(|(slot, fillers)| {
            matches!(slot, Slot::Prep(p) if fillers.is_empty() && !view.prepositional(at, p).is_empty())
        }),
        _ => false,
    }
    })
}

/// "einander", "gegenseitig", "each other", "one another" at a verb.
fn is_mutual(view: &View<'_>, at: usize) -> bool {
    let tree = view.tree();
    let (first, end) = view.clause_window(at);
    (first..end).any(|i| {
        let lemma = tree.lemma(i).as_str();
        let next = || (i + 1 < end).then(|| tree.lemma(i + 1).as_str());
        matches!(lemma, "einander" | "gegenseitig" | "wechselseitig" | "mutually")
            || (lemma == "each" && next() == Some("other"))
            || (lemma == "one" && next() == Some("another"))
    })
}

/// Whether a sentence is about sport.
pub(crate) fn is_contest(view: &View<'_>) -> bool {
    let tree = view.tree();
    (0..tree.len()).any(|i| {
        view.lexicon().in_class("contest", tree.lemma(i))
            || matches!(tree.token(i).form.as_str(), "WM" | "EM" | "FIFA" | "UEFA")
    })
}

/// Sport is no encounter of states, and an earthquake strikes without being anybody's.
fn out_of_scope(view: &View<'_>, event_type: EventType, at: usize) -> bool {
    use EventType as T;
    let tree = view.tree();
    let lexicon = view.lexicon();
    if matches!(event_type, T::Consult | T::Assault | T::Cooperate | T::Aid | T::Coerce | T::Reject)
        && (view.discourse.contest || is_contest(view))
    {
        return true;
    }
    matches!(event_type, T::Assault | T::Coerce)
        && view.subjects(at, 0).into_iter().chain(view.agents(at)).any(|s| lexicon.in_class("disaster", tree.lemma(s)))
}

/// "Krieg zwischen Russland und der Ukraine": who attacked in the wars that have a name is known.
fn orient(view: &View<'_>, initiator: &mut Vec<Actor>, recipient: &mut Vec<Actor>) {
    let [a, b] = initiator.as_slice() else { return };
    let known = |x: &Actor, y: &Actor| view.lexicon().aggressions.contains(&(x.code.clone(), y.code.clone()));
    let last = if known(a, b) {
        1
    } else if known(b, a) {
        0
    } else {
        return;
    };
    recipient.push(initiator.remove(last));
}

/// "under the nuclear agreement", "gemäß dem Abkommen": the noun names an instrument and tells of no event.
fn names_instrument(view: &View<'_>, row: &EventRow, at: usize) -> bool {
    let tree = view.tree();
    row.event_type == Some(EventType::Agree)
        && view.lexicon().in_class("agreement", tree.lemma(at))
        && matches!(tree.token(at).rel, Rel::Nmod | Rel::Obl | Rel::Compound)
        && tree.preposition(at).is_some_and(|p| {
            matches!(
                p.as_str(),
                "under"
                    | "of"
                    | "with"
                    | "to"
                    | "in"
                    | "on"
                    | "from"
                    | "gemäß"
                    | "laut"
                    | "nach"
                    | "in accordance with"
                    | "unter"
                    | "aus"
                    | "von"
                    | "zu"
                    | "mit"
                    | "about"
                    | "over"
                    | "über"
            )
        })
}

/// Acts whose addressee may be named only in what is demanded, threatened or alleged: "demanded that Kyiv withdraw".
fn carries_content(event_type: EventType) -> bool {
    matches!(event_type, EventType::Request | EventType::Threaten | EventType::Accuse | EventType::Agree)
}

/// Subject of the verb that supports an event noun.
fn support_subject(view: &View<'_>, noun: usize, before: &[Frame<'_>]) -> Vec<Actor> {
    let tree = view.tree();
    let Some(verb) = tree.head(noun) else { return Vec::new() };
    if !tree.is_verb(verb) || before.iter().any(|f| f.trigger.at == verb) {
        return Vec::new();
    }
    let rel = tree.token(noun).rel;
    let object = rel == Rel::Obj
        || is_light(tree.lemma(verb))
        || (rel == Rel::Nsubj && tree.is_passive(verb))
        || (rel == Rel::Obl && matches!(tree.preposition(noun).as_deref(), Some("zu" | "in" | "to")));
    let speaks = view.lexicon().embeddings.get(tree.lemma(verb)).is_some_and(|rows| {
        use crate::knowledge::Embed as E;
        rows.iter().any(|r| {
            matches!(
                r.kind,
                E::Say
                    | E::Endorse
                    | E::Claim
                    | E::Deny
                    | E::Doubt
                    | E::Believe
                    | E::Suspect
                    | E::Know
                    | E::Fear
                    | E::Expect
                    | E::Warn
                    | E::Accuse
                    | E::Demand
            )
        })
    });
    if !object || speaks {
        return Vec::new();
    }
    view.fill(&Trigger { at: verb, comp: None }, &Slot::Subj)
}

/// Verbs that only carry an event noun: their subject acts, wherever the parser hangs the noun.
fn is_light(lemma: &str) -> bool {
    matches!(
        lemma,
        "führen"
            | "ausüben"
            | "verüben"
            | "unternehmen"
            | "durchführen"
            | "leisten"
            | "üben"
            | "fliegen"
            | "exert"
            | "launch"
            | "conduct"
            | "mount"
            | "wage"
            | "stage"
            | "carry"
            | "perpetrate"
            | "commit"
            | "provide"
            | "deliver"
    )
}

/// Whether a frame with these parties is an interaction that counts: two different states or bodies of which one acts
/// or is acted upon as such; or one towards or by somebody unnamed where the type is an act of conflict; or a posture.
fn viable(event_type: EventType, reciprocal: bool, initiator: &[Actor], recipient: &[Actor]) -> bool {
    use EventType as T;
    let all = || initiator.iter().chain(recipient);
    if !all().any(|a| a.level == Level::State) {
        return false;
    }
    let mut states: Vec<&str> = all().map(|a| a.code.state()).collect();
    states.sort_unstable();
    states.dedup();
    if states.len() >= 2 {
        // Several who act on nobody known are no dyad: "the EU and the US criticised the trial".
        return reciprocal || !recipient.is_empty() || event_type == T::Mobilize;
    }
    let conflict = matches!(event_type, T::Assault | T::Coerce | T::Sanction | T::Accuse | T::Threaten | T::Reject);
    if initiator.is_empty() {
        return conflict && !recipient.is_empty();
    }
    event_type == T::Mobilize && initiator.iter().any(|a| a.level == Level::State)
}
