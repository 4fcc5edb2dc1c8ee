//! `xtask train`: treebanks and lexical tables in, a model out.

use std::path::{Path, PathBuf};

use chancery_text::Lang;
use chancery_text::train::{Knowledge, Settings, Tables, Treebank, train};

use crate::args::Args;

/// Reads CoNLL-U, gzipped or not.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let problem = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    if path.extension().is_some_and(|e| e == "gz") {
        let output = std::process::Command::new("gzip").arg("-dc").arg(path).output().map_err(|e| problem(&e))?;
        if !output.status.success() {
            return Err(problem(&"not a gzip file"));
        }
        return String::from_utf8(output.stdout).map_err(|e| problem(&e));
    }
    std::fs::read_to_string(path).map_err(|e| problem(&e))
}

/// Lexical tables from the folder that `knowledge.py` wrote, and the project's own table of strong verbs.
pub(crate) fn knowledge(lang: Lang, folder: Option<&str>) -> Result<Knowledge, String> {
    let table = |name: &str| match folder {
        Some(folder) => {
            let path = Path::new(folder).join(lang.as_str()).join(name);
            if path.exists() { read(&path) } else { Ok(String::new()) }
        }
        None => Ok(String::new()),
    };
    let own = |name: &str| match lang {
        Lang::De => read(&Path::new("data/lexicons/de").join(name)),
        Lang::En => Ok(String::new()),
    };
    Ok(Knowledge::new(&Tables {
        clusters: &table("clusters.tsv")?,
        lemmas: &table("lemmas.tsv")?,
        nouns: &table("nouns.tsv")?,
        classes: &table("classes.tsv")?,
        strong_verbs: &own("verbs.tsv")?,
        function_words: &own("function-words.tsv")?,
    }))
}

/// The sentences of several files.
pub(crate) fn treebank(lang: Lang, files: &[PathBuf]) -> Result<Treebank, String> {
    let mut out = Treebank::default();
    for file in files {
        out.add(&read(file)?);
    }
    if lang == Lang::De {
        out.normalise_german();
    }
    Ok(out)
}

/// Settings from the command line.
pub(crate) fn settings(args: &Args) -> Result<Settings, String> {
    let mut out = Settings::default();
    if let Some(seed) = args.number("--seed")? {
        out.seed = seed;
    }
    if let Some(passes) = args.number("--passes")? {
        out.parser_epochs = passes as usize;
    }
    if let Some(passes) = args.number("--tagger-passes")? {
        out.tagger_epochs = passes as usize;
    }
    if let Some(parts) = args.number("--parts")? {
        out.jackknife = parts as usize;
    }
    if let Some(kilobytes) = args.number("--kilobytes")? {
        out.bytes = kilobytes as usize * 1000;
    }
    if let Some(parts) = args.number("--guide-parts")? {
        out.guide_parts = parts as usize;
    }
    Ok(out)
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> Result<(), String> {
    let lang: Lang = args.one("--lang").ok_or("--lang de|en is missing")?.parse().map_err(|e| format!("{e}"))?;
    let files: Vec<PathBuf> = args.many("--treebank").into_iter().map(PathBuf::from).collect();
    let out = Path::new(args.one("--out").ok_or("--out FOLDER is missing")?);
    let treebank = treebank(lang, &files)?;
    if treebank.blocks.is_empty() {
        return Err("--treebank FILE… names no file with sentences".to_owned());
    }
    let knowledge = knowledge(lang, args.one("--knowledge"))?;
    let bytes = train(lang, &treebank, &knowledge, &settings(args)?, &mut |line| eprintln!("{line}"));
    std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    let path = out.join("model.bin");
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{}: {} bytes from {} sentences", path.display(), bytes.len(), treebank.blocks.len());
    Ok(())
}
