//! Tense, mood and modality of the predicate that carries an event.

use super::{Judgement, flip, hypothetical};
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::{Certainty, EventType, Status};
use chancery_text::{Lang, Mood, Rel, Sub, Tense, VerbForm};

/// Tense and modality of the predicate `v` on an event that it carries.
pub(super) fn verb_status(view: &View<'_>, v: usize, event_type: EventType, j: &mut Judgement) {
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
    if purpose(tree, governor) {
        // "reist nach Moskau, um … zu sprechen": what somebody goes for is not told as done.
        j.status = Status::Planned;
        j.cues.push("purpose".into());
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
pub(super) fn predicate_of(tree: &Tree<'_>, v: usize) -> usize {
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
            // "wenig zu bieten hatte": what one could or must do.
            (Lang::De, "haben" | "sein")
                if tree.token(v).feats.verb_form == Some(VerbForm::Inf) && marked(view, v, "zu") =>
            {
                hypothetical(j, "zu + infinitive");
            }
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
            // "said it would": the future seen from then.
            (Lang::En, "would" | "will")
                if matches!(form.as_str(), "would" | "'d") && told_in_the_past(view, governor) =>
            {
                j.status = Status::Planned;
                j.cues.push("would: ahead of what was said".into());
            }
            (Lang::En, "would") => hypothetical(j, "would"),
            (Lang::En, "will") if form == "would" || form == "'d" => hypothetical(j, "would"),
            (Lang::En, "be") if token.sub != Sub::Pass && marked(view, v, "to") => {
                j.status = Status::Planned;
                j.cues.push("is to: planned".into());
            }
            (Lang::En, "have") if next_is(view, aux, "better") => {
                j.status = Status::Demanded;
                j.cues.push("had better: demanded".into());
            }
            (Lang::En, _) if form == "ought" => {
                j.status = Status::Demanded;
                j.cues.push("ought: demanded".into());
            }
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

/// An infinitive with *zu* or *to* in front of it.
fn marked(view: &View<'_>, v: usize, word: &str) -> bool {
    let tree = view.tree();
    tree.with_rel(v, Rel::Mark).any(|m| lower(&tree.token(m).form) == word)
}

fn next_is(view: &View<'_>, at: usize, word: &str) -> bool {
    at + 1 < view.tree().len() && lower(&view.tree().token(at + 1).form) == word
}

/// The clause is what somebody said then, and has no condition.
fn told_in_the_past(view: &View<'_>, clause: usize) -> bool {
    let tree = view.tree();
    let conditional = tree
        .with_rel(clause, Rel::Advcl)
        .any(|a| tree.with_rel(a, Rel::Mark).any(|m| matches!(lower(&tree.token(m).form).as_str(), "if" | "unless")));
    tree.token(clause).rel == Rel::Ccomp
        && !conditional
        && tree.head(clause).is_some_and(|said| tree.is_verb(said) && past_tense(tree, said))
}

/// English modality outside the auxiliaries: "has to", "ought to", "is likely to", headlines in *to*, perfect with *since*.
fn periphrastic(view: &View<'_>, v: usize, event_type: EventType, j: &mut Judgement) {
    let tree = view.tree();
    if tree.lang != Lang::En {
        return;
    }
    let to = tree.with_rel(v, Rel::Mark).any(|m| lower(&tree.token(m).form) == "to");
    // "had better withdraw", in whatever form the parser has the infinitive.
    let better = tree.head(v).filter(|h| tree.lemma(*h) == "have" && next_is(view, *h, "better"));
    if better.is_some() && matches!(tree.token(v).rel, Rel::Xcomp | Rel::Ccomp | Rel::Advcl) {
        j.status = Status::Demanded;
        j.cues.push("had better: demanded".into());
    }
    let above = tree.head(v).filter(|_| to && matches!(tree.token(v).rel, Rel::Xcomp | Rel::Ccomp | Rel::Advcl));
    match above.map(|h| tree.lemma(h).as_str()) {
        Some("have" | "need") => {
            j.status = Status::Demanded;
            j.cues.push("has to: demanded".into());
        }
        Some(_) if above.is_some_and(|h| lower(&tree.token(h).form) == "ought") => {
            j.status = Status::Demanded;
            j.cues.push("ought: demanded".into());
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

pub(super) fn token_infinitive(tree: &Tree<'_>, i: usize) -> bool {
    tree.token(i).feats.verb_form == Some(VerbForm::Inf)
}

/// Verb-first clause: "Sollte Moskau liefern, …".
fn v1(tree: &Tree<'_>, finite: usize) -> bool {
    finite == 0 || matches!(tree.token(finite - 1).form.as_str(), "," | ":" | "„" | "\"")
}

pub(super) fn past_tense(tree: &Tree<'_>, clause: usize) -> bool {
    tree.finite(clause).is_some_and(|f| tree.token(f).feats.tense == Some(Tense::Past))
}

/// An adverbial infinitive: *um … zu*, "to meet", "in order to".
fn purpose(tree: &Tree<'_>, v: usize) -> bool {
    let mark = |words: &[&str]| tree.with_rel(v, Rel::Mark).any(|m| words.contains(&tree.lemma(m).as_str()));
    tree.token(v).rel == Rel::Advcl
        && tree.finite(v).is_none()
        && match tree.lang {
            Lang::De => mark(&["um"]),
            Lang::En => {
                mark(&["to"])
                    && tree.token(v).feats.verb_form == Some(VerbForm::Inf)
                    && tree.auxiliaries(v).next().is_none()
            }
        }
}
