//! From the words of a sentence to tags, features, lemmas and a tree.

use std::borrow::Cow;

use crate::analysis::Token;
use crate::guide;
use crate::hash;
use crate::model::Parts;
use crate::morph::{Feats, Upos, VerbForm};
use crate::morphology;
use crate::nodes::Nodes;
use crate::parser::{self, Scratch};
use crate::rel::{Rel, Sub};
use crate::tagger;
use crate::words::{Word, word};
use smol_str::SmolStr;

/// Buffers kept between sentences.
#[derive(Default)]
pub(crate) struct Buffers {
    words: Vec<Word>,
    tags: Vec<u8>,
    feats: Vec<Feats>,
    lemmas: Vec<u32>,
    scratch: Scratch,
}

/// A word as the classifiers know it: straight apostrophes, and quotation marks of the typewriter as marks that open and
/// close.
pub(crate) fn straight(form: &str) -> Cow<'_, str> {
    match form {
        "``" => "„".into(),
        "''" => "“".into(),
        _ if form.len() > '’'.len_utf8() && form.contains('’') => form.replace('’', "'").into(),
        _ => form.into(),
    }
}

/// Fills in everything but form and span. A sentence has at most [`MAX_TOKENS`](crate::MAX_TOKENS) words here.
pub(crate) fn annotate(tokens: &mut [Token], parts: &Parts, buffers: &mut Buffers) {
    let n = tokens.len();
    if n == 0 {
        return;
    }
    let Buffers { words, tags, feats, lemmas, scratch } = buffers;
    words.clear();
    words.extend(tokens.iter().map(|t| word(&straight(&t.form), &parts.lexicon)));
    tagger::tag(words, &parts.tags, Upos::ALL.len(), tags);
    morphology::predict(words, tags, &parts.morphology, &parts.bundles, feats);
    lemmas.clear();
    for (i, token) in tokens.iter_mut().enumerate() {
        token.upos = Upos::ALL[usize::from(tags[i])];
        token.feats = feats[i];
        token.lemma = match token.upos {
            Upos::Punct => token.form.clone(),
            _ => parts.lemmas.lemma(&straight(&token.form), token.upos, &token.feats),
        };
        token.verb = if token.upos == Upos::Adj { participle(&token.form, parts) } else { None };
        lemmas.push(hash::bytes(token.lemma.as_bytes()));
    }
    let mut nodes = Nodes::new(words, tags, feats, lemmas);
    let (moves, labeller) = &parts.back;
    let said = guide::guides(&nodes.reversed(), n, moves, labeller, parts.labels.names.len(), scratch);
    nodes.guide(said);
    let (heads, labels) = parser::parse(&nodes, n, &parts.moves, &parts.labeller, &parts.labels, scratch);
    for (i, token) in tokens.iter_mut().enumerate() {
        token.head = (heads[i] < n).then_some(heads[i] as u32);
        (token.rel, token.sub) = parts.relations.get(usize::from(labels[i])).copied().unwrap_or((Rel::Dep, Sub::None));
    }
}

/// The infinitive of a German past participle with an adjective's ending.
fn participle(form: &str, parts: &Parts) -> Option<SmolStr> {
    if !parts.lexicon.is_german() || !form.starts_with(char::is_lowercase) {
        return None;
    }
    let stem = ["en", "er", "es", "em", "e"].iter().find_map(|ending| form.strip_suffix(ending))?;
    let known = parts.lexicon.lookup(stem).is_some_and(|entry| entry.bits & crate::lexicon::de::PART != 0);
    let feats = Feats { verb_form: Some(VerbForm::Part), ..Feats::default() };
    known.then(|| parts.lemmas.lemma(stem, Upos::Verb, &feats)).filter(|verb| verb.ends_with('n'))
}

/// A token that is nothing but a form.
pub(crate) fn bare(form: &str) -> Token {
    Token {
        start: 0,
        end: 0,
        form: form.into(),
        lemma: smol_str::SmolStr::default(),
        upos: Upos::X,
        feats: Feats::default(),
        head: None,
        rel: Rel::Dep,
        sub: Sub::None,
        space_before: true,
        verb: None,
    }
}
