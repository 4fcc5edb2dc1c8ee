//! Event types, their quad classes, how far an event is realised, and where it counts.

/// Declares a closed vocabulary: the enum, its words, parsing that names the remedy, and serde by word.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the vocabulary's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word as it stands in files and output.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::ModelError;

            fn from_str(s: &str) -> Result<Self, crate::ModelError> {
                Self::ALL.iter().copied().find(|v| v.as_str() == s).ok_or_else(|| crate::ModelError::Unknown {
                    what: $what,
                    input: s.to_owned(),
                    expected: Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}
pub(crate) use vocabulary;

vocabulary! {
    /// The sixteen event types of PLOVER (manual draft 2.0, 2024).
    EventType, "event type" {
        /// Promise, offer or intend future cooperation, support or aid.
        Agree = "AGREE",
        /// Meet, visit, call, negotiate.
        Consult = "CONSULT",
        /// Praise, back, recognise, sign or ratify.
        Support = "SUPPORT",
        /// Concede in words: ease, pardon, accept a demand.
        Concede = "CONCEDE",
        /// Mutual material exchange: trade, joint exercise or project.
        Cooperate = "COOPERATE",
        /// Material benefit to the recipient: money, arms, relief, asylum.
        Aid = "AID",
        /// Withdraw, release, cease fire, let in inspectors.
        Retreat = "RETREAT",
        /// Ask, call on, demand, urge.
        Request = "REQUEST",
        /// Criticise, condemn, blame, sue, investigate.
        Accuse = "ACCUSE",
        /// Refuse, decline, veto, vote against.
        Reject = "REJECT",
        /// Threaten force, sanction, a break of relations.
        Threaten = "THREATEN",
        /// Collective civilian protest.
        Protest = "PROTEST",
        /// Reduce relations: sanctions, expulsion, recall, suspension.
        Sanction = "SANCTION",
        /// Troop movement, alert, single-country exercise, weapons test.
        Mobilize = "MOBILIZE",
        /// Arrest, restrict, seize, block, ban, cyber attack.
        Coerce = "COERCE",
        /// Attack, kill, bomb, invade.
        Assault = "ASSAULT",
    }
}

vocabulary! {
    /// Quad classes: verbal or material, cooperation or conflict.
    Quad, "quad class" {
        /// 1: AGREE, CONSULT, SUPPORT, CONCEDE.
        VerbalCooperation = "verbal_cooperation",
        /// 2: COOPERATE, AID, RETREAT.
        MaterialCooperation = "material_cooperation",
        /// 3: REQUEST, ACCUSE, REJECT, THREATEN.
        VerbalConflict = "verbal_conflict",
        /// 4: PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT.
        MaterialConflict = "material_conflict",
    }
}

impl EventType {
    /// The quad class of the type's own section in the PLOVER manual.
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => Quad::MaterialConflict,
        }
    }
}

vocabulary! {
    /// How far the event is realised, as the passage tells it.
    Status, "status" {
        /// It happened.
        Occurred = "occurred",
        /// It is happening.
        Ongoing = "ongoing",
        /// Announced, scheduled, promised, negotiated.
        Planned = "planned",
        /// Somebody demands it.
        Demanded = "demanded",
        /// Conditional, possible, feared.
        Hypothetical = "hypothetical",
        /// Habit, standing practice.
        Generic = "generic",
    }
}

vocabulary! {
    /// The part of a relation in which an event counts.
    Lane, "lane" {
        /// Force, arms, troops, security.
        Military = "military",
        /// Diplomacy, votes, treaties, statements.
        Political = "political",
        /// Trade, money, energy, sanctions.
        Economic = "economic",
        /// Migration, relief, culture, persons.
        People = "people",
    }
}

vocabulary! {
    /// What kind of commitment an event is.
    Tier, "tier" {
        /// Statements, promises, demands.
        Said = "said",
        /// Votes, vetoes, treaties, recognition, visits held.
        Bound = "bound",
        /// Goods, money, people or force moved.
        Done = "done",
    }
}

vocabulary! {
    /// What one claim contributes to an answer: exactly one of these, by `data/ontology/standing.toml`.
    Standing, "standing" {
        /// The document's own voice commits to it as a fact.
        Done = "done",
        /// Who did it says so.
        SelfReported = "self-reported",
        /// Somebody else says so.
        Claimed = "claimed",
        /// Announced or negotiated.
        Planned = "planned",
        /// Demanded.
        Demanded = "demanded",
        /// Conditional or possible.
        Hypothetical = "hypothetical",
        /// Standing practice.
        Generic = "generic",
        /// Said not to be so.
        Denied = "denied",
        /// Told to be without (conclusive) evidence.
        NoEvidence = "no-evidence",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip_and_refuse() {
        for t in EventType::ALL {
            assert_eq!(t.as_str().parse::<EventType>().unwrap(), *t);
        }
        let error = "ATTACK".parse::<EventType>().unwrap_err().to_string();
        assert!(error.contains("ASSAULT"), "{error}");
    }
}
