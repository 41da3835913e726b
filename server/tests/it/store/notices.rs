//! Notices and the outbox: one for each thing and account, one for each key, one claim at a time.

use app::domain::{
    agenda::NoticeKind,
    ids::{AccountId, NoticeId, OpalId},
    provider::Role,
    time::LocalInstant,
};
use chrono::{DateTime, TimeDelta, Utc};
use server::store::{JobEnd, NoticeReach, NoticeRecord, OutboxRecord, RaisedRecord, Store, Waiting, records::NewAccount};
use uuid::Uuid;

use super::sample::{
    ANNA, OPERATOR, PADOVA, VENEZIA, account, day, dossier, of_coach, opal_id, padova, people, request, today, with_opals,
};

fn local(text: &str) -> LocalInstant {
    LocalInstant(text.parse().unwrap())
}

fn at() -> DateTime<Utc> {
    "2026-11-24T08:00:00.123456Z".parse().unwrap()
}

fn notice(n: u128, opal: OpalId, on: &str, stage: u32) -> NoticeRecord {
    NoticeRecord {
        id: NoticeId(Uuid::from_u128(n)),
        account: OPERATOR,
        kind: NoticeKind::RequestTerm,
        subject: opal.0,
        opal: Some(opal),
        on: day(on),
        stage,
        raised: local("2026-11-24T09:00:00.123456"),
    }
}

async fn raise(store: &dyn Store, notices: &[NoticeRecord]) {
    let mut tx = store.write().await.unwrap();
    tx.raise(notices).await.unwrap();
    tx.commit().await.unwrap();
}

fn job(n: u128, key: &str) -> OutboxRecord {
    OutboxRecord {
        id: Uuid::from_u128(n),
        key: key.to_owned(),
        payload: "{}".to_owned(),
        not_before: local("2026-11-24T07:00:00"),
        attempts: 0,
        next_try: at(),
    }
}

contract! {
    async fn a_thing_has_one_notice_for_each_account_that_only_goes_forward(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        let (opal, store) = (opal_id(1), db.store.as_ref());
        let held = async || {
            let mut tx = store.read().await.unwrap();
            let found = tx.raised(NoticeKind::RequestTerm, &[opal.0]).await.unwrap();
            assert_eq!(tx.raised(NoticeKind::VoucherEnd, &[opal.0]).await.unwrap(), []);
            found.into_iter().map(|RaisedRecord { on, stage, .. }| (on.to_string(), stage)).collect::<Vec<_>>()
        };
        for (raised, kept) in [
            (notice(1, opal, "2026-11-27", 2), ("2026-11-27", 2)),
            (notice(2, opal, "2026-11-27", 1), ("2026-11-27", 2)),
            (notice(3, opal, "2026-11-27", 3), ("2026-11-27", 3)),
            (notice(4, opal, "2026-11-30", 1), ("2026-11-30", 1)),
        ] {
            raise(store, &[raised]).await;
            assert_eq!(held().await, [(kept.0.to_owned(), kept.1)]);
        }
    }

    async fn a_notice_is_seen_within_the_reach_and_while_its_matter_is_what_it_was(db) {
        let pending = request(1);
        let decide_by = pending.decide_by.to_string();
        with_opals(db.store.as_ref(), [pending, dossier(2)]).await;
        let moved = notice(2, opal_id(2), "2026-11-01", 1);
        raise(db.store.as_ref(), &[notice(1, opal_id(1), &decide_by, 1), NoticeRecord { kind: NoticeKind::VoucherEnd, ..moved }]).await;
        let waiting = Waiting { today: today(), ending: Vec::new() };
        let reach = NoticeReach { account: OPERATOR, scope: Some(padova()), oversight: None, waiting };
        let mut tx = db.store.read().await.unwrap();
        let (rows, total) = tx.notices(&reach, None, 10).await.unwrap();
        assert_eq!((rows.len(), total, rows[0].id.0.as_u128(), rows[0].unread), (1, 1, 1, true));
        assert_eq!(rows[0].raised, local("2026-11-24T09:00:00.123456"));
        assert_eq!(tx.unread(&reach).await.unwrap(), [(NoticeKind::RequestTerm, 1)]);
        let mut blind = vec![
            NoticeReach { account: AccountId(Uuid::from_u128(99)), ..reach.clone() },
            NoticeReach { scope: None, ..reach.clone() },
            NoticeReach { scope: Some(of_coach(ANNA)), ..reach.clone() },
        ];
        let mut later = reach.clone();
        later.waiting.today = day("2027-01-01");
        blind.push(later);
        for reach in blind {
            assert_eq!(tx.notices(&reach, None, 10).await.unwrap(), (vec![], 0), "{reach:?}");
            assert_eq!(tx.unread(&reach).await.unwrap(), []);
        }
    }

    async fn active_accounts_come_with_their_sites(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let administrator = account(AccountId(Uuid::from_u128(77)), "responsabile", Role::ProviderAdministrator);
        tx.insert_account(&NewAccount { email: None, ..administrator }).await.unwrap();
        let mut found = tx.active_accounts().await.unwrap();
        found.sort_by(|one, other| one.name.cmp(&other.name));
        let sites: Vec<_> = found.iter().map(|account| account.sites.iter().map(|(id, _)| *id).collect::<Vec<_>>()).collect();
        assert_eq!(sites, [vec![PADOVA], vec![PADOVA, VENEZIA]]);
        assert_eq!([found[0].email.as_deref(), found[1].email.as_deref()], [Some("operatore@affianco.example"), None]);
    }

    async fn a_key_is_enqueued_once_and_a_job_has_one_claim_and_one_end(db) {
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.enqueue(&job(1, "digest:a:2026-11-24")).await.unwrap());
        assert!(!tx.enqueue(&job(2, "digest:a:2026-11-24")).await.unwrap());
        assert!(tx.enqueue(&job(3, "digest:b:2026-11-24")).await.unwrap());
        assert_eq!(tx.job("digest:a:2026-11-24").await.unwrap(), Some(job(1, "digest:a:2026-11-24")));
        let (now, early) = (local("2026-11-24T07:00:00"), local("2026-11-24T06:59:59"));
        assert_eq!(tx.due_jobs(early, at(), 9).await.unwrap(), []);
        assert_eq!(tx.due_jobs(now, at() - TimeDelta::seconds(1), 9).await.unwrap(), []);
        assert_eq!(tx.due_jobs(now, at(), 1).await.unwrap().len(), 1);

        let (id, until) = (Uuid::from_u128(1), at() + TimeDelta::minutes(10));
        assert!(tx.claim_job(id, 0, until).await.unwrap());
        assert!(!tx.claim_job(id, 0, until).await.unwrap() && !tx.claim_job(id, 1, until).await.unwrap());
        assert_eq!(tx.due_jobs(now, at(), 9).await.unwrap().len(), 1, "a claimed job is nobody else's");
        let next_try = at() + TimeDelta::minutes(1);
        tx.end_job(id, &JobEnd::Again { next_try, error: "451".to_owned() }, at()).await.unwrap();
        assert_eq!(tx.due_jobs(now, at(), 9).await.unwrap().len(), 1);
        assert_eq!(tx.due_jobs(now, next_try, 9).await.unwrap().iter().map(|job| job.attempts).collect::<Vec<_>>(), [0, 1]);
        assert!(tx.claim_job(id, 1, until).await.unwrap());
        tx.end_job(id, &JobEnd::Done, at()).await.unwrap();
        tx.end_job(id, &JobEnd::Again { next_try, error: "late".to_owned() }, at()).await.unwrap();
        assert_eq!(tx.due_jobs(now, until, 9).await.unwrap().len(), 1, "what is done stays done");

        assert!(tx.claim_job(Uuid::from_u128(3), 0, until).await.unwrap());
        assert!(tx.give_up_lost_jobs("lost", until).await.unwrap().is_empty());
        assert_eq!(tx.give_up_lost_jobs("lost", until + TimeDelta::seconds(1)).await.unwrap(), [Uuid::from_u128(3)]);
        assert_eq!(tx.due_jobs(now, until, 9).await.unwrap(), []);
    }

    async fn a_later_job_of_the_same_beginning_counts_once_its_time_has_come(db) {
        let mut tx = db.store.write().await.unwrap();
        tx.enqueue(&job(1, "digest:a:2026-11-24")).await.unwrap();
        tx.enqueue(&OutboxRecord { not_before: local("2026-11-25T07:00:00"), ..job(2, "digest:a:2026-11-25") }).await.unwrap();
        tx.enqueue(&job(3, "digest:b:2026-11-26")).await.unwrap();
        let later = [("2026-11-24T23:00:00", "digest:a:2026-11-24", false), ("2026-11-25T07:00:00", "digest:a:2026-11-24", true), ("2026-11-27T07:00:00", "digest:a:2026-11-25", false)];
        for (now, key, expected) in later {
            assert_eq!(tx.later_job("digest:a:", key, local(now)).await.unwrap(), expected, "{key} at {now}");
        }
    }

    async fn old_notices_and_jobs_are_dropped(db) {
        with_opals(db.store.as_ref(), [request(1)]).await;
        raise(db.store.as_ref(), &[notice(1, opal_id(1), "2026-11-27", 1)]).await;
        let mut tx = db.store.write().await.unwrap();
        tx.enqueue(&job(1, "digest:a:2026-11-24")).await.unwrap();
        let kept = async |tx: &mut dyn server::store::UnitOfWork| {
            (tx.raised(NoticeKind::RequestTerm, &[opal_id(1).0]).await.unwrap().len(), tx.job("digest:a:2026-11-24").await.unwrap().is_some())
        };
        for (before, expected) in [("2026-11-24T07:00:00", (1, true)), ("2026-11-24T10:00:00", (0, false))] {
            tx.drop_notices(local(before)).await.unwrap();
            tx.drop_jobs(local(before)).await.unwrap();
            assert_eq!(kept(tx.as_mut()).await, expected);
        }
    }
}
