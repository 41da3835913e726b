//! The master key of an installation and the keys derived from it, one per purpose.

use std::{fmt, str::FromStr};

use hmac::{Hmac, KeyInit, Mac, digest::InvalidLength};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{
    PersonKey, SealError,
    envelope::{KeyBytes, Seal},
};
use crate::ids::random_bytes;

/// The secret of an installation: without it no personal data can be read, no person found by tax code.
#[derive(Clone)]
pub struct MasterKey {
    secret: KeyBytes,
    id: [u8; 4],
    wrapping: WrappingKey,
    lookup: KeyBytes,
    things: KeyBytes,
}

/// Wraps the keys of persons; a type of its own, so that it can't be used for anything else.
#[derive(Clone)]
struct WrappingKey(KeyBytes);

impl Seal for WrappingKey {
    fn sealing_key(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A text that is not a master key. Does not repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 64 hexadecimal digits")]
pub struct NotAMasterKey;

impl MasterKey {
    /// A new random master key.
    pub fn generate() -> Self {
        Self::new(random_bytes().into())
    }

    fn new(secret: KeyBytes) -> Self {
        let derived = |purpose: &[u8]| KeyBytes::from(keyed_hash(&secret, purpose));
        let [a, b, c, d, ..] = *derived(b"affianco/1/key-id");
        Self {
            id: [a, b, c, d],
            wrapping: WrappingKey(derived(b"affianco/1/wrap-person-key")),
            lookup: derived(b"affianco/1/lookup-tax-code"),
            things: derived(b"affianco/1/seal-things"),
            secret,
        }
    }

    /// Tells master keys apart without revealing them: stored beside what they wrap.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// By what a person is found: equal for equal tax codes, useless without this key. The code comes in its canonical form.
    pub fn lookup_hash(&self, tax_code: &str) -> [u8; 32] {
        keyed_hash(&self.lookup, tax_code.as_bytes())
    }

    /// A person's key as it may be stored: `id of this key (4)` and the sealed key, bound to the context (whose it is).
    ///
    /// # Errors
    /// None in practice; those of [`Seal::seal`].
    pub fn wrap(&self, context: &[u8], key: &PersonKey) -> Result<Vec<u8>, SealError> {
        Ok([self.id.as_slice(), &self.wrapping.seal(context, key.sealing_key())?].concat())
    }

    /// The person's key that was wrapped with this key and this context.
    ///
    /// # Errors
    /// [`SealError::OtherMaster`] when another master key wrapped it, else those of [`Seal::open`].
    pub fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<PersonKey, SealError> {
        let (&found, sealed) = wrapped.split_first_chunk().ok_or(SealError::Format)?;
        if found != self.id {
            return Err(SealError::OtherMaster { found, held: self.id });
        }
        let mut key = KeyBytes::default();
        let opened = self.wrapping.open(context, sealed)?;
        key.copy_from_slice(opened.as_array::<32>().ok_or(SealError::Shape)?);
        Ok(PersonKey(key))
    }

    /// The 64 hexadecimal digits, for the key file only.
    pub(super) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.secret))
    }
}

/// Seals what is of no single person, such as saved searches.
impl Seal for MasterKey {
    fn sealing_key(&self) -> &[u8; 32] {
        &self.things
    }
}

impl FromStr for MasterKey {
    type Err = NotAMasterKey;

    fn from_str(text: &str) -> Result<Self, NotAMasterKey> {
        let mut secret = KeyBytes::default();
        hex::decode_to_slice(text.trim(), secret.as_mut_slice()).map_err(|_| NotAMasterKey)?;
        Ok(Self::new(secret))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey(id {}, hidden)", hex::encode(self.id))
    }
}

fn keyed_hash(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mac: Result<Hmac<Sha256>, InvalidLength> = Hmac::new_from_slice(key);
    match mac {
        Ok(mac) => mac.chain_update(message).finalize().into_bytes().into(),
        Err(InvalidLength) => unreachable!("HMAC takes keys of every length"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    const CONTEXT: &[u8] = b"person:1:key";

    fn one() -> MasterKey {
        ONE.parse().expect("a master key")
    }

    #[test]
    fn a_wrapped_key_opens_what_the_key_sealed() {
        let key = PersonKey::generate();
        let sealed = key.seal(b"c", b"text").unwrap();
        let wrapped = one().wrap(CONTEXT, &key).unwrap();
        assert_eq!(**one().unwrap(CONTEXT, &wrapped).unwrap().open(b"c", &sealed).unwrap(), *b"text");
    }

    #[test]
    fn a_key_wrapped_by_another_master_key_is_refused_by_name() {
        let other = MasterKey::generate();
        let wrapped = other.wrap(CONTEXT, &PersonKey::generate()).unwrap();
        assert_eq!(one().unwrap(CONTEXT, &wrapped).err(), Some(SealError::OtherMaster { found: other.id(), held: one().id() }));
    }

    #[test]
    fn a_key_wrapped_for_another_person_is_refused() {
        let wrapped = one().wrap(CONTEXT, &PersonKey::generate()).unwrap();
        assert_eq!(one().unwrap(b"person:2:key", &wrapped).err(), Some(SealError::Closed));
        assert_eq!(one().unwrap(CONTEXT, &wrapped[..3]).err(), Some(SealError::Format));
    }

    #[test]
    fn the_lookup_hash_depends_on_the_code_and_on_the_master_key() {
        let hash = |key: &MasterKey, code| key.lookup_hash(code);
        assert_eq!(hash(&one(), "RSSMRA80A01H501U"), hash(&one(), "RSSMRA80A01H501U"));
        assert_ne!(hash(&one(), "RSSMRA80A01H501U"), hash(&one(), "RSSMRA80A01H501V"));
        assert_ne!(hash(&one(), "RSSMRA80A01H501U"), hash(&MasterKey::generate(), "RSSMRA80A01H501U"));
    }

    /// Computed with another implementation of HMAC.
    #[test]
    fn derived_keys_never_change_or_stored_data_would_be_lost() {
        assert_eq!(hex::encode(one().id()), "3936160c");
        assert_eq!(hex::encode(one().lookup_hash("RSSMRA80A01H501U")), "db81a72c99479499b2f734df22c7767469922691e84c3c989462c3dfbcbcfb9c");
        assert_eq!(hex::encode(one().sealing_key()), "dda37d845e660014096da9bc3738a31805daac5ee60404a3d7f6af07702975d3");
        assert_eq!(hex::encode(one().wrapping.sealing_key()), "dd4a7a5047518fb1ba24d39c076817746e3a17fce56863731057cb0efa84dcaa");
    }

    #[test]
    fn neither_debug_nor_errors_show_a_key() {
        let shown = format!("{:?} {:?} {:?}", one(), PersonKey::generate(), "0001".parse::<MasterKey>().unwrap_err());
        assert!(shown.contains("hidden") && !shown.contains("0001"), "{shown}");
    }
}
