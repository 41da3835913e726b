//! Da regolarizzare: the list of late sessions, and one act on several of them, each with its own outcome.

use app::{
    domain::{
        agenda::Lack,
        audit::AuditAction,
        dossier::DossierStatus,
        ids::{OpalId, SessionId},
        page::PAGE_SIZE,
        provider::Actor,
        session::{BulkAct, Chosen, ManySteps, SessionForm, SessionState, SessionStep, StepOutcome},
    },
    ports::{PortError, PortResult},
};

use crate::{
    store::contract,
    support::world::{TRAINING, World, complete, key, newer},
};

/// A session as it stands now, chosen with a description and with its warnings confirmed.
async fn chosen(world: &World, dossier: OpalId, session: SessionId) -> Chosen {
    let version = world.session(dossier, session).await.version;
    Chosen { dossier, session, version, description: "Affiancamento sulla postazione".to_owned(), confirmed: true }
}

async fn act(world: &World, actor: &Actor, act: BulkAct, sessions: Vec<Chosen>) -> PortResult<Vec<StepOutcome>> {
    world.backend.sessions.step_many(actor, ManySteps { key: key(), act, sessions }).await
}

/// The outcomes in short: `done`, `R19`, `ask R24`, `changed`, `gone`.
fn told(outcomes: PortResult<Vec<StepOutcome>>) -> Vec<String> {
    let rules = |refusals: Vec<app::domain::rulebook::Refusal>| {
        refusals.iter().map(|refusal| refusal.rule.to_string()).collect::<Vec<_>>().join(" ")
    };
    let one = |outcome| match outcome {
        StepOutcome::Done => "done".to_owned(),
        StepOutcome::Unconfirmed(warns) => format!("ask {}", rules(warns)),
        StepOutcome::Refused(why) => rules(why),
        StepOutcome::Changed(changes) => format!("changed {}", changes.len().min(1)),
        StepOutcome::Gone => "gone".to_owned(),
    };
    outcomes.unwrap().into_iter().map(one).collect()
}

/// Another dossier of the same person.
async fn second(world: &World) -> OpalId {
    let id = world.request_with(|sent| *sent = newer("JC-2026-000002")).await;
    world.admit(id).await
}

contract! {
    async fn late_sessions_of_several_dossiers_are_brought_to_their_end_together_act_by_act(database) {
        let world = World::new(&database).await;
        let (one, two) = (world.dossier().await, second(&world).await);
        let mut sessions = Vec::new();
        for (dossier, on) in [(two, "2026-11-24"), (one, "2026-11-25"), (two, "2026-11-26")] {
            sessions.push((dossier, world.enter(dossier, on, "09:00", "11:00").await.unwrap()));
        }
        world.at("2026-11-30");
        for (bulk, state) in [(BulkAct::Schedule, SessionState::Scheduled), (BulkAct::Start, SessionState::Started), (BulkAct::Complete, SessionState::Delivered)] {
            let mut all = Vec::new();
            for (dossier, session) in &sessions {
                all.push(chosen(&world, *dossier, *session).await);
            }
            assert_eq!(told(world.backend.sessions.rehearse(&world.ours.operator, bulk, all.clone()).await), ["done"; 3]);
            assert_eq!(told(act(&world, &world.ours.operator, bulk, all).await), ["done"; 3]);
            for (dossier, session) in &sessions {
                assert_eq!(world.session(*dossier, *session).await.state, state);
            }
        }
        assert_eq!((world.audited(one, AuditAction::SessionCompleted).await, world.audited(two, AuditAction::SessionCompleted).await), (1, 2));
        let page = world.backend.dossiers.open(&world.ours.operator, two).await.unwrap();
        assert!(page.history_intact);
        assert_eq!(world.session(one, sessions[1].1).await.description.as_deref(), Some("Affiancamento sulla postazione"));
    }

    async fn r19_what_the_hours_still_allow_is_programmed_in_the_order_asked_and_the_rest_stays(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut sessions = Vec::new();
        // 44 hours: five days of eight fit, and one of four.
        for (on, to) in [(14, "16:00"), (15, "16:00"), (16, "16:00"), (17, "16:00"), (18, "16:00"), (21, "16:00"), (22, "12:00")] {
            sessions.push(world.enter(id, &format!("2026-12-{on}"), "08:00", to).await.unwrap());
        }
        let mut all = Vec::new();
        for session in &sessions {
            all.push(chosen(&world, id, *session).await);
        }
        let expected = ["done", "done", "done", "done", "done", "R19", "done"];
        assert_eq!(told(world.backend.sessions.rehearse(&world.ours.operator, BulkAct::Schedule, all.clone()).await), expected);
        assert_eq!(world.session(id, sessions[0]).await.state, SessionState::Entered, "a preview stores nothing");
        assert_eq!(world.audited(id, AuditAction::SessionScheduled).await, 0);
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Schedule, all).await), expected);
        assert_eq!(world.audited(id, AuditAction::SessionScheduled).await, 6);
        assert_eq!(world.session(id, sessions[5]).await.state, SessionState::Entered);
    }

    async fn r26_two_sessions_that_together_pass_the_day_are_not_programmed_in_one_go_either(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let sessions = [world.enter(id, "2026-12-14", "08:00", "12:00").await.unwrap(), world.enter(id, "2026-12-14", "13:00", "17:00").await.unwrap()];
        // As an import or an older rule may have left it.
        database.execute("update session set to_time = '18:00:00', minutes = 300 where from_time = '13:00:00'").await.unwrap();
        let mut all = Vec::new();
        for session in sessions {
            all.push(chosen(&world, id, session).await);
        }
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Schedule, all).await), ["R26", "R26"]);
    }

    async fn the_same_session_twice_is_done_once(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-12-14", "08:00", "12:00").await.unwrap();
        let twice = vec![chosen(&world, id, session).await; 2];
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Schedule, twice).await), ["done", "R18"]);
        assert_eq!(world.session(id, session).await.version, 2);
    }

    async fn r43_a_repeat_with_the_same_key_gets_the_same_answer_and_changes_nothing_more(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-12-14", "08:00", "12:00").await.unwrap();
        let many = ManySteps { key: key(), act: BulkAct::Schedule, sessions: vec![chosen(&world, id, session).await] };
        let send = || world.backend.sessions.step_many(&world.ours.operator, many.clone());
        let (one, two) = tokio::join!(send(), send());
        assert_eq!([told(one), told(two), told(send().await)], [["done"]; 3]);
        assert_eq!(world.audited(id, AuditAction::SessionScheduled).await, 1);
        let other = ManySteps { act: BulkAct::Start, ..many };
        assert!(matches!(world.backend.sessions.step_many(&world.ours.operator, other).await, Err(PortError::Invalid(_))));
    }

    async fn r43_one_that_changed_meanwhile_is_told_and_holds_up_none_of_the_others(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let first = world.enter(id, "2026-11-24", "08:00", "09:00").await.unwrap();
        let second = world.enter(id, "2026-11-25", "08:00", "09:00").await.unwrap();
        let all = vec![chosen(&world, id, first).await, chosen(&world, id, second).await];
        world.step(id, first, SessionStep::Schedule).await.unwrap();
        let outcomes = act(&world, &world.ours.operator, BulkAct::Schedule, all).await.unwrap();
        let StepOutcome::Changed(changes) = &outcomes[0] else { panic!("{outcomes:?}") };
        assert_eq!((changes[0].field.as_str(), changes[0].before.as_deref()), ("Stato", Some("Programmata")));
        assert_eq!(outcomes[1], StepOutcome::Done);
        assert_eq!(world.audited(id, AuditAction::SessionScheduled).await, 2);
    }

    async fn r31_a_session_without_a_description_is_not_concluded_and_its_preview_does_not_ask_for_one_yet(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut all = Vec::new();
        for (from, to) in [("08:00", "09:00"), ("09:00", "10:00")] {
            let session = world.scheduled(id, "2026-11-23", from, to).await;
            world.step(id, session, SessionStep::Start).await.unwrap();
            all.push(chosen(&world, id, session).await);
        }
        "  ".clone_into(&mut all[0].description);
        assert_eq!(told(world.backend.sessions.rehearse(&world.ours.operator, BulkAct::Complete, all.clone()).await), ["done"; 2]);
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Complete, all).await), ["R31", "done"]);
    }

    async fn r23_a_session_after_its_seven_days_is_left_and_one_on_the_last_day_is_done(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let sessions = [world.scheduled(id, "2026-11-23", "09:00", "10:00").await, world.scheduled(id, "2026-11-24", "09:00", "10:00").await];
        world.at("2026-12-01");
        let mut all = Vec::new();
        for session in sessions {
            all.push(chosen(&world, id, session).await);
        }
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Start, all).await), ["R23", "done"]);
    }

    async fn r15_a_warning_is_confirmed_for_each_session_or_the_session_waits(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let mut all = Vec::new();
        for on in ["2026-11-24", "2026-11-25"] {
            let mut new = world.new_session(id, on, "09:00", "10:00");
            new.form = SessionForm { note: String::new(), ..new.form };
            let session = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
            all.push(chosen(&world, id, session).await);
        }
        assert_eq!(told(world.backend.sessions.rehearse(&world.ours.operator, BulkAct::Schedule, all.clone()).await), ["ask R15"; 2]);
        all[1].confirmed = false;
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Schedule, all).await), ["done", "ask R15"]);
    }

    async fn none_and_more_than_one_form_may_hold_are_refused(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.enter(id, "2026-11-24", "09:00", "10:00").await.unwrap();
        let one = chosen(&world, id, session).await;
        for count in [0, 301] {
            let result = act(&world, &world.ours.operator, BulkAct::Schedule, vec![one.clone(); count]).await;
            assert!(matches!(result, Err(PortError::Invalid(_))), "{result:?}");
        }
    }

    async fn a_coach_starts_and_concludes_its_own_sessions_only_and_programs_none(database) {
        let world = World::new(&database).await;
        let (id, coach) = (world.dossier().await, &world.ours.coach);
        let own = world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        let mut new = world.new_session(id, "2026-11-23", "09:00", "10:00");
        new.form = world.form(1, "2026-11-23", "09:00", "10:00");
        let colleague = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        world.step(id, colleague, SessionStep::Schedule).await.unwrap();
        let both = vec![chosen(&world, id, own).await, chosen(&world, id, colleague).await];
        assert_eq!(told(act(&world, coach, BulkAct::Start, both.clone()).await), ["done", "gone"]);
        assert_eq!(world.session(id, colleague).await.state, SessionState::Scheduled);
        for result in [act(&world, coach, BulkAct::Schedule, both.clone()).await, world.backend.sessions.rehearse(coach, BulkAct::Schedule, both).await] {
            assert!(matches!(result, Err(PortError::Forbidden)), "{result:?}");
        }
    }

    async fn r2_the_sessions_of_others_are_not_there(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let session = world.scheduled(id, "2026-11-23", "08:00", "09:00").await;
        let one = vec![chosen(&world, id, session).await];
        for actor in [&world.theirs.operator, &world.theirs.administrator, &world.theirs.coach, &world.elsewhere] {
            assert_eq!(told(act(&world, actor, BulkAct::Start, one.clone()).await), ["gone"]);
            assert_eq!(told(world.backend.sessions.rehearse(actor, BulkAct::Start, one.clone()).await), ["gone"]);
            assert_eq!(world.backend.agenda.to_regularise(actor, None).await.unwrap().page.total, 0);
        }
        assert!(matches!(act(&world, &world.system, BulkAct::Start, one.clone()).await, Err(PortError::NotFound)));
        // Under the id of a dossier of its own nothing of another is found.
        let elsewhere = Chosen { dossier: second(&world).await, ..one[0].clone() };
        assert_eq!(told(act(&world, &world.ours.operator, BulkAct::Start, vec![elsewhere]).await), ["gone"]);
        assert_eq!(world.session(id, session).await.state, SessionState::Scheduled);
    }

    async fn the_list_of_late_sessions_is_read_to_its_end_page_by_page_without_today_and_without_what_is_over(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        let quarters = |n: u32| (format!("{:02}:{:02}", 8 + n / 4, n % 4 * 15), format!("{:02}:{:02}", 8 + (n + 1) / 4, (n + 1) % 4 * 15));
        let forms = ["2026-11-24", "2026-11-25", "2026-11-26"].into_iter().flat_map(|on| (0..20).map(move |n| (on, quarters(n))));
        let sessions = forms.map(|(on, (from, to))| world.form(0, on, &from, &to)).collect();
        let series = app::domain::session::NewSeries { key: key(), dossier: id, activity: TRAINING, sessions, confirmed: true };
        world.backend.sessions.enter_series(&world.ours.operator, series).await.unwrap();
        let list = async |after: Option<&str>| world.backend.agenda.to_regularise(&world.ours.operator, after).await.unwrap().page;
        assert_eq!(list(None).await.total, 0);
        world.at("2026-12-01");
        let first = list(None).await;
        assert_eq!((first.rows.len(), first.total), (PAGE_SIZE as usize, 60));
        let second = list(first.next.as_deref()).await;
        assert_eq!((second.rows.len(), second.next, second.total), (10, None, 60));
        let rows: Vec<_> = first.rows.into_iter().chain(second.rows).collect();
        assert!(rows.is_sorted_by_key(|row| (row.span.on(), row.span.from())));
        world.at("2026-12-02");
        assert_eq!(list(None).await.total, 40, "those of the twenty-fourth are over");
        assert_eq!(world.backend.agenda.dashboard(&world.ours.operator).await.unwrap().to_regularise.total, 40);
        assert_eq!(world.backend.agenda.to_regularise(&world.ours.coach, None).await.unwrap().page.total, 40);
    }

    async fn the_dashboard_names_all_that_a_dossier_lacks_in_one_row_and_plots_what_is_there(database) {
        let world = World::new(&database).await;
        let (id, other) = (world.dossier().await, second(&world).await);
        world.delivered(id, "08:00", "09:30").await;
        world.scheduled(id, "2026-11-24", "09:00", "10:00").await;
        let mut new = world.new_session(id, "2026-12-01", "09:00", "10:00");
        new.form = world.form(1, "2026-12-01", "09:00", "10:00");
        let colleague = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
        world.step(id, colleague, SessionStep::Schedule).await.unwrap();
        world.at("2026-12-02");
        let board = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap();
        assert_eq!((board.lacking.total, board.lacking.rows[0].dossier), (1, id));
        let labels: Vec<_> = board.lacking.rows[0].lacks.iter().map(Lack::label).collect();
        assert_eq!(labels, ["1 erogazione oltre il termine", "1 erogazione senza firme"]);
        let weeks: Vec<_> = board.plots.weeks.iter().filter(|week| week.planned > 0).map(|week| (week.monday.to_string(), week.delivered, week.planned)).collect();
        assert_eq!(weeks, [("2026-11-23".to_owned(), 90, 150), ("2026-11-30".to_owned(), 0, 60)]);
        let statuses = |board: &app::domain::agenda::Dashboard| board.plots.statuses.iter().map(|known| known.count).collect::<Vec<_>>();
        assert_eq!((statuses(&board), board.plots.statuses[0].status), (vec![2, 0, 0, 0, 0], DossierStatus::Running));

        let coach = world.backend.agenda.dashboard(&world.ours.coach).await.unwrap();
        assert_eq!((statuses(&coach), coach.plots.weeks.iter().map(|week| week.planned).sum::<u32>()), (vec![1, 0, 0, 0, 0], 150), "its own");
        let strangers = world.backend.agenda.dashboard(&world.theirs.operator).await.unwrap();
        assert_eq!((strangers.lacking.total, statuses(&strangers)), (0, vec![0; 5]));
        assert_eq!(world.backend.agenda.dashboard(&world.system).await.unwrap().plots.weeks.len(), 0);

        // Thirty days before the voucher's end the hours that nobody has planned are told; after its tail the dossier is only counted.
        world.at("2027-04-11");
        let near = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap().lacking;
        assert_eq!(near.total, 2);
        assert!(near.rows.iter().any(|row| row.dossier == other && row.lacks == [Lack::VoucherEnds { days: 30, unused: 60 * 60 }]), "{near:?}");
        world.at("2027-05-12");
        assert_eq!(statuses(&world.backend.agenda.dashboard(&world.ours.operator).await.unwrap()), [0, 0, 0, 2, 0]);
        world.at("2027-07-11");
        let board = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap();
        assert_eq!((statuses(&board), board.lacking.total), (vec![0, 0, 0, 0, 2], 0));
    }

    async fn r34_a_concluded_dossier_owes_its_report_its_outputs_and_signatures(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        for (n, code) in (8..).zip(app::domain::rulebook::ActivityCode::ALL) {
            let mut new = world.new_session(id, "2026-11-23", &format!("{n:02}:00"), &format!("{n:02}:30"));
            new.activity = code;
            let session = world.backend.sessions.enter(&world.ours.operator, new).await.unwrap();
            world.step(id, session, SessionStep::Schedule).await.unwrap();
            world.step(id, session, SessionStep::Start).await.unwrap();
            world.step(id, session, complete("Colloquio")).await.unwrap();
            let version = world.backend.activities.open(&world.ours.operator, id, code).await.unwrap().activity.version;
            world.backend.activities.close(&world.ours.operator, id, code, crate::support::world::seen(version)).await.unwrap();
        }
        let board = world.backend.agenda.dashboard(&world.ours.operator).await.unwrap();
        let labels: Vec<_> = board.lacking.rows[0].lacks.iter().map(Lack::label).collect();
        let outputs = ["Output da emettere: Relazione del colloquio esplorativo", "Output da emettere: Piano di coaching"];
        assert_eq!(labels[..2], ["Relazione sugli esiti da consegnare al CPI", "5 erogazioni senza firme"]);
        assert_eq!(labels[2..], outputs, "R33: what the catalogue asks of activities that are Terminata");
        assert_eq!(board.plots.statuses[1].count, 1, "concluded");
    }
}
