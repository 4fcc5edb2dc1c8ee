//! One convention for German: treebanks that tag and attach by other customs are brought to those of German-GSD, the
//! largest free treebank and the one others measure by.
//!
//! What PUD does otherwise is known by its part-of-speech column, which has the names of the Penn treebank. Every rule here
//! was read off both treebanks; none looks at a sentence.

use std::collections::BTreeSet;

use crate::conllu::{Block, Row};
use crate::morph::{Feats, Mood, VerbForm};

const CALENDAR: &[&str] = &[
    "Montag",
    "Dienstag",
    "Mittwoch",
    "Donnerstag",
    "Freitag",
    "Samstag",
    "Sonntag",
    "Sonnabend",
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Words that GSD keeps as adverbs although an adjective is spelled like them.
const ADVERBS: &[&str] = &[
    "ganz",
    "gerade",
    "weiter",
    "einfach",
    "lange",
    "wirklich",
    "gleich",
    "genau",
    "eben",
    "bestimmt",
    "recht",
    "ausschließlich",
    "insgesamt",
    "weiterhin",
    "natürlich",
    "eigentlich",
    "möglicherweise",
    "tatsächlich",
    "allein",
    "zuhause",
    "online",
    "nördlich",
    "südlich",
    "westlich",
    "östlich",
    "selbst",
    "einzig",
    "lieb",
    "besonders",
    "gern",
    "überhaupt",
    "etwa",
    "offenbar",
    "früher",
];

/// The adjectives of treebanks: lemmas of attributes, and of what GSD calls adjectives elsewhere.
pub(crate) fn adjectives(blocks: &[Block]) -> BTreeSet<String> {
    let rows = blocks.iter().flat_map(|b| &b.rows);
    rows.filter(|r| r.upos == "ADJ").map(|r| r.lemma.to_lowercase()).collect()
}

/// Whether the tags are PUD's.
fn is_pud(block: &Block) -> bool {
    block.rows.iter().any(|r| matches!(r.xpos.as_str(), "IN" | "DT" | "VBD" | "VBN" | "VBC" | "JJ"))
}

fn set(field: &mut String, value: &str) {
    value.clone_into(field);
}

/// A relation without its subtype.
fn base(deprel: &str) -> &str {
    deprel.split(':').next().unwrap_or(deprel)
}

/// Brings a German sentence to the conventions of GSD.
pub(crate) fn normalise(block: &mut Block, adjectives: &BTreeSet<String>) {
    let pud = is_pud(block);
    for i in 0..block.rows.len() {
        features(&mut block.rows[i]);
        let row = &block.rows[i];
        match row.upos.as_str() {
            "NOUN" if CALENDAR.contains(&row.lemma.as_str()) => set(&mut block.rows[i].upos, "PROPN"),
            "ADV" if pud && is_adjective(row, adjectives) => {
                set(&mut block.rows[i].upos, "ADJ");
                set(&mut block.rows[i].feats, "Degree=Pos");
            }
            "DET" if pud && base(&row.deprel) != "det" && matches!(row.lemma.as_str(), "der" | "dieser") => {
                let kind = if row.lemma == "der" { "PronType=Dem,Rel" } else { "PronType=Dem" };
                let feats = row.feats.split('|').filter(|f| !f.starts_with("PronType") && !f.starts_with("Defin"));
                let feats = feats.chain([kind]).collect::<Vec<_>>().join("|");
                set(&mut block.rows[i].upos, "PRON");
                block.rows[i].feats = feats;
            }
            _ => {}
        }
        let row = &block.rows[i];
        match (row.deprel.as_str(), row.lemma.as_str()) {
            ("flat:name", _) => set(&mut block.rows[i].deprel, "flat"),
            // The formal subject is a subject unless another one stands beside it.
            ("expl", "es") if !has_subject(&block.rows, row.head) => set(&mut block.rows[i].deprel, "nsubj"),
            ("acl", _) if is_relative(&block.rows, i) => set(&mut block.rows[i].deprel, "acl:relcl"),
            ("cc", "als" | "wie") if pud => comparison(&mut block.rows, i),
            _ => {}
        }
    }
}

/// Gives features that GSD has and PUD leaves out: `VerbForm` on every verb, no `Tense` on participles, `Degree` on
/// adjectives only.
fn features(row: &mut Row) {
    let mut feats = Feats::parse(&row.feats);
    match row.upos.as_str() {
        "VERB" | "AUX" => {
            if feats.mood.is_some() {
                feats.verb_form = Some(VerbForm::Fin);
                if feats.mood == Some(Mood::Imp) {
                    feats.tense = None;
                }
            } else if feats.verb_form.is_none() {
                match row.xpos.as_str() {
                    "VB" => feats.verb_form = Some(VerbForm::Inf),
                    "VBN" => feats.verb_form = Some(VerbForm::Part),
                    _ => {}
                }
            }
            if feats.verb_form == Some(VerbForm::Part) {
                feats.tense = None;
            }
        }
        "ADV" | "PART" => feats.degree = None,
        _ => {}
    }
    row.feats = feats.to_conllu();
}

/// Whether an adverb is what GSD calls an adjective used adverbially.
fn is_adjective(row: &Row, adjectives: &BTreeSet<String>) -> bool {
    let (form, lemma) = (row.form.to_lowercase(), row.lemma.to_lowercase());
    !ADVERBS.contains(&form.as_str())
        && !ADVERBS.contains(&lemma.as_str())
        && (adjectives.contains(&lemma)
            || ["lich", "isch", "los", "haft"].iter().any(|s| form.ends_with(s) && form.len() > 8))
}

/// Whether a word (counted from 1) has a subject.
fn has_subject(rows: &[Row], head: usize) -> bool {
    rows.iter().any(|r| r.head == head && matches!(base(&r.deprel), "nsubj" | "csubj"))
}

/// Whether the clause of a word has a relative pronoun or adverb, and no infinitive.
fn is_relative(rows: &[Row], i: usize) -> bool {
    let relative =
        |r: &Row| r.upos == "PRON" && r.feats.contains("Rel") && matches!(r.lemma.as_str(), "der" | "welcher" | "was");
    let below = |k: usize| rows[k].head == i + 1 || rows[k].head > 0 && rows[rows[k].head - 1].head == i + 1;
    rows[i].head <= i && (rows[i].head..i).any(|k| relative(&rows[k]) && below(k))
}

/// „als Präsident“, „wie Peking“: a case marker, and no coordination.
fn comparison(rows: &mut [Row], i: usize) {
    if rows.get(i + 1).is_some_and(|next| next.lemma == "auch") || rows[i].head <= i + 1 {
        return;
    }
    let head = rows[i].head - 1;
    if !matches!(rows[head].upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "ADJ" | "DET") {
        return;
    }
    set(&mut rows[i].upos, if rows[i].lemma == "als" { "ADP" } else { "CCONJ" });
    set(&mut rows[i].deprel, "case");
    if rows[head].deprel == "conj" {
        let above = rows.get(rows[head].head.wrapping_sub(1)).map_or("", |r| r.upos.as_str());
        let deprel = if matches!(above, "NOUN" | "PROPN" | "PRON") { "nmod" } else { "obl" };
        set(&mut rows[head].deprel, deprel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::read_conllu;

    fn normalised(conllu: &str) -> Block {
        let mut blocks = read_conllu(&conllu.replace(' ', "\t"));
        let known = BTreeSet::from(["offiziell".to_owned()]);
        normalise(&mut blocks[0], &known);
        blocks.remove(0)
    }

    #[test]
    fn pud_becomes_gsd() {
        let block = normalised(
            "1 Das der DET DT PronType=Art 4 nsubj _ _\n2 ist sein AUX VBC Mood=Ind 4 cop _ _\n3 offiziell offiziell ADV RB Degree=Pos 4 advmod _ _\n4 besser gut ADJ JJ _ 0 root _ _\n5 als als CCONJ IN _ 6 cc _ _\n6 Montag Montag NOUN NN _ 4 conj _ _\n\n",
        );
        let got: Vec<String> = block.rows.iter().map(|r| format!("{} {}", r.upos, r.deprel)).collect();
        assert_eq!(got, ["PRON nsubj", "AUX cop", "ADJ advmod", "ADJ root", "ADP case", "PROPN obl"]);
    }

    #[test]
    fn a_formal_subject_is_one_unless_another_stands_beside_it() {
        let gives = "1 Es es PRON PPER _ 2 expl _ _\n2 gibt geben VERB VVFIN _ 0 root _ _\n3 Streit Streit NOUN NN _ 2 obj _ _\n\n";
        assert_eq!(normalised(gives).rows[0].deprel, "nsubj");
        let comes = gives.replace("3 Streit Streit NOUN NN _ 2 obj", "3 Streit Streit NOUN NN _ 2 nsubj");
        assert_eq!(normalised(&comes).rows[0].deprel, "expl");
    }

    #[test]
    fn a_clause_with_a_relative_pronoun_is_one() {
        let block = normalised(
            "1 Staaten Staat NOUN NN _ 0 root _ _\n2 , , PUNCT $, _ 4 punct _ _\n3 die der PRON PRELS PronType=Dem,Rel 4 nsubj _ _\n4 liefern liefern VERB VVFIN _ 1 acl _ _\n\n",
        );
        assert_eq!(block.rows[3].deprel, "acl:relcl");
    }
}
