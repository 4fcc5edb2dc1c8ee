//! Exports for other programs: rows as NDJSON, CSV or Parquet, provenance as JSON-LD (PROV-O), entities for FollowTheMoney.
//!
//! Texts stay here: an export carries quotations and links, never whole documents.

mod columns;
mod parquet;

use chancery_coder::flat;
use chancery_ledger::{AssessmentRow, DocumentHead};
use chancery_model::Run;
use serde_json::{Value, json};

use crate::error::Error;
use crate::rows::{COLUMNS, Row, csv};
use crate::why::DocumentOut;

pub use self::columns::{Cells, Column, csv_columns, parquet_columns};
pub use self::parquet::parquet;

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated values.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// JSON-LD with the words of PROV-O.
    JsonLd,
    /// Entities for FollowTheMoney.
    Ftm,
}

/// What is exported.
#[derive(Debug)]
pub struct Contents {
    /// Claims.
    pub claims: Vec<Row>,
    /// Assessments.
    pub assessments: Vec<AssessmentRow>,
    /// Their documents.
    pub documents: Vec<DocumentHead>,
    /// The hands that wrote them.
    pub runs: Vec<Run>,
    /// The last entry that was read.
    pub seq: u64,
}

/// The files of an export: name and bytes.
///
/// # Errors
/// A table that cannot be written, which is a fault of the program.
pub fn files(contents: &Contents, form: Form) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
    if form == Form::Parquet {
        let about = about(contents);
        let claims = parquet(COLUMNS, contents.claims.iter().map(Row::cells), &about)?;
        let assessments = parquet(ASSESSED, contents.assessments.iter().map(assessment_cells), &about)?;
        let documents = parquet(DOCUMENTS, contents.documents.iter().map(document_cells), &about)?;
        return Ok(vec![
            ("claims.parquet", claims),
            ("assessments.parquet", assessments),
            ("documents.parquet", documents),
            ("export.json", manifest(contents).into_bytes()),
        ]);
    }
    Ok(texts(contents, form).into_iter().map(|(name, text)| (name, text.into_bytes())).collect())
}

/// What every file says of itself, where its form has room for it.
fn about(contents: &Contents) -> Vec<(&'static str, String)> {
    vec![
        ("chancery.schema_version", "1".to_owned()),
        ("chancery.as_of_seq", contents.seq.to_string()),
        ("chancery.codes", CODES.to_owned()),
    ]
}

fn texts(contents: &Contents, form: Form) -> Vec<(&'static str, String)> {
    match form {
        Form::Parquet => Vec::new(),
        Form::Ndjson => vec![
            ("claims.ndjson", lines(contents.claims.iter().map(|r| json!(r)))),
            ("assessments.ndjson", lines(contents.assessments.iter().map(assessment))),
            ("documents.ndjson", lines(contents.documents.iter().map(|d| json!(DocumentOut::from(d))))),
            ("export.json", manifest(contents)),
        ],
        Form::Csv => vec![
            ("claims.csv", csv(COLUMNS, contents.claims.iter().map(Row::cells))),
            ("assessments.csv", csv(ASSESSED, contents.assessments.iter().map(assessment_cells))),
            ("documents.csv", csv(DOCUMENTS, contents.documents.iter().map(document_cells))),
            ("export.json", manifest(contents)),
        ],
        Form::JsonLd => vec![("provenance.jsonld", pretty(&prov(contents)))],
        Form::Ftm => vec![("entities.ftm.json", lines(ftm(contents)))],
    }
}

fn lines(values: impl IntoIterator<Item = Value>) -> String {
    values.into_iter().map(|v| crate::render::escaped(&v.to_string()) + "\n").collect()
}

fn pretty(value: &Value) -> String {
    crate::render::json(value) + "\n"
}

fn manifest(contents: &Contents) -> String {
    pretty(&json!({
        "schema_version": 1,
        "program": format!("chancery {}", env!("CARGO_PKG_VERSION")),
        "as_of_seq": contents.seq,
        "claims": contents.claims.len(),
        "assessments": contents.assessments.len(),
        "documents": contents.documents.len(),
        "codes": CODES,
    }))
}

fn assessment(row: &AssessmentRow) -> Value {
    let mut value = json!(flat::assessment(&row.assessment));
    value["document"] = json!(row.document.id);
    value["source"] = json!(row.document.source);
    value["published_from"] = json!(row.document.published_from.map(|d| d.to_string()));
    value["asserted_seq"] = json!(row.asserted_seq);
    value
}

/// How states and times are written.
const CODES: &str = "ISO 3166-1 alpha-3; historic states ISO 3166-3 alpha-3; intervals half open";

const ASSESSED: [&str; 13] = [
    "id",
    "kind",
    "subject",
    "object",
    "third",
    "good",
    "direction",
    "polarity",
    "holder",
    "certainty",
    "quote",
    "document",
    "source",
];

fn assessment_cells(row: &AssessmentRow) -> [String; 13] {
    let a = flat::assessment(&row.assessment);
    [
        row.id.to_string(),
        a.kind,
        a.subject.join(" "),
        a.object.join(" "),
        a.third.join(" "),
        a.good.unwrap_or_default(),
        a.direction.unwrap_or_default(),
        a.polarity,
        a.holder,
        a.certainty,
        a.quote,
        row.document.id.to_string(),
        row.document.source.clone(),
    ]
}

const DOCUMENTS: [&str; 9] =
    ["id", "source", "title", "url", "lang", "published_from", "published_to", "agency", "duplicate_of"];

fn document_cells(document: &DocumentHead) -> [String; 9] {
    let d = DocumentOut::from(document);
    [
        d.id,
        d.source,
        d.title.unwrap_or_default(),
        d.url.unwrap_or_default(),
        d.lang,
        d.published_from.unwrap_or_default(),
        d.published_to.unwrap_or_default(),
        d.agency.unwrap_or_default(),
        d.duplicate_of.unwrap_or_default(),
    ]
}

fn urn(id: &str) -> String {
    format!("urn:chancery:{id}")
}

/// Claims and assessments are entities, derived from their documents, generated by runs, attributed to who says so.
fn prov(contents: &Contents) -> Value {
    let documents = contents.documents.iter().map(|d| {
        json!({
            "@id": urn(d.id.as_str()), "@type": "prov:Entity", "rdfs:label": d.title, "dcterms:source": d.url,
            "dcterms:publisher": d.source, "dcterms:language": d.lang,
            "dcterms:issued": d.published_from.map(|d| d.to_string()),
            "prov:wasDerivedFrom": d.duplicate_of.as_ref().map(|of| json!({ "@id": urn(of.as_str()) })),
        })
    });
    let claims = contents.claims.iter().map(|row| {
        json!({
            "@id": urn(&row.claim.id), "@type": ["prov:Entity", "chancery:Claim"],
            "prov:wasQuotedFrom": { "@id": urn(&row.document) }, "prov:value": row.claim.quote,
            "prov:wasAttributedTo": { "@id": format!("urn:chancery:holder:{}", row.claim.holder) },
            "chancery:type": row.claim.event_type, "chancery:initiator": row.claim.initiator,
            "chancery:recipient": row.claim.recipient, "chancery:status": row.claim.status,
            "chancery:standing": row.standing, "chancery:start": row.claim.start, "chancery:end": row.claim.end,
        })
    });
    let assessments = contents.assessments.iter().map(|row| {
        json!({
            "@id": urn(row.id.as_str()), "@type": ["prov:Entity", "chancery:Assessment"],
            "prov:wasQuotedFrom": { "@id": urn(row.document.id.as_str()) }, "prov:value": row.assessment.quote.exact,
            "chancery:kind": row.assessment.kind,
        })
    });
    let runs = contents.runs.iter().map(|run| {
        json!({
            "@id": urn(run.id.as_str()), "@type": "prov:Activity", "rdfs:label": run.name, "prov:startedAtTime": run.started_at,
            "prov:wasAssociatedWith": {
                "@type": if run.kind == chancery_model::RunKind::Person { "prov:Person" } else { "prov:SoftwareAgent" },
                "rdfs:label": run.program,
            },
            "chancery:knowledge": run.knowledge_sha256, "chancery:model": run.model_sha256,
        })
    });
    let graph: Vec<Value> = documents.chain(claims).chain(assessments).chain(runs).map(without_nulls).collect();
    json!({
        "@context": {
            "prov": "http://www.w3.org/ns/prov#", "dcterms": "http://purl.org/dc/terms/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "chancery": "urn:chancery:vocabulary:",
        },
        "@graph": graph,
    })
}

fn without_nulls(mut value: Value) -> Value {
    if let Some(map) = value.as_object_mut() {
        map.retain(|_, v| !v.is_null());
    }
    value
}

/// States as public bodies, documents as articles, claims as events that name their standing.
fn ftm(contents: &Contents) -> Vec<Value> {
    let mut actors: Vec<&String> =
        contents.claims.iter().flat_map(|r| r.claim.initiator.iter().chain(&r.claim.recipient)).collect();
    actors.sort();
    actors.dedup();
    let actor_id = |code: &String| format!("chancery-{}", code.replace('/', "-").to_lowercase());
    let list = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let actors = actors.iter().map(|code| {
        json!({ "id": actor_id(code), "schema": "PublicBody", "properties": { "name": [code], "keywords": ["state actor"] } })
    });
    let documents = contents.documents.iter().map(|d| {
        json!({
            "id": d.id, "schema": "Article",
            "properties": {
                "title": list(&d.title), "sourceUrl": list(&d.url), "publisher": [d.source], "language": [d.lang],
                "publishedAt": d.published_from.iter().map(ToString::to_string).collect::<Vec<_>>(),
            },
        })
    });
    let claims = contents.claims.iter().map(|row| {
        let quote: String = row.claim.quote.chars().take(300).collect();
        json!({
            "id": row.claim.id, "schema": "Event",
            "properties": {
                "name": [format!("{} ({}, {})", row.claim.event_type, row.standing, row.claim.holder)],
                "summary": [quote], "startDate": list(&row.claim.occurred_from), "endDate": list(&row.claim.occurred_to),
                "involved": row.claim.initiator.iter().chain(&row.claim.recipient).map(actor_id).collect::<Vec<_>>(),
                "proof": [row.document], "keywords": [row.standing, row.claim.status.as_str()],
            },
        })
    });
    actors.chain(documents).chain(claims).collect()
}
