//! A small service in full order: two providers with sites, coaches and people who sign in, a clock to set, and requests sent by an employment centre.

use std::sync::Arc;

use app::{
    domain::{
        command::{Seen, Version},
        ids::{AccountId, CoachId, CommandKey, OpalId, ProviderId, SessionId, SiteId},
        provider::{Actor, Coach, Provider, Role, Site, Standing, StandingEntry},
        request::intake::RequestsFile,
        rulebook::{ActivityCode, Refusal},
        session::{CompletionForm, EndReasonForm, NewSession, SessionForm, SessionRow, SessionStep},
        time::LocalInstant,
    },
    ports::{Backend, PortError, PortResult},
};
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use server::{
    clock::Clock,
    documents::Press,
    files::{Files, Place},
    ids::new_id,
    passwords::Passwords,
    sealing::MasterKey,
    services::{ImportReport, Outcome, Papers, Services, SignInLimits},
    store::{Store, records::NewAccount},
};

use super::{databases::TestDatabase, folder::Folder};

/// The moment at which every test begins: a Monday morning.
pub const NOW: &str = "2026-11-23T10:00:00";
/// The password of every account.
pub const PASSWORD: &str = "affianco";
/// The long activity, 44 hours of a base voucher.
pub const TRAINING: ActivityCode = ActivityCode::OnTheJobTraining;

/// A provider with a site, its coaches and its people.
pub struct Team {
    /// The provider.
    pub provider: ProviderId,
    /// Works at its site.
    pub operator: Actor,
    /// Answers for all its sites.
    pub administrator: Actor,
    /// Delivers sessions.
    pub coach: Actor,
    /// The coach that this account is, and a colleague of the same site.
    pub coaches: [CoachId; 2],
}

/// One test's service.
pub struct World {
    /// Its database.
    pub store: Arc<dyn Store>,
    /// The Rome wall clock.
    pub clock: Clock,
    /// The use cases.
    pub services: Services,
    /// The same as the screens see them.
    pub backend: Backend,
    /// Addressed by `request`: E001 in Padova.
    pub ours: Team,
    /// E002 in Treviso.
    pub theirs: Team,
    /// Works at the other site of E001, in Venezia.
    pub elsewhere: Actor,
    /// The system's administrator.
    pub system: Actor,
    /// Where its files are.
    pub folder: Arc<Folder>,
    /// What its documents are made with.
    pub papers: Papers,
    master: MasterKey,
    passwords: Passwords,
}

impl World {
    /// A service with people and no requests.
    pub async fn new(database: &TestDatabase) -> Self {
        let (master, passwords) = (MasterKey::generate(), Passwords::new(2));
        let clock = Clock::frozen(NOW.parse().unwrap());
        let folder = Arc::new(Folder::new());
        let files = Files::open(&Place::Folder(folder.path().to_owned()), None).unwrap();
        let papers = Papers { press: Press::default(), files, address: "https://affianco.example".to_owned() };
        let services = services(database.store.clone(), &clock, &passwords, &master, &papers);
        let hash = passwords.hash(PASSWORD.to_owned()).await.unwrap();
        let store = database.store.clone();
        let ours = team(store.as_ref(), &hash, "E001", &[("E001-PD", "Padova"), ("E001-VE", "Venezia")]).await;
        let theirs = team(store.as_ref(), &hash, "E002", &[("E002-TV", "Treviso")]).await;
        let venezia = (ours.administrator.sites[1], ours.administrator.site_names[1].clone());
        let elsewhere = account(store.as_ref(), &hash, "venezia", Role::Operator, Some(ours.provider), &[venezia], None).await;
        let system = account(store.as_ref(), &hash, "sistema", Role::SystemAdministrator, None, &[], None).await;
        Self {
            store,
            clock,
            backend: services.clone().backend(),
            services,
            ours,
            theirs,
            elsewhere,
            system,
            folder,
            papers,
            master,
            passwords,
        }
    }

    /// The same service after a restart on the same data.
    pub async fn restarted(self, database: &TestDatabase) -> Self {
        self.store.close().await;
        let store = server::store::open(&database.url).await.unwrap();
        store.migrate().await.unwrap();
        let services = services(store.clone(), &self.clock, &self.passwords, &self.master, &self.papers);
        Self { store, backend: services.clone().backend(), services, ..self }
    }

    /// Another process on the same data.
    pub fn another_process(&self) -> Services {
        services(self.store.clone(), &self.clock, &self.passwords, &self.master, &self.papers)
    }

    /// Sets the clock: `2026-11-24T10:00`, or a day at ten.
    pub fn at(&self, when: &str) {
        let text = if when.len() == 10 { format!("{when}T10:00:00") } else { format!("{when}:00") };
        self.clock.set(text.parse().unwrap()).unwrap();
    }

    /// Imports records addressed to whoever they name.
    pub async fn import(&self, requests: Vec<Value>) -> ImportReport {
        self.services.import(&RequestsFile { reference_date: None, providers: Vec::new(), requests }).await.unwrap()
    }

    /// A request for `ours`, as the record comes after the change.
    pub async fn request_with(&self, change: impl FnOnce(&mut Value)) -> OpalId {
        let mut sent = record("JC-2026-000001");
        change(&mut sent);
        match self.import(vec![sent]).await.records[0].outcome {
            Outcome::Imported(id) => id,
            outcome => panic!("{outcome:?}"),
        }
    }

    /// A request for `ours`, notified on 20 November.
    pub async fn request(&self) -> OpalId {
        self.request_with(|_| ()).await
    }

    /// Admits a request.
    pub async fn admit(&self, id: OpalId) -> OpalId {
        let version = self.backend.requests.open(&self.ours.operator, id).await.unwrap().version;
        self.backend.requests.admit(&self.ours.operator, id, seen(version)).await.unwrap();
        id
    }

    /// A dossier of `ours`, admitted now.
    pub async fn dossier(&self) -> OpalId {
        let id = self.request().await;
        self.admit(id).await
    }

    /// Enters a session of the first coach, warnings confirmed.
    pub async fn enter(&self, dossier: OpalId, on: &str, from: &str, to: &str) -> PortResult<SessionId> {
        self.backend.sessions.enter(&self.ours.operator, self.new_session(dossier, on, from, to)).await
    }

    /// The command that enters a session of the first coach.
    pub fn new_session(&self, dossier: OpalId, on: &str, from: &str, to: &str) -> NewSession {
        let form = self.form(0, on, from, to);
        NewSession { key: key(), dossier, activity: TRAINING, form, replaces: None, confirmed: true }
    }

    /// What is typed for a session of one of our coaches.
    pub fn form(&self, coach: usize, on: &str, from: &str, to: &str) -> SessionForm {
        let coach = self.ours.coaches[coach].to_string();
        SessionForm { coach, on: on.to_owned(), from: from.to_owned(), to: to.to_owned(), note: "Reparto produzione".to_owned() }
    }

    /// Takes a step of a session as it is now, warnings confirmed.
    pub async fn step(&self, dossier: OpalId, id: SessionId, step: SessionStep) -> PortResult<()> {
        self.step_as(&self.ours.operator, dossier, id, step).await
    }

    /// The same by somebody else.
    pub async fn step_as(&self, actor: &Actor, dossier: OpalId, id: SessionId, step: SessionStep) -> PortResult<()> {
        let version = self.session(dossier, id).await.version;
        self.backend.sessions.step(actor, id, seen(version), step, true).await
    }

    /// A session as the provider's administrator sees it now.
    pub async fn session(&self, dossier: OpalId, id: SessionId) -> SessionRow {
        for code in ActivityCode::ALL {
            let page = self.backend.activities.open(&self.ours.administrator, dossier, code).await.unwrap();
            if let Some(row) = page.sessions.into_iter().find(|row| row.id == id) {
                return row;
            }
        }
        panic!("no such session")
    }

    /// Enters and schedules a session.
    pub async fn scheduled(&self, dossier: OpalId, on: &str, from: &str, to: &str) -> SessionId {
        let id = self.enter(dossier, on, from, to).await.unwrap();
        self.step(dossier, id, SessionStep::Schedule).await.unwrap();
        id
    }

    /// Enters a session of today and delivers it.
    pub async fn delivered(&self, dossier: OpalId, from: &str, to: &str) -> SessionId {
        let today = self.clock.rome_now().today();
        let id = self.scheduled(dossier, &today.to_string(), from, to).await;
        self.step(dossier, id, SessionStep::Start).await.unwrap();
        self.step(dossier, id, complete("Affiancamento sulla postazione")).await.unwrap();
        id
    }

    /// How many rows of the history are of that kind.
    pub async fn audited(&self, id: OpalId, action: app::domain::audit::AuditAction) -> u64 {
        let rows = self.store.read().await.unwrap().audit_chain(&format!("opal:{id}")).await.unwrap();
        rows.iter().filter(|row| row.action == action).count() as u64
    }
}

fn services(store: Arc<dyn Store>, clock: &Clock, passwords: &Passwords, master: &MasterKey, papers: &Papers) -> Services {
    let limits = SignInLimits { idle: TimeDelta::minutes(60), absolute: TimeDelta::minutes(720) };
    Services::new(store, clock.clone(), passwords.clone(), master.clone(), limits, papers.clone())
}

async fn team(store: &dyn Store, hash: &str, code: &str, sites: &[(&str, &str)]) -> Team {
    let provider = Provider { id: ProviderId(new_id()), code: code.to_owned(), name: format!("Ente {code}") };
    let places: Vec<_> = sites.iter().map(|(_, town)| (SiteId(new_id()), (*town).to_owned())).collect();
    let coaches = [CoachId(new_id()), CoachId(new_id())];
    let mut work = store.write().await.unwrap();
    work.insert_provider(&provider, &listed()).await.unwrap();
    for ((id, town), (code, _)) in places.iter().zip(sites) {
        work.insert_site(&Site { id: *id, provider: provider.id, code: (*code).to_owned(), town: town.clone() }, "PD").await.unwrap();
    }
    for (id, name) in coaches.into_iter().zip(["Marco Furlan", "Chiara Bortolin"]) {
        let active_from: NaiveDate = "2024-01-01".parse().unwrap();
        let coach = Coach { id, name: name.to_owned(), site: places[0].0, active_from, active_to: None };
        work.insert_coach(provider.id, &coach).await.unwrap();
    }
    work.commit().await.unwrap();
    let of = async |login: &str, role, sites: &[(SiteId, String)], coach| {
        account(store, hash, &format!("{login}.{}", code.to_lowercase()), role, Some(provider.id), sites, coach).await
    };
    Team {
        provider: provider.id,
        operator: of("operatore", Role::Operator, &places[..1], None).await,
        administrator: of("responsabile", Role::ProviderAdministrator, &places, None).await,
        coach: of("coach", Role::Coach, &places[..1], Some(coaches[0])).await,
        coaches,
    }
}

/// On the list of providers since long ago.
pub fn listed() -> StandingEntry {
    let at = LocalInstant("2020-01-01T00:00:00".parse().unwrap());
    StandingEntry { from: at.today(), standing: Standing::Active, reason: "Elenco".to_owned(), by: "CPI".to_owned(), at }
}

async fn account(
    store: &dyn Store,
    hash: &str,
    login: &str,
    role: Role,
    provider: Option<ProviderId>,
    sites: &[(SiteId, String)],
    coach: Option<CoachId>,
) -> Actor {
    let (site_ids, site_names): (Vec<_>, Vec<_>) = sites.iter().cloned().unzip();
    let actor = Actor {
        account: AccountId(new_id()),
        name: login.to_owned(),
        role,
        provider,
        provider_name: None,
        sites: site_ids,
        site_names,
        coach,
    };
    let new = NewAccount {
        id: actor.account,
        login: login.to_owned(),
        password_hash: hash.to_owned(),
        name: login.to_owned(),
        role,
        provider,
        // An administrator's sites are all of its provider's, without being listed.
        sites: if role == Role::ProviderAdministrator { Vec::new() } else { actor.sites.clone() },
        coach,
        email: Some(format!("{login}@affianco.example")),
        demo: false,
        created_at: "2026-01-01T00:00:00Z".parse().unwrap(),
    };
    let mut work = store.write().await.unwrap();
    work.insert_account(&new).await.unwrap();
    work.commit().await.unwrap();
    actor
}

/// A request as the employment centre sends it.
pub fn record(opal_code: &str) -> Value {
    json!({
        "opal_code": opal_code,
        "voucher": { "id": "V1", "kind": "base", "valid_from": "2026-11-12", "valid_to": "2027-05-11" },
        "beneficiary": {
            "tax_code": "RSSMRA80A01H501U",
            "first_name": "Mario",
            "last_name": "Rossi",
            "birth_date": "1980-01-01",
            "birth_place": "Roma",
            "phone": "+39 331 9037777",
            "email": null,
            "limits": null
        },
        "employer": { "name": "Caseificio Alto Piave", "vat_number": "29081003393", "town": "Padova", "contact": "Maria Tomasetti" },
        "ground": { "kind": "difficulty", "event": "cambio reparto" },
        "employment_centre": { "code": "PD01", "name": "CPI Padova" },
        "provider_code": "E001",
        "site_code": "E001-PD",
        "notified_at": "2026-11-20T10:51:00+01:00"
    })
}

/// The same person's next request, notified a day later.
pub fn newer(opal_code: &str) -> Value {
    let mut record = record(opal_code);
    record["notified_at"] = "2026-11-21T10:51:00+01:00".into();
    record
}

/// A new intention.
pub fn key() -> CommandKey {
    CommandKey(new_id())
}

/// A new intention on a version.
pub fn seen(version: Version) -> Seen {
    Seen { key: key(), version }
}

/// Concludi erogazione.
pub fn complete(description: &str) -> SessionStep {
    SessionStep::Complete { form: CompletionForm { description: description.to_owned() } }
}

/// Chiudi negativamente.
pub fn close_negative() -> SessionStep {
    SessionStep::CloseNegative { form: EndReasonForm { reason: "person_absent".to_owned(), text: String::new() } }
}

/// Annulla.
pub fn cancel() -> SessionStep {
    SessionStep::Cancel { form: EndReasonForm::default() }
}

/// The rules that refused.
pub fn refused<T: std::fmt::Debug>(result: PortResult<T>) -> Vec<String> {
    match result {
        Err(PortError::Refused(refusals)) => rules(&refusals),
        other => panic!("not refused: {other:?}"),
    }
}

/// The rules that want a confirmation.
pub fn unconfirmed<T: std::fmt::Debug>(result: PortResult<T>) -> Vec<String> {
    match result {
        Err(PortError::Unconfirmed(refusals)) => rules(&refusals),
        other => panic!("nothing to confirm: {other:?}"),
    }
}

fn rules(refusals: &[Refusal]) -> Vec<String> {
    refusals.iter().map(|refusal| refusal.rule.to_string()).collect()
}
