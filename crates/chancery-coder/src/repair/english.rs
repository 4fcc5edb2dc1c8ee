//! Repairs of English trees: auxiliaries and particles that the parser took for words of their own.

use chancery_text::{Rel, Sentence, Sub, Upos, VerbForm};

use super::head;
use crate::tree::lower;

/// All repairs of English.
pub(crate) fn english(sentence: &mut Sentence) {
    for verb in 0..sentence.tokens.len() {
        auxiliary(sentence, verb);
    }
    particles(sentence);
}

/// "At no time did Austria send …", "has by no means lifted …": *do* and *have* as the head of the verb that they serve.
fn auxiliary(sentence: &mut Sentence, auxiliary: usize) {
    let form = lower(&sentence.tokens[auxiliary].form);
    let (does, has) = (matches!(form.as_str(), "do" | "does" | "did"), matches!(form.as_str(), "has" | "have" | "had"));
    if !(does || has) || matches!(sentence.tokens[auxiliary].rel, Rel::Aux | Rel::Cop) {
        return;
    }
    let children: Vec<usize> = sentence.children(auxiliary).collect();
    let fits = |c: usize| {
        let t = &sentence.tokens[c];
        let participle = t.feats.verb_form == Some(VerbForm::Part) || t.form.ends_with("ed");
        c > auxiliary
            && t.upos == Upos::Verb
            && matches!(t.rel, Rel::Xcomp | Rel::Ccomp)
            && if does { t.feats.verb_form == Some(VerbForm::Inf) } else { participle }
            && !sentence.tokens[auxiliary..c].iter().any(|t| t.form == ",")
            && !sentence.children(c).any(|g| matches!(sentence.tokens[g].rel, Rel::Mark | Rel::Aux | Rel::Nsubj))
    };
    let Some(verb) = children.iter().copied().find(|c| fits(*c)) else { return };
    let object = children.iter().copied().find(|c| sentence.tokens[*c].rel == Rel::Obj);
    let subject = children.iter().any(|c| sentence.tokens[*c].rel == Rel::Nsubj);
    match object {
        // "had the ship seized": somebody else's doing.
        Some(_) if has || subject => return,
        Some(object) if auxiliary < object && object < verb => sentence.tokens[object].rel = Rel::Nsubj,
        Some(_) => return,
        None => {}
    }
    let (above, rel, sub) =
        (sentence.tokens[auxiliary].head, sentence.tokens[auxiliary].rel, sentence.tokens[auxiliary].sub);
    let token = &mut sentence.tokens[verb];
    (token.head, token.rel, token.sub) = (above, rel, sub);
    for child in children.into_iter().filter(|c| *c != verb) {
        sentence.tokens[child].head = Some(verb as u32);
    }
    let token = &mut sentence.tokens[auxiliary];
    (token.head, token.rel, token.sub, token.upos) = (Some(verb as u32), Rel::Aux, Sub::None, Upos::Aux);
}

/// "cut off gas supplies": *off* right behind such a verb is its particle, and what the parser took for its phrase the object.
fn particles(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let verb = at - 1;
        let takes_off = matches!(
            lower(&sentence.tokens[verb].form).as_str(),
            "cut"
                | "cuts"
                | "cutting"
                | "broke"
                | "broken"
                | "break"
                | "breaks"
                | "breaking"
                | "call"
                | "called"
                | "calls"
        );
        let fits = takes_off
            && sentence.tokens[verb].upos == Upos::Verb
            && lower(&sentence.tokens[at].form) == "off"
            && sentence.tokens[at].rel == Rel::Case;
        let Some(noun) = head(sentence, at).filter(|n| fits && head(sentence, *n) == Some(verb)) else { continue };
        let token = &mut sentence.tokens[at];
        (token.head, token.rel, token.sub) = (Some(verb as u32), Rel::Compound, Sub::Prt);
        if sentence.tokens[noun].rel == Rel::Obl && !sentence.children(verb).any(|c| sentence.tokens[c].rel == Rel::Obj)
        {
            (sentence.tokens[noun].rel, sentence.tokens[noun].sub) = (Rel::Obj, Sub::None);
        }
    }
}
