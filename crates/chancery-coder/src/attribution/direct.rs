//! Direct speech and the speaker who closes a sentence.

use super::speaker::{Speaker, speaker, speaks};
use super::{Context, make};
use crate::factuality::Judgement;
use crate::view::View;
use chancery_model::Link;
use chancery_text::{Lang, Rel};

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

/// "…, stellt der Experte fest.", "…, the minister said.": a speaker who closes the sentence speaks all of it.
pub(super) fn closing(view: &View<'_>, at: usize, j: &Judgement, context: &Context<'_>) -> Option<Link> {
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
pub(super) fn quoted(view: &View<'_>, at: usize, j: &Judgement, context: &Context<'_>) -> Option<Link> {
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
