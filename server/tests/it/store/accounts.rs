//! Accounts, sign-ins and remembered searches.

use app::domain::{
    ids::{AccountId, CommandKey},
    provider::Role,
};
use server::store::{
    StoreError, UnitOfWork,
    records::{AccountRecord, IdempotencyRecord, NewAccount, SignInRecord},
};
use uuid::Uuid;

use super::sample::{ANNA, E001, OPERATOR, PADOVA, VENEZIA, account, at, people};

fn other(n: u128) -> AccountId {
    AccountId(Uuid::from_u128(2000 + n))
}

fn sign_in(hash: u8, account: AccountId, created: &str, seen: &str) -> SignInRecord {
    SignInRecord { hash: vec![hash; 32], account, created_at: at(created), last_seen_at: at(seen) }
}

async fn hashes(tx: &mut dyn UnitOfWork, candidates: &[u8]) -> Vec<u8> {
    let mut found = vec![];
    for hash in candidates {
        found.extend(tx.sign_in(&[*hash; 32]).await.unwrap().map(|sign_in| sign_in.hash[0]));
    }
    found
}

contract! {
    async fn an_account_comes_with_its_provider_and_its_sites(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.read().await.unwrap();
        let found = tx.account_by_login("operatore").await.unwrap().unwrap();
        let expected = AccountRecord {
            id: OPERATOR,
            password_hash: "$argon2id$".to_owned(),
            name: "Nome di operatore".to_owned(),
            role: Role::Operator,
            provider: Some((E001, "Cooperativa Passo a Passo".to_owned())),
            sites: vec![(PADOVA, "Padova".to_owned())],
            coach: None,
            email: Some("operatore@affianco.example".to_owned()),
            disabled: false,
            failures: 0,
            locked_until: None,
        };
        assert_eq!(found, expected);
        assert_eq!(tx.account(OPERATOR).await.unwrap(), Some(expected));
        assert_eq!(tx.account_by_login("Operatore").await.unwrap(), None);
    }

    async fn each_role_comes_with_what_belongs_to_it(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_account(&account(other(1), "responsabile", Role::ProviderAdministrator)).await.unwrap();
        tx.insert_account(&NewAccount { sites: vec![PADOVA], ..account(other(2), "coach", Role::Coach) }).await.unwrap();
        tx.insert_account(&account(other(3), "sistema", Role::SystemAdministrator)).await.unwrap();

        let administrator = tx.account(other(1)).await.unwrap().unwrap();
        assert_eq!(administrator.sites, [(PADOVA, "Padova".to_owned()), (VENEZIA, "Venezia".to_owned())], "all of its provider's");
        let coach = tx.account(other(2)).await.unwrap().unwrap();
        assert_eq!((coach.role, coach.coach, coach.sites), (Role::Coach, Some(ANNA), vec![(PADOVA, "Padova".to_owned())]));
        let system = tx.account(other(3)).await.unwrap().unwrap();
        assert_eq!((system.role, system.provider, system.sites), (Role::SystemAdministrator, None, vec![]));
    }

    async fn a_login_is_given_to_one_account_only(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let Err(StoreError::Exists { constraint }) = tx.insert_account(&account(other(1), "operatore", Role::Operator)).await else {
            panic!("the login was taken twice")
        };
        assert!(constraint.contains("login"), "{constraint}");
    }

    async fn failures_and_the_lock_are_kept_and_forgotten(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let until = at("2026-11-23T09:15:00.5Z");
        tx.set_failures(OPERATOR, 5, Some(until)).await.unwrap();
        let locked = tx.account(OPERATOR).await.unwrap().unwrap();
        assert_eq!((locked.failures, locked.locked_until), (5, Some(until)));
        tx.set_failures(OPERATOR, 0, None).await.unwrap();
        let free = tx.account(OPERATOR).await.unwrap().unwrap();
        assert_eq!((free.failures, free.locked_until), (0, None));
    }

    async fn accounts_of_the_demonstration_are_told_from_real_ones(db) {
        let mut tx = db.store.read().await.unwrap();
        assert!(!tx.holds_data().await.unwrap());
        drop(tx);
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        assert!(tx.holds_data().await.unwrap() && !tx.has_demo_accounts().await.unwrap());
        tx.insert_account(&NewAccount { demo: true, ..account(other(1), "demo", Role::Operator) }).await.unwrap();
        assert!(tx.has_demo_accounts().await.unwrap());
    }

    async fn a_sign_in_is_found_by_its_hash_until_it_ends(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let mut mine = sign_in(1, OPERATOR, "2026-11-23T08:00:00.123456Z", "2026-11-23T08:00:00.123456Z");
        tx.insert_sign_in(&mine).await.unwrap();
        tx.insert_sign_in(&sign_in(2, OPERATOR, "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z")).await.unwrap();
        assert_eq!(tx.sign_in(&[1; 32]).await.unwrap(), Some(mine.clone()));
        mine.last_seen_at = at("2026-11-23T09:00:00Z");
        tx.touch_sign_in(&[1; 32], mine.last_seen_at).await.unwrap();
        assert_eq!(tx.sign_in(&[1; 32]).await.unwrap(), Some(mine));
        tx.delete_sign_in(&[1; 32]).await.unwrap();
        assert_eq!(hashes(tx.as_mut(), &[1, 2]).await, [2]);
    }

    async fn searches_are_read_by_their_account_only_and_go_with_its_last_sign_in(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_account(&account(other(1), "responsabile", Role::ProviderAdministrator)).await.unwrap();
        let now = "2026-11-23T08:00:00Z";
        for (hash, account) in [(1, OPERATOR), (2, OPERATOR), (3, other(1))] {
            tx.insert_sign_in(&sign_in(hash, account, now, now)).await.unwrap();
        }
        let (mine, theirs) = (Uuid::from_u128(71), Uuid::from_u128(72));
        tx.insert_search(mine, OPERATOR, &[1, 2, 3], at(now)).await.unwrap();
        tx.insert_search(theirs, other(1), &[4], at(now)).await.unwrap();
        assert_eq!(tx.search(mine, OPERATOR).await.unwrap(), Some(vec![1, 2, 3]));
        assert_eq!(tx.search(mine, other(1)).await.unwrap(), None);

        tx.delete_sign_in(&[1; 32]).await.unwrap();
        assert!(tx.search(mine, OPERATOR).await.unwrap().is_some(), "another browser is still signed in");
        tx.delete_sign_in(&[2; 32]).await.unwrap();
        assert_eq!(tx.search(mine, OPERATOR).await.unwrap(), None);
        assert!(tx.search(theirs, other(1)).await.unwrap().is_some());
    }

    async fn a_purge_ends_what_is_idle_or_old_and_nothing_else(db) {
        people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        for (hash, created, seen) in [
            (1, "2026-11-23T07:00:00Z", "2026-11-23T08:59:59.9Z"),
            (2, "2026-11-23T07:00:00Z", "2026-11-23T09:00:00Z"),
            (3, "2026-11-22T23:59:59.999999Z", "2026-11-23T09:30:00Z"),
            (4, "2026-11-23T00:00:00Z", "2026-11-23T09:00:00.000001Z"),
        ] {
            tx.insert_sign_in(&sign_in(hash, OPERATOR, created, seen)).await.unwrap();
        }
        let (old, new) = (Uuid::from_u128(71), Uuid::from_u128(72));
        for (id, when) in [(old, "2026-09-01T00:00:00Z"), (new, "2026-10-01T00:00:00Z")] {
            let (key, at) = (CommandKey(id), at(when));
            let answer = IdempotencyRecord { key, account: OPERATOR, fingerprint: vec![], reply: String::new(), at };
            tx.keep_answer(&answer).await.unwrap();
        }
        for (id, when) in [(old, "2026-11-22T23:59:59Z"), (new, "2026-11-23T00:00:00Z")] {
            tx.insert_search(id, OPERATOR, &[1], at(when)).await.unwrap();
        }
        tx.purge(at("2026-11-23T09:00:00Z"), at("2026-11-23T00:00:00Z"), at("2026-09-24T00:00:00Z")).await.unwrap();
        assert_eq!(hashes(tx.as_mut(), &[1, 2, 3, 4]).await, [2, 4]);
        assert!(tx.search(old, OPERATOR).await.unwrap().is_none() && tx.search(new, OPERATOR).await.unwrap().is_some());
        let kept = [tx.answered(CommandKey(old), OPERATOR).await.unwrap(), tx.answered(CommandKey(new), OPERATOR).await.unwrap()];
        assert_eq!(kept.map(|answer| answer.is_some()), [false, true]);
    }
}
