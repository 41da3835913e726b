//! Profilo del beneficiario: every look at it is recorded (R42).

use leptos::prelude::*;

use super::{request_id, trail};
use crate::{
    api::{self, ApiError},
    domain::{
        ids::OpalId,
        person::{PersonLimits, PersonProfile},
        request::intake::{Ground, JobContract},
        text::{date_long, hours, time_hm},
        weekdays::DayOfWeek,
    },
    ui::{
        components::{Fact, Facts, Loaded, Notice, Notices, PageHead, RuleNotice},
        paths,
    },
};

/// The page "Profilo del beneficiario".
#[component]
pub fn ProfilePage() -> impl IntoView {
    let id = request_id();
    let profile = Resource::new(move || id.get(), open);
    view! { <Loaded resource=profile view=move |profile: PersonProfile| view! { <Profile profile id=id.get_untracked()/> }/> }.into_any()
}

pub(super) async fn open(id: Option<OpalId>) -> api::ApiResult<PersonProfile> {
    api::request::profile(id.ok_or(ApiError::NotFound)?).await
}

#[component]
fn Profile(profile: PersonProfile, id: Option<OpalId>) -> impl IntoView {
    let PersonProfile { name, details, ground, ground_warning, bounds, .. } = profile;
    let notices = Notices::get();
    let edit = id.filter(|_| bounds.is_some()).map(|id| {
        view! { <div class="panel__actions"><a class="btn btn-outline-primary btn-sm" href=paths::limits(id)>"Modifica i limiti"</a></div> }
    });
    let limits = details.limits.map(in_words).unwrap_or_default();
    // The code that was issued is right whatever the formula says: two people may have been mixed up, no more.
    let other_name = (!details.tax_code.matches_name(&name)).then(|| {
        view! {
            <Notice kind="warn">
                <p>"Il codice fiscale è valido, ma le sue lettere non corrispondono a cognome e nome: verifica con la persona o con il CPI."</p>
            </Notice>
        }
    });
    view! {
        <PageHead title="Profilo del beneficiario" breadcrumb=trail([("Richiesta".to_owned(), id.map(paths::request)), ("Profilo".to_owned(), None)]) facts=name.full()>
            {id.map(|id| view! { <a class="btn btn-outline-primary" href=paths::request(id)>"Indietro"</a> })}
        </PageHead>
        <div class="stack">
            <Notice><p>"Questa consultazione è registrata: guarda il profilo solo quando serve al servizio."</p></Notice>
            <section class="panel" aria-labelledby="anagrafica-titolo">
                <h2 class="panel__title" id="anagrafica-titolo">"Anagrafica e contatti"</h2>
                <Facts>
                    <Fact term="Cognome">{name.last.clone()}</Fact>
                    <Fact term="Nome">{name.first.clone()}</Fact>
                    <Fact term="Codice fiscale">{details.tax_code.as_str().to_owned()}</Fact>
                    <Fact term="Nascita">{format!("{}, {}", date_long(details.birth_date), details.birth_place)}</Fact>
                    <Fact term="Telefono">{details.phone.clone()}</Fact>
                    <Fact term="E-mail">{details.email.clone().unwrap_or_else(|| "non indicata".to_owned())}</Fact>
                </Facts>
                {other_name}
            </section>
            <section class="panel stack" aria-labelledby="motivo-titolo">
                <h2 class="panel__title" id="motivo-titolo">"Motivo della richiesta"</h2>
                <RuleNotice warning=ground_warning/>
                {reason(&ground)}
            </section>
            <section class="panel" class:flash=move || notices.is_fresh(LIMITS) id=LIMITS aria-labelledby="limiti-titolo">
                <h2 class="panel__title" id="limiti-titolo">"Limiti personali per la pianificazione"</h2>
                {if limits.is_empty() {
                    view! { <p>"Nessun limite oltre a quelli validi per tutti."</p> }.into_any()
                } else {
                    view! { <ul>{limits.into_iter().map(|limit| view! { <li>{limit}</li> }).collect_view()}</ul> }.into_any()
                }}
                {edit}
            </section>
        </div>
    }
}

/// The element id of the limits.
pub const LIMITS: &str = "limiti";

/// Why the service is asked (R39).
fn reason(ground: &Ground) -> impl IntoView + use<> {
    let facts = match ground {
        Ground::RecentHire { hired_on, contract } => {
            vec![("Assunzione", date_long(*hired_on)), ("Contratto", contract.map_or("non indicato", JobContract::label).to_owned())]
        }
        Ground::Difficulty { event } => vec![("Evento", event.as_str().to_owned())],
    };
    let kind = ground.label();
    view! {
        <Facts>
            <Fact term="Motivo">{kind}</Fact>
            {facts.into_iter().map(|(term, value)| view! { <Fact term>{value}</Fact> }).collect_view()}
        </Facts>
    }
}

/// One sentence for each limit.
fn in_words(limits: PersonLimits) -> Vec<String> {
    let PersonLimits { max_minutes_per_day, max_minutes_per_week, earliest, latest, weekdays } = limits;
    [
        max_minutes_per_day.map(|minutes| format!("Al massimo {} al giorno.", hours(minutes))),
        max_minutes_per_week.map(|minutes| format!("Al massimo {} alla settimana.", hours(minutes))),
        earliest.map(|time| format!("Non prima delle {}.", time_hm(time))),
        latest.map(|time| format!("Non dopo le {}.", time_hm(time))),
        weekdays.map(|days| format!("Solo di {}.", days.days().map(DayOfWeek::label).collect::<Vec<_>>().join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_limits_that_there_are_get_a_sentence() {
        let limits = PersonLimits { max_minutes_per_day: Some(240), latest: "14:00:00".parse().ok(), ..PersonLimits::default() };
        assert_eq!(in_words(limits), ["Al massimo 4 h al giorno.", "Non dopo le 14:00."]);
        assert!(in_words(PersonLimits::default()).is_empty());
    }
}
