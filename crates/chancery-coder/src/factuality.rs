//! Whether it happened: tense, modals, negation, hedges, conditions, and what the predicates above an event do to it.
//!
//! The walk goes from the trigger up to the root. Each predicate above decides by its row in `embedding.tsv` (implicative,
//! factive, speech, plan …), after the signatures of Karttunen (1971) and the commitment values of FactBank.

use chancery_model::{Certainty, EventType, Polarity, Status};
use chancery_text::{Lang, Mood, Rel, Sub, Tense, Upos, VerbForm};

use crate::event::Frame;
use crate::knowledge::{Embed, EmbedRow, Modifier, Pos, Slot};
use crate::slot::Trigger;
use crate::tree::{Tree, lower};
use crate::view::View;

/// A predicate above the event that speaks: found on the way up, innermost first.
#[derive(Debug, Clone)]
pub(crate) struct Speech {
    pub(crate) kind: Embed,
    /// The speaking word.
    pub(crate) word: usize,
    /// Heads of the noun phrases that speak.
    pub(crate) speakers: Vec<usize>,
    /// Commitment of this speaker.
    pub(crate) certainty: Certainty,
    pub(crate) polarity: Polarity,
}

/// What the sentence says about the event's realisation.
#[derive(Debug, Clone)]
pub(crate) struct Judgement {
    pub(crate) status: Status,
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    pub(crate) speeches: Vec<Speech>,
    /// Passed on without a speaker (*angeblich*, *soll … haben*, "allegedly"): the cue word.
    pub(crate) hearsay: Option<usize>,
    /// The hearsay stands as an attribute of the event noun ("die oft behauptete Lieferung"): a holder of its own beside
    /// what the sentence says of the event.
    pub(crate) attributive: bool,
    /// A Konjunktiv that nothing in the sentence governs: the speaker is further up in the text.
    pub(crate) ungoverned_subjunctive: Option<usize>,
    /// The event is only the content of another (a demand, a threat, talks).
    pub(crate) suppressed: Option<String>,
    /// What decided, in reading order from the event outwards.
    pub(crate) cues: Vec<String>,
}

/// Judges one frame.
pub(crate) fn judge(view: &View<'_>, frame: &Frame<'_>, frames: &[Frame<'_>]) -> Judgement {
    let tree = view.tree();
    let at = frame.trigger.at;
    let noun = frame.row.pos == Pos::Noun && !tree.is_verb(at);
    let mut j = Judgement {
        status: Status::Occurred,
        polarity: Polarity::Positive,
        certainty: Certainty::Certain,
        speeches: Vec::new(),
        hearsay: None,
        attributive: false,
        ungoverned_subjunctive: None,
        suppressed: None,
        cues: Vec::new(),
    };
    if noun {
        noun_status(view, frame, &mut j);
    } else {
        verb_status(view, at, frame.event_type, &mut j);
    }
    modifiers(view, at, noun, &mut j);
    walk(view, frame, frames, &mut j);
    // What stands behind a dash is no longer in the mouth of who spoke before it.
    let dash = (0..at).rev().find(|i| matches!(tree.token(*i).form.as_str(), "–" | "—" | ";"));
    if let Some(dash) = dash
        .filter(|d| !(0..*d).any(|i| matches!(tree.token(i).form.as_str(), "–" | "—")) || tree.token(*d).form == ";")
    {
        j.speeches.retain(|s| s.word > dash);
    }
    if frame.rule == crate::echo::PRONOUN && j.polarity == Polarity::Positive {
        // "Realität waren sie … nicht": the negation stands anywhere in that short clause.
        let segment = (at..tree.len()).take_while(|i| tree.token(*i).form != ",");
        if segment.into_iter().any(|i| is_negator(view, i)) {
            j.polarity = Polarity::Negative;
            j.cues.push("negated".into());
        }
    }
    if is_question(tree) && j.speeches.is_empty() && clause_at_root(tree, at) {
        j.polarity = Polarity::Unknown;
        j.certainty = Certainty::Uncommitted;
        j.cues.push("question".into());
    }
    j
}

/// Tense and modality of the predicate `v` on an event that it carries.
fn verb_status(view: &View<'_>, v: usize, event_type: EventType, j: &mut Judgement) {
    let tree = view.tree();
    let governor = predicate_of(tree, v);
    let finite = tree.finite(governor);
    let mut future = false;
    let mut perfect = false;
    for aux in tree.auxiliaries(governor) {
        let lemma = tree.lemma(aux).as_str();
        let token = tree.token(aux);
        let is_finite = finite == Some(aux);
        match (tree.lang, lemma) {
            (Lang::De, "werden")
                if token.sub != Sub::Pass
                    && token.feats.mood == Some(Mood::Ind)
                    && token.feats.tense != Some(Tense::Past)
                    && infinitive(tree, governor) =>
            {
                future = true;
            }
            (Lang::De, "haben") => perfect = true,
            (Lang::De, "sein") if !is_finite || tree.token(governor).feats.verb_form == Some(VerbForm::Part) => {
                perfect = true;
            }
            (Lang::En, "will" | "shall" | "'ll" | "wo") if lower(&token.form) != "would" => future = true,
            (Lang::En, "have") => perfect = true,
            _ => {}
        }
    }
    if future {
        j.status = Status::Planned;
        j.cues.push("future".into());
    } else if let Some(finite) = finite {
        let feats = tree.token(finite).feats;
        if feats.tense == Some(Tense::Pres) && !perfect && !(tree.lang == Lang::De && passive_result(tree, governor)) {
            j.status = present_status(view, governor, event_type);
        }
    } else if tree.token(v).rel == Rel::Acl && tree.token(v).feats.verb_form == Some(VerbForm::Inf) {
        j.status = Status::Planned;
    } else if tree.token(v).feats.verb_form == Some(VerbForm::Ger)
        || (tree.token(v).feats.verb_form == Some(VerbForm::Part) && tree.token(v).feats.tense == Some(Tense::Pres))
    {
        let above = tree.head(v).map(|h| tree.clause(h));
        if above.and_then(|a| tree.finite(a)).is_some_and(|f| tree.token(f).feats.tense == Some(Tense::Pres))
            && durative(event_type)
        {
            j.status = Status::Ongoing;
        }
    }
    modal(view, governor, v, j);
    periphrastic(view, governor, event_type, j);
    if view.scene.tree.sentence.headline && j.status == Status::Ongoing && !progressive(tree, governor) {
        // Headlines tell what has just happened in the present.
        j.status = Status::Occurred;
    }
}

/// The present tense: acts of speech and single acts are told as done, states and processes as going on; with a time
/// ahead they are plans.
fn present_status(view: &View<'_>, v: usize, event_type: EventType) -> Status {
    let tree = view.tree();
    if crate::time::is_ahead(view, v) {
        return Status::Planned;
    }
    if progressive(tree, v) {
        return Status::Ongoing;
    }
    if durative(event_type) { Status::Ongoing } else { Status::Occurred }
}

fn durative(event_type: EventType) -> bool {
    use EventType as T;
    matches!(
        event_type,
        T::Support
            | T::Cooperate
            | T::Aid
            | T::Mobilize
            | T::Coerce
            | T::Sanction
            | T::Protest
            | T::Reject
            | T::Consult
            | T::Assault
    )
}

fn progressive(tree: &Tree<'_>, v: usize) -> bool {
    tree.lang == Lang::En
        && (tree.token(v).feats.verb_form == Some(VerbForm::Ger) || tree.token(v).form.ends_with("ing"))
        && tree.auxiliaries(v).any(|a| tree.lemma(a) == "be")
}

fn passive_result(tree: &Tree<'_>, v: usize) -> bool {
    tree.has(v, Rel::Aux, Sub::Pass) && tree.auxiliaries(v).any(|a| tree.lemma(a) == "sein")
}

fn infinitive(tree: &Tree<'_>, v: usize) -> bool {
    tree.token(v).feats.verb_form == Some(VerbForm::Inf)
        || tree.auxiliaries(v).any(|a| tree.token(a).feats.verb_form == Some(VerbForm::Inf))
}

/// A participle or infinitive inherits the auxiliaries of the predicate it is coordinated with.
fn predicate_of(tree: &Tree<'_>, v: usize) -> usize {
    let token = tree.token(v);
    if token.rel == Rel::Conj
        && tree.finite(v).is_none()
        && let Some(head) = tree.head(v)
        && tree.is_verb(head)
    {
        return head;
    }
    v
}

/// Modal verbs: *sollen, können, dürfte, müssen*; may, might, could, must.
fn modal(view: &View<'_>, governor: usize, v: usize, j: &mut Judgement) {
    let tree = view.tree();
    for aux in tree.auxiliaries(governor) {
        let token = tree.token(aux);
        let form = lower(&token.form);
        let lemma = tree.lemma(aux);
        let subjunctive = token.feats.mood == Some(Mood::Sub);
        match (tree.lang, lemma.as_str()) {
            (Lang::De, "sollen") if !subjunctive && token.feats.tense != Some(Tense::Past) => {
                let perfect = tree
                    .auxiliaries(governor)
                    .any(|a| a > aux && matches!(lower(&tree.token(a).form).as_str(), "haben" | "sein"))
                    && tree.token(v).feats.verb_form == Some(VerbForm::Part);
                if perfect {
                    j.hearsay = Some(aux);
                    j.status = Status::Occurred;
                    j.cues.push("sollen + perfect: hearsay".into());
                } else {
                    j.status = Status::Planned;
                    j.cues.push("sollen: intended".into());
                }
            }
            (Lang::De, "sollen") => {
                if form.starts_with("sollte") && v1(tree, aux) {
                    hypothetical(j, "sollte: condition");
                } else if token.feats.tense == Some(Tense::Past) && !subjunctive {
                    j.status = Status::Planned;
                } else {
                    j.status = Status::Demanded;
                    j.cues.push("sollte: demanded".into());
                }
            }
            (Lang::De, "können") => hypothetical(j, "können"),
            (Lang::De, "dürfen") if subjunctive => {
                j.certainty = Certainty::Probable;
                j.cues.push("dürfte: probable".into());
            }
            (Lang::De, "dürfen" | "mögen") => hypothetical(j, lemma),
            (Lang::De, "müssen") => {
                j.status = Status::Demanded;
                j.cues.push("müssen: demanded".into());
            }
            (Lang::De, "wollen") => {
                j.status = Status::Planned;
                j.cues.push("wollen: planned".into());
            }
            (Lang::De, "werden") if subjunctive && token.sub != Sub::Pass => hypothetical(j, "würde"),
            (Lang::En, "may" | "might" | "could" | "can") => hypothetical(j, lemma),
            (Lang::En, "would") => hypothetical(j, "would"),
            (Lang::En, "will") if form == "would" || form == "'d" => hypothetical(j, "would"),
            (Lang::En, "should") if aux == 0 || tree.token(aux - 1).form == "," && v1(tree, aux) => {
                hypothetical(j, "should: condition");
            }
            (Lang::En, "must" | "should" | "ought") => {
                j.status = Status::Demanded;
                j.cues.push(format!("{lemma}: demanded"));
            }
            _ => {}
        }
    }
}

/// English modality outside the auxiliaries: "has to", "ought to", "is likely to", headlines in *to*, perfect with *since*.
fn periphrastic(view: &View<'_>, v: usize, event_type: EventType, j: &mut Judgement) {
    let tree = view.tree();
    if tree.lang != Lang::En {
        return;
    }
    let to = tree.with_rel(v, Rel::Mark).any(|m| lower(&tree.token(m).form) == "to");
    let above = tree.head(v).filter(|_| to && matches!(tree.token(v).rel, Rel::Xcomp | Rel::Ccomp | Rel::Advcl));
    match above.map(|h| tree.lemma(h).as_str()) {
        Some("have" | "ought" | "need") => {
            j.status = Status::Demanded;
            j.cues.push("has to: demanded".into());
        }
        Some("likely" | "unlikely" | "bound" | "certain" | "sure") => {
            j.status = Status::Planned;
            j.certainty = if above.is_some_and(|h| matches!(tree.lemma(h).as_str(), "likely" | "unlikely")) {
                Certainty::Probable
            } else {
                j.certainty
            };
            if above.is_some_and(|h| tree.lemma(h) == "unlikely") {
                j.polarity = flip(j.polarity);
            }
            j.cues.push("likely to: ahead".into());
        }
        Some("due" | "set" | "poised" | "scheduled" | "slated") => {
            j.status = Status::Planned;
            j.cues.push("set to: planned".into());
        }
        _ => {}
    }
    if to && view.scene.tree.sentence.headline && tree.head(v).is_none() && tree.child(v, Rel::Nsubj).is_some() {
        j.status = Status::Planned;
        j.cues.push("headline with to: planned".into());
    }
    let perfect =
        tree.auxiliaries(v).any(|a| tree.lemma(a) == "have" && tree.token(a).feats.tense == Some(Tense::Pres));
    let since = tree.children(v).iter().any(|c| tree.preposition(*c).is_some_and(|p| p == "since"));
    if perfect && since && durative(event_type) && j.status == Status::Occurred {
        j.status = Status::Ongoing;
        j.cues.push("since: ongoing".into());
    }
}

fn token_infinitive(tree: &Tree<'_>, i: usize) -> bool {
    tree.token(i).feats.verb_form == Some(VerbForm::Inf)
}

/// Verb-first clause: "Sollte Moskau liefern, …".
fn v1(tree: &Tree<'_>, finite: usize) -> bool {
    finite == 0 || matches!(tree.token(finite - 1).form.as_str(), "," | ":" | "„" | "\"")
}

fn hypothetical(j: &mut Judgement, cue: &str) {
    j.status = Status::Hypothetical;
    j.certainty = Certainty::Possible;
    j.cues.push(format!("{cue}: possible"));
}

/// An event noun: presupposed unless its modifiers or its verb say otherwise.
fn noun_status(view: &View<'_>, frame: &Frame<'_>, j: &mut Judgement) {
    let tree = view.tree();
    let at = frame.trigger.at;
    let clause = tree.clause(at);
    if clause == at {
        return;
    }
    // Only a verb that tells of the event itself gives it its tense.
    let direct = tree.head(at) == Some(clause);
    let rel = tree.token(at).rel;
    let tells = direct
        && (matches!(rel, Rel::Nsubj)
            || (rel == Rel::Obj && changes(tree.lemma(clause)))
            || (rel == Rel::Obj && frame.rule == "support verb")
            || (rel == Rel::Obl && frame.rule == "support verb"));
    if direct && rel == Rel::Nsubj && !tree.is_verb(clause) && (unreal(tree, clause) || thinkable(tree.lemma(clause))) {
        hypothetical(j, "unreal predicate");
    }
    if tells && tree.is_verb(clause) {
        let mut told = Judgement { cues: Vec::new(), ..j.clone() };
        verb_status(view, clause, frame.event_type, &mut told);
        // "soll intensiviert werden": what is planned for the cooperation is the cooperation to come.
        let changed = changes(tree.lemma(clause))
            && matches!(told.status, Status::Planned | Status::Demanded | Status::Hypothetical);
        let exists = changed || existence(tree.lemma(clause)) || frame.rule == "support verb";
        if exists || (told.status == Status::Ongoing && continuing(tree.lemma(at))) {
            j.status = told.status;
            j.certainty = told.certainty;
            j.cues.extend(told.cues);
            if told.hearsay.is_some() {
                j.hearsay = told.hearsay;
            }
        }
        if exists && is_negated(view, clause) {
            j.polarity = Polarity::Negative;
            j.cues.push("negated".into());
        }
        if rel == Rel::Nsubj && !exists && unreal(tree, clause) {
            hypothetical(j, "unreal predicate");
        }
    } else if continuing(tree.lemma(at))
        && tree.finite(clause).is_some_and(|f| tree.token(f).feats.tense == Some(Tense::Pres))
        && !tree.auxiliaries(clause).any(|a| matches!(tree.lemma(a).as_str(), "haben" | "sein" | "have"))
    {
        j.status = Status::Ongoing;
    }
}

/// Verbs that make more or less of what exists.
fn changes(lemma: &str) -> bool {
    matches!(
        lemma,
        "intensivieren"
            | "ausbauen"
            | "vertiefen"
            | "stärken"
            | "ausweiten"
            | "erweitern"
            | "beschleunigen"
            | "verstärken"
            | "wiederaufnehmen"
            | "fortsetzen"
            | "intensify"
            | "expand"
            | "deepen"
            | "strengthen"
            | "accelerate"
            | "broaden"
            | "enhance"
            | "resume"
    )
}

/// Adjectives that leave open whether their subject takes place.
fn thinkable(lemma: &str) -> bool {
    matches!(
        lemma,
        "denkbar"
            | "möglich"
            | "vorstellbar"
            | "unvermeidlich"
            | "conceivable"
            | "possible"
            | "imminent"
            | "inevitable"
            | "thinkable"
            | "unausweichlich"
    )
}

/// "wäre", "würde … auslösen", "would be an act of war": what has such a predicate is thought, not told.
fn unreal(tree: &Tree<'_>, clause: usize) -> bool {
    let Some(finite) = tree.finite(clause) else { return false };
    let token = tree.token(finite);
    match tree.lang {
        Lang::De => {
            token.feats.mood == Some(Mood::Sub)
                && token.feats.tense == Some(Tense::Past)
                && matches!(tree.lemma(finite).as_str(), "sein" | "werden" | "können" | "haben")
        }
        Lang::En => tree
            .auxiliaries(clause)
            .any(|a| matches!(lower(&tree.token(a).form).as_str(), "would" | "could" | "might" | "'d")),
    }
}

/// Verbs that say no more of their subject or object than that it takes place.
fn existence(lemma: &str) -> bool {
    matches!(
        lemma,
        "stattfinden"
            | "geben"
            | "sein"
            | "kommen"
            | "beginnen"
            | "erfolgen"
            | "geschehen"
            | "ereignen"
            | "zustandekommen"
            | "folgen"
            | "dauern"
            | "laufen"
            | "anhalten"
            | "bevorstehen"
            | "anstehen"
            | "be"
            | "occur"
            | "happen"
            | "take"
            | "begin"
            | "start"
            | "continue"
            | "follow"
            | "resume"
            | "last"
            | "go"
            | "hold"
            | "come"
            | "finden"
            | "halten"
            | "planen"
            | "plan"
            | "schedule"
            | "ansetzen"
            | "vorsehen"
            | "end"
            | "enden"
    )
}

/// Event nouns that name something lasting.
fn continuing(lemma: &str) -> bool {
    let ends = |tails: &[&str]| tails.iter().any(|t| lemma.ends_with(t));
    ends(&[
        "krieg",
        "gespräch",
        "verhandlung",
        "unterstützung",
        "zusammenarbeit",
        "kooperation",
        "handel",
        "besatzung",
        "blockade",
        "sanktion",
        "embargo",
        "konflikt",
        "kampf",
        "hilfe",
        "übung",
        "manöver",
    ]) || matches!(
        lemma,
        "war"
            | "talk"
            | "talks"
            | "negotiation"
            | "support"
            | "cooperation"
            | "trade"
            | "occupation"
            | "blockade"
            | "sanction"
            | "sanctions"
            | "embargo"
            | "conflict"
            | "fighting"
            | "aid"
            | "assistance"
            | "exercise"
            | "drill"
            | "backing"
            | "pressure"
            | "partnership"
    )
}

/// Adverbs, negations and adjectives at the event and its predicate.
fn modifiers(view: &View<'_>, at: usize, noun: bool, j: &mut Judgement) {
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
                j.attributive = noun && near && matches!(token.rel, Rel::Amod | Rel::Acl);
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
                    | "anstehend" | "pending" => j.status = Status::Planned,
                    "möglich" | "drohend" | "etwaig" | "denkbar" | "befürchtet" | "possible" | "potential"
                    | "feared" | "imminent" | "looming" | "any" | "erneut"
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

fn past_tense(tree: &Tree<'_>, clause: usize) -> bool {
    tree.finite(clause).is_some_and(|f| tree.token(f).feats.tense == Some(Tense::Past))
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

fn is_negator(view: &View<'_>, i: usize) -> bool {
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
            Rel::Mark if matches!(tree.lemma(*c).as_str(), "neither" | "weder") => true,
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

/// "not only", "nicht nur".
fn only(tree: &Tree<'_>, negator: usize) -> bool {
    negator + 1 < tree.len()
        && matches!(tree.lemma(negator + 1).as_str(), "nur" | "only" | "allein" | "just" | "zuletzt" | "least")
}

fn noun_negated(view: &View<'_>, at: usize) -> bool {
    let tree = view.tree();
    tree.children(at).iter().any(|c| {
        (matches!(tree.token(*c).rel, Rel::Det | Rel::Advmod) && is_negator(view, *c) && !only(tree, *c))
            || (tree.token(*c).rel == Rel::Case && matches!(tree.lemma(*c).as_str(), "ohne" | "without"))
    })
}

/// From the event up to the root.
fn walk(view: &View<'_>, frame: &Frame<'_>, frames: &[Frame<'_>], j: &mut Judgement) {
    let tree = view.tree();
    let mut nearest = true;
    let path: Vec<usize> = tree.ancestors(frame.trigger.at).collect();
    condition(view, frame.trigger.at, j);
    beside(view, frame.trigger.at, j);
    for pair in path.windows(2) {
        let (child, head) = (pair[0], pair[1]);
        let outer = frames
            .iter()
            .find(|f| f.trigger.at == head || f.consumed.contains(&head))
            .filter(|f| !std::ptr::eq(*f, frame));
        let entry = tree.token(child).rel;
        if let Some(outer) = outer
            && !shares(frame, outer)
        {
            contained(view, frame, outer, child, entry, nearest, j);
            nearest = false;
        } else if !frame.consumed.contains(&head) {
            if let Some((row, slot)) = embedding(view, head, child)
                // Talks that fail were held.
                && !(row.kind == Embed::Fail && frame.event_type == EventType::Consult && entry == Rel::Nsubj)
            {
                apply(view, row, &slot, head, j);
            }
            if let Some((row, slot, noun)) = sibling_embedding(view, head, child) {
                apply(view, row, &slot, noun, j);
            }
        }
        if let Some(promise) = promised_beside(view, frames, head, child, entry)
            && !std::ptr::eq(promise, frame)
            && !shares(frame, promise)
        {
            j.suppressed = Some(format!("content of {} ({})", promise.event_type, promise.row.key));
        }
        if tree.is_predicate(head) && entry != Rel::Conj {
            condition(view, head, j);
            beside(view, head, j);
        }
    }
    subjunctive(view, &path, j);
}

/// "die Bereitschaft erklärt, in Gespräche einzutreten": a noun of promise or demand beside the clause that is its content.
fn promised_beside<'f, 'k>(
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
fn shares(a: &Frame<'_>, b: &Frame<'_>) -> bool {
    a.consumed.contains(&b.trigger.at) || b.consumed.contains(&a.trigger.at)
}

/// The event is the content of another coded event.
fn contained(
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
        && tree
            .child(child, Rel::Mark)
            .is_some_and(|m| !matches!(tree.lemma(m).as_str(), "dass" | "that" | "zu" | "to"));
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
fn sibling_embedding<'a>(view: &View<'a>, verb: usize, child: usize) -> Option<(&'a EmbedRow, Slot, usize)> {
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
                || (token.rel == Rel::Acl && token.sub != Sub::Relcl)
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

/// Who speaks at a word: subject, agent, owner of a noun.
pub(crate) fn speakers(view: &View<'_>, word: usize) -> Vec<usize> {
    let tree = view.tree();
    if tree.is_verb(word) || tree.child(word, Rel::Nsubj).is_some() {
        if tree.is_passive(word) {
            return view.agents(word);
        }
        let found = view.subjects(word, 0);
        return if found.is_empty() { beside_speech(view, word).into_iter().collect() } else { found };
    }
    view.heads(&Trigger { at: word, comp: None }, &Slot::Gen)
        .into_iter()
        .chain(view.heads(&Trigger { at: word, comp: None }, &Slot::Poss))
        .collect()
}

/// The noun phrase that touches a verb of speech whose subject the parser has lost ("…, sagte Lawrow", "Lavrov said").
fn beside_speech(view: &View<'_>, verb: usize) -> Option<usize> {
    let tree = view.tree();
    let nominal = |i: &usize| matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let open =
        |i: &usize| !matches!(tree.token(*i).upos, Upos::Verb | Upos::Punct | Upos::Sconj | Upos::Adp | Upos::Cconj);
    let before = || (verb.saturating_sub(3)..verb).rev().take_while(open).find(nominal);
    let after = || (verb + 1..(verb + 6).min(tree.len())).take_while(open).find(nominal);
    let mut found = match tree.lang {
        Lang::En => before().or_else(after),
        Lang::De => after().or_else(before),
    }?;
    // The last name of a run carries the mention, the first word of a title the role.
    if tree.token(found).upos != Upos::Pron
        && view.actors(found).is_empty()
        && let Some(head) = tree.head(found).filter(|h| h.abs_diff(found) < 5 && nominal(h) && *h != verb)
    {
        found = head;
    }
    Some(found)
}

/// What a predicate above does to the event.
fn apply(view: &View<'_>, row: &EmbedRow, slot: &Slot, head: usize, j: &mut Judgement) {
    let tree = view.tree();
    let negated = is_negated(view, predicate_of(tree, head)) || noun_negated(view, head);
    let speech = |j: &mut Judgement, certainty: Certainty, polarity: Polarity| {
        j.speeches.push(Speech { kind: row.kind, word: head, speakers: speakers(view, head), certainty, polarity });
    };
    let cue = format!("{} ({})", tree.token(head).form, row.key);
    let nominal_content = matches!(slot, Slot::Obj | Slot::Prep(_) | Slot::Subj | Slot::Gen);
    match row.kind {
        Embed::Say | Embed::Endorse | Embed::Claim => {
            // What is announced as a thing is still ahead: "announced a visit".
            if matches!(slot, Slot::Obj)
                && matches!(tree.lemma(head).as_str(), "announce" | "ankündigen" | "unveil" | "avisieren")
            {
                j.status = Status::Planned;
            }
            if negated && row.kind == Embed::Endorse {
                // "could not confirm": nothing is said either way.
                j.polarity = Polarity::Unknown;
                j.certainty = Certainty::Uncommitted;
            }
            // "is said to have …": nobody says it.
            if tree.is_passive(head) && *slot == Slot::Xcomp && speakers(view, head).is_empty() {
                j.hearsay = Some(head);
                j.cues.push(cue);
                return;
            }
            let (c, p) = (j.certainty, j.polarity);
            speech(j, c, p);
        }
        Embed::Deny => {
            let flipped = if negated { Polarity::Unknown } else { flip(j.polarity) };
            j.polarity = flipped;
            let c = j.certainty;
            speech(j, c, flipped);
        }
        Embed::Doubt => {
            j.polarity = Polarity::Unknown;
            j.certainty = Certainty::Uncommitted;
            speech(j, Certainty::Uncommitted, Polarity::Unknown);
        }
        Embed::Believe => {
            let c = j.certainty.max(Certainty::Probable);
            j.certainty = c;
            if negated {
                j.polarity = flip(j.polarity);
            }
            let p = j.polarity;
            speech(j, c, p);
        }
        Embed::Suspect => {
            j.certainty = Certainty::Possible;
            let p = j.polarity;
            speech(j, Certainty::Possible, p);
        }
        Embed::Know => {}
        Embed::Evidence => {
            if negated || lacking(view, head) {
                j.polarity = Polarity::Unknown;
                j.certainty = Certainty::Uncommitted;
            } else {
                j.certainty = Certainty::Possible;
            }
        }
        Embed::Ask => {
            j.polarity = Polarity::Unknown;
            j.certainty = Certainty::Uncommitted;
        }
        Embed::Plan | Embed::Promise | Embed::Offer | Embed::Agree | Embed::Postpone => {
            if negated && !nominal_content {
                j.polarity = flip(j.polarity);
            }
            j.status = Status::Planned;
        }
        Embed::Demand => {
            if nominal_content && matches!(slot, Slot::Subj) {
                return;
            }
            j.status = Status::Demanded;
        }
        Embed::Threaten | Embed::Warn | Embed::Fear | Embed::Hope => {
            j.status = Status::Hypothetical;
            j.certainty = Certainty::Possible;
            let p = j.polarity;
            speech(j, Certainty::Possible, p);
        }
        Embed::Consider | Embed::Allow => {
            j.status = Status::Hypothetical;
            j.certainty = Certainty::Possible;
        }
        Embed::Expect => {
            j.status = Status::Planned;
            j.certainty = Certainty::Probable;
        }
        Embed::Negotiate => j.suppressed = Some(format!("object of talks ({})", row.key)),
        Embed::Try => {
            if !nominal_content {
                j.status = if past_tense(tree, tree.clause(head)) { j.status } else { Status::Ongoing };
            }
        }
        Embed::Manage => {
            if negated {
                j.polarity = Polarity::Negative;
            }
        }
        Embed::Fail | Embed::Prevent => {
            if !negated {
                j.polarity = flip(j.polarity);
            }
        }
        Embed::Refuse => {
            if !nominal_content {
                j.polarity = Polarity::Negative;
            }
        }
        Embed::Begin | Embed::Continue => {
            if j.status == Status::Occurred && (row.kind == Embed::Continue || !past_tense(tree, tree.clause(head))) {
                j.status = Status::Ongoing;
            }
        }
        Embed::Stop => {}
        Embed::Cancel => {
            j.status = Status::Planned;
            j.polarity = Polarity::Negative;
        }
        Embed::Accuse => {
            let (c, p) = (j.certainty, j.polarity);
            speech(j, c, p);
        }
    }
    j.cues.push(cue);
}

/// "es fehlen Beweise", "lacks evidence", "without proof".
fn lacking(view: &View<'_>, noun: usize) -> bool {
    let tree = view.tree();
    let Some(head) = tree.head(noun) else { return false };
    matches!(tree.lemma(head).as_str(), "fehlen" | "lack" | "mangeln" | "ausstehen" | "schuldig")
        || is_negated(view, head)
        || tree.children(noun).iter().any(|c| {
            matches!(
                tree.lemma(*c).as_str(),
                "ohne" | "without" | "kein" | "no" | "little" | "wenig" | "kaum" | "scant"
            )
        })
}

fn flip(polarity: Polarity) -> Polarity {
    match polarity {
        Polarity::Positive => Polarity::Negative,
        Polarity::Negative => Polarity::Positive,
        Polarity::Unknown => Polarity::Unknown,
    }
}

/// *wenn, falls, if, unless*, or a verb-first clause; *ob, whether*.
fn condition(view: &View<'_>, v: usize, j: &mut Judgement) {
    let tree = view.tree();
    for mark in tree.with_rel(v, Rel::Mark) {
        match modifier_at(view, mark).map(|(_, kind)| kind) {
            Some(Modifier::Condition) => {
                let temporal = matches!(tree.lemma(mark).as_str(), "wenn" | "when") && past_tense(tree, v);
                if !temporal {
                    j.status = Status::Hypothetical;
                    j.certainty = Certainty::Possible;
                    j.cues.push(format!("{}: condition", tree.token(mark).form));
                }
            }
            Some(Modifier::Question) => {
                j.polarity = Polarity::Unknown;
                j.certainty = Certainty::Uncommitted;
                j.cues.push(format!("{}: open", tree.token(mark).form));
            }
            _ => {}
        }
    }
}

/// A speaking predicate beside the event's clause: "…, sagte der Sprecher", "…, he said".
fn beside(view: &View<'_>, v: usize, j: &mut Judgement) {
    let tree = view.tree();
    let beside = tree.children(v).iter().copied().filter(|c| match tree.token(*c).rel {
        Rel::Parataxis => true,
        // "…, erklärte der Minister": verb before subject behind a comma, hung on as a conjunct.
        Rel::Conj => {
            *c > 0
                && tree.token(*c - 1).form == ","
                && tree.child(*c, Rel::Cc).is_none()
                && tree.child(*c, Rel::Nsubj).is_some_and(|s| s > *c)
        }
        // "Wie das Ministerium mitteilte, …", "as the ministry put it".
        Rel::Advcl => {
            let first = tree.extent(*c).0;
            matches!(tree.lemma(first).as_str(), "wie" | "as")
                || tree.child(*c, Rel::Mark).is_some_and(|m| matches!(tree.lemma(m).as_str(), "wie" | "as"))
        }
        _ => false,
    });
    for child in beside.collect::<Vec<_>>() {
        let joined = tree.with_particle(child);
        let key = joined.as_deref().filter(|k| view.lexicon().embeddings.contains_key(*k)).unwrap_or(tree.lemma(child));
        let Some(rows) = view.lexicon().embeddings.get(key) else { continue };
        let Some(row) = rows.iter().find(|r| {
            r.pos == Pos::Verb
                && r.with.is_empty()
                && matches!(
                    r.kind,
                    Embed::Say
                        | Embed::Claim
                        | Embed::Endorse
                        | Embed::Believe
                        | Embed::Deny
                        | Embed::Demand
                        | Embed::Warn
                        | Embed::Accuse
                )
        }) else {
            continue;
        };
        if tree.child(child, Rel::Ccomp).is_some() {
            continue;
        }
        let speakers = speakers(view, child);
        if j.speeches.iter().any(|s| s.word == child) {
            continue;
        }
        let kind =
            if matches!(row.kind, Embed::Claim | Embed::Endorse | Embed::Believe) { row.kind } else { Embed::Say };
        j.cues.push(format!("{} ({})", tree.token(child).form, row.key));
        j.speeches.push(Speech { kind, word: child, speakers, certainty: j.certainty, polarity: j.polarity });
    }
}

/// Konjunktiv I without a speaker in the sentence continues the last one; Konjunktiv II alone is unreal.
fn subjunctive(view: &View<'_>, path: &[usize], j: &mut Judgement) {
    let tree = view.tree();
    if tree.lang != Lang::De {
        return;
    }
    if j.speeches.is_empty() {
        j.ungoverned_subjunctive = reported_sentence(tree);
    }
    for &node in path {
        if !tree.is_predicate(node) {
            continue;
        }
        let Some((Mood::Sub, tense)) = tree.mood(node) else { continue };
        if tense == Some(Tense::Pres) {
            if j.speeches.is_empty() {
                j.ungoverned_subjunctive = tree.finite(node);
            }
            return;
        }
        let finite = tree.finite(node);
        let auxiliary = finite.is_some_and(|f| matches!(tree.lemma(f).as_str(), "haben" | "sein" | "werden"));
        if auxiliary && j.speeches.is_empty() {
            j.ungoverned_subjunctive = finite;
            if j.status == Status::Occurred && node == path[0] {
                j.cues.push("Konjunktiv II".into());
            }
        }
    }
}

/// A main clause in Konjunktiv I makes the whole sentence somebody's words, its subordinate clauses too.
fn reported_sentence(tree: &Tree<'_>) -> Option<usize> {
    let root = (0..tree.len()).find(|i| tree.head(*i).is_none())?;
    let indicative =
        tree.finite(root).is_some_and(|f| tree.token(f).feats.mood == Some(Mood::Ind) && !tree.is_reportative(f));
    (0..tree.len()).find(|i| tree.is_reportative(*i)).filter(|_| !indicative)
}

fn is_question(tree: &Tree<'_>) -> bool {
    (0..tree.len()).rev().take(3).any(|i| tree.token(i).form == "?")
}

fn clause_at_root(tree: &Tree<'_>, at: usize) -> bool {
    let clause = tree.clause(at);
    tree.head(clause).is_none() || tree.token(clause).rel == Rel::Conj
}
