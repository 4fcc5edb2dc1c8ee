//! Who is named where: the longest known names in a sentence, each with its possible readings.

use chancery_text::{Lang, Rel, Upos};

use crate::knowledge::{EntityKind, Form, Knowledge, Reading};
use crate::tree::{Tree, lower};

/// A known name in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    /// First token.
    pub(crate) first: usize,
    /// Last token, included.
    pub(crate) last: usize,
    pub(crate) form: Form,
    /// What it can stand for.
    pub(crate) readings: Vec<Reading>,
    /// It is only the first part of a hyphen compound (*US*-Präsident).
    pub(crate) prefix: bool,
}

/// Longest names a text can have, in tokens.
const LONGEST: usize = 12;

/// All mentions of a sentence, in order, not overlapping but for the parts of a hyphen compound.
pub(crate) fn mentions(tree: &Tree<'_>, knowledge: &Knowledge) -> Vec<Mention> {
    let names = knowledge.names(tree.lang);
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        let token = tree.token(at);
        if matches!(token.upos, Upos::Punct | Upos::Sym) {
            at += 1;
            continue;
        }
        let parts = names.longest_from(&token.form);
        let mut found = None;
        if parts > 0 {
            found = longest(tree, at, parts, |text| names.get(text));
        }
        if found.is_none() {
            found = inflected(tree, at, knowledge);
        }
        // "US-Dollar", "Hong Kong dollars": a currency is nobody.
        let money = found.is_some_and(|(last, _)| {
            is_currency(tree, last + 1) || (tree.token_is(last + 1, "-") && is_currency(tree, last + 2))
        });
        if let Some((last, readings)) = found
            && !money
            && let Some(mention) = settle(tree, at, last, readings, knowledge)
        {
            out.push(mention);
            at = last + 1;
            continue;
        }
        out.extend(compound(tree, at, knowledge));
        at += 1;
    }
    out
}

fn is_currency(tree: &Tree<'_>, i: usize) -> bool {
    i < tree.len()
        && matches!(
            tree.lemma(i).as_str(),
            "dollar"
                | "dollars"
                | "franken"
                | "franc"
                | "francs"
                | "krone"
                | "kronen"
                | "yen"
                | "won"
                | "rupie"
                | "rubel"
                | "pfund"
                | "lira"
                | "peso"
        )
}

/// The longest run of tokens from `at` that is a known form.
fn longest<'k>(
    tree: &Tree<'_>,
    at: usize,
    parts: usize,
    get: impl Fn(&str) -> &'k [Reading],
) -> Option<(usize, &'k [Reading])> {
    let mut text = String::new();
    let mut best = None;
    // Hyphens, points and apostrophes may be tokens of their own.
    let limit = (parts * 2 + 1).min(LONGEST);
    for last in at..(at + limit).min(tree.len()) {
        let token = tree.token(last);
        if last > at && token.space_before {
            text.push(' ');
        }
        text.push_str(&token.form);
        let readings = get(&text);
        if !readings.is_empty() {
            best = Some((last, readings));
        }
    }
    best
}

/// A German genitive or possessive in -s or an apostrophe that the files do not list ("Selenskyjs", "Tokios").
fn inflected<'k>(tree: &Tree<'_>, at: usize, knowledge: &'k Knowledge) -> Option<(usize, &'k [Reading])> {
    if tree.lang != Lang::De {
        return None;
    }
    let token = tree.token(at);
    let form = token.form.as_str();
    if !form.starts_with(char::is_uppercase) || !matches!(token.upos, Upos::Propn | Upos::Noun | Upos::X) {
        return None;
    }
    let names = knowledge.names(Lang::De);
    let base = form.strip_suffix('s').or_else(|| form.strip_suffix(['\'', '’']))?;
    let readings = names.get(base);
    if readings.iter().any(|r| r.form != Form::Adjective) {
        return Some((at, readings));
    }
    None
}

/// "Flughafen Bagdad", "Baghdad airport": the name of a capital that tells where a thing stands, not who acts.
fn names_locality(tree: &Tree<'_>, first: usize, last: usize) -> bool {
    let lemma = |i: Option<usize>| i.filter(|i| *i < tree.len()).map(|i| tree.lemma(i).as_str());
    match tree.lang {
        Lang::De => matches!(
            lemma(first.checked_sub(1)),
            Some(
                "flughafen"
                    | "hafen"
                    | "bahnhof"
                    | "stadt"
                    | "hauptstadt"
                    | "hafenstadt"
                    | "grenzstadt"
                    | "provinz"
                    | "region"
                    | "gefängnis"
                    | "vorort"
                    | "bezirk"
                    | "stadtteil"
                    | "raum"
                    | "großraum"
                    | "universität"
                    | "gebiet"
            )
        ),
        Lang::En => matches!(
            lemma(Some(last + 1)),
            Some(
                "airport"
                    | "port"
                    | "station"
                    | "province"
                    | "region"
                    | "prison"
                    | "suburb"
                    | "district"
                    | "university"
                    | "airfield"
            )
        ),
    }
}

/// Chooses how a form is meant here and drops it where it is part of something else.
fn settle(tree: &Tree<'_>, first: usize, last: usize, readings: &[Reading], knowledge: &Knowledge) -> Option<Mention> {
    let head = head_of(tree, first, last);
    let token = tree.token(head);
    let modifies = match tree.lang {
        Lang::De => token.upos == Upos::Adj || token.rel == Rel::Amod,
        Lang::En => token.upos == Upos::Adj || matches!(token.rel, Rel::Amod | Rel::Compound) || next_noun(tree, last),
    };
    let has = |form: Form| readings.iter().any(|r| r.form == form);
    let form = if has(Form::Adjective) && (modifies || !(has(Form::Demonym) || has(Form::Name))) {
        Form::Adjective
    } else if has(Form::Name) {
        Form::Name
    } else if has(Form::Metonym) {
        Form::Metonym
    } else if has(Form::Demonym) {
        Form::Demonym
    } else if has(Form::Adjective) {
        Form::Adjective
    } else {
        Form::Place
    };
    // "turkey", "polish", "china": a name in English keeps its capital; German nouns prove nothing.
    let capital = |i: usize| tree.token(i).form.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if form != Form::Adjective && first == last && !capital(first) {
        return None;
    }
    if token.upos == Upos::Verb {
        return None;
    }
    let mut readings: Vec<Reading> = readings.iter().filter(|r| r.form == form).copied().collect();
    let kind = |r: &Reading| knowledge.actors.entities[r.entity as usize].kind;
    // A state or body of that name comes before a person or an outlet of that name.
    if readings.iter().any(|r| kind(r) == EntityKind::State) && form == Form::Name {
        readings.retain(|r| kind(r) == EntityKind::State);
    }
    // "National Security Council" is no organ of the United Nations.
    let national = first > 0
        && matches!(
            lower(&tree.token(first - 1).form).as_str(),
            "national" | "nationaler" | "nationalen" | "nationale" | "federal" | "supreme"
        );
    if national && readings.iter().any(|r| kind(r) == EntityKind::Body) {
        return None;
    }
    // Part of a longer unknown proper name ("Air China", "Bank of China" stay what they are).
    if form == Form::Name
        && first == last
        && readings.iter().all(|r| kind(r) != EntityKind::Person)
        && inside_name(tree, first, knowledge)
    {
        return None;
    }
    let form = if form == Form::Metonym && names_locality(tree, first, last) { Form::Place } else { form };
    Some(Mention { first, last, form, readings, prefix: false })
}

/// The word of a span whose head lies outside of it.
pub(crate) fn head_of(tree: &Tree<'_>, first: usize, last: usize) -> usize {
    (first..=last).find(|i| tree.head(*i).is_none_or(|h| h < first || h > last)).unwrap_or(first)
}

fn next_noun(tree: &Tree<'_>, last: usize) -> bool {
    last + 1 < tree.len()
        && tree.token(last + 1).space_before
        && tree.token(last + 1).upos == Upos::Noun
        && tree.head(last) == Some(last + 1)
}

/// Whether a single-word state name is glued into an unknown proper name.
fn inside_name(tree: &Tree<'_>, at: usize, knowledge: &Knowledge) -> bool {
    let token = tree.token(at);
    if !matches!(token.rel, Rel::Flat | Rel::Compound) {
        return false;
    }
    tree.head(at).is_some_and(|h| {
        let head = &tree.token(h).form;
        // Two states side by side are two ("hat China Russland …"), not one name.
        let known = knowledge.names(tree.lang).get(head).iter().any(|r| matches!(r.form, Form::Name | Form::Metonym));
        tree.token(h).upos == Upos::Propn && head.starts_with(char::is_uppercase) && !known
    }) && tree.lang == Lang::De
}

/// The actors in the parts of a hyphen compound: "US-Präsident", "russisch-nordkoreanische", "Russian-backed".
fn compound(tree: &Tree<'_>, at: usize, knowledge: &Knowledge) -> Vec<Mention> {
    let form = tree.token(at).form.as_str();
    let mut out = Vec::new();
    if !form.contains(['-', '‑', '–']) {
        return out;
    }
    let names = knowledge.names(tree.lang);
    let parts: Vec<&str> = form.split(['-', '‑', '–']).collect();
    for (n, part) in parts.iter().enumerate() {
        if n + 1 == parts.len() {
            // "russisch-nordkoreanische": the last part inflects.
            let adjectives: Vec<Reading> =
                names.get(part).iter().filter(|r| r.form == Form::Adjective).copied().collect();
            if !adjectives.is_empty() && !out.is_empty() {
                out.push(Mention { first: at, last: at, form: Form::Adjective, readings: adjectives, prefix: true });
            }
        } else if let Some(entity) = names.prefix(part) {
            let reading = Reading { entity, form: Form::Adjective, weak: false };
            out.push(Mention { first: at, last: at, form: Form::Adjective, readings: vec![reading], prefix: true });
        }
    }
    out
}
