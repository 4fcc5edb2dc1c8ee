//! What is asked of the ledger, and what it answers with.

use chancery_model::{Abstention, Act, Assessment, Claim, Date, Document, Id, Observation, Run};

/// Which state of the ledger answers: what it held then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AsOf {
    /// Everything up to the last entry.
    #[default]
    Last,
    /// Everything up to this entry.
    Seq(u64),
    /// Everything up to the end of this day, UTC.
    Day(Date),
}

/// A question. The default asks for everything in force now.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Two states, both of which must be involved, in any role.
    pub dyad: Option<(String, String)>,
    /// A state that must be involved.
    pub state: Option<String>,
    /// The document in which it stands.
    pub document: Option<Id>,
    /// First day. Tested against the day of the event where it is known, else against the day of publication; what
    /// has neither cannot be placed in a period and is left out.
    pub from: Option<Date>,
    /// Day after the last.
    pub to: Option<Date>,
    /// What the ledger held.
    pub as_of: AsOf,
    /// What the world could know: documents that were certainly out before this day. A document without date counts
    /// from the day after its capture.
    pub known_by: Option<Date>,
    /// Read the texts of documents as well.
    pub with_text: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

/// A document without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentHead {
    /// Identifier.
    pub id: Id,
    /// Outlet or dataset; empty when unknown.
    pub source: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Language.
    pub lang: String,
    /// First day on which it may have been published.
    pub published_from: Option<Date>,
    /// Day after the last on which it may have been published.
    pub published_to: Option<Date>,
    /// The agency whose credit the text carries.
    pub agency: Option<String>,
    /// The document of which this is a near duplicate.
    pub duplicate_of: Option<Id>,
}

impl From<&Document> for DocumentHead {
    fn from(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            source: document.source.clone(),
            url: document.url.clone(),
            title: document.title.clone(),
            lang: document.lang.clone(),
            published_from: document.published_from,
            published_to: document.published_to,
            agency: document.agency.clone(),
            duplicate_of: document.duplicate_of.clone(),
        }
    }
}

/// A claim in force, with the document it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// Identifier.
    pub id: Id,
    /// The claim.
    pub claim: Claim,
    /// Its document.
    pub document: DocumentHead,
    /// The entry by which it is in force.
    pub asserted_seq: u64,
}

/// An assessment in force, with the document it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentRow {
    /// Identifier.
    pub id: Id,
    /// The assessment.
    pub assessment: Assessment,
    /// Its document.
    pub document: DocumentHead,
    /// The entry by which it is in force.
    pub asserted_seq: u64,
}

/// A sentence that was not coded, with the document it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbstentionRow {
    /// The abstention. Its quotation is read from the document's text, without prefix and suffix.
    pub abstention: Abstention,
    /// Its document.
    pub document: DocumentHead,
    /// The entry that records it.
    pub asserted_seq: u64,
}

/// What duplicates of a document are found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    /// The document.
    pub id: Id,
    /// SHA-256 of its text, hex.
    pub text_sha256: String,
    /// SHA-256 of its bytes, hex.
    pub bytes_sha256: String,
    /// Minima of its shingles' hashes, as given when it was added.
    pub minhash: Vec<u64>,
}

/// A document with everything that was found in it.
#[derive(Debug, Clone)]
pub struct NewDocument {
    /// The document.
    pub document: Document,
    /// The bytes as captured.
    pub bytes: Vec<u8>,
    /// Minima of its shingles' hashes, kept for the search of near duplicates.
    pub minhash: Vec<u64>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// Its assessments.
    pub assessments: Vec<Assessment>,
    /// Its sentences that gave no claim.
    pub abstentions: Vec<Abstention>,
    /// Its rows, where it is a table. They are written with it, once: a table that is held keeps the rows it has.
    pub observations: Vec<Observation>,
}

/// An act of a hand that no document brings along: a grade, a relation, a person's retraction, the end of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// What it does.
    pub act: Act,
    /// What it is about.
    pub subject: String,
    /// The other end of a relation.
    pub object: Option<String>,
    /// Relation kind, grade, counts.
    pub value: Option<String>,
    /// Rule id or sentence; required for retract, correct, grade and abstain.
    pub reason: Option<String>,
}

/// What is written together: all of it or nothing.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Whose hand.
    pub run: Run,
    /// Documents, new or coded again.
    pub documents: Vec<NewDocument>,
    /// Further acts, after the documents.
    pub entries: Vec<NewEntry>,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// The ledger held it already. Claims given with it were compared with those held.
    Held,
}

/// The batch is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its first entry; one more than `last_seq` if there was nothing to write.
    pub first_seq: u64,
    /// Its last entry.
    pub last_seq: u64,
    /// What became of each document, in the order given.
    pub documents: Vec<(Id, Outcome)>,
}
