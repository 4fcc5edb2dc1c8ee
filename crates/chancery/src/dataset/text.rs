//! Bytes of a published table as text: gzip, byte order marks, Latin-1, and text that was encoded twice.

use std::io::Read;

use super::DatasetError;

/// Bytes as text, and what had to be done to them.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Result<(String, Vec<String>), DatasetError> {
    let mut unpacked = Vec::new();
    let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut unpacked).map_err(|e| DatasetError::Table {
            file: file.to_owned(),
            line: None,
            why: format!("the gzip is damaged: {e}"),
        })?;
        unpacked.as_slice()
    } else {
        bytes
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(repaired(text, Vec::new()));
    }
    let (text, strange) = lines_in_both(bytes);
    let said = if strange.utf8 > 0 {
        format!("{} lines in Windows-1252 among {} in UTF-8, each decoded by itself", strange.latin, strange.utf8)
    } else {
        format!("no UTF-8; decoded as Windows-1252 ({} lines with special letters)", strange.latin)
    };
    Ok(repaired(&text, vec![said]))
}

/// How many lines have letters beyond ASCII, by encoding.
#[derive(Default)]
struct Encodings {
    utf8: usize,
    latin: usize,
}

/// Decodes line by line: publishers join files of different encodings.
fn lines_in_both(bytes: &[u8]) -> (String, Encodings) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let mut counts = Encodings::default();
    for line in bytes.split_inclusive(|&b| b == b'\n') {
        if let Ok(line) = std::str::from_utf8(line) {
            counts.utf8 += usize::from(!line.is_ascii());
            text.push_str(line);
        } else {
            counts.latin += 1;
            text.push_str(&encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0);
        }
    }
    (text, counts)
}

/// Lines whose UTF-8 was taken for Windows-1252 and encoded again (`CÃ´te`) are encoded back.
fn repaired(text: &str, mut said: Vec<String>) -> (String, Vec<String>) {
    // Every two-byte letter becomes one of these two and a second letter; without them there is nothing to repair.
    if !text.contains(['Ã', 'Â', 'â']) {
        return (text.to_owned(), said);
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        match once(line) {
            Some(line) => {
                lines += 1;
                out.push_str(&line);
            }
            None => out.push_str(line),
        }
    }
    if lines > 0 {
        said.push(format!("{lines} lines were encoded twice and are repaired"));
    }
    (out, said)
}

/// The line decoded once more, where that gives valid text: real text with these letters does not survive it.
fn once(line: &str) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(line);
    if lost { None } else { String::from_utf8(bytes.into_owned()).ok() }
}
