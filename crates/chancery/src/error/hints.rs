//! The remedy for each error, told apart from what is wrong.

use chancery_ledger::LedgerError;

use super::Error;

impl Error {
    /// What the user can do about it.
    pub fn hints(&self) -> Vec<String> {
        let one = |hint: &str| vec![hint.to_owned()];
        match self {
            Self::Read { source, .. } => match source.kind() {
                std::io::ErrorKind::NotFound => one("check the path; quote it if it holds spaces or wildcards"),
                std::io::ErrorKind::PermissionDenied => one("check who may read the file"),
                std::io::ErrorKind::IsADirectory => one("`chancery add` takes folders, `chancery code` takes files"),
                _ => Vec::new(),
            },
            Self::Empty { .. } => one("check whether the download or the export was complete"),
            Self::EmptyFolder { .. } => {
                one("files are read by their ending (.txt .md .html); name others outright, JSON Lines with --jsonl")
            }
            Self::Binary { what, .. } if what.contains("PDF") => {
                one("convert it first: pdftotext FILE - | chancery add -")
            }
            Self::Binary { what, .. } if what.contains("Office") => one("save it as plain text or HTML first"),
            Self::Binary { what, .. } if what.contains("archive") => one("unpack it first"),
            Self::Binary { .. } => one("only plain text, Markdown, HTML and JSON Lines are read"),
            Self::Encoding { .. } => one("convert it to UTF-8 first: iconv -f ENCODING -t UTF-8 FILE"),
            Self::TooLarge { .. } => one("split it, or raise the limit with --max-document BYTES"),
            Self::NoText { .. } => {
                one("pages built by scripts come empty: save the page from a browser, or its text as a .txt file")
            }
            Self::UnknownLanguage { .. } => one("if it is German or English, say so with --lang de or --lang en"),
            Self::UnsupportedLanguage { .. } => one("languages read are de (German) and en (English)"),
            Self::FutureDate { .. } => one("correct it with --date YYYY-MM-DD, or the clock of this machine"),
            Self::FrontMatter { .. } => one("expected YYYY, YYYY-MM or YYYY-MM-DD; --date overrides it"),
            Self::Record { .. } => one(
                "each line is one object {\"id\", \"text\", \"date\"|null, \"lang\"?, \"source\"?, \"url\"?, \"title\"?}",
            ),
            Self::NoId { .. } => one("give each line an `id`, so that the output can be told apart"),
            Self::UnknownState { suggestions, .. } if suggestions.is_empty() => {
                one("give an ISO code (PRK), a name in German or English, or a COW number (731)")
            }
            Self::UnknownState { suggestions, .. } => vec![format!("did you mean {}?", suggestions.join(", "))],
            Self::Reference { candidates, .. } if candidates.is_empty() => Vec::new(),
            Self::Reference { candidates, .. } => vec![format!("candidates: {}", candidates.join(", "))],
            Self::Dataset(error) if matches!(**error, crate::dataset::DatasetError::Unknown { .. }) => {
                one("`chancery data list` names them")
            }
            Self::Dataset(error) if matches!(**error, crate::dataset::DatasetError::Short { .. }) => {
                one("if the file is an extract or an update on purpose, say so: --extract")
            }
            Self::Dataset(_) => one("`chancery data check FILE --as NAME` reads a file without storing anything"),
            Self::NoRecord { .. } => one("`chancery data list` shows what this ledger holds"),
            Self::Measure(_) => Vec::new(),
            Self::Unreachable { .. } => one(
                "check the connection, or fetch the file yourself and give it to `chancery data add FILE --as NAME`",
            ),
            Self::Interrupted { .. } => one("the same command again goes on where it stopped"),
            Self::WrongHash { .. } => one(
                "the publisher has a new release, or the transfer was tampered with: look, then `chancery data add FILE --as NAME`",
            ),
            Self::NotADemo(_) => one("name another folder with --dir DIR"),
            Self::NoWorkspace(_) | Self::NotAWorkspace(_) => {
                one("make one with `chancery init DIR`, or name one with --workspace DIR or CHANCERY_WORKSPACE")
            }
            Self::WorkspaceExists(dir) => vec![format!("use it: chancery --workspace {} add FILE…", dir.display())],
            Self::Settings { .. } => {
                one("correct the line, or compare with the chancery.toml that `chancery init` writes")
            }
            Self::NewerWorkspace { .. } => one("install a newer chancery"),
            Self::Redacted { .. } => one("a redaction stands: to take the text in all the same, use another workspace"),
            Self::Write { .. } => one("check space and permissions of the folder"),
            Self::Ledger(error) => ledger_hints(error),
            Self::Model(_) => Vec::new(),
            Self::Knowledge(_) | Self::Internal { .. } => {
                one("this is a fault of the program: please report it with the text")
            }
            Self::NoModel(_) => one("build it with the files of data/models in place"),
        }
    }
}

/// The ledger's messages carry their remedy; only what a command can add stands here.
fn ledger_hints(error: &LedgerError) -> Vec<String> {
    match error {
        LedgerError::Damaged { .. } => vec!["`chancery verify` names everything that does not fit".to_owned()],
        _ => Vec::new(),
    }
}
