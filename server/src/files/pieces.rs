//! The sealed form of a file: pieces of 256 KiB, each sealed for itself and bound to the file, its number and how many there are.
//!
//! Pieces that are cut off, exchanged, repeated or of another file do not open, and a file of any length is read in the same memory.

use app::domain::ids::FileId;
use axum::body::Bytes;
use futures_util::StreamExt as _;
use object_store::{GetResult, PutPayload};
use sha2::{Digest as _, Sha256};

use super::{FileKey, FilesError};
use crate::sealing::{OVERHEAD, Seal, SealError};

/// Bytes of a piece before it is sealed; the last may be shorter.
const PIECE: usize = 256 * 1024;

fn count(size: u64) -> u64 {
    size.div_ceil(PIECE as u64)
}

/// What a piece is sealed for.
fn context(file: FileId, number: u64, count: u64) -> Vec<u8> {
    format!("file:{file}:{number}/{count}").into_bytes()
}

/// A file as it is kept.
pub async fn seal(file: FileId, seal: &(impl Seal + Sync), bytes: &[u8]) -> Result<PutPayload, SealError> {
    let count = count(bytes.len() as u64);
    let mut sealed = Vec::new();
    for (number, piece) in (0..).zip(bytes.chunks(PIECE)) {
        sealed.push(Bytes::from(seal.seal(&context(file, number, count), piece)?));
        // Others are served between two pieces.
        tokio::task::yield_now().await;
    }
    Ok(sealed.into_iter().collect())
}

/// Opens a file, piece by piece.
pub struct Reader<S> {
    key: FileKey,
    seal: S,
    sealed: futures_util::stream::BoxStream<'static, object_store::Result<Bytes>>,
    /// What has come and is not opened yet.
    waiting: Vec<u8>,
    /// The number of the next piece.
    number: u64,
    hash: Sha256,
}

impl<S: Seal> Reader<S> {
    /// Begins with what the store found.
    pub fn new(key: FileKey, seal: S, found: GetResult) -> Result<Self, FilesError> {
        if found.meta.size != key.size + count(key.size) * OVERHEAD as u64 {
            return Err(FilesError::Damaged { file: key.id, why: "it has another length" });
        }
        Ok(Self { key, seal, sealed: found.into_stream(), waiting: Vec::new(), number: 0, hash: Sha256::new() })
    }

    /// The next piece; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FilesError> {
        let (file, count) = (self.key.id, count(self.key.size));
        let damaged = |why| FilesError::Damaged { file, why };
        if self.number == count {
            return Ok(None);
        }
        let last = self.number + 1 == count;
        let length = if last { self.key.size - self.number * PIECE as u64 } else { PIECE as u64 };
        let length = usize::try_from(length).map_err(|_| damaged("a piece is too long"))? + OVERHEAD;
        while self.waiting.len() < length {
            let more = self.sealed.next().await.ok_or_else(|| damaged("it ends too soon"))?;
            self.waiting.extend_from_slice(&more.map_err(|cause| FilesError::of(file, cause))?);
        }
        let rest = self.waiting.split_off(length);
        let mut piece = self
            .seal
            .open(&context(file, self.number, count), &self.waiting)
            .map_err(|_| damaged("a piece was changed, or it is sealed with another key"))?;
        self.waiting = rest;
        self.number += 1;
        self.hash.update(&piece);
        if last && self.hash.finalize_reset()[..] != self.key.sha256 {
            return Err(damaged("its SHA-256 is another"));
        }
        Ok(Some(std::mem::take(&mut *piece).into()))
    }
}
