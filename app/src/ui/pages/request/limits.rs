//! Limiti personali per la pianificazione (R30): the form, checked while it is left and when it is sent. It shows what the profile shows, so that
//! opening it is recorded alike (R42).

use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    profile::{LIMITS, open},
    request_id, trail,
};
use crate::{
    api::{self, ApiError},
    domain::{
        command::Seen,
        ids::OpalId,
        person::{LimitBounds, LimitField, LimitsForm, PersonProfile},
        rulebook::FieldProblem,
        text::{hours, time_hm},
        weekdays::DayOfWeek,
    },
    ui::{
        browser::{self, bind_checked},
        components::{ActionButton, Icon, Loaded, NotFound, Notice, Notices, PageHead},
        forms::{Command, CommandProblem, TextField, problem_of},
        paths,
    },
};

/// The days that can be chosen.
const DAYS: [DayOfWeek; 6] = DayOfWeek::WORKING;

/// The page.
#[component]
pub fn LimitsPage() -> impl IntoView {
    let id = request_id();
    let profile = Resource::new(move || id.get(), open);
    // From the ground up: a field that was not touched must show what somebody else has set, not what stood there.
    let refresh = Callback::new(|()| browser::go_to(&browser::here()));
    let content = move |profile: PersonProfile| match id.get_untracked().zip(profile.bounds) {
        Some((id, bounds)) => view! { <Editor profile id bounds refresh/> }.into_any(),
        None => view! { <NotFound/> }.into_any(),
    };
    view! { <Loaded resource=profile view=content/> }.into_any()
}

/// What is typed, field by field.
#[derive(Clone, Copy)]
struct Typed {
    max_day: RwSignal<String>,
    max_week: RwSignal<String>,
    earliest: RwSignal<String>,
    latest: RwSignal<String>,
    days: [RwSignal<bool>; DAYS.len()],
}

impl Typed {
    fn new(form: LimitsForm) -> Self {
        let LimitsForm { max_day, max_week, earliest, latest, weekdays } = form;
        let [max_day, max_week, earliest, latest] = [max_day, max_week, earliest, latest].map(RwSignal::new);
        Self { max_day, max_week, earliest, latest, days: DAYS.map(|day| RwSignal::new(weekdays.has(day))) }
    }

    /// What is typed now; tracks every field.
    fn form(self) -> LimitsForm {
        LimitsForm {
            max_day: self.max_day.get(),
            max_week: self.max_week.get(),
            earliest: self.earliest.get(),
            latest: self.latest.get(),
            weekdays: DAYS.into_iter().zip(self.days).filter(|(_, chosen)| chosen.get()).map(|(day, _)| day).collect(),
        }
    }

    /// Nessun limite.
    fn clear(self) {
        for field in [self.max_day, self.max_week, self.earliest, self.latest] {
            field.set(String::new());
        }
        for day in self.days {
            day.set(true);
        }
    }
}

#[component]
fn Editor(profile: PersonProfile, id: OpalId, bounds: LimitBounds, refresh: Callback<()>) -> impl IntoView {
    let typed = Typed::new(profile.details.limits.into());
    let (command, notices, navigate, version) = (Command::new(), Notices::get(), use_navigate(), profile.version);
    // A field speaks once it was left, all of them once the form was sent; then as it is typed.
    let passed = RwSignal::new(None::<LimitField>);
    let pass = move |field: LimitField| Callback::new(move |()| passed.update(|passed| *passed = (*passed).max(Some(field))));
    let problems = Signal::derive(move || {
        let said = passed.get();
        let is_said = |problem: &FieldProblem| problem.field.parse::<LimitField>().ok() <= said;
        typed.form().check(&bounds).err().unwrap_or_default().into_iter().filter(is_said).collect::<Vec<_>>()
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        passed.set(Some(LimitField::Weekdays));
        let (form, navigate) = (untrack(|| typed.form()), navigate.clone());
        if let Err(problems) = form.check(&bounds) {
            command.reset();
            command.fail(ApiError::Invalid(problems));
            return;
        }
        command.run(
            move |key| api::person::set_limits(id, Seen { key, version }, form),
            move |()| {
                notices.say("Limiti personali salvati.");
                notices.flash(LIMITS);
                navigate(&paths::profile(id), NavigateOptions::default());
            },
        );
    };
    let breadcrumb = trail([
        ("Richiesta".to_owned(), Some(paths::request(id))),
        ("Profilo".to_owned(), Some(paths::profile(id))),
        ("Limiti personali".to_owned(), None),
    ]);
    let LimitBounds { day_cap, week_cap, earliest, latest, .. } = bounds;
    let window = format!("Per legge tra le {} e le {}.", time_hm(earliest), time_hm(latest));
    let up_to = |cap| format!("Al massimo {}, come 4 oppure 4:30.", hours(cap));
    view! {
        <PageHead title="Limiti personali per la pianificazione" breadcrumb facts=profile.name.full()/>
        <div class="stack">
            <Notice><p>"Quanto la persona può sostenere, più stretto delle regole valide per tutti. Chi pianifica oltre questi limiti riceve un avviso. Un campo vuoto non limita nulla. Questa consultazione è registrata."</p></Notice>
            <section class="panel" aria-label="Limiti personali">
                <form class="form-grid" novalidate on:submit=submit aria-label="Limiti personali">
                    <CommandProblem command on_refresh=refresh/>
                    <TextField name=LimitField::MaxDay.as_str() label=LimitField::MaxDay.label() value=typed.max_day problems hint=up_to(day_cap)
                        on_leave=pass(LimitField::MaxDay)/>
                    <TextField name=LimitField::MaxWeek.as_str() label=LimitField::MaxWeek.label() value=typed.max_week problems hint=up_to(week_cap)
                        on_leave=pass(LimitField::MaxWeek)/>
                    <TextField name=LimitField::Earliest.as_str() label=LimitField::Earliest.label() kind="time" step=900 value=typed.earliest problems
                        hint=window.clone() on_leave=pass(LimitField::Earliest)/>
                    <TextField name=LimitField::Latest.as_str() label=LimitField::Latest.label() kind="time" step=900 value=typed.latest problems
                        hint=window on_leave=pass(LimitField::Latest)/>
                    <Days typed problems on_change=pass(LimitField::Weekdays)/>
                    <div class="field field--wide">
                        <ActionButton class="btn btn-outline-primary btn-sm" on_press=Callback::new(move |()| typed.clear())>"Nessun limite"</ActionButton>
                    </div>
                    <div class="form-grid__actions">
                        <a class="btn btn-outline-primary" href=paths::profile(id)>"Indietro"</a>
                        <ActionButton submit=true pending=command.pending()>"Salva"</ActionButton>
                    </div>
                </form>
            </section>
        </div>
    }
}

/// The days of the week, as one group.
#[component]
fn Days(typed: Typed, problems: Signal<Vec<FieldProblem>>, on_change: Callback<()>) -> impl IntoView {
    let name = LimitField::Weekdays.as_str();
    let problem = Memo::new(move |_| problems.with(|problems| problem_of(problems, name)));
    let (error, hint) = (format!("{name}-err"), format!("{name}-hint"));
    let described_by = {
        let (error, hint) = (error.clone(), hint.clone());
        move || if problem.with(Option::is_some) { format!("{error} {hint}") } else { hint.clone() }
    };
    let day = move |(day, chosen): (DayOfWeek, RwSignal<bool>)| {
        let control = NodeRef::<html::Input>::new();
        bind_checked(control, chosen, chosen.get_untracked());
        let id = format!("{name}-{}", day.as_str());
        let change = move |event| {
            chosen.set(event_target_checked(&event));
            on_change.try_run(());
        };
        view! {
            <div class="form-check">
                <input type="checkbox" id=id.clone() checked=chosen.get_untracked() node_ref=control on:change=change/>
                <label for=id>{day.label()}</label>
            </div>
        }
    };
    view! {
        <fieldset class="field field--wide" id=name tabindex="-1" aria-describedby=described_by>
            <legend>{LimitField::Weekdays.label()}</legend>
            <div class="cluster">{DAYS.into_iter().zip(typed.days).map(day).collect_view()}</div>
            <p class="field-hint" id=hint>"Tutti scelti: nessun limite di giorni."</p>
            {move || problem.get().map(|sentence| view! {
                <p class="field-error" id=error.clone()><Icon name="it-error" size="icon--sm"/>{sentence}</p>
            })}
        </fieldset>
    }
}
