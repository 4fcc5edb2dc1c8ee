//! What the ledger promises, as tests: recovery, the view, refusals, verification, interchange.

mod support;
mod write_read;
