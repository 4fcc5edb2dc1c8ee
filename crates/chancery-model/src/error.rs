//! What can be wrong with a value of the model. Every variant names the offending input.

/// An input that is no value of the field's vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A word outside a closed vocabulary.
    #[error("`{input}` is no {what}; expected one of: {expected}")]
    Unknown {
        /// Which vocabulary.
        what: &'static str,
        /// What was given.
        input: String,
        /// The permitted words.
        expected: String,
    },
    /// A code that is no actor code.
    #[error(
        "`{0}` is no actor code; expected ISO 3166 alpha-3 (RUS), EUU, UNO, NAT, IGO or UNK, with /nonstate appended for non-state actors"
    )]
    ActorCode(String),
    /// A date that is none of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`.
    #[error("`{0}` is no date; expected YYYY, YYYY-MM or YYYY-MM-DD")]
    Date(String),
    /// A decimal number that cannot be read.
    #[error("`{0}` is no decimal number")]
    Decimal(String),
    /// An identifier that cannot be read.
    #[error("`{0}` is no identifier; expected a prefix (c- d- o- a- f- r-) and six to 26 characters a-z 2-7")]
    Id(String),
    /// A value that has no canonical form (a floating point number).
    #[error("no canonical form: {0}")]
    Canonical(String),
}
