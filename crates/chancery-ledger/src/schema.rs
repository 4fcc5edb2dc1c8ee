//! The tables: names, columns, the order of rows in a file, and the schema version.
//!
//! Everything here can be read by other programs without asking: no timestamp without zone, no deletion vectors, no
//! column mapping, lists and structs in their standard form. `docs/ledger.md` tells what each column means.

use std::sync::Arc;

use deltalake::arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

/// The version that stands in the metadata of every table. A newer one is refused.
pub const SCHEMA_VERSION: u32 = 1;

/// The metadata key of the schema version.
pub(crate) const VERSION_KEY: &str = "chancery.schema_version";

/// A table of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Name {
    Document,
    Run,
    Claim,
    ClaimDyad,
    Assessment,
    Observation,
    Figure,
    Entry,
}

impl Name {
    /// In the order in which a batch commits them; `entry` is last, because it is the commit point.
    pub(crate) const ALL: [Self; 8] = [
        Self::Document,
        Self::Run,
        Self::Claim,
        Self::ClaimDyad,
        Self::Assessment,
        Self::Observation,
        Self::Figure,
        Self::Entry,
    ];

    /// The folder's name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Run => "run",
            Self::Claim => "claim",
            Self::ClaimDyad => "claim_dyad",
            Self::Assessment => "assessment",
            Self::Observation => "observation",
            Self::Figure => "figure",
            Self::Entry => "entry",
        }
    }

    /// The columns by which rows lie in a file: what is asked for together lies together.
    pub(crate) fn order(self) -> &'static [&'static str] {
        match self {
            Self::Document | Self::Run => &["seq"],
            Self::Claim => &["dyad_a", "dyad_b", "document_id", "start", "claim_id"],
            Self::ClaimDyad => &["a", "b", "claim_id"],
            Self::Assessment => &["document_id", "start", "assessment_id"],
            Self::Observation => &["actor_a", "actor_b", "observation_id"],
            Self::Figure => &["figure_id"],
            Self::Entry => &["act", "seq"],
        }
    }

    /// The columns whose smallest and largest value per file stand in the Delta log.
    pub(crate) fn statistics(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["seq", "document_id", "published_from", "published_to"],
            Self::Run | Self::Figure => &[],
            Self::Claim => &["seq", "dyad_a", "dyad_b"],
            Self::ClaimDyad => &["seq", "a", "b"],
            Self::Assessment => &["seq", "document_id"],
            Self::Observation => &["seq", "actor_a", "actor_b"],
            Self::Entry => &["seq", "act"],
        }
    }

    /// Columns whose values hardly repeat: a dictionary would only cost.
    pub(crate) fn distinct(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["document_id", "bytes_sha256", "text_sha256", "text", "row_sha256"],
            Self::Claim => &["claim_id", "claim", "quote", "row_sha256"],
            Self::ClaimDyad => &["claim_id"],
            Self::Assessment => &["assessment_id", "assessment", "quote", "row_sha256"],
            Self::Entry => &["subject", "prev_hash", "hash"],
            Self::Observation => &["observation_id", "row_key"],
            Self::Run | Self::Figure => &[],
        }
    }

    /// The columns.
    pub(crate) fn schema(self) -> SchemaRef {
        let fields = match self {
            Self::Document => document(),
            Self::Run => run(),
            Self::Claim => claim(),
            Self::ClaimDyad => claim_dyad(),
            Self::Assessment => assessment(),
            Self::Observation => observation(),
            Self::Figure => figure(),
            Self::Entry => entry(),
        };
        Arc::new(Schema::new(fields))
    }
}

fn field(name: &str, kind: DataType) -> Field {
    Field::new(name, kind, false)
}

fn text(name: &str) -> Field {
    field(name, DataType::Utf8)
}

fn long(name: &str) -> Field {
    field(name, DataType::Int64)
}

fn optional(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn position(name: &str) -> Field {
    field(name, DataType::Int32)
}

fn day(name: &str) -> Field {
    Field::new(name, DataType::Date32, true)
}

fn instant(name: &str) -> Field {
    field(name, DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())))
}

fn list(name: &str, element: DataType) -> Field {
    field(name, DataType::List(Arc::new(Field::new("element", element, false))))
}

fn parties(name: &str) -> Field {
    let party = Fields::from(vec![
        text("actor_id"),
        text("kind"),
        text("mention"),
        Field::new("start", DataType::Int32, true),
        Field::new("end", DataType::Int32, true),
    ]);
    list(name, DataType::Struct(party))
}

fn attribution() -> Field {
    let link = Fields::from(vec![
        text("holder_kind"),
        optional("holder_id"),
        text("holder_mention"),
        text("cue"),
        Field::new("cue_start", DataType::Int32, true),
        Field::new("cue_end", DataType::Int32, true),
        optional("endorsement"),
        optional("audience"),
        text("certainty"),
        text("polarity"),
        day("said_from"),
        day("said_to"),
    ]);
    list("attribution", DataType::Struct(link))
}

fn place_in_ledger() -> [Field; 2] {
    [long("seq"), long("batch")]
}

fn document() -> Vec<Field> {
    let mut fields = vec![
        text("document_id"),
        text("kind"),
        text("source"),
        optional("url"),
        optional("title"),
        text("lang"),
        day("published_from"),
        day("published_to"),
        instant("captured_at"),
        text("bytes_sha256"),
        text("text_sha256"),
        text("extractor"),
        optional("agency"),
        optional("duplicate_of"),
        text("text"),
        list("minhash", DataType::Int64),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn run() -> Vec<Field> {
    let mut fields = vec![
        text("run_id"),
        text("kind"),
        text("name"),
        text("program"),
        text("knowledge_sha256"),
        text("model_sha256"),
        text("settings"),
        text("started_at"),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn claim() -> Vec<Field> {
    let mut fields = vec![
        text("claim_id"),
        text("document_id"),
        text("event_type"),
        optional("mode"),
        list("contexts", DataType::Utf8),
        parties("initiator"),
        parties("recipient"),
        text("status"),
        day("occurred_from"),
        day("occurred_to"),
        optional("extent"),
        optional("amount"),
        Field::new("amount_number", DataType::Float64, true),
        optional("unit"),
        optional("place"),
        optional("concerning"),
        optional("effect"),
        optional("phase"),
        attribution(),
        text("holder"),
        text("certainty"),
        text("polarity"),
        text("trigger"),
        text("quote"),
        position("start"),
        position("end"),
        text("lane"),
        text("tier"),
        text("dyad_a"),
        text("dyad_b"),
        day("published_from"),
        day("published_to"),
        day("known_from"),
        text("claim"),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn claim_dyad() -> Vec<Field> {
    let mut fields = vec![
        text("a"),
        text("b"),
        text("claim_id"),
        text("document_id"),
        text("event_type"),
        text("status"),
        text("lane"),
        text("tier"),
        text("holder"),
        text("certainty"),
        text("polarity"),
        day("occurred_from"),
        day("occurred_to"),
        day("published_from"),
        day("published_to"),
        day("known_from"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn assessment() -> Vec<Field> {
    let mut fields = vec![
        text("assessment_id"),
        text("document_id"),
        text("kind"),
        parties("subject"),
        parties("object"),
        parties("third"),
        list("states", DataType::Utf8),
        optional("good"),
        day("period_from"),
        day("period_to"),
        optional("period_extent"),
        optional("direction"),
        attribution(),
        text("holder"),
        text("certainty"),
        text("polarity"),
        text("trigger"),
        text("quote"),
        position("start"),
        position("end"),
        day("published_from"),
        day("published_to"),
        day("known_from"),
        text("assessment"),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn observation() -> Vec<Field> {
    let mut fields = vec![
        text("observation_id"),
        text("document_id"),
        text("row_key"),
        text("variable"),
        text("actor_a"),
        text("actor_b"),
        day("valid_from"),
        day("valid_to"),
        optional("value"),
        Field::new("value_number", DataType::Float64, true),
        optional("unit"),
        optional("missing_kind"),
        day("public_from"),
        optional("vintage"),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn figure() -> Vec<Field> {
    let input = Fields::from(vec![text("id"), text("contribution")]);
    let mut fields = vec![
        text("figure_id"),
        text("measure"),
        text("a"),
        text("b"),
        field("directed", DataType::Boolean),
        day("period_from"),
        day("period_to"),
        long("as_of_seq"),
        day("known_by"),
        optional("value"),
        list("inputs", DataType::Struct(input)),
        text("row_sha256"),
    ];
    fields.extend(place_in_ledger());
    fields
}

fn entry() -> Vec<Field> {
    vec![
        long("seq"),
        instant("recorded_at"),
        text("run_id"),
        text("hand"),
        text("act"),
        text("subject"),
        optional("object"),
        optional("value"),
        optional("reason"),
        text("prev_hash"),
        text("hash"),
        long("batch"),
    ]
}
