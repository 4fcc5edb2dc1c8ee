//! Repairs of trees: the errors that a small greedy parser makes again and again in news German, undone by what the
//! grammar of the language leaves no doubt about. In English auxiliaries and particles are given back
//! to their verbs.

mod agreement;
mod clauses;
mod content;
mod english;

use chancery_text::{Lang, Rel, Sentence, Sub, Upos, VerbForm};

use crate::knowledge::Lexicon;
use crate::tree::lower;

/// The sentences as the rules shall see them.
pub(crate) fn repaired(sentences: &[Sentence], lang: Lang, lexicon: &Lexicon) -> Vec<Sentence> {
    let mut out = sentences.to_vec();
    for sentence in &mut out {
        lifted(sentence);
    }
    if lang == Lang::En {
        out.iter_mut().for_each(english::english);
    }
    if lang == Lang::De {
        for sentence in &mut out {
            whether(sentence);
            clauses::clauses(sentence);
            content::content_of_nouns(sentence, lexicon);
            postpositions(sentence);
            articles(sentence);
            attributes(sentence);
            relatives(sentence);
            relatives_behind_prepositions(sentence);
            auxiliaries(sentence);
            first_name_acts(sentence);
            subjects(sentence);
            agreement::roles(sentence);
        }
    }
    out
}

/// What hangs on an auxiliary belongs to its verb ("Russland hat … bombardiert").
fn lifted(sentence: &mut Sentence) {
    for at in 0..sentence.tokens.len() {
        let Some(head) = sentence.tokens[at].head.map(|h| h as usize) else { continue };
        let auxiliary = sentence.tokens[head].rel == Rel::Aux && sentence.tokens[head].upos != Upos::Part;
        let argument = matches!(
            sentence.tokens[at].rel,
            Rel::Nsubj | Rel::Obj | Rel::Iobj | Rel::Obl | Rel::Advmod | Rel::Ccomp | Rel::Xcomp | Rel::Advcl
        );
        if auxiliary && argument && sentence.tokens[head].head != Some(at as u32) {
            sentence.tokens[at].head = sentence.tokens[head].head;
        }
    }
}

/// "ob" only ever opens a clause.
fn whether(sentence: &mut Sentence) {
    for token in &mut sentence.tokens {
        if lower(&token.form) == "ob" && token.head.is_some() {
            (token.upos, token.rel, token.sub) = (Upos::Sconj, Rel::Mark, Sub::None);
            token.feats = chancery_text::Feats::default();
        }
    }
}

/// "China zuliebe", "Moskau zufolge": the word behind the name governs it.
fn postpositions(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let word = lower(&sentence.tokens[at].form);
        let noun = at - 1;
        if !matches!(word.as_str(), "zuliebe" | "zufolge" | "zugunsten" | "halber" | "entgegen" | "gegenüber")
            || !matches!(sentence.tokens[noun].upos, Upos::Noun | Upos::Propn)
            || sentence.tokens[at].rel == Rel::Case
            || below(sentence, noun, at)
            || sentence.children(noun).any(|c| sentence.tokens[c].rel == Rel::Case)
        {
            continue;
        }
        let head = sentence.tokens[at].head;
        if head == Some(noun as u32) {
            sentence.tokens[at].rel = Rel::Case;
            continue;
        }
        let token = &mut sentence.tokens[noun];
        if token.head.is_some() && matches!(token.rel, Rel::Obj | Rel::Nsubj | Rel::Conj | Rel::Iobj) {
            token.rel = Rel::Obl;
        }
        let token = &mut sentence.tokens[at];
        (token.head, token.rel, token.sub, token.upos) = (Some(noun as u32), Rel::Case, Sub::None, Upos::Adp);
    }
}

/// The head of a word.
fn head(sentence: &Sentence, word: usize) -> Option<usize> {
    sentence.tokens[word].head.map(|h| h as usize)
}

/// Whether a predicate has the auxiliary of the passive.
fn has_passive_auxiliary(sentence: &Sentence, verb: usize) -> bool {
    sentence.children(verb).any(|c| sentence.tokens[c].rel == Rel::Aux && sentence.tokens[c].sub == Sub::Pass)
}

fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn)
}

/// Whether `word` hangs somewhere below `top`.
fn below(sentence: &Sentence, word: usize, top: usize) -> bool {
    let mut at = word;
    for _ in 0..sentence.tokens.len() {
        if at == top {
            return true;
        }
        match head(sentence, at) {
            Some(above) => at = above,
            None => return false,
        }
    }
    false
}

/// "für die mit China abgestimmten UN-Sanktionen" with *die* as a pronoun: it is the article of the noun that ends the
/// phrase.
fn articles(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let article = matches!(lower(&token.form).as_str(), "der" | "die" | "das" | "den" | "dem");
        if !article || token.upos != Upos::Pron || sentence.tokens[at - 1].upos != Upos::Adp {
            continue;
        }
        let inside = |i: &usize| {
            let t = &sentence.tokens[*i];
            matches!(t.upos, Upos::Adj | Upos::Adp | Upos::Noun | Upos::Propn | Upos::Num) || t.form == "-"
        };
        let end = (at + 1..(at + 10).min(sentence.tokens.len())).take_while(inside).last();
        let Some(noun) = end.filter(|n| sentence.tokens[*n].upos == Upos::Noun) else { continue };
        if token.head == Some(noun as u32) {
            // The article of the noun already; its preposition hangs on it.
            for child in sentence.children(at).collect::<Vec<_>>() {
                sentence.tokens[child].head = Some(noun as u32);
            }
            sentence.tokens[at].upos = Upos::Det;
            continue;
        }
        if below(sentence, at, noun) {
            continue;
        }
        let (head, rel, sub) = (token.head, token.rel, token.sub);
        if head.is_some_and(|h| below(sentence, h as usize, noun)) {
            continue;
        }
        for child in sentence.children(at).collect::<Vec<_>>() {
            sentence.tokens[child].head = Some(noun as u32);
        }
        let token = &mut sentence.tokens[noun];
        (token.head, token.rel, token.sub) = (head, rel, sub);
        let token = &mut sentence.tokens[at];
        (token.head, token.rel, token.sub, token.upos) = (Some(noun as u32), Rel::Det, Sub::None, Upos::Det);
    }
}

/// "auf den von Israel annektierten Golanhöhen": what stands between article and participle belongs to the participle.
fn attributes(sentence: &mut Sentence) {
    for participle in 3..sentence.tokens.len().saturating_sub(1) {
        let token = &sentence.tokens[participle];
        let noun = participle + 1;
        let fits = token.rel == Rel::Amod
            && token.head == Some(noun as u32)
            && matches!(token.upos, Upos::Verb | Upos::Adj)
            && sentence.tokens[noun].upos == Upos::Noun;
        let name = participle - 1;
        if !fits || !matches!(sentence.tokens[name].upos, Upos::Propn | Upos::Noun) {
            continue;
        }
        // article? adjective* between the preposition and the name
        let inside = |i: &usize| matches!(sentence.tokens[*i].upos, Upos::Det | Upos::Adj | Upos::Propn | Upos::Noun);
        let Some(first) = (0..name).rev().find(|i| !inside(i)) else { continue };
        let article = first.checked_sub(1).filter(|a| {
            sentence.tokens[first].upos == Upos::Adp
                && matches!(
                    lower(&sentence.tokens[*a].form).as_str(),
                    "der" | "die" | "das" | "den" | "dem" | "des" | "ein" | "eine" | "einen" | "einem" | "einer"
                )
        });
        let Some(article) = article else { continue };
        if below(sentence, noun, name) {
            continue;
        }
        let (head, rel, sub) = (sentence.tokens[name].head, sentence.tokens[name].rel, sentence.tokens[name].sub);
        let attached = head == Some(participle as u32);
        if head.is_none() || (!attached && head.is_some_and(|h| below(sentence, h as usize, noun))) {
            continue;
        }
        let lost = !attached && matches!(sentence.tokens[noun].rel, Rel::Conj | Rel::Nmod | Rel::Appos | Rel::Dep);
        if lost {
            let token = &mut sentence.tokens[noun];
            (token.head, token.rel, token.sub) = (head, rel, sub);
        }
        let token = &mut sentence.tokens[name];
        (token.head, token.rel, token.sub) = (Some(participle as u32), Rel::Obl, Sub::None);
        sentence.tokens[first].head = Some(name as u32);
        sentence.tokens[article].head = Some(noun as u32);
        if article > 0 && sentence.tokens[article - 1].upos == Upos::Adp {
            sentence.tokens[article - 1].head = Some(noun as u32);
        }
    }
}

/// A relative pronoun behind a comma: its clause belongs to the noun in front of the comma.
fn relatives(sentence: &mut Sentence) {
    for at in 2..sentence.tokens.len() {
        let token = &sentence.tokens[at];
        let relative = token.upos == Upos::Pron
            && matches!(
                lower(&token.form).as_str(),
                "der" | "die" | "das" | "den" | "dem" | "dessen" | "deren" | "denen"
            );
        let comma = sentence.tokens[at - 1].form == ",";
        let noun = at - 2;
        if !relative || !comma || !matches!(sentence.tokens[noun].upos, Upos::Noun | Upos::Propn) {
            continue;
        }
        let Some(verb) = token.head.map(|h| h as usize).filter(|v| *v > at && sentence.tokens[*v].upos == Upos::Verb)
        else {
            continue;
        };
        let rel = sentence.tokens[verb].rel;
        let lost = matches!(rel, Rel::Obl | Rel::Obj | Rel::Nsubj | Rel::Dep | Rel::Nmod | Rel::Iobj)
            || (rel == Rel::Conj && sentence.tokens[verb].head.is_some_and(|h| h as usize <= noun));
        if lost && !below(sentence, noun, verb) {
            let token = &mut sentence.tokens[verb];
            (token.head, token.rel, token.sub) = (Some(noun as u32), Rel::Acl, Sub::Relcl);
        }
    }
}

/// "…, mit der Panama keine Beziehungen unterhält": names of states have no article, so the article is the pronoun.
fn relatives_behind_prepositions(sentence: &mut Sentence) {
    for at in 3..sentence.tokens.len().saturating_sub(1) {
        let pronoun =
            matches!(lower(&sentence.tokens[at].form).as_str(), "der" | "dem" | "denen" | "die" | "das" | "den");
        let name = at + 1;
        let fits = pronoun
            && sentence.tokens[at].upos == Upos::Det
            && sentence.tokens[at - 1].upos == Upos::Adp
            && sentence.tokens[at - 2].form == ","
            && sentence.tokens[name].upos == Upos::Propn
            && sentence.tokens[at].head == Some(name as u32)
            && matches!(sentence.tokens[at - 3].upos, Upos::Noun | Upos::Propn);
        if !fits {
            continue;
        }
        let noun = at - 3;
        let verb = (name + 1..sentence.tokens.len())
            .take_while(|i| sentence.tokens[*i].form != ",")
            .filter(|i| sentence.tokens[*i].upos == Upos::Verb)
            .last();
        let Some(verb) = verb.filter(|v| sentence.tokens[*v].head.is_some() && !below(sentence, noun, *v)) else {
            continue;
        };
        let case = at - 1;
        let token = &mut sentence.tokens[verb];
        (token.head, token.rel, token.sub) = (Some(noun as u32), Rel::Acl, Sub::Relcl);
        let token = &mut sentence.tokens[name];
        (token.head, token.rel, token.sub) = (Some(verb as u32), Rel::Nsubj, Sub::None);
        let token = &mut sentence.tokens[at];
        (token.head, token.rel, token.sub, token.upos) = (Some(verb as u32), Rel::Obl, Sub::None, Upos::Pron);
        sentence.tokens[case].head = Some(at as u32);
    }
}

/// "hat … festgenommen" with the participle below the auxiliary: the participle is the predicate.
fn auxiliaries(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.feats.verb_form != Some(VerbForm::Fin) || matches!(token.rel, Rel::Aux | Rel::Cop) {
            continue;
        }
        let wanted = match lower(&token.lemma).as_str() {
            "haben" | "sein" => VerbForm::Part,
            "werden" | "können" | "müssen" | "sollen" | "wollen" | "dürfen" | "mögen" => VerbForm::Inf,
            _ => continue,
        };
        let passive = lower(&token.lemma) == "werden";
        let children: Vec<usize> = sentence.children(verb).collect();
        let fits = |c: usize| {
            let t = &sentence.tokens[c];
            let form = t.feats.verb_form;
            c > verb
                && t.upos == Upos::Verb
                && (form == Some(wanted)
                    || (passive && form == Some(VerbForm::Part))
                    || (!passive && reads_as_participle(t)))
                && matches!(
                    t.rel,
                    Rel::Conj | Rel::Ccomp | Rel::Xcomp | Rel::Obj | Rel::Advcl | Rel::Parataxis | Rel::Dep
                )
                && !sentence.tokens[verb..c].iter().any(|t| t.form == ",")
                && !sentence.children(c).any(|g| {
                    matches!(sentence.tokens[g].rel, Rel::Cc | Rel::Mark)
                        || (sentence.tokens[g].rel == Rel::Aux
                            && sentence.tokens[g].feats.verb_form == Some(VerbForm::Fin))
                })
        };
        let Some(participle) = children.iter().copied().rev().find(|c| fits(*c)) else { continue };
        let is_passive = passive && sentence.tokens[participle].feats.verb_form == Some(VerbForm::Part);
        let (head, rel, sub) = (sentence.tokens[verb].head, sentence.tokens[verb].rel, sentence.tokens[verb].sub);
        let lower_part = &mut sentence.tokens[participle];
        if wanted == VerbForm::Part && lower_part.feats.verb_form == Some(VerbForm::Fin) {
            lower_part.feats =
                chancery_text::Feats { verb_form: Some(VerbForm::Part), ..chancery_text::Feats::default() };
        }
        (lower_part.head, lower_part.rel, lower_part.sub) = (head, rel, sub);
        for child in children {
            if child != participle {
                sentence.tokens[child].head = Some(participle as u32);
            }
        }
        let auxiliary = &mut sentence.tokens[verb];
        (auxiliary.head, auxiliary.rel) = (Some(participle as u32), Rel::Aux);
        auxiliary.sub = if is_passive { Sub::Pass } else { Sub::None };
        auxiliary.upos = Upos::Aux;
    }
}

/// "hatte diesen unterstützt": a form of the present that is also the participle.
fn reads_as_participle(token: &chancery_text::Token) -> bool {
    token.feats.verb_form == Some(VerbForm::Fin)
        && token.feats.tense == Some(chancery_text::Tense::Pres)
        && token.form.ends_with('t')
        && ["be", "ver", "er", "ent", "zer", "miss", "unter", "über", "ge", "wider", "hinter"]
            .iter()
            .any(|prefix| token.form.starts_with(prefix))
}

/// Whether a word is a bare noun phrase that a clause can have as subject or object.
fn bare(sentence: &Sentence, word: usize) -> bool {
    let token = &sentence.tokens[word];
    matches!(token.upos, Upos::Noun | Upos::Propn)
        && token.sub != Sub::Tmod
        && token.sub != Sub::Agent
        && !temporal(&lower(&token.lemma))
        && !sentence.children(word).any(|c| sentence.tokens[c].rel == Rel::Case)
}

fn temporal(lemma: &str) -> bool {
    crate::time::weekday(lemma).is_some()
        || crate::time::month(lemma).is_some()
        || matches!(
            lemma,
            "jahr"
                | "monat"
                | "woche"
                | "tag"
                | "stunde"
                | "minute"
                | "uhr"
                | "mal"
                | "abend"
                | "morgen"
                | "nacht"
                | "mittag"
                | "anfang"
                | "ende"
                | "mitte"
                | "prozent"
                | "dollar"
                | "euro"
        )
}

/// An article or pronoun that shows a case other than the nominative.
fn oblique(sentence: &Sentence, word: usize) -> bool {
    sentence.children(word).any(|c| {
        sentence.tokens[c].rel == Rel::Det
            && matches!(lower(&sentence.tokens[c].form).as_str(), "den" | "dem" | "einen" | "einem" | "des" | "eines")
    })
}

fn has_article(sentence: &Sentence, word: usize) -> bool {
    sentence.children(word).any(|c| sentence.tokens[c].rel == Rel::Det)
}

/// Two bare names without article around the finite verb: the first acts ("Saudi-Arabien soll Pakistan … gewähren").
fn first_name_acts(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() {
        if sentence.tokens[verb].upos != Upos::Verb {
            continue;
        }
        let children: Vec<usize> = sentence.children(verb).collect();
        let name =
            |c: &usize| sentence.tokens[*c].upos == Upos::Propn && bare(sentence, *c) && !has_article(sentence, *c);
        let subject = children.iter().copied().find(|c| sentence.tokens[*c].rel == Rel::Nsubj && name(c));
        let Some(subject) = subject else { continue };
        let earlier = children
            .iter()
            .copied()
            .find(|c| *c < subject && matches!(sentence.tokens[*c].rel, Rel::Obl | Rel::Obj | Rel::Iobj) && name(c));
        if let Some(first) = earlier {
            let (rel, sub) = (sentence.tokens[first].rel, sentence.tokens[first].sub);
            let token = &mut sentence.tokens[first];
            (token.rel, token.sub) = (Rel::Nsubj, Sub::None);
            let token = &mut sentence.tokens[subject];
            (token.rel, token.sub) = (if rel == Rel::Obl { Rel::Iobj } else { rel }, sub);
        }
    }
}

/// A finite verb without subject beside a bare phrase that the parser calls oblique: the phrase is the subject.
fn subjects(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() {
        let token = &sentence.tokens[verb];
        if token.upos != Upos::Verb || token.rel == Rel::Amod {
            continue;
        }
        let children: Vec<usize> = sentence.children(verb).collect();
        let finite = token.feats.verb_form == Some(VerbForm::Fin)
            || children.iter().any(|c| {
                sentence.tokens[*c].rel == Rel::Aux && sentence.tokens[*c].feats.verb_form == Some(VerbForm::Fin)
            });
        let imperative = token.feats.mood == Some(chancery_text::Mood::Imp);
        let own = children.iter().any(|c| matches!(sentence.tokens[*c].rel, Rel::Nsubj | Rel::Csubj | Rel::Expl));
        if !finite || own || imperative || token.rel == Rel::Conj {
            continue;
        }
        let passive = has_passive_auxiliary(sentence, verb);
        let candidate = |c: &usize, rels: &[Rel]| {
            rels.contains(&sentence.tokens[*c].rel) && bare(sentence, *c) && !oblique(sentence, *c)
        };
        let found = children.iter().copied().find(|c| candidate(c, &[Rel::Obl]));
        // "Demnach haben Jagdflugzeuge der Luftwaffe Hubschrauber angepeilt": of two bare phrases the first acts.
        let object = children.iter().copied().find(|c| candidate(c, &[Rel::Obj]));
        let (found, displaced) = match (found, object) {
            (Some(found), Some(object)) if object < found => (Some(object), Some(found)),
            (found, _) => (found, None),
        };
        if let Some(displaced) = displaced {
            (sentence.tokens[displaced].rel, sentence.tokens[displaced].sub) = (Rel::Obj, Sub::None);
        }
        if let Some(found) = found {
            let token = &mut sentence.tokens[found];
            (token.rel, token.sub) = (Rel::Nsubj, if passive { Sub::Pass } else { Sub::None });
        }
    }
}
