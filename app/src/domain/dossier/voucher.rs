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

/// R38: the days before the voucher's end on which it is warned of.
pub const WARNING_DAYS: [u32; 4] = [30, 15, 7, 1];

/// How near the end of a voucher is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// More than a month away.
    Far,
    /// Within the first warning.
    Soon,
    /// Within a week.
    Near,
    /// Tomorrow, today, or over.
    Last,
}

impl Nearness {
    /// By the days left: 0 on the last day, `None` once it is over.
    pub fn of(days_left: Option<i64>) -> Self {
        let [soon, _, near, last] = WARNING_DAYS.map(i64::from);
        match days_left {
            Some(days) if days > soon => Self::Far,
            Some(days) if days > near => Self::Soon,
            Some(days) if days > last => Self::Near,
            _ => Self::Last,
        }
    }
}

/// The countdown in words: `mancano 12 giorni`.
pub fn countdown(days_left: Option<i64>) -> String {
    match days_left {
        None => "scaduto".to_owned(),
        Some(0) => "scade oggi".to_owned(),
        Some(1) => "manca 1 giorno".to_owned(),
        Some(days) => format!("mancano {days} giorni"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r38_the_countdown_grows_urgent_at_thirty_seven_and_one_days() {
        use Nearness::{Far, Last, Near, Soon};
        let nearness = [Some(31), Some(30), Some(8), Some(7), Some(2), Some(1), Some(0), None].map(Nearness::of);
        assert_eq!(nearness, [Far, Soon, Soon, Near, Near, Last, Last, Last]);
        assert_eq!([Some(12), Some(1), Some(0), None].map(countdown), ["mancano 12 giorni", "manca 1 giorno", "scade oggi", "scaduto"]);
    }

    #[test]
    fn the_stored_word_is_the_one_that_travels() {
        for kind in VoucherKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), serde_json::json!(kind.as_str()));
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        assert!("rafforzato".parse::<VoucherKind>().is_err());
    }
}
