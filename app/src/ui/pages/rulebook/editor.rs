//! Nuova versione: the form filled from the latest version, what it would change, and its publication. For the system's administrator only.

use chrono::NaiveDate;
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    preview::Changes,
    typed::{Typed, TypedActivity},
};
use crate::{
    api::{self, ApiError},
    domain::{
        rulebook::{
            ACTIVITY_FIELDS, DraftField, FieldProblem, Limit, LimitValue, NewVersion, Preview, RulebookDraft, RulebookOverview,
            RulebookVersion,
        },
        text::date_long,
    },
    ui::{
        browser,
        components::{ActionButton, ConfirmDialog, Fact, Facts, Loaded, NotFound, Notice, Notices, PageHead},
        forms::{Choice, Command, CommandProblem, SelectField, TextArea, TextField},
        paths, signed_in,
    },
};

/// The element id of what changes.
const PREVIEW: &str = "anteprima";
const HOURS_HINT: &str = "Ore, come 8 oppure 7:30.";

/// The page "Nuova versione".
#[component]
pub fn NewVersionPage() -> impl IntoView {
    if !signed_in().is_some_and(|actor| actor.publishes_rulebook()) {
        return view! { <NotFound/> }.into_any();
    }
    let overview = Resource::new(|| (), |()| api::rulebook::current());
    let refresh = Callback::new(move |()| overview.refetch());
    view! { <Loaded resource=overview view=move |data: RulebookOverview| view! { <Editor data refresh/> }/> }.into_any()
}

/// The form, its preview and the confirmation.
#[component]
fn Editor(data: RulebookOverview, refresh: Callback<()>) -> impl IntoView {
    let RulebookOverview { rulebook, now, .. } = data;
    let latest = rulebook.latest().clone();
    let typed = Typed::new(&latest);
    let draft = Memo::new(move |_| typed.draft());
    let command = Command::new();
    let problems = command.problems();
    // What was seen counts only for what is still typed.
    let seen = RwSignal::new(None::<(RulebookDraft, Preview)>);
    let preview = Memo::new(move |_| seen.get().filter(|(seen, _)| draft.with(|draft| draft == seen)).map(|(_, preview)| preview));
    let submit = {
        let rulebook = rulebook.clone();
        move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            let asked = draft.get_untracked();
            command.reset();
            match asked.check(&rulebook, now.today()) {
                Err(problems) => command.fail(ApiError::Invalid(problems)),
                Ok(_) => command.run(
                    {
                        let asked = asked.clone();
                        move |_| api::rulebook::preview(asked)
                    },
                    move |preview| {
                        seen.set(Some((asked, preview)));
                        browser::focus_by_id(PREVIEW);
                    },
                ),
            }
        }
    };
    let publishing = RwSignal::new(false);
    let ask = Callback::new(move |()| publishing.set(true));
    let breadcrumb = vec![
        ("Cruscotto".to_owned(), Some(paths::home())),
        ("Regole".to_owned(), Some(paths::rulebook())),
        ("Nuova versione".to_owned(), None),
    ];
    view! {
        <PageHead title="Nuova versione" breadcrumb facts=format!("Parte dalla versione in vigore dal {}.", date_long(latest.valid_from))/>
        <div class="stack">
            <form class="stack" novalidate on:submit=submit aria-label="Nuova versione delle regole">
                <CommandProblem command/>
                <Validity typed problems/>
                <Limits typed latest=latest.clone() problems/>
                <Catalogue typed problems/>
                <Lists typed problems/>
                <div class="form-grid__actions">
                    <a class="btn btn-outline-primary" href=paths::rulebook()>"Indietro"</a>
                    <ActionButton submit=true pending=command.pending()>"Vedi cosa cambia"</ActionButton>
                </div>
            </form>
            {move || preview.get().map(|preview| view! {
                <section class="panel stack" id=PREVIEW tabindex="-1" aria-labelledby="anteprima-titolo">
                    <h2 class="panel__title" id="anteprima-titolo">"Cosa cambia"</h2>
                    <Changes preview/>
                    <div class="panel__actions"><ActionButton class="btn btn-danger" on_press=ask>"Pubblica"</ActionButton></div>
                </section>
            })}
        </div>
        <Publish open=publishing draft preview follows=latest.valid_from refresh/>
    }
}

#[component]
fn Validity(typed: Typed, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="validita-titolo">
            <h2 class="panel__title" id="validita-titolo">"Validità"</h2>
            <div class="form-grid">
                <TextField name=DraftField::ValidFrom.as_str() label=DraftField::ValidFrom.label() kind="date" value=typed.valid_from problems required=true
                    hint="Da domani in poi, dopo l'ultima versione pubblicata."/>
                <TextField name=DraftField::Citation.as_str() label=DraftField::Citation.label() value=typed.citation problems required=true class="field--wide"
                    hint="Il manuale, la legge o il decreto su cui si basa."/>
                <TextArea name=DraftField::Measure.as_str() label=DraftField::Measure.label() value=typed.measure problems rows=4
                    hint="Si stampa su ogni documento, secondo il primo giorno del voucher."/>
            </div>
        </section>
    }
}

/// The limits, each with the control that suits its value.
#[component]
fn Limits(typed: Typed, latest: RulebookVersion, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let field = move |(limit, value): (Limit, RwSignal<String>)| {
        let name = limit.as_str();
        let label = format!("{} ({})", limit.label(), limit.rule());
        match LimitControl::of(limit.of(&latest)) {
            LimitControl::Choice(choices) => {
                view! { <SelectField name label value choices=Signal::stored(choices) problems required=true/> }.into_any()
            }
            LimitControl::Hours => view! { <TextField name label value problems required=true hint=HOURS_HINT/> }.into_any(),
            LimitControl::Time => view! { <TextField name label value problems required=true kind="time"/> }.into_any(),
            LimitControl::Number => view! { <TextField name label value problems required=true kind="number" step=1/> }.into_any(),
        }
    };
    view! {
        <section class="panel" aria-labelledby="limiti-titolo">
            <h2 class="panel__title" id="limiti-titolo">"Limiti"</h2>
            <div class="form-grid">{Limit::ALL.into_iter().zip(typed.limits).map(field).collect_view()}</div>
        </section>
    }
}

/// How a limit is typed.
enum LimitControl {
    Choice(Vec<Choice>),
    Hours,
    Time,
    Number,
}

impl LimitControl {
    fn of(value: LimitValue) -> Self {
        match value {
            LimitValue::Length(_) => Self::Hours,
            LimitValue::Time(_) => Self::Time,
            LimitValue::Minutes(_) | LimitValue::Days(_) | LimitValue::Characters(_) => Self::Number,
            value => Self::Choice(value.choices().into_iter().map(|(word, label)| Choice::new(word, label)).collect()),
        }
    }
}

#[component]
fn Catalogue(typed: Typed, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    let fields = |(number, (names, activity)): (usize, ([&'static str; 3], TypedActivity))| {
        let [name, base, enhanced] = names;
        view! {
            <h3>{format!("Attività {number}")}</h3>
            <TextField name label="Nome" value=activity.name problems required=true class="field--wide"/>
            <TextField name=base label="Ore, voucher base" value=activity.base problems required=true class="field--pair" hint=HOURS_HINT/>
            <TextField name=enhanced label="Ore, voucher rinforzato" value=activity.enhanced problems required=true class="field--pair"/>
            <Assumption id=format!("assumption_{number}") checked=activity.assumption/>
        }
    };
    view! {
        <section class="panel" aria-labelledby="catalogo-titolo">
            <h2 class="panel__title" id="catalogo-titolo">"Catalogo delle attività"</h2>
            <div class="form-grid">
                {(1..).zip(ACTIVITY_FIELDS.into_iter().zip(typed.activities)).map(fields).collect_view()}
                <h3>"Valore"</h3>
                <TextField name=DraftField::Rate.as_str() label=DraftField::Rate.label() value=typed.rate problems required=true hint="Come 40,00."/>
            </div>
        </section>
    }
}

#[component]
fn Assumption(id: String, checked: RwSignal<bool>) -> impl IntoView {
    let control = NodeRef::<html::Input>::new();
    browser::bind_checked(control, checked, checked.get_untracked());
    view! {
        <div class="field field--wide">
            <div class="form-check">
                <input type="checkbox" id=id.clone() checked=checked.get_untracked() node_ref=control on:change=move |event| checked.set(event_target_checked(&event))/>
                <label for=id>"Nome e ore sono un'ipotesi, non da un testo ufficiale"</label>
            </div>
        </div>
    }
}

#[component]
fn Lists(typed: Typed, problems: Signal<Vec<FieldProblem>>) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="giorni-titolo">
            <h2 class="panel__title" id="giorni-titolo">"Festivi e santi patroni"</h2>
            <div class="form-grid">
                <TextArea name=DraftField::AddedHolidays.as_str() label=DraftField::AddedHolidays.label() value=typed.added_holidays problems
                    hint="Solo quelli di una legge nuova, uno per riga: giorno/mese; nome; legge. Come «4/11; Unità nazionale; L. 1/2030»."/>
                <TextArea name=DraftField::PatronSaints.as_str() label=DraftField::PatronSaints.label() value=typed.patron_saints problems rows=8
                    hint="Uno per riga: comune; giorno/mese; nome. Come «Padova; 13/6; Sant'Antonio»."/>
            </div>
        </section>
    }
}

/// The confirmation, and the way to the page with the new version.
#[component]
fn Publish(
    open: RwSignal<bool>,
    draft: Memo<RulebookDraft>,
    preview: Memo<Option<Preview>>,
    follows: NaiveDate,
    refresh: Callback<()>,
) -> impl IntoView {
    let command = Command::new();
    let (notices, navigate) = (Notices::get(), use_navigate());
    let first_day = move || draft.with(|draft| draft.valid_from.parse::<NaiveDate>().ok());
    let confirm = Callback::new(move |()| {
        let (draft, day, navigate) = (draft.get_untracked(), untrack(first_day), navigate.clone());
        command.run(
            move |key| api::rulebook::publish(NewVersion { key, follows, draft }),
            move |()| {
                open.set(false);
                notices.say("Versione pubblicata.");
                navigate(&day.map_or_else(paths::rulebook, paths::rulebook_version), NavigateOptions::default());
            },
        );
    });
    let total = move || preview.with(|preview| preview.as_ref().map(|preview| preview.total));
    view! {
        <ConfirmDialog id="pubblica" title="Pubblica la versione".to_owned() open danger=true command confirm="Pubblica".to_owned() on_confirm=confirm on_refresh=refresh
            consequence="Una versione pubblicata non si cambia e non si toglie più: si può solo farla seguire da un'altra.".to_owned()>
            <Facts class="facts--compact">
                <Fact term="In vigore dal">{move || first_day().map(date_long)}</Fact>
                <Fact term="Fonte">{move || draft.with(|draft| draft.citation.clone())}</Fact>
                <Fact term="Erogazioni che cambiano esito">{total}</Fact>
            </Facts>
            <Notice><p>"Chi pianifica dopo la pubblicazione vede subito gli esiti della nuova versione per le date in cui vale."</p></Notice>
        </ConfirmDialog>
    }
}
