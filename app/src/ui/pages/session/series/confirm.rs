//! The one confirmation of a series, and the command: all sessions are entered or none.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    planning::{Planning, row_id},
    rows::Series,
};
use crate::{
    api,
    domain::{activity::ActivityPage, rulebook::Refusal, session::NewSeries, text},
    ui::{
        browser::focus_by_id,
        components::{ConfirmDialog, Fact, Facts, Findings, Notices, once_each, sessions_in_words},
        forms::{Choice, Command, Sent, SentMany},
        paths,
    },
};

/// The dialog; it opens and closes with `open`.
#[component]
pub fn ConfirmSeries(
    /// The activity's data.
    page: ActivityPage,
    /// The series.
    planning: Planning,
    /// Who delivers it.
    coach: RwSignal<String>,
    /// The coaches with their names.
    coaches: Signal<Vec<Choice>>,
    /// The note of all of them.
    note: RwSignal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Why nothing was entered.
    stopped: RwSignal<Option<String>>,
    /// Asks for the facts anew.
    on_refused: Callback<()>,
) -> impl IntoView {
    let (dossier, activity) = (page.dossier, page.activity.code);
    let (command, notices, navigate) = (Command::new(), Notices::get(), use_navigate());
    let asked = RwSignal::new(Vec::<Refusal>::new());
    // What the server asked about was about the series of that attempt.
    Effect::new(move |_| {
        if open.get() {
            asked.set(Vec::new());
        }
    });
    let warns = Signal::derive(move || match asked.get() {
        asked if asked.is_empty() => planning.verdicts.with(|verdicts| once_each(verdicts.values().flat_map(|verdict| &verdict.warns))),
        asked => asked,
    });
    let refuse = move |days: &[NaiveDate], places: Vec<(usize, Refusal)>| {
        for (place, refusal) in places {
            if let Some(day) = days.get(place) {
                planning.change(*day, |row| row.refused.push(refusal));
            }
        }
        let refused = planning.series.with_untracked(|series| series.as_ref().map(Series::refused)).unwrap_or_default();
        stopped.set(Some(format!(
            "Nessuna erogazione è stata inserita: {} da sistemare. Sposta o togli quelle segnate, poi riprova.",
            sessions_in_words(refused.len())
        )));
        open.set(false);
        on_refused.run(());
        if let Some(first) = refused.first() {
            focus_by_id(&row_id(*first));
        }
    };
    let send = Callback::new(move |()| {
        let Some((days, sessions)) =
            planning.series.with_untracked(|series| series.as_ref().map(|series| series.to_send(note.get_untracked().trim())))
        else {
            return;
        };
        let confirmed = warns.with_untracked(|warns| !warns.is_empty());
        let navigate = navigate.clone();
        command.run(
            move |key| async move { SentMany::of(api::session::enter_series(NewSeries { key, dossier, activity, sessions, confirmed }).await) },
            move |answer| match answer {
                SentMany::Sent(Sent::Done(entered)) => {
                    open.set(false);
                    notices.say(if entered.len() == 1 { "1 erogazione inserita.".to_owned() } else { format!("{} inserite.", sessions_in_words(entered.len())) });
                    navigate(&paths::activity(dossier, activity), NavigateOptions::default());
                }
                SentMany::Sent(Sent::Ask(mut refusals)) => {
                    refusals.dedup();
                    asked.set(refusals);
                }
                SentMany::Refused(places) => refuse(&days, places),
            },
        );
    });
    let sum = planning.sum;
    let name = move || {
        let id = coach.get();
        coaches.with(|coaches| coaches.iter().find(|choice| choice.value == id).map(|choice| choice.label.clone()))
    };
    let period = move || {
        let (first, last) = planning.series.with(|series| series.as_ref().and_then(Series::period))?;
        Some(if first == last { text::date_long(first) } else { format!("{} - {}", text::date_long(first), text::date_long(last)) })
    };
    view! {
        <ConfirmDialog
            id="serie"
            title="Inserisci la serie".to_owned()
            open
            consequence="Le erogazioni vengono inserite tutte insieme, o nessuna.".to_owned()
            confirm=Signal::derive(move || format!("Inserisci {}", sessions_in_words(sum.get().sessions)))
            command
            on_confirm=send
        >
            <Facts class="facts--compact">
                <Fact term="Operatore">{name}</Fact>
                <Fact term="Periodo">{period}</Fact>
                <Fact term="Erogazioni">{move || sum.get().sessions}</Fact>
                <Fact term="Ore">{move || text::hours(sum.get().minutes)}</Fact>
            </Facts>
            <Findings blocks=Signal::stored(Vec::new()) warns/>
        </ConfirmDialog>
    }
}
