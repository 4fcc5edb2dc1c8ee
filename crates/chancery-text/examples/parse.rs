//! The crate alone: text or CoNLL-U from standard input to trees on standard output.
//!
//! ```text
//! cargo run --release -p chancery-text --example parse -- data/models/de/model.bin raw < text.txt
//! cargo run --release -p chancery-text --example parse -- data/models/de/model.bin conllu < tokens.conllu
//! ```
//!
//! `conllu` reads the columns ID and FORM and predicts the rest; `raw` cuts sentences and words itself.
#![allow(clippy::disallowed_methods)]

use std::error::Error;
use std::io::{Read as _, Write as _};

use chancery_text::{Model, parse_conllu, raw_to_conllu};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(kind)) = (arguments.next(), arguments.next()) else {
        return Err("expected a model and the word raw or conllu".into());
    };
    // A model is used in place and lives as long as the program.
    let model = Model::from_bytes(Vec::leak(std::fs::read(path)?))?;
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let trees = match kind.as_str() {
        "raw" => raw_to_conllu(&text, &model),
        "conllu" => parse_conllu(&text, &model),
        other => return Err(format!("expected raw or conllu, not {other}").into()),
    };
    std::io::stdout().write_all(trees.as_bytes())?;
    Ok(())
}
