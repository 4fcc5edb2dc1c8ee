//! What the ledger promises, as tests: recovery, the view, refusals, verification, interchange.

mod faults;
mod support;
mod write_read;
