//! The master key in the data folder, for installations that configure none.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{MasterKey, master::NotAMasterKey};
use crate::ids::random_token;

/// The key file's name in the data folder.
pub const FILE_NAME: &str = "master.key";

/// Why the key file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It can't be read or written.
    #[error("cannot use the master key file {}: {cause}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        cause: io::Error,
    },
    /// Others may read it.
    #[error("the master key file {} can be read by other users (mode {mode:03o}); run: chmod 600 {}", path.display(), path.display())]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It holds something else.
    #[error("the master key file {} does not hold 64 hexadecimal digits", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        cause: NotAMasterKey,
    },
}

/// The master key of the data folder; when there is none, a new one, readable by this user only, with a loud note.
///
/// # Errors
/// [`KeyFileError`]: an existing file is never replaced, whatever is wrong with it.
pub fn load_or_generate(data: &Path) -> Result<MasterKey, KeyFileError> {
    let path = data.join(FILE_NAME);
    let io = |cause| KeyFileError::Io { path: path.clone(), cause };
    if !path.try_exists().map_err(io)? && create(data, &path).map_err(io)? {
        tracing::warn!(
            file = %path.display(),
            "A NEW MASTER KEY WAS MADE. Without this file the personal data can never be read again: keep a copy, away from the backups of the database"
        );
    }
    let mode = fs::metadata(&path).map_err(io)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyFileError::Exposed { path, mode });
    }
    let text = Zeroizing::new(fs::read_to_string(&path).map_err(io)?);
    text.parse().map_err(|cause| KeyFileError::Content { path, cause })
}

/// Writes a new key beside and links it into place, so that of two programs starting together one wins and the other never
/// sees half a file. Says whether it was this one.
fn create(data: &Path, path: &Path) -> io::Result<bool> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(data)?;
    let draft = data.join(format!(".{FILE_NAME}.{}", random_token()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = writeln!(file, "{}", *MasterKey::generate().to_hex()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, path));
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => File::open(data)?.sync_all().map(|()| true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test, removed with it.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("affianco-{}", random_token())))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("chmod");
    }

    #[test]
    fn a_key_is_made_once_readable_by_its_owner_only_and_used_again() {
        let folder = Folder::new();
        let made = load_or_generate(&folder.0).expect("made");
        assert_eq!(load_or_generate(&folder.0).expect("read").id(), made.id());
        let files: Vec<_> = fs::read_dir(&folder.0).unwrap().map(|entry| entry.unwrap()).collect();
        assert_eq!(files.len(), 1, "nothing but the key is left behind");
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn programs_that_start_together_agree_on_one_key() {
        let folder = Folder::new();
        let ids: Vec<_> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8).map(|_| scope.spawn(|| load_or_generate(&folder.0).expect("a key").id())).collect();
            starts.into_iter().map(|start| start.join().unwrap()).collect()
        });
        assert!(ids.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn a_key_that_others_may_read_is_refused() {
        let folder = Folder::new();
        load_or_generate(&folder.0).expect("made");
        chmod(&folder.0.join(FILE_NAME), 0o644);
        assert!(matches!(load_or_generate(&folder.0), Err(KeyFileError::Exposed { mode: 0o644, .. })));
    }

    #[test]
    fn a_damaged_key_is_refused_and_never_replaced() {
        let folder = Folder::new();
        load_or_generate(&folder.0).expect("made");
        let path = folder.0.join(FILE_NAME);
        fs::write(&path, "00ff").unwrap();
        assert!(matches!(load_or_generate(&folder.0), Err(KeyFileError::Content { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "00ff");
    }
}
