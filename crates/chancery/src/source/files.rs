//! Which files an argument stands for.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::error::Error;

/// Endings of files that are read in a folder. A file named outright is read whatever its ending.
const ENDINGS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml"];

/// The files an argument stands for: itself, or everything readable below a folder, in the order of names. Hidden files
/// and folders are passed over and links are not followed, so that a folder cannot lead out of itself or in circles.
pub fn expand(argument: &Path) -> Vec<Result<PathBuf, Error>> {
    if argument.as_os_str() == "-" || !argument.is_dir() {
        return vec![Ok(argument.to_owned())];
    }
    let hidden = |entry: &walkdir::DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
    let found: Vec<_> = WalkDir::new(argument)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_file() && readable(entry.path()) => Some(Ok(entry.into_path())),
            Ok(_) => None,
            Err(error) => {
                let name = error.path().map_or_else(|| display(argument), display);
                Some(Err(Error::read(&name, error.into())))
            }
        })
        .collect();
    if found.is_empty() { vec![Err(Error::EmptyFolder { name: display(argument) })] } else { found }
}

fn readable(path: &Path) -> bool {
    path.extension().is_some_and(|e| ENDINGS.contains(&e.to_string_lossy().to_ascii_lowercase().as_str()))
}

/// A path as messages and output name it, with forward slashes on every system.
pub fn display(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_its_readable_files_in_order() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.md", "sub/c.HTML", ".hidden.txt", ".git/d.txt", "picture.png", "data.jsonl"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let found: Vec<String> =
            expand(dir.path()).into_iter().map(|p| display(p.unwrap().strip_prefix(dir.path()).unwrap())).collect();
        assert_eq!(found, ["a.md", "b.txt", "sub/c.HTML"]);
    }

    #[test]
    fn an_empty_folder_is_said() {
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(expand(dir.path()).as_slice(), [Err(Error::EmptyFolder { .. })]));
        assert!(matches!(expand(Path::new("-")).as_slice(), [Ok(_)]));
    }
}
