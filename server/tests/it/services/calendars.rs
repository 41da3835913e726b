//! Agenda: who sees what of it, and the link by which other programs read a coach's.

use app::{
    domain::{
        agenda::{Calendar, CalendarQuery, CalendarView, FeedState, Whose},
        ids::CoachId,
        provider::Actor,
    },
    ports::{PortError, PortResult},
};

use crate::{
    store::contract,
    support::world::{World, cancel, newer},
};

fn not_found<T: std::fmt::Debug>(result: PortResult<T>) {
    assert!(matches!(result, Err(PortError::NotFound)), "{result:?}");
}

async fn see(world: &World, actor: &Actor, view: CalendarView, whose: Whose) -> PortResult<Calendar> {
    let on = "2026-11-24".parse().ok();
    world.backend.calendars.open(actor, CalendarQuery { view: Some(view), on, whose: Some(whose) }).await
}

/// When the sessions of a calendar are, with the coach.
fn sessions(calendar: &Calendar) -> Vec<(CoachId, String)> {
    calendar.sessions.iter().map(|session| (session.coach, format!("{} {}", session.span.on(), session.span.from()))).collect()
}

/// A dossier with a session of the first coach on Tuesday and one of the second on Wednesday.
async fn two_coaches(world: &World) -> app::domain::ids::OpalId {
    let id = world.dossier().await;
    world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
    let mut other = world.new_session(id, "2026-11-25", "09:00", "10:00");
    other.form = world.form(1, "2026-11-25", "09:00", "10:00");
    world.backend.sessions.enter(&world.ours.operator, other).await.unwrap();
    id
}

contract! {
    async fn the_office_sees_the_site_by_coach_a_coach_and_a_person(database) {
        let world = World::new(&database).await;
        let id = two_coaches(&world).await;
        let (operator, [first, second]) = (&world.ours.operator, world.ours.coaches);
        let (tuesday, wednesday) = ((first, "2026-11-24 09:00:00".to_owned()), (second, "2026-11-25 09:00:00".to_owned()));

        let day = see(&world, operator, CalendarView::Day, Whose::Site).await.unwrap();
        assert_eq!((sessions(&day), day.days.len()), (vec![tuesday.clone()], 1));
        assert_eq!(day.columns, [second, first], "in the order of the names, also who has nothing to do");
        let week = see(&world, operator, CalendarView::Week, Whose::Site).await.unwrap();
        assert_eq!((sessions(&week), week.plans, week.feed), (vec![tuesday, wednesday.clone()], true, None));
        let of_coach = see(&world, operator, CalendarView::Week, Whose::Coach(second)).await.unwrap();
        assert_eq!(sessions(&of_coach), [wednesday]);
        let of_person = see(&world, operator, CalendarView::Week, Whose::Dossier(id)).await.unwrap();
        assert_eq!((sessions(&of_person).len(), of_person.dossier.unwrap().id, of_person.busy.len()), (2, id, 0));
    }

    async fn a_coach_sees_its_own_sessions_and_nothing_of_a_colleague(database) {
        let world = World::new(&database).await;
        let id = two_coaches(&world).await;
        let (coach, [own, colleague]) = (&world.ours.coach, world.ours.coaches);
        let week = see(&world, coach, CalendarView::Week, Whose::Site).await.unwrap();
        assert_eq!((week.whose, sessions(&week)), (Whose::Coach(own), vec![(own, "2026-11-24 09:00:00".to_owned())]));
        assert_eq!(week.coaches.iter().map(|coach| coach.id).collect::<Vec<_>>(), [own]);
        assert!(!week.plans && week.columns.is_empty() && week.busy.is_empty());
        not_found(see(&world, coach, CalendarView::Week, Whose::Coach(colleague)).await);
        let person = see(&world, coach, CalendarView::Week, Whose::Dossier(id)).await.unwrap();
        assert_eq!(sessions(&person), [(own, "2026-11-24 09:00:00".to_owned())]);
        let taken: Vec<_> = person.busy.iter().map(|busy| (busy.coach, busy.span.on().to_string())).collect();
        assert_eq!(taken, [(None, "2026-11-25".to_owned())], "that the person is taken, not with whom");
        assert_eq!(world.backend.calendars.activities(coach, id).await.unwrap(), [], "a coach enters nothing");
    }

    async fn another_provider_or_site_finds_nothing(database) {
        let world = World::new(&database).await;
        let id = two_coaches(&world).await;
        let calendars = &world.backend.calendars;
        for actor in [&world.theirs.operator, &world.theirs.administrator, &world.theirs.coach] {
            not_found(see(&world, actor, CalendarView::Week, Whose::Coach(world.ours.coaches[0])).await);
            not_found(see(&world, actor, CalendarView::Week, Whose::Dossier(id)).await);
            assert_eq!(see(&world, actor, CalendarView::Week, Whose::Site).await.unwrap().sessions, []);
            assert_eq!(calendars.dossiers(actor).await.unwrap(), []);
            not_found(calendars.activities(actor, id).await);
            not_found(calendars.renew_feed(actor, world.ours.coaches[0]).await);
            not_found(calendars.withdraw_feed(actor, world.ours.coaches[0]).await);
        }
        not_found(see(&world, &world.system, CalendarView::Week, Whose::Site).await);
        // The other site of the provider knows the coach, and only that it is taken.
        let elsewhere = see(&world, &world.elsewhere, CalendarView::Week, Whose::Coach(world.ours.coaches[0])).await.unwrap();
        assert_eq!(elsewhere.sessions, []);
        assert_eq!(elsewhere.busy.iter().map(|busy| busy.coach).collect::<Vec<_>>(), [Some(world.ours.coaches[0])]);
        not_found(see(&world, &world.elsewhere, CalendarView::Week, Whose::Dossier(id)).await);
    }

    async fn a_request_that_was_not_admitted_has_no_agenda(database) {
        let world = World::new(&database).await;
        let id = world.request().await;
        not_found(see(&world, &world.ours.operator, CalendarView::Week, Whose::Dossier(id)).await);
    }

    async fn r28_the_days_know_their_holidays_and_the_hours_are_those_of_the_rules(database) {
        let world = World::new(&database).await;
        let on = "2026-12-08".parse().ok();
        let query = CalendarQuery { view: Some(CalendarView::Week), on, whose: None };
        let week = world.backend.calendars.open(&world.ours.operator, query).await.unwrap();
        let festive: Vec<_> = week.days.iter().filter(|day| day.holiday.is_some()).map(|day| day.on.to_string()).collect();
        assert_eq!(festive, ["2026-12-08", "2026-12-13"]);
        assert_eq!((week.earliest.to_string(), week.latest.to_string()), ("07:30:00".to_owned(), "23:00:00".to_owned()));
    }

    async fn a_free_hour_offers_the_dossiers_in_progress_and_their_open_activities(database) {
        let world = World::new(&database).await;
        let (id, operator) = (world.dossier().await, &world.ours.operator);
        let chosen = world.backend.calendars.dossiers(operator).await.unwrap();
        assert_eq!(chosen.iter().map(|choice| (choice.id, choice.person.full())).collect::<Vec<_>>(), [(id, "Mario Rossi".to_owned())]);
        assert_eq!(world.backend.calendars.activities(operator, id).await.unwrap().len(), 5);
        world.at("2027-05-12");
        assert_eq!(world.backend.calendars.dossiers(operator).await.unwrap(), [], "the voucher has ended");
        assert_eq!(world.backend.calendars.activities(operator, id).await.unwrap(), []);
    }

    async fn a_feed_tells_of_the_coachs_sessions_and_of_nobodys_name(database) {
        let world = World::new(&database).await;
        let id = two_coaches(&world).await;
        let given_up = world.enter(id, "2026-11-26", "09:00", "10:00").await.unwrap();
        world.step(id, given_up, cancel()).await.unwrap();
        world.enter(id, "2027-02-22", "09:00", "10:00").await.unwrap();
        let secret = world.backend.calendars.renew_feed(&world.ours.coach, world.ours.coaches[0]).await.unwrap();
        assert_eq!(secret.len(), 64);
        let feed = world.backend.calendars.feed(&secret).await.unwrap();
        let told: Vec<_> = feed.events.iter().map(|event| (event.span.on().to_string(), event.state.as_str(), event.version)).collect();
        assert_eq!(told, [("2026-11-24".to_owned(), "entered", 1), ("2026-11-26".to_owned(), "cancelled", 2)], "own, within 90 days");
        assert!(feed.events.iter().all(|event| event.summary == "M. R. · Allenamento e affiancamento" && event.place == "Padova"));
        let everything = format!("{feed:?}");
        assert!(!everything.contains("Rossi") && !everything.contains("Mario") && !everything.contains("Reparto"), "{everything}");
    }

    async fn a_new_link_ends_the_one_before_and_a_withdrawn_one_leads_nowhere(database) {
        let world = World::new(&database).await;
        let (calendars, coach, id) = (&world.backend.calendars, &world.ours.coach, world.ours.coaches[0]);
        let link = async || see(&world, coach, CalendarView::Week, Whose::Coach(id)).await.unwrap().feed.unwrap();
        assert_eq!(link().await, FeedState::Off);
        not_found(calendars.feed("").await);
        not_found(calendars.feed(&"0".repeat(64)).await);
        let first = calendars.renew_feed(coach, id).await.unwrap();
        calendars.feed(&first).await.unwrap();
        let FeedState::On { last_read: Some(_), reads: 1, .. } = link().await else { panic!("read once") };
        let second = calendars.renew_feed(&world.ours.administrator, id).await.unwrap();
        not_found(calendars.feed(&first).await);
        assert!(matches!(link().await, FeedState::On { last_read: None, reads: 0, .. }));
        calendars.feed(&second).await.unwrap();
        calendars.withdraw_feed(coach, id).await.unwrap();
        calendars.withdraw_feed(coach, id).await.unwrap();
        not_found(calendars.feed(&second).await);

        let rows = world.store.read().await.unwrap().audit_chain(&format!("provider:{}", world.ours.provider)).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.action.as_str()).collect::<Vec<_>>(), ["calendar_shared", "calendar_shared", "calendar_withdrawn"]);
        for secret in [first, second] {
            assert!(rows.iter().all(|row| !String::from_utf8_lossy(&row.payload).contains(&secret)), "the log knows no secret");
        }
    }

    async fn only_the_coach_and_who_answers_for_the_provider_give_the_link_out(database) {
        let world = World::new(&database).await;
        let (calendars, [own, colleague]) = (&world.backend.calendars, world.ours.coaches);
        let refused = calendars.renew_feed(&world.ours.operator, own).await;
        assert!(matches!(refused, Err(PortError::Forbidden)), "{refused:?}");
        not_found(calendars.renew_feed(&world.ours.coach, colleague).await);
        calendars.renew_feed(&world.ours.administrator, colleague).await.unwrap();
    }

    async fn a_coach_who_may_not_sign_in_any_more_has_no_feed(database) {
        let world = World::new(&database).await;
        let secret = world.backend.calendars.renew_feed(&world.ours.coach, world.ours.coaches[0]).await.unwrap();
        world.backend.calendars.feed(&secret).await.unwrap();
        let disabled = if database.url.starts_with("sqlite") {
            database.execute("update account set disabled = 1 where coach_id is not null").await
        } else {
            database.execute("update account set disabled = true where coach_id is not null").await
        };
        assert_eq!(disabled.unwrap(), 2);
        not_found(world.backend.calendars.feed(&secret).await);
    }

    async fn the_agenda_of_a_person_holds_all_its_dossiers_within_reach(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        // Another provider's dossier of the same person.
        let mut sent = newer("JC-2026-000002");
        (sent["provider_code"], sent["site_code"]) = ("E002".into(), "E002-TV".into());
        let other = world.import(vec![sent]).await.records[0].outcome;
        let server::services::Outcome::Imported(theirs) = other else { panic!("{other:?}") };
        let ports = &world.backend;
        ports.requests.admit(&world.theirs.operator, theirs, crate::support::world::seen(1)).await.unwrap();
        let mut new = world.new_session(theirs, "2026-11-24", "14:00", "15:00");
        new.form.coach = world.theirs.coaches[0].to_string();
        ports.sessions.enter(&world.theirs.operator, new).await.unwrap();
        let seen = see(&world, &world.ours.operator, CalendarView::Day, Whose::Dossier(id)).await.unwrap();
        assert_eq!((seen.sessions.len(), seen.busy.len()), (1, 1));
        assert_eq!(seen.busy[0].coach, None, "not even who is with the person there");
    }
}
