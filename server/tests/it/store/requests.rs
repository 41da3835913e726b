//! The list of requests: pages, filters, reach.

use app::domain::{
    dossier::VoucherKind,
    ids::{OpalId, PersonId},
    provider::Scope,
    request::{RequestFilter, RequestState},
};
use chrono::NaiveDate;
use server::store::{
    Store,
    records::{OpalRecord, RequestQuery},
};
use uuid::Uuid;

use super::sample::{
    ANNA, E001, E002, PADOVA, TREVISO, VENEZIA, day, decided, dossier, notified, of_coach, opal_id, padova, people, person, request, scope,
    sent_to, session, today, with_opals, with_sessions,
};

fn query(scope: Scope, filter: RequestFilter) -> RequestQuery {
    RequestQuery { scope, filter, tax_code_hash: None, today: today(), after: None, limit: 50 }
}

fn numbers(rows: &[OpalRecord]) -> Vec<u128> {
    rows.iter().map(|row| row.id.0.as_u128()).collect()
}

async fn list(store: &dyn Store, query: &RequestQuery) -> Vec<u128> {
    let page = store.read().await.unwrap().requests(query).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64, "all are on one page");
    numbers(&page.rows)
}

async fn found(store: &dyn Store, filter: RequestFilter) -> Vec<u128> {
    list(store, &query(padova(), filter)).await
}

contract! {
    async fn r3_a_hundred_and_twenty_requests_are_paged_without_gaps_or_doubles(db) {
        // Twelve days with ten requests each, so that pages end between rows of the same rank.
        let on = |n: u128| day("2026-11-12") + chrono::Days::new(u64::try_from(n % 12).unwrap());
        let notified_on = |n| notified(n, &on(n).to_string());
        with_opals(db.store.as_ref(), (1..=120).map(notified_on)).await;
        let mut expected: Vec<(NaiveDate, u128)> = (1..=120).map(|n| (on(n), n)).collect();
        expected.sort_unstable();

        let mut query = RequestQuery { limit: 7, ..query(padova(), RequestFilter::default()) };
        let mut tx = db.store.read().await.unwrap();
        let mut seen = vec![];
        loop {
            let page = tx.requests(&query).await.unwrap();
            assert_eq!(page.total, 120);
            assert!(page.rows.len() <= 7);
            let Some(last) = page.rows.last() else { break };
            query.after = Some((last.list_rank, last.id));
            seen.extend(numbers(&page.rows));
            assert!(seen.len() <= 120, "a row came twice");
        }
        assert_eq!(seen, expected.into_iter().map(|(_, n)| n).collect::<Vec<_>>());
    }

    async fn r3_requests_to_decide_come_first_and_then_the_others_newest_first(db) {
        with_opals(db.store.as_ref(), [
            decided(notified(1, "2026-11-01"), RequestState::Refused, "2026-11-02"),
            notified(2, "2026-11-22"),
            decided(notified(3, "2026-11-10"), RequestState::Admitted, "2026-11-12"),
            notified(4, "2026-11-18"),
        ]).await;
        assert_eq!(found(db.store.as_ref(), RequestFilter::default()).await, [4, 2, 3, 1]);
    }

    async fn r2_the_list_shows_the_rows_of_the_scope_only(db) {
        with_opals(db.store.as_ref(), [request(1), sent_to(request(2), VENEZIA), sent_to(request(3), TREVISO), dossier(4)]).await;
        with_sessions(db.store.as_ref(), [session(1, opal_id(4), "2026-11-24", "09:00:00", "10:00:00")]).await;
        let store = db.store.as_ref();
        for (scope, expected) in [
            (padova(), vec![1, 4]),
            (scope(E001, &[PADOVA, VENEZIA]), vec![1, 2, 4]),
            (scope(E001, &[TREVISO]), vec![]),
            (scope(E002, &[PADOVA, VENEZIA, TREVISO]), vec![3]),
            (scope(E001, &[]), vec![]),
            (of_coach(ANNA), vec![4]),
        ] {
            assert_eq!(list(store, &query(scope.clone(), RequestFilter::default())).await, expected, "{scope:?}");
        }
    }

    async fn a_request_from_the_future_is_in_no_list(db) {
        with_opals(db.store.as_ref(), [notified(1, "2026-11-23"), notified(2, "2026-11-24")]).await;
        let store = db.store.as_ref();
        assert_eq!(found(store, RequestFilter::default()).await, [1]);
        let tomorrow = RequestQuery { today: day("2026-11-24"), ..query(padova(), RequestFilter::default()) };
        assert_eq!(list(store, &tomorrow).await, [1, 2]);
    }

    async fn r7_states_are_filtered_as_the_clock_sees_them(db) {
        with_opals(db.store.as_ref(), [
            notified(1, "2026-11-16"),
            notified(2, "2026-11-15"),
            decided(notified(3, "2026-11-01"), RequestState::Lapsed, "2026-11-09"),
            decided(notified(4, "2026-11-20"), RequestState::Refused, "2026-11-21"),
            decided(notified(5, "2026-11-19"), RequestState::Withdrawn, "2026-11-21"),
        ]).await;
        let store = db.store.as_ref();
        let states = |states: &[RequestState]| RequestFilter { states: states.to_vec(), ..RequestFilter::default() };
        assert_eq!(found(store, states(&[RequestState::Pending])).await, [1], "the last day still decides");
        assert_eq!(found(store, states(&[RequestState::Lapsed])).await, [2, 3], "whether or not the job has written it");
        assert_eq!(found(store, states(&[RequestState::Refused, RequestState::Withdrawn])).await, [4, 5]);
        assert_eq!(found(store, states(&[RequestState::Pending, RequestState::Refused])).await, [1, 4]);
        assert_eq!(found(store, states(&[RequestState::Admitted])).await, [0; 0]);
        assert_eq!(found(store, states(&RequestState::ALL)).await.len(), 5);
    }

    async fn r4_each_field_of_the_mask_narrows_the_list(db) {
        let mut two = sent_to(notified(2, "2026-11-18"), VENEZIA);
        two.voucher.kind = VoucherKind::Enhanced;
        two.centre_code = "TV02".into();
        let mut three = notified(3, "2026-11-21");
        three.opal_code = "JC_2026%X".into();
        with_opals(db.store.as_ref(), [notified(1, "2026-11-17"), two, three, dossier(4)]).await;
        let store = db.store.as_ref();
        let all = scope(E001, &[PADOVA, VENEZIA]);
        let none = RequestFilter::default;
        for (name, filter, expected) in [
            ("part of the code", RequestFilter { opal_code: Some("000002".into()), ..none() }, vec![2]),
            ("a percent sign is itself", RequestFilter { opal_code: Some("%".into()), ..none() }, vec![3]),
            ("an underscore is itself", RequestFilter { opal_code: Some("C_2".into()), ..none() }, vec![3]),
            ("a backslash is itself", RequestFilter { opal_code: Some("\\".into()), ..none() }, vec![]),
            ("beginning of the centre's code", RequestFilter { centre: Some("tv".into()), ..none() }, vec![2]),
            ("part of the centre's name", RequestFilter { centre: Some("egliano".into()), ..none() }, vec![2]),
            ("not the middle of the centre's code", RequestFilter { centre: Some("01".into()), ..none() }, vec![]),
            ("site", RequestFilter { site: Some("E001-PD".into()), ..none() }, vec![1, 3, 4]),
            ("another provider's site", RequestFilter { site: Some("E002-TV".into()), ..none() }, vec![]),
            ("voucher", RequestFilter { voucher: Some(VoucherKind::Enhanced), ..none() }, vec![2]),
            ("notified from", RequestFilter { notified_from: Some(day("2026-11-18")), ..none() }, vec![2, 3, 4]),
            ("notified to", RequestFilter { notified_to: Some(day("2026-11-18")), ..none() }, vec![1, 2]),
            ("last day tomorrow or today", RequestFilter { within: Some(1), ..none() }, vec![1]),
            ("last day within two days", RequestFilter { within: Some(2), ..none() }, vec![1, 2]),
            ("two at once", RequestFilter { site: Some("E001-PD".into()), within: Some(9), ..none() }, vec![1, 3]),
        ] {
            assert_eq!(list(store, &query(all.clone(), filter)).await, expected, "{name}");
        }
    }

    async fn r4_persons_are_found_by_tax_code_or_beginning_of_the_surname(db) {
        people(db.store.as_ref()).await;
        let names = ["Rossi", "Rossini", "D’Este", "Rosà", "Zanòn", "Ro%si"];
        let mut tx = db.store.write().await.unwrap();
        for (n, last) in (1..).zip(names) {
            let id = PersonId(Uuid::from_u128(6000 + n));
            tx.insert_person(&person(id, "Ada", last)).await.unwrap();
            let mut opal = request(n);
            opal.person = id;
            tx.insert_opal(&opal).await.unwrap();
        }
        tx.commit().await.unwrap();
        let store = db.store.as_ref();
        for (surname, expected) in [
            ("ros", vec![1, 2, 4]),
            ("rossi", vec![1, 2]),
            ("rossin", vec![2]),
            ("deste", vec![3]),
            ("zanon", vec![5]),
            ("%", vec![]),
            ("ro%", vec![6]),
        ] {
            let filter = RequestFilter { surname: Some(surname.into()), ..RequestFilter::default() };
            assert_eq!(found(store, filter).await, expected, "{surname}");
        }
        let hash = Some(PersonId(Uuid::from_u128(6002)).0.as_bytes().to_vec());
        let by_tax_code = RequestQuery { tax_code_hash: hash.clone(), ..query(padova(), RequestFilter::default()) };
        assert_eq!(list(store, &by_tax_code).await, [2]);
        let elsewhere = RequestQuery { tax_code_hash: hash, ..query(scope(E002, &[TREVISO]), RequestFilter::default()) };
        assert_eq!(list(store, &elsewhere).await, [0; 0], "another provider's person");
    }

    async fn the_count_of_a_day_counts_what_must_be_decided_on_it_here(db) {
        with_opals(db.store.as_ref(), [
            notified(1, "2026-11-16"),
            notified(2, "2026-11-16"),
            notified(3, "2026-11-17"),
            sent_to(notified(4, "2026-11-16"), VENEZIA),
            decided(notified(5, "2026-11-16"), RequestState::Refused, "2026-11-17"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.count_due(&padova(), today()).await.unwrap(), 2);
        assert_eq!(tx.count_due(&scope(E001, &[PADOVA, VENEZIA]), today()).await.unwrap(), 3);
        assert_eq!(tx.count_due(&scope(E001, &[]), today()).await.unwrap(), 0);
    }

    async fn r7_overdue_requests_are_found_oldest_first_whichever_their_provider(db) {
        with_opals(db.store.as_ref(), [
            notified(1, "2026-11-15"),
            sent_to(notified(2, "2026-11-10"), TREVISO),
            notified(3, "2026-11-16"),
            decided(notified(4, "2026-11-01"), RequestState::Admitted, "2026-11-02"),
        ]).await;
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.overdue(today(), 10).await.unwrap(), [opal_id(2), opal_id(1)]);
        assert_eq!(tx.overdue(today(), 1).await.unwrap(), [opal_id(2)]);
        assert_eq!(tx.overdue(day("2026-11-17"), 10).await.unwrap(), [] as [OpalId; 0], "the last day is not over yet");
    }
}
