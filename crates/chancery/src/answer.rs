//! The read side on one screen: question → claims in force → origins and standings → matters → verdicts and figures.

use std::collections::{BTreeMap, BTreeSet};

use chancery_ledger::{AsOf, AssessmentRow, ClaimRow, DocumentHead, Filter, Ledger};
use chancery_measure::{Channel, Judgement};
use chancery_model::{Date, Dyad, Id, Standing};

use crate::error::Error;
use crate::figures::Figures;
use crate::grade::Grades;
use crate::matter::{Matter, matters, outside};
use crate::origin::origins;
use crate::proposition::{Proposition, Relation, relation};
use crate::standing::Standings;

pub use crate::question::{Question, dyad, pinned};

/// A claim with what it contributes.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The claim in force and its document.
    pub row: ClaimRow,
    /// What is claimed.
    pub proposition: Proposition,
    /// How the pair stands in it.
    pub relation: Relation,
    /// Done, claimed, planned, denied …
    pub standing: Standing,
    /// The document that its report goes back to.
    pub origin: Id,
}

/// The answer: everything it rests on, and what was computed.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked.
    pub question: Question,
    /// The last entry of the ledger that was seen.
    pub seq: u64,
    /// Claims on the pair, in the order of publication and text.
    pub evidence: Vec<Evidence>,
    /// The events they tell.
    pub matters: Vec<Matter>,
    /// Assessments of the pair, and of one of the two in documents about both.
    pub assessments: Vec<AssessmentRow>,
    /// Documents that hold any of it, in the order of publication.
    pub documents: Vec<DocumentHead>,
    /// What persons said of sources and claims.
    pub grades: Grades,
    /// The verdict of every channel.
    pub verdicts: Vec<(Channel, Judgement)>,
    /// Every number that may be printed, by its measure; each opens to its inputs.
    pub figures: Figures,
}

/// Answers a question from a ledger. Reads only.
///
/// # Errors
/// What the ledger reports, or a table of standings that cannot be read.
pub fn answer(ledger: &Ledger, question: Question) -> Result<Answer, Error> {
    let seq = pinned(ledger, question.as_of)?;
    let (from, to, as_of, known_by) = (question.from, question.to, AsOf::Seq(seq), question.known_by);
    let filter = Filter { from, to, as_of, known_by, ..Filter::default() };
    let pair = (question.dyad.a().state().to_owned(), question.dyad.b().state().to_owned());

    let mut rows = ledger.claims(&Filter { dyad: Some(pair), ..filter.clone() })?;
    rows.retain(|row| !outside(&row.claim, row.document.published_from, from, to));
    let evidence = evidence(rows, Some(&question.dyad))?;
    let matters = matters(&evidence);
    let about: BTreeSet<&Id> = evidence.iter().map(|e| &e.row.document.id).collect();
    let assessments = assessments(ledger, &filter, &question.dyad, &about)?;

    let mut documents: BTreeMap<_, &DocumentHead> = BTreeMap::new();
    for head in evidence.iter().map(|e| &e.row.document).chain(assessments.iter().map(|a| &a.document)) {
        documents.insert((head.published_from.unwrap_or(Date::MAX), &head.id), head);
    }
    let documents: Vec<DocumentHead> = documents.into_values().cloned().collect();
    let verdicts = crate::verdict::verdicts(&question, &evidence, &matters);
    let grades = Grades::of(ledger, seq)?;
    let figures = Figures::compute(&question, seq, &evidence, &matters, &assessments, &documents, &grades);
    Ok(Answer { question, seq, evidence, matters, assessments, documents, grades, verdicts, figures })
}

/// Claims with what they contribute; without a pair, each is between whoever it names.
pub(crate) fn evidence(rows: Vec<ClaimRow>, dyad: Option<&Dyad>) -> Result<Vec<Evidence>, Error> {
    let standings = Standings::embedded()?;
    let propositions: Vec<Proposition> = rows.iter().map(|row| Proposition::of(&row.claim, dyad)).collect();
    let origins = origins(&rows, &propositions);
    let joined = rows.into_iter().zip(propositions).zip(origins);
    Ok(joined
        .map(|((row, proposition), origin)| Evidence {
            standing: standings.of(&row.claim),
            relation: dyad.map_or(Relation::Between, |dyad| relation(&row.claim, dyad)),
            row,
            proposition,
            origin,
        })
        .collect())
}

/// Assessments that name both states, or one of them alone in a document that tells of both: "Russia needs workers" in
/// an article on Russia and a third state is none of this pair's business.
fn assessments(
    ledger: &Ledger,
    filter: &Filter,
    dyad: &Dyad,
    about: &BTreeSet<&Id>,
) -> Result<Vec<AssessmentRow>, Error> {
    let (a, b) = (dyad.a().state(), dyad.b().state());
    let mut found: Vec<AssessmentRow> = Vec::new();
    for state in [a, b] {
        found.extend(ledger.assessments(&Filter { state: Some(state.to_owned()), ..filter.clone() })?);
    }
    found.retain(|row| {
        let parties = || row.assessment.subject.iter().chain(&row.assessment.object);
        let names = |state: &str| parties().any(|p| p.actor.state() == state);
        let pair_alone = parties().all(|p| p.actor.state() == a || p.actor.state() == b);
        (names(a) && names(b)) || (pair_alone && about.contains(&row.document.id))
    });
    let order = |row: &AssessmentRow| {
        (
            row.document.published_from.unwrap_or(Date::MAX),
            row.document.id.clone(),
            row.assessment.quote.start,
            row.id.clone(),
        )
    };
    found.sort_by_cached_key(order);
    found.dedup_by(|x, y| x.id == y.id);
    Ok(found)
}
