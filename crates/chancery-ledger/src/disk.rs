//! The object store under the Delta tables: local files whose writes are on the disk when they return.
//!
//! `object_store` renames files into place but never calls fsync, so after a power cut a commit could name a data file
//! that is not there. Here a file is written beside its place, synced, moved, and its folder synced: whatever a later
//! operation refers to is durable by then, in the order in which it was written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, ObjectStore, PutMode,
    PutMultipartOptions, PutOptions, PutPayload, PutResult, Result, UploadPart,
};

/// Local files, rooted at `/`.
#[derive(Debug)]
pub(crate) struct Disk {
    files: LocalFileSystem,
}

impl Disk {
    pub(crate) fn new() -> Self {
        Self { files: LocalFileSystem::new() }
    }
}

impl std::fmt::Display for Disk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Disk")
    }
}

#[async_trait]
impl ObjectStore for Disk {
    async fn put_opts(&self, location: &ObjectPath, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        let path = self.files.path_to_filesystem(location)?;
        let create = match opts.mode {
            PutMode::Create => true,
            PutMode::Overwrite => false,
            PutMode::Update(_) => {
                return Err(Error::NotImplemented {
                    operation: "update of one version".to_owned(),
                    implementer: self.to_string(),
                });
            }
        };
        blocking(move || write_durably(&path, payload.iter(), create)).await?;
        Ok(PutResult { e_tag: None, version: None })
    }

    async fn put_multipart_opts(
        &self,
        location: &ObjectPath,
        _: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        let path = self.files.path_to_filesystem(location)?;
        Ok(Box::new(Upload { path, parts: Vec::new() }))
    }

    async fn get_opts(&self, location: &ObjectPath, options: GetOptions) -> Result<GetResult> {
        self.files.get_opts(location, options).await
    }

    fn delete_stream(
        &self,
        locations: BoxStream<'static, Result<ObjectPath>>,
    ) -> BoxStream<'static, Result<ObjectPath>> {
        self.files.delete_stream(locations)
    }

    fn list(&self, prefix: Option<&ObjectPath>) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list(prefix)
    }

    fn list_with_offset(
        &self,
        prefix: Option<&ObjectPath>,
        offset: &ObjectPath,
    ) -> BoxStream<'static, Result<ObjectMeta>> {
        self.files.list_with_offset(prefix, offset)
    }

    async fn list_with_delimiter(&self, prefix: Option<&ObjectPath>) -> Result<ListResult> {
        self.files.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &ObjectPath, to: &ObjectPath, options: CopyOptions) -> Result<()> {
        self.files.copy_opts(from, to, options).await
    }
}

/// A large object, kept in memory until it is complete: checkpoints and data files here are a few megabytes, and a
/// file that appears before its content is synced would be the very thing this module is against.
#[derive(Debug)]
struct Upload {
    path: PathBuf,
    parts: Vec<PutPayload>,
}

#[async_trait]
impl MultipartUpload for Upload {
    fn put_part(&mut self, data: PutPayload) -> UploadPart {
        self.parts.push(data);
        Box::pin(std::future::ready(Ok(())))
    }

    async fn complete(&mut self) -> Result<PutResult> {
        let (path, parts) = (self.path.clone(), std::mem::take(&mut self.parts));
        blocking(move || write_durably(&path, parts.iter().flat_map(PutPayload::iter), false)).await?;
        Ok(PutResult { e_tag: None, version: None })
    }

    async fn abort(&mut self) -> Result<()> {
        self.parts.clear();
        Ok(())
    }
}

async fn blocking(write: impl FnOnce() -> Result<()> + Send + 'static) -> Result<()> {
    tokio::task::spawn_blocking(write).await.map_err(|source| Error::JoinError { source })?
}

/// Writes beside the place, syncs, moves into place, syncs the folder. `create` refuses a file that is there already.
fn write_durably<'a>(path: &Path, content: impl Iterator<Item = &'a Bytes>, create: bool) -> Result<()> {
    let told = |source: io::Error| told(path, source);
    let folder = path.parent().unwrap_or(Path::new("/"));
    make_folder(folder).map_err(told)?;
    let staged = staging_place(path);
    let written = (|| {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(&staged)?;
        for part in content {
            file.write_all(part)?;
        }
        file.sync_all()?;
        if create { move_to_new(&staged, path) } else { fs::rename(&staged, path) }
    })();
    if let Err(source) = written {
        let _ = fs::remove_file(&staged);
        return Err(told(source));
    }
    sync_folder(folder).map_err(told)
}

/// A hard link fails where the name is taken, a rename would replace it. File systems without links fall back to the
/// rename: the ledger's lock keeps a second writer out.
fn move_to_new(staged: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(staged, path) {
        Ok(()) => fs::remove_file(staged),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
        Err(_) if path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(staged, path),
    }
}

/// `name#digits`: the form that `LocalFileSystem` hides from listings.
fn staging_place(path: &Path) -> PathBuf {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let n = COUNTER.fetch_add(1, Ordering::Relaxed);
    let mut name = path.as_os_str().to_owned();
    name.push(format!("#{}{n:06}", std::process::id()));
    PathBuf::from(name)
}

/// Removes what a killed writer left beside its places.
pub(crate) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sweep(&entry.path())?;
        } else if is_staged(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_staged(name: &str) -> bool {
    name.rsplit_once('#').is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Creates a folder and syncs its parents, so that it survives a power cut.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent)?;
        match fs::create_dir(folder) {
            Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
            _ => sync_folder(parent)?,
        }
    }
    Ok(())
}

/// Makes names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn told(path: &Path, source: io::Error) -> Error {
    let path = path.display().to_string();
    match source.kind() {
        io::ErrorKind::AlreadyExists => Error::AlreadyExists { path, source: source.into() },
        io::ErrorKind::NotFound => Error::NotFound { path, source: source.into() },
        io::ErrorKind::PermissionDenied => Error::PermissionDenied { path, source: source.into() },
        _ => Error::Generic { store: "disk", source: source.into() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn creation_refuses_what_is_there_and_overwriting_replaces_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/c.json");
        let one = [Bytes::from_static(b"one")];
        write_durably(&path, one.iter(), true).unwrap();
        assert!(matches!(write_durably(&path, one.iter(), true), Err(Error::AlreadyExists { .. })));
        write_durably(&path, [Bytes::from_static(b"two")].iter(), false).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside the place");
    }

    #[test]
    fn a_killed_writers_leftovers_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let leftover = dir.path().join("claim").join("part-1.parquet#77000001");
        fs::create_dir(dir.path().join("claim")).unwrap();
        fs::write(&leftover, b"half").unwrap();
        fs::write(dir.path().join("claim/part-1.parquet"), b"whole").unwrap();
        sweep(dir.path()).unwrap();
        assert!(!leftover.exists() && dir.path().join("claim/part-1.parquet").exists());
    }
}
