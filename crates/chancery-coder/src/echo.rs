//! Events told again by a pronoun ("Realität waren sie bisher nicht", "it never happened"), and the state that is said
//! to be different ("im Gegensatz zum Iran", "unlike Japan").

use chancery_model::Polarity;
use chancery_text::{Lang, Rel, Upos};

use crate::event::Frame;
use crate::slot::Trigger;
use crate::tree::lower;
use crate::view::{Actor, Level, View};

/// The rule of an event that a pronoun tells again.
pub(crate) const PRONOUN: &str = "told again by a pronoun";

/// A predicate of this sentence that tells of an earlier event: the event's frame, moved to that predicate.
pub(crate) fn echo<'k>(view: &View<'_>, here: &[Frame<'k>], last: Option<&Frame<'k>>) -> Option<Frame<'k>> {
    let tree = view.tree();
    let at = (0..tree.len()).find(|i| tells_of_pronoun(view, *i))?;
    let before = here.iter().filter(|f| f.trigger.at < at && material(f)).max_by_key(|f| f.trigger.at);
    let earlier = before.or(last.filter(|f| material(f)))?;
    let mut frame = earlier.clone();
    frame.trigger = Trigger { at, comp: None };
    frame.consumed = Vec::new();
    frame.rule = PRONOUN;
    Some(frame)
}

/// "bestritt den Angriff", "denied the bombing": a definite event noun without parties is the event told before.
pub(crate) fn again<'k>(view: &View<'_>, here: &[Frame<'k>], last: Option<&Frame<'k>>) -> Option<Frame<'k>> {
    let last = last?;
    let tree = view.tree();
    let knowledge = view.lexicon();
    let at = (0..tree.len()).find(|i| {
        tree.token(*i).upos == Upos::Noun
            && view.is_definite(*i)
            && matches!(tree.token(*i).rel, Rel::Obj | Rel::Nsubj)
            && !here.iter().any(|f| f.trigger.at == *i || f.consumed.contains(i))
            && !tree.children(*i).iter().any(|c| matches!(tree.token(*c).rel, Rel::Nmod | Rel::Acl))
            && knowledge.events.get(tree.lemma(*i)).is_some_and(|rows| {
                rows.iter().any(|r| r.event_type == Some(last.event_type) && r.pos == crate::knowledge::Pos::Noun)
            })
    })?;
    let verb = tree.head(at)?;
    // Only where something new is said of it: a denial, a confirmation, a doubt.
    crate::attribution::speaks(view, verb).then(|| {
        let mut frame = last.clone();
        frame.trigger = Trigger { at, comp: None };
        frame.consumed = Vec::new();
        frame.rule = "told before";
        frame
    })
}

/// Talks are had; what becomes reality or fails to is an act.
fn material(frame: &Frame<'_>) -> bool {
    use chancery_model::EventType as T;
    !matches!(frame.event_type, T::Consult | T::Accuse | T::Request)
}

/// "X ist Realität", "X geschah nie" with a pronoun for X.
fn tells_of_pronoun(view: &View<'_>, i: usize) -> bool {
    let tree = view.tree();
    let real = match tree.lang {
        Lang::De => matches!(
            tree.lemma(i).as_str(),
            "realität" | "wirklichkeit" | "tatsache" | "geschehen" | "passieren" | "zustandekommen" | "verwirklichen"
        ),
        Lang::En => {
            matches!(tree.lemma(i).as_str(), "reality" | "fact" | "happen" | "materialise" | "materialize" | "occur")
        }
    };
    if !real {
        return false;
    }
    let close = (i.saturating_sub(6)..(i + 7).min(tree.len())).filter(|t| *t != i);
    close.clone().any(|t| {
        let form = lower(&tree.token(t).form);
        let pronoun = matches!(form.as_str(), "sie" | "es" | "das" | "dies" | "they" | "it" | "this" | "that");
        pronoun
            && tree.token(t).upos == Upos::Pron
            && !(t.min(i)..t.max(i)).any(|b| tree.token(b).upos == Upos::Punct)
            && matches!(tree.token(t).rel, Rel::Nsubj | Rel::Obj | Rel::Expl)
    })
}

/// The other state of a contrast, with the polarity that holds for it.
pub(crate) fn contrast(view: &View<'_>, frame: &Frame<'_>, polarity: Polarity) -> Option<(Vec<Actor>, Polarity)> {
    let tree = view.tree();
    let flipped = match polarity {
        Polarity::Negative => Polarity::Positive,
        Polarity::Positive => Polarity::Negative,
        Polarity::Unknown => return None,
    };
    let start = (0..tree.len()).find(|i| {
        let form = |n: usize| tree.sentence.tokens.get(i + n).map(|t| lower(&t.form)).unwrap_or_default();
        match tree.lang {
            Lang::De => (form(0) == "gegensatz" && form(1) == "zu") || (form(0) == "anders" && form(1) == "als"),
            Lang::En => form(0) == "unlike" || (form(0) == "contrast" && form(1) == "to"),
        }
    })?;
    let mut other: Vec<Actor> = Vec::new();
    for i in start + 1..(start + 6).min(tree.len()) {
        for actor in view.actors(i) {
            let party = frame.initiator.iter().chain(&frame.recipient).any(|a| a.code == actor.code);
            if actor.level == Level::State && !party && !other.iter().any(|a| a.code == actor.code) {
                other.push(actor);
            }
        }
        if !other.is_empty() {
            break;
        }
    }
    let near = start.abs_diff(frame.trigger.at) < 14;
    (near && !other.is_empty() && !frame.recipient.is_empty()).then_some((other, flipped))
}
