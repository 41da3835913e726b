//! What the screens ask of the server: use cases, one small trait per area. The server's services answer them.
//!
//! The actor comes first. What an actor may not know of is `NotFound`. Lists carry the actor's scope in their query.

mod calendar;
mod document;
mod error;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::NaiveDate;
use uuid::Uuid;

pub use calendar::Calendars;
pub use document::{Bundle, BundledFile, Documents, PaperFile, StoredFile};
pub use error::{PortError, PortResult};

use crate::domain::{
    activity::ActivityPage,
    agenda::{Dashboard, LackingDossiers, LateSessions, NoticeList},
    command::Seen,
    dossier::payment::{ExportFormat, PaymentForm, PaymentPage, PaymentRows},
    dossier::{DossierPage, DossierRow, EmployerForm, InterruptionForm, PoliciesFilter},
    ids::{NoticeId, OpalId, ProviderId, SessionId},
    page::Page,
    person::{LimitsForm, PersonProfile},
    provider::{Actor, ProviderList, ProviderPage, StandingForm},
    request::{PersonalSearch, RefusalForm, RefusalsForm, RefusalsReport, RequestDetail, RequestList, RequestSearchForm, SiteChoice},
    rulebook::{ActivityCode, NewVersion, Preview, RulebookDraft, RulebookOverview},
    session::{BulkAct, Chosen, Horizon, ManyScheduled, ManySteps, NewSeries, NewSession, SessionStep, StepOutcome, Surroundings},
    time::LocalInstant,
};

/// The ports together, as the server hands them to every request.
#[derive(Clone)]
pub struct Backend {
    /// Sign-ins.
    pub accounts: Arc<dyn Accounts>,
    /// Requests for activation.
    pub requests: Arc<dyn Requests>,
    /// Dossiers.
    pub dossiers: Arc<dyn Dossiers>,
    /// Activities.
    pub activities: Arc<dyn Activities>,
    /// Sessions.
    pub sessions: Arc<dyn Sessions>,
    /// The dashboard.
    pub agenda: Arc<dyn Agenda>,
    /// The calendar of sessions.
    pub calendars: Arc<dyn Calendars>,
    /// The rulebook.
    pub rulebooks: Arc<dyn Rulebooks>,
    /// What can be paid.
    pub payments: Arc<dyn Payments>,
    /// Notices.
    pub notices: Arc<dyn Notices>,
    /// Persons.
    pub persons: Arc<dyn Persons>,
    /// Documents.
    pub documents: Arc<dyn Documents>,
    /// Providers.
    pub providers: Arc<dyn Providers>,
}

/// A fresh sign-in: the secret goes into the cookie and is kept nowhere else.
pub struct SignedIn {
    /// The cookie's value.
    pub secret: String,
    /// Who signed in.
    pub actor: Actor,
}

/// Signing in and out.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Signs in with a local account; a wrong pair, an unknown account and a locked one cost the same time.
    async fn sign_in(&self, login: &str, password: &str) -> PortResult<SignedIn>;
    /// Ends a sign-in; unknown secrets are ignored.
    async fn sign_out(&self, secret: &str) -> PortResult<()>;
    /// Who the secret belongs to, when it is valid; notes the visit.
    async fn actor(&self, secret: &str) -> PortResult<Option<Actor>>;
}

/// Richieste attivazione servizi.
#[async_trait]
pub trait Requests: Send + Sync {
    /// A page of the list; `personal` names a remembered search, `after` is the cursor of the page before.
    async fn list(&self, actor: &Actor, form: &RequestSearchForm, personal: Option<Uuid>, after: Option<&str>) -> PortResult<RequestList>;
    /// Keeps a personal search sealed and answers the token that stands for it in the URL (R4).
    async fn remember(&self, actor: &Actor, personal: PersonalSearch) -> PortResult<Uuid>;
    /// One request.
    async fn open(&self, actor: &Actor, id: OpalId) -> PortResult<RequestDetail>;
    /// Ammissione al servizio.
    async fn admit(&self, actor: &Actor, id: OpalId, seen: Seen) -> PortResult<()>;
    /// Rifiuta la richiesta.
    async fn refuse(&self, actor: &Actor, id: OpalId, seen: Seen, form: RefusalForm) -> PortResult<()>;
    /// Rifiuti per ente (R8), for those who look over a provider.
    async fn refusals(&self, actor: &Actor, form: &RefusalsForm) -> PortResult<RefusalsReport>;
    /// Profilo del beneficiario; the read is logged (R42).
    async fn profile(&self, actor: &Actor, id: OpalId) -> PortResult<PersonProfile>;
}

/// Gestione politiche attive.
#[async_trait]
pub trait Dossiers: Send + Sync {
    /// A page of dossiers with their activities.
    async fn list(&self, actor: &Actor, filter: &PoliciesFilter, after: Option<&str>) -> PortResult<Page<DossierRow>>;
    /// One dossier with its history.
    async fn open(&self, actor: &Actor, id: OpalId) -> PortResult<DossierPage>;
    /// Interruzione: the service ends early, with its open sessions (S18).
    async fn interrupt(&self, actor: &Actor, id: OpalId, seen: Seen, form: InterruptionForm) -> PortResult<()>;
    /// Cambio datore di lavoro (S17).
    async fn change_employer(&self, actor: &Actor, id: OpalId, seen: Seen, form: EmployerForm) -> PortResult<()>;
    /// The sites the actor may narrow lists to.
    async fn sites(&self, actor: &Actor) -> PortResult<Vec<SiteChoice>>;
}

/// Activities of a dossier.
#[async_trait]
pub trait Activities: Send + Sync {
    /// One activity with its sessions.
    async fn open(&self, actor: &Actor, id: OpalId, code: ActivityCode) -> PortResult<ActivityPage>;
    /// Concludi attività.
    async fn close(&self, actor: &Actor, id: OpalId, code: ActivityCode, seen: Seen) -> PortResult<()>;
}

/// Sessions of an activity.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// The facts that the rules look at.
    async fn surroundings(&self, actor: &Actor, dossier: OpalId, horizon: Horizon) -> PortResult<Surroundings>;
    /// Invia: enters a session.
    async fn enter(&self, actor: &Actor, new: NewSession) -> PortResult<SessionId>;
    /// Serie: enters several sessions, all or none.
    async fn enter_series(&self, actor: &Actor, series: NewSeries) -> PortResult<Vec<SessionId>>;
    /// Programs several *inserite*, all or none.
    async fn schedule_many(&self, actor: &Actor, many: ManyScheduled) -> PortResult<()>;
    /// Takes a step of a session; `confirmed` says that the warnings were seen.
    async fn step(&self, actor: &Actor, id: SessionId, seen: Seen, step: SessionStep, confirmed: bool) -> PortResult<()>;
    /// What an act would do to several sessions, each in its turn; nothing is stored. Descriptions are taken as written.
    async fn rehearse(&self, actor: &Actor, act: BulkAct, sessions: Vec<Chosen>) -> PortResult<Vec<StepOutcome>>;
    /// Takes a step of several sessions of any dossiers: all that can be done is, in one transaction; the outcomes stand in the order asked.
    async fn step_many(&self, actor: &Actor, many: ManySteps) -> PortResult<Vec<StepOutcome>>;
}

/// Cruscotto.
#[async_trait]
pub trait Agenda: Send + Sync {
    /// What needs the actor today.
    async fn dashboard(&self, actor: &Actor) -> PortResult<Dashboard>;
    /// Da regolarizzare: a page of all of them.
    async fn to_regularise(&self, actor: &Actor, after: Option<&str>) -> PortResult<LateSessions>;
    /// Manca qualcosa: a page of all dossiers that lack something.
    async fn lacking(&self, actor: &Actor, after: Option<&str>) -> PortResult<LackingDossiers>;
}

/// Avvisi: each account has its own.
#[async_trait]
pub trait Notices: Send + Sync {
    /// A page of what still waits, newest first.
    async fn list(&self, actor: &Actor, after: Option<&str>) -> PortResult<NoticeList>;
    /// How many are not read.
    async fn unread(&self, actor: &Actor) -> PortResult<u64>;
    /// Segna come letto.
    async fn read(&self, actor: &Actor, id: NoticeId) -> PortResult<()>;
    /// Segna tutti come letti: those raised until then, so that none is marked unseen.
    async fn read_all(&self, actor: &Actor, raised_until: LocalInstant) -> PortResult<()>;
}

/// Regole.
#[async_trait]
pub trait Rulebooks: Send + Sync {
    /// All versions and who published them; everyone reads them.
    async fn current(&self, actor: &Actor) -> PortResult<RulebookOverview>;
    /// Which planned sessions a draft would judge otherwise; nothing is stored.
    async fn preview(&self, actor: &Actor, draft: RulebookDraft) -> PortResult<Preview>;
    /// Pubblica: adds a version, which never changes again.
    async fn publish(&self, actor: &Actor, new: NewVersion) -> PortResult<()>;
}

/// Rendicontazione: what is ready for payment.
#[async_trait]
pub trait Payments: Send + Sync {
    /// The sums over what the form takes, and the first rows.
    async fn open(&self, actor: &Actor, form: &PaymentForm) -> PortResult<PaymentPage>;
    /// The rows from a cursor on, or from the start: at most `limit`.
    async fn rows(&self, actor: &Actor, form: &PaymentForm, after: Option<&str>, limit: u32) -> PortResult<PaymentRows>;
    /// Notes that the rows are taken away as a file; answers the day that the file is named after.
    async fn export(&self, actor: &Actor, form: &PaymentForm, format: ExportFormat) -> PortResult<NaiveDate>;
}

/// Beneficiari.
#[async_trait]
pub trait Persons: Send + Sync {
    /// Limiti personali: what is typed takes the place of what there is (R30); `id` is a request or dossier of the person.
    async fn set_limits(&self, actor: &Actor, id: OpalId, seen: Seen, form: LimitsForm) -> PortResult<()>;
}

/// Enti.
#[async_trait]
pub trait Providers: Send + Sync {
    /// A page of providers with what was decided about each; `after` is the cursor of the page before.
    async fn list(&self, actor: &Actor, after: Option<&str>) -> PortResult<ProviderList>;
    /// One provider.
    async fn open(&self, actor: &Actor, id: ProviderId) -> PortResult<ProviderPage>;
    /// Cambia stato: puts a provider on the list or takes it off from a day on (R40).
    async fn set_standing(&self, actor: &Actor, id: ProviderId, seen: Seen, form: StandingForm) -> PortResult<()>;
}
