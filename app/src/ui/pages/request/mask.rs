//! The search mask: neutral filters go into the address, personal ones to the server, which answers the token that stands for them (R4).

use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use uuid::Uuid;

use super::list::Search;
use crate::{
    api::{self, ApiError},
    domain::{
        dossier::VoucherKind,
        request::{PersonalSearch, RequestSearchForm, RequestState, SiteChoice},
    },
    ui::{
        browser,
        components::ActionButton,
        forms::{Choice, Command, CommandProblem, SelectField, TextField},
        paths,
    },
};

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Typed {
    states: [RwSignal<bool>; RequestState::ALL.len()],
    opal_code: RwSignal<String>,
    centre: RwSignal<String>,
    site: RwSignal<String>,
    voucher: RwSignal<String>,
    notified_from: RwSignal<String>,
    notified_to: RwSignal<String>,
    within: RwSignal<String>,
    tax_code: RwSignal<String>,
    surname: RwSignal<String>,
}

impl Typed {
    fn new(form: &RequestSearchForm) -> Self {
        let text = |value: &str| RwSignal::new(value.to_owned());
        Self {
            states: RequestState::ALL.map(|state| RwSignal::new(asks_for(form, state))),
            opal_code: text(&form.opal_code),
            centre: text(&form.centre),
            site: text(&form.site),
            voucher: text(&form.voucher),
            notified_from: text(&form.notified_from),
            notified_to: text(&form.notified_to),
            within: text(&form.within),
            tax_code: RwSignal::default(),
            surname: RwSignal::default(),
        }
    }

    /// Shows what the address says, after "Indietro" of the browser too.
    fn show(self, form: RequestSearchForm) {
        for (state, chosen) in RequestState::ALL.into_iter().zip(self.states) {
            chosen.set(asks_for(&form, state));
        }
        self.opal_code.set(form.opal_code);
        self.centre.set(form.centre);
        self.site.set(form.site);
        self.voucher.set(form.voucher);
        self.notified_from.set(form.notified_from);
        self.notified_to.set(form.notified_to);
        self.within.set(form.within);
    }

    fn show_personal(self, personal: PersonalSearch) {
        self.tax_code.set(personal.tax_code);
        self.surname.set(personal.surname);
    }

    fn form(self) -> RequestSearchForm {
        let states = RequestState::ALL.into_iter().zip(self.states).filter(|(_, chosen)| chosen.get_untracked());
        RequestSearchForm {
            states: states.map(|(state, _)| state.as_str()).collect::<Vec<_>>().join(","),
            opal_code: self.opal_code.get_untracked(),
            centre: self.centre.get_untracked(),
            site: self.site.get_untracked(),
            voucher: self.voucher.get_untracked(),
            notified_from: self.notified_from.get_untracked(),
            notified_to: self.notified_to.get_untracked(),
            within: self.within.get_untracked(),
        }
    }

    fn personal(self) -> PersonalSearch {
        PersonalSearch { tax_code: self.tax_code.get_untracked(), surname: self.surname.get_untracked() }
    }
}

fn asks_for(form: &RequestSearchForm, state: RequestState) -> bool {
    form.states.split(',').any(|word| word.trim() == state.as_str())
}

/// Whether the second row of the mask holds something, so that it stands open.
fn asks_more(form: &RequestSearchForm, remembered: Option<Uuid>) -> bool {
    let RequestSearchForm { states: _, opal_code: _, within: _, centre, site, voucher, notified_from, notified_to } = form;
    remembered.is_some() || [centre, site, voucher, notified_from, notified_to].into_iter().any(|value| !value.is_empty())
}

/// The mask above the list.
#[component]
pub fn Mask(
    /// What the address asks for.
    search: Memo<Search>,
    /// The sites to choose from, once known.
    sites: RwSignal<Vec<SiteChoice>>,
    /// What was asked of persons, once known.
    personal: RwSignal<PersonalSearch>,
    /// Why the list could not be made.
    refused: RwSignal<Option<ApiError>>,
) -> impl IntoView {
    let (first, remembered) = search.get_untracked();
    let typed = Typed::new(&first);
    let command = Command::new();
    let problems = command.problems();
    let navigate = use_navigate();
    // What was typed before the page came alive stays; from then on the address leads.
    Effect::new(move |before: Option<Search>| {
        let now = search.get();
        if before.is_some_and(|before| before != now) {
            typed.show(now.0.clone());
        }
        now
    });
    let remembered_search = Memo::new(move |_| personal.get());
    // The answer comes later than the address: what was typed meanwhile stays.
    Effect::new(move |shown: Option<PersonalSearch>| {
        let now = remembered_search.get();
        if typed.personal() == shown.unwrap_or_default() {
            typed.show_personal(now.clone());
        }
        now
    });
    Effect::new(move |_| match refused.get() {
        Some(error @ ApiError::Invalid(_)) => command.fail(error),
        _ => command.reset(),
    });
    let show = {
        let navigate = navigate.clone();
        move |form: &RequestSearchForm, token: Option<Uuid>| {
            navigate(&paths::requests_found(form, token), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (form, asked) = (typed.form(), typed.personal());
        if let Err(problems) = form.check(&asked) {
            command.fail(ApiError::Invalid(problems));
            return;
        }
        let show = show.clone();
        let (_, known) = search.get_untracked();
        if asked.is_empty() {
            command.reset();
            show(&form, None);
        } else if known.is_some() && asked == personal.get_untracked() {
            command.reset();
            show(&form, known);
        } else {
            command.run(move |_| api::request::remember(asked), move |token| show(&form, Some(token)));
        }
    };
    let clear = Callback::new(move |()| {
        typed.show(RequestSearchForm::default());
        typed.show_personal(PersonalSearch::default());
        command.reset();
        navigate(&paths::requests(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let site_choices = Signal::derive(move || {
        sites.with(|sites| sites.iter().map(|site| Choice::new(&site.code, format!("{} ({})", site.town, site.code))).collect())
    });
    let vouchers = VoucherKind::ALL.map(|kind| Choice::new(kind.as_str(), kind.label())).to_vec();
    let states = RequestState::ALL.into_iter().zip(typed.states).map(|(state, chosen)| {
        let id = format!("stato-{}", state.as_str());
        let (control, rendered) = (NodeRef::<html::Input>::new(), chosen.get_untracked());
        browser::bind_checked(control, chosen, rendered);
        view! {
            <div class="form-check">
                <input type="checkbox" id=id.clone() name="states" value=state.as_str() checked=rendered node_ref=control
                    on:change=move |event| chosen.set(event_target_checked(&event))/>
                <label for=id>{state.label()}</label>
            </div>
        }
    });
    view! {
        <form class="filters stack" role="search" aria-label="Ricerca richieste" method="post" novalidate on:submit=submit>
            <CommandProblem command/>
            <fieldset class="field field--wide">
                <legend>"Stato preselezione"</legend>
                <div class="cluster">{states.collect_view()}</div>
            </fieldset>
            <div class="filters__row">
                <TextField name="opal_code" label="Codice OPAL" value=typed.opal_code problems/>
                <TextField name="surname" label="Cognome" value=typed.surname problems/>
                <TextField name="tax_code" label="Codice fiscale" value=typed.tax_code problems longest=16/>
                <TextField name="within" label="Scade entro giorni" kind="number" value=typed.within problems/>
                <div class="filters__actions">
                    <ActionButton class="btn btn-primary btn-sm" submit=true pending=command.pending()>"Cerca"</ActionButton>
                    <ActionButton class="btn btn-link btn-sm" on_press=clear>"Azzera"</ActionButton>
                </div>
            </div>
            <details class="filters__more" open=asks_more(&first, remembered)>
                <summary>"Altri filtri"</summary>
                <div class="filters__row">
                    <TextField name="centre" label="CPI" value=typed.centre problems/>
                    <SelectField name="site" label="Sede" value=typed.site choices=site_choices none="Tutte" problems/>
                    <SelectField name="voucher" label="Tipo voucher" value=typed.voucher choices=vouchers none="Tutti" problems/>
                    <TextField name="notified_from" label="Notificata dal" kind="date" value=typed.notified_from problems/>
                    <TextField name="notified_to" label="Notificata al" kind="date" value=typed.notified_to problems/>
                </div>
            </details>
        </form>
    }
}
