//! What lists show: the page of requests, the dossiers, the dashboard.

use app::domain::{
    agenda::{Dashboard, Lack, WORKLIST_ROWS, Worklist},
    dossier::PoliciesFilter,
    page::PAGE_SIZE,
    request::{PersonalSearch, RequestSearchForm, RequestState},
    rulebook::ActivityCode,
    session::{Action, SessionRow, SessionStep},
};

use crate::{
    store::contract,
    support::world::{World, record},
};

/// What its dossiers lack, in words.
fn lacks(board: &Dashboard) -> Vec<String> {
    board.lacking.rows.iter().flat_map(|row| &row.lacks).map(Lack::label).collect()
}

/// How many sessions are over their term.
fn overdue(board: &Dashboard) -> u32 {
    let over = |lack: &Lack| if let Lack::Overdue { sessions } = lack { Some(*sessions) } else { None };
    board.lacking.rows.iter().flat_map(|row| &row.lacks).filter_map(over).sum()
}

contract! {
    async fn r3_a_list_is_read_to_its_end_page_by_page_with_the_fewest_days_left_first(database) {
        let world = World::new(&database).await;
        let many = PAGE_SIZE + 3;
        let sent = (0..many).map(|n| {
            let mut sent = record(&format!("JC-{n:03}"));
            sent["notified_at"] = format!("2026-11-{:02}T09:00:00+01:00", 17 + n % 6).into();
            sent
        });
        world.import(sent.collect()).await;
        let list = async |after: Option<&str>| {
            world.backend.requests.list(&world.ours.operator, &RequestSearchForm::default(), None, after).await.unwrap().page
        };
        let first = list(None).await;
        assert_eq!((first.rows.len(), first.total), (PAGE_SIZE as usize, many.into()));
        let second = list(first.next.as_deref()).await;
        assert_eq!((second.rows.len(), second.next), (3, None));
        let rows: Vec<_> = first.rows.into_iter().chain(second.rows).collect();
        assert!(rows.is_sorted_by_key(|row| row.days_left));
        let codes: std::collections::BTreeSet<_> = rows.iter().map(|row| &row.opal_code).collect();
        assert_eq!(codes.len(), many as usize);
    }

    async fn r4_a_personal_search_is_remembered_for_its_account_only_and_finds_by_tax_code(database) {
        let world = World::new(&database).await;
        let mut other = record("OTHER");
        other["beneficiary"]["tax_code"] = "RCCMNL83S18D969H".into();
        world.import(vec![record("FOUND"), other]).await;
        let personal = PersonalSearch { tax_code: "rssmra80a01h501u".to_owned(), surname: String::new() };
        let token = world.backend.requests.remember(&world.ours.operator, personal.clone()).await.unwrap();
        let found = async |actor| {
            let list = world.backend.requests.list(actor, &RequestSearchForm::default(), Some(token), None).await.unwrap();
            (list.page.rows.into_iter().map(|row| row.opal_code).collect::<Vec<_>>(), list.personal)
        };
        assert_eq!(found(&world.ours.operator).await, (vec!["FOUND".to_owned()], personal));
        let (all, forgotten) = found(&world.ours.administrator).await;
        assert_eq!((all.len(), forgotten), (2, PersonalSearch::default()));
    }

    async fn the_dossiers_show_the_hours_of_their_activities(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:30").await;
        world.scheduled(id, "2026-11-24", "09:00", "11:00").await;
        world.enter(id, "2026-11-25", "09:00", "12:00").await.unwrap();
        let page = world.backend.dossiers.list(&world.ours.operator, &PoliciesFilter::default(), None).await.unwrap();
        let hours = page.rows[0].hours;
        assert_eq!((hours.agreed, hours.delivered, hours.planned, hours.entered), (60 * 60, 90, 120, 180));
        let training = &page.rows[0].activities[3];
        assert_eq!((training.hours.remaining(), training.value_cents, training.delivered_cents), (44 * 60 - 210, 44 * 4000, 6000));
        assert_eq!(world.backend.dossiers.open(&world.ours.operator, id).await.unwrap().row, page.rows[0]);
    }

    async fn the_dashboard_sorts_open_sessions_by_what_can_still_be_done(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.request_with(|sent| *sent = record("JC-2026-000002")).await;
        for on in ["2026-11-23", "2026-11-25", "2026-12-02", "2026-12-03"] {
            world.scheduled(id, on, "08:00", "09:00").await;
        }
        let days = async || {
            let board = world.backend.agenda.dashboard(&world.ours.coach).await.unwrap();
            let days = |list: &Worklist<SessionRow>| list.rows.iter().map(|row| row.span.on().format("%m-%d").to_string()).collect::<Vec<_>>();
            (days(&board.today), days(&board.to_regularise), overdue(&board))
        };
        let days_of = |today: &str, late: &[&str], over| (vec![today.to_owned()], late.iter().map(|on| (*on).to_owned()).collect(), over);
        assert_eq!(days().await, days_of("11-23", &[], 0));
        world.at("2026-12-02");
        assert_eq!(days().await, days_of("12-02", &["11-25"], 1));
        world.at("2026-12-03");
        assert_eq!(days().await, days_of("12-03", &["12-02"], 2));

        world.at("2026-11-23");
        let office = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap();
        assert_eq!((office.to_decide.total, office.to_decide.rows[0].state), (1, RequestState::Pending));
        assert_eq!(world.backend.agenda.dashboard(&world.ours.coach).await.unwrap().to_decide.total, 0);
        assert_eq!(world.backend.agenda.dashboard(&world.system).await.unwrap().today.total, 0);
    }

    async fn the_dashboard_offers_what_the_voucher_still_allows(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        // The voucher ends on Tuesday 11 May 2027.
        world.enter(id, "2027-05-10", "08:00", "09:00").await.unwrap();
        world.scheduled(id, "2027-05-11", "08:00", "09:00").await;
        let offered = async |actor| {
            let rows = world.backend.agenda.dashboard(actor).await.unwrap().to_regularise.rows;
            rows.into_iter().map(|row| row.actions).collect::<Vec<_>>()
        };
        world.at("2027-05-11");
        assert_eq!(offered(&world.ours.operator).await, [vec![Action::Modify, Action::Schedule, Action::Cancel]]);
        world.at("2027-05-12");
        let (closed, delivering) = (vec![Action::Cancel], vec![Action::Start, Action::CloseNegative]);
        assert_eq!(offered(&world.ours.operator).await, [closed, delivering.clone()], "the voucher is closed");
        assert_eq!(offered(&world.ours.coach).await, [vec![], delivering], "what was entered is the office's to end");
    }

    async fn r38_the_dashboard_forgets_the_sessions_of_a_dossier_that_is_read_only(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.scheduled(id, "2027-05-10", "08:00", "09:00").await;
        let started = world.scheduled(id, "2027-05-11", "08:00", "09:00").await;
        world.at("2027-05-11");
        world.step(id, started, SessionStep::Start).await.unwrap();
        let over = async |actor| overdue(&world.backend.agenda.dashboard(actor).await.unwrap());
        // 60 days after the day that closed the voucher.
        world.at("2027-07-10");
        assert_eq!((over(&world.ours.operator).await, over(&world.ours.administrator).await), (2, 2));
        world.at("2027-07-11");
        assert_eq!((over(&world.ours.operator).await, over(&world.ours.administrator).await), (0, 0));
    }

    async fn all_dossiers_that_lack_something_are_read_page_by_page_the_most_urgent_first(database) {
        let world = World::new(&database).await;
        let many = PAGE_SIZE as usize + 3;
        let mut dossiers = Vec::new();
        for n in 0..many {
            // Vouchers that end on 1 to 28 May; the dossiers come in another order.
            let id = world.request_with(|sent| {
                *sent = record(&format!("JC-{n:03}"));
                sent["voucher"]["valid_to"] = format!("2027-05-{:02}", 1 + n * 11 % 28).into();
            }).await;
            dossiers.push(world.admit(id).await);
        }
        world.at("2027-05-01");
        let actor = &world.ours.operator;
        let page = async |after: Option<&str>| world.backend.agenda.lacking(actor, after).await.unwrap().page;
        let first = page(None).await;
        assert_eq!((first.rows.len(), first.total), (PAGE_SIZE as usize, many as u64));
        let second = page(first.next.as_deref()).await;
        assert_eq!((second.rows.len(), second.next.as_deref(), second.total), (3, None, many as u64));
        let rows: Vec<_> = first.rows.iter().chain(&second.rows).collect();
        let ends = |lacks: &[Lack]| if let [Lack::VoucherEnds { days, .. }] = lacks { *days } else { panic!("{lacks:?}") };
        assert!(rows.iter().map(|row| ends(&row.lacks)).is_sorted());
        let read: std::collections::BTreeSet<_> = rows.iter().map(|row| row.dossier).collect();
        assert_eq!(read, dossiers.into_iter().collect());
        assert_eq!(world.backend.agenda.dashboard(actor).await.unwrap().lacking.rows, first.rows[..WORKLIST_ROWS]);

        let nothing = world.backend.agenda.lacking(&world.system, None).await.unwrap().page;
        assert_eq!((nothing.rows.len(), nothing.total), (0, 0), "no dossier is the system administrator's business");
        assert_eq!(page(Some("tampered")).await.rows, first.rows);
    }

    async fn an_activity_near_its_hours_is_on_the_dashboard(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut new = world.new_session(id, "2026-11-24", "08:00", "11:30");
        new.activity = ActivityCode::CoachingPlan;
        let session = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        let full = async || lacks(&world.backend.agenda.dashboard(&world.ours.operator).await.unwrap());
        assert!(full().await.is_empty(), "3 h 30 of 4 are less than nine tenths, and only entered");
        world.step(id, session, SessionStep::Schedule).await.unwrap();
        let mut more = world.new_session(id, "2026-11-25", "08:00", "08:15");
        more.activity = ActivityCode::CoachingPlan;
        let more = world.backend.sessions.enter(&world.ours.operator, more).await.unwrap();
        world.step(id, more, SessionStep::Schedule).await.unwrap();
        assert_eq!(full().await, ["Piano di coaching: 3 h 45 min di 4 h"]);
    }
}
