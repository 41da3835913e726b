//! The code printed on every page of an issued document: who holds the paper can ask with it whether the document is genuine.

use serde::{Deserialize, Serialize};

/// Letters and digits that are not taken for each other on paper (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Random bytes of a code: eighty bits cannot be found by trying.
pub const CODE_BYTES: usize = 10;
/// Its characters.
const LENGTH: usize = 16;
/// The characters between two spaces on paper.
const GROUP: usize = 4;

/// A code, as kept and in addresses: `7K3M9QWZ4T0XBC2D`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentCode(String);

impl DocumentCode {
    /// The code of some random bytes.
    pub fn of(random: [u8; CODE_BYTES]) -> Self {
        let bits = random.into_iter().fold(0_u128, |bits, byte| bits << 8 | u128::from(byte));
        let letter = |place: usize| char::from(ALPHABET[(bits >> (5 * place) & 31) as usize]);
        Self((0..LENGTH).rev().map(letter).collect())
    }

    /// The code as somebody types it from paper: in small letters, with spaces or hyphens, with O for 0 and I or L for 1. `None` for anything else.
    pub fn read(typed: &str) -> Option<Self> {
        let plain = typed.chars().filter(|typed| !typed.is_whitespace() && *typed != '-');
        let code: String = plain
            .map(|typed| match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            })
            .collect();
        let whole = code.len() == LENGTH && code.bytes().all(|letter| ALPHABET.contains(&letter));
        whole.then_some(Self(code))
    }

    /// As kept and in addresses.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As printed: `7K3M 9QWZ 4T0X BC2D`.
    pub fn printed(&self) -> String {
        grouped(&self.0)
    }
}

/// A code in groups of four, for eyes that copy it; hyphens and spaces in it don't count.
pub fn grouped(code: &str) -> String {
    let letters: Vec<_> = code.chars().filter(|letter| letter.is_alphanumeric()).collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

impl TryFrom<String> for DocumentCode {
    type Error = &'static str;

    fn try_from(kept: String) -> Result<Self, Self::Error> {
        Self::read(&kept).filter(|code| code.0 == kept).ok_or("not the code of a document")
    }
}

impl From<DocumentCode> for String {
    fn from(code: DocumentCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_sixteen_characters_in_four_groups_and_reads_back_however_it_is_typed() {
        let code = DocumentCode::of([0, 0, 0, 0, 0, 0, 0, 0, 4, 31]);
        assert_eq!((code.as_str(), code.printed().as_str()), ("000000000000010Z", "0000 0000 0000 010Z"));
        for typed in ["000000000000010Z", "0000-0000-0000-010z", " oooo 0000 0000 oIoz ", "0000-0000-0000-0l0z"] {
            assert_eq!(DocumentCode::read(typed), Some(code.clone()), "{typed}");
        }
        for typed in ["", "000000000000010", "000000000000010ZZ", "00000000000001UZ", "000000000000010é"] {
            assert_eq!(DocumentCode::read(typed), None, "{typed}");
        }
        assert!(DocumentCode::try_from("000000000000010z".to_owned()).is_err(), "it is kept in one form only");
    }

    #[test]
    fn other_bytes_another_code() {
        let mut seen = std::collections::BTreeSet::new();
        for place in 0..CODE_BYTES {
            for bit in 0..8 {
                let mut random = [0; CODE_BYTES];
                random[place] = 1 << bit;
                assert!(seen.insert(DocumentCode::of(random).as_str().to_owned()));
            }
        }
        assert_eq!(DocumentCode::of([255; CODE_BYTES]).as_str(), "ZZZZZZZZZZZZZZZZ");
    }
}
