//! The write spine: source → document → analysis → claims and abstentions → ledger.
//!
//! Texts are captured and coded on all cores; their results come back in order, are told from what the ledger holds, and
//! are committed in batches. A document is acknowledged by its receipt, after the commit that holds it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use chancery_ledger::{Batch, Ledger, LedgerError, NewDocument, Outcome, Writer};
use chancery_model::{Id, Run};

use crate::engine::Engine;
use crate::error::Error;
use crate::intake::{BATCH, Event, Item, PERIOD, Pending, Receipt, Settings};
use crate::parallel::{self, Step};
use crate::seen::Seen;

/// Takes in `items` as one run. `tell` hears of every text and may end it with `Break`, after the running batch.
pub fn record(
    ledger: &Ledger,
    engine: &Engine,
    items: impl Iterator<Item = Item> + Send + 'static,
    run: &Run,
    settings: &Settings,
    mut tell: impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> Result<(), Error> {
    let mut seen = Seen::new(ledger)?;
    let mut writer = ledger.writer(settings.wait)?;
    let mut batch: Vec<Pending> = Vec::new();
    let mut opened = None;
    let mut failure = None;
    let work = |item: Item| item.passage(&settings.terms).and_then(|passage| Pending::read(passage, engine));
    parallel::ordered(items, parallel::threads(), Duration::from_millis(100), work, |step| {
        let flow = match step {
            Step::Done(Ok(Ok(pending))) => {
                for note in &pending.coded.notes {
                    let _ = tell(Event::Note(&pending.passage.name, note));
                }
                batch.push(pending);
                opened.get_or_insert_with(Instant::now);
                tell(Event::Read)
            }
            Step::Done(Ok(Err(error))) => tell(Event::Failed(&error)),
            Step::Done(Err(what)) => tell(Event::Failed(&Error::Internal { name: "a text".to_owned(), what })),
            Step::Idle => tell(Event::Idle),
        };
        let due = batch.len() >= BATCH || opened.is_some_and(|at: Instant| at.elapsed() >= PERIOD);
        if flow.is_continue() && !due {
            return flow;
        }
        opened = None;
        match commit(ledger, &mut writer, &mut seen, std::mem::take(&mut batch), run, settings, &mut tell) {
            Ok(committed) => {
                if flow.is_break() {
                    flow
                } else {
                    committed
                }
            }
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    match failure {
        Some(error) => Err(error),
        None => commit(ledger, &mut writer, &mut seen, batch, run, settings, &mut tell).map(|_| ()),
    }
}

/// Commits a batch and tells its receipts.
fn commit(
    ledger: &Ledger,
    writer: &mut Writer<'_>,
    seen: &mut Seen,
    batch: Vec<Pending>,
    run: &Run,
    settings: &Settings,
    tell: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, Error> {
    seen.refresh(ledger)?;
    let mut receipts = Vec::with_capacity(batch.len());
    let mut documents = Vec::with_capacity(batch.len());
    for pending in batch {
        let id = pending.coded.document.clone();
        let (name, claims) = (pending.passage.name.clone(), pending.coded.coding.claims.len());
        if let Some(reason) = seen.redacted(ledger, &id)? {
            let error = Error::Redacted { name, id: id.to_string(), reason: reason.to_owned() };
            if tell(Event::Failed(&error)).is_break() {
                break;
            }
            continue;
        }
        let held = seen.holds(&id);
        let repeats = if held { None } else { seen.repeated(ledger, &pending)? };
        seen.add(&pending);
        receipts.push((name, id, if held { Outcome::Held } else { Outcome::Added }, repeats.clone(), claims));
        if !held || settings.recode {
            documents.push(pending.document(repeats));
        }
    }
    let refused = append(writer, seen, run, documents)?;
    for (name, document, status, repeats, claims) in &receipts {
        if let Some(error) = refused.get(document) {
            let _ = tell(Event::Failed(error));
            continue;
        }
        let receipt = Receipt { name, document, status: *status, repeats: repeats.as_ref(), claims: *claims };
        if tell(Event::Receipt(receipt)).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Writes documents as one batch. The ledger refuses a batch that holds one invalid document; that document is then found
/// by halving and named, and the others are written.
fn append(
    writer: &mut Writer<'_>,
    seen: &mut Seen,
    run: &Run,
    documents: Vec<NewDocument>,
) -> Result<BTreeMap<Id, Error>, Error> {
    let mut refused = BTreeMap::new();
    let mut open = vec![documents];
    while let Some(documents) = open.pop() {
        let Some(first) = documents.first().map(|d| d.document.id.clone()) else { continue };
        let mut batch = Batch { run: run.clone(), documents, entries: Vec::new() };
        match writer.append(&batch) {
            Ok(receipt) => seen.confirm(receipt.first_seq, receipt.last_seq),
            Err(error @ LedgerError::Invalid { .. }) if batch.documents.len() == 1 => {
                refused.insert(first, error.into());
            }
            Err(LedgerError::Invalid { .. }) => {
                let rest = batch.documents.split_off(batch.documents.len() / 2);
                open.extend([rest, batch.documents]);
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(refused)
}
