//! What holds of amounts before payment, whatever was agreed and delivered.

use app::domain::{
    dossier::{
        DossierStatus, VoucherKind,
        payment::{ActivityAccount, Amounts, Blocker, PaymentRow, PaymentTotals, Readiness},
    },
    ids::OpalId,
    person::PersonName,
};
use proptest::prelude::*;
use uuid::Uuid;

fn amounts(agreed: u32, rate_cents: i64, before: u32, delivered: u32) -> Amounts {
    ActivityAccount { agreed, rate_cents, closed: false, before, delivered }.amounts()
}

fn row(amounts: Amounts, ready: bool) -> PaymentRow {
    PaymentRow {
        id: OpalId(Uuid::nil()),
        opal_code: String::new(),
        person: PersonName { first: String::new(), last: String::new() },
        site_town: String::new(),
        voucher_kind: VoucherKind::Base,
        admitted_on: chrono::NaiveDate::default(),
        valid_to: chrono::NaiveDate::default(),
        status: DossierStatus::Running,
        amounts,
        late: 0,
        blocked: if ready { Vec::new() } else { vec![Blocker::NothingDelivered] },
    }
}

proptest! {
    /// However a path is cut into periods, together they recognise what the whole does, to the cent, and never more than was agreed.
    #[test]
    fn periods_that_follow_each_other_recognise_what_the_whole_does(
        agreed in 1_u32..10_000, rate in 0_i64..20_000, periods in prop::collection::vec(0_u32..3_000, 0..8)
    ) {
        let whole = amounts(agreed, rate, 0, periods.iter().sum());
        let (mut before, mut sum) = (0, Amounts::default());
        for delivered in periods {
            let part = amounts(agreed, rate, before, delivered);
            prop_assert!(part.recognised.minutes <= part.delivered.minutes && part.recognised.cents <= part.delivered.cents);
            (before, sum) = (before + delivered, sum.plus(part));
        }
        prop_assert_eq!((sum.delivered, sum.recognised), (whole.delivered, whole.recognised));
        prop_assert!(whole.recognised.minutes <= agreed && whole.recognised.cents <= whole.agreed.cents);
    }

    /// The totals are the sums of the rows, added up anew here.
    #[test]
    fn the_totals_are_the_sums_of_the_rows(
        dossiers in prop::collection::vec((1_u32..4_000, 0_i64..20_000, 0_u32..5_000, any::<bool>()), 0..40)
    ) {
        let rows: Vec<_> = dossiers.iter().map(|(agreed, rate, delivered, ready)| row(amounts(*agreed, *rate, 0, *delivered), *ready)).collect();
        let totals = rows.iter().fold(PaymentTotals::default(), PaymentTotals::with);
        let minutes = |what: fn(&PaymentRow) -> u32| rows.iter().map(what).sum::<u32>();
        let cents = |rows: &mut dyn Iterator<Item = &PaymentRow>| rows.map(|row| row.amounts.recognised.cents).sum::<i64>();
        let ready = |row: &&PaymentRow| row.readiness() == Readiness::Ready;
        prop_assert_eq!(totals.dossiers, rows.len() as u64);
        prop_assert_eq!(totals.ready, rows.iter().filter(ready).count() as u64);
        prop_assert_eq!(totals.amounts.agreed.minutes, minutes(|row| row.amounts.agreed.minutes));
        prop_assert_eq!(totals.amounts.delivered.minutes, minutes(|row| row.amounts.delivered.minutes));
        prop_assert_eq!(totals.amounts.recognised.minutes, minutes(|row| row.amounts.recognised.minutes));
        prop_assert_eq!(totals.amounts.recognised.cents, cents(&mut rows.iter()));
        prop_assert_eq!(totals.payable.recognised.cents, cents(&mut rows.iter().filter(ready)));
    }
}
