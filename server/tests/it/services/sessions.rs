//! Sessions through the services: the boundary table of domain.md 4.7 and the ways that the state machine closes.

use app::domain::{
    rulebook::ActivityCode,
    session::{Action, EndReasonForm, Horizon, NewSession, SessionState, SessionStep},
};
use serde_json::json;

use crate::{
    store::contract,
    support::world::{TRAINING, World, cancel, close_negative, complete, record, refused, seen, unconfirmed},
};

contract! {
    async fn a_session_goes_from_inserita_to_erogata(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-11-23", "08:00", "10:00").await.unwrap();
        let state = async || world.session(id, session).await.state;
        assert_eq!(state().await, SessionState::Entered);
        world.step(id, session, SessionStep::Modify { form: world.form(1, "2026-11-23", "08:00", "09:00") }).await.unwrap();
        world.step(id, session, SessionStep::Schedule).await.unwrap();
        assert_eq!(state().await, SessionState::Scheduled);
        world.step(id, session, SessionStep::Start).await.unwrap();
        assert_eq!(state().await, SessionState::Started);
        world.step(id, session, complete(" Affiancamento sulla postazione ")).await.unwrap();
        let row = world.session(id, session).await;
        assert_eq!((row.state, row.coach_name.as_str(), row.span.minutes()), (SessionState::Delivered, "Chiara Bortolin", 60));
        assert_eq!(row.description.as_deref(), Some("Affiancamento sulla postazione"));
        assert_eq!((row.started_at, row.completed_at), (Some(world.clock.rome_now()), Some(world.clock.rome_now())));
        assert!(row.actions.is_empty());
    }

    async fn r15_all_that_is_missing_is_told_at_once_and_nothing_is_stored(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut new = world.new_session(id, "", "", "");
        new.form.coach.clear();
        assert_eq!(refused(world.backend.sessions.enter(&world.ours.operator, new).await), ["R15", "R15", "R15", "R15"]);
        assert!(world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap().sessions.is_empty());
    }

    async fn r15_a_coach_of_another_provider_cannot_be_chosen(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut new = world.new_session(id, "2026-11-24", "09:00", "10:00");
        new.form.coach = world.theirs.coaches[0].to_string();
        assert_eq!(refused(world.backend.sessions.enter(&world.ours.operator, new).await), ["R15"]);
    }

    async fn r10_there_is_no_session_before_the_admission(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        assert_eq!(refused(world.enter(id, "2026-11-24", "09:00", "10:00").await), ["R10"]);
        world.admit(id).await;
        assert_eq!(refused(world.enter(id, "2026-11-21", "09:00", "10:00").await), ["R10"]);
    }

    async fn r24_entering_on_the_day_or_later_wants_a_confirmation_and_is_marked(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let entered = async |today: &str, from: &str, to: &str| {
            world.at(today);
            let mut new = world.new_session(id, "2026-11-24", from, to);
            new.confirmed = false;
            if today != "2026-11-23" {
                assert_eq!(unconfirmed(world.backend.sessions.enter(&world.ours.operator, new.clone()).await), ["R24"]);
                new.confirmed = true;
            }
            let session = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
            world.session(id, session).await.late_days
        };
        assert_eq!(entered("2026-11-23", "08:00", "09:00").await, None);
        assert_eq!(entered("2026-11-24", "09:00", "10:00").await, Some(0));
        assert_eq!(entered("2026-12-01", "10:00", "11:00").await, Some(7));
        world.at("2026-12-02");
        assert_eq!(refused(world.enter(id, "2026-11-24", "11:00", "12:00").await), ["R23"]);
    }

    async fn r26_r27_the_day_and_its_hours_have_their_limits(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        assert_eq!(refused(world.enter(id, "2026-11-24", "07:30", "15:45").await), ["R26"]);
        world.enter(id, "2026-11-24", "07:30", "15:30").await.unwrap();
        assert_eq!(refused(world.enter(id, "2026-11-25", "22:00", "23:15").await), ["R27"]);
        world.enter(id, "2026-11-25", "22:00", "23:00").await.unwrap();
    }

    async fn r29_the_forty_first_hour_of_a_week_is_refused(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for day in 14..19 {
            world.enter(id, &format!("2026-12-{day:02}"), "07:30", "15:30").await.unwrap();
        }
        assert_eq!(refused(world.enter(id, "2026-12-19", "09:00", "10:00").await), ["R29"]);
    }

    async fn r28_holidays_are_refused_by_name(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for on in ["2026-12-26", "2027-03-29", "2026-12-08", "2026-11-29"] {
            assert_eq!(refused(world.enter(id, on, "09:00", "10:00").await), ["R28"], "{on}");
        }
    }

    async fn r38_a_date_after_the_end_of_the_voucher_is_refused_and_later_everything(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        assert_eq!(refused(world.enter(id, "2027-05-12", "09:00", "10:00").await), ["R38"]);
        let session = world.enter(id, "2027-05-11", "09:00", "10:00").await.unwrap();
        world.at("2027-05-12");
        assert_eq!(refused(world.step(id, session, SessionStep::Schedule).await), ["R38"]);
        let page = world.backend.activities.open(&world.ours.operator, id, TRAINING).await.unwrap();
        assert_eq!((page.may_enter, page.sessions[0].actions.clone()), (false, vec![Action::Cancel]));
    }

    async fn r18_a_scheduled_session_is_modified_by_no_route(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let modify = SessionStep::Modify { form: world.form(0, "2026-11-24", "09:00", "11:00") };
        for actor in [&world.ours.operator, &world.ours.administrator] {
            assert_eq!(refused(world.step_as(actor, id, session, modify.clone()).await), ["R18"]);
        }
        let row = world.session(id, session).await;
        assert_eq!((row.span.minutes(), row.version), (60, 2));
        assert_eq!(row.actions, [Action::CloseNegative], "it starts on its day");
    }

    async fn r19_over_the_agreed_hours_is_a_warning_to_enter_and_refused_to_schedule(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let plan = async |on: &str, to: &str, confirmed| {
            let mut new = world.new_session(id, on, "08:00", to);
            (new.activity, new.confirmed) = (ActivityCode::CoachingPlan, confirmed);
            world.backend.sessions.enter(&world.ours.operator, new).await
        };
        let first = plan("2026-11-24", "11:00", false).await.unwrap();
        world.step(id, first, SessionStep::Schedule).await.unwrap();
        assert_eq!(unconfirmed(plan("2026-11-25", "10:00", false).await), ["R19"]);
        let over = plan("2026-11-25", "10:00", true).await.unwrap();
        assert_eq!(refused(world.step(id, over, SessionStep::Schedule).await), ["R19"]);
        let mut shorter = world.form(0, "2026-11-25", "08:00", "09:00");
        shorter.note.clear();
        world.step(id, over, SessionStep::Modify { form: shorter }).await.unwrap();
        world.step(id, over, SessionStep::Schedule).await.unwrap();
    }

    async fn r22_what_was_given_up_frees_hours_and_slot_and_is_replaced_once(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let again = |replaces| {
            let mut new = world.new_session(id, "2026-11-24", "09:00", "10:00");
            new.replaces = Some(replaces);
            new
        };
        assert_eq!(refused(world.backend.sessions.enter(operator, again(session)).await), ["R22"]);
        let without_reason = SessionStep::CloseNegative { form: EndReasonForm::default() };
        assert_eq!(refused(world.step(id, session, without_reason).await), ["R22"]);
        world.step(id, session, close_negative()).await.unwrap();
        let new = world.backend.sessions.enter(operator, again(session)).await.unwrap();
        let (old_row, new_row) = (world.session(id, session).await, world.session(id, new).await);
        assert_eq!((old_row.replaced, new_row.replaces, old_row.end_reason.as_deref()), (true, Some(session), Some("Assenza dell'utente")));
        world.step(id, new, cancel()).await.unwrap();
        assert_eq!(refused(world.backend.sessions.enter(operator, again(session)).await), ["R22"]);
        world.backend.sessions.enter(operator, again(new)).await.unwrap();
    }

    async fn r22_only_the_administrator_of_the_provider_takes_back_a_mistaken_start(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-23", "09:00", "10:00").await;
        world.step(id, session, SessionStep::Start).await.unwrap();
        assert_eq!(refused(world.step(id, session, close_negative()).await), ["R22"]);
        world.step_as(&world.ours.administrator, id, session, close_negative()).await.unwrap();
    }

    async fn r41_neither_person_nor_coach_is_in_two_places_also_across_dossiers(database) {
        let world = World::new(&database).await;
        let first = world.dossier().await;
        let same_person = world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        world.admit(same_person).await;
        let other_person = world.request_with(|sent| {
            *sent = record("JC-2026-000003");
            sent["beneficiary"]["tax_code"] = "RCCMNL83S18D969H".into();
        }).await;
        world.admit(other_person).await;
        world.enter(first, "2026-11-24", "09:00", "11:00").await.unwrap();

        let colleague = |dossier| {
            let mut new = world.new_session(dossier, "2026-11-24", "10:00", "12:00");
            new.form = world.form(1, "2026-11-24", "10:00", "12:00");
            new
        };
        assert_eq!(refused(world.backend.sessions.enter(&world.ours.operator, colleague(same_person)).await), ["R41"]);
        assert_eq!(refused(world.enter(other_person, "2026-11-24", "10:00", "12:00").await), ["R41"]);
        world.backend.sessions.enter(&world.ours.operator, colleague(other_person)).await.unwrap();
        world.enter(other_person, "2026-11-24", "08:00", "09:00").await.unwrap();
    }

    async fn the_surroundings_show_time_taken_elsewhere_and_no_more_of_it(database) {
        let world = World::new(&database).await;
        let first = world.dossier().await;
        let second = world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        world.admit(second).await;
        world.enter(first, "2026-11-24", "09:00", "11:00").await.unwrap();
        let around = async |horizon| world.backend.sessions.surroundings(&world.ours.operator, second, horizon).await.unwrap();
        let (coach, day) = (Some(world.ours.coaches[0]), |on: &str| on.parse().unwrap());
        assert_eq!(around(Horizon::week(coach, day("2026-11-26"))).await.elsewhere.len(), 2, "the person and the coach");
        assert_eq!(around(Horizon::week(None, day("2026-11-26"))).await.elsewhere.len(), 1, "the person");
        assert!(around(Horizon::week(None, day("2026-12-02"))).await.elsewhere.is_empty(), "another week");
        assert_eq!(around(Horizon::search(None, day("2026-12-02"))).await.elsewhere.len(), 2, "the weeks around, the coaches of the site");
        assert_eq!(around(Horizon::week(None, day("2026-11-26"))).await.coaches.len(), 2);
    }

    async fn a_coach_is_told_nothing_of_the_time_of_its_colleagues_however_it_asks(database) {
        let world = World::new(&database).await;
        let first = world.dossier().await;
        let second = world.request_with(|sent| {
            *sent = record("JC-2026-000002");
            sent["beneficiary"]["tax_code"] = "RCCMNL83S18D969H".into();
        });
        let second = second.await;
        world.admit(second).await;
        world.enter(first, "2026-11-24", "09:00", "10:00").await.unwrap();
        let of_a_colleague = NewSession { form: world.form(1, "2026-11-25", "09:00", "10:00"), ..world.new_session(second, "", "", "") };
        world.backend.sessions.enter(&world.ours.operator, of_a_colleague).await.unwrap();
        let asked = Horizon { site: true, ..Horizon::week(world.ours.coaches, "2026-11-24".parse().unwrap()) };
        let told = async |actor| world.backend.sessions.surroundings(actor, first, asked.clone()).await.unwrap().elsewhere.len();
        assert_eq!((told(&world.ours.operator).await, told(&world.ours.coach).await), (1, 0));
    }

    async fn a_day_that_no_calendar_reaches_is_refused_by_the_rules(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for on in ["-9999-01-01", "9999-12-31", "+262142-12-31"] {
            let rules = refused(world.enter(id, on, "09:00", "10:00").await);
            assert!(rules.contains(&"R38".to_owned()), "{on}: {rules:?}");
        }
    }

    async fn r30_those_who_plan_know_what_the_person_sustains_and_the_coach_does_not(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| sent["beneficiary"]["limits"] = json!({ "max_minutes_per_day": 120 })).await;
        world.admit(id).await;
        let mut new = world.new_session(id, "2026-11-24", "09:00", "12:00");
        new.confirmed = false;
        assert_eq!(unconfirmed(world.backend.sessions.enter(&world.ours.operator, new.clone()).await), ["R30"]);
        new.confirmed = true;
        world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        let limits = async |actor| {
            let horizon = Horizon::week(None, "2026-11-24".parse().unwrap());
            world.backend.sessions.surroundings(actor, id, horizon).await.unwrap().limits.and_then(|limits| limits.max_minutes_per_day)
        };
        assert_eq!(limits(&world.ours.operator).await, Some(120));
        assert_eq!(limits(&world.ours.coach).await, None);
    }

    async fn r28_the_patron_warns_in_the_employers_town_and_not_in_the_sites_for_an_activity_there(database) {
        let world = World::new(&database).await;
        let id = world.request_with(|sent| sent["employer"]["town"] = "TREVISO".into()).await;
        world.admit(id).await;
        // San Liberale, a Tuesday in 2027.
        let mut new = world.new_session(id, "2027-04-27", "11:00", "12:00");
        new.confirmed = false;
        assert_eq!(unconfirmed(world.backend.sessions.enter(&world.ours.operator, new.clone()).await), ["R28"]);
        let at_the_site = NewSession { activity: ActivityCode::CoachingPlan, ..new };
        world.backend.sessions.enter(&world.ours.operator, at_the_site).await.unwrap();
    }

    async fn actions_offered_are_those_that_would_pass(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let offered = async |actor| {
            let page = world.backend.activities.open(actor, id, TRAINING).await.unwrap();
            page.sessions.into_iter().find(|row| row.id == session).unwrap().actions
        };
        world.at("2026-11-24");
        assert_eq!(offered(&world.ours.operator).await, [Action::Start, Action::CloseNegative]);
        assert_eq!(offered(&world.ours.coach).await, [Action::Start, Action::CloseNegative]);
        world.at("2026-12-02");
        assert_eq!(offered(&world.ours.operator).await, [Action::CloseNegative], "R23: its days are over");
        world.at("2026-11-24");
        world.step(id, session, SessionStep::Start).await.unwrap();
        assert_eq!(offered(&world.ours.coach).await, [Action::Complete]);
        assert_eq!(offered(&world.ours.administrator).await, [Action::Complete, Action::CloseNegative]);
        let entered = world.enter(id, "2026-11-25", "09:00", "10:00").await.unwrap();
        assert_eq!(world.session(id, entered).await.actions, [Action::Modify, Action::Schedule, Action::Cancel]);
        assert!(world.backend.sessions.step(&world.ours.operator, entered, seen(1), SessionStep::Schedule, false).await.is_ok());
    }
}
