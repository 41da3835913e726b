//! Dossiers before payment: which ones, and what was delivered of each activity.

use app::domain::{
    dossier::{
        DossierCursor,
        payment::{ExportFormat, PaymentFilter, Period},
    },
    provider::Scope,
    rulebook::ActivityCode,
    session::SessionState,
};
use server::store::{
    Store,
    payments::{ActivityTally, PaymentExportRecord, PaymentQuery, PaymentRecord},
    records::SessionRecord,
};

use super::sample::{
    CARLA, E001, E002, OPERATOR, PADOVA, TREVISO, VENEZIA, at, day, decided, dossier, local, opal_id, padova, request, scope, sent_to,
    session, with_opals, with_sessions,
};

fn query(scope: Scope, filter: PaymentFilter) -> PaymentQuery {
    PaymentQuery { scope, filter, after: None, limit: 50 }
}

async fn read(store: &dyn Store, query: &PaymentQuery) -> Vec<PaymentRecord> {
    store.read().await.unwrap().payments(query).await.unwrap()
}

async fn found(store: &dyn Store, scope: Scope, filter: PaymentFilter) -> Vec<u128> {
    read(store, &query(scope, filter)).await.iter().map(|record| record.opal.0.as_u128()).collect()
}

fn between(from: &str, to: &str) -> PaymentFilter {
    let day = |text: &str| (!text.is_empty()).then(|| day(text));
    PaymentFilter { period: Period { from: day(from), to: day(to) }, ..PaymentFilter::default() }
}

/// An hour of an activity that ended in that state.
fn hour(n: u128, opal: u128, activity: ActivityCode, on: &str, state: SessionState) -> SessionRecord {
    let mut record = session(n, opal_id(opal), on, "09:00:00", "10:00:00");
    record.activity = activity;
    record.state = state;
    if state == SessionState::Delivered {
        record.started_local = Some(local(&format!("{on}T09:00:00")));
        record.completed_local = Some(local(&format!("{on}T10:00:00")));
        record.description = Some("Affiancamento in cassa".to_owned());
    }
    record
}

const PLAN: ActivityCode = ActivityCode::CoachingPlan;
const TRAINING: ActivityCode = ActivityCode::OnTheJobTraining;

/// Minutes before the period and in it, sessions, and late ones, of the activities with anything of these.
fn told(record: &PaymentRecord) -> Vec<(usize, u32, u32, u32, u32)> {
    let told = |(at, tally): (usize, &ActivityTally)| (at, tally.before, tally.minutes, tally.sessions, tally.late);
    (1..).zip(&record.activities).map(told).filter(|(_, before, minutes, ..)| before + minutes > 0).collect()
}

contract! {
    async fn delivered_sessions_are_added_up_activity_by_activity_and_no_others(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        let states = SessionState::ALL.into_iter().filter(|state| *state != SessionState::Delivered);
        let others = (10..).zip(states).map(|(n, state)| {
            let mut other = hour(n, 1, TRAINING, "2026-11-20", state);
            other.started_local = (state == SessionState::Started).then(|| local("2026-11-20T09:00:00"));
            other.end_reason = (state == SessionState::NotDelivered).then_some(app::domain::session::EndReason::Illness);
            other
        });
        let mut late = hour(3, 1, TRAINING, "2026-11-19", SessionState::Delivered);
        late.late_days = Some(0);
        let delivered = [hour(1, 1, PLAN, "2026-11-18", SessionState::Delivered), hour(2, 1, TRAINING, "2026-11-18", SessionState::Delivered), late];
        with_sessions(db.store.as_ref(), delivered.into_iter().chain(others)).await;
        let records = read(db.store.as_ref(), &query(padova(), PaymentFilter::default())).await;
        assert_eq!(records.iter().map(|record| record.opal).collect::<Vec<_>>(), [opal_id(2), opal_id(1)]);
        assert_eq!(told(&records[0]), []);
        assert_eq!(told(&records[1]), [(3, 0, 60, 1, 0), (4, 0, 120, 2, 1)]);
        let first = &records[1];
        assert_eq!((first.opal_code.as_str(), first.person.last.as_str(), first.site_town.as_str()), ("JC-2026-000001", "Rossi", "Padova"));
        assert_eq!(first.activities.iter().map(|tally| (tally.agreed, tally.rate_cents, tally.closed_on)).collect::<Vec<_>>(), [(600, 40_00, None); 5]);
        assert_eq!((first.frame.admitted_on, first.frame.valid_to), (day("2026-11-21"), day("2027-04-30")));
    }

    async fn a_period_tells_what_was_delivered_before_it_and_in_it_and_leaves_out_dossiers_without_any(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), dossier(3)]).await;
        with_sessions(db.store.as_ref(), [
            hour(1, 1, TRAINING, "2026-10-31", SessionState::Delivered),
            hour(2, 1, TRAINING, "2026-11-01", SessionState::Delivered),
            hour(3, 1, TRAINING, "2026-11-02", SessionState::Delivered),
            hour(4, 1, TRAINING, "2026-11-03", SessionState::Delivered),
            hour(5, 2, TRAINING, "2026-10-31", SessionState::Delivered),
            hour(6, 3, TRAINING, "2026-11-02", SessionState::Scheduled),
        ]).await;
        let store = db.store.as_ref();
        let of = async |from, to| {
            let records = read(store, &query(padova(), between(from, to))).await;
            records.iter().map(|record| (record.opal.0.as_u128(), told(record))).collect::<Vec<_>>()
        };
        assert_eq!(of("2026-11-01", "2026-11-02").await, [(1, vec![(4, 60, 120, 2, 0)])]);
        assert_eq!(of("2026-11-03", "").await, [(1, vec![(4, 180, 60, 1, 0)])]);
        assert_eq!(of("", "2026-10-31").await, [(2, vec![(4, 0, 60, 1, 0)]), (1, vec![(4, 0, 60, 1, 0)])]);
        assert_eq!(of("2026-11-04", "2026-11-30").await, []);
    }

    async fn only_admitted_dossiers_of_the_scope_are_accounted_for_and_code_and_site_narrow_them(db) {
        let lapsed = decided(request(5), app::domain::request::RequestState::Lapsed, "2026-11-21");
        with_opals(db.store.as_ref(), [dossier(1), sent_to(dossier(12), VENEZIA), sent_to(dossier(3), TREVISO), request(4), lapsed]).await;
        let mut theirs = hour(1, 3, TRAINING, "2026-11-20", SessionState::Delivered);
        theirs.coach = CARLA;
        with_sessions(db.store.as_ref(), [theirs]).await;
        let (store, both) = (db.store.as_ref(), scope(E001, &[PADOVA, VENEZIA]));
        let all = PaymentFilter::default;
        assert_eq!(found(store, padova(), all()).await, [1]);
        assert_eq!(found(store, both.clone(), all()).await, [12, 1]);
        assert_eq!(found(store, both.clone(), between("2026-11-01", "")).await, [0; 0]);
        assert_eq!(found(store, scope(E002, &[PADOVA, TREVISO]), all()).await, [3]);
        assert_eq!(found(store, scope(E001, &[]), all()).await, [0; 0]);
        let filter = |code: Option<&str>, site: Option<&str>| PaymentFilter { opal_code: code.map(str::to_owned), site: site.map(str::to_owned), ..all() };
        assert_eq!(found(store, both.clone(), filter(Some("00012"), None)).await, [12]);
        assert_eq!(found(store, both.clone(), filter(None, Some("E001-PD"))).await, [1]);
        assert_eq!(found(store, both, filter(Some("%"), None)).await, [0; 0]);
    }

    async fn dossiers_to_pay_are_read_batch_by_batch_without_gaps_or_doubles(db) {
        let admitted_on = |n: u128| if n.is_multiple_of(3) { "2026-11-21" } else { "2026-11-22" };
        with_opals(db.store.as_ref(), (1..=25).map(|n| decided(request(n), app::domain::request::RequestState::Admitted, admitted_on(n)))).await;
        let mut expected: Vec<u128> = (1..=25).collect();
        expected.sort_by_key(|n| (std::cmp::Reverse(admitted_on(*n)), std::cmp::Reverse(*n)));
        let mut query = PaymentQuery { limit: 4, ..query(padova(), PaymentFilter::default()) };
        let mut seen = vec![];
        loop {
            let batch = read(db.store.as_ref(), &query).await;
            assert!(batch.len() <= 4 && batch.iter().all(|record| record.activities.len() == 5));
            let Some(last) = batch.last() else { break };
            query.after = Some(DossierCursor { admitted_on: last.frame.admitted_on, id: last.opal });
            seen.extend(batch.iter().map(|record| record.opal.0.as_u128()));
            assert!(seen.len() <= 25, "a dossier came twice");
        }
        assert_eq!(seen, expected);
    }

    async fn an_export_is_noted(db) {
        super::sample::people(db.store.as_ref()).await;
        let mut tx = db.store.write().await.unwrap();
        let at = at("2026-11-23T09:00:00Z");
        let export = PaymentExportRecord { account: OPERATOR, provider: E001, at, format: ExportFormat::Xlsx, filter: "{}".to_owned(), dossiers: 7 };
        tx.log_payment_export(&export).await.unwrap();
        tx.commit().await.unwrap();
        let noted = db.execute("update payment_export set dossiers = 8 where format = 'xlsx' and dossiers = 7 and filter = '{}'").await.unwrap();
        assert_eq!(noted, 1);
    }
}
