//! Deciding a request: R5 to R10.

use app::{
    domain::{
        audit::AuditAction,
        request::{RefusalForm, RequestSearchForm, RequestState},
        rulebook::ActivityCode,
    },
    ports::PortError,
};

use crate::{
    store::contract,
    support::world::{World, record, refused, seen},
};

fn reason(text: &str) -> RefusalForm {
    RefusalForm { category: "other".to_owned(), reason: text.to_owned() }
}

contract! {
    async fn r9_an_admission_freezes_the_five_activities_with_the_hours_of_the_voucher(database) {
        let world = World::new(&database).await;
        let base = world.dossier().await;
        let enhanced = world.request_with(|sent| {
            *sent = record("JC-2026-000002");
            sent["voucher"]["kind"] = "enhanced".into();
        }).await;
        world.admit(enhanced).await;
        let hours = async |id| {
            let detail = world.backend.requests.open(&world.ours.operator, id).await.unwrap();
            assert_eq!(detail.row.state, RequestState::Admitted);
            detail.composition.into_iter().map(|line| (line.code, line.minutes / 60)).collect::<Vec<_>>()
        };
        let expected = |training| ActivityCode::ALL.map(|code| (code, if code == ActivityCode::OnTheJobTraining { training } else { 4 }));
        assert_eq!(hours(base).await, expected(44));
        assert_eq!(hours(enhanced).await, expected(52));
        assert_eq!(world.backend.requests.open(&world.ours.operator, base).await.unwrap().row.minutes, 60 * 60);
    }

    async fn r5_a_decided_request_cannot_be_decided_again(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let detail = world.backend.requests.open(&world.ours.operator, id).await.unwrap();
        assert!(!detail.may_decide);
        assert_eq!(detail.decided_by.as_deref(), Some("operatore.e001"));
        let operator = &world.ours.operator;
        assert_eq!(refused(world.backend.requests.admit(operator, id, seen(detail.version)).await), ["R10"]);
        let late = world.backend.requests.refuse(operator, id, seen(detail.version), reason("Un impedimento davvero oggettivo")).await;
        assert_eq!(refused(late), ["R10"]);
    }

    async fn r6_a_refusal_needs_its_reason_and_keeps_it(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.request().await, &world.ours.operator);
        let spaces = world.backend.requests.refuse(operator, id, seen(1), reason("                         ")).await;
        let Err(PortError::Invalid(problems)) = spaces else { panic!("{spaces:?}") };
        assert_eq!((problems.len(), problems[0].field.as_str()), (1, "reason"));
        assert_eq!(world.backend.requests.open(operator, id).await.unwrap().row.state, RequestState::Pending);

        world.backend.requests.refuse(operator, id, seen(1), reason("  Un impedimento davvero oggettivo ")).await.unwrap();
        let detail = world.backend.requests.open(operator, id).await.unwrap();
        assert_eq!((detail.row.state, detail.refusal_reason.as_deref()), (RequestState::Refused, Some("Un impedimento davvero oggettivo")));
        assert_eq!(world.audited(id, AuditAction::RequestRefused).await, 1);
    }

    async fn r7_the_last_minute_of_day_seven_admits_and_the_next_one_finds_it_cancelled(database) {
        let world = World::new(&database).await;
        let notified = |code: &str| {
            let mut sent = record(code);
            sent["notified_at"] = "2027-03-03T10:00:00+01:00".into();
            sent
        };
        world.import(vec![notified("A"), notified("B")]).await;
        world.at("2027-03-10T23:59");
        let page = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap().page;
        let ids: Vec<_> = page.rows.iter().map(|row| (row.id, row.days_left)).collect();
        assert_eq!((ids[0].1, ids[1].1), (Some(0), Some(0)));
        world.admit(ids[0].0).await;

        world.at("2027-03-11T00:00");
        let operator = &world.ours.operator;
        assert_eq!(refused(world.backend.requests.admit(operator, ids[1].0, seen(1)).await), ["R7"]);
        let late = world.backend.requests.refuse(operator, ids[1].0, seen(1), reason("Un impedimento davvero oggettivo")).await;
        assert_eq!(refused(late), ["R7"]);
        let detail = world.backend.requests.open(operator, ids[1].0).await.unwrap();
        assert_eq!((detail.row.state, detail.may_decide), (RequestState::Lapsed, false));
    }

    async fn r43_a_decision_on_a_stale_page_is_a_conflict_that_shows_both_states(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.request().await, &world.ours.operator);
        world.backend.requests.refuse(&world.ours.administrator, id, seen(1), reason("Un impedimento davvero oggettivo")).await.unwrap();
        let stale = world.backend.requests.admit(operator, id, seen(1)).await;
        let Err(PortError::Conflict(changes)) = stale else { panic!("{stale:?}") };
        let change = &changes[0];
        assert_eq!(change.field, "Stato");
        assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("Rifiutata"), Some("Ammesso al servizio")));
    }

    async fn a_request_taken_back_by_the_employment_centre_cannot_be_admitted(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        world.services.withdraw(id).await.unwrap();
        let detail = world.backend.requests.open(&world.ours.operator, id).await.unwrap();
        assert_eq!((detail.row.state, detail.may_decide), (RequestState::Withdrawn, false));
        assert_eq!(refused(world.backend.requests.admit(&world.ours.operator, id, seen(detail.version)).await), ["R10"]);
    }

    async fn r42_opening_a_profile_shows_the_sealed_details_and_is_written_down(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        let profile = world.backend.requests.profile(&world.ours.operator, id).await.unwrap();
        assert_eq!(profile.details.tax_code.as_str(), "RSSMRA80A01H501U");
        assert_eq!(database.execute("update profile_read set at = at").await.unwrap(), 1);
    }
}
