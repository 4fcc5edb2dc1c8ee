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
    KNOWLEDGE
        .get_or_init(|| Knowledge::load(chancery_data::FILES).map_err(|e| e.to_string()))
        .as_ref()
        .map(Knowledge::states)
        .map_err(|e| Error::Knowledge(e.clone()))
}
