//! The options of every command that takes texts in.

use chancery::model::PartialDate;
use chancery::source::{MAX_DOCUMENT, Metadata, Terms};
use clap::Args;

/// What the caller knows about the texts; it stands above what they say themselves.
#[derive(Debug, Clone, Args)]
pub(crate) struct Texts {
    /// Date of publication: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE")]
    date: Option<PartialDate>,
    /// Outlet or author
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Where the text was found
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Language [default: told from the words]
    #[arg(long, value_name = "LANG", value_parser = ["de", "en"])]
    lang: Option<String>,
    /// Refuse larger documents; bytes, or with k, M, G
    #[arg(long, value_name = "BYTES", default_value_t = MAX_DOCUMENT, value_parser = bytes)]
    max_document: u64,
}

impl Texts {
    /// The terms for the façade.
    pub(crate) fn terms(&self) -> Terms {
        Terms {
            metadata: Metadata {
                published: self.date,
                source: self.source.clone(),
                url: self.url.clone(),
                lang: self.lang.clone(),
                title: None,
            },
            max_document: self.max_document,
            today: Some(chancery::clock::today()),
        }
    }
}

/// `500000`, `500k`, `20M`, `1G`.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        _ => return Err("expected a number of bytes such as 500000, 500k or 20M".to_owned()),
    };
    let number: u64 =
        digits.parse().map_err(|_| "expected a number of bytes such as 500000, 500k or 20M".to_owned())?;
    number.checked_mul(factor).filter(|n| *n > 0).ok_or_else(|| "out of range".to_owned())
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes() {
        for (text, expected) in
            [("1", Ok(1)), ("500k", Ok(500_000)), ("20MB", Ok(20_000_000)), ("2G", Ok(2_000_000_000))]
        {
            assert_eq!(bytes(text), expected);
        }
        for bad in ["", "k", "-1", "1.5M", "0", "10 MB", "99999999999G"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
    }
}
