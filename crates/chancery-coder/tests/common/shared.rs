//! The founding article, which is no part of this repository: tests that need it are skipped, with a word, where the
//! environment does not say where it lies.

use super::say;

/// The article, or nothing, said aloud.
pub(crate) fn article(test: &str) -> Option<String> {
    let Ok(folder) = std::env::var("CHANCERY_SHARED") else {
        say(&format!("{test}: skipped, CHANCERY_SHARED does not name the folder of the founding article"));
        return None;
    };
    let path = std::path::Path::new(&folder).join("seeds/000_1768c10ce7a64dde.txt");
    Some(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
}

/// When it was published.
pub(crate) const PUBLISHED: &str = "2023-09-12";
