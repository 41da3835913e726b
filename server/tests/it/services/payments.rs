//! Rendicontazione: what is worth how much, what blocks, the sums, and who may see it.

use app::{
    domain::{
        command::Seen,
        dossier::payment::{Amount, ExportFormat, PaymentForm, PaymentRow, PaymentTotals},
        ids::OpalId,
        page::PAGE_SIZE,
        provider::Actor,
        request::RequestSearchForm,
        rulebook::ActivityCode,
    },
    ports::PortError,
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, key, record},
};

/// All rows that a form takes, page by page.
async fn rows(world: &World, actor: &Actor, form: &PaymentForm, limit: u32) -> Vec<PaymentRow> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = world.backend.payments.rows(actor, form, after.as_deref(), limit).await.unwrap();
        assert!(page.rows.len() <= limit as usize);
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return rows,
        }
    }
}

fn form(change: impl FnOnce(&mut PaymentForm)) -> PaymentForm {
    let mut form = PaymentForm::default();
    change(&mut form);
    form
}

fn said(row: &PaymentRow) -> Vec<String> {
    row.blocked.iter().map(|blocker| blocker.label()).collect()
}

async fn close(world: &World, dossier: OpalId, code: ActivityCode) {
    let version = world.backend.activities.open(&world.ours.operator, dossier, code).await.unwrap().activity.version;
    world.backend.activities.close(&world.ours.operator, dossier, code, Seen { key: key(), version }).await.unwrap();
}

contract! {
    async fn s3_a_dossier_is_worth_its_delivered_hours_and_says_what_blocks_it(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:30").await;
        world.scheduled(id, "2026-11-24", "09:00", "11:00").await;
        let page = world.backend.payments.open(&world.ours.operator, &PaymentForm::default()).await.unwrap();
        let row = &page.first.rows[0];
        assert_eq!(row.amounts.agreed, Amount { minutes: 60 * 60, cents: 60 * 40_00 });
        assert_eq!(row.amounts.delivered, Amount { minutes: 90, cents: 60_00 });
        assert_eq!(row.amounts.recognised, row.amounts.delivered);
        assert_eq!(row.late, 1, "entered on its own day (R24)");
        assert_eq!(said(row), ["5 attività da concludere", "1 erogazione senza firme"]);
        assert_eq!(page.totals, PaymentTotals::default().with(row));

        // The voucher ends on 11 May 2027: what was never begun waits for nothing any more, and the report is owed.
        world.at("2027-05-12");
        let row = rows(&world, &world.ours.operator, &PaymentForm::default(), 10).await.remove(0);
        assert_eq!(said(&row), ["1 attività da concludere", "1 erogazione senza firme", "Relazione sugli esiti da consegnare al CPI"]);
        close(&world, id, TRAINING).await;
        let row = rows(&world, &world.ours.operator, &PaymentForm::default(), 10).await.remove(0);
        assert_eq!(said(&row), ["1 erogazione senza firme", "Relazione sugli esiti da consegnare al CPI"]);
    }

    async fn a_list_is_read_to_its_end_and_its_rows_add_up_to_the_totals(database) {
        let world = World::new(&database).await;
        let many = PAGE_SIZE + 3;
        world.import((0..many).map(|n| record(&format!("JC-{n:03}"))).collect()).await;
        let list = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap();
        let rest = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, list.page.next.as_deref()).await.unwrap();
        for row in list.page.rows.iter().chain(&rest.page.rows) {
            world.admit(row.id).await;
        }
        world.delivered(list.page.rows[7].id, "08:00", "09:00").await;
        let page = world.backend.payments.open(&world.ours.operator, &PaymentForm::default()).await.unwrap();
        assert_eq!((page.first.rows.len(), page.totals.dossiers), (PAGE_SIZE as usize, u64::from(many)));
        let all = rows(&world, &world.ours.operator, &PaymentForm::default(), 20).await;
        assert_eq!(all[..PAGE_SIZE as usize], page.first.rows);
        assert_eq!(all.iter().fold(PaymentTotals::default(), PaymentTotals::with), page.totals);
        let codes: std::collections::BTreeSet<_> = all.iter().map(|row| &row.opal_code).collect();
        assert_eq!(codes.len(), many as usize);
    }

    async fn status_readiness_and_period_narrow_rows_and_totals_alike(database) {
        let world = World::new(&database).await;
        let delivered = world.dossier().await;
        let other = world.request_with(|sent| *sent = crate::support::world::newer("JC-2026-000002")).await;
        world.admit(other).await;
        world.delivered(delivered, "08:00", "09:00").await;
        let operator = &world.ours.operator;
        let found = async |form: &PaymentForm| {
            let totals = world.backend.payments.open(operator, form).await.unwrap().totals;
            let rows = rows(&world, operator, form, 10).await;
            assert_eq!(rows.iter().fold(PaymentTotals::default(), PaymentTotals::with), totals);
            rows.iter().map(|row| row.id).collect::<Vec<_>>()
        };
        assert_eq!(found(&form(|form| form.status = "running".into())).await.len(), 2);
        assert_eq!(found(&form(|form| form.status = "concluded".into())).await, []);
        assert_eq!(found(&form(|form| form.only = "blocked".into())).await.len(), 2);
        assert_eq!(found(&form(|form| form.only = "ready".into())).await, []);
        assert_eq!(found(&form(|form| form.from = "2026-11-23".into())).await, [delivered]);
        assert_eq!(found(&form(|form| form.to = "2026-11-22".into())).await, []);
        assert_eq!(found(&form(|form| form.opal_code = "000002".into())).await, [other]);
    }

    async fn r2_nobody_accounts_for_another_provider_or_site_and_a_coach_for_nothing(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let all = PaymentForm::default();
        for actor in [&world.ours.operator, &world.ours.administrator] {
            assert_eq!(rows(&world, actor, &all, 10).await.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
        }
        for actor in [&world.theirs.operator, &world.theirs.administrator, &world.elsewhere] {
            assert_eq!(rows(&world, actor, &all, 10).await, []);
            assert_eq!(world.backend.payments.open(actor, &all).await.unwrap().totals, PaymentTotals::default());
        }
        for actor in [&world.ours.coach, &world.system] {
            let payments = &world.backend.payments;
            assert!(matches!(payments.open(actor, &all).await, Err(PortError::NotFound)));
            assert!(matches!(payments.rows(actor, &all, None, 10).await, Err(PortError::NotFound)));
            assert!(matches!(payments.export(actor, &all, ExportFormat::Csv).await, Err(PortError::NotFound)));
        }
    }

    async fn an_export_is_noted_with_who_what_and_how_many_and_one_that_cannot_be_read_is_not(database) {
        let world = World::new(&database).await;
        world.dossier().await;
        let padova = form(|form| form.site = "E001-PD".into());
        let on = world.backend.payments.export(&world.ours.operator, &padova, ExportFormat::Csv).await.unwrap();
        assert_eq!(on, "2026-11-23".parse().unwrap());
        let wrong = form(|form| form.from = "ieri".into());
        assert!(matches!(world.backend.payments.export(&world.ours.operator, &wrong, ExportFormat::Csv).await, Err(PortError::Invalid(_))));
        let noted = database
            .execute(
                "update payment_export set dossiers = 0 where dossiers = 1 and format = 'csv' and filter like '%E001-PD%' \
                 and account_id = (select id from account where login = 'operatore.e001')",
            )
            .await
            .unwrap();
        assert_eq!(noted, 1);
        assert_eq!(database.execute("delete from payment_export").await.unwrap(), 1);
    }
}
