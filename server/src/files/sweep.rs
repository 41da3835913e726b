//! What a crash left: files that no row tells of, and halves of files that were being written.

use std::{collections::HashSet, fs, io, path::Path};

use app::domain::ids::FileId;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;

use super::{Files, FilesError, Place};

/// What a sweep deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that nothing tells of.
    pub files: u64,
    /// Halves of files in a folder; a bucket keeps none.
    pub halves: u64,
}

impl Files {
    /// Deletes what is older than an instant and not among the known. Everything that any row tells of must be known, and between
    /// the instant and now must lie more than any transaction takes (a day is ample), or files just put would go. What does
    /// not look like a file of ours is left alone.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`]; what was deleted until then is deleted.
    pub async fn sweep(&self, known: &HashSet<FileId>, older_than: DateTime<Utc>) -> Result<Swept, FilesError> {
        let unavailable = |cause: object_store::Error| FilesError::Unavailable(Box::new(cause));
        let mut swept = Swept::default();
        let mut listed = self.store.list(None);
        while let Some(found) = listed.try_next().await.map_err(unavailable)? {
            let id = found.location.filename().and_then(|name| name.parse::<FileId>().ok());
            let Some(id) = id.filter(|id| super::path(*id) == found.location) else { continue };
            if found.last_modified < older_than && !known.contains(&id) {
                self.delete(id).await?;
                swept.files += 1;
            }
        }
        if let Place::Folder(folder) = self.place.clone() {
            let halves = tokio::task::spawn_blocking(move || halves(&folder, older_than)).await.map_err(io::Error::other);
            swept.halves = halves.flatten().map_err(|cause| FilesError::Unavailable(Box::new(cause)))?;
        }
        Ok(swept)
    }
}

/// Deletes the staging files of the store, `ID#NUMBER` beside what they would have become: it lists and deletes them nowhere.
fn halves(folder: &Path, older_than: DateTime<Utc>) -> io::Result<u64> {
    let mut deleted = 0;
    for shelf in fs::read_dir(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for entry in fs::read_dir(shelf.path())? {
            let entry = entry?;
            let name = entry.file_name();
            let half = name.to_str().and_then(|name| name.split_once('#')).is_some_and(|(id, _)| id.parse::<FileId>().is_ok());
            if half && DateTime::<Utc>::from(entry.metadata()?.modified()?) < older_than {
                fs::remove_file(entry.path())?;
                deleted += 1;
            }
        }
    }
    Ok(deleted)
}
