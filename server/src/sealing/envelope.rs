//! The sealed form: `version (1) · nonce (12) · ciphertext and tag`, AES-256-GCM-SIV with the context as associated data.

use aes_gcm_siv::{
    Aes256GcmSiv, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use super::SealError;
use crate::ids::random_bytes;

const VERSION: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;

/// How many bytes longer the sealed form is than what was sealed.
pub const OVERHEAD: usize = 1 + NONCE + TAG;

/// The bytes of a key: overwritten when dropped, never shown.
pub(super) type KeyBytes = Zeroizing<[u8; 32]>;

/// A key that seals and opens.
pub trait Seal {
    /// The raw key.
    #[doc(hidden)]
    fn sealing_key(&self) -> &[u8; 32];

    /// Seals bytes so that they open only with this key and this context.
    ///
    /// # Errors
    /// [`SealError::TooLong`].
    fn seal(&self, context: &[u8], plaintext: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce = random_bytes::<NONCE>();
        let sealed = Aes256GcmSiv::new(self.sealing_key().into())
            .encrypt(&Nonce::from(nonce), Payload { msg: plaintext, aad: context })
            .map_err(|_| SealError::TooLong)?;
        Ok([&[VERSION], nonce.as_slice(), &sealed].concat())
    }

    /// The bytes that were sealed with this key and this context; overwritten when dropped.
    ///
    /// # Errors
    /// [`SealError::Format`], [`SealError::Closed`].
    fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (&VERSION, rest) = sealed.split_first().ok_or(SealError::Format)? else {
            return Err(SealError::Format);
        };
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(SealError::Format)?;
        Aes256GcmSiv::new(self.sealing_key().into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: ciphertext, aad: context })
            .map(Zeroizing::new)
            .map_err(|_| SealError::Closed)
    }

    /// Seals a record as JSON.
    ///
    /// # Errors
    /// [`SealError::Shape`] when it can't be written as JSON.
    fn seal_json<T: Serialize>(&self, context: &[u8], record: &T) -> Result<Vec<u8>, SealError> {
        let json = Zeroizing::new(serde_json::to_vec(record).map_err(|_| SealError::Shape)?);
        self.seal(context, &json)
    }

    /// The record that was sealed as JSON.
    ///
    /// # Errors
    /// As [`open`](Self::open), and [`SealError::Shape`]. The parser's own message is dropped: it would quote the data.
    fn open_json<T: DeserializeOwned>(&self, context: &[u8], sealed: &[u8]) -> Result<T, SealError> {
        serde_json::from_slice(&self.open(context, sealed)?).map_err(|_| SealError::Shape)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::PersonKey, *};

    const CONTEXT: &[u8] = b"person:1:details";

    proptest! {
        #[test]
        fn what_is_sealed_opens_again(plaintext: Vec<u8>, context: Vec<u8>) {
            let key = PersonKey::generate();
            let sealed = key.seal(&context, &plaintext).unwrap();
            prop_assert_eq!(&*key.open(&context, &sealed).unwrap(), &plaintext);
            prop_assert_eq!(sealed.len(), plaintext.len() + OVERHEAD);
        }

        #[test]
        fn a_changed_byte_anywhere_keeps_it_closed(plaintext: Vec<u8>, at: prop::sample::Index, flip in 1..=u8::MAX) {
            let key = PersonKey::generate();
            let mut sealed = key.seal(CONTEXT, &plaintext).unwrap();
            *at.get_mut(&mut sealed) ^= flip;
            prop_assert!(key.open(CONTEXT, &sealed).is_err());
        }

        #[test]
        fn bytes_of_any_origin_are_refused_without_a_panic(bytes: Vec<u8>) {
            prop_assert!(PersonKey::generate().open(CONTEXT, &bytes).is_err());
        }
    }

    #[test]
    fn another_context_keeps_it_closed() {
        let key = PersonKey::generate();
        let sealed = key.seal(CONTEXT, b"a").unwrap();
        assert_eq!(key.open(b"person:2:details", &sealed), Err(SealError::Closed));
    }

    #[test]
    fn another_key_keeps_it_closed() {
        let sealed = PersonKey::generate().seal(CONTEXT, b"a").unwrap();
        assert_eq!(PersonKey::generate().open(CONTEXT, &sealed), Err(SealError::Closed));
    }

    #[test]
    fn the_same_text_sealed_twice_looks_different() {
        let key = PersonKey::generate();
        assert_ne!(key.seal(CONTEXT, b"a").unwrap(), key.seal(CONTEXT, b"a").unwrap());
    }

    #[test]
    fn a_version_of_the_future_is_told_apart_from_damage() {
        let key = PersonKey::generate();
        let mut sealed = key.seal(CONTEXT, b"a").unwrap();
        sealed[0] = VERSION + 1;
        assert_eq!(key.open(CONTEXT, &sealed), Err(SealError::Format));
    }

    #[test]
    fn records_come_back_and_a_wrong_shape_does_not_quote_them() {
        let key = PersonKey::generate();
        let sealed = key.seal_json(CONTEXT, &("RSSMRA80A01H501U", 7)).unwrap();
        assert_eq!(key.open_json::<(String, u8)>(CONTEXT, &sealed).unwrap(), ("RSSMRA80A01H501U".to_owned(), 7));
        let error = key.open_json::<Vec<bool>>(CONTEXT, &sealed).unwrap_err();
        assert_eq!(error, SealError::Shape);
        assert!(!error.to_string().contains("RSSMRA"));
    }
}
