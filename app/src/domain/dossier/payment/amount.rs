//! Hours with their value: agreed, delivered, recognised (S3). Money in cents, at the rate of the catalogue that the admission froze.

use serde::{Deserialize, Serialize};

use crate::domain::activity::value_cents;

/// Minutes and what they are worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// Minutes.
    pub minutes: u32,
    /// Cents.
    pub cents: i64,
}

impl Amount {
    /// Minutes at an hourly rate.
    pub fn at(minutes: u32, rate_cents: i64) -> Self {
        Self { minutes, cents: value_cents(minutes, rate_cents) }
    }

    /// The sum of the two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { minutes: self.minutes.saturating_add(other.minutes), cents: self.cents.saturating_add(other.cents) }
    }

    /// What this has beyond the other.
    fn beyond(self, other: Self) -> Self {
        Self { minutes: self.minutes.saturating_sub(other.minutes), cents: self.cents.saturating_sub(other.cents) }
    }
}

/// The three amounts of an activity, a dossier or a provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// Concordate.
    pub agreed: Amount,
    /// Erogate.
    pub delivered: Amount,
    /// Riconosciute: delivered, up to what was agreed for the activity.
    pub recognised: Amount,
}

impl Amounts {
    /// The sum of the two.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            agreed: self.agreed.plus(other.agreed),
            delivered: self.delivered.plus(other.delivered),
            recognised: self.recognised.plus(other.recognised),
        }
    }
}

/// What one activity accounts for in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActivityAccount {
    /// Agreed minutes.
    pub agreed: u32,
    /// Cents an hour, frozen at admission.
    pub rate_cents: i64,
    /// Whether it is *Terminata* (R37).
    pub closed: bool,
    /// Minutes delivered before the period.
    pub before: u32,
    /// Minutes delivered in it.
    pub delivered: u32,
}

impl ActivityAccount {
    /// Whether anything of it was delivered, in the period or before it.
    pub fn has_delivered(self) -> bool {
        self.before > 0 || self.delivered > 0
    }

    /// Its amounts. What is recognised in a period is what the period adds to what was recognised before it, so that periods which follow each
    /// other never recognise more than was agreed, nor lose a cent between them.
    pub fn amounts(self) -> Amounts {
        let until_now = self.before.saturating_add(self.delivered);
        let recognised = |delivered: u32| Amount::at(delivered.min(self.agreed), self.rate_cents);
        Amounts {
            agreed: Amount::at(self.agreed, self.rate_cents),
            delivered: Amount::at(until_now, self.rate_cents).beyond(Amount::at(self.before, self.rate_cents)),
            recognised: recognised(until_now).beyond(recognised(self.before)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten hours at forty euros.
    fn account(before: u32, delivered: u32) -> Amounts {
        ActivityAccount { agreed: 600, rate_cents: 4000, closed: false, before, delivered }.amounts()
    }

    #[test]
    fn delivered_hours_are_worth_the_frozen_rate_and_are_recognised() {
        let amounts = account(0, 90);
        assert_eq!(amounts.agreed, Amount { minutes: 600, cents: 40_000 });
        assert_eq!(amounts.delivered, Amount { minutes: 90, cents: 6000 });
        assert_eq!(amounts.recognised, amounts.delivered);
    }

    #[test]
    fn no_more_is_recognised_than_was_agreed_for_the_activity() {
        assert_eq!(account(0, 660).delivered, Amount { minutes: 660, cents: 44_000 });
        assert_eq!(account(0, 660).recognised, Amount { minutes: 600, cents: 40_000 });
    }

    #[test]
    fn hours_left_over_in_one_activity_do_not_pay_for_another() {
        let both = account(0, 60).plus(account(0, 900));
        assert_eq!(both.agreed.minutes, 1200);
        assert_eq!(both.delivered.minutes, 960);
        assert_eq!(both.recognised.minutes, 660);
    }

    #[test]
    fn what_earlier_periods_took_is_not_recognised_again() {
        assert_eq!(account(540, 120).delivered.minutes, 120);
        assert_eq!(account(540, 120).recognised, Amount { minutes: 60, cents: 4000 });
        assert_eq!(account(600, 120).recognised, Amount::default());
        assert_eq!(account(700, 120).recognised, Amount::default());
    }
}
