//! The lexicons of one language: events, embedding predicates, attribution cues, modifiers, word classes, role nouns,
//! assessment triggers. The formats are documented in CONTRIBUTING.md.

use std::collections::{BTreeSet, HashMap, HashSet};

use chancery_model::{ActorCode, AssessmentKind, Direction, EventType};
use chancery_text::contraction;
use smol_str::SmolStr;

use super::KnowledgeError;
use super::tsv::{Row, Table};

/// Part of speech of a lexicon row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pos {
    Verb,
    Noun,
    Adj,
}

/// A place in the syntax around a trigger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Subj,
    Obj,
    Iobj,
    /// The owner of the object: its genitive, possessive or adjective.
    ObjGen,
    /// The owner of the subject.
    SubjGen,
    /// The noun phrase behind a preposition.
    Prep(SmolStr),
    /// The owner of the noun phrase behind a preposition.
    PrepGen(SmolStr),
    /// Genitive, possessive or of-phrase of a noun.
    Gen,
    Poss,
    /// Adjective of nationality or compound modifier of the trigger itself.
    Adj,
    /// The agent of a passive or nominalisation.
    By,
    /// The first part of a compound.
    Comp,
    Ccomp,
    Xcomp,
    /// All parties of a reciprocal event.
    Both,
    /// Explicitly nobody.
    Nobody,
    /// A party that the name itself carries ("Irakkrieg"), written `=USA`.
    Named(ActorCode),
}

impl Slot {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "subj" => Self::Subj,
            "obj" => Self::Obj,
            "iobj" => Self::Iobj,
            "obj.gen" => Self::ObjGen,
            "subj.gen" => Self::SubjGen,
            "gen" => Self::Gen,
            "poss" => Self::Poss,
            "adj" => Self::Adj,
            "by" => Self::By,
            "comp" => Self::Comp,
            "ccomp" => Self::Ccomp,
            "xcomp" => Self::Xcomp,
            "both" => Self::Both,
            "-" => Self::Nobody,
            _ => {
                if let Some(code) = text.strip_prefix('=') {
                    return code.parse().ok().map(Self::Named);
                }
                let prep = text.strip_prefix("prep:")?;
                match prep.strip_suffix(".gen") {
                    Some(prep) => Self::PrepGen(SmolStr::new(prep)),
                    None => Self::Prep(SmolStr::new(prep)),
                }
            }
        })
    }
}

/// What may fill a slot in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filler {
    Lemma(SmolStr),
    Class(SmolStr),
}

impl Filler {
    fn parse(text: &str) -> Self {
        match text.strip_prefix('@') {
            Some(class) => Self::Class(SmolStr::new(class)),
            None => Self::Lemma(SmolStr::new(text.to_lowercase())),
        }
    }
}

/// A condition of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Condition {
    /// One of the slots exists and, if it has fillers, one of them fills it.
    Filled(Vec<(Slot, Vec<Filler>)>),
    Reflexive,
    Negated,
}

/// How much a row asks for: each condition, and more where it names what shall fill the slot.
fn specificity(with: &[Condition]) -> usize {
    let filled = |c: &Condition| match c {
        Condition::Filled(slots) => 1 + usize::from(slots.iter().all(|(_, fillers)| !fillers.is_empty())),
        Condition::Reflexive | Condition::Negated => 2,
    };
    with.iter().map(filled).sum()
}

/// A row of `events.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    /// `file:line lemma pos with`, for `why`.
    pub(crate) key: SmolStr,
    pub(crate) pos: Pos,
    /// Particle or preposition of a phrasal verb ("call *on*").
    pub(crate) particle: Option<SmolStr>,
    pub(crate) with: Vec<Condition>,
    /// `None` for a predicate listed as no event.
    pub(crate) event_type: Option<EventType>,
    pub(crate) mode: Option<SmolStr>,
    pub(crate) contexts: Vec<SmolStr>,
    pub(crate) initiator: Vec<Slot>,
    pub(crate) recipient: Vec<Slot>,
    pub(crate) reciprocal: bool,
}

impl EventRow {
    /// The row of no lexicon: for assessments, which are judged like events but are none.
    pub(crate) fn none() -> &'static Self {
        static NONE: std::sync::OnceLock<EventRow> = std::sync::OnceLock::new();
        NONE.get_or_init(|| Self {
            key: SmolStr::new_static(""),
            pos: Pos::Verb,
            particle: None,
            with: Vec::new(),
            event_type: None,
            mode: None,
            contexts: Vec::new(),
            initiator: Vec::new(),
            recipient: Vec::new(),
            reciprocal: false,
        })
    }

    /// The row of no lexicon for persons whom a caption shows together.
    pub(crate) fn caption() -> &'static Self {
        static CAPTION: std::sync::OnceLock<EventRow> = std::sync::OnceLock::new();
        CAPTION.get_or_init(|| Self {
            key: SmolStr::new_static("rule: caption of a picture"),
            pos: Pos::Noun,
            event_type: Some(EventType::Consult),
            contexts: vec![SmolStr::new_static("diplomatic")],
            reciprocal: true,
            ..Self::none().clone()
        })
    }
}

/// What an embedding predicate does to the proposition below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Embed {
    Say,
    Endorse,
    Claim,
    Deny,
    Doubt,
    Believe,
    Suspect,
    Know,
    Evidence,
    Plan,
    Promise,
    Offer,
    Demand,
    Threaten,
    Warn,
    Fear,
    Hope,
    Expect,
    Negotiate,
    Consider,
    Try,
    Manage,
    Fail,
    Refuse,
    Prevent,
    Allow,
    Begin,
    Continue,
    Stop,
    Postpone,
    Cancel,
    Accuse,
    Ask,
    Agree,
}

impl Embed {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "say" => Self::Say,
            "endorse" => Self::Endorse,
            "claim" => Self::Claim,
            "deny" => Self::Deny,
            "doubt" => Self::Doubt,
            "believe" => Self::Believe,
            "suspect" => Self::Suspect,
            "know" => Self::Know,
            "evidence" => Self::Evidence,
            "plan" => Self::Plan,
            "promise" => Self::Promise,
            "offer" => Self::Offer,
            "demand" => Self::Demand,
            "threaten" => Self::Threaten,
            "warn" => Self::Warn,
            "fear" => Self::Fear,
            "hope" => Self::Hope,
            "expect" => Self::Expect,
            "negotiate" => Self::Negotiate,
            "consider" => Self::Consider,
            "try" => Self::Try,
            "manage" => Self::Manage,
            "fail" => Self::Fail,
            "refuse" => Self::Refuse,
            "prevent" => Self::Prevent,
            "allow" => Self::Allow,
            "begin" => Self::Begin,
            "continue" => Self::Continue,
            "stop" => Self::Stop,
            "postpone" => Self::Postpone,
            "cancel" => Self::Cancel,
            "accuse" => Self::Accuse,
            "ask" => Self::Ask,
            "agree" => Self::Agree,
            _ => return None,
        })
    }
}

/// A row of `embedding.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct EmbedRow {
    pub(crate) key: SmolStr,
    pub(crate) pos: Pos,
    pub(crate) particle: Option<SmolStr>,
    pub(crate) with: Vec<Condition>,
    pub(crate) kind: Embed,
    pub(crate) slots: Vec<Slot>,
}

/// How an attribution cue commits its speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueKind {
    Say,
    Claim,
    Believe,
    /// Supposes and does not know: the certainty is *possible*.
    Suspect,
    Report,
    /// Names whom another speaker repeats ("citing", "unter Berufung auf").
    Cite,
}

/// Where the speaker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Behind the cue.
    Before,
    /// In front of the cue.
    After,
}

/// A row of `cues.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct CueRow {
    pub(crate) words: Vec<SmolStr>,
    pub(crate) kind: CueKind,
    pub(crate) takes: Takes,
}

/// What a modifier does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modifier {
    Negation,
    NotYet,
    NoLonger,
    Hearsay,
    Probable,
    Possible,
    Certain,
    Almost,
    Habit,
    Future,
    Past,
    Condition,
    Question,
    ModalReport,
    ModalPlan,
    ModalPossible,
    ModalProbable,
    ModalDemand,
}

impl Modifier {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "negation" => Self::Negation,
            "not_yet" => Self::NotYet,
            "no_longer" => Self::NoLonger,
            "hearsay" => Self::Hearsay,
            "probable" => Self::Probable,
            "possible" => Self::Possible,
            "certain" => Self::Certain,
            "almost" => Self::Almost,
            "habit" => Self::Habit,
            "future" => Self::Future,
            "past" => Self::Past,
            "condition" => Self::Condition,
            "question" => Self::Question,
            "modal_report" => Self::ModalReport,
            "modal_plan" => Self::ModalPlan,
            "modal_possible" => Self::ModalPossible,
            "modal_probable" => Self::ModalProbable,
            "modal_demand" => Self::ModalDemand,
            _ => return None,
        })
    }
}

/// What a role noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Speaks and acts for the state: government, head, minister, military, diplomat, …
    State,
    /// A person in such a role, for pronouns.
    StatePerson,
    /// A private actor of the country.
    Nonstate,
    /// Experts, media, organisations: speakers without a state.
    Speaker,
    /// "both sides", "the two countries".
    BothSides,
}

/// A row of `assessments.tsv`.
#[derive(Debug, Clone)]
pub(crate) struct AssessRow {
    pub(crate) key: SmolStr,
    pub(crate) pos: Pos,
    pub(crate) particle: Option<SmolStr>,
    pub(crate) with: Vec<Condition>,
    pub(crate) kind: AssessmentKind,
    pub(crate) subject: Vec<Slot>,
    pub(crate) object: Vec<Slot>,
    pub(crate) direction: Option<Direction>,
    pub(crate) good: Option<SmolStr>,
}

/// An example of a row with what it must yield: the test of the lexicon.
#[derive(Debug, Clone)]
pub struct Example {
    /// File and line.
    pub key: String,
    /// The sentence.
    pub text: String,
    /// Expected claims as written in the row.
    pub expect: String,
}

/// The lexicons of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    german: bool,
    /// Words that name two states together.
    pairs: Vec<(SmolStr, Vec<ActorCode>)>,
    classes: HashMap<SmolStr, HashSet<SmolStr>>,
    pub(crate) events: HashMap<SmolStr, Vec<EventRow>>,
    /// Who attacked whom in the wars that have a name, for "the war between …".
    pub(crate) aggressions: BTreeSet<(ActorCode, ActorCode)>,
    /// Longest noun lemmas first is not needed: the splitter asks from the longest tail on.
    pub(crate) embeddings: HashMap<SmolStr, Vec<EmbedRow>>,
    pub(crate) cues: HashMap<SmolStr, Vec<CueRow>>,
    pub(crate) modifiers: HashMap<SmolStr, Vec<(Vec<SmolStr>, Modifier)>>,
    pub(crate) roles: HashMap<SmolStr, Role>,
    pub(crate) assessments: HashMap<SmolStr, Vec<AssessRow>>,
    pub(crate) examples: Vec<Example>,
}

impl Lexicon {
    /// An empty lexicon of a language.
    pub(crate) fn of(german: bool) -> Self {
        Self { german, ..Self::default() }
    }

    /// The two states that one word names together ("innerkoreanisch"), by the classes `pair:PRK+KOR`.
    pub(crate) fn pair(&self, stands: impl Fn(&str) -> bool) -> Vec<ActorCode> {
        self.pairs.iter().find(|(word, _)| stands(word)).map(|(_, codes)| codes.clone()).unwrap_or_default()
    }

    /// Whether `lemma`, or the last part of it as a compound, belongs to `class`.
    pub(crate) fn in_class(&self, class: &str, lemma: &str) -> bool {
        let Some(members) = self.classes.get(class) else { return false };
        let lemma = lemma.to_lowercase();
        // German compounds belong where their last part belongs; English ones are cut by spaces and hyphens.
        members.contains(lemma.as_str())
            || if self.german {
                tails(&lemma).any(|tail| members.contains(tail))
            } else {
                lemma.rsplit_once('-').is_some_and(|(_, tail)| members.contains(tail))
            }
    }

    /// Whether the class exists.
    pub(crate) fn has_class(&self, class: &str) -> bool {
        self.classes.contains_key(class)
    }

    pub(crate) fn add_classes(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in Table::read(file, text, &["class", "lemma"])?.rows() {
            if let Some(codes) = row.cell("class").strip_prefix("pair:") {
                let codes: Result<Vec<ActorCode>, _> = codes.split('+').map(str::parse).collect();
                let codes = codes.map_err(|e| row.error(format!("pair of states: {e}")))?;
                self.pairs.push((SmolStr::new(row.cell("lemma").to_lowercase()), codes));
                continue;
            }
            let members = self.classes.entry(SmolStr::new(row.cell("class"))).or_default();
            members.insert(SmolStr::new(row.cell("lemma").to_lowercase()));
        }
        Ok(())
    }

    pub(crate) fn add_roles(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in Table::read(file, text, &["lemma", "kind"])?.rows() {
            let role = match row.cell("kind") {
                "government" | "ministry" | "military" | "intelligence" | "parliament" | "court" | "police"
                | "capital_phrase" => Role::State,
                "head" | "minister" | "diplomat" | "official" | "spokesperson" => Role::StatePerson,
                "company" | "people" | "rebel" | "party" | "victim" => Role::Nonstate,
                "expert" | "media" | "organisation" => Role::Speaker,
                "both_sides" => Role::BothSides,
                other => return Err(row.error(format!("unknown kind of role `{other}`"))),
            };
            self.roles.insert(SmolStr::new(row.cell("lemma").to_lowercase()), role);
        }
        Ok(())
    }

    pub(crate) fn add_events(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        let table = Table::read(file, text, &["lemma", "pos", "with", "type", "initiator", "recipient", "example"])?;
        for row in table.rows() {
            let (head, particle, pos) = head_word(&row)?;
            let event_type = match row.cell("type") {
                "NONE" => None,
                _ => Some(row.parse("type")?),
            };
            let mut initiator = slots(&row, "initiator")?;
            let reciprocal = initiator.contains(&Slot::Both);
            if initiator.is_empty() {
                initiator = match pos {
                    Pos::Noun => vec![Slot::Gen, Slot::Poss, Slot::Adj, Slot::By],
                    _ => vec![Slot::Subj],
                };
            }
            let mut recipient = slots(&row, "recipient")?;
            if recipient.is_empty() && pos != Pos::Noun && !reciprocal {
                recipient = vec![Slot::Obj, Slot::Iobj, Slot::ObjGen];
            }
            let event = EventRow {
                key: key(file, &row),
                pos,
                particle,
                with: conditions(&row)?,
                event_type,
                mode: Some(row.cell("mode")).filter(|m| !m.is_empty()).map(SmolStr::new),
                contexts: {
                    let mut contexts: Vec<SmolStr> = row.list("context").map(SmolStr::new).collect();
                    contexts.sort();
                    contexts
                },
                initiator,
                recipient,
                reciprocal,
            };
            if let ([Slot::Named(a)], [Slot::Named(b)]) = (event.initiator.as_slice(), event.recipient.as_slice()) {
                self.aggressions.insert((a.clone(), b.clone()));
            }
            self.events.entry(head).or_default().push(event);
            self.example(file, &row, "claims");
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself
        for rows in self.events.values_mut() {
            // The most specific row wins; among equals the first in the file.
            rows.sort_by_key(|r| std::cmp::Reverse(specificity(&r.with) + usize::from(r.particle.is_some())));
        }
        Ok(())
    }

    pub(crate) fn add_embeddings(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in Table::read(file, text, &["lemma", "pos", "with", "kind", "slot", "example"])?.rows() {
            let (head, particle, pos) = head_word(&row)?;
            let kind = Embed::parse(row.cell("kind"))
                .ok_or_else(|| row.error(format!("unknown kind of embedding `{}`", row.cell("kind"))))?;
            let embed = EmbedRow {
                key: key(file, &row),
                pos,
                particle,
                with: conditions(&row)?,
                kind,
                slots: slots(&row, "slot")?,
            };
            self.embeddings.entry(head).or_default().push(embed);
            self.example(file, &row, "claims");
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself
        for rows in self.embeddings.values_mut() {
            rows.sort_by_key(|r| std::cmp::Reverse(specificity(&r.with) + usize::from(r.particle.is_some())));
        }
        Ok(())
    }

    pub(crate) fn add_cues(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in Table::read(file, text, &["form", "kind", "takes", "example"])?.rows() {
            let words: Vec<SmolStr> =
                row.cell("form").split_whitespace().map(|w| SmolStr::new(w.to_lowercase())).collect();
            let kind = match row.cell("kind") {
                "say" => CueKind::Say,
                "claim" => CueKind::Claim,
                "believe" => CueKind::Believe,
                "suspect" => CueKind::Suspect,
                "cite" => CueKind::Cite,
                "report" => CueKind::Report,
                other => return Err(row.error(format!("unknown kind of cue `{other}`"))),
            };
            let takes = if row.cell("takes") == "after" { Takes::After } else { Takes::Before };
            let Some(first) = words.first().cloned() else { return Err(row.error("empty form")) };
            self.cues.entry(first).or_default().push(CueRow { words, kind, takes });
            self.example(file, &row, "claims");
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself
        for rows in self.cues.values_mut() {
            rows.sort_by_key(|r| std::cmp::Reverse(r.words.len()));
        }
        Ok(())
    }

    pub(crate) fn add_modifiers(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in Table::read(file, text, &["form", "kind", "scope", "example"])?.rows() {
            // The parser cuts contractions: "im Falle" is "in dem Falle".
            let cut = |word: String| match contraction(&word).filter(|_| self.german) {
                Some((first, second)) => vec![SmolStr::new_static(first), SmolStr::new_static(second)],
                None => vec![SmolStr::from(word)],
            };
            // Hyphens are tokens of their own: "so-called" is three words.
            let form = row.cell("form").replace('-', " - ");
            let words: Vec<SmolStr> = form.split_whitespace().flat_map(|w| cut(w.to_lowercase())).collect();
            let kind = Modifier::parse(row.cell("kind"))
                .ok_or_else(|| row.error(format!("unknown kind of modifier `{}`", row.cell("kind"))))?;
            let Some(first) = words.first().cloned() else { return Err(row.error("empty form")) };
            self.modifiers.entry(first).or_default().push((words, kind));
            self.example(file, &row, "claims");
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself
        for rows in self.modifiers.values_mut() {
            rows.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Ok(())
    }

    pub(crate) fn add_assessments(&mut self, file: &str, text: &str) -> Result<(), KnowledgeError> {
        for row in
            Table::read(file, text, &["lemma", "pos", "with", "kind", "subject", "object", "direction", "good"])?.rows()
        {
            let (head, particle, pos) = head_word(&row)?;
            let assess = AssessRow {
                key: key(file, &row),
                pos,
                particle,
                with: conditions(&row)?,
                kind: row.parse("kind")?,
                subject: slots(&row, "subject")?,
                object: slots(&row, "object")?,
                direction: if row.cell("direction").is_empty() { None } else { Some(row.parse("direction")?) },
                good: Some(row.cell("good")).filter(|g| !g.is_empty()).map(SmolStr::new),
            };
            self.assessments.entry(head).or_default().push(assess);
            self.example(file, &row, "expect");
        }
        #[allow(clippy::iter_over_hash_type)] // each list is sorted by itself
        for rows in self.assessments.values_mut() {
            rows.sort_by_key(|r| std::cmp::Reverse(specificity(&r.with) + usize::from(r.particle.is_some())));
        }
        Ok(())
    }

    fn example(&mut self, file: &str, row: &Row<'_, '_>, expect: &str) {
        self.examples.push(Example {
            key: format!("{file}:{}", row.line()),
            text: row.cell("example").to_owned(),
            expect: row.cell(expect).to_owned(),
        });
    }
}

/// The proper tails of a compound, longest first: at least four letters, leaving at least three.
pub(crate) fn tails(word: &str) -> impl Iterator<Item = &str> {
    word.char_indices().skip(3).map(|(at, _)| &word[at..]).take_while(|tail| tail.chars().count() >= 4)
}

fn key(file: &str, row: &Row<'_, '_>) -> SmolStr {
    let with = row.cell("with");
    let head = if row.cell("lemma").is_empty() { row.cell("form") } else { row.cell("lemma") };
    let gap = if with.is_empty() { "" } else { " " };
    SmolStr::from(format!("{file}:{} {head} {}{gap}{with}", row.line(), row.cell("pos")))
}

/// Splits "call on" into its verb and particle; German lemmas and nouns are one word.
fn head_word(row: &Row<'_, '_>) -> Result<(SmolStr, Option<SmolStr>, Pos), KnowledgeError> {
    let pos = match row.cell("pos") {
        "verb" => Pos::Verb,
        "noun" => Pos::Noun,
        "adj" => Pos::Adj,
        other => return Err(row.error(format!("unknown part of speech `{other}`"))),
    };
    let lemma = row.cell("lemma").to_lowercase();
    if lemma.is_empty() {
        return Err(row.error("empty lemma"));
    }
    let lemma = lemma.strip_prefix("sich ").unwrap_or(&lemma);
    match lemma.split_once(' ') {
        Some((verb, rest)) if pos != Pos::Noun => Ok((SmolStr::new(verb), Some(SmolStr::new(rest)), pos)),
        Some((first, rest)) => {
            // A noun of several words is found by its last one; the words before it are its modifiers.
            let last = rest.rsplit(' ').next().unwrap_or(first);
            let before = lemma[..lemma.len() - last.len()].trim();
            Ok((SmolStr::new(last), Some(SmolStr::new(before)), pos))
        }
        None => Ok((SmolStr::new(lemma), None, pos)),
    }
}

fn slots(row: &Row<'_, '_>, column: &str) -> Result<Vec<Slot>, KnowledgeError> {
    row.list(column)
        .map(|text| Slot::parse(text).ok_or_else(|| row.error(format!("column `{column}`: unknown slot `{text}`"))))
        .collect()
}

fn conditions(row: &Row<'_, '_>) -> Result<Vec<Condition>, KnowledgeError> {
    let mut out = Vec::new();
    for text in row.cell("with").split_whitespace() {
        let condition = match text {
            "refl" => Condition::Reflexive,
            "neg" => Condition::Negated,
            _ => {
                let bad = || row.error(format!("column `with`: unknown condition `{text}`"));
                let mut alternatives: Vec<(Slot, Vec<Filler>)> = Vec::new();
                for part in text.split('|') {
                    let (slot, filler) = part.split_once('=').map_or((part, None), |(s, f)| (s, Some(f)));
                    match (Slot::parse(slot), filler, alternatives.last_mut()) {
                        (Some(slot), filler, _) => {
                            alternatives.push((slot, filler.map(Filler::parse).into_iter().collect()));
                        }
                        // A bare word goes on the list of fillers before it; after a bare `prep:X` it is a preposition.
                        (None, None, Some((_, fillers))) if !fillers.is_empty() => fillers.push(Filler::parse(part)),
                        (None, None, Some((Slot::Prep(_), _))) => {
                            alternatives.push((Slot::Prep(SmolStr::new(part)), Vec::new()));
                        }
                        // "prep:to|towards=@border": the filler holds for all the prepositions before it.
                        (None, Some(filler), Some((Slot::Prep(_), _))) => {
                            alternatives.push((Slot::Prep(SmolStr::new(slot)), Vec::new()));
                            for (_, fillers) in
                                alternatives.iter_mut().filter(|(s, f)| matches!(s, Slot::Prep(_)) && f.is_empty())
                            {
                                fillers.push(Filler::parse(filler));
                            }
                        }
                        _ => return Err(bad()),
                    }
                }
                Condition::Filled(alternatives)
            }
        };
        out.push(condition);
    }
    Ok(out)
}
