//! Parts of speech and morphological features of Universal Dependencies 2.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// A universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

vocabulary! {
    /// Mood of a finite verb. German Konjunktiv I is `Sub` with [`Tense::Pres`], Konjunktiv II `Sub` with [`Tense::Past`].
    Mood { Ind = "Ind", Sub = "Sub", Imp = "Imp" }
}
vocabulary! {
    /// Grammatical tense of the form.
    Tense { Pres = "Pres", Past = "Past" }
}
vocabulary! {
    /// Form of the verb.
    VerbForm { Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger" }
}
vocabulary! {
    /// Grammatical person.
    Person { First = "1", Second = "2", Third = "3" }
}
vocabulary! {
    /// Grammatical number.
    Number { Sing = "Sing", Plur = "Plur", Ptan = "Ptan" }
}
vocabulary! {
    /// Case.
    Case { Nom = "Nom", Acc = "Acc", Dat = "Dat", Gen = "Gen" }
}
vocabulary! {
    /// Gender.
    Gender { Masc = "Masc", Fem = "Fem", Neut = "Neut" }
}
vocabulary! {
    /// Voice. Only marked where the form or its auxiliary is passive.
    Voice { Pass = "Pass" }
}
vocabulary! {
    /// Polarity.
    Polarity { Neg = "Neg", Pos = "Pos" }
}
vocabulary! {
    /// Definiteness.
    Definite { Def = "Def", Ind = "Ind" }
}
vocabulary! {
    /// Type of pronoun, determiner or pronominal adverb.
    PronType {
        Art = "Art", Prs = "Prs", Dem = "Dem", DemRel = "Dem,Rel", Rel = "Rel", Int = "Int", IntRel = "Int,Rel",
        Ind = "Ind", Tot = "Tot", Neg = "Neg", Rcp = "Rcp", Emp = "Emp",
    }
}
vocabulary! {
    /// Degree of comparison.
    Degree { Pos = "Pos", Cmp = "Cmp", Sup = "Sup" }
}
vocabulary! {
    /// Type of numeral.
    NumType { Card = "Card", Ord = "Ord", Frac = "Frac", Mult = "Mult" }
}

/// The morphological features of a word. A field is `None` where the feature is not expressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats {
    /// Mood.
    pub mood: Option<Mood>,
    /// Tense.
    pub tense: Option<Tense>,
    /// Verb form.
    pub verb_form: Option<VerbForm>,
    /// Person.
    pub person: Option<Person>,
    /// Number.
    pub number: Option<Number>,
    /// Case.
    pub case: Option<Case>,
    /// Gender.
    pub gender: Option<Gender>,
    /// Voice.
    pub voice: Option<Voice>,
    /// Polarity.
    pub polarity: Option<Polarity>,
    /// Definiteness.
    pub definite: Option<Definite>,
    /// Type of pronoun.
    pub pron_type: Option<PronType>,
    /// `Poss=Yes`.
    pub poss: bool,
    /// `Reflex=Yes`.
    pub reflex: bool,
    /// Degree.
    pub degree: Option<Degree>,
    /// Type of numeral.
    pub num_type: Option<NumType>,
    /// `Foreign=Yes`.
    pub foreign: bool,
    /// `Abbr=Yes`.
    pub abbr: bool,
}

/// Runs one body for every attribute that takes a value from a vocabulary.
macro_rules! each_attribute {
    ($run:ident) => {
        $run!(case, Case, "Case");
        $run!(definite, Definite, "Definite");
        $run!(degree, Degree, "Degree");
        $run!(gender, Gender, "Gender");
        $run!(mood, Mood, "Mood");
        $run!(num_type, NumType, "NumType");
        $run!(number, Number, "Number");
        $run!(person, Person, "Person");
        $run!(polarity, Polarity, "Polarity");
        $run!(pron_type, PronType, "PronType");
        $run!(tense, Tense, "Tense");
        $run!(verb_form, VerbForm, "VerbForm");
        $run!(voice, Voice, "Voice");
    };
}

impl Feats {
    /// Number of value classes, see [`value_classes`](Self::value_classes).
    pub(crate) const VALUE_CLASSES: usize = 64;

    /// One class for every value that is set: what the morphological classifier scores.
    pub(crate) fn value_classes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut offset = 0;
        macro_rules! class {
            ($field:ident, $type:ident, $name:literal) => {
                if let Some(value) = self.$field {
                    out.push((offset + value as usize) as u8);
                }
                offset += $type::ALL.len();
            };
        }
        each_attribute!(class);
        for flag in [self.poss, self.reflex, self.foreign, self.abbr] {
            if flag {
                out.push(offset as u8);
            }
            offset += 1;
        }
        debug_assert!(offset <= Self::VALUE_CLASSES);
        out
    }

    /// Reads the FEATS column of CoNLL-U. Features outside this struct are ignored.
    pub fn parse(text: &str) -> Self {
        let mut feats = Self::default();
        for pair in text.split('|') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            macro_rules! read {
                ($field:ident, $type:ident, $name:literal) => {
                    if name == $name {
                        feats.$field = $type::parse(value);
                    }
                };
            }
            each_attribute!(read);
            match name {
                "Poss" => feats.poss = value == "Yes",
                "Reflex" => feats.reflex = value == "Yes",
                "Foreign" => feats.foreign = value == "Yes",
                "Abbr" => feats.abbr = value == "Yes",
                _ => {}
            }
        }
        feats
    }

    /// Writes the FEATS column of CoNLL-U: sorted by name, `_` when empty.
    pub fn to_conllu(self) -> String {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        macro_rules! write {
            ($field:ident, $type:ident, $name:literal) => {
                if let Some(value) = self.$field {
                    pairs.push(($name, value.as_str()));
                }
            };
        }
        each_attribute!(write);
        let flags = [("Poss", self.poss), ("Reflex", self.reflex), ("Foreign", self.foreign), ("Abbr", self.abbr)];
        pairs.extend(flags.iter().filter(|(_, on)| *on).map(|(name, _)| (*name, "Yes")));
        if pairs.is_empty() {
            return "_".to_owned();
        }
        pairs.sort_unstable_by_key(|(name, _)| name.to_lowercase());
        pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("|")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feats_survive_a_round_trip() {
        let text = "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin";
        let feats = Feats::parse(text);
        assert_eq!(feats.mood, Some(Mood::Sub));
        assert_eq!(feats.to_conllu(), text);
        assert_eq!(Feats::parse("_").to_conllu(), "_");
        assert_eq!(Feats::parse("Poss=Yes|PronType=Prs").to_conllu(), "Poss=Yes|PronType=Prs");
    }
}
