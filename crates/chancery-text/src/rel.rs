//! Dependency relations: the 37 of Universal Dependencies 2, and the subtypes German and English use.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// A universal dependency relation.
    Rel {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        Case = "case", Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", Conj = "conj",
        Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod",
        Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

vocabulary! {
    /// The subtype of a relation: what follows its colon.
    Sub {
        /// No subtype.
        None = "",
        Agent = "agent", Arg = "arg", Desc = "desc", Emph = "emph", Foreign = "foreign", Lvc = "lvc",
        Name = "name", Npmod = "npmod", Outer = "outer", Pass = "pass", Poss = "poss",
        Preconj = "preconj", Predet = "predet", Prt = "prt", Pv = "pv", Redup = "redup",
        Relcl = "relcl", Tmod = "tmod", Unmarked = "unmarked", Expl = "expl",
        /// A subtype outside this list.
        Other = "other",
    }
}

/// Splits a relation as written, such as `nsubj:pass`.
///
/// An unknown relation becomes [`Rel::Dep`], an unknown subtype [`Sub::Other`].
pub fn parse_deprel(text: &str) -> (Rel, Sub) {
    let (base, sub) = text.split_once(':').unwrap_or((text, ""));
    (Rel::parse(base).unwrap_or(Rel::Dep), Sub::parse(sub).unwrap_or(Sub::Other))
}

/// Writes a relation with its subtype, such as `nsubj:pass`.
pub fn deprel(rel: Rel, sub: Sub) -> String {
    if sub == Sub::None { rel.as_str().to_owned() } else { format!("{rel}:{sub}") }
}
