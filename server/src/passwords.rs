//! Passwords: argon2id, away from the threads that answer requests, and as slow for an unknown user as for a known one.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{Error as HashError, PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task};
use zeroize::Zeroizing;

/// Compared against when the user is unknown, so that the answer takes as long. No password gives it: its digest is made up.
/// It carries the parameters of new hashes (a test compares them).
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5bm9ib2R5bm8";

/// Hashes and verifies passwords. Clones share one limit on how many run at the same time.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

/// Why a password could not be judged; never whether it was right.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The stored text is not a password hash, or names unknown parameters.
    #[error("password hashing failed")]
    Hash(#[from] HashError),
    /// The work was dropped: the program is stopping.
    #[error("password hashing was interrupted")]
    Interrupted,
}

impl Passwords {
    /// At most `parallel` passwords at a time: each takes a core and 19 MiB for some tens of milliseconds.
    pub fn new(parallel: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(parallel.max(1))) }
    }

    /// The text to store for a password: the PHC string with a fresh salt (19 MiB, two passes).
    ///
    /// # Errors
    /// [`PasswordError`] when the hashing itself fails.
    pub async fn hash(&self, password: String) -> Result<String, PasswordError> {
        let password = Zeroizing::new(password);
        self.run(move || Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())).await
    }

    /// Whether the password is the stored one. `None` (no such user) does the same work and answers no.
    ///
    /// # Errors
    /// [`PasswordError`] when `stored` is not a password hash.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, PasswordError> {
        let password = Zeroizing::new(password);
        self.run(move || {
            let known = stored.is_some();
            let hash = PasswordHash::new(stored.as_deref().unwrap_or(NOBODY)).map_err(HashError::from)?;
            match Argon2::default().verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(known),
                Err(HashError::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static) -> Result<T, PasswordError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| PasswordError::Interrupted)?;
        task::spawn_blocking(move || {
            // Held by the work and not by the caller: a dropped connection must not let more of it run at once.
            let _permit = permit;
            work()
        })
        .await
        .map_err(|_| PasswordError::Interrupted)?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_verified_against_its_own_hash_only() {
        let passwords = Passwords::new(1);
        let stored = passwords.hash("affianco".into()).await.expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify("affianco".into(), Some(stored.clone())).await.expect("verified"));
        assert!(!passwords.verify("affianca".into(), Some(stored)).await.expect("verified"));
    }

    #[tokio::test]
    async fn an_unknown_user_is_never_let_in() {
        assert!(!Passwords::new(1).verify("affianco".into(), None).await.expect("verified"));
    }

    #[tokio::test]
    async fn an_unknown_user_costs_the_same_work_as_a_known_one() {
        let stored = Passwords::new(1).hash("x".into()).await.expect("hashed");
        let parts = |text: &str| {
            let hash = PasswordHash::new(text).expect("a PHC string");
            (hash.algorithm, hash.version, hash.params, hash.hash.map(|digest| digest.as_bytes().len()))
        };
        assert_eq!(parts(NOBODY), parts(&stored));
    }

    #[tokio::test]
    async fn a_damaged_hash_is_an_error_and_not_a_wrong_password() {
        assert!(Passwords::new(1).verify("affianco".into(), Some("plain".into())).await.is_err());
    }
}
