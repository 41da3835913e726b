//! One request: its facts, the composition of the OPAL, the time left and the decision.

use leptos::prelude::*;

use super::{decision::Decisions, request_id, ring::Ring, trail};
use crate::{
    api::{self, ApiError},
    domain::{
        ids::OpalId,
        request::{CompositionLine, RequestDetail, RequestState},
        text::{date_long, hours, time_hm},
        time::LocalInstant,
    },
    ui::{
        browser,
        components::{Fact, Facts, Loaded, Notice, Notices, PageHead, RuleNotice, StateBadge},
        paths,
    },
};

/// The page of a request.
#[component]
pub fn RequestPage() -> impl IntoView {
    let id = request_id();
    let request = Resource::new(move || id.get(), open);
    let refresh = Callback::new(move |()| request.refetch());
    view! { <Loaded resource=request view=move |detail: RequestDetail| view! { <Request detail refresh/> }/> }.into_any()
}

async fn open(id: Option<OpalId>) -> api::ApiResult<RequestDetail> {
    api::request::open(id.ok_or(ApiError::NotFound)?).await
}

/// `mar 24 nov 2026, 09:00`.
pub fn moment(at: LocalInstant) -> String {
    format!("{}, {}", date_long(at.today()), time_hm(at.time()))
}

#[component]
fn Request(detail: RequestDetail, refresh: Callback<()>) -> impl IntoView {
    let row = detail.row.clone();
    let decision = {
        let detail = detail.clone();
        if row.state == RequestState::Pending {
            view! { <ToDecide detail refresh/> }.into_any()
        } else {
            view! { <Outcome detail/> }.into_any()
        }
    };
    view! {
        <PageHead title=format!("Richiesta {}", row.opal_code) breadcrumb=trail([(row.opal_code.clone(), None)])/>
        <RuleNotice warning=detail.provider_warning.clone()/>
        <div class="split">
            <div class="split__main">
                <section class="panel" aria-labelledby="fatti-titolo">
                    <h2 class="panel__title" id="fatti-titolo">"La richiesta"</h2>
                    <Facts>
                        <Fact term="Stato preselezione"><StateBadge state=(row.state, row.days_left)/></Fact>
                        <Fact term="Codice OPAL">{row.opal_code.clone()}</Fact>
                        <Fact term="Beneficiario">{row.person.full()}</Fact>
                        <Fact term="CPI">{row.centre.clone()}</Fact>
                        <Fact term="Notificata il">{moment(detail.notified_at)}</Fact>
                        <Fact term="Da decidere entro">{date_long(detail.term.last_day)}</Fact>
                        <Fact term="Sede">{format!("{} ({})", row.site_town, row.site_code)}</Fact>
                        <Fact term="Voucher">{format!("{} · {}", detail.voucher_id, row.voucher_kind.label())}</Fact>
                        <Fact term="Validità del voucher">{format!("dal {} al {}", date_long(detail.valid_from), date_long(detail.valid_to))}</Fact>
                        <Fact term="Datore di lavoro">{format!("{}, {}", detail.employer_name, detail.employer_town)}</Fact>
                    </Facts>
                </section>
                <section class="panel" aria-labelledby="composizione-titolo">
                    <h2 class="panel__title" id="composizione-titolo">"Composizione OPAL"</h2>
                    <Composition lines=detail.composition.clone() minutes=row.minutes/>
                </section>
            </div>
            <aside class="split__aside" aria-label="Decisione">{decision}</aside>
        </div>
    }
}

#[component]
fn Composition(lines: Vec<CompositionLine>, minutes: u32) -> impl IntoView {
    let assumed = lines.iter().any(|line| line.assumption);
    let lines = lines.into_iter().map(|line| {
        view! {
            <li>
                <span>{line.name}{line.assumption.then(|| view! { " "<span class="muted">"(ipotesi)"</span> })}</span>
                <span class="num">{hours(line.minutes)}</span>
            </li>
        }
    });
    view! {
        <div class="stack">
        <ul class="composition">
            {lines.collect_view()}
            <li class="composition__total"><span>"Totale"</span><span class="num">{hours(minutes)}</span></li>
        </ul>
        {assumed.then(|| view! {
            <p class="muted">"Ipotesi: nome e ore di queste attività non vengono da un testo ufficiale, sono dimostrativi. Il manuale fissa solo le ore di allenamento e affiancamento."</p>
        })}
        </div>
    }
}

#[component]
fn ToDecide(detail: RequestDetail, refresh: Callback<()>) -> impl IntoView {
    let days = detail.row.days_left.unwrap_or_default();
    let term = detail.term.days;
    let profile = paths::profile(detail.row.id);
    let sentence = match days {
        ..=0 => "Oggi è l'ultimo giorno per decidere.".to_owned(),
        1 => "Manca 1 giorno per decidere.".to_owned(),
        _ => format!("Mancano {days} giorni per decidere."),
    };
    view! {
        <section class="panel stack" aria-labelledby="decisione-titolo">
            <h2 class="panel__title" id="decisione-titolo">"Tempo per decidere"</h2>
            <Ring days of=term/>
            <p>{sentence}</p>
            {if detail.may_decide {
                view! { <Decisions detail refresh/> }.into_any()
            } else {
                view! { <p class="muted">"Decide la sede a cui la richiesta è indirizzata."</p> }.into_any()
            }}
            <a class="btn btn-link" href=profile>"Profilo del beneficiario"</a>
        </section>
    }
}

/// What was decided, by whom and when; no way back.
#[component]
fn Outcome(detail: RequestDetail) -> impl IntoView {
    let id = detail.row.id;
    let state = detail.row.state;
    let notices = Notices::get();
    // Just decided here: the buttons that had the focus are gone.
    Effect::new(move |_| {
        if notices.is_fresh("esito") {
            browser::focus_by_id("esito-titolo");
        }
    });
    let sentence = match state {
        RequestState::Lapsed => Some("I giorni per decidere sono trascorsi senza una decisione: la richiesta è stata cancellata."),
        RequestState::Withdrawn => Some("Il CPI ha ritirato la richiesta."),
        _ => None,
    };
    view! {
        <section class="panel stack" class:flash=move || notices.is_fresh("esito") id="esito" aria-labelledby="esito-titolo">
            <h2 class="panel__title" id="esito-titolo" tabindex="-1">"Esito"</h2>
            <p><StateBadge state=(state, None)/></p>
            {sentence.map(|sentence| view! { <Notice><p>{sentence}</p></Notice> })}
            <Facts>
                {detail.decided_at.map(|at| view! { <Fact term="Quando">{moment(at)}</Fact> })}
                {detail.decided_by.map(|who| view! { <Fact term="Chi">{who}</Fact> })}
                {detail.refusal_category.map(|category| view! { <Fact term="Impedimento">{category.label()}</Fact> })}
                {detail.refusal_reason.map(|reason| view! { <Fact term="Motivazione">{reason}</Fact> })}
            </Facts>
            {(state == RequestState::Admitted).then(|| view! {
                <a class="btn btn-primary" href=paths::dossier(id)>"Vai al fascicolo"</a>
                <a class="btn btn-link" href=paths::policies()>"Gestione politiche attive"</a>
            })}
            <a class="btn btn-link" href=paths::profile(id)>"Profilo del beneficiario"</a>
        </section>
    }
}
