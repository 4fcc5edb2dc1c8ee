//! Bytes to text: UTF-8, UTF-16 with a mark, or a Western single-byte encoding; anything else is refused.
//!
//! A wrong guess is worse than a refusal: a misread umlaut changes names, and the quotation that a claim rests on would
//! no longer be what the source printed.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Text with the name of the encoding that it was read in. A byte order mark is gone, nothing else is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The encoding's name in the WHATWG standard (`UTF-8`, `windows-1252`).
    pub encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undecodable {
    /// Another kind of file, with its name.
    Binary(&'static str),
    /// No encoding gives readable text; says why.
    Garbage(String),
}

/// First bytes of files that people take for text, with what they are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xD0\xCF\x11\xE0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xFF\xD8\xFF", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7FELF", "a program"),
    (b"PAR1", "a Parquet table"),
];

/// Reads bytes as text. `declared` is what the file says about itself (an HTML `<meta charset>`); it is believed only
/// where the bytes are no valid UTF-8.
pub fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, Undecodable> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Undecodable::Binary(what));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[mark..], encoding)
            .ok_or_else(|| Undecodable::Garbage(format!("marked as {}, but it is not", encoding.name())));
    }
    if looks_binary(bytes) {
        return Err(Undecodable::Binary("a binary file"));
    }
    let damage = match std::str::from_utf8(bytes) {
        Ok(text) if replaced(text) => {
            return Err(Undecodable::Garbage("letters were lost (U+FFFD) in an earlier conversion".to_owned()));
        }
        Ok(text) => return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() }),
        Err(error) => error.valid_up_to(),
    };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"de"), Utf8Detection::Deny);
    [declared, Some(guessed), Some(WINDOWS_1252)]
        .into_iter()
        .flatten()
        .filter(|encoding| *encoding != UTF_8)
        .find_map(|encoding| decode_as(bytes, encoding).filter(|d| plausible(&d.text)))
        .ok_or_else(|| {
            Undecodable::Garbage(format!(
                "byte {damage} is no UTF-8, and the whole is no Windows-1252 or Latin-1 either"
            ))
        })
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    Some(Decoded { text, encoding: encoding.name() })
}

/// A NUL byte, or control characters beyond what a stray escape sequence explains.
fn looks_binary(bytes: &[u8]) -> bool {
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    let controls = bytes.iter().filter(|b| control(b)).count();
    bytes.contains(&0) || (controls > 8 && controls * 50 > bytes.len())
}

/// Whether the text is riddled with replacement characters.
fn replaced(text: &str) -> bool {
    let lost = text.chars().filter(|c| *c == '\u{FFFD}').count();
    lost >= 3 && lost * 500 > text.chars().count()
}

/// Whether a single-byte reading makes sense as words: nine in ten characters beyond ASCII are typography or stand in a
/// word like letters do, and no control characters came out.
fn plausible(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let (mut good, mut high) = (0usize, 0usize);
    for (i, &c) in chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        high += 1;
        let before = i.checked_sub(1).map(|j| chars[j]);
        let after = chars.get(i + 1).copied();
        let fits = if c.is_alphabetic() { letter_fits(before, c, after) } else { typographic(c) };
        good += usize::from(fits);
    }
    !chars.iter().any(|c| ('\u{80}'..'\u{a0}').contains(c)) && good * 10 >= high * 9 && high * 2 <= chars.len()
}

/// A letter beyond ASCII beside another letter, and no capital inside a small word (`fÃ¼r` is misread UTF-8).
fn letter_fits(before: Option<char>, c: char, after: Option<char>) -> bool {
    let in_word = before.is_some_and(char::is_alphabetic) || after.is_some_and(char::is_alphabetic);
    let capital_inside = c.is_uppercase() && before.is_some_and(char::is_lowercase);
    in_word && !capital_inside
}

fn typographic(c: char) -> bool {
    matches!(
        c,
        '\u{a0}'
            | '\u{ad}'
            | '„'
            | '“'
            | '”'
            | '‚'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '–'
            | '—'
            | '…'
            | '€'
            | '£'
            | '§'
            | '°'
            | '·'
            | '•'
            | '©'
            | '®'
            | '™'
            | '½'
            | '¼'
            | '¾'
            | '²'
            | '³'
            | '´'
            | '×'
            | '¹'
            | '¡'
            | '¿'
            | '±'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GERMAN: &str =
        "Die Außenministerin reiste über Köln nach Genf – „ein Anfang“, hieß es. Österreich prüft 48 Fälle.";

    fn text(bytes: &[u8]) -> Decoded {
        decode(bytes, None).unwrap()
    }

    #[test]
    fn western_encodings_are_read_rightly() {
        let latin1 = "Rußland drohte für den Fall neuer Sanktionen mit Gegenmaßnahmen, sagte der Präsident in Köln.";
        let bytes: Vec<u8> = latin1.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(text(&bytes), Decoded { text: latin1.to_owned(), encoding: "windows-1252" });
        let (cp1252, _, failed) = WINDOWS_1252.encode(GERMAN);
        assert!(!failed);
        assert_eq!(text(&cp1252).text, GERMAN);
        assert_eq!(text(GERMAN.as_bytes()), Decoded { text: GERMAN.to_owned(), encoding: "UTF-8" });
    }

    #[test]
    fn marks_are_removed_and_nothing_else() {
        assert_eq!(text(b"\xEF\xBB\xBFa\r\nb\r\n").text, "a\r\nb\r\n");
        let utf16: Vec<u8> = "\u{feff}für".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16), Decoded { text: "für".to_owned(), encoding: "UTF-16LE" });
    }

    #[test]
    fn other_files_and_garbage_are_refused() {
        assert_eq!(decode(b"%PDF-1.7 ...", None), Err(Undecodable::Binary("a PDF file")));
        assert_eq!(decode(b"MZ\x00\x01\x02", None), Err(Undecodable::Binary("a binary file")));
        let noise: Vec<u8> = (0..2000u32).map(|i| 0x80 + (i.wrapping_mul(2_654_435_761) >> 25) as u8).collect();
        assert!(matches!(decode(&noise, None), Err(Undecodable::Garbage(_))), "{:?}", decode(&noise, None));
        let lost = "Die Gespr\u{FFFD}che \u{FFFD}ber das Abkommen f\u{FFFD}r Gas".as_bytes();
        assert!(matches!(decode(lost, None), Err(Undecodable::Garbage(_))));
    }

    #[test]
    fn damaged_utf8_is_not_taken_for_latin1() {
        let mut bytes = GERMAN.repeat(20).into_bytes();
        bytes[300] = 0xC3;
        bytes[301] = b' ';
        let Err(Undecodable::Garbage(why)) = decode(&bytes, None) else { panic!("accepted") };
        assert!(why.contains("no UTF-8"), "{why}");
    }

    proptest! {
        #[test]
        fn any_bytes_give_text_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(decoded) = decode(&bytes, None) {
                prop_assert!(decoded.text.len() <= bytes.len() * 3);
            }
        }

        #[test]
        fn utf8_comes_through_unchanged(s in "[a-zA-ZäöüßÄÖÜ„“ .,\n–]{0,200}") {
            prop_assert_eq!(decode(s.as_bytes(), None).unwrap().text, s);
        }
    }
}
