//! Commitment of a holder to a proposition: certainty × polarity, after FactBank (Saurí and Pustejovsky 2009).

use crate::event::vocabulary;

vocabulary! {
    /// How firmly the holder commits to the proposition with its status.
    Certainty, "certainty" {
        /// Commits fully.
        Certain = "certain",
        /// Holds it for likely.
        Probable = "probable",
        /// Holds it for possible.
        Possible = "possible",
        /// Merely passes it on.
        Uncommitted = "uncommitted",
    }
}

vocabulary! {
    /// Whether the holder says that it is so.
    Polarity, "polarity" {
        /// It is so.
        Positive = "positive",
        /// It is not so, does not or will not happen.
        Negative = "negative",
        /// Questioned; no evidence.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// How a link of an attribution passes the next one on.
    Endorsement, "endorsement" {
        /// Takes it over (*stellt fest*, *belegt*, "reveals").
        Endorses = "endorses",
        /// Reports it (*sagt*, "said").
        Neutral = "neutral",
        /// Keeps away from it (*behauptet*, *angeblich*, "claims").
        Distances = "distances",
    }
}

vocabulary! {
    /// Whom a statement is meant for.
    Audience, "audience" {
        /// Readers abroad.
        Foreign = "foreign",
        /// Readers at home.
        Domestic = "domestic",
        /// Both.
        Both = "both",
        /// Not said.
        Unstated = "unstated",
    }
}
