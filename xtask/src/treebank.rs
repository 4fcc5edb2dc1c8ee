//! Treebank files and the options that training and evaluation share.

use std::io::Read;

use chancery_text::Lang;
use chancery_text::train::{Knowledge, Settings, Treebank, normalise_german};

/// Options of a run.
pub(crate) struct Options {
    pub(crate) lang: Lang,
    pub(crate) out: Option<String>,
    pub(crate) test: Option<String>,
    pub(crate) folds: usize,
    pub(crate) files: Vec<String>,
    pub(crate) settings: Settings,
    pub(crate) knowledge: Knowledge,
}

impl Options {
    /// Reads the arguments and the files of lexical knowledge.
    pub(crate) fn read(arguments: &[String]) -> Result<Self, String> {
        let mut settings = Settings::default();
        let mut knowledge = Knowledge::default();
        let (mut lang, mut out, mut test, mut folds, mut files) = (None, None, None, 5, Vec::new());
        let mut it = arguments.iter();
        while let Some(argument) = it.next() {
            let mut value = || it.next().cloned().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--lang" => lang = Some(value()?.parse::<Lang>().map_err(|e| e.to_string())?),
                "--out" => out = Some(value()?),
                "--test" => test = Some(value()?),
                "--folds" => folds = value()?.parse().map_err(|e| format!("--folds: {e}"))?,
                "--epochs" => {
                    let n = value()?.parse().map_err(|e| format!("--epochs: {e}"))?;
                    (settings.tagger_epochs, settings.parser_epochs) = (n, n);
                }
                "--seed" => settings.seed = value()?.parse().map_err(|e| format!("--seed: {e}"))?,
                "--clusters" => knowledge.add_clusters(&text(&value()?)?),
                "--lemmas" => knowledge.add_lemmas(&text(&value()?)?),
                file if !file.starts_with("--") => files.push(file.to_owned()),
                other => return Err(format!("unknown option {other}")),
            }
        }
        let lang = lang.ok_or("--lang de or --lang en is needed")?;
        if files.is_empty() {
            return Err("name at least one treebank".to_owned());
        }
        if lang == Lang::De {
            knowledge.add_principal_parts(&text("data/lexicons/de/verbs.tsv")?);
            knowledge.add_infinitives(&infinitives()?);
        }
        Ok(Self { lang, out, test, folds, files, settings, knowledge })
    }

    /// The treebank of these files; German ones are brought to one convention.
    pub(crate) fn treebank(&self, files: &[String]) -> Result<Treebank, String> {
        let mut treebank = Treebank::default();
        for file in files {
            treebank.add(&text(file)?);
        }
        if self.lang == Lang::De {
            treebank.blocks.iter_mut().for_each(normalise_german);
        }
        Ok(treebank)
    }
}

/// The German verbs of the project's lexicons: their forms are generated.
fn infinitives() -> Result<String, String> {
    let mut out = String::new();
    for (path, table) in chancery_data::FILES.iter().filter(|(p, _)| p.starts_with("lexicons/de/")) {
        if path.ends_with("classes.tsv") {
            continue;
        }
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            if let (Some(lemma), Some("verb")) = (cells.next(), cells.next()) {
                let lemma = lemma.trim_start_matches("sich ");
                if !lemma.contains(' ') {
                    out.push_str(lemma);
                    out.push('\n');
                }
            }
        }
    }
    Ok(out)
}

/// A text file, gzipped or not.
pub(crate) fn text(path: &str) -> Result<String, String> {
    let bytes = std::fs::read(path).map_err(|e| format!("{path}: {e}"))?;
    let mut out = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut out).map_err(|e| format!("{path}: {e}"))?;
    } else {
        out = String::from_utf8(bytes).map_err(|e| format!("{path}: {e}"))?;
    }
    Ok(out)
}
