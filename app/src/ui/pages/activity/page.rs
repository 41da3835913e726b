//! The page itself: head with the hours, sessions by week, and beside them value, voucher and the end of the activity.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    act::{Act, ActDialog},
    bulk::{Bulk, PickAll, Picked},
    close::CloseActivity,
    sessions::Sessions,
};
use crate::{
    api::{self, ApiError},
    domain::{
        activity::{ActivityPage as Data, ActivityState},
        ids::OpalId,
        rulebook::ActivityCode,
        text,
    },
    ui::{
        components::{EmptyState, Fact, Facts, HoursBar, LimitsLine, Loaded, Notice, PageHead, RuleNotice, StateBadge, VoucherEnd},
        paths,
    },
};

/// `/dossier/:id/attivita/:code`.
#[component]
pub fn ActivityPage() -> impl IntoView {
    let params = use_params_map();
    let named =
        move || params.with(|params| Some((params.get("id")?.parse::<OpalId>().ok()?, params.get("code")?.parse::<ActivityCode>().ok()?)));
    let load = Resource::new(named, |named| async move {
        let (dossier, code) = named.ok_or(ApiError::NotFound)?;
        api::activity::open(dossier, code).await
    });
    let reload = Callback::new(move |()| load.refetch());
    view! { <Loaded resource=load view=move |page| view! { <Content page reload/> }.into_any()/> }.into_any()
}

#[component]
fn Content(page: Data, reload: Callback<()>) -> impl IntoView {
    let asked = RwSignal::new(None::<Act>);
    let (dossier, code, name) = (page.dossier, page.activity.code, page.activity.name.clone());
    let enter = page.may_enter.then(|| {
        view! {
            <a class="btn btn-outline-primary" href=paths::new_series(dossier, code)>"Nuova serie"</a>
            <a class="btn btn-primary" href=paths::new_session(dossier, code)>"Nuova erogazione"</a>
        }
    });
    let picked = Picked::of(&page);
    let closed = (page.activity.state == ActivityState::Closed)
        .then(|| view! { <Notice kind="info"><p>"Terminata: nessuna operazione è più possibile."</p></Notice> });
    let breadcrumb = vec![
        ("Gestione politiche attive".to_owned(), Some(paths::policies())),
        (page.opal_code.clone(), Some(paths::dossier(dossier))),
        (name.clone(), None),
    ];
    let sessions = if page.sessions.is_empty() {
        view! { <EmptyState icon="it-calendar" title="Nessuna erogazione"><p>"Le erogazioni inserite compaiono qui, settimana per settimana."</p></EmptyState> }
            .into_any()
    } else {
        view! {
            {picked.map(|picked| view! { <PickAll picked/> })}
            <Sessions page=page.clone() picked on_act=Callback::new(move |act| asked.set(Some(act)))/>
            {picked.map(|picked| view! { <Bulk page=page.clone() picked on_change=reload/> })}
        }
        .into_any()
    };
    view! {
        <PageHead title=name breadcrumb facts=format!("{} · {}", page.opal_code, page.person.full())>{enter}</PageHead>
        <RuleNotice warning=page.provider_warning.clone()/>
        {closed}
        <div class="split">
            <div class="split__main stack">
                <section class="panel" aria-labelledby="ore">
                    <h2 class="panel__title" id="ore">"Ore"</h2>
                    <div class="activity-head">
                        <Facts class="facts--row">
                            <Fact term="Stato"><StateBadge state=page.activity.state/></Fact>
                            <Fact term="Concordate">{text::hours(page.activity.hours.agreed)}</Fact>
                            <Fact term="Impegnate">{text::hours(page.activity.hours.used())}</Fact>
                            <Fact term="Rimanenti">{text::hours(page.activity.hours.remaining())}</Fact>
                        </Facts>
                        <HoursBar hours=page.activity.hours/>
                        <LimitsLine limits=page.limits/>
                    </div>
                </section>
                <section class="panel" aria-labelledby="erogazioni">
                    <h2 class="panel__title" id="erogazioni">"Erogazioni"</h2>
                    {sessions}
                </section>
            </div>
            <aside class="split__aside">
                <section class="panel" aria-labelledby="valore">
                    <h2 class="panel__title" id="valore">"Valore e voucher"</h2>
                    <div class="stack">
                        {value_and_voucher(&page)}
                        <CloseActivity page=page.clone() on_change=reload/>
                    </div>
                </section>
            </aside>
        </div>
        {move || asked.get().map(|act| view! { <ActDialog act on_change=reload/> })}
    }
}

fn value_and_voucher(page: &Data) -> impl IntoView + use<> {
    let activity = &page.activity;
    let left = page.frame.days_left(page.now.today());
    let assumption =
        activity.assumption.then(|| view! { <p class="muted">"Nome e ore ipotizzati: non vengono da un testo ufficiale."</p> });
    let Data { opal_code, person, employer_name, employer_town, voucher_kind, voucher_id, frame, status, at_employer, .. } = page.clone();
    let (value, delivered) = (text::money(activity.value_cents), text::money(activity.delivered_cents));
    let place = at_employer.then(|| view! { <Fact term="Luogo">"Presso il datore di lavoro"</Fact> });
    view! {
        <Facts>
            <Fact term="Codice OPAL">{opal_code}</Fact>
            <Fact term="Beneficiario">{person.full()}</Fact>
            <Fact term="Datore di lavoro">{format!("{employer_name}, {employer_town}")}</Fact>
            {place}
            <Fact term="Valore dell'attività (dimostrativo)">{value}</Fact>
            <Fact term="Valore erogato (dimostrativo)">{delivered}</Fact>
            <Fact term="Voucher">{format!("{} · {voucher_id}", voucher_kind.label())}</Fact>
            <Fact term="Fine del voucher"><VoucherEnd valid_to=frame.valid_to days_left=left/></Fact>
            <Fact term="Fascicolo"><StateBadge state=status/></Fact>
        </Facts>
        {assumption}
    }
}
