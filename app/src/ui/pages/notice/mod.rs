//! Avvisi: what still waits, day by day, and what of it was read.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    api,
    domain::{
        agenda::{NoticeAbout, NoticeKind, NoticeList, NoticeRow},
        ids::NoticeId,
        text::date_long,
        time::LocalInstant,
    },
    ui::{
        browser,
        components::{ActionButton, EmptyState, Icon, Loaded, PageHead},
        forms::{Command, CommandProblem, ListFoot, More},
        layout::Unread,
        paths,
    },
};

const TITLE: &str = "Avvisi";

/// `/avvisi`.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let list = Resource::new(|| (), |()| api::notice::list(None));
    view! { <Loaded resource=list view=|list: NoticeList| view! { <Inbox list/> }/> }.into_any()
}

/// A notice on the page, which may be marked while it stands there.
#[derive(Clone)]
struct Shown {
    row: NoticeRow,
    unread: RwSignal<bool>,
}

impl From<NoticeRow> for Shown {
    fn from(row: NoticeRow) -> Self {
        Self { unread: RwSignal::new(row.unread), row }
    }
}

#[component]
fn Inbox(list: NoticeList) -> impl IntoView {
    let NoticeList { page, unread, now } = list;
    let total = page.total;
    let unread = RwSignal::new(unread);
    let shown = RwSignal::new(page.rows.into_iter().map(Shown::from).collect::<Vec<_>>());
    let has_more = page.next.is_some();
    let (all, more) = (Command::new(), More::after(page.next));
    let read_all = Callback::new(move |()| {
        all.run(
            move |_| api::notice::read_all(now),
            move |()| {
                shown.with_untracked(|shown| shown.iter().for_each(|shown| shown.unread.set(false)));
                unread.set(0);
                Unread::count_anew();
                browser::focus_content();
            },
        );
    });
    let load_more = Callback::new(move |()| {
        more.load(
            shown,
            |shown| shown.row.id,
            async move |after| {
                api::notice::list(after).await.map(|list| (list.page.rows.into_iter().map(Shown::from).collect(), list.page.next))
            },
        );
    });
    let one_read = Callback::new(move |()| {
        unread.update(|unread| *unread = unread.saturating_sub(1));
        Unread::count_anew();
    });
    let trail = vec![("Cruscotto".to_owned(), Some(paths::home())), (TITLE.to_owned(), None)];
    if total == 0 {
        return view! {
            <PageHead title=TITLE breadcrumb=trail/>
            <EmptyState icon="af-bell" title="Nessun avviso">
                <p>"Qui compaiono le scadenze che si avvicinano: richieste da decidere, erogazioni da regolarizzare, voucher che terminano."</p>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <PageHead title=TITLE breadcrumb=trail>
            {move || (unread.get() > 0).then(|| view! {
                <ActionButton class="btn btn-outline-primary btn-sm" pending=all.pending() on_press=read_all>"Segna tutti come letti"</ActionButton>
            })}
        </PageHead>
        <div class="stack">
            <p class="muted" role="status">{move || count_line(total, unread.get())}</p>
            <CommandProblem command=all/>
            {move || shown.with(|shown| {
                shown.chunk_by(|one, other| one.row.raised_on == other.row.raised_on).map(|day| view! { <Day day=day.to_vec() now one_read/> }).collect_view()
            })}
            {has_more.then(|| view! { <ListFoot more shown=Signal::derive(move || shown.with(Vec::len)) total on_more=load_more/> })}
        </div>
    }
    .into_any()
}

/// `12 avvisi · 3 non letti`.
fn count_line(total: u64, unread: u64) -> String {
    let total = if total == 1 { "1 avviso".to_owned() } else { format!("{total} avvisi") };
    match unread {
        0 => format!("{total} · nessuno da leggere"),
        1 => format!("{total} · 1 non letto"),
        _ => format!("{total} · {unread} non letti"),
    }
}

/// The notices raised on one day.
#[component]
fn Day(day: Vec<Shown>, now: LocalInstant, one_read: Callback<()>) -> impl IntoView {
    let on = day.first().map(|shown| shown.row.raised_on).unwrap_or_default();
    let heading = format!("avvisi-{on}");
    view! {
        <section class="inbox" aria-labelledby=heading.clone()>
            <h2 class="inbox__day" id=heading.clone()>{day_in_words(on, now.today())}</h2>
            <ul>{day.into_iter().map(|shown| view! { <Line shown now one_read/> }).collect_view()}</ul>
        </section>
    }
}

/// `Oggi, lun 23 nov 2026`.
fn day_in_words(on: NaiveDate, today: NaiveDate) -> String {
    let date = date_long(on);
    if on == today {
        format!("Oggi, {date}")
    } else if Some(on) == today.pred_opt() {
        format!("Ieri, {date}")
    } else {
        date
    }
}

#[component]
fn Line(shown: Shown, now: LocalInstant, one_read: Callback<()>) -> impl IntoView {
    let Shown { row: NoticeRow { id, about, .. }, unread } = shown;
    let command = Command::new();
    let (anchor, subject, today) = (anchor(id), about.subject(), now.today());
    let link = anchor.clone();
    let read = Callback::new(move |()| {
        let link = link.clone();
        command.run(
            move |_| api::notice::read(id),
            move |()| {
                unread.set(false);
                one_read.run(());
                // The button is gone: whoever goes on by keyboard goes on here.
                browser::focus_by_id(&link);
            },
        );
    });
    let label = format!(" l'avviso su {subject}");
    view! {
        <li class="inbox__item" class:inbox__item--unread=move || unread.get()>
            <p class="inbox__kind">
                <Icon name=icon(about.kind()) size="icon--sm"/>{about.kind().label()}
                {move || unread.get().then(|| view! { <span class="inbox__new">"Non letto"</span> })}
            </p>
            <a class="inbox__link" id=anchor href=href(&about)>{subject}</a>
            <p class="inbox__sentence" class:inbox__sentence--urgent=about.is_urgent(today)>{about.sentence(today)}</p>
            <CommandProblem command summary=format!("riepilogo-{id}")/>
            {move || unread.get().then(|| {
                let label = label.clone();
                view! {
                    <div class="inbox__act">
                        <ActionButton class="btn btn-link btn-xs" pending=command.pending() on_press=read>
                            "Segna come letto"<span class="visually-hidden">{label}</span>
                        </ActionButton>
                    </div>
                }
            })}
        </li>
    }
}

fn anchor(id: NoticeId) -> String {
    format!("avviso-{id}")
}

fn icon(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::RequestTerm => "af-hourglass",
        NoticeKind::OpenSession => "it-calendar",
        NoticeKind::VoucherEnd => "it-clock",
        NoticeKind::Refusals => "it-close-circle",
    }
}

/// Where it is acted on.
fn href(about: &NoticeAbout) -> String {
    match about {
        NoticeAbout::Request { id, .. } => paths::request(*id),
        NoticeAbout::Session { id, dossier, activity, .. } => paths::session_in_activity(*dossier, *activity, *id),
        NoticeAbout::Voucher { dossier, .. } => paths::dossier(*dossier),
        NoticeAbout::Refusals { on, .. } => paths::refusals_between(&on.to_string(), &on.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_says_how_many_are_left_to_read() {
        assert_eq!(
            [(12, 3), (1, 1), (2, 0)].map(|(total, unread)| count_line(total, unread)),
            ["12 avvisi · 3 non letti", "1 avviso · 1 non letto", "2 avvisi · nessuno da leggere"]
        );
    }

    #[test]
    fn today_and_yesterday_are_called_so() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let words = |on| day_in_words(day(on), day("2026-12-01"));
        assert_eq!(
            [words("2026-12-01"), words("2026-11-30"), words("2026-11-29")],
            ["Oggi, mar 1 dic 2026", "Ieri, lun 30 nov 2026", "dom 29 nov 2026"]
        );
    }
}
