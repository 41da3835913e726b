//! The only maker of ids and of randomness: everything else takes them as arguments.

use uuid::Uuid;

/// A new id, ordered by the time of its making.
#[expect(clippy::disallowed_methods, reason = "the one place where the server makes ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// Bytes nobody can guess, from the generator that the operating system seeds.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes);
    bytes
}

/// A secret of 256 bits, as 64 hexadecimal digits: safe in cookies and headers.
pub fn random_token() -> String {
    hex::encode(random_bytes::<32>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_one_after_the_other_are_in_order() {
        let ids: Vec<_> = (0..100).map(|_| new_id()).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn a_token_has_256_bits_and_is_never_the_same() {
        let token = random_token();
        assert_eq!(hex::decode(&token).expect("hexadecimal").len(), 32);
        assert_ne!(token, random_token());
    }
}
