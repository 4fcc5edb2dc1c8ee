//! The file format of a model: a header, a list of sections, the sections.
//!
//! ```text
//! 0   8  magic "CHTEXT\0\n"
//! 8   4  version
//! 12  4  language, two letters and two zeros
//! 16 32  SHA-256 of everything from byte 48 on
//! 48  4  number of sections
//! 52     for each: name (8 bytes, zero padded), offset (4), length (4)
//! ```
//!
//! Sections begin at multiples of 64. Numbers are little-endian.

use sha2::{Digest, Sha256};

use crate::lang::Lang;
use crate::model::ModelError;

/// First bytes of every model.
const MAGIC: &[u8; 8] = b"CHTEXT\0\n";
/// Version of the format and of the features the weights were learned for.
pub(crate) const VERSION: u32 = 2;
/// Where the hashed part begins.
const BODY: usize = 48;

/// A model's bytes, read as sections.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container {
    bytes: &'static [u8],
    /// Language of the model.
    pub(crate) lang: Lang,
    /// The hash its header states.
    pub(crate) hash: [u8; 32],
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

impl Container {
    /// Reads the header.
    pub(crate) fn new(bytes: &'static [u8]) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) || bytes.len() < BODY + 4 {
            return Err(ModelError::NotAModel);
        }
        let version = number(bytes, 8).unwrap_or(0);
        if version != VERSION {
            return Err(ModelError::Version { found: version, expected: VERSION });
        }
        let lang = match &bytes[12..14] {
            b"de" => Lang::De,
            b"en" => Lang::En,
            _ => return Err(ModelError::Damaged("language")),
        };
        let hash = bytes[16..BODY].try_into().map_err(|_| ModelError::Damaged("hash"))?;
        Ok(Self { bytes, lang, hash })
    }

    /// Whether the bytes are those the header's hash was made from.
    pub(crate) fn is_intact(&self) -> bool {
        Sha256::digest(&self.bytes[BODY..])[..] == self.hash[..]
    }

    /// A section.
    pub(crate) fn section(&self, name: &'static str) -> Result<&'static [u8], ModelError> {
        let find = || {
            let count = number(self.bytes, BODY)? as usize;
            for i in 0..count.min(64) {
                let at = BODY + 4 + i * 16;
                let stored = self.bytes.get(at..at + 8)?;
                if stored[..name.len()] == *name.as_bytes() && stored[name.len()..].iter().all(|&b| b == 0) {
                    let (offset, len) = (number(self.bytes, at + 8)? as usize, number(self.bytes, at + 12)? as usize);
                    return self.bytes.get(offset..offset.checked_add(len)?);
                }
            }
            None
        };
        find().ok_or(ModelError::Damaged(name))
    }

    /// A section of text.
    pub(crate) fn text(&self, name: &'static str) -> Result<&'static str, ModelError> {
        std::str::from_utf8(self.section(name)?).map_err(|_| ModelError::Damaged(name))
    }
}

/// Writes a model.
#[cfg(feature = "train")]
pub(crate) fn write(lang: Lang, sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(lang.as_str().as_bytes());
    bytes.extend([0; 34]);
    bytes.extend((sections.len() as u32).to_le_bytes());
    let mut offset = (BODY + 4 + sections.len() * 16).next_multiple_of(64);
    for (name, data) in sections {
        let mut padded = [0u8; 8];
        padded[..name.len()].copy_from_slice(name.as_bytes());
        bytes.extend(padded);
        bytes.extend((offset as u32).to_le_bytes());
        bytes.extend((data.len() as u32).to_le_bytes());
        offset = (offset + data.len()).next_multiple_of(64);
    }
    for (_, data) in sections {
        bytes.resize(bytes.len().next_multiple_of(64), 0);
        bytes.extend(data);
    }
    let hash = Sha256::digest(&bytes[BODY..]);
    bytes[16..BODY].copy_from_slice(&hash);
    bytes
}
