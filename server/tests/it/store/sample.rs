//! Rows to store: two providers with their sites and coaches, and what happens there.

use app::domain::{
    document::{DocumentKind, KindSet},
    dossier::{Voucher, VoucherKind},
    ids::{AccountId, CoachId, OpalId, PersonId, ProviderId, SessionId, SiteId},
    person::PersonName,
    provider::{Coach, Provider, Role, Scope, Site, VatNumber},
    request::{RefusalCategory, RefusalReason, RequestState, intake::Employer, list_rank},
    rulebook::ActivityCode,
    session::SessionState,
    text::fold,
    time::{LocalInstant, Span, plus_days},
};
use chrono::{DateTime, NaiveDate, Utc};
use server::store::{
    Store, UnitOfWork,
    records::{ActivityRecord, DossierEnding, NewAccount, OpalRecord, PersonRecord, SessionRecord},
};
use uuid::Uuid;

use crate::support::world::listed;

pub const E001: ProviderId = ProviderId(Uuid::from_u128(1));
pub const E002: ProviderId = ProviderId(Uuid::from_u128(2));
pub const PADOVA: SiteId = SiteId(Uuid::from_u128(11));
pub const VENEZIA: SiteId = SiteId(Uuid::from_u128(12));
pub const TREVISO: SiteId = SiteId(Uuid::from_u128(21));
pub const ANNA: CoachId = CoachId(Uuid::from_u128(101));
pub const BRUNO: CoachId = CoachId(Uuid::from_u128(102));
pub const CARLA: CoachId = CoachId(Uuid::from_u128(201));
pub const OPERATOR: AccountId = AccountId(Uuid::from_u128(1001));
pub const ROSSI: PersonId = PersonId(Uuid::from_u128(5001));

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn local(text: &str) -> LocalInstant {
    LocalInstant(text.parse().unwrap())
}

pub fn today() -> NaiveDate {
    day("2026-11-23")
}

pub fn opal_id(n: u128) -> OpalId {
    OpalId(Uuid::from_u128(n))
}

pub fn session_id(n: u128) -> SessionId {
    SessionId(Uuid::from_u128(n))
}

/// Everything of a provider at some of its sites.
pub fn scope(provider: ProviderId, sites: &[SiteId]) -> Scope {
    Scope { provider, sites: sites.to_vec(), coach: None }
}

pub fn padova() -> Scope {
    scope(E001, &[PADOVA])
}

pub fn of_coach(coach: CoachId) -> Scope {
    Scope { coach: Some(coach), ..padova() }
}

pub fn site(id: SiteId, provider: ProviderId, code: &str, town: &str) -> Site {
    Site { id, provider, code: code.to_owned(), town: town.to_owned() }
}

pub fn coach(id: CoachId, name: &str, site: SiteId) -> Coach {
    Coach { id, name: name.to_owned(), site, active_from: day("2025-01-01"), active_to: None }
}

pub fn account(id: AccountId, login: &str, role: Role) -> NewAccount {
    NewAccount {
        id,
        login: login.to_owned(),
        password_hash: "$argon2id$".to_owned(),
        name: format!("Nome di {login}"),
        role,
        provider: (role != Role::SystemAdministrator).then_some(E001),
        sites: vec![],
        coach: (role == Role::Coach).then_some(ANNA),
        email: Some(format!("{login}@affianco.example")),
        demo: false,
        created_at: at("2026-11-01T08:00:00.123456Z"),
    }
}

pub fn person(id: PersonId, first: &str, last: &str) -> PersonRecord {
    PersonRecord {
        id,
        tax_code_hash: id.0.as_bytes().to_vec(),
        name: PersonName { first: first.to_owned(), last: last.to_owned() },
        last_name_folded: fold(last),
        wrapped_key: vec![1, 2, 3],
        sealed_details: vec![0, 255],
        version: 1,
    }
}

/// A request to Padova for Maria Rossi, notified three days ago.
pub fn request(n: u128) -> OpalRecord {
    notified(n, "2026-11-20")
}

/// The same, notified on another day.
pub fn notified(n: u128, on: &str) -> OpalRecord {
    let on = day(on);
    OpalRecord {
        id: opal_id(n),
        opal_code: format!("JC-2026-{n:06}"),
        content_hash: vec![7; 32],
        voucher: Voucher { id: format!("V{n}"), kind: VoucherKind::Base, valid_from: day("2026-11-01"), valid_to: day("2027-04-30") },
        person: ROSSI,
        person_name: PersonName { first: "Maria".to_owned(), last: "Rossi".to_owned() },
        provider: E001,
        site: PADOVA,
        site_code: "E001-PD".to_owned(),
        site_town: "Padova".to_owned(),
        employer: Employer {
            name: "Caseificio Alto Piave".to_owned(),
            vat_number: VatNumber::parse("29081003393").unwrap(),
            town: "Cittadella".to_owned(),
            contact: "Maria Tomasetti".to_owned(),
        },
        sealed_ground: vec![9, 8, 7],
        centre_code: "PD01".to_owned(),
        centre_name: "CPI Padova".to_owned(),
        notified_at: on.and_hms_opt(9, 51, 0).unwrap().and_utc(),
        notified_local: LocalInstant(on.and_hms_opt(10, 51, 0).unwrap()),
        decide_by: plus_days(on, 7),
        state: RequestState::Pending,
        list_rank: list_rank(RequestState::Pending, on, plus_days(on, 7)),
        decided_at: None,
        decided_local: None,
        decided_by: None,
        refusal: None,
        admitted_on: None,
        ending: DossierEnding::default(),
        version: 1,
    }
}

/// The request decided on a day.
pub fn decided(opal: OpalRecord, state: RequestState, on: &str) -> OpalRecord {
    let on = day(on);
    OpalRecord {
        state,
        list_rank: list_rank(state, opal.notified_local.today(), opal.decide_by),
        decided_at: Some(on.and_hms_opt(8, 0, 0).unwrap().and_utc()),
        decided_local: Some(LocalInstant(on.and_hms_opt(9, 0, 0).unwrap())),
        decided_by: Some("Operatore".to_owned()),
        refusal: (state == RequestState::Refused)
            .then(|| RefusalReason { category: RefusalCategory::Other, text: "Nessun operatore disponibile.".to_owned() }),
        admitted_on: (state == RequestState::Admitted).then_some(on),
        ..opal
    }
}

/// The same request at another site.
pub fn sent_to(opal: OpalRecord, site: SiteId) -> OpalRecord {
    let (provider, code, town) = match site {
        PADOVA => (E001, "E001-PD", "Padova"),
        VENEZIA => (E001, "E001-VE", "Venezia"),
        _ => (E002, "E002-TV", "Treviso"),
    };
    OpalRecord { provider, site, site_code: code.to_owned(), site_town: town.to_owned(), ..opal }
}

/// The five activities, of ten hours each.
pub fn activities(opal: OpalId) -> Vec<ActivityRecord> {
    let record = |(ordinal, code): (i16, ActivityCode)| ActivityRecord {
        opal,
        code,
        ordinal,
        name: format!("Attività {ordinal}"),
        agreed: 600,
        rate_cents: 40_00,
        at_employer: code == ActivityCode::OnTheJobTraining,
        assumption: code != ActivityCode::OnTheJobTraining,
        outputs: if code == ActivityCode::CoachingPlan { [DocumentKind::CoachingPlan].into_iter().collect() } else { KindSet::default() },
        closed_at: None,
        closed_on: None,
        closed_by: None,
        version: 1,
    };
    (1..).zip(ActivityCode::ALL).map(record).collect()
}

/// A session of on-the-job training with Anna.
pub fn session(n: u128, opal: OpalId, on: &str, from: &str, to: &str) -> SessionRecord {
    SessionRecord {
        id: session_id(n),
        opal,
        person: ROSSI,
        activity: ActivityCode::OnTheJobTraining,
        coach: ANNA,
        coach_name: "Anna Bianchi".to_owned(),
        span: Span::new(day(on), from.parse().unwrap(), to.parse().unwrap()).unwrap(),
        note: "In sede".to_owned(),
        state: SessionState::Entered,
        late_days: None,
        entered_at: at("2026-11-20T09:00:00Z"),
        started_local: None,
        completed_local: None,
        description: None,
        end_reason: None,
        end_text: None,
        replaces: None,
        replaced: false,
        version: 1,
    }
}

/// The providers, sites, coaches and centres, an operator and Maria Rossi.
pub async fn people(store: &dyn Store) {
    let mut tx = store.write().await.unwrap();
    for (id, code, name) in [(E001, "E001", "Cooperativa Passo a Passo"), (E002, "E002", "Fondazione Lavoro Insieme")] {
        tx.insert_provider(&Provider { id, code: code.to_owned(), name: name.to_owned() }, &listed()).await.unwrap();
    }
    for (id, provider, code, town, province) in [
        (VENEZIA, E001, "E001-VE", "Venezia", "VE"),
        (PADOVA, E001, "E001-PD", "Padova", "PD"),
        (TREVISO, E002, "E002-TV", "Treviso", "TV"),
    ] {
        tx.insert_site(&site(id, provider, code, town), province).await.unwrap();
    }
    for (provider, coach) in [
        (E001, coach(BRUNO, "Élia Neri", PADOVA)),
        (E001, coach(ANNA, "Anna Bianchi", PADOVA)),
        (E002, coach(CARLA, "Carla Verdi", TREVISO)),
    ] {
        tx.insert_coach(provider, &coach).await.unwrap();
    }
    for (code, name) in [("PD01", "CPI Padova"), ("TV02", "CPI Conegliano")] {
        tx.keep_centre(code, name).await.unwrap();
    }
    tx.insert_account(&NewAccount { sites: vec![PADOVA], ..account(OPERATOR, "operatore", Role::Operator) }).await.unwrap();
    tx.insert_person(&person(ROSSI, "Maria", "Rossi")).await.unwrap();
    tx.commit().await.unwrap();
}

/// The people, and these requests; the admitted ones with their activities.
pub async fn with_opals(store: &dyn Store, opals: impl IntoIterator<Item = OpalRecord>) {
    people(store).await;
    let mut tx = store.write().await.unwrap();
    for opal in opals {
        add(tx.as_mut(), &opal).await;
    }
    tx.commit().await.unwrap();
}

async fn add(tx: &mut dyn UnitOfWork, opal: &OpalRecord) {
    tx.insert_opal(opal).await.unwrap();
    if opal.state == RequestState::Admitted {
        tx.insert_activities(&activities(opal.id)).await.unwrap();
    }
}

/// Adds sessions.
pub async fn with_sessions(store: &dyn Store, sessions: impl IntoIterator<Item = SessionRecord>) {
    let mut tx = store.write().await.unwrap();
    for session in sessions {
        tx.insert_session(&session).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// An admitted dossier of Maria Rossi in Padova.
pub fn dossier(n: u128) -> OpalRecord {
    decided(request(n), RequestState::Admitted, "2026-11-21")
}
