//! Who speaks: subjects of verbs of speech, speakers beside the clause, the Konjunktiv that carries one on; conditions.

use super::modifiers::modifier_at;
use super::status::past_tense;
use super::{Judgement, Speech};
use crate::knowledge::{Embed, Modifier, Pos, Slot};
use crate::slot::Trigger;
use crate::tree::{Tree, lower};
use crate::view::View;
use chancery_model::{Certainty, Polarity, Status};
use chancery_text::{Lang, Mood, Rel, Sub, Tense, Upos};

/// Who speaks at a word: subject, agent, owner of a noun.
pub(crate) fn speakers(view: &View<'_>, word: usize) -> Vec<usize> {
    let tree = view.tree();
    if tree.is_verb(word) || tree.child(word, Rel::Nsubj).is_some() {
        // "as stated by the army": a participle with an agent and no subject.
        let agent = || tree.child(word, Rel::Nsubj).is_none() && tree.has(word, Rel::Obl, Sub::Agent);
        if tree.is_passive(word) || tree.lang == Lang::En && agent() {
            return view.agents(word);
        }
        // "Aus Eriwan hieß es", "hieß es in Damaskus": where it is said speaks.
        if tree.lang == Lang::De && tree.child(word, Rel::Expl).is_some() {
            return ["aus", "in", "von", "vonseiten"]
                .iter()
                .flat_map(|p| view.prepositional(word, p))
                .take(1)
                .collect();
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

/// *wenn, falls, if, unless*, or a verb-first clause; *ob, whether*.
pub(super) fn condition(view: &View<'_>, v: usize, j: &mut Judgement) {
    let tree = view.tree();
    for mark in tree.with_rel(v, Rel::Mark) {
        match modifier_at(view, mark).map(|(_, kind)| kind) {
            Some(Modifier::Condition) => {
                let temporal = matches!(tree.lemma(mark).as_str(), "wenn" | "when" | "sobald") && past_tense(tree, v);
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
pub(super) fn beside(view: &View<'_>, v: usize, j: &mut Judgement) {
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
pub(super) fn subjunctive(view: &View<'_>, path: &[usize], j: &mut Judgement) {
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
        if node == path[0] && j.speeches.is_empty() && without_it(tree, node) {
            j.polarity = Polarity::Negative;
            j.cues.push("ohne … hätte: did not".into());
            return;
        }
        let auxiliary = finite.is_some_and(|f| matches!(tree.lemma(f).as_str(), "haben" | "sein" | "werden"));
        if auxiliary && j.speeches.is_empty() {
            j.ungoverned_subjunctive = finite;
            if j.status == Status::Occurred && node == path[0] {
                j.cues.push("Konjunktiv II".into());
            }
        }
    }
}

/// "Ohne die Warnung hätte X angegriffen": Konjunktiv II of the perfect beside the thing that stood in the way tells that
/// it did not happen. The thing is definite: "ohne Vorwarnung" only tells how.
fn without_it(tree: &Tree<'_>, v: usize) -> bool {
    let perfect = tree.finite(v).is_some_and(|f| f != v && matches!(tree.lemma(f).as_str(), "haben" | "sein"));
    perfect
        && tree.with_rel(v, Rel::Obl).any(|o| {
            tree.preposition(o).is_some_and(|p| p == "ohne")
                && tree
                    .with_rel(o, Rel::Det)
                    .any(|d| matches!(lower(&tree.token(d).form).as_str(), "die" | "den" | "das"))
        })
}

/// A main clause in Konjunktiv I makes the whole sentence somebody's words, its subordinate clauses too.
fn reported_sentence(tree: &Tree<'_>) -> Option<usize> {
    let root = (0..tree.len()).find(|i| tree.head(*i).is_none())?;
    let indicative =
        tree.finite(root).is_some_and(|f| tree.token(f).feats.mood == Some(Mood::Ind) && !tree.is_reportative(f));
    (0..tree.len()).find(|i| tree.is_reportative(*i)).filter(|_| !indicative)
}
