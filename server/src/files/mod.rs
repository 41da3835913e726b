//! The store of files: what was uploaded and what was issued, each once, unchanging and sealed.
//!
//! A file is put before the transaction that tells of it, under an id of its own: who reads the database never finds a file missing.
//! The other way round nothing is lost either: what a failed transaction leaves behind goes with its [`Pending`], or with the
//! [sweep](Files::sweep). Everything is sealed with the key of the person it is about, so dropping that key erases her files, in
//! this place and in every copy of it (docs/decisions/0008). A file that is not what it was when it was put is an error.

mod pending;
mod pieces;
mod place;
pub mod recognise;
mod sweep;

use std::sync::Arc;

use app::domain::ids::FileId;
use axum::body::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, path::Path};
use sha2::{Digest as _, Sha256};

pub use pending::Pending;
pub use place::{Access, Place};
pub use recognise::recognise;
pub use sweep::Swept;

use crate::sealing::Seal;
use pieces::Reader;

/// By what a file is found and known again: kept in the database with what the file is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileKey {
    /// Its id; tells nothing about anybody.
    pub id: FileId,
    /// The SHA-256 of its bytes, unsealed.
    pub sha256: [u8; 32],
    /// Its length in bytes, unsealed.
    pub size: u64,
}

/// Why a file could not be put, read or deleted. Never says what is in it.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// Nothing is there under that id.
    #[error("the file {0} is not there")]
    Missing(FileId),
    /// Something is there under that id already; it was left as it is.
    #[error("there is a file {0} already")]
    Taken(FileId),
    /// It is not what was put there, or is sealed with another key.
    #[error("the file {file} is not as it was put: {why}")]
    Damaged {
        /// The file.
        file: FileId,
        /// What is wrong.
        why: &'static str,
    },
    /// The place does not answer as it should.
    #[error("the store of files does not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The place can't be used at all.
    #[error("the files cannot be kept in {place}")]
    Place {
        /// The place.
        place: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl FilesError {
    fn of(file: FileId, cause: object_store::Error) -> Self {
        match cause {
            object_store::Error::NotFound { .. } => Self::Missing(file),
            object_store::Error::AlreadyExists { .. } => Self::Taken(file),
            cause => Self::Unavailable(Box::new(cause)),
        }
    }
}

/// The store of files. Clones share it.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    place: Place,
}

impl Files {
    /// Opens the store in a folder, which is made if need be, or in a bucket, which is not asked before the first file.
    ///
    /// # Errors
    /// [`FilesError::Place`].
    pub fn open(place: &Place, access: Option<&Access>) -> Result<Self, FilesError> {
        Ok(Self { store: place::open(place, access)?, place: place.clone() })
    }

    /// Puts a file, sealed, under an id that nobody has used; it is on the disk (or answered for by the bucket) when this returns.
    /// It stays only once its [`Pending`] is told to keep it.
    ///
    /// # Errors
    /// [`FilesError::Taken`], [`FilesError::Unavailable`].
    pub async fn put(&self, id: FileId, seal: &(impl Seal + Sync), bytes: &[u8]) -> Result<Pending, FilesError> {
        let key = FileKey { id, sha256: Sha256::digest(bytes).into(), size: bytes.len() as u64 };
        let sealed = pieces::seal(id, seal, bytes).await.map_err(|cause| FilesError::Unavailable(Box::new(cause)))?;
        let put = self.store.put_opts(&path(id), sealed, PutMode::Create.into()).await;
        put.map_err(|cause| FilesError::of(id, cause))?;
        Ok(Pending::new(self.clone(), key))
    }

    /// A file piece by piece, in the memory of one piece. The first is there and opened before this returns; the last comes only
    /// when all of them are what was put, so that a changed file never arrives whole, and no changed piece at all.
    ///
    /// # Errors
    /// [`FilesError::Missing`], [`FilesError::Damaged`], [`FilesError::Unavailable`]; the stream ends with them, too.
    pub async fn get<S: Seal + Send + 'static>(
        &self,
        key: &FileKey,
        seal: S,
    ) -> Result<impl Stream<Item = Result<Bytes, FilesError>> + Send + use<S>, FilesError> {
        let mut reader = self.reader(key, seal).await?;
        let first = reader.next().await?;
        let rest = stream::try_unfold(reader, async |mut reader| Ok(reader.next().await?.map(|piece| (piece, reader))));
        Ok(stream::iter(first.map(Ok)).chain(rest))
    }

    /// A whole file.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn read(&self, key: &FileKey, seal: impl Seal + Send) -> Result<Vec<u8>, FilesError> {
        let mut reader = self.reader(key, seal).await?;
        let mut whole = Vec::with_capacity(usize::try_from(key.size).unwrap_or_default());
        while let Some(piece) = reader.next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }

    async fn reader<S: Seal>(&self, key: &FileKey, seal: S) -> Result<Reader<S>, FilesError> {
        let found = self.store.get(&path(key.id)).await.map_err(|cause| FilesError::of(key.id, cause))?;
        Reader::new(key.clone(), seal, found)
    }

    /// Deletes a file; one that is not there is deleted already. For what nothing tells of: issued documents and uploads stay.
    ///
    /// # Errors
    /// [`FilesError::Unavailable`].
    pub async fn delete(&self, id: FileId) -> Result<(), FilesError> {
        match self.store.delete(&path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(FilesError::of(id, cause)),
        }
    }
}

/// Where a file lies: 256 folders by the last digits of the id, which are random.
fn path(id: FileId) -> Path {
    let [.., last] = id.0.into_bytes();
    Path::from_iter([format!("{last:02x}"), id.to_string()])
}
