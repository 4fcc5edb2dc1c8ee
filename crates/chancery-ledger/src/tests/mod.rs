//! What the ledger promises, as tests: recovery, the view, refusals, verification, interchange.

mod faults;
mod integrity;
mod kill;
mod observation;
mod support;
mod vectors;
mod view;
mod write_read;
