//! What an event is about beside its parties: contexts, the object that decides its tier, place, votes, phase, journeys;
//! and which lines of a page are no text.

use chancery_model::{Effect, EventType, Journey, Phase, Polarity, Status, VoteEffect};
use chancery_text::{Lang, Rel};
use smol_str::SmolStr;

use crate::event::Frame;
use crate::factuality::Judgement;
use crate::knowledge::{EntityKind, Form};
use crate::resolve::{Resolved, Scene};
use crate::view::View;

/// Contexts of the row, and those that the words of the frame add.
pub(crate) fn contexts(view: &View<'_>, frame: &Frame<'_>) -> Vec<SmolStr> {
    let tree = view.tree();
    let mut out = frame.row.contexts.clone();
    let at = frame.trigger.at;
    let near = tree.children(at).iter().copied().chain(frame.consumed.iter().copied());
    for word in near {
        for (class, context) in [
            ("weapon", "military"),
            ("troops", "military"),
            ("military_goods", "military"),
            ("energy", "economic"),
            ("money", "economic"),
            ("goods", "economic"),
            ("nuclear", "cbrn"),
            ("relief_goods", "human_security"),
        ] {
            if view.lexicon().has_class(class)
                && view.lexicon().in_class(class, tree.lemma(word))
                && !out.iter().any(|c| c == context)
                && matches!(tree.token(word).rel, Rel::Obj | Rel::Nmod | Rel::Compound | Rel::Nsubj | Rel::Amod)
            {
                out.push(SmolStr::new_static(context));
            }
        }
    }
    out.sort();
    out
}

/// What the table of lanes and tiers asks for: a vote, a treaty, a visit.
pub(crate) fn object(view: &View<'_>, frame: &Frame<'_>) -> Option<SmolStr> {
    let tree = view.tree();
    let at = frame.trigger.at;
    let words: Vec<usize> =
        std::iter::once(at).chain(tree.children(at).iter().copied()).chain(frame.consumed.iter().copied()).collect();
    let lemma_is = |test: &dyn Fn(&str) -> bool| words.iter().any(|w| test(tree.lemma(*w)));
    if lemma_is(&|l| l.contains("veto")) {
        return Some("veto".into());
    }
    if lemma_is(&|l| {
        matches!(l, "stimmen" | "vote" | "abstimmen" | "enthalten" | "abstain" | "votum" | "abstimmung" | "stimme")
    }) {
        let (first, last) = (0, tree.len());
        let assembly = (first..last)
            .any(|i| matches!(tree.lemma(i).as_str(), "generalversammlung" | "vollversammlung" | "assembly"));
        return Some(if assembly { "general_assembly_vote" } else { "security_council_vote" }.into());
    }
    if view.lexicon().has_class("agreement")
        && matches!(frame.event_type, EventType::Support | EventType::Sanction)
        && lemma_is(&|l| view.lexicon().in_class("agreement", l))
    {
        return Some("treaty".into());
    }
    if view.lexicon().has_class("recognition")
        && lemma_is(&|l| matches!(l, "anerkennen" | "anerkennung" | "recognise" | "recognize" | "recognition"))
    {
        return Some("recognition".into());
    }
    if frame.event_type == EventType::Consult && frame.row.mode.as_deref() == Some("visit") {
        let leader = view
            .scene
            .mentions
            .iter()
            .zip(&view.scene.resolved)
            .any(|(m, r)| matches!(r, Resolved::Actor { kind: EntityKind::Person, .. }) && m.form == Form::Name);
        return leader.then(|| "leader_visit".into());
    }
    None
}

/// Where: a place or capital in a locative phrase of the event's clause.
pub(crate) fn place(view: &View<'_>, frame: &Frame<'_>, text: &str) -> Option<String> {
    let tree = view.tree();
    let clause = tree.clause(frame.trigger.at);
    view.scene.mentions.iter().find_map(|mention| {
        if mention.prefix || !matches!(mention.form, Form::Place | Form::Metonym) {
            return None;
        }
        let head = crate::mention::head_of(tree, mention.first, mention.last);
        let locative = matches!(tree.preposition(head).as_deref(), Some("in" | "nach" | "to" | "at" | "bei" | "near"));
        (locative && (tree.clause(head) == clause || tree.below(head, frame.trigger.at)))
            .then(|| text[tree.token(mention.first).start as usize..tree.token(mention.last).end as usize].to_owned())
    })
}

/// Whom a vote concerns and to whose good: for sanctions against X is against X; a veto of such is for X.
pub(crate) fn vote(view: &View<'_>, frame: &Frame<'_>) -> Option<VoteEffect> {
    let object = object(view, frame)?;
    if !matches!(object.as_str(), "veto" | "general_assembly_vote" | "security_council_vote") {
        return None;
    }
    let tree = view.tree();
    let concerned = frame.recipient.iter().find(|a| !a.code.is_body() && !a.code.is_unknown())?;
    let sanctions = (0..tree.len()).any(|i| view.lexicon().in_class("sanction", tree.lemma(i)));
    let against = matches!(frame.event_type, EventType::Reject) || object == "veto";
    let effect = if sanctions ^ against { Effect::Against } else { Effect::For };
    Some(VoteEffect { concerning: concerned.code.clone(), effect })
}

/// How far the matter got, as the claim tells it.
pub(crate) fn phase(view: &View<'_>, frame: &Frame<'_>, j: &Judgement) -> Option<Phase> {
    let tree = view.tree();
    let near: Vec<&str> = tree.ancestors(frame.trigger.at).take(4).map(|a| tree.lemma(a).as_str()).collect();
    let any = |words: &[&str]| near.iter().any(|l| words.contains(l));
    if any(&["verschieben", "verlegen", "postpone", "move", "relocate", "delay"]) {
        return Some(Phase::Moved);
    }
    if any(&["absagen", "cancel", "abblasen", "scrap"]) {
        return Some(Phase::Cancelled);
    }
    if any(&["aussetzen", "suspend", "einfrieren", "freeze"]) {
        return Some(Phase::Suspended);
    }
    let negotiated = frame.event_type == EventType::Consult && frame.row.key.contains("verhandl")
        || frame.row.key.contains("negotiat");
    match (frame.event_type, j.status, j.polarity) {
        (_, _, Polarity::Negative | Polarity::Unknown) => None,
        _ if negotiated && j.status != Status::Planned => Some(Phase::Negotiated),
        (EventType::Agree, Status::Occurred, _) => Some(Phase::Agreed),
        (EventType::Request, Status::Occurred, _) => Some(Phase::Proposed),
        (_, Status::Planned, _) => Some(Phase::Agreed),
        (_, Status::Ongoing, _) => Some(Phase::UnderWay),
        (EventType::Consult | EventType::Aid | EventType::Cooperate | EventType::Retreat, Status::Occurred, _) => {
            Some(Phase::Completed)
        }
        _ => None,
    }
}

/// Travel told in the sentence: by what means, where to, how it became known, what for.
pub(crate) fn journey(view: &View<'_>, frame: &Frame<'_>, text: &str) -> Option<Journey> {
    let tree = view.tree();
    if frame.event_type != EventType::Consult {
        return None;
    }
    let lemmas: Vec<&str> = (0..tree.len()).map(|i| tree.lemma(i).as_str()).collect();
    let has = |words: &[&str]| lemmas.iter().any(|l| words.iter().any(|w| l == w || (w.len() > 3 && l.ends_with(w))));
    let travels = frame.row.mode.as_deref() == Some("visit");
    if !travels {
        return None;
    }
    let means = if has(&["zug", "privatzug", "bahn", "train", "sonderzug", "panzerzug"]) {
        Some("train")
    } else if has(&["flugzeug", "plane", "maschine", "jet", "fliegen", "fly", "landen", "land"]) {
        Some("plane")
    } else if has(&["schiff", "ship"]) {
        Some("ship")
    } else if has(&["auto", "wagen", "car", "motorcade"]) {
        Some("car")
    } else {
        None
    };
    let disclosure = if has(&["abfahrt", "abreise", "departure"])
        && has(&["bestätigen", "melden", "confirm", "report", "mitteilen", "announce", "bekanntgeben"])
    {
        Some("on_departure")
    } else if has(&["geheim", "heimlich", "secret", "secretly", "unannounced", "unangekündigt"]) {
        Some("secret")
    } else if has(&["ankündigen", "announce", "ankündigung", "bekanntgeben", "announcement"]) {
        Some("announced")
    } else {
        None
    };
    let occasion = lemmas.iter().position(|l| {
        [
            "forum",
            "wirtschaftsforum",
            "gipfel",
            "summit",
            "jahrestag",
            "anniversary",
            "parade",
            "konferenz",
            "conference",
        ]
        .iter()
        .any(|w| l.ends_with(w))
    });
    Some(Journey {
        to: place(view, frame, text),
        means: means.map(str::to_owned),
        disclosure: disclosure.map(str::to_owned),
        occasion: occasion.map(|i| tree.token(i).form.to_string()),
    })
}

/// Lines that are no text: credit lines, consent notices, navigation. A line counts only if it says so in its words.
pub(crate) fn boilerplate(scenes: &[Scene<'_>], text: &str) -> Vec<bool> {
    const MARKS: &[&str] = &[
        "cc by",
        "creative commons",
        "bild:",
        "foto:",
        "photo:",
        "image:",
        "copyright",
        "©",
        "datenschutzerklärung",
        "cookie",
        "affiliate",
        "einverstanden",
        "zustimm",
        "newsletter",
        "personenbezogene daten",
        "drittplattform",
        "privacy policy",
        "all rights reserved",
        "alle rechte vorbehalten",
        "subscribe",
        "abonnieren",
        "empfohlener redaktioneller inhalt",
        "getty images",
        "picture alliance",
        "read more",
        "lesen sie auch",
        "mehr zum thema",
        "sign up",
        "advertisement",
        "anzeige:",
    ];
    scenes
        .iter()
        .map(|scene| {
            let sentence = scene.tree.sentence;
            let words = text.get(sentence.start..sentence.end).unwrap_or_default().to_lowercase();
            // A long sentence that mentions a cookie law is news; a short one is a notice.
            scene.tree.len() <= 40 && MARKS.iter().any(|m| words.contains(m)) && !tells(scene)
        })
        .collect()
}

/// Whether the line is a caption with a verb of its own beside its credit; those stay unless they ask for consent.
fn tells(scene: &Scene<'_>) -> bool {
    let named = scene.codes().len() >= 2;
    let credit_only = scene.tree.lang == Lang::De || scene.tree.lang == Lang::En;
    named && credit_only && (0..scene.tree.len()).any(|i| scene.tree.is_verb(i))
}
