//! What the store of files promises, on a real folder: nothing lost, nothing left behind, nothing changed is served.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};

use app::domain::ids::FileId;
use axum::body::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt as _;
use server::{
    clock::Clock,
    files::{FileKey, Files, FilesError, Place, Swept},
    ids::{new_id, random_bytes},
    sealing::{MasterKey, PersonKey, Seal},
};
use sha2::{Digest as _, Sha256};

use crate::support::folder::Folder;

/// More than two pieces of 256 KiB, and not a whole number of them.
const LARGE: usize = 600_000;

pub fn id() -> FileId {
    FileId(new_id())
}

pub fn sample(length: usize) -> Vec<u8> {
    random_bytes::<1024>().into_iter().cycle().take(length).collect()
}

fn files(folder: &Folder) -> Files {
    Files::open(&Place::Folder(folder.path().join("files")), None).unwrap()
}

/// Everything on the disk below a folder.
fn on_disk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(on_disk(&path)) } else { found.push(path) }
    }
    found
}

fn in_a_day() -> DateTime<Utc> {
    Clock::real().now_utc() + TimeDelta::days(1)
}

/// A stream to its end.
pub async fn pieces<S: Seal + Send + 'static>(files: &Files, key: &FileKey, seal: S) -> Vec<Result<Bytes, FilesError>> {
    match files.get(key, seal).await {
        Ok(stream) => stream.collect().await,
        Err(error) => vec![Err(error)],
    }
}

pub fn together(pieces: Vec<Result<Bytes, FilesError>>) -> Result<Vec<u8>, FilesError> {
    pieces.into_iter().try_fold(Vec::new(), |all, piece| Ok([&all, &piece?[..]].concat()))
}

#[tokio::test]
async fn what_is_put_is_read_again_whole_and_in_pieces_and_lies_sealed() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let files = files(&folder);
    for length in [1, 1024, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 512 * 1024, LARGE] {
        let bytes = sample(length);
        let key = files.put(id(), &seal, &bytes).await.unwrap().keep();
        assert_eq!((key.size, key.sha256), (length as u64, <[u8; 32]>::from(Sha256::digest(&bytes))));
        assert_eq!(files.read(&key, seal.clone()).await.unwrap(), bytes);
        let streamed = pieces(&files, &key, seal.clone()).await;
        assert_eq!(streamed.len(), length.div_ceil(256 * 1024));
        assert_eq!(together(streamed).unwrap(), bytes);
        let stored = on_disk(folder.path()).into_iter().find(|path| path.ends_with(key.id.to_string())).unwrap();
        let sealed = fs::read(stored).unwrap();
        let probe = &bytes[..length.min(32)];
        assert!(length < 16 || memchr::memmem::find(&sealed, probe).is_none(), "the bytes stand in clear on the disk");
    }
}

#[tokio::test]
async fn only_the_key_it_was_sealed_with_opens_it() {
    let folder = Folder::new();
    let files = files(&folder);
    let key = files.put(id(), &PersonKey::generate(), b"Mario Rossi").await.unwrap().keep();
    for error in [files.read(&key, PersonKey::generate()).await.unwrap_err(), files.read(&key, MasterKey::generate()).await.unwrap_err()] {
        assert!(matches!(error, FilesError::Damaged { .. }) && !error.to_string().contains("Rossi"), "{error}");
    }
}

#[tokio::test]
async fn a_changed_file_is_an_error_wherever_it_was_changed() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let files = files(&folder);
    let bytes = sample(LARGE);
    let key = files.put(id(), &seal, &bytes).await.unwrap().keep();
    let path = on_disk(folder.path()).remove(0);
    let sealed = fs::read(&path).unwrap();
    let piece = 256 * 1024 + 29;
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = sealed.clone();
        change(&mut bytes);
        bytes
    };
    let damages = [
        changed(&|bytes| bytes[0] ^= 1),
        changed(&|bytes| bytes[piece + 100] ^= 1),
        changed(&|bytes| *bytes.last_mut().unwrap() ^= 1),
        changed(&|bytes| bytes.truncate(2 * piece)),
        changed(&|bytes| bytes.push(0)),
        changed(&|bytes| bytes.clear()),
        // Two pieces that are whole each for itself change places.
        changed(&|bytes| bytes[..2 * piece].rotate_left(piece)),
        changed(&|bytes| bytes.copy_within(..piece, piece)),
    ];
    for damaged in damages {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(files.read(&key, seal.clone()).await, Err(FilesError::Damaged { .. })));
        let streamed = pieces(&files, &key, seal.clone()).await;
        let whole: usize = streamed.iter().flatten().map(Bytes::len).sum();
        assert!(whole < bytes.len() && matches!(streamed.last(), Some(Err(FilesError::Damaged { .. }))));
        let served = streamed.into_iter().flatten().collect::<Vec<_>>().concat();
        assert!(bytes.starts_with(&served), "what was served is what was put");
    }
    fs::write(&path, &sealed).unwrap();
    assert_eq!(files.read(&key, seal).await.unwrap(), bytes);
}

#[tokio::test]
async fn another_whole_file_in_its_place_is_an_error() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let files = files(&folder);
    let one = files.put(id(), &seal, b"one").await.unwrap().keep();
    let first = on_disk(folder.path()).remove(0);
    let two = files.put(id(), &seal, b"two").await.unwrap().keep();
    let second = on_disk(folder.path()).into_iter().find(|path| *path != first).unwrap();
    fs::copy(second, first).unwrap();
    assert!(matches!(files.read(&one, seal.clone()).await, Err(FilesError::Damaged { .. })));
    // The hash of the database is another one than that of the file.
    let other_hash = FileKey { sha256: one.sha256, ..two };
    assert!(matches!(files.read(&other_hash, seal.clone()).await, Err(FilesError::Damaged { .. })));
    assert!(together(pieces(&files, &other_hash, seal).await).is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_writers_of_one_id_one_wins_and_nothing_of_the_other_is_left() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let files = files(&folder);
    for _ in 0..20 {
        let id = id();
        let texts = [sample(LARGE), sample(LARGE / 2)];
        let writers = texts.clone().map(|text| {
            let (files, seal) = (files.clone(), seal.clone());
            tokio::spawn(async move { files.put(id, &seal, &text).await.map(server::files::Pending::keep) })
        });
        let mut kept = Vec::new();
        for (writer, text) in writers.into_iter().zip(texts) {
            match writer.await.unwrap() {
                Ok(key) => kept.push((key, text)),
                Err(error) => assert!(matches!(error, FilesError::Taken(taken) if taken == id), "{error}"),
            }
        }
        let [(key, text)] = &kept[..] else { panic!("{} winners", kept.len()) };
        assert_eq!(files.read(key, seal.clone()).await.unwrap(), *text);
        fs::remove_file(on_disk(folder.path()).remove(0)).unwrap();
        assert!(on_disk(folder.path()).is_empty(), "half a file of the loser");
    }
}

#[tokio::test]
async fn a_file_whose_transaction_fails_goes() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let files = files(&folder);
    let pending = files.put(id(), &seal, b"one").await.unwrap();
    assert_eq!(on_disk(folder.path()).len(), 1);
    drop(pending);
    // The deletion runs by itself.
    for _ in 0..200 {
        if on_disk(folder.path()).is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(on_disk(folder.path()).is_empty());

    let pending = files.put(id(), &seal, b"two").await.unwrap();
    let key = pending.key().clone();
    pending.discard().await.unwrap();
    assert!(on_disk(folder.path()).is_empty());
    assert!(matches!(files.read(&key, seal).await, Err(FilesError::Missing(id)) if id == key.id));
    files.delete(key.id).await.expect("deleting what is gone is no error");
}

#[tokio::test]
async fn a_crash_between_the_file_and_its_row_leaves_nothing_for_good() {
    let (folder, seal) = (Folder::new(), PersonKey::generate());
    let known = files(&folder).put(id(), &seal, b"known").await.unwrap().keep();
    // The program ends between put and commit: the guard is never dropped.
    std::mem::forget(files(&folder).put(id(), &seal, b"orphan").await.unwrap());
    // And in the middle of a write, as the store stages it.
    let shelf = on_disk(folder.path()).remove(0).parent().unwrap().to_owned();
    fs::write(shelf.join(format!("{}#1", id())), b"half").unwrap();
    // Not ours.
    fs::write(shelf.join("README"), b"x").unwrap();
    fs::write(folder.path().join("files").join(id().to_string()), b"x").unwrap();

    let files = files(&folder);
    let known_ids = HashSet::from([known.id]);
    let an_hour_ago = Clock::real().now_utc() - TimeDelta::hours(1);
    assert_eq!(files.sweep(&known_ids, an_hour_ago).await.unwrap(), Swept::default(), "what is young may be awaiting its commit");
    assert_eq!(files.sweep(&known_ids, in_a_day()).await.unwrap(), Swept { files: 1, halves: 1 });
    assert_eq!(files.sweep(&known_ids, in_a_day()).await.unwrap(), Swept::default());
    assert_eq!(files.read(&known, seal).await.unwrap(), b"known");
    assert_eq!(on_disk(folder.path()).len(), 3);
}

#[test]
fn the_folder_is_for_this_user_and_a_place_that_is_none_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    files(&folder);
    assert_eq!(fs::metadata(folder.path().join("files")).unwrap().permissions().mode() & 0o777, 0o700);
    let file = folder.path().join("taken");
    fs::write(&file, b"x").unwrap();
    let refused = Files::open(&Place::Folder(file.clone()), None).unwrap_err();
    assert_eq!(refused.to_string(), format!("the files cannot be kept in {}", file.display()));
}
