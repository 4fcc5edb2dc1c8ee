//! Who says so: predicates of speech, prepositions and adverbs, direct speech, reported headlines, and the Konjunktiv
//! that carries a speaker on across sentences. The result is a chain, outermost speaker first.

use chancery_model::{ActorCode, Attribution, Audience, Certainty, Endorsement, HolderKind, Link, Polarity};
use chancery_text::{CodePoints, Lang, Rel, Upos};
use smol_str::SmolStr;

use crate::event::Frame;
use crate::factuality::Judgement;
use crate::knowledge::{CueKind, CueRow, Embed, EntityKind, Takes};
use crate::resolve::Resolved;
use crate::tree::lower;
use crate::view::{Level, View};

/// A speaker as found in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Speaker {
    pub(crate) kind: HolderKind,
    pub(crate) actor: Option<ActorCode>,
    pub(crate) mention: String,
}

impl Speaker {
    pub(crate) fn unnamed(mention: &str) -> Self {
        Self { kind: HolderKind::Unnamed, actor: None, mention: mention.to_owned() }
    }
}

/// What carries over from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// The last speaker of the text, with the paragraph it spoke in.
    pub(crate) last: Option<(Speaker, u32)>,
}

/// Direct speech in the text: byte ranges between quotation marks that hold whole clauses.
pub(crate) struct Quotations(Vec<(usize, usize)>);

impl Quotations {
    /// Pairs the quotation marks of a text; an unclosed one ends with its paragraph.
    pub(crate) fn find(text: &str) -> Self {
        let mut out = Vec::new();
        let mut open: Option<usize> = None;
        let mut previous = ' ';
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map_or(' ', |(_, c)| *c);
            match c {
                '„' | '«' | '“' | '"' | '”' | '»' => {
                    let opens = match c {
                        '„' => true,
                        '“' | '«' | '"' | '»' => open.is_none() && !next.is_whitespace(),
                        _ => false,
                    };
                    match open {
                        Some(start) if c != '„' => {
                            out.push((start, at));
                            open = None;
                        }
                        _ if opens => open = Some(at + c.len_utf8()),
                        _ => {}
                    }
                }
                '\n' if previous == '\n' => {
                    if let Some(start) = open.take() {
                        out.push((start, at));
                    }
                }
                _ => {}
            }
            previous = c;
        }
        if let Some(start) = open {
            out.push((start, text.len()));
        }
        Self(out)
    }

    /// The quotation that holds a byte.
    fn around(&self, at: usize) -> Option<(usize, usize)> {
        let n = self.0.partition_point(|(_, end)| *end <= at);
        self.0.get(n).copied().filter(|(start, end)| *start <= at && at < *end)
    }
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

/// A cue of `cues.tsv` in a sentence.
pub(crate) struct Cue<'a> {
    pub(crate) row: &'a CueRow,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) speaker: Speaker,
    /// Words of the speaker: events inside are not what is said.
    pub(crate) inside: Option<usize>,
}

/// All prepositional and adverbial cues of a sentence.
pub(crate) fn cues<'a>(view: &View<'a>, text: &str) -> Vec<Cue<'a>> {
    let tree = view.tree();
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let form = lower(&tree.token(at).form);
        let found = view
            .lexicon()
            .cues
            .get(&form)
            .and_then(|rows| rows.iter().find_map(|row| Some((row, spans(tree, row, at)?))));
        let Some((row, (last, gap))) = found else {
            at += 1;
            continue;
        };
        let cue = match gap {
            Some(gap) => Some(inside_cue(view, row, at, last, gap, text)),
            None => cue(view, row, at, last, text),
        };
        out.extend(cue);
        at = last + 1;
    }
    out
}

/// Longest speaker that a cue can have inside ("nach … Angaben").
const GAP: usize = 4;

/// The last word of a cue that begins at `at`, and the words that its dots stand for.
fn spans(tree: &crate::tree::Tree<'_>, row: &CueRow, at: usize) -> Option<(usize, Option<(usize, usize)>)> {
    let is = |i: usize, w: &SmolStr| i < tree.len() && lower(&tree.token(i).form) == *w;
    let dots = row.words.iter().position(|w| w == "…");
    let Some(dots) = dots else {
        let fits = row.words.iter().enumerate().all(|(n, w)| is(at + n, w));
        return fits.then(|| (at + row.words.len() - 1, None));
    };
    if !row.words[..dots].iter().enumerate().all(|(n, w)| is(at + n, w)) {
        return None;
    }
    let (start, tail) = (at + dots, &row.words[dots + 1..]);
    (start + 1..=start + GAP).find_map(|end| {
        let fits = tail.iter().enumerate().all(|(n, w)| is(end + n, w));
        fits.then(|| (end + tail.len() - 1, Some((start, end))))
    })
}

/// "nach polnischen Angaben", "in Moscow's view", "by its own account": the speaker stands inside the cue.
fn inside_cue<'a>(
    view: &View<'_>,
    row: &'a CueRow,
    first: usize,
    last: usize,
    (start, end): (usize, usize),
    text: &str,
) -> Cue<'a> {
    let tree = view.tree();
    let mention = text[tree.token(start).start as usize..tree.token(end - 1).end as usize].to_owned();
    let named = (start..end).find_map(|i| {
        view.scene.mentions_at(i).find_map(|(_, r)| match r {
            Resolved::Actor { code, kind } if *kind != EntityKind::Outlet && !code.is_nonstate() => Some(code.clone()),
            _ => None,
        })
    });
    let owned = || {
        let head = (start..=last).find(|i| tree.token(*i).feats.poss).and_then(|i| tree.head(i))?;
        view.owners(head, 1).into_iter().find(|a| a.level == Level::State).map(|a| a.code)
    };
    let described = || {
        let head = (start..end).rev().find(|i| tree.is_nominal(*i))?;
        view.actors(head).into_iter().find(|a| a.level == Level::State).map(|a| a.code)
    };
    let speaker = match named.or_else(described).or_else(owned) {
        Some(code) => Speaker { kind: HolderKind::State, actor: Some(code), mention },
        None => Speaker { kind: HolderKind::Unnamed, actor: None, mention },
    };
    Cue { row, first, last, speaker, inside: None }
}

/// Which words only name a source: the cues and their speakers.
pub(crate) fn spoken(view: &View<'_>, cues: &[Cue<'_>]) -> Vec<bool> {
    let mut out = vec![false; view.tree().len()];
    for cue in cues {
        let (mut first, mut last) = (cue.first, cue.last);
        if let Some(head) = cue.inside {
            let (from, to) = phrase_span(view, head);
            (first, last) = (first.min(from), last.max(to));
        }
        out[first..=last].fill(true);
    }
    out
}

fn cue<'a>(view: &View<'a>, row: &'a CueRow, first: usize, last: usize, text: &str) -> Option<Cue<'a>> {
    let tree = view.tree();
    let length = row.words.len();
    if length == 1 && row.words[0] == "so" {
        // ", so der Minister": only behind a comma or quotation mark and before a noun phrase that ends the clause.
        let after_comma = first > 0 && tree.token(first - 1).upos == Upos::Punct;
        let noun =
            (last + 1..(last + 4).min(tree.len())).any(|i| matches!(tree.token(i).upos, Upos::Noun | Upos::Propn));
        let verb_next = tree.token((last + 1).min(tree.len() - 1)).upos == Upos::Verb
            || tree.token((last + 1).min(tree.len() - 1)).upos == Upos::Aux
            || matches!(tree.token((last + 1).min(tree.len() - 1)).upos, Upos::Adj | Upos::Adv);
        if !after_comma || !noun || verb_next {
            return None;
        }
    }
    let head = match row.takes {
        Takes::Before => speaker_behind(view, first, last),
        Takes::After => speaker_before(view, first),
    };
    let named_in_cue = row.kind == CueKind::Report || head.is_none();
    let speaker = match head {
        Some(head) => speaker(view, head, text),
        None if named_in_cue => {
            Speaker::unnamed(&text[tree.token(first).start as usize..tree.token(last).end as usize])
        }
        None => return None,
    };
    Some(Cue { row, first, last, speaker, inside: head })
}

/// The noun phrase behind a cue: the head of what follows.
fn speaker_behind(view: &View<'_>, first: usize, last: usize) -> Option<usize> {
    let tree = view.tree();
    // The cue's own noun takes a genitive ("nach Angaben der Regierung"), the preposition its noun ("laut Kiew").
    for i in (first..=last).rev() {
        let nominal = matches!(tree.token(i).upos, Upos::Noun | Upos::Propn);
        if nominal {
            let owned = tree.with_rel(i, Rel::Nmod).find(|c| *c > last);
            if owned.is_some() {
                return owned;
            }
        }
        if matches!(tree.token(i).rel, Rel::Case | Rel::Mark | Rel::Fixed | Rel::Advmod)
            && let Some(head) = tree.head(i)
            && head > last
            && matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::X)
        {
            return Some(head);
        }
    }
    // Otherwise the first noun behind, before any verb.
    for i in last + 1..(last + 7).min(tree.len()) {
        match tree.token(i).upos {
            Upos::Noun | Upos::Propn | Upos::Pron => {
                // The head of that noun phrase may stand further right ("US officials").
                let mut head = i;
                while let Some(up) = tree.head(head) {
                    let within = up > head
                        && up < last + 9
                        && matches!(tree.token(head).rel, Rel::Compound | Rel::Amod | Rel::Flat | Rel::Nmod);
                    if !within {
                        break;
                    }
                    head = up;
                }
                return Some(head);
            }
            Upos::Verb | Upos::Aux => return None,
            Upos::Punct if tree.token(i).form == "," => return None,
            _ => {}
        }
    }
    None
}

/// "dem Ministerium zufolge": the noun phrase in front of the cue.
fn speaker_before(view: &View<'_>, first: usize) -> Option<usize> {
    let tree = view.tree();
    if let Some(head) = tree.head(first)
        && head < first
        && matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Pron)
    {
        return Some(head);
    }
    let mut best = None;
    for i in (first.saturating_sub(7)..first).rev() {
        match tree.token(i).upos {
            Upos::Noun | Upos::Propn | Upos::Pron => best = Some(i),
            Upos::Verb | Upos::Aux => break,
            Upos::Punct if tree.token(i).form == "," => break,
            _ => {}
        }
    }
    best
}

/// The speaker that a noun phrase names.
pub(crate) fn speaker(view: &View<'_>, head: usize, text: &str) -> Speaker {
    let tree = view.tree();
    let head = view.referent(head);
    let (first, last) = phrase_span(view, head);
    let mention = text[tree.token(first).start as usize..tree.token(last).end as usize].to_owned();
    let state = view.actors(head).into_iter().find(|a| a.level == Level::State);
    if let Some(actor) = state {
        return Speaker { kind: HolderKind::State, actor: Some(actor.code), mention };
    }
    if view.role(head) == Some(crate::knowledge::Role::StatePerson)
        && let Some(actor) = view.owners(head, 1).into_iter().find(|a| a.level == Level::State)
    {
        return Speaker { kind: HolderKind::State, actor: Some(actor.code), mention };
    }
    let nonstate = view.actors(head).into_iter().next().map(|a| a.code).filter(ActorCode::is_nonstate);
    let outlet = (first..=last)
        .any(|i| view.scene.mentions_at(i).any(|(_, r)| matches!(r, Resolved::Actor { kind: EntityKind::Outlet, .. })));
    let proper = outlet || (first..=last).any(|i| tree.token(i).upos == Upos::Propn);
    Speaker { kind: if proper { HolderKind::Named } else { HolderKind::Unnamed }, actor: nonstate, mention }
}

/// The words of a noun phrase without its clauses.
fn phrase_span(view: &View<'_>, head: usize) -> (usize, usize) {
    let tree = view.tree();
    let (mut first, mut last) = (head, head);
    let mut stack = vec![head];
    while let Some(at) = stack.pop() {
        first = first.min(at);
        last = last.max(at);
        for &child in tree.children(at) {
            let rel = tree.token(child).rel;
            let part = matches!(
                rel,
                Rel::Amod | Rel::Det | Rel::Compound | Rel::Flat | Rel::Nmod | Rel::Appos | Rel::Nummod | Rel::Case
            ) && !(rel == Rel::Case && at == head);
            if part && child.abs_diff(head) < 14 {
                stack.push(child);
            }
        }
    }
    (first, last)
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
        if inside {
            continue;
        }
        let (words, cue_start, cue_end) = cue_words(cue.first, cue.last);
        // An opinion ("nach Ansicht von …") is its holder's own and firm.
        let certainty = if cue.row.kind == CueKind::Report && cue.inside.is_none() && cue.speaker.actor.is_none() {
            Certainty::Uncommitted
        } else {
            j.certainty
        };
        links.insert(
            0,
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

/// "…, stellt der Experte fest.", "…, the minister said.": a speaker who closes the sentence speaks all of it.
fn closing(view: &View<'_>, at: usize, j: &Judgement, context: &Context<'_>) -> Option<Link> {
    let tree = view.tree();
    let verb = (at + 1..tree.len()).rev().find(|v| {
        tree.is_verb(*v)
            && !matches!(tree.token(*v).rel, Rel::Aux | Rel::Cop)
            && (speaks(view, *v) || describes(tree, *v))
    })?;
    let comma = |i: usize| tree.token(i).form == ",";
    // English: what stands between the last comma and the verb speaks ("…, people familiar with the matter said").
    let behind_comma = || {
        let open = (0..verb).rev().find(|i| comma(*i) || matches!(tree.token(*i).form.as_str(), "\"" | "”"))?;
        let plain = open + 9 > verb && (open + 1..verb).all(|i| !tree.is_verb(i));
        (open + 1..verb).find(|i| plain && tree.is_nominal(*i))
    };
    let subject = match tree.lang {
        Lang::En => behind_comma().or_else(|| crate::factuality::speakers(view, verb).first().copied()),
        Lang::De => crate::factuality::speakers(view, verb).first().copied(),
    }?;
    let opened = match tree.lang {
        Lang::De => verb > 0 && comma(verb - 1) && subject > verb,
        Lang::En => {
            let first = if behind_comma() == Some(subject) { subject } else { tree.extent(subject).0.min(subject) };
            behind_comma() == Some(subject)
                || first > 0
                    && (comma(first - 1) || matches!(tree.token(first - 1).form.as_str(), "\"" | "”" | "“"))
                    && subject < verb
                || verb > 0 && comma(verb - 1) && subject > verb
        }
    };
    // Nothing is told behind it but who and where.
    let told = (verb + 1..tree.len())
        .any(|i| tree.is_verb(i) && tree.token(i).feats.verb_form == Some(chancery_text::VerbForm::Fin));
    if !opened || told {
        return None;
    }
    Some(make(
        &speaker(view, subject, context.text),
        tree.token(verb).form.as_str(),
        None,
        None,
        j.certainty,
        j.polarity,
        false,
    ))
}

/// Verbs that only close a quotation: "…, beschreibt der Experte das Verhalten".
fn describes(tree: &crate::tree::Tree<'_>, verb: usize) -> bool {
    matches!(
        tree.lemma(verb).as_str(),
        "beschreiben"
            | "schildern"
            | "urteilen"
            | "resümieren"
            | "zitieren"
            | "schreiben"
            | "meinen"
            | "finden"
            | "describe"
            | "write"
            | "recall"
            | "conclude"
            | "add"
    )
}

/// Direct speech: the event stands in a quotation that holds its whole clause; the speaker is the subject of a verb of
/// speech outside of it in this sentence, else the last speaker.
fn quoted(view: &View<'_>, at: usize, j: &Judgement, context: &Context<'_>) -> Option<Link> {
    let tree = view.tree();
    let (start, end) = context.quotations.around(tree.token(at).start as usize)?;
    let inside = |i: usize| (start..end).contains(&(tree.token(i).start as usize));
    let clause = tree.clause(at);
    // Single quoted words are the author's irony or a name, not a speech.
    if !inside(clause) || !(tree.is_verb(clause) || tree.finite(clause).is_some()) {
        return None;
    }
    let speaking = (0..tree.len()).filter(|i| !inside(*i) && tree.is_verb(*i)).find(|i| speaks(view, *i));
    let (found, word) = match speaking {
        Some(verb) => (crate::factuality::speakers(view, verb).first().map(|s| speaker(view, *s, context.text)), verb),
        None => (None, at),
    };
    let found = found.or_else(|| {
        context
            .voice
            .last
            .as_ref()
            .filter(|(_, p)| *p + 1 >= view.scene.tree.sentence.paragraph)
            .map(|(s, _)| s.clone())
    });
    let found = found.unwrap_or_else(|| Speaker::unnamed(""));
    let cue = if speaking.is_some() { tree.token(word).form.as_str() } else { "„“" };
    Some(make(&found, cue, None, None, j.certainty, j.polarity, false))
}

/// Whether a word is a verb of speech of whatever kind.
pub(crate) fn speaks(view: &View<'_>, verb: usize) -> bool {
    let tree = view.tree();
    let prt = tree.with_particle(verb);
    let rows = |key: &str| view.lexicon().embeddings.get(key).map_or(&[][..], Vec::as_slice);
    prt.as_deref().map_or(&[][..], rows).iter().chain(rows(tree.lemma(verb))).any(|r| {
        matches!(
            r.kind,
            Embed::Say
                | Embed::Endorse
                | Embed::Claim
                | Embed::Deny
                | Embed::Believe
                | Embed::Warn
                | Embed::Demand
                | Embed::Accuse
                | Embed::Promise
                | Embed::Doubt
        )
    })
}

/// "Seoul: North Korea fires missile": a short actor before a colon at the head of a line.
fn headline_speaker(view: &View<'_>, at: usize, text: &str) -> Option<(Speaker, usize, usize)> {
    let tree = view.tree();
    let colon = (1..tree.len().min(6)).find(|i| tree.token(*i).form == ":")?;
    if at < colon {
        return None;
    }
    let head = (0..colon)
        .find(|i| {
            matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn)
                && tree.head(*i).is_none_or(|h| {
                    h >= colon || h == *i || tree.token(h).upos == Upos::Verb || tree.token(*i).rel == Rel::Root
                })
        })
        .or_else(|| (0..colon).find(|i| matches!(tree.token(*i).upos, Upos::Noun | Upos::Propn)))?;
    let no_verb = (0..colon).all(|i| !tree.is_verb(i));
    let speaker = speaker(view, head, text);
    (no_verb && speaker.kind == HolderKind::State).then_some((speaker, 0, colon))
}

/// The speaker that the next sentence may continue.
pub(crate) fn last_speaker(view: &View<'_>, cues: &[Cue<'_>], text: &str) -> Option<Speaker> {
    let tree = view.tree();
    if let Some(cue) = cues.first() {
        return Some(cue.speaker.clone());
    }
    let verb =
        (0..tree.len()).filter(|i| tree.is_verb(*i) && speaks(view, *i)).min_by_key(|i| tree.ancestors(*i).count())?;
    let head = crate::factuality::speakers(view, verb).first().copied()?;
    let german_people = tree.lang == Lang::De || tree.is_nominal(head);
    german_people.then(|| speaker(view, head, text))
}
