//! `xtask treebank check`: a UD-style check of the project's own treebanks.

use std::path::{Path, PathBuf};

use chancery_text::{Block, Lang, Upos};

use crate::args::Args;
use crate::error::TaskError;
use crate::eval_parse::{base, feature};

pub(crate) const HELP: &str = "\
usage: cargo xtask treebank check [FILE…]

Checks CoNLL-U files (data/treebanks/LANG/*.conllu without FILE): trees with one root, relations and features that the part of
speech allows, forms that are those of the text, agreement of German noun phrases, length.
";

/// Longest sentence.
const LONGEST: usize = 60;

/// Relations without subtype (Universal Dependencies 2).
const RELATIONS: &[&str] = &[
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "root",
    "vocative",
    "xcomp",
];

/// Subtypes in use.
const SUBTYPES: &[&str] = &[
    "acl:relcl",
    "advcl:relcl",
    "aux:pass",
    "cc:preconj",
    "compound:prt",
    "csubj:pass",
    "det:poss",
    "det:predet",
    "expl:pv",
    "nmod:desc",
    "nmod:poss",
    "nmod:unmarked",
    "nsubj:outer",
    "nsubj:pass",
    "obl:agent",
    "obl:arg",
    "obl:tmod",
    "obl:unmarked",
];

/// The features that a part of speech can have.
fn features(upos: &str) -> &'static [&'static str] {
    match upos {
        "NOUN" | "PROPN" => &["Case", "Gender", "Number"],
        "ADJ" => &["Case", "Degree", "Gender", "Number", "NumType", "VerbForm"],
        "DET" => &["Case", "Definite", "Degree", "Gender", "Number", "NumType", "Person", "Poss", "PronType"],
        "PRON" => &["Case", "Gender", "Number", "Person", "Poss", "PronType", "Reflex"],
        "VERB" | "AUX" => &["Mood", "Number", "Person", "Tense", "VerbForm", "Voice"],
        "NUM" => &["NumForm", "NumType"],
        "ADV" => &["Degree", "PronType"],
        "PART" => &["Polarity"],
        _ => &[],
    }
}

/// What is wrong with a word.
fn word_faults(block: &Block, i: usize, german: bool) -> Vec<String> {
    let row = &block.rows[i];
    let mut out = Vec::new();
    if Upos::parse(&row.upos).is_none() {
        out.push(format!("no part of speech: {}", row.upos));
    }
    let known = if row.deprel.contains(':') {
        SUBTYPES.contains(&row.deprel.as_str())
    } else {
        RELATIONS.contains(&row.deprel.as_str())
    };
    if !known {
        out.push(format!("no relation: {}", row.deprel));
    }
    if row.lemma.is_empty() || row.lemma == "_" && row.form != "_" {
        out.push("no lemma".to_owned());
    }
    if (row.head == 0) != (row.deprel == "root") {
        out.push("root and head 0 go together".to_owned());
    }
    for name in row.feats.split('|').filter(|f| *f != "_").filter_map(|f| f.split('=').next()) {
        if !features(&row.upos).contains(&name) {
            out.push(format!("{} has no feature {name}", row.upos));
        }
    }
    if (row.upos == "PUNCT") != (row.deprel == "punct") {
        out.push("PUNCT and punct go together".to_owned());
    }
    let Some(head) = row.head.checked_sub(1).and_then(|h| block.rows.get(h)) else { return out };
    if matches!(base(&row.deprel), "flat" | "fixed" | "conj" | "appos") && row.head > i + 1 {
        out.push(format!("{} goes from left to right", row.deprel));
    }
    if head.upos == "PUNCT" && row.upos != "PUNCT" {
        out.push("hangs on punctuation".to_owned());
    }
    if german && matches!(base(&row.deprel), "det" | "amod") && matches!(head.upos.as_str(), "NOUN" | "PROPN") {
        for name in ["Case", "Gender", "Number"] {
            if let (Some(a), Some(b)) = (feature(&row.feats, name), feature(&head.feats, name))
                && a != b
            {
                out.push(format!("{name} is {a}, that of its noun {} is {b}", head.form));
            }
        }
    }
    if german && row.deprel == "nsubj" && feature(&row.feats, "Case").is_some_and(|c| c != "Nom") {
        out.push("a subject that is no nominative".to_owned());
    }
    out
}

/// What is wrong with a sentence as a whole.
fn sentence_faults(block: &Block) -> Vec<String> {
    let mut out = Vec::new();
    if block.rows.len() > LONGEST {
        out.push(format!("{} words, at most {LONGEST}", block.rows.len()));
    }
    if !block.is_tree() {
        out.push("not a tree with one root".to_owned());
    }
    let spelled = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut text = String::new();
    let mut i = 0;
    while i < block.rows.len() {
        if let Some((_, to, form, _)) = block.ranges.iter().find(|(from, ..)| *from == i) {
            text.push_str(&spelled(form));
            i = to + 1;
        } else {
            text.push_str(&spelled(&block.rows[i].form));
            i += 1;
        }
    }
    match block.text() {
        None => out.push("no text".to_owned()),
        Some(of) if spelled(of) != text => out.push("the words are not those of the text".to_owned()),
        Some(_) => {}
    }
    for (head, row) in block.rows.iter().enumerate() {
        let subjects = block.rows.iter().filter(|r| {
            r.head == head + 1 && matches!(base(&r.deprel), "nsubj" | "csubj") && r.deprel != "nsubj:outer"
        });
        if subjects.count() > 1 {
            out.push(format!("{} has two subjects", row.form));
        }
    }
    out
}

/// The treebanks of the project.
fn own() -> Result<Vec<PathBuf>, String> {
    let mut out = Vec::new();
    for lang in ["de", "en"] {
        let folder = Path::new("data/treebanks").join(lang);
        let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        out.extend(
            entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "conllu")),
        );
    }
    out.sort();
    Ok(out)
}

/// Checks a file; returns its sentences, words and faults.
pub(crate) fn check(path: &Path) -> Result<(usize, usize, Vec<String>), String> {
    let text = crate::train::read(path)?;
    let german = path.components().any(|c| c.as_os_str() == Lang::De.as_str());
    let blocks = chancery_text::read_conllu(&text);
    let mut faults = Vec::new();
    for block in &blocks {
        let id = block.comments.iter().find_map(|c| c.strip_prefix("# sent_id = ")).unwrap_or("?");
        faults.extend(sentence_faults(block).into_iter().map(|f| format!("{}: {id}: {f}", path.display())));
        for (i, row) in block.rows.iter().enumerate() {
            let word = word_faults(block, i, german);
            faults.extend(word.into_iter().map(|f| format!("{}: {id}: {} {}: {f}", path.display(), i + 1, row.form)));
        }
    }
    Ok((blocks.len(), blocks.iter().map(|b| b.rows.len()).sum(), faults))
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), TaskError> {
    let mut words = args.0.iter().map(String::as_str);
    if words.next() != Some("check") {
        return Err(TaskError::Usage(HELP.trim_end().to_owned()));
    }
    let named: Vec<PathBuf> = words.map(PathBuf::from).collect();
    let files = if named.is_empty() { own()? } else { named };
    let mut faults = 0;
    for file in &files {
        let (sentences, words, found) = check(file)?;
        for fault in &found {
            println!("{fault}");
        }
        println!("{}: {sentences} sentences, {words} words, {} faults", file.display(), found.len());
        faults += found.len();
    }
    if faults > 0 { Err(TaskError::from(format!("{faults} faults"))) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(conllu: &str) -> Vec<String> {
        let block =
            chancery_text::read_conllu(&conllu.replace(' ', "\t").replace("#\ttext\t=\t", "# text = ")).remove(0);
        let mut out = sentence_faults(&block);
        out.extend((0..block.rows.len()).flat_map(|i| word_faults(&block, i, true)));
        out
    }

    #[test]
    fn a_sound_sentence_has_no_fault() {
        let sound = "# text = Kuba schweigt.\n1 Kuba Kuba PROPN _ Case=Nom|Number=Sing 2 nsubj _ _\n2 schweigt schweigen VERB _ VerbForm=Fin 0 root _ _\n3 . . PUNCT _ _ 2 punct _ _\n\n";
        // Blanks become tabs: the text has to be compared without them.
        assert_eq!(faults(sound), Vec::<String>::new());
    }

    #[test]
    fn faults_are_named() {
        let broken = "1 Der der DET _ Case=Nom 2 det _ _\n2 Staat Staat NOUN _ Case=Acc|Tense=Past 3 subj _ _\n3 schweigt schweigen VERB _ _ 3 root _ _\n\n";
        let found = faults(broken).join("; ");
        for fault in
            ["not a tree", "no text", "no relation: subj", "NOUN has no feature Tense", "Case is Nom", "go together"]
        {
            assert!(found.contains(fault), "{fault}: {found}");
        }
    }

    #[test]
    fn our_treebanks_are_sound() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/treebanks");
        for (file, least) in [("de/news.conllu", 1500), ("en/news.conllu", 500)] {
            let (sentences, _, faults) = check(&root.join(file)).expect("a treebank");
            assert!(faults.is_empty(), "{}", faults.join("\n"));
            assert!(sentences >= least, "{file}: {sentences} sentences");
        }
    }
}
