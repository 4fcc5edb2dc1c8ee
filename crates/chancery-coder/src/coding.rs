//! Puts a document together: sentence by sentence, frames become claims, the rest abstentions with their reasons.

use chancery_model::{
    Abstention, AbstentionReason, ActorCode, Assessment, Attribution, Claim, Date, Derivation, Id, Interval, Party,
    PartyKind, Quote,
};
use chancery_text::{Analysis, CodePoints};

use crate::attribution::{self, Context, Quotations, Voice};
use crate::event::{Frame, frames};
use crate::factuality::{Judgement, judge};
use crate::knowledge::{EventRow, Knowledge};
use crate::resolve::{Resolved, Scene, scenes};
use crate::view::{Actor, Discourse, View};
use crate::{amount, assess, details, echo, time};

/// What is coded: a text of a document with its date.
#[derive(Debug, Clone)]
pub struct Input<'a> {
    /// The text that offsets count in.
    pub text: &'a str,
    /// The document it belongs to.
    pub document: Id,
    /// When it was published; without it relative times stay uncoded and offices are today's.
    pub published: Option<Interval>,
}

/// What a document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coding {
    /// Claims in the order of the text.
    pub claims: Vec<Claim>,
    /// Assessments in the order of the text.
    pub assessments: Vec<Assessment>,
    /// Sentences that name two known actors and gave nothing, with the reason.
    pub abstentions: Vec<Abstention>,
}

/// Codes a document. Deterministic: the same input, analysis and knowledge give the same coding, byte for byte.
pub fn code(input: &Input<'_>, analysis: &Analysis, knowledge: &Knowledge) -> Coding {
    let date: Option<Date> = input.published.and_then(|p| p.from);
    let points = CodePoints::new(input.text);
    let quotations = Quotations::find(input.text);
    let sentences = crate::repair::repaired(&analysis.sentences, analysis.lang, knowledge.lexicon(analysis.lang));
    let scenes = scenes(&sentences, analysis.lang, date, knowledge);
    let boilerplate = details::boilerplate(&scenes, input.text);
    let mut discourse = Discourse::default();
    let mut voice = Voice::default();
    let mut last: Option<Frame<'_>> = None;
    let mut out = Coding::default();
    let mut contest = false;
    // Of each sentence: where its claims begin and end, and whether it holds nothing else.
    let mut spans = vec![(0..0, false); scenes.len()];
    for (index, scene) in scenes.iter().enumerate() {
        let sport = contest || crate::event::is_contest(&scene.tree, knowledge.lexicon(analysis.lang));
        let asking = std::cell::Cell::new(false);
        let view = View { scene, discourse: &discourse, knowledge, index, contest: sport, asking };
        if boilerplate[index] {
            abstain(&mut out, scene, input.text, &points, AbstentionReason::Boilerplate, String::new());
            continue;
        }
        let (claims, assessments) = (out.claims.len(), out.assessments.len());
        let found = sentence(&view, knowledge, input, &points, &quotations, &voice, &mut last, &mut out);
        spans[index] = (claims..out.claims.len(), out.assessments.len() == assessments);
        if spans[index] == (claims..claims, true) {
            explain_silence(&mut out, &view, input.text, &points, &found);
        }
        let seen = view.remember();
        discourse.seen.extend(seen);
        let places =
            scene.mentions.iter().zip(&scene.resolved).filter(|(m, _)| m.form == crate::knowledge::Form::Place);
        let mut place = places.filter_map(|(_, r)| match r {
            Resolved::Actor { code, .. } => Some(code.clone()),
            _ => None,
        });
        discourse.place = place.next_back().or(discourse.place);
        let next = scenes.get(index + 1).is_some_and(|s| s.tree.sentence.paragraph == scene.tree.sentence.paragraph);
        contest = next && sport;
        if let Some(speaker) = found.speaker {
            voice.last = Some((speaker, scene.tree.sentence.paragraph));
        }
    }
    let kept = merge_repeats(&mut out.claims);
    for (scene, (claims, alone)) in scenes.iter().zip(spans) {
        if alone && scene.codes().len() >= 2 && !claims.is_empty() && !kept[claims].contains(&true) {
            abstain(&mut out, scene, input.text, &points, AbstentionReason::Repeated, String::new());
        }
    }
    out.abstentions.sort_by_key(|a| a.quote.start);
    out
}

/// What happened in a sentence beside its claims.
struct Found {
    trace: crate::event::Trace,
    suppressed: Vec<String>,
    /// Whom the next sentence may continue.
    speaker: Option<attribution::Speaker>,
}

#[allow(clippy::too_many_arguments)] // one call site; a struct would only rename the list
fn sentence<'k>(
    view: &View<'_>,
    knowledge: &'k Knowledge,
    input: &Input<'_>,
    points: &CodePoints<'_>,
    quotations: &Quotations,
    voice: &Voice,
    last: &mut Option<Frame<'k>>,
    out: &mut Coding,
) -> Found {
    let tree = view.tree();
    let cues = attribution::cues(view, input.text);
    let spoken = attribution::spoken(view, &cues);
    let (mut frames, trace) = frames(view, knowledge, &spoken);
    if let Some(again) = echo::echo(view, &frames, last.as_ref()) {
        frames.push(again);
    }
    if let Some(again) = echo::again(view, &frames, last.as_ref()) {
        frames.push(again);
    }
    let context = Context { text: input.text, points, quotations, voice, cues: &cues };
    let times = time::in_view(view, input.published);
    let forms: Vec<_> = (0..tree.len()).map(|i| crate::tree::lower(&tree.token(i).form)).collect();
    let amounts = amount::amounts(&forms, tree.lang, |i| amount::unit(view, i));
    let mut suppressed = Vec::new();
    for frame in &frames {
        let judgement = judge(view, frame, &frames);
        if let Some(reason) = judgement.suppressed {
            suppressed.push(reason);
            continue;
        }
        if let Some(word) =
            judgement.hearsay.filter(|_| judgement.attributive && attribution::told_otherwise(&judgement))
        {
            let alleged = Judgement { status: chancery_model::Status::Occurred, ..judgement.clone() };
            let attribution = attribution::alleged(view, word, &context);
            out.claims.push(assemble(view, frame, &alleged, attribution, input, points, &times, &amounts));
        }
        let attribution = attribution::chain(view, frame, &judgement, &context);
        let claim = assemble(view, frame, &judgement, attribution, input, points, &times, &amounts);
        out.claims.push(claim);
        if let Some((other, polarity)) = echo::contrast(view, frame, judgement.polarity) {
            let judgement = Judgement { polarity, ..judgement.clone() };
            let contrasted = Frame { initiator: other, unknown_initiator: false, rule: "contrast", ..frame.clone() };
            let attribution = attribution::chain(view, &contrasted, &judgement, &context);
            out.claims.push(assemble(view, &contrasted, &judgement, attribution, input, points, &times, &amounts));
        }
    }
    if let Some(frame) = frames.last() {
        *last = Some(frame.clone());
    }
    for found in assess::assessments(view) {
        let row = &found.row;
        let pseudo = assessment_frame(&found);
        let judged = judge(view, &pseudo, &[]);
        let attribution = attribution::chain(view, &pseudo, &judged, &context);
        let period = time::of_event(view, &times, found.at, judged.status, input.published);
        out.assessments.push(Assessment {
            document: input.document.clone(),
            kind: found.kind,
            subject: parties(&found.subject, input.text, points),
            object: parties(&found.object, input.text, points),
            third: parties(&found.third, input.text, points),
            good: found.good.clone(),
            period,
            direction: found.direction,
            attribution,
            trigger: tree.token(found.at).form.to_string(),
            quote: quote(input.text, points, sentence_span(view)),
            derivation: Derivation { lexicon_row: row.key.to_string(), rule: "assessment".into(), cues: judged.cues },
        });
    }
    Found { trace, suppressed, speaker: attribution::last_speaker(view, &cues, input.text) }
}

/// An assessment borrows the frame's place in the tree to be judged and attributed like an event.
fn assessment_frame<'k>(found: &assess::Found<'k>) -> Frame<'k> {
    Frame {
        trigger: crate::slot::Trigger { at: found.at, comp: None },
        row: EventRow::none(),
        event_type: chancery_model::EventType::Consult,
        initiator: found.subject.clone(),
        recipient: found.object.clone(),
        unknown_initiator: false,
        consumed: Vec::new(),
        rule: "assessment",
    }
}

#[allow(clippy::too_many_arguments)] // one call site; a struct would only rename the list
fn assemble(
    view: &View<'_>,
    frame: &Frame<'_>,
    judgement: &Judgement,
    attribution: Attribution,
    input: &Input<'_>,
    points: &CodePoints<'_>,
    times: &[time::Expression],
    amounts: &[amount::Amount],
) -> Claim {
    let tree = view.tree();
    let at = frame.trigger.at;
    let mut initiator = parties(&frame.initiator, input.text, points);
    if frame.unknown_initiator {
        initiator.push(Party::unknown());
    }
    let found = amount::of_event(view, amounts, at);
    let object = details::object(view, frame);
    let contexts = details::contexts(view, frame);
    let (lane, tier) =
        view.knowledge.lanes.place(frame.event_type, frame.row.mode.as_ref(), &contexts, object.as_deref());
    Claim {
        document: input.document.clone(),
        event_type: frame.event_type,
        mode: frame.row.mode.clone(),
        contexts,
        initiator,
        recipient: parties(&frame.recipient, input.text, points),
        status: judgement.status,
        occurred: time::of_event(view, times, at, judgement.status, input.published),
        amount: found.as_ref().map(|a| a.value.clone()),
        unit: found.map(|a| a.unit),
        place: details::place(view, frame, input.text),
        vote: details::vote(view, frame),
        phase: details::phase(view, frame, judgement),
        journey: details::journey(view, frame, input.text),
        attribution,
        trigger: trigger_words(view, frame, input.text),
        quote: quote(input.text, points, sentence_span(view)),
        lane,
        tier,
        derivation: Derivation {
            lexicon_row: frame.row.key.to_string(),
            rule: frame.rule.to_owned(),
            cues: {
                let mut cues = judgement.cues.clone();
                cues.insert(0, format!("trigger `{}`", tree.token(at).form));
                cues
            },
        },
    }
}

/// The words of the trigger as they stand in the text.
fn trigger_words(view: &View<'_>, frame: &Frame<'_>, text: &str) -> String {
    let (tree, at) = (view.tree(), frame.trigger.at);
    // "build-up": a row of a word with hyphen is carried by the whole word.
    let joined =
        crate::event::hyphenated(tree, at).into_iter().find(|it| frame.row.key.contains(&format!(" {} ", it.word)));
    let (first, last) = joined.map_or((at, at), |it| it.tokens);
    text[tree.token(first).start as usize..tree.token(last).end as usize].to_owned()
}

/// Bytes of the sentence.
fn sentence_span(view: &View<'_>) -> (usize, usize) {
    (view.scene.tree.sentence.start, view.scene.tree.sentence.end)
}

/// How many code points of context a quotation keeps on each side.
const CONTEXT: usize = 24;

fn quote(text: &str, points: &CodePoints<'_>, (start, end): (usize, usize)) -> Quote {
    let before: String = {
        let tail: Vec<char> = text[..start].chars().rev().take(CONTEXT).collect();
        tail.into_iter().rev().collect()
    };
    let after: String = text[end..].chars().take(CONTEXT).collect();
    Quote {
        start: point(points, start),
        end: point(points, end),
        exact: text[start..end].to_owned(),
        prefix: before,
        suffix: after,
    }
}

fn point(points: &CodePoints<'_>, byte: usize) -> u32 {
    u32::try_from(points.at(byte)).unwrap_or(u32::MAX)
}

fn parties(actors: &[Actor], text: &str, points: &CodePoints<'_>) -> Vec<Party> {
    let mut out: Vec<Party> = actors
        .iter()
        .map(|a| Party {
            actor: a.code.clone(),
            kind: PartyKind::Named,
            mention: text[a.start..a.end].to_owned(),
            start: Some(point(points, a.start)),
            end: Some(point(points, a.end)),
        })
        .collect();
    out.sort_by(|a, b| (&a.actor, a.start).cmp(&(&b.actor, b.start)));
    out
}

/// A sentence with two known actors and no claim gets its reason.
fn explain_silence(out: &mut Coding, view: &View<'_>, text: &str, points: &CodePoints<'_>, found: &Found) {
    let ambiguous: Vec<&Vec<ActorCode>> = view
        .scene
        .resolved
        .iter()
        .filter_map(|r| if let Resolved::Ambiguous(codes) = r { Some(codes) } else { None })
        .collect();
    let named = view.scene.codes().len();
    if named + ambiguous.len() < 2 {
        return;
    }
    let (reason, detail) = if let Some(first) = found.suppressed.first() {
        (AbstentionReason::Embedded, first.clone())
    } else if let Some(row) = found.trace.unplaced.first() {
        (AbstentionReason::NoParties, row.to_string())
    } else if let Some(codes) = ambiguous.first() {
        let list: Vec<&str> = codes.iter().map(ActorCode::as_str).collect();
        (AbstentionReason::AmbiguousActor, list.join(" or "))
    } else if let Some(lemma) = found.trace.no_event.first() {
        (AbstentionReason::NoEvent, lemma.to_string())
    } else {
        let tree = view.tree();
        let predicates: Vec<&str> =
            (0..tree.len()).filter(|i| tree.is_predicate(*i)).map(|i| tree.lemma(i).as_str()).collect();
        (AbstentionReason::NoFrame, predicates.join(", "))
    };
    abstain(out, view.scene, text, points, reason, detail);
}

fn abstain(
    out: &mut Coding,
    scene: &Scene<'_>,
    text: &str,
    points: &CodePoints<'_>,
    reason: AbstentionReason,
    detail: String,
) {
    let actors = scene.codes();
    if actors.is_empty() && reason == AbstentionReason::Boilerplate {
        return;
    }
    let span = (scene.tree.sentence.start, scene.tree.sentence.end);
    out.abstentions.push(Abstention { reason, quote: quote(text, points, span), actors, detail });
}

/// One event told twice by the same holder is one claim: the first that says most stays. What a telling says of its time
/// and amount must not contradict the other's; the order of the paragraphs does not matter.
/// Gives for each claim whether it stayed.
fn merge_repeats(claims: &mut Vec<Claim>) -> Vec<bool> {
    let codes = |parties: &[Party]| parties.iter().map(|p| p.actor.clone()).collect::<Vec<_>>();
    let same = |a: &Claim, b: &Claim| {
        a.event_type == b.event_type
            && a.status == b.status
            && codes(&a.initiator) == codes(&b.initiator)
            && codes(&a.recipient) == codes(&b.recipient)
            && a.attribution.holder() == b.attribution.holder()
            && a.attribution.innermost().polarity == b.attribution.innermost().polarity
    };
    // Whether `a` says all that `b` says.
    let covers = |a: &Claim, b: &Claim| {
        (b.occurred.is_none() || a.occurred == b.occurred) && (b.amount.is_none() || a.amount == b.amount)
    };
    let repeats = |i: usize| {
        claims.iter().enumerate().any(|(k, other)| {
            k != i && same(other, &claims[i]) && covers(other, &claims[i]) && (k < i || !covers(&claims[i], other))
        })
    };
    let keep: Vec<bool> = (0..claims.len()).map(|i| !repeats(i)).collect();
    let mut stays = keep.iter();
    claims.retain(|_| stays.next().copied().unwrap_or(true));
    keep
}
