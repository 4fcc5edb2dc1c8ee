//! A sentence as the rules see it: the tree of Universal Dependencies with the questions that event coding asks of it.

use chancery_text::{Case, Lang, Mood, PronType, Rel, Sentence, Sub, Tense, Token, Upos, VerbForm, contraction};
use smol_str::SmolStr;

/// A sentence with its children lists and lower-case lemmas.
pub(crate) struct Tree<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) lang: Lang,
    children: Vec<Vec<usize>>,
    lemmas: Vec<SmolStr>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(sentence: &'a Sentence, lang: Lang) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (i, token) in sentence.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head as usize].push(i);
            }
        }
        let lemmas = sentence.tokens.iter().map(|t| lower(&t.lemma)).collect();
        Self { sentence, lang, children, lemmas }
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    pub(crate) fn token_is(&self, i: usize, form: &str) -> bool {
        self.sentence.tokens.get(i).is_some_and(|t| t.form == form)
    }

    /// Lower-case lemma.
    pub(crate) fn lemma(&self, i: usize) -> &SmolStr {
        &self.lemmas[i]
    }

    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        self.token(i).head.map(|h| h as usize)
    }

    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Children in a relation.
    pub(crate) fn with_rel(&self, i: usize, rel: Rel) -> impl Iterator<Item = usize> + '_ {
        self.children[i].iter().copied().filter(move |c| self.token(*c).rel == rel)
    }

    pub(crate) fn child(&self, i: usize, rel: Rel) -> Option<usize> {
        self.with_rel(i, rel).next()
    }

    pub(crate) fn has(&self, i: usize, rel: Rel, sub: Sub) -> bool {
        self.with_rel(i, rel).any(|c| self.token(c).sub == sub)
    }

    /// The lemma of a verb with its separated particle ("greift … an": *angreifen*), whether the lemmatiser joined it or not.
    pub(crate) fn with_particle(&self, verb: usize) -> Option<String> {
        let particle = self.with_rel(verb, Rel::Compound).find(|c| self.token(*c).sub == Sub::Prt)?;
        Some(format!("{}{}", lower(&self.token(particle).form), self.lemma(verb)))
    }

    /// The preposition (or postposition) of a noun phrase, lower case; several words joined by a space.
    pub(crate) fn preposition(&self, i: usize) -> Option<SmolStr> {
        let case =
            self.with_rel(i, Rel::Case).find(|c| !matches!(self.token(*c).form.as_str(), "'s" | "’s" | "'" | "’"))?;
        let mut text = lower(&self.token(case).form).to_string();
        for fixed in self.with_rel(case, Rel::Fixed) {
            text.push(' ');
            text.push_str(&lower(&self.token(fixed).form));
        }
        Some(contraction(&text).map_or_else(|| text.into(), |(preposition, _)| preposition.into()))
    }

    /// Whether a preposition of slot `wanted` fits what the text has.
    pub(crate) fn prep_is(&self, i: usize, wanted: &str) -> bool {
        self.preposition(i).is_some_and(|p| p == wanted || p.split(' ').any(|part| part == wanted && p.len() < 20))
    }

    pub(crate) fn is_verb(&self, i: usize) -> bool {
        matches!(self.token(i).upos, Upos::Verb | Upos::Aux)
    }

    pub(crate) fn is_nominal(&self, i: usize) -> bool {
        matches!(self.token(i).upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym)
    }

    pub(crate) fn is_relative(&self, i: usize) -> bool {
        let token = self.token(i);
        matches!(token.feats.pron_type, Some(PronType::Rel | PronType::DemRel | PronType::IntRel))
            || (self.lang == Lang::En
                && matches!(self.lemma(i).as_str(), "who" | "which" | "that" | "whose" | "whom")
                && token.upos == Upos::Pron)
            || (self.lang == Lang::De
                && token.upos == Upos::Pron
                && matches!(
                    lower(&token.form).as_str(),
                    "der"
                        | "die"
                        | "das"
                        | "dem"
                        | "den"
                        | "dessen"
                        | "deren"
                        | "denen"
                        | "welche"
                        | "welcher"
                        | "welches"
                ))
    }

    /// Whether the verb stands in the passive (German `werden`-passive or participle, English `be` + participle).
    pub(crate) fn is_passive(&self, v: usize) -> bool {
        // "hatten … kritisiert": haben never makes a passive, whatever the parser thinks of the participle.
        if self.lang == Lang::De
            && self.auxiliaries(v).any(|a| self.lemma(a) == "haben")
            && !self.has(v, Rel::Aux, Sub::Pass)
        {
            return false;
        }
        if self.has(v, Rel::Nsubj, Sub::Pass) || self.has(v, Rel::Aux, Sub::Pass) || self.has(v, Rel::Csubj, Sub::Pass)
        {
            return true;
        }
        let token = self.token(v);
        let participle = token.feats.verb_form == Some(VerbForm::Part);
        // "wurde festgenommen und freigelassen": the second participle shares the auxiliary.
        if token.rel == Rel::Conj
            && participle
            && self.auxiliaries(v).next().is_none()
            && self.child(v, Rel::Nsubj).is_none()
            && let Some(head) = self.head(v).filter(|h| *h < v && self.has(*h, Rel::Aux, Sub::Pass))
        {
            return self.token(head).upos == Upos::Verb;
        }
        let past = token.feats.tense != Some(Tense::Pres);
        match token.rel {
            // "sanctions imposed by", "die verhängten Sanktionen"
            Rel::Acl if participle && past => {
                self.auxiliaries(v).next().is_none()
                    && (token.sub != Sub::Relcl || self.child(v, Rel::Nsubj).is_none())
                    && !self.children(v).iter().any(|c| self.is_relative(*c))
            }
            Rel::Amod => past && (participle || self.lang == Lang::De),
            _ => false,
        }
    }

    /// The auxiliaries, modals and copula of a predicate.
    pub(crate) fn auxiliaries(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        self.children[v].iter().copied().filter(|c| matches!(self.token(*c).rel, Rel::Aux | Rel::Cop))
    }

    /// The finite word of a predicate: itself or one of its auxiliaries.
    pub(crate) fn finite(&self, v: usize) -> Option<usize> {
        let finite =
            |i: usize| self.token(i).feats.verb_form == Some(VerbForm::Fin) || self.token(i).feats.mood.is_some();
        self.auxiliaries(v).find(|a| finite(*a)).or_else(|| Some(v).filter(|v| self.is_verb(*v) && finite(*v)))
    }

    pub(crate) fn mood(&self, v: usize) -> Option<(Mood, Option<Tense>)> {
        let finite = self.finite(v)?;
        if self.is_reportative(finite) {
            return Some((Mood::Sub, Some(Tense::Pres)));
        }
        let feats = self.token(finite).feats;
        feats.mood.map(|m| (m, feats.tense))
    }

    /// A German form that can only be Konjunktiv I in the third person ("sei", "seien", "werde", "könne").
    pub(crate) fn is_reportative(&self, i: usize) -> bool {
        self.lang == Lang::De
            && matches!(
                lower(&self.token(i).form).as_str(),
                "sei" | "seien" | "werde" | "könne" | "müsse" | "solle" | "wolle" | "dürfe" | "möge" | "gebe" | "habe"
            )
            && self.is_verb(i)
            && !(i > 0 && matches!(lower(&self.token(i - 1).form).as_str(), "ich" | "es") && self.token_is(i, "sei"))
            && !(0..self.len()).any(|j| lower(&self.token(j).form) == "ich")
    }

    /// The nearest verb, or predicate with a copula, above a word; the word itself if it is one.
    pub(crate) fn clause(&self, i: usize) -> usize {
        let mut at = i;
        for _ in 0..self.len() {
            if self.is_predicate(at) {
                return at;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return at,
            }
        }
        at
    }

    /// Whether a word heads a clause: a verb that is no auxiliary, or anything with a copula or subject.
    pub(crate) fn is_predicate(&self, i: usize) -> bool {
        let token = self.token(i);
        (token.upos == Upos::Verb && token.rel != Rel::Amod)
            || (token.upos == Upos::Aux && !matches!(token.rel, Rel::Aux | Rel::Cop))
            || self.child(i, Rel::Cop).is_some()
            || self.child(i, Rel::Nsubj).is_some()
    }

    /// From a word up to the root, the word first.
    pub(crate) fn ancestors(&self, i: usize) -> Ancestors<'_, 'a> {
        Ancestors { tree: self, at: Some(i), left: self.len() + 1 }
    }

    /// Whether `i` lies below `top` or is it.
    pub(crate) fn below(&self, i: usize, top: usize) -> bool {
        self.ancestors(i).any(|a| a == top)
    }

    /// Dative without preposition (German).
    pub(crate) fn is_dative(&self, i: usize) -> bool {
        self.token(i).feats.case == Some(Case::Dat) && self.preposition(i).is_none()
    }

    /// First and last token of the subtree, without final punctuation.
    pub(crate) fn extent(&self, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        let mut stack = vec![i];
        while let Some(at) = stack.pop() {
            first = first.min(at);
            last = last.max(at);
            stack.extend(self.children(at));
        }
        (first, last)
    }
}

/// Iterator of [`Tree::ancestors`].
pub(crate) struct Ancestors<'t, 'a> {
    tree: &'t Tree<'a>,
    at: Option<usize>,
    left: usize,
}

impl Iterator for Ancestors<'_, '_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.at?;
        // A tree has no cycles; the bound makes that independent of the parser.
        self.left = self.left.checked_sub(1)?;
        self.at = self.tree.head(at);
        Some(at)
    }
}

/// Lower case without an allocation when it is so already.
pub(crate) fn lower(text: &SmolStr) -> SmolStr {
    if text.chars().any(char::is_uppercase) { SmolStr::from(text.to_lowercase()) } else { text.clone() }
}
