//! `train`: treebanks and lexical knowledge in, a model out. Deterministic for a seed.

use crate::treebank::Options;

pub(crate) fn run(arguments: &[String]) -> Result<(), String> {
    let options = Options::read(arguments)?;
    let out = options.out.clone().ok_or("--out FILE is needed")?;
    let treebank = options.treebank(&options.files)?;
    println!("{} sentences", treebank.blocks.len());
    let bytes =
        chancery_text::train::train(options.lang, &treebank, &options.knowledge, &options.settings, &mut |line| println!("{line}"));
    if let Some(folder) = std::path::Path::new(&out).parent() {
        std::fs::create_dir_all(folder).map_err(|e| format!("{out}: {e}"))?;
    }
    std::fs::write(&out, &bytes).map_err(|e| format!("{out}: {e}"))?;
    println!("{out}: {} kB", bytes.len() / 1024);
    Ok(())
}
