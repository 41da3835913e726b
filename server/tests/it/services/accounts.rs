//! Signing in and out, and the lock after too many failures.

use app::ports::PortError;

use crate::{
    store::contract,
    support::world::{PASSWORD, World},
};

contract! {
    async fn who_signs_in_is_recognised_until_signing_out(database) {
        let world = World::new(&database).await;
        let accounts = &world.backend.accounts;
        let signed_in = accounts.sign_in("  Operatore.E001 ", PASSWORD).await.unwrap();
        let actor = accounts.actor(&signed_in.secret).await.unwrap().unwrap();
        assert_eq!(actor, signed_in.actor);
        let operator = &world.ours.operator;
        assert_eq!((actor.account, &actor.sites, actor.role), (operator.account, &operator.sites, operator.role));
        let administrator = accounts.sign_in("responsabile.e001", PASSWORD).await.unwrap().actor;
        assert_eq!(administrator.sites.len(), 2);
        assert_eq!(accounts.actor("not a secret").await.unwrap(), None);
        accounts.sign_out(&signed_in.secret).await.unwrap();
        assert_eq!(accounts.actor(&signed_in.secret).await.unwrap(), None);
    }

    async fn five_failures_in_a_row_lock_the_account_and_nothing_tells_it_from_an_unknown_one(database) {
        let world = World::new(&database).await;
        let failure = async |login: &str, password: &str| match world.backend.accounts.sign_in(login, password).await {
            Err(PortError::SignInFailed(sentence)) => sentence,
            _ => panic!("signed in"),
        };
        let mut sentences = std::collections::BTreeSet::new();
        for _ in 0..5 {
            sentences.insert(failure("coach.e001", "wrong").await);
        }
        sentences.insert(failure("coach.e001", PASSWORD).await);
        sentences.insert(failure("nobody", PASSWORD).await);
        assert_eq!(sentences.len(), 1);
    }

    async fn a_sign_in_before_the_fifth_failure_takes_the_count_back(database) {
        let world = World::new(&database).await;
        for _ in 0..2 {
            for _ in 0..4 {
                assert!(world.backend.accounts.sign_in("coach.e001", "wrong").await.is_err());
            }
            assert!(world.backend.accounts.sign_in("coach.e001", PASSWORD).await.is_ok());
        }
    }

    async fn a_sign_in_that_was_not_used_or_is_too_old_ends_by_itself(database) {
        let world = World::new(&database).await;
        let accounts = &world.backend.accounts;
        let unused = "update sign_in set last_seen_at = '2026-01-01T00:00:00+00:00'";
        let too_old = "update sign_in set created_at = '2026-01-01T00:00:00+00:00'";
        for aged in [unused, too_old] {
            let fresh = accounts.sign_in("operatore.e001", PASSWORD).await.unwrap().secret;
            assert!(accounts.actor(&fresh).await.unwrap().is_some());
            assert!(database.execute(aged).await.unwrap() >= 1);
            assert_eq!(accounts.actor(&fresh).await.unwrap(), None);
        }
    }
}
