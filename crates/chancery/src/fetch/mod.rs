//! The network: a file from its publisher to a folder, asked for first, resumed where it broke off, hash-checked.
//!
//! Nothing else of the program goes out, and this only when a person asks for it. What arrives lies under `NAME.part` until it is
//! whole and right; only then it gets its name.

mod http;

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::Error;

pub use http::Http;

/// What a server says of a file before it is fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The address, after redirections.
    pub url: String,
    /// The host that delivers.
    pub host: String,
    /// Bytes, where the server says.
    pub size: Option<u64>,
    /// What tells this version of the file from another: entity tag, else date of change.
    pub version: Option<String>,
}

/// A body from some byte on.
pub struct Body {
    /// The first byte that it begins with: 0 where the server did not resume.
    pub from: u64,
    /// Bytes of the whole file, where the server says.
    pub total: Option<u64>,
    /// What tells this version.
    pub version: Option<String>,
    /// The bytes.
    pub bytes: Box<dyn Read>,
}

/// Whatever fetches: the network, or a test.
pub trait Fetch {
    /// What there is, without fetching it.
    ///
    /// # Errors
    /// No connection, or the server refuses.
    fn offer(&self, url: &str) -> Result<Offer, Error>;

    /// The file from byte `from` on, if it still is `version`; else from its beginning.
    ///
    /// # Errors
    /// No connection, or the server refuses.
    fn body(&self, url: &str, from: u64, version: Option<&str>) -> Result<Body, Error>;
}

/// A file that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes that an earlier try had brought.
    pub resumed: u64,
}

/// Fetches `url` to `path`. `expected` is the SHA-256 that the file must have, where one is known; `tell` hears bytes so far and in
/// all, and may end it: what has come stays for the next try.
///
/// # Errors
/// The network's and the disk's; a connection that ends early ([`Error::Interrupted`]); a file of another hash, which is deleted
/// ([`Error::WrongHash`]).
pub fn fetch(
    from: &dyn Fetch,
    url: &str,
    path: &Path,
    expected: Option<&str>,
    mut tell: impl FnMut(u64, Option<u64>) -> ControlFlow<()>,
) -> Result<Fetched, Error> {
    let (part, note) = (beside(path, "part"), beside(path, "part.version"));
    let held = std::fs::metadata(&part).map_or(0, |m| m.len());
    let version = std::fs::read_to_string(&note).ok();
    // Without a version nobody can tell whether the rest belongs to what is here.
    let begin = if version.is_some() { held } else { 0 };
    let mut body = from.body(url, begin, version.as_deref().filter(|_| begin > 0))?;
    let written = |e| Error::Write { path: part.clone(), source: e };
    let mut file = if body.from > 0 {
        OpenOptions::new().append(true).open(&part).map_err(written)?
    } else {
        File::create(&part).map_err(written)?
    };
    match &body.version {
        Some(version) => std::fs::write(&note, version).map_err(written)?,
        None => drop(std::fs::remove_file(&note)),
    }
    let resumed = body.from;
    let mut done = resumed;
    let mut buffer = vec![0; 1 << 16];
    let interrupted = |done, why: String| Error::Interrupted { url: url.to_owned(), done, total: body.total, why };
    loop {
        let n = match body.bytes.read(&mut buffer) {
            Ok(n) => n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(interrupted(done, e.to_string())),
        };
        if n == 0 {
            break;
        }
        file.write_all(&buffer[..n]).map_err(written)?;
        done += n as u64;
        if tell(done, body.total).is_break() {
            return Err(interrupted(done, "stopped".to_owned()));
        }
    }
    if body.total.is_some_and(|total| done < total) {
        return Err(interrupted(done, "the connection ended early".to_owned()));
    }
    file.sync_all().map_err(written)?;
    let sha256 = hash(&part)?;
    if let Some(expected) = expected.filter(|e| !e.eq_ignore_ascii_case(&sha256)) {
        let _ = (std::fs::remove_file(&part), std::fs::remove_file(&note));
        return Err(Error::WrongHash { url: url.to_owned(), expected: expected.to_owned(), found: sha256 });
    }
    std::fs::rename(&part, path).map_err(written)?;
    let _ = std::fs::remove_file(&note);
    Ok(Fetched { path: path.to_owned(), bytes: done, sha256, resumed })
}

/// `un-votes.csv` and `part` are `un-votes.csv.part`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

fn hash(path: &Path) -> Result<String, Error> {
    let read = |e| Error::Read { name: path.display().to_string(), source: e };
    let mut file = File::open(path).map_err(read)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(read)?;
        if n == 0 {
            break;
        }
        hasher.update(&buffer[..n]);
    }
    Ok(format!("{:x}", hasher.finalize()))
}

#[cfg(test)]
mod tests;
