//! The sessions of an activity, week by week, with what may be done to each.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    act::Act,
    bulk::{Pick, Picked},
};
use crate::{
    domain::{
        activity::{ActivityPage, WeekHours},
        session::{Action, SessionRow, SessionState},
        text,
        time::Week,
    },
    ui::{
        browser::{focus_by_id, scroll_into_view},
        components::{ActionButton, Icon, Notices, StateBadge, week_days},
        paths,
    },
};

/// All sessions, oldest week first.
#[component]
pub fn Sessions(
    /// The page's data.
    page: ActivityPage,
    /// Which are chosen, where several can be.
    picked: Option<Picked>,
    /// Hears which action was asked for.
    on_act: Callback<Act>,
) -> impl IntoView {
    let ActivityPage { sessions, weeks: hours, may_enter, now, .. } = page;
    let today = now.today();
    // Who comes for one session finds it; a row that was just changed has the focus already.
    let (notices, hash) = (Notices::get(), use_location().hash);
    let anchors: Vec<_> = sessions.iter().map(|row| paths::session_anchor(row.id)).collect();
    Effect::new(move |_| {
        let wanted = hash.get_untracked();
        let wanted = wanted.trim_start_matches('#');
        let is_fresh = untrack(|| anchors.iter().any(|anchor| notices.is_fresh(anchor)));
        if !is_fresh && anchors.iter().any(|anchor| anchor == wanted) {
            scroll_into_view(wanted);
        }
    });
    // The server sends them by date: a week is a run of rows.
    let weeks: Vec<(Week, Vec<SessionRow>)> = sessions
        .chunk_by(|a, b| Week::of(a.span.on()) == Week::of(b.span.on()))
        .filter_map(|rows| Some((Week::of(rows.first()?.span.on()), rows.to_vec())))
        .collect();
    weeks
        .into_iter()
        .map(|(week, rows)| {
            let taken = hours.iter().find(|hours| hours.monday == week.monday());
            let taken = taken.map(|WeekHours { minutes, cap, .. }| format!("{} di {}", text::hours(*minutes), text::hours(*cap)));
            let id = format!("settimana-{}", week.monday());
            let items = rows
                .into_iter()
                .map(|row| {
                    let old = row.replaces.and_then(|old| sessions.iter().find(|other| other.id == old)).cloned();
                    view! { <SessionItem row old may_enter today picked on_act/> }
                })
                .collect_view();
            let heading = id.clone();
            view! {
                <section class="session-week" aria-labelledby=heading>
                    <h3 class="session-week__head" id=id>
                        "Settimana "{week.number()}" "
                        <span>{week_days(week)}</span>
                        " "
                        <span class="session-week__total">
                            <span class="visually-hidden">"ore della persona nella settimana: "</span>
                            {taken}
                        </span>
                    </h3>
                    <ul class=if picked.is_some() { "session-list session-list--pick" } else { "session-list" }>{items}</ul>
                </section>
            }
        })
        .collect_view()
}

#[component]
fn SessionItem(
    row: SessionRow,
    old: Option<SessionRow>,
    may_enter: bool,
    today: NaiveDate,
    picked: Option<Picked>,
    on_act: Callback<Act>,
) -> impl IntoView {
    let id = row.id;
    let anchor = paths::session_anchor(id);
    let notices = Notices::get();
    let on = text::date_long(row.span.on());
    let times = format!("{}-{}", text::time_hm(row.span.from()), text::time_hm(row.span.to()));
    let ended = matches!(row.state, SessionState::Cancelled | SessionState::NotDelivered);
    let edit = row.actions.contains(&Action::Modify).then(|| {
        let href = paths::edit_session(row.dossier, row.activity, id);
        view! { <a class="icon-button" href=href aria-label=format!("Modifica l'erogazione del {on}, {times}")><Icon name="it-pencil"/></a> }
    });
    let replan = (ended && !row.replaced && may_enter).then(|| {
        let href = paths::replan(row.dossier, row.activity, id);
        view! {
            <a class="btn btn-outline-primary btn-xs" href=href>"Ripianifica"<span class="visually-hidden">{format!(" l'erogazione del {on}")}</span></a>
        }
    });
    let buttons = row
        .actions
        .iter()
        .copied()
        .filter(|action| *action != Action::Modify)
        .map(|action| {
            let row = row.clone();
            let ends = matches!(action, Action::Cancel | Action::CloseNegative);
            let which = format!(", erogazione del {on}, {times}");
            let press = Callback::new(move |()| on_act.run(Act { action, row: row.clone() }));
            view! {
                <ActionButton class=if ends { "btn btn-outline-danger btn-xs" } else { "btn btn-primary btn-xs" } on_press=press>
                    {action.label()}<span class="visually-hidden">{which}</span>
                </ActionButton>
            }
        })
        .collect_view();
    let pick = picked.filter(|picked| picked.offers(id)).map(|picked| view! { <Pick picked id which=format!("{on}, {times}")/> });
    let state = row.state;
    let is_fresh = {
        let anchor = anchor.clone();
        Memo::new(move |_| notices.is_fresh(&anchor))
    };
    // Whoever changed it finds it again, also when the button pressed is gone.
    Effect::new({
        let anchor = anchor.clone();
        move |_| {
            if is_fresh.get() {
                focus_by_id(&anchor);
            }
        }
    });
    view! {
        <li class="session" class:session--off=ended class:flash=is_fresh id=anchor tabindex="-1">
            {pick}
            <div class="session__state">{edit}<StateBadge state/></div>
            <div class="session__when"><b>{on.clone()}</b>" "<span>{times.clone()}</span></div>
            <div class="session__hours">{text::hours(row.span.minutes())}</div>
            <div class="session__who">{row.coach_name.clone()}{remarks(&row, old, today)}</div>
            <div class="session__actions">{buttons}{replan}</div>
        </li>
    }
}

/// What else is known of the session, each remark on its own.
fn remarks(row: &SessionRow, old: Option<SessionRow>, today: NaiveDate) -> impl IntoView + use<> {
    let remark = |text: String| view! { <span class="session__note">{text}</span> };
    let day = |days: u32| if days == 1 { "1 giorno".to_owned() } else { format!("{days} giorni") };
    let late = row.late_days.map(|days| match days {
        0 => "Inserimento nel giorno stesso".to_owned(),
        days => format!("Inserimento tardivo di {}", day(days)),
    });
    // The seven days run from the session's own (R23).
    let open_until =
        (row.state.is_open() && row.span.on() <= today).then(|| format!("Da completare entro {}", text::date_long(row.last_day)));
    let instead_of = old.map(|old| {
        view! {
            <span class="session__note">
                "Sostituisce "<a href=format!("#{}", paths::session_anchor(old.id))>{format!("quella del {}", text::date_long(old.span.on()))}</a>
            </span>
        }
    });
    view! {
        {(!row.note.is_empty()).then(|| remark(row.note.clone()))}
        {row.description.clone().map(|text| remark(format!("Svolto: {text}")))}
        {row.end_reason.clone().map(|text| remark(format!("Motivo: {text}")))}
        {late.map(|text| view! { <span class="session__note"><span class="due due--soon">{text}</span></span> })}
        {open_until.map(remark)}
        {instead_of}
        {row.replaced.then(|| remark("Ripianificata".to_owned()))}
    }
}
