//! What reading needs of the knowledge: the register of states. Loaded once, when first asked for.

use std::sync::OnceLock;

use chancery_coder::{Knowledge, Register};

use crate::error::Error;

/// States and bodies by all their names.
///
/// # Errors
/// Knowledge that does not load, which a test excludes.
pub fn register() -> Result<&'static Register, Error> {
    static KNOWLEDGE: OnceLock<Result<Knowledge, String>> = OnceLock::new();
    // States alone: persons and lexicons cost most of the time, and no answer needs them.
    let states = || -> Vec<chancery_data::File> {
        chancery_data::FILES.iter().filter(|(path, _)| *path == "actors/states.toml").copied().collect()
    };
    KNOWLEDGE
        .get_or_init(|| Knowledge::load(&states()).map_err(|e| e.to_string()))
        .as_ref()
        .map(Knowledge::states)
        .map_err(|e| Error::Knowledge(e.clone()))
}

#[cfg(test)]
mod tests {
    /// The register of the states alone is that of the whole knowledge.
    #[test]
    fn nothing_is_lost() {
        let all = chancery_coder::Knowledge::load(chancery_data::FILES).unwrap();
        let light = super::register().unwrap();
        assert_eq!(all.states().codes().collect::<Vec<_>>(), light.codes().collect::<Vec<_>>());
        for name in ["Nordkorea", "North Korea", "731", "PRK"] {
            assert_eq!(light.resolve(name).unwrap().as_str(), "PRK");
        }
    }
}
