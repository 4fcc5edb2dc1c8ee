//! Identifiers as people give them: whole, or any unambiguous beginning of six characters or more.

use chancery_ledger::Ledger;
use chancery_model::{Id, IdKind};

use crate::error::Error;

/// The one thing of this kind that `text` names.
pub fn resolve(ledger: &Ledger, text: &str, kind: IdKind) -> Result<Id, Error> {
    let given: Id = text.parse()?;
    if given.kind() != kind {
        let what = format!("`{text}` names a {}, not a {kind}", given.kind());
        return Err(Error::Reference { what, candidates: Vec::new() });
    }
    let found = ledger.find(given.as_str())?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Error::Reference { what: format!("the ledger holds no {kind} `{text}`"), candidates: Vec::new() }),
        many => Err(Error::Reference {
            what: format!("`{text}` is the beginning of {} identifiers", many.len()),
            candidates: many.iter().take(5).map(ToString::to_string).collect(),
        }),
    }
}
