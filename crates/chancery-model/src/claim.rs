//! The claim: one proposition, in one place of one document, held by one chain of speakers. And what stands beside
//! claims: assessments, and the abstentions with their reasons.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::event::vocabulary;
use crate::{
    ActorCode, Audience, Certainty, Date, Decimal, Endorsement, EventType, Id, IdKind, Interval, Lane, ModelError,
    Polarity, Status, Tier,
};

/// Words of a document: a span in Unicode code points (half open) and the words themselves.
///
/// `text[start..end] == exact` holds always; `prefix` and `suffix` help to find the place again in a changed page
/// (W3C Web Annotation, text quote selector).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// Code point after the last.
    pub end: u32,
    /// The words.
    pub exact: String,
    /// A few words before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// A few words after.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

vocabulary! {
    /// Why a party has the code it has.
    PartyKind, "party kind" {
        /// The text names it (by name, office, metonym or resolvable description).
        Named = "named",
        /// The text leaves it out (a passive without agent): `UNK`.
        Unknown = "unknown",
    }
}

/// One end of an event, with the words that name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Party {
    /// Who, as linked on the document's date.
    pub actor: ActorCode,
    /// Named or left out.
    pub kind: PartyKind,
    /// The words that name it; empty when left out.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mention: String,
    /// First code point of the mention.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u32>,
    /// Code point after its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u32>,
}

impl Party {
    /// The party that the text leaves out.
    pub fn unknown() -> Self {
        Self { actor: ActorCode::unknown(), kind: PartyKind::Unknown, mention: String::new(), start: None, end: None }
    }
}

vocabulary! {
    /// What kind of speaker holds a link.
    HolderKind, "holder kind" {
        /// The document's own voice; link 0 of every chain.
        Document = "document",
        /// A state-level actor, by its code.
        State = "state",
        /// A named speaker without a state behind: expert, newspaper, organisation.
        Named = "named",
        /// A speaker without a name: "officials", "an expert report", *soll*.
        Unnamed = "unnamed",
    }
}

/// One holder in a chain of speakers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Link {
    /// What kind of speaker.
    pub kind: HolderKind,
    /// Its code, where state-level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<ActorCode>,
    /// The words that name it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mention: String,
    /// The words that attribute ("laut", "said", *soll*, a Konjunktiv).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cue: String,
    /// First code point of the cue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue_start: Option<u32>,
    /// Code point after its last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue_end: Option<u32>,
    /// How the link above passes this one on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<Endorsement>,
    /// Whom the statement is meant for, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// This holder's commitment.
    pub certainty: Certainty,
    /// This holder's polarity.
    pub polarity: Polarity,
    /// When it was said, first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_from: Option<Date>,
    /// When it was said, day after the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_to: Option<Date>,
}

impl Link {
    /// The document's own voice with its commitment.
    pub fn document(certainty: Certainty, polarity: Polarity) -> Self {
        Self {
            kind: HolderKind::Document,
            actor: None,
            mention: String::new(),
            cue: String::new(),
            cue_start: None,
            cue_end: None,
            endorsement: None,
            audience: None,
            certainty,
            polarity,
            said_from: None,
            said_to: None,
        }
    }
}

/// A chain of holders, outermost first. Link 0 is the document's own voice, always.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attribution(Vec<Link>);

impl Attribution {
    /// The document speaks for itself.
    pub fn author(certainty: Certainty, polarity: Polarity) -> Self {
        Self(vec![Link::document(certainty, polarity)])
    }

    /// The document passes on what `inner` say, outermost first. Its own commitment is `uncommitted`, `unknown`,
    /// unless the outermost inner link is endorsed.
    pub fn reported(inner: Vec<Link>) -> Self {
        let own = match inner.first() {
            Some(Link { endorsement: Some(Endorsement::Endorses), certainty, polarity, .. }) => {
                Link::document(*certainty, *polarity)
            }
            Some(_) => Link::document(Certainty::Uncommitted, Polarity::Unknown),
            None => Link::document(Certainty::Certain, Polarity::Positive),
        };
        let mut links = vec![own];
        links.extend(inner);
        Self(links)
    }

    /// The links, outermost first; never empty.
    pub fn links(&self) -> &[Link] {
        &self.0
    }

    /// Who commits: the last link.
    pub fn innermost(&self) -> &Link {
        // Both constructors put link 0 there, and nothing removes one.
        &self.0[self.0.len() - 1]
    }

    /// `author`, a bare actor code, or `other`, as the coding guidelines have it.
    pub fn holder(&self) -> &str {
        let inner = self.innermost();
        match (&inner.kind, &inner.actor) {
            (HolderKind::Document, _) => "author",
            (HolderKind::State, Some(actor)) if !actor.is_nonstate() => actor.state(),
            _ => "other",
        }
    }
}

vocabulary! {
    /// How far a matter got.
    Phase, "phase" {
        /// Proposed, offered, asked for.
        Proposed = "proposed",
        /// Talked about.
        Negotiated = "negotiated",
        /// Agreed or announced by both.
        Agreed = "agreed",
        /// Under way.
        UnderWay = "under_way",
        /// Completed.
        Completed = "completed",
        /// Moved to another time or place.
        Moved = "moved",
        /// Suspended.
        Suspended = "suspended",
        /// Called off.
        Cancelled = "cancelled",
    }
}

vocabulary! {
    /// For or against the state that a vote concerns.
    Effect, "effect" {
        /// In its favour.
        For = "for",
        /// To its cost.
        Against = "against",
    }
}

/// What a vote does: whom it concerns, and to whose good.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VoteEffect {
    /// The state concerned.
    pub concerning: ActorCode,
    /// For or against it.
    pub effect: Effect,
}

/// A leader's or minister's travel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Journey {
    /// Where to, as the text has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// `train`, `plane`, `ship`, `car`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// `announced`, `on_departure`, `afterwards`, `leaked`, `denied`, `secret`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosure: Option<String>,
    /// What for: a forum, an anniversary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<String>,
}

/// Which knowledge made the claim: the answer of `why`. Not part of the claim's identity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Derivation {
    /// File and row of the lexicon entry (`lexicons/de/events.tsv: liefern verb obj=@weapon`).
    pub lexicon_row: String,
    /// The rule that placed the parties.
    pub rule: String,
    /// What decided holder and factuality, in reading order.
    pub cues: Vec<String>,
}

/// One proposition about an interaction, in one place of one document, held by one chain of speakers.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// The document it stands in.
    pub document: Id,
    /// The PLOVER type.
    pub event_type: EventType,
    /// The PLOVER mode, where one is coded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<SmolStr>,
    /// PLOVER contexts, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<SmolStr>,
    /// Who acts; all parties of a reciprocal event. Sorted by (actor, start).
    pub initiator: Vec<Party>,
    /// Towards whom. Sorted by (actor, start).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipient: Vec<Party>,
    /// How far it is realised.
    pub status: Status,
    /// When it happened or will, where the text says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred: Option<Interval>,
    /// A figure given for this event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Decimal>,
    /// Its unit (ISO 4217 for money).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<SmolStr>,
    /// Where, as the text has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What a vote does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteEffect>,
    /// How far the matter got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Travel told with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journey: Option<Journey>,
    /// Who says so.
    pub attribution: Attribution,
    /// The words that carry the event; they occur in `quote`.
    pub trigger: String,
    /// The evidence.
    pub quote: Quote,
    /// Where the event counts. Derived from type, mode and context by a table; not hashed.
    pub lane: Lane,
    /// What kind of commitment it is. Derived, not hashed.
    pub tier: Tier,
    /// What made it. Not hashed.
    #[serde(default)]
    pub derivation: Derivation,
}

impl Claim {
    /// The content-addressed identifier: every coded field and the document, not the run, not what is derived.
    pub fn id(&self) -> Result<Id, ModelError> {
        let mut value = serde_json::to_value(self).map_err(|e| ModelError::Canonical(e.to_string()))?;
        if let Some(map) = value.as_object_mut() {
            for derived in ["lane", "tier", "derivation"] {
                map.remove(derived);
            }
            strip_context(map);
        }
        Id::of(IdKind::Claim, &value)
    }

    /// Whether any end of the event is this state or one of its non-state actors.
    pub fn involves(&self, state: &str) -> bool {
        self.initiator.iter().chain(&self.recipient).any(|p| p.actor.state() == state)
    }
}

/// Prefix and suffix help to find a quotation again; they are no part of what is claimed.
fn strip_context(map: &mut serde_json::Map<String, serde_json::Value>) {
    if let Some(quote) = map.get_mut("quote").and_then(|q| q.as_object_mut()) {
        quote.remove("prefix");
        quote.remove("suffix");
    }
}

vocabulary! {
    /// What an assessment is about.
    AssessmentKind, "assessment kind" {
        /// Why somebody acts.
        Motive = "motive",
        /// What somebody lacks.
        Need = "need",
        /// What somebody has to give.
        Offer = "offer",
        /// What pushes a relation.
        Driver = "driver",
        /// What hinders it.
        Obstacle = "obstacle",
        /// Neutral, or on whose side.
        Stance = "stance",
        /// Closer, apart, a faded impulse.
        Trend = "trend",
        /// Against another relation or state.
        Comparison = "comparison",
        /// What may come.
        Outlook = "outlook",
    }
}

vocabulary! {
    /// Where an assessment points.
    Direction, "direction" {
        /// Towards each other.
        Closer = "closer",
        /// Away from each other.
        Apart = "apart",
        /// Without result or change.
        None = "none",
        /// On nobody's side.
        Neutral = "neutral",
        /// In favour.
        Pro = "pro",
        /// Against.
        Contra = "contra",
        /// More.
        Up = "up",
        /// Less.
        Down = "down",
        /// Open.
        Uncertain = "uncertain",
    }
}

/// A proposition about a relation, not an event. Never counted as one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Assessment {
    /// The document it stands in.
    pub document: Id,
    /// What it is about.
    pub kind: AssessmentKind,
    /// Whose need, motive, offer, stance.
    pub subject: Vec<Party>,
    /// Towards whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub object: Vec<Party>,
    /// Third states: for whose sake, against whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third: Vec<Party>,
    /// What is needed or offered: labour, ammunition, energy, transit, technology, food, capital, recognition …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good: Option<SmolStr>,
    /// The time it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Interval>,
    /// Where it points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Who says so.
    pub attribution: Attribution,
    /// The words that carry it.
    pub trigger: String,
    /// The evidence.
    pub quote: Quote,
    /// What made it. Not hashed.
    #[serde(default)]
    pub derivation: Derivation,
}

impl Assessment {
    /// The content-addressed identifier.
    pub fn id(&self) -> Result<Id, ModelError> {
        let mut value = serde_json::to_value(self).map_err(|e| ModelError::Canonical(e.to_string()))?;
        if let Some(map) = value.as_object_mut() {
            map.remove("derivation");
            strip_context(map);
        }
        Id::of(IdKind::Assessment, &value)
    }
}

vocabulary! {
    /// Why a sentence with two known actors gave no claim.
    AbstentionReason, "abstention reason" {
        /// No predicate that links the actors is in a lexicon.
        NoFrame = "no_frame",
        /// The linking predicate is listed as no event.
        NoEvent = "no_event",
        /// A frame fired but its parties could not be placed.
        NoParties = "no_parties",
        /// A name fits several actors.
        AmbiguousActor = "ambiguous_actor",
        /// The event is only talked about inside another (a threat's content, the object of talks).
        Embedded = "embedded",
        /// It only says again, by the same holder, what another sentence of the document says.
        Repeated = "repeated",
        /// The sentence is beyond the parser (too long, broken).
        Unparsed = "unparsed",
        /// Credit lines, cookie notices, navigation.
        Boilerplate = "boilerplate",
    }
}

/// A sentence that was not coded, with the reason. Nothing is dropped silently.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Abstention {
    /// Why.
    pub reason: AbstentionReason,
    /// The sentence.
    pub quote: Quote,
    /// The actors in it.
    pub actors: Vec<ActorCode>,
    /// What was missing, in words: the predicate, the candidates.
    pub detail: String,
}
