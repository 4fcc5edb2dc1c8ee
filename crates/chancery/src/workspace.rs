//! A workspace: a folder with `chancery.toml` and a ledger. All paths in it are relative, so that it can be moved.

use std::path::{Path, PathBuf};

use chancery_ledger::Ledger;
use serde::Deserialize;

use crate::error::Error;

/// The file that makes a folder a workspace.
pub const SETTINGS_FILE: &str = "chancery.toml";
/// The version of the settings that this program writes and the newest that it reads.
const VERSION: u32 = 1;

/// What `init` writes.
const TEMPLATE: &str = "\
# A workspace of chancery: https://github.com/chancery/chancery
# Paths are relative to this file; the folder can be moved, copied and archived as a whole.
version = 1

# Where documents, claims and the journal of all acts are kept.
ledger = \"ledger\"
";

/// The settings of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The version of this file.
    pub version: u32,
    /// The folder of the ledger.
    #[serde(default = "default_ledger")]
    pub ledger: PathBuf,
}

fn default_ledger() -> PathBuf {
    PathBuf::from("ledger")
}

/// A folder with settings and a ledger.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    settings: Settings,
}

impl Workspace {
    /// Makes a workspace in `dir`, which may exist already as long as it is no workspace.
    pub fn create(dir: &Path) -> Result<Self, Error> {
        let file = dir.join(SETTINGS_FILE);
        if file.exists() {
            return Err(Error::WorkspaceExists(dir.to_owned()));
        }
        let write = |source| Error::Write { path: file.clone(), source };
        std::fs::create_dir_all(dir).map_err(|source| Error::Write { path: dir.to_owned(), source })?;
        let settings = Settings { version: VERSION, ledger: default_ledger() };
        // The ledger first: a folder with settings but without a ledger would be a workspace that does not work.
        Ledger::create(&dir.join(&settings.ledger))?;
        std::fs::write(&file, TEMPLATE).map_err(write)?;
        Ok(Self { root: dir.to_owned(), settings })
    }

    /// Opens the workspace in `dir`. Writes nothing.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(SETTINGS_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Error::NotAWorkspace(dir.to_owned())),
            Err(source) => return Err(Error::read(&path.display().to_string(), source)),
        };
        let settings = settings(&path, &text)?;
        Ok(Self { root: dir.to_owned(), settings })
    }

    /// Opens the workspace that `start` or the nearest folder above it is.
    pub fn find(start: &Path) -> Result<Self, Error> {
        start
            .ancestors()
            .find(|dir| dir.join(SETTINGS_FILE).is_file())
            .map_or_else(|| Err(Error::NoWorkspace(start.to_owned())), Self::open)
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its ledger, for reading; a writer is taken from it.
    pub fn ledger(&self) -> Result<Ledger, Error> {
        Ok(Ledger::open(&self.root.join(&self.settings.ledger))?)
    }
}

fn settings(path: &Path, text: &str) -> Result<Settings, Error> {
    // The version first: a newer file may hold what this program does not know.
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    let bad = |e: toml::de::Error| Error::Settings { path: path.to_owned(), why: e.to_string().trim().to_owned() };
    let Versioned { version } = toml::from_str(text).map_err(bad)?;
    if version > VERSION {
        return Err(Error::NewerWorkspace { path: path.to_owned(), found: version, supported: VERSION });
    }
    let settings: Settings = toml::from_str(text).map_err(bad)?;
    if settings.ledger.is_absolute() || settings.ledger.components().any(|c| c.as_os_str() == "..") {
        let why = "`ledger` must be a path inside the workspace".to_owned();
        return Err(Error::Settings { path: path.to_owned(), why });
    }
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_refused() {
        let path = Path::new("chancery.toml");
        assert_eq!(settings(path, TEMPLATE).unwrap(), Settings { version: 1, ledger: "ledger".into() });
        for (text, part) in [
            ("version = 2\nnew = true", "newer"),
            ("version = 1\nledgre = \"x\"", "ledgre"),
            ("version = 1\nledger = \"/srv/x\"", "inside"),
            ("version = 1\nledger = \"../x\"", "inside"),
            ("", "version"),
        ] {
            let error = settings(path, text).unwrap_err().to_string();
            assert!(error.contains(part) && error.contains("chancery.toml"), "{text}: {error}");
        }
    }

    #[test]
    fn the_nearest_folder_above_counts() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(SETTINGS_FILE), TEMPLATE).unwrap();
        let below = dir.path().join("a/b");
        std::fs::create_dir_all(&below).unwrap();
        assert_eq!(Workspace::find(&below).unwrap().root(), dir.path());
        assert!(matches!(Workspace::open(&below), Err(Error::NotAWorkspace(_))));
        assert!(matches!(Workspace::create(dir.path()), Err(Error::WorkspaceExists(_))));
    }
}
