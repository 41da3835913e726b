//! The page of a dossier: where it stands, its line of time, the five activities, people, what it owes, and its history.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    employer::Employers,
    history::History,
    interrupt::{About, Interrupt},
    timeline::TimeLine,
};
use crate::{
    api::{self, ApiError},
    domain::{
        activity::ActivitySummary,
        dossier::{CoachHours, DossierPage as Data, DossierRow, DossierStatus, InterruptionView, Owed},
        ids::OpalId,
        text::{self, date_long, hours, time_hm},
    },
    ui::{
        components::{Fact, Facts, HoursBar, Icon, Loaded, Notice, PageHead, RuleNotice, StateBadge, VoucherEnd},
        paths, signed_in,
    },
};

/// `/dossier/:id`.
#[component]
pub fn DossierPage() -> impl IntoView {
    let params = use_params_map();
    let load = Resource::new(
        move || params.with(|params| params.get("id").and_then(|id| id.parse::<OpalId>().ok())),
        |id| async move { api::dossier::open(id.ok_or(ApiError::NotFound)?).await },
    );
    let refresh = Callback::new(move |()| load.refetch());
    view! { <Loaded resource=load view=move |page| content(page, refresh).into_any()/> }.into_any()
}

fn content(page: Data, refresh: Callback<()>) -> impl IntoView {
    let stands = stands(&page);
    let Data { row, version, voucher_id, frame, timeline, notified_at, centre, employers, coaches, provider_warning, .. } = page;
    let DossierRow { id, opal_code, person, voucher_kind, site_town, status, hours: total, days_left, activities, .. } = row;
    let about = About { id, version, opal_code: opal_code.clone(), person: person.full(), frame, now: page.now };
    let assumed: Vec<_> = activities.iter().filter(|activity| activity.assumption).map(|activity| activity.name.clone()).collect();
    let assumed = (!assumed.is_empty())
        .then(|| view! { <p class="muted">{format!("Nomi e ore ipotizzati, non da un testo ufficiale: {}.", assumed.join(", "))}</p> });
    let request = signed_in()
        .is_some_and(|actor| actor.reads_requests())
        .then(|| view! { <a class="btn btn-outline-primary btn-sm" href=paths::request(id)>"Apri la richiesta"</a> });
    let interrupt = page.interrupting.map(|planned| view! { <Interrupt about=about.clone() planned refresh/> });
    view! {
        <PageHead
            title=format!("{opal_code} · {}", person.full())
            breadcrumb=vec![("Gestione politiche attive".to_owned(), Some(paths::policies())), (opal_code.clone(), None)]
        >
            <a class="btn btn-primary btn-sm" href=paths::documents(id)>"Documenti"</a>
            {request}
        </PageHead>
        <RuleNotice warning=provider_warning/>
        {stands}
        <div class="split">
            <div class="split__main stack">
                <TimeLine timeline today=page.now.today()/>
                <section class="panel" aria-labelledby="attivita">
                    <h2 class="panel__title" id="attivita">"Attività"</h2>
                    <ul class="activities">{activities.into_iter().map(|activity| activity_item(id, activity)).collect_view()}</ul>
                    {assumed}
                </section>
                {owed_panel(id, page.owed)}
                <History entries=page.history intact=page.history_intact/>
            </div>
            <aside class="split__aside stack" aria-label="Fascicolo, datore di lavoro e operatori">
                <section class="panel" aria-labelledby="fatti">
                    <h2 class="panel__title" id="fatti">"Fascicolo"</h2>
                    <Facts>
                        <Fact term="Stato"><StateBadge state=status/></Fact>
                        <Fact term="Codice OPAL">{opal_code}</Fact>
                        <Fact term="Beneficiario">{person.full()}</Fact>
                        <Fact term="Voucher">{voucher_kind.label()}" · "{voucher_id}</Fact>
                        <Fact term="Inizio del voucher">{date_long(frame.valid_from)}</Fact>
                        <Fact term="Fine del voucher"><VoucherEnd valid_to=frame.valid_to days_left/></Fact>
                        <Fact term="Ammesso il">{date_long(frame.admitted_on)}</Fact>
                        <Fact term="Notificata il">{date_long(notified_at.today())}</Fact>
                        <Fact term="CPI">{centre}</Fact>
                        <Fact term="Sede">{site_town}</Fact>
                        <Fact term="Ore erogate">{hours(total.delivered)}" di "{hours(total.agreed)}</Fact>
                    </Facts>
                    {interrupt.map(|interrupt| view! { <div class="panel__actions">{interrupt}</div> })}
                </section>
                <Employers about periods=employers changing=page.changing_employer refresh/>
                {coaches_panel(coaches)}
            </aside>
        </div>
    }
}

/// What happened to a dossier that no longer runs, and what it still allows.
fn stands(page: &Data) -> impl IntoView + use<> {
    let Some(words) = page.told.clone() else { return ().into_any() };
    let told = page.interruption.clone().map(|InterruptionView { interruption, recorded_at, recorded_by }| {
        let recorded = format!("Registrata il {}, {} da {recorded_by}", date_long(recorded_at.today()), time_hm(recorded_at.time()));
        view! {
            <p><b>"Rapporto di lavoro: "</b>{interruption.job.label()}</p>
            <p><b>"Motivo: "</b>{interruption.reason}</p>
            <p class="muted">{recorded}</p>
        }
    });
    let kind = if page.row.status == DossierStatus::Concluded { "done" } else { "info" };
    view! { <Notice kind><p>{words}</p>{told}</Notice> }.into_any()
}

fn owed_panel(id: OpalId, owed: Vec<Owed>) -> impl IntoView {
    (!owed.is_empty()).then(|| {
        let lines = owed.into_iter().map(|owed| {
            let by = owed.by().map(|by| view! { <span class="muted">{format!(" · promemoria {}", date_long(by))}</span> });
            view! { <li><Icon name="it-file" size="icon--sm"/>" "{owed.label()}{by}</li> }
        });
        view! {
            <section class="panel" aria-labelledby="documenti-dovuti">
                <h2 class="panel__title" id="documenti-dovuti">"Documenti dovuti"</h2>
                <ul class="plain-list">{lines.collect_view()}</ul>
                <div class="panel__actions"><a class="btn btn-outline-primary btn-sm" href=paths::documents(id)>"Apri i documenti"</a></div>
            </section>
        }
    })
}

fn coaches_panel(coaches: Vec<CoachHours>) -> impl IntoView {
    (!coaches.is_empty()).then(|| {
        let lines = coaches.into_iter().map(|CoachHours { name, delivered, planned }| {
            view! { <Fact term=name>{format!("{} erogate, {} da erogare", hours(delivered), hours(planned))}</Fact> }
        });
        view! {
            <section class="panel" aria-labelledby="operatori">
                <h2 class="panel__title" id="operatori">"Operatori"</h2>
                <Facts>{lines.collect_view()}</Facts>
            </section>
        }
    })
}

fn activity_item(dossier: OpalId, activity: ActivitySummary) -> impl IntoView {
    let ActivitySummary { code, name, state, hours, value_cents, delivered_cents, .. } = activity;
    view! {
        <li class="activity">
            <a class="activity__name" href=paths::activity(dossier, code)>{name}</a>
            <StateBadge state/>
            <HoursBar hours slim=true/>
            <Facts class="facts--row">
                <Fact term="Concordate">{text::hours(hours.agreed)}</Fact>
                <Fact term="Programmate">{text::hours(hours.planned)}</Fact>
                <Fact term="Erogate">{text::hours(hours.delivered)}</Fact>
                <Fact term="Inserite">{text::hours(hours.entered)}</Fact>
                <Fact term="Rimanenti">{text::hours(hours.remaining())}</Fact>
                <Fact term="Valore (dimostrativo)">{text::money(delivered_cents)}" di "{text::money(value_cents)}</Fact>
            </Facts>
        </li>
    }
}
