//! The Job Coach voucher: its two sizes (manual 3) and its validity, both set by the employment centre (S4, S5).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::words::words;

words! {
    /// The size of a voucher. The voucher "rafforzato" is another measure and has no place here.
    pub enum VoucherKind else "not a kind of voucher" {
        /// Base: 44 hours of training on the job.
        Base = "base", "base";
        /// Rinforzato: 52 hours of training on the job.
        Enhanced = "enhanced", "rinforzato";
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
