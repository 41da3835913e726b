//! Programma for several *inserite* at once: which are chosen, which of them fit, and the one command that programs these, all or none.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    api::{self, ApiError},
    domain::{
        activity::ActivityPage,
        ids::{OpalId, SessionId},
        rulebook::{ActivityCode, Refusal},
        session::{Action, Horizon, ManyScheduled, Proposal, SessionRow, Surroundings, judge_each},
        text,
    },
    ui::{
        components::{ActionButton, ConfirmDialog, Fact, Facts, Failure, Findings, Icon, Notice, Notices, once_each, sessions_in_words},
        forms::{Command, Sent, SentMany},
        paths,
    },
};

/// More sessions than these are folded away.
const FEW: usize = 6;

/// The sessions that are chosen, of those that can be.
#[derive(Clone, Copy)]
pub struct Picked {
    all: StoredValue<BTreeSet<SessionId>>,
    chosen: RwSignal<BTreeSet<SessionId>>,
}

impl Picked {
    /// None of those that this actor may program. A single one has its own button: there is nothing to choose then.
    pub fn of(page: &ActivityPage) -> Option<Self> {
        let all: BTreeSet<_> = page.sessions.iter().filter(|row| row.actions.contains(&Action::Schedule)).map(|row| row.id).collect();
        (all.len() > 1).then(|| Self { all: StoredValue::new(all), chosen: RwSignal::new(BTreeSet::new()) })
    }

    /// Whether it can be chosen.
    pub fn offers(self, id: SessionId) -> bool {
        self.all.with_value(|all| all.contains(&id))
    }

    /// Whether it is chosen.
    pub fn has(self, id: SessionId) -> bool {
        self.chosen.with(|chosen| chosen.contains(&id))
    }

    /// Chooses it, or not any more.
    pub fn set(self, id: SessionId, on: bool) {
        self.chosen.update(|chosen| {
            if on {
                chosen.insert(id);
            } else {
                chosen.remove(&id);
            }
        });
    }

    fn has_all(self) -> bool {
        self.chosen.with(|chosen| self.all.with_value(|all| chosen == all))
    }

    fn set_all(self, on: bool) {
        self.chosen.set(if on { self.all.get_value() } else { BTreeSet::new() });
    }
}

/// The box that chooses all of them.
#[component]
pub fn PickAll(picked: Picked) -> impl IntoView {
    view! {
        <label class="session-pick-all">
            <input type="checkbox" prop:checked=move || picked.has_all() on:change=move |event| picked.set_all(event_target_checked(&event))/>
            "Seleziona tutte le inserite"
        </label>
    }
}

/// The box of one session.
#[component]
pub fn Pick(picked: Picked, id: SessionId, which: String) -> impl IntoView {
    view! {
        <label class="session__pick">
            <input type="checkbox" prop:checked=move || picked.has(id) on:change=move |event| picked.set(id, event_target_checked(&event))/>
            <span class="visually-hidden">{format!("Seleziona l'erogazione del {which}")}</span>
        </label>
    }
}

/// What programming the chosen sessions would do.
#[derive(Clone, Debug, Default, PartialEq)]
struct Plan {
    /// They are programmed.
    fits: Vec<SessionRow>,
    /// They are not, and why.
    left: Vec<(SessionRow, Vec<Refusal>)>,
    /// What wants a confirmation.
    warns: Vec<Refusal>,
}

impl Plan {
    /// Each is judged as if those before it were programmed: the hours go to the first ones (R19).
    fn of(rows: Vec<SessionRow>, around: &Surroundings) -> Self {
        let proposals: Vec<_> = rows.iter().map(|row| Proposal::of(row.id, row.activity, row.coach, row.span, &row.note)).collect();
        let verdicts = judge_each(Action::Schedule, &proposals, around);
        let warns = once_each(verdicts.iter().filter(|verdict| verdict.allows()).flat_map(|verdict| &verdict.warns));
        let mut plan = Self { warns, ..Self::default() };
        for (row, verdict) in rows.into_iter().zip(verdicts) {
            if verdict.allows() {
                plan.fits.push(row);
            } else {
                plan.left.push((row, verdict.blocks.iter().map(Refusal::from).collect()));
            }
        }
        plan
    }

    /// Takes out what the server refused, by its index among those that were to fit.
    fn leave(&mut self, refused: &[(usize, Refusal)]) {
        for (place, row) in std::mem::take(&mut self.fits).into_iter().enumerate() {
            let why: Vec<_> = refused.iter().filter(|(refused, _)| *refused == place).map(|(_, refusal)| refusal.clone()).collect();
            if why.is_empty() {
                self.fits.push(row);
            } else {
                self.left.push((row, why));
            }
        }
    }

    fn minutes(&self) -> u32 {
        self.fits.iter().map(|row| row.span.minutes()).sum()
    }
}

/// The bar with what is chosen, and the dialog that programs it; the facts are asked for anew each time.
#[component]
pub fn Bulk(
    /// The page's data.
    page: ActivityPage,
    /// What is chosen.
    picked: Picked,
    /// Loads the page's data anew.
    on_change: Callback<()>,
) -> impl IntoView {
    let sessions = StoredValue::new(page.sessions);
    let (dossier, activity) = (page.dossier, page.activity.code);
    let chosen = move || sessions.with_value(|rows| rows.iter().filter(|row| picked.has(row.id)).cloned().collect::<Vec<_>>());
    let (plan, open) = (RwSignal::new(Plan::default()), RwSignal::new(false));
    let (asking, failed) = (RwSignal::new(false), RwSignal::new(None::<ApiError>));
    let ask = Callback::new(move |()| {
        let rows = untrack(chosen);
        let Some((first, last)) = rows.first().zip(rows.last()).map(|(first, last)| (first.span.on(), last.span.on())) else { return };
        let coaches: BTreeSet<_> = rows.iter().map(|row| row.coach).collect();
        asking.set(true);
        failed.set(None);
        spawn_local(async move {
            let facts = api::session::surroundings(dossier, Horizon::days(coaches, first, last)).await;
            // Nothing is there to hear it when the page is gone.
            if asking.try_set(false).is_some() {
                return;
            }
            match facts {
                Ok(around) => {
                    plan.set(Plan::of(rows, &around));
                    open.set(true);
                }
                Err(error) => failed.set(Some(error)),
            }
        });
    });
    let rows = Memo::new(move |_| chosen());
    let is_any = Memo::new(move |_| rows.with(|rows| !rows.is_empty()));
    let count = move || rows.with(|rows| sessions_in_words(rows.len()));
    let hours = move || rows.with(|rows| text::hours(rows.iter().map(|row| row.span.minutes()).sum()));
    let bar = move || {
        is_any.get().then(|| {
            view! {
                <div class="bulk" role="group" aria-label="Erogazioni scelte">
                    <p class="bulk__count" role="status"><b>{count}</b>" · "<b>{hours}</b></p>
                    <div class="bulk__actions">
                        <ActionButton class="btn btn-primary btn-sm" pending=asking on_press=ask>"Programma "{count}</ActionButton>
                    </div>
                </div>
            }
        })
    };
    view! {
        {bar}
        {move || failed.get().map(|error| view! { <Failure error retry=ask/> })}
        <ScheduleDialog dossier activity plan open on_change/>
    }
}

/// The dialog: what is programmed, what is not and why; it opens and closes with `open`.
#[component]
fn ScheduleDialog(
    dossier: OpalId,
    activity: ActivityCode,
    plan: RwSignal<Plan>,
    open: RwSignal<bool>,
    on_change: Callback<()>,
) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    let refused = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            refused.set(false);
        }
    });
    let count = move || plan.with(|plan| plan.fits.len());
    let send = Callback::new(move |()| {
        let Plan { fits, warns, .. } = plan.get_untracked();
        let Some(first) = fits.first().map(|row| row.id) else {
            open.set(false);
            return;
        };
        let sessions = fits.iter().map(|row| (row.id, row.version)).collect();
        let confirmed = !warns.is_empty();
        refused.set(false);
        command.run(
            move |key| async move {
                SentMany::of(api::session::schedule_many(ManyScheduled { key, dossier, activity, sessions, confirmed }).await)
            },
            move |answer| match answer {
                SentMany::Sent(Sent::Done(())) => {
                    open.set(false);
                    notices.say(if fits.len() == 1 {
                        "1 erogazione programmata.".to_owned()
                    } else {
                        format!("{} programmate.", sessions_in_words(fits.len()))
                    });
                    notices.flash(paths::session_anchor(first));
                    on_change.try_run(());
                }
                SentMany::Sent(Sent::Ask(mut refusals)) => {
                    refusals.dedup();
                    plan.update(|plan| plan.warns = refusals);
                }
                SentMany::Refused(places) => {
                    plan.update(|plan| plan.leave(&places));
                    refused.set(true);
                }
            },
        );
    });
    let consequence = move || match count() {
        0 => "Nessuna delle erogazioni scelte può essere programmata.",
        1 => "Dopo la conferma l'erogazione è «programmata»: le sue ore sono impegnate e non è più modificabile.",
        _ => "Dopo la conferma le erogazioni sono «programmate»: le loro ore sono impegnate e non sono più modificabili.",
    };
    let confirm = move || match count() {
        0 => "Ho capito".to_owned(),
        count => format!("Programma {}", sessions_in_words(count)),
    };
    let left = move || {
        let left = plan.with(|plan| plan.left.clone());
        (!left.is_empty()).then(|| {
            let lines = left.into_iter().flat_map(|(row, why)| why.into_iter().map(move |refusal| format!("{}: {} ({})", when(&row), refusal.sentence, refusal.rule)));
            let lines = lines.map(|line| view! { <li class="verdict__block"><Icon name="it-close-circle"/><span>{line}</span></li> });
            view! { <section aria-label="Non rientrano"><h3 class="slots__title">"Non rientrano"</h3><ul class="verdict">{lines.collect_view()}</ul></section> }
        })
    };
    // Folded away when they are many: what does not fit must stay in sight.
    let fits = move || {
        let fits = plan.with(|plan| plan.fits.clone());
        let lines = fits.iter().map(|row| view! { <li class="verdict__ok"><Icon name="it-check-circle"/><span>{when(row)}</span></li> });
        (!fits.is_empty()).then(|| {
            view! {
                <details open=fits.len() <= FEW>
                    <summary>{format!("Da programmare: {}", fits.len())}</summary>
                    <ul class="verdict" aria-label="Da programmare">{lines.collect_view()}</ul>
                </details>
            }
        })
    };
    let warns = Signal::derive(move || plan.with(|plan| plan.warns.clone()));
    view! {
        <ConfirmDialog
            id="programmazione"
            title="Programma le erogazioni".to_owned()
            open
            consequence=Signal::derive(move || consequence().to_owned())
            confirm=Signal::derive(confirm)
            command
            on_confirm=send
            on_refresh=on_change
        >
            {move || refused.get().then(|| view! {
                <Notice kind="error"><p>"Nessuna erogazione è stata programmata: qualcosa è cambiato nel frattempo. Puoi programmare quelle che rientrano ancora."</p></Notice>
            })}
            <Facts class="facts--compact">
                <Fact term="Erogazioni">{move || plan.with(|plan| format!("{} di {}", plan.fits.len(), plan.fits.len() + plan.left.len()))}</Fact>
                <Fact term="Ore">{move || plan.with(|plan| text::hours(plan.minutes()))}</Fact>
            </Facts>
            {left}
            {fits}
            <Findings blocks=Signal::stored(Vec::new()) warns/>
        </ConfirmDialog>
    }
}

/// Which one it is.
fn when(row: &SessionRow) -> String {
    let (from, to) = (text::time_hm(row.span.from()), text::time_hm(row.span.to()));
    format!("{}, {from}-{to}, {}", text::date_long(row.span.on()), text::hours(row.span.minutes()))
}
