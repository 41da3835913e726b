//! The rulebook as dated data: everyone reads it, the system's administrator adds versions, and every server process applies them.

use app::{
    domain::{
        agenda::Lack,
        audit::AuditAction,
        provider::Actor,
        request::RequestSearchForm,
        rulebook::{Limit, NewVersion, Rulebook, RulebookDraft},
        session::SessionStep,
    },
    ports::{PortError, PortResult, Rulebooks, Sessions},
};
use serde_json::{Value, json};

use crate::{
    store::contract,
    support::world::{TRAINING, World, cancel, key, record, refused},
};

/// A change of the rulebook as it stands, from that day on.
async fn draft(world: &World, valid_from: &str, limits: &[(Limit, &str)]) -> RulebookDraft {
    let rulebook = rulebook(world).await;
    let mut draft = RulebookDraft {
        valid_from: valid_from.to_owned(),
        citation: "D.D. 1 del 01/12/2026".to_owned(),
        ..RulebookDraft::from(rulebook.latest())
    };
    draft.limits.extend(limits.iter().map(|(limit, text)| (*limit, (*text).to_owned())));
    draft
}

async fn rulebook(world: &World) -> Rulebook {
    world.backend.rulebooks.current(&world.ours.operator).await.unwrap().rulebook
}

/// The command of somebody who saw the rulebook as it stands.
async fn new(world: &World, draft: RulebookDraft) -> NewVersion {
    NewVersion { key: key(), follows: rulebook(world).await.latest().valid_from, draft }
}

async fn publish(world: &World, valid_from: &str, limits: &[(Limit, &str)]) {
    let draft = draft(world, valid_from, limits).await;
    world.backend.rulebooks.publish(&world.system, new(world, draft).await).await.unwrap();
}

/// What the log says of publications, in its order.
async fn published(world: &World) -> Vec<Value> {
    let rows = world.store.read().await.unwrap().audit_chain("system").await.unwrap();
    let rows = rows.into_iter().filter(|row| row.action == AuditAction::RulebookPublished);
    rows.map(|row| serde_json::from_slice(&row.payload).unwrap()).collect()
}

fn conflict(result: PortResult<()>) -> (Option<String>, Option<String>) {
    let Err(PortError::Conflict(mut changes)) = result else { panic!("{result:?}") };
    let change = changes.pop().unwrap();
    (change.before, change.after)
}

contract! {
    async fn everyone_reads_the_rulebook_and_only_the_system_administrator_changes_it(database) {
        let world = World::new(&database).await;
        let draft = draft(&world, "2027-01-01", &[]).await;
        let everyone: [&Actor; 5] =
            [&world.ours.operator, &world.ours.administrator, &world.ours.coach, &world.theirs.operator, &world.system];
        for actor in everyone {
            assert_eq!(world.backend.rulebooks.current(actor).await.unwrap().rulebook, Rulebook::builtin());
        }
        for actor in &everyone[..4] {
            let preview = world.backend.rulebooks.preview(actor, draft.clone()).await;
            assert!(matches!(preview, Err(PortError::Forbidden)), "{preview:?}");
            let publish = world.backend.rulebooks.publish(actor, new(&world, draft.clone()).await).await;
            assert!(matches!(publish, Err(PortError::Forbidden)), "{publish:?}");
        }
        assert_eq!(rulebook(&world).await, Rulebook::builtin());
    }

    async fn r26_a_published_version_holds_from_its_day_on_in_every_server_process(database) {
        let world = World::new(&database).await;
        let (id, other) = (world.dossier().await, world.another_process());
        // Both have read the rulebook already.
        assert_eq!(other.current(&world.ours.operator).await.unwrap().rulebook, Rulebook::builtin());
        publish(&world, "2026-12-14", &[(Limit::DayCap, "4")]).await;
        world.enter(id, "2026-12-12", "09:00", "14:00").await.unwrap();
        let five_hours = world.new_session(id, "2026-12-14", "09:00", "14:00");
        assert_eq!(refused(world.backend.sessions.enter(&world.ours.operator, five_hours.clone()).await), ["R26"]);
        assert_eq!(refused(other.enter(&world.ours.operator, five_hours).await), ["R26"]);
        let overview = other.current(&world.ours.coach).await.unwrap();
        assert_eq!((overview.rulebook.versions().len(), overview.rulebook.latest().day_cap), (2, 240));
        let publication = &overview.publications[0];
        assert_eq!((publication.by.as_str(), publication.at), (world.system.name.as_str(), world.clock.rome_now()));
    }

    async fn r7_the_clock_cancels_by_the_version_of_the_notification(database) {
        let world = World::new(&database).await;
        publish(&world, "2026-12-01", &[(Limit::AdmissionDays, "3")]).await;
        let mut after = record("JC-2026-000002");
        after["notified_at"] = "2026-12-01T10:00:00+01:00".into();
        after["voucher"]["id"] = "V2".into();
        world.at("2026-12-01");
        world.import(vec![after]).await;
        world.at("2026-12-04");
        assert_eq!(world.services.lapse_overdue().await.unwrap(), 0);
        world.at("2026-12-05");
        assert_eq!(world.services.lapse_overdue().await.unwrap(), 1);
    }

    async fn r7_r3_a_shorter_term_reaches_the_requests_that_are_known_before_their_day(database) {
        let world = World::new(&database).await;
        let sent = |code: &str, at: &str| {
            let mut sent = record(code);
            sent["notified_at"] = format!("{at}T09:00:00+01:00").into();
            sent
        };
        let received = world.import(vec![sent("JC-2026-000001", "2026-12-31"), sent("JC-2026-000002", "2027-01-02")]).await;
        assert_eq!(received.imported(), 2);
        publish(&world, "2027-01-01", &[(Limit::AdmissionDays, "3")]).await;
        world.at("2027-01-04");
        let list = world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, None).await.unwrap();
        let days: Vec<_> = list.page.rows.iter().map(|row| (row.opal_code.as_str(), row.days_left)).collect();
        assert_eq!(days, [("JC-2026-000002", Some(1)), ("JC-2026-000001", Some(3))], "fewest days left first");
        let detail = world.backend.requests.open(&world.ours.operator, list.page.rows[0].id).await.unwrap();
        assert_eq!((detail.term.days, detail.term.last_day), (3, "2027-01-05".parse().unwrap()), "the page says the same");
    }

    async fn r23_the_dashboard_keeps_the_term_of_each_sessions_own_day(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        publish(&world, "2027-01-01", &[(Limit::RegularisationDays, "3")]).await;
        world.enter(id, "2026-12-30", "08:00", "09:00").await.unwrap();
        world.at("2027-01-05");
        let lists = async || {
            let dashboard = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap();
            let over = dashboard.lacking.rows.iter().flat_map(|row| &row.lacks).find_map(|lack| match lack {
                Lack::Overdue { sessions } => Some(*sessions),
                _ => None,
            });
            (dashboard.to_regularise.total, over.unwrap_or_default())
        };
        assert_eq!(lists().await, (1, 0), "seven days from the thirtieth");
        world.enter(id, "2027-01-02", "08:00", "09:00").await.unwrap();
        world.at("2027-01-06");
        assert_eq!(lists().await, (1, 1), "three from the second of January: the later session is over first");
        world.at("2027-01-07");
        assert_eq!(lists().await, (0, 2));
    }

    async fn a_preview_tells_the_planned_sessions_that_would_be_judged_otherwise_and_stores_nothing(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        // Before the day, within the new limit, over it; over it together with the session before; given up.
        world.enter(id, "2026-12-12", "09:00", "14:00").await.unwrap();
        world.enter(id, "2026-12-14", "09:00", "13:00").await.unwrap();
        world.scheduled(id, "2026-12-15", "09:00", "14:00").await;
        world.enter(id, "2026-12-16", "09:00", "12:00").await.unwrap();
        world.enter(id, "2026-12-16", "14:00", "16:00").await.unwrap();
        let ended = world.enter(id, "2026-12-17", "09:00", "15:00").await.unwrap();
        world.step(id, ended, cancel()).await.unwrap();

        let draft = draft(&world, "2026-12-14", &[(Limit::DayCap, "4")]).await;
        let preview = world.backend.rulebooks.preview(&world.system, draft.clone()).await.unwrap();
        assert_eq!((preview.judged, preview.total), (4, 3));
        let told: Vec<_> = preview.changed.iter().map(|row| (row.span.on().to_string(), row.span.from().to_string(), row.before.len())).collect();
        let expected = [("2026-12-15", "09:00:00"), ("2026-12-16", "09:00:00"), ("2026-12-16", "14:00:00")];
        assert_eq!(told, expected.map(|(on, from)| (on.to_owned(), from.to_owned(), 0)));
        let row = &preview.changed[0];
        assert_eq!((row.opal_code.as_str(), row.site_town.as_str()), ("JC-2026-000001", "Padova"));
        assert_eq!(row.activity_name, "Allenamento e affiancamento");
        assert_eq!(row.blocks[0].sentence, "Il mar 15 dic 2026 la persona arriverebbe a 5 h (massimo 4 h): riduci la durata o cambia giorno.");
        let said = serde_json::to_string(&preview).unwrap();
        assert!(!said.contains("Rossi") && !said.contains("Mario"), "{said}");

        assert_eq!((rulebook(&world).await, published(&world).await), (Rulebook::builtin(), vec![]));
        // A version that changes nothing that is planned.
        let calm = RulebookDraft { valid_from: "2026-12-18".to_owned(), ..draft };
        assert_eq!(world.backend.rulebooks.preview(&world.system, calm).await.unwrap().judged, 0);
    }

    async fn a_preview_knows_where_else_person_and_coach_are_and_tells_a_change_of_severity(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        // Another person, with the same coach on the same day.
        let other = world
            .request_with(|record| {
                record["opal_code"] = "JC-2026-000002".into();
                record["voucher"]["id"] = "V2".into();
                record["beneficiary"]["tax_code"] = "BNCLRA85D50L736Q".into();
                record["beneficiary"]["birth_date"] = "1985-04-10".into();
            })
            .await;
        world.admit(other).await;
        world.scheduled(id, "2026-12-14", "08:00", "12:00").await;
        world.scheduled(other, "2026-12-14", "13:00", "16:00").await;
        let caps = [(Limit::CoachDayCap, "6"), (Limit::CoachDay, "block")];
        let preview = world.backend.rulebooks.preview(&world.system, draft(&world, "2026-12-14", &caps).await).await.unwrap();
        let rules: Vec<_> = preview.changed.iter().map(|row| row.blocks.iter().map(|block| block.rule.to_string()).collect::<Vec<_>>()).collect();
        assert_eq!(rules, [["R26"], ["R26"]]);
        publish(&world, "2026-12-10", &[(Limit::CoachDayCap, "6")]).await;
        // A warning until now, a block from then on.
        let preview = world.backend.rulebooks.preview(&world.system, draft(&world, "2026-12-14", &caps[1..]).await).await.unwrap();
        assert_eq!((preview.total, preview.changed[0].before[0].to_string()), (2, "R26".to_owned()));
        // The sessions themselves stay as they are.
        world.at("2026-12-14");
        let session = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap().sessions[0].id;
        world.step(id, session, SessionStep::Start).await.unwrap();
    }

    async fn r42_a_publication_is_written_down_once_with_what_held_before_and_what_holds_then(database) {
        let world = World::new(&database).await;
        let new = new(&world, draft(&world, "2027-01-01", &[(Limit::DayCap, "6")]).await).await;
        for _ in 0..2 {
            world.backend.rulebooks.publish(&world.system, new.clone()).await.unwrap();
        }
        let rows = published(&world).await;
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0]["before"]["of"], &rows[0]["before"]["day_cap"]), (&json!("rulebook"), &json!(480)));
        assert_eq!((&rows[0]["after"]["day_cap"], &rows[0]["after"]["citation"]), (&json!(360), &json!("D.D. 1 del 01/12/2026")));
        assert_eq!(rulebook(&world).await.versions().len(), 2);
    }

    async fn r43_who_has_not_seen_the_latest_version_is_told_of_it(database) {
        let world = World::new(&database).await;
        let stale = new(&world, draft(&world, "2028-01-01", &[]).await).await;
        publish(&world, "2027-01-01", &[]).await;
        let told = conflict(world.backend.rulebooks.publish(&world.system, stale).await);
        let said = |on: &str| Some(format!("in vigore da {on}"));
        assert_eq!(told, (said("ven 1 gen 2027"), said("mer 1 gen 2020")));
        assert_eq!(rulebook(&world).await.versions().len(), 2);
    }

    async fn r43_of_two_who_publish_at_once_exactly_one_does(database) {
        let world = World::new(&database).await;
        let draft = draft(&world, "2027-01-01", &[]).await;
        let (one, two) = (new(&world, draft.clone()).await, new(&world, draft).await);
        let other = world.another_process();
        let (first, second) = tokio::join!(world.backend.rulebooks.publish(&world.system, one), other.publish(&world.system, two));
        let loser = match (first, second) {
            (Ok(()), loser) | (loser, Ok(())) => loser,
            both => panic!("{both:?}"),
        };
        conflict(loser);
        assert_eq!((rulebook(&world).await.versions().len(), published(&world).await.len()), (2, 1));
    }

    async fn a_draft_with_problems_is_neither_previewed_nor_published(database) {
        let world = World::new(&database).await;
        let wrong = draft(&world, "2026-11-23", &[(Limit::Step, "7")]).await;
        let fields = |error: PortError| {
            let PortError::Invalid(problems) = error else { panic!("{error:?}") };
            problems.into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(world.backend.rulebooks.preview(&world.system, wrong.clone()).await.unwrap_err()), ["valid_from", "step"]);
        let publish = world.backend.rulebooks.publish(&world.system, new(&world, wrong).await).await;
        assert_eq!(fields(publish.unwrap_err()), ["valid_from", "step"]);
        assert_eq!(rulebook(&world).await, Rulebook::builtin());
    }
}
