//! The mask above the list; what it asks for is in the address, so that it survives reload and the way back.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    api::ApiError,
    domain::{
        dossier::{
            DossierStatus,
            payment::{PaymentForm, Readiness},
        },
        request::SiteChoice,
    },
    ui::{
        components::ActionButton,
        forms::{Choice, Command, CommandProblem, SelectField, TextField},
        paths,
    },
};

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Typed {
    opal_code: RwSignal<String>,
    site: RwSignal<String>,
    status: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    only: RwSignal<String>,
}

impl Typed {
    fn new(form: PaymentForm) -> Self {
        let PaymentForm { opal_code, site, status, from, to, only } = form;
        let [opal_code, site, status, from, to, only] = [opal_code, site, status, from, to, only].map(RwSignal::new);
        Self { opal_code, site, status, from, to, only }
    }

    fn show(self, form: PaymentForm) {
        self.opal_code.set(form.opal_code);
        self.site.set(form.site);
        self.status.set(form.status);
        self.from.set(form.from);
        self.to.set(form.to);
        self.only.set(form.only);
    }

    fn form(self) -> PaymentForm {
        PaymentForm {
            opal_code: self.opal_code.get_untracked(),
            site: self.site.get_untracked(),
            status: self.status.get_untracked(),
            from: self.from.get_untracked(),
            to: self.to.get_untracked(),
            only: self.only.get_untracked(),
        }
    }
}

/// The mask.
#[component]
pub fn Mask(
    /// What the address asks for.
    form: Memo<PaymentForm>,
    /// The sites to choose from, once known.
    sites: RwSignal<Vec<SiteChoice>>,
    /// Why the list could not be made.
    refused: RwSignal<Option<ApiError>>,
) -> impl IntoView {
    let typed = Typed::new(form.get_untracked());
    let command = Command::new();
    let problems = command.problems();
    let navigate = use_navigate();
    // What was typed before the page came alive stays; from then on the address leads.
    Effect::new(move |before: Option<PaymentForm>| {
        let now = form.get();
        if before.is_some_and(|before| before != now) {
            typed.show(now.clone());
        }
        now
    });
    Effect::new(move |_| match refused.get() {
        Some(error @ ApiError::Invalid(_)) => command.fail(error),
        _ => command.reset(),
    });
    let show = {
        move |form: &PaymentForm| navigate(&paths::payments_found(form), NavigateOptions { scroll: false, ..NavigateOptions::default() })
    };
    let search = {
        let show = show.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let form = typed.form();
            match form.check() {
                Ok(_) => {
                    command.reset();
                    show(&form);
                }
                Err(problems) => command.fail(ApiError::Invalid(problems)),
            }
        }
    };
    let clear = Callback::new(move |()| {
        typed.show(PaymentForm::default());
        command.reset();
        show(&PaymentForm::default());
    });
    let sites = Signal::derive(move || {
        sites.with(|sites| sites.iter().map(|site| Choice::new(&site.code, format!("{} ({})", site.town, site.code))).collect())
    });
    let statuses = DossierStatus::ALL.map(|status| Choice::new(status.as_str(), status.label())).to_vec();
    let readiness = vec![Choice::new(Readiness::Ready.as_str(), "Solo pronti"), Choice::new(Readiness::Blocked.as_str(), "Solo bloccati")];
    view! {
        <form class="filters stack" role="search" aria-label="Ricerca fascicoli da rendicontare" method="post" novalidate on:submit=search>
            <CommandProblem command/>
            <div class="filters__row">
                <TextField name="opal_code" label="Codice OPAL" value=typed.opal_code problems/>
                <SelectField name="site" label="Sede" value=typed.site choices=sites none="Tutte" problems/>
                <SelectField name="status" label="Stato" value=typed.status choices=Signal::stored(statuses) none="Tutti" problems/>
                <SelectField name="only" label="Pagamento" value=typed.only choices=Signal::stored(readiness) none="Tutti" problems/>
                <TextField name="from" label="Erogate dal" kind="date" value=typed.from problems/>
                <TextField name="to" label="Erogate al" kind="date" value=typed.to problems/>
                <div class="filters__actions">
                    <ActionButton class="btn btn-primary btn-sm" submit=true>"Cerca"</ActionButton>
                    <ActionButton class="btn btn-link btn-sm" on_press=clear>"Azzera"</ActionButton>
                </div>
            </div>
        </form>
    }
}
