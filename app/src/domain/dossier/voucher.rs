//! The Job Coach voucher: its two sizes (manual 3) and its validity, both set by the employment centre (S4, S5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The size of a voucher. The voucher "rafforzato" is another measure and has no place here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoucherKind {
    /// Base: 44 hours of training on the job.
    Base,
    /// Rinforzato: 52 hours of training on the job.
    Enhanced,
}

impl VoucherKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Base, Self::Enhanced];

    /// The word on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Enhanced => "rinforzato",
        }
    }

    /// The word in files and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Enhanced => "enhanced",
        }
    }
}

impl std::str::FromStr for VoucherKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or("not a kind of voucher")
    }
}

/// A voucher as the employment centre issues it; `valid_from <= valid_to`, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Id voucher, printed on every output (R33).
    pub id: String,
    /// Its size.
    pub kind: VoucherKind,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day.
    pub valid_to: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_word_is_the_one_that_travels() {
        for kind in VoucherKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!(kind.as_str()));
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("rafforzato".parse::<VoucherKind>().is_err());
    }
}
