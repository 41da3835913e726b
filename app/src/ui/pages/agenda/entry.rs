//! Nuova erogazione from a free hour: asks for the person and the activity where the agenda does not say them, and opens the form filled in.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    board::{Asked, Board},
    sheet::Sheet,
    toolbar::choice,
    words,
};
use crate::{
    api::{self, ApiError},
    domain::{
        agenda::{ActivityChoice, Whose},
        ids::{CoachId, OpalId},
        rulebook::{ActivityCode, FieldProblem, Rule},
        text,
        time::{Span, minute_of_day},
    },
    ui::{
        components::{ActionButton, Fact, Facts, Notice},
        forms::{Choice, SelectField},
        paths,
    },
};

/// Length of a session whose start was picked, in minutes.
const PICKED: u32 = 60;

/// The dialog that leads to the form.
#[component]
pub fn NewEntry(board: Board) -> impl IntoView {
    let cell = Memo::new(move |_| match board.asked.get() {
        Some(Asked::New(cell)) => Some(cell),
        _ => None,
    });
    let picked = Memo::new(move |_| cell.get().and_then(|cell| board.grid(|grid| grid.span(cell))).and_then(lengthened));
    let coach = Memo::new(move |_| {
        board.both(|calendar, grid| match calendar.whose {
            Whose::Coach(id) => Some(id),
            Whose::Site | Whose::Dossier(_) => grid.columns().get(cell.get()?.column)?.coach,
        })
    });
    // The dossier that the agenda is of, which needs no choice.
    let known = Memo::new(move |_| {
        board.track();
        board.calendar(|calendar| calendar.dossier.clone())
    });
    let (dossier, activity) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let dossiers = RwSignal::new(Vec::<Choice>::new());
    let activities = RwSignal::new(None::<Vec<ActivityChoice>>);
    let failed = RwSignal::new(None::<ApiError>);
    let tried = RwSignal::new(false);
    let is_open = move || cell.get().is_some();

    Effect::new(move |_| {
        if is_open() {
            tried.set(false);
            failed.set(None);
            if let Some(known) = known.get_untracked() {
                dossier.set(known.id.to_string());
                return;
            }
            spawn_local(async move {
                match api::calendar::dossiers().await {
                    Ok(found) => _ = dossiers.try_set(found.iter().map(choice).collect()),
                    Err(error) => _ = failed.try_set(Some(error)),
                }
            });
        }
    });
    Effect::new(move |_| {
        let chosen: Option<OpalId> = dossier.get().parse().ok();
        activities.set(None);
        activity.set(String::new());
        let Some(chosen) = chosen.filter(|_| is_open()) else { return };
        spawn_local(async move {
            let found = api::calendar::activities(chosen).await;
            // An answer to an older question is dropped.
            if dossier.try_get_untracked() != Some(chosen.to_string()) {
                return;
            }
            match found {
                Ok(found) => activities.set(Some(found)),
                Err(error) => failed.set(Some(error)),
            }
        });
    });

    let choices = Signal::derive(move || {
        activities
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|activity| Choice::new(activity.code.as_str(), activity.name))
            .collect::<Vec<_>>()
    });
    let none_left = move || activities.with(|activities| activities.as_ref().is_some_and(Vec::is_empty));
    let problems = Signal::derive(move || {
        let missing = |name: &str, value: RwSignal<String>, sentence: &str| {
            value.with(String::is_empty).then(|| FieldProblem::new(name, Rule::R15, sentence.to_owned()))
        };
        let found = [missing("persona", dossier, "Scegli la persona."), missing("attivita", activity, "Scegli l'attività.")];
        if tried.get() { found.into_iter().flatten().collect() } else { Vec::new() }
    });
    let navigate = use_navigate();
    let go = Callback::new(move |()| {
        tried.set(true);
        let chosen: Option<(OpalId, ActivityCode)> = dossier.get_untracked().parse().ok().zip(activity.get_untracked().parse().ok());
        if let (Some((dossier, activity)), Some(span)) = (chosen, picked.get_untracked()) {
            let form = paths::new_session_at(dossier, activity, coach.get_untracked(), span);
            board.asked.set(None);
            navigate(&form, NavigateOptions::default());
        }
    });
    let close = Callback::new(move |()| {
        if cell.get_untracked().is_some() {
            board.asked.set(None);
        }
    });
    let coach_name = move |id: CoachId| board.calendar(|calendar| calendar.coach_name(id).to_owned());
    view! {
        <Sheet id="nuova" title=Signal::stored("Nuova erogazione".to_owned()) open=Signal::derive(is_open) on_close=close
            actions=move || view! { <ActionButton on_press=go>"Continua"</ActionButton> }>
            <Facts class="facts--compact">
                <Fact term="Data">{move || picked.get().map(|span| text::date_long(span.on()))}</Fact>
                <Fact term="Orario">{move || picked.get().map(words::times)}</Fact>
                {move || coach.get().filter(|_| is_open()).map(|id| view! { <Fact term="Operatore">{coach_name(id)}</Fact> })}
                {move || known.get().filter(|_| is_open()).map(|known| view! { <Fact term="Persona">{known.person.full()}</Fact> })}
            </Facts>
            {move || (is_open() && known.get().is_none()).then(|| view! { <SelectField name="persona" label="Persona" value=dossier choices=dossiers problems required=true/> })}
            <SelectField name="attivita" label="Attività" value=activity choices problems required=true/>
            {move || none_left().then(no_activity)}
            {move || failed.get().map(|error| view! { <Notice kind="error"><p>{error.sentence()}</p></Notice> })}
        </Sheet>
    }
}

/// From the start of a half hour, as long as a session is at first.
fn lengthened(half: Span) -> Option<Span> {
    let end = (minute_of_day(half.from()) + PICKED).min(24 * 60 - 1);
    Span::new(half.on(), half.from(), chrono::NaiveTime::from_num_seconds_from_midnight_opt(end * 60, 0)?)
}

/// Why there is no activity to choose.
fn no_activity() -> impl IntoView {
    let why = "Nessuna attività di questo fascicolo accoglie erogazioni: è terminata, le ore sono finite o il voucher è chiuso.";
    view! { <Notice kind="warn"><p>{why}</p></Notice> }
}
