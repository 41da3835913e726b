//! A file that was put and that nothing tells of yet.

use tokio::runtime::Handle;

use super::{FileKey, Files, FilesError};

/// Holds a file until the transaction that tells of it is decided. Dropped, it deletes the file; what a crash leaves, the
/// [sweep](Files::sweep) finds.
///
/// Keep it *before* a commit whose outcome may stay unknown: a leftover goes with the next sweep, a file of a committed row must stay.
#[derive(Debug)]
#[must_use = "a file that is not kept is deleted"]
pub struct Pending {
    files: Files,
    key: FileKey,
    kept: bool,
}

impl Pending {
    pub(super) fn new(files: Files, key: FileKey) -> Self {
        Self { files, key, kept: false }
    }

    /// What the database is to tell of it.
    pub fn key(&self) -> &FileKey {
        &self.key
    }

    /// The file stays.
    pub fn keep(mut self) -> FileKey {
        self.kept = true;
        self.key.clone()
    }

    /// The file goes, and is gone when this returns.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`]; the sweep then deletes it.
    pub async fn discard(mut self) -> Result<(), FilesError> {
        self.kept = true;
        self.files.delete(self.key.id).await
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // Without a runtime the program is ending: that is a crash, as far as the sweep is concerned.
        if let (false, Ok(runtime)) = (self.kept, Handle::try_current()) {
            let (files, id) = (self.files.clone(), self.key.id);
            runtime.spawn(async move {
                if let Err(error) = files.delete(id).await {
                    tracing::warn!(file = %id, %error, "a file that nothing tells of is left to the sweep");
                }
            });
        }
    }
}
