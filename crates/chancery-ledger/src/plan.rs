//! What a batch comes to: the entries it makes, and the rows that go with them.
//!
//! New documents assert themselves and everything found in them. A document that is held is compared with what the
//! same kind of hand said before: what is new is asserted, what is no longer found is retracted, the rest is silent,
//! so that coding twice with the same program writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Abstention, Act, Assessment, Claim, Entry, Id, Run, RunKind, sha256_hex};

use crate::LedgerError;
use crate::filter::{Batch, NewDocument, NewEntry, Outcome};
use crate::force::{Key, Keys};
use crate::held::Held;
use crate::known::{Holding, Known, Last};
use crate::record::{self, Published};

/// Why a claim of an earlier coding is retracted.
pub(crate) const NOT_REPRODUCED: &str = "not reproduced";

/// A row with the entry that asserts it, by position among the batch's entries.
pub(crate) struct Row<'a, T> {
    pub(crate) entry: usize,
    pub(crate) id: Id,
    pub(crate) value: &'a T,
    pub(crate) json: String,
    pub(crate) published: Published,
}

/// A batch, thought through.
#[derive(Default)]
pub(crate) struct Plan<'a> {
    pub(crate) entries: Vec<NewEntry>,
    pub(crate) documents: Vec<(usize, &'a NewDocument)>,
    pub(crate) claims: Vec<Row<'a, Claim>>,
    pub(crate) assessments: Vec<Row<'a, Assessment>>,
    pub(crate) outcomes: Vec<(Id, Outcome)>,
}

impl<'a> Plan<'a> {
    /// `now` is the time of recording.
    pub(crate) fn new(batch: &'a Batch, known: &Known, held: &Held, now: i64) -> Result<Self, LedgerError> {
        let mut plan = Self::default();
        let mut seen = Keys::default();
        for new in &batch.documents {
            let key = Key::of(new.document.id.as_str());
            let outcome = match known.documents.get(&key) {
                _ if !seen.insert(key) => Outcome::Held,
                Some(Holding::Redacted) => Outcome::Held,
                Some(Holding::Held) => {
                    if is_coded(new) {
                        plan.recode(new, held, batch.run.kind)?;
                    }
                    Outcome::Held
                }
                None => {
                    plan.add(new, now)?;
                    Outcome::Added
                }
            };
            plan.outcomes.push((new.document.id.clone(), outcome));
        }
        plan.entries.extend(batch.entries.iter().cloned());
        Ok(plan)
    }

    fn add(&mut self, new: &'a NewDocument, now: i64) -> Result<(), LedgerError> {
        self.documents.push((self.entries.len(), new));
        self.entries.push(act(Act::Assert, &new.document.id));
        let published = Published::new(new.document.published_from, new.document.published_to, now);
        let mut seen = BTreeSet::new();
        for claim in &new.claims {
            let id = claim.id()?;
            if seen.insert(id.clone()) {
                self.claims.push(Row::new(self.entries.len(), &id, claim, published)?);
                self.entries.push(act(Act::Assert, &id));
            }
        }
        for assessment in &new.assessments {
            let id = assessment.id()?;
            if seen.insert(id.clone()) {
                self.assessments.push(Row::new(self.entries.len(), &id, assessment, published)?);
                self.entries.push(act(Act::Assert, &id));
            }
        }
        self.entries.extend(abstained(new).into_values());
        Ok(())
    }

    fn recode(&mut self, new: &'a NewDocument, held: &Held, hand: RunKind) -> Result<(), LedgerError> {
        let key = Key::of(new.document.id.as_str());
        let Some(&published) = held.published.get(&key) else {
            return Err(LedgerError::damaged(&new.document.id, "an entry names it but its row is missing"));
        };
        let nothing = BTreeMap::new();
        let before = held.propositions.get(&key).unwrap_or(&nothing);
        let mut found = BTreeSet::new();
        for claim in &new.claims {
            let id = claim.id()?;
            let row = Row::new(self.entries.len(), &id, claim, published)?;
            if found.insert(id.to_string()) && self.asserts_anew(&row.id, &row.json, before, hand) {
                self.claims.push(row);
            }
        }
        for assessment in &new.assessments {
            let id = assessment.id()?;
            let row = Row::new(self.entries.len(), &id, assessment, published)?;
            if found.insert(id.to_string()) && self.asserts_anew(&row.id, &row.json, before, hand) {
                self.assessments.push(row);
            }
        }
        let gone = before.iter().filter(|(id, it)| it.words.asserted_by(hand) && !found.contains(*id));
        self.entries.extend(gone.map(|(id, _)| retraction(id)));
        self.reabstain(new, held, hand);
        Ok(())
    }

    /// Writes the entry where one is due; whether a row goes with it.
    fn asserts_anew(&mut self, id: &Id, json: &str, before: &Propositions, hand: RunKind) -> bool {
        let held = before.get(id.as_str());
        let same_row = held.is_some_and(|it| it.rows.contains(&sha256_hex(json.as_bytes())));
        if same_row && held.is_some_and(|it| it.words.asserted_by(hand)) {
            return false;
        }
        self.entries.push(act(Act::Assert, id));
        !same_row
    }

    fn reabstain(&mut self, new: &NewDocument, held: &Held, hand: RunKind) {
        let now = abstained(new);
        for (subject, entry) in &now {
            let same = held.abstentions.get(subject).is_some_and(|(words, said)| {
                words.asserted_by(hand) && *said == [entry.value.clone(), entry.object.clone(), entry.reason.clone()]
            });
            if !same {
                self.entries.push(entry.clone());
            }
        }
        let of_document = format!("{}#", new.document.id);
        let before = held.abstentions.range(of_document.clone()..).take_while(|(s, _)| s.starts_with(&of_document));
        let gone = before.filter(|(subject, (words, _))| words.asserted_by(hand) && !now.contains_key(*subject));
        self.entries.extend(gone.map(|(subject, _)| retraction(subject)));
    }

    /// The entries with number, time, hand and chain.
    pub(crate) fn chained(&self, run: &Run, last: &Last, now: i64) -> Result<Vec<Entry>, LedgerError> {
        let mut prev_hash = last.hash.clone();
        let mut chained = Vec::with_capacity(self.entries.len());
        for (seq, new) in (last.seq + 1..).zip(&self.entries) {
            let mut entry = Entry {
                seq,
                recorded_at: now,
                run: run.id.clone(),
                act: new.act,
                subject: new.subject.clone(),
                object: new.object.clone(),
                value: new.value.clone(),
                reason: new.reason.clone(),
                prev_hash: prev_hash.clone(),
                hash: String::new(),
            };
            entry.hash = record::entry_hash(&entry)?;
            prev_hash.clone_from(&entry.hash);
            chained.push(entry);
        }
        Ok(chained)
    }
}

type Propositions = BTreeMap<String, crate::held::Proposition>;

impl<'a, T: serde::Serialize> Row<'a, T> {
    fn new(entry: usize, id: &Id, value: &'a T, published: Published) -> Result<Self, LedgerError> {
        Ok(Self { entry, id: id.clone(), value, json: record::canonical(value)?, published })
    }
}

/// Documents of a batch that are held and coded again.
pub(crate) fn recoded(batch: &Batch, known: &Known) -> Keys {
    let coded = batch.documents.iter().filter(|new| is_coded(new)).map(|new| Key::of(new.document.id.as_str()));
    coded.filter(|key| known.documents.get(key) == Some(&Holding::Held)).collect()
}

fn is_coded(new: &NewDocument) -> bool {
    !(new.claims.is_empty() && new.assessments.is_empty() && new.abstentions.is_empty())
}

/// The abstentions as entries, one per place.
fn abstained(new: &NewDocument) -> BTreeMap<String, NewEntry> {
    let entry = |a: &Abstention| {
        let subject = format!("{}#{}-{}", new.document.id, a.quote.start, a.quote.end);
        let actors: Vec<&str> = a.actors.iter().map(chancery_model::ActorCode::as_str).collect();
        let detail = if a.detail.is_empty() { a.reason.as_str() } else { &a.detail };
        let entry = NewEntry {
            act: Act::Abstain,
            subject: subject.clone(),
            object: (!actors.is_empty()).then(|| actors.join(" ")),
            value: Some(a.reason.as_str().to_owned()),
            reason: Some(detail.to_owned()),
        };
        (subject, entry)
    };
    let mut all = BTreeMap::new();
    for abstention in &new.abstentions {
        let (subject, entry) = entry(abstention);
        all.entry(subject).or_insert(entry);
    }
    all
}

fn act(act: Act, id: &Id) -> NewEntry {
    NewEntry { act, subject: id.to_string(), object: None, value: None, reason: None }
}

fn retraction(subject: &str) -> NewEntry {
    NewEntry {
        act: Act::Retract,
        subject: subject.to_owned(),
        object: None,
        value: None,
        reason: Some(NOT_REPRODUCED.to_owned()),
    }
}
