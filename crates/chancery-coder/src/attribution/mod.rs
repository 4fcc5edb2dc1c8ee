//! Who says so: predicates of speech, prepositions and adverbs, direct speech, reported headlines, and the Konjunktiv
//! that carries a speaker on across sentences. The result is a chain, outermost speaker first.

mod cues;
mod direct;
mod speaker;

use crate::event::Frame;
use crate::factuality::Judgement;
use crate::knowledge::{CueKind, Embed};
use crate::view::View;
use chancery_model::{Attribution, Audience, Certainty, Endorsement, HolderKind, Link, Polarity};
use chancery_text::CodePoints;
pub(crate) use cues::{Cue, cues, spoken};
pub(crate) use direct::Quotations;
use direct::{closing, quoted};
pub(crate) use speaker::{Speaker, last_speaker, speaks};
use speaker::{headline_speaker, speaker};

/// What carries over from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// The last speaker of the text, with the paragraph it spoke in.
    pub(crate) last: Option<(Speaker, u32)>,
}

/// Everything the chain is built from.
pub(crate) struct Context<'a> {
    pub(crate) text: &'a str,
    pub(crate) points: &'a CodePoints<'a>,
    pub(crate) quotations: &'a Quotations,
    pub(crate) voice: &'a Voice,
    /// Cues of this sentence with their speakers.
    pub(crate) cues: &'a [Cue<'a>],
}

/// The chain of what only an attribute passes on: "the alleged delivery" has an unnamed holder of its own.
pub(crate) fn alleged(view: &View<'_>, word: usize, context: &Context<'_>) -> Attribution {
    let token = view.tree().token(word);
    let point = |byte: u32| u32::try_from(context.points.at(byte as usize)).ok();
    let cue = &context.text[token.start as usize..token.end as usize];
    let speaker = Speaker::unnamed("");
    let (start, end) = (point(token.start), point(token.end));
    Attribution::reported(vec![make(&speaker, cue, start, end, Certainty::Uncommitted, Polarity::Positive, true)])
}

/// The chain of one claim.
pub(crate) fn chain(view: &View<'_>, frame: &Frame<'_>, j: &Judgement, context: &Context<'_>) -> Attribution {
    let tree = view.tree();
    let at = frame.trigger.at;
    let mut links: Vec<Link> = Vec::new();
    let point = |byte: u32| u32::try_from(context.points.at(byte as usize)).unwrap_or(u32::MAX);
    let cue_words = |first: usize, last: usize| {
        let (from, to) = (tree.token(first).start, tree.token(last).end);
        (context.text[from as usize..to as usize].to_owned(), Some(point(from)), Some(point(to)))
    };
    // Speeches were found from the inside outwards.
    for speech in j.speeches.iter().rev() {
        let (cue, cue_start, cue_end) = cue_words(speech.word, speech.word);
        let found = speech.speakers.iter().map(|s| speaker(view, *s, context.text)).next();
        let speaker = found.unwrap_or_else(|| Speaker::unnamed(""));
        let distances = speech.kind == Embed::Claim;
        let unnamed = speaker.kind == HolderKind::Unnamed && speaker.mention.is_empty();
        let certainty = if distances && unnamed { Certainty::Uncommitted } else { speech.certainty };
        links.push(Link {
            kind: speaker.kind,
            actor: speaker.actor,
            mention: speaker.mention,
            cue,
            cue_start,
            cue_end,
            endorsement: Some(match speech.kind {
                Embed::Endorse => Endorsement::Endorses,
                Embed::Claim => Endorsement::Distances,
                _ => Endorsement::Neutral,
            }),
            audience: None::<Audience>,
            certainty,
            polarity: speech.polarity,
            said_from: None,
            said_to: None,
        });
    }
    // A preposition attributes the whole sentence: it is the outermost link.
    for cue in context.cues {
        let inside = cue.inside.is_some_and(|head| tree.below(at, head)) || (cue.first..=cue.last).contains(&at);
        // "citing bad weather", "mit Verweis auf den Vertrag": a reason and no source, where nobody speaks.
        let reason = cue.row.kind == CueKind::Cite && links.is_empty() && cue.speaker.kind == HolderKind::Unnamed;
        if inside || reason {
            continue;
        }
        let (words, cue_start, cue_end) = cue_words(cue.first, cue.last);
        // An opinion ("nach Ansicht von …") is its holder's own and firm.
        let certainty = match cue.row.kind {
            CueKind::Report if cue.inside.is_none() && cue.speaker.actor.is_none() => Certainty::Uncommitted,
            CueKind::Suspect => j.certainty.max(Certainty::Possible),
            _ => j.certainty,
        };
        // Whom a speaker cites stands nearer to what is told than the speaker.
        let place = if cue.row.kind == CueKind::Cite { links.len() } else { 0 };
        links.insert(
            place,
            make(&cue.speaker, &words, cue_start, cue_end, certainty, j.polarity, cue.row.kind == CueKind::Claim),
        );
    }
    if let Some(word) = j.hearsay.filter(|_| !j.attributive || !told_otherwise(j)) {
        if let Some(inner) = links.last_mut() {
            inner.certainty = Certainty::Uncommitted;
            inner.endorsement = Some(Endorsement::Distances);
        } else {
            let (words, start, end) = cue_words(word, word);
            links.push(make(&Speaker::unnamed(""), &words, start, end, Certainty::Uncommitted, j.polarity, true));
        }
    }
    if links.is_empty() {
        links.extend(closing(view, at, j, context));
    }
    if links.is_empty() {
        links.extend(quoted(view, at, j, context));
    }
    if links.is_empty()
        && let Some(word) = j.ungoverned_subjunctive
    {
        let present = tree.token(word).feats.tense == Some(chancery_text::Tense::Pres);
        let (words, start, end) = cue_words(word, word);
        match &context.voice.last {
            Some((speaker, paragraph)) if present || *paragraph == view.scene.tree.sentence.paragraph => {
                links.push(make(speaker, &words, start, end, j.certainty, j.polarity, false));
            }
            _ if present => links.push(make(&Speaker::unnamed(""), &words, start, end, j.certainty, j.polarity, false)),
            _ => {}
        }
    }
    if links.is_empty()
        && let Some((speaker, first, last)) = headline_speaker(view, at, context.text)
    {
        let (words, start, end) = cue_words(first, last);
        links.push(make(&speaker, &words, start, end, j.certainty, j.polarity, false));
    }
    if let Some(inner) = links.last_mut() {
        inner.audience = audience(view, at);
    }
    // "Moscow said it was ready …": the saying is the act itself, and the outlet witnessed it.
    if let [only] = links.as_slice()
        && witnessed(frame, j)
        && only.kind == HolderKind::State
        && frame.initiator.iter().any(|a| Some(&a.code) == only.actor.as_ref())
        && j.speeches.iter().all(|s| matches!(s.kind, Embed::Say | Embed::Endorse))
    {
        links.clear();
    }
    if links.is_empty() { Attribution::author(j.certainty, j.polarity) } else { Attribution::reported(links) }
}

/// For whom a message is meant, where the sentence says it: "für das ausländische Publikum", "for domestic consumption".
fn audience(view: &View<'_>, at: usize) -> Option<Audience> {
    let tree = view.tree();
    let told = |i: usize| {
        let listeners = matches!(
            tree.lemma(i).as_str(),
            "publikum"
                | "zuhörer"
                | "leser"
                | "zuschauer"
                | "hörer"
                | "audience"
                | "listener"
                | "reader"
                | "viewer"
                | "consumption"
        );
        listeners.then_some(())?;
        tree.children(i).iter().chain(i.checked_sub(1).iter()).find_map(|c| match tree.lemma(*c).as_str() {
            "ausländisch" | "international" | "westlich" | "foreign" | "overseas" | "western" => {
                Some(Audience::Foreign)
            }
            "inländisch" | "heimisch" | "eigen" | "einheimisch" | "domestic" | "local" | "home" => {
                Some(Audience::Domestic)
            }
            _ => None,
        })
    };
    let mut near: Vec<(usize, Audience)> =
        (0..tree.len()).filter_map(|i| told(i).map(|a| (i.abs_diff(at), a))).collect();
    near.sort_by_key(|(distance, _)| *distance);
    near.first().map(|(_, audience)| *audience)
}

/// Speech acts that happened: offering, demanding, accusing, refusing, threatening, yielding.
fn witnessed(frame: &Frame<'_>, j: &Judgement) -> bool {
    use chancery_model::{EventType as T, Status};
    matches!(frame.event_type, T::Agree | T::Request | T::Accuse | T::Reject | T::Threaten | T::Concede)
        && frame.initiator.len() == 1
        && matches!(j.status, Status::Occurred | Status::Ongoing)
        && j.polarity == Polarity::Positive
        && j.certainty == Certainty::Certain
}

/// Whether the sentence says something of the event beside the attribute that passes it on.
pub(crate) fn told_otherwise(j: &Judgement) -> bool {
    !j.speeches.is_empty() || j.polarity != Polarity::Positive || j.ungoverned_subjunctive.is_some()
}

fn make(
    speaker: &Speaker,
    cue: &str,
    cue_start: Option<u32>,
    cue_end: Option<u32>,
    certainty: Certainty,
    polarity: Polarity,
    distances: bool,
) -> Link {
    Link {
        kind: speaker.kind,
        actor: speaker.actor.clone(),
        mention: speaker.mention.clone(),
        cue: cue.to_owned(),
        cue_start,
        cue_end,
        endorsement: Some(if distances { Endorsement::Distances } else { Endorsement::Neutral }),
        audience: None,
        certainty,
        polarity,
        said_from: None,
        said_to: None,
    }
}
