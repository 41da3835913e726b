//! A bundle as it leaves: one file after the other, each in memory only while it is packed.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
    vec::IntoIter,
};

use app::{
    domain::provider::Actor,
    ports::{Backend, Bundle, BundledFile},
};
use axum::body::{Body, Bytes};
use futures_util::stream;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

/// The data of the dossier.
const DATA: &str = "fascicolo.json";
/// What `sha256sum --check` reads.
const SUMS: &str = "SHA256SUMS";

/// The ZIP, written while it is sent: memory is that of its largest file.
pub fn body(backend: Backend, actor: Actor, bundle: Bundle) -> Body {
    Body::from_stream(stream::try_unfold(Some(Packing::new(backend, actor, bundle)), |packing| async {
        let Some(packing) = packing else { return Ok::<_, io::Error>(None) };
        Box::pin(packing.step()).await.map(Some)
    }))
}

/// A bundle half-way.
struct Packing {
    backend: Backend,
    actor: Actor,
    zip: ZipWriter<StreamWriter<Packed>>,
    packed: Packed,
    /// What comes before the files.
    first: Option<Vec<(&'static str, Vec<u8>)>>,
    files: IntoIter<BundledFile>,
}

impl Packing {
    fn new(backend: Backend, actor: Actor, bundle: Bundle) -> Self {
        let Bundle { data, files, .. } = bundle;
        let own = (hex::encode(Sha256::digest(&data)), DATA);
        let all = std::iter::once((own.0.as_str(), own.1)).chain(files.iter().map(|file| (file.sha256.as_str(), file.path.as_str())));
        let sums: String = all.flat_map(|(sha256, path)| [sha256, "  ", path, "\n"]).collect();
        let packed = Packed::default();
        let first = Some(vec![(DATA, data), (SUMS, sums.into_bytes())]);
        Self { backend, actor, zip: ZipWriter::new_stream(packed.clone()), packed, first, files: files.into_iter() }
    }

    /// Packs what comes next; the bytes so far leave.
    async fn step(mut self) -> io::Result<(Bytes, Option<Self>)> {
        if let Some(first) = self.first.take() {
            for (path, bytes) in first {
                self.pack(path, CompressionMethod::Deflated, &bytes)?;
            }
        } else if let Some(file) = self.files.next() {
            // Files are compressed already.
            let found = self.backend.documents.file(&self.actor, file.file).await.map_err(io::Error::other)?;
            self.pack(&file.path, CompressionMethod::Stored, &found.bytes)?;
        } else {
            self.zip.finish()?;
            return Ok((self.packed.take(), None));
        }
        Ok((self.packed.take(), Some(self)))
    }

    fn pack(&mut self, path: &str, method: CompressionMethod, bytes: &[u8]) -> io::Result<()> {
        self.zip.start_file(path, SimpleFileOptions::default().compression_method(method))?;
        self.zip.write_all(bytes)
    }
}

/// Bytes that are packed and have not left.
#[derive(Clone, Default)]
struct Packed(Arc<Mutex<Vec<u8>>>);

impl Packed {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
