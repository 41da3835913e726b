//! The grid on screen: rows of half hours, columns of days or coaches. One cell has the tab stop and the arrows move it; only the columns
//! that are seen are drawn, after an empty one that keeps their place.

use leptos::{ev, html, prelude::*};

use super::{
    blocks::Blocks,
    board::{Board, GRID, cell_id, cell_named, session_named},
    moving::Move,
    words,
};
use crate::{
    domain::{
        agenda::{
            Calendar,
            grid::{Cell, Grid, Key},
        },
        ids::SessionId,
        text,
    },
    ui::browser::{Alive, focus, pointer},
};

/// The width of a column of many, in rem: `.agenda--wide` of the stylesheet.
const WIDTH: usize = 10;
/// The width of the hours beside them, in tenths of a rem: `--hour-width` of the stylesheet.
const HOURS: usize = 35;

/// The grid.
#[component]
pub fn AgendaGrid(board: Board, moving: Move) -> impl IntoView {
    let region = NodeRef::<html::Div>::new();
    let measure = move || {
        if let Some((scrolled, shown, whole)) = pointer::scrolled(region) {
            board.draw(board.grid(|grid| grid.seen(scrolled, shown, whole)));
        }
    };
    let alive = Alive::get();
    Effect::new(move |_| {
        if alive.get() && region.get().is_some() {
            reveal_today(board, region);
            measure();
            board.drawn();
        }
    });
    Effect::new(move |_| {
        board.track();
        let active = board.active();
        if alive.get() {
            focus::move_tab_stop(GRID, &cell_id(active));
        }
    });
    let (rows, all, fits) = board.grid(|grid| (grid.rows(), grid.columns().len(), grid.fits()));
    let room = {
        let tenths = all * WIDTH * 10 + HOURS;
        format!("{}.{}rem", tenths / 10, tenths % 10)
    };
    let class = match all {
        1 => "agenda agenda--one",
        _ if fits => "agenda",
        _ => "agenda agenda--wide",
    };
    let label = board.calendar(|calendar| format!("Agenda: {}, {}", words::whose(calendar), words::period(calendar.view, calendar.on)));
    view! {
        <p class="visually-hidden" id="agenda-aiuto">
            "Le frecce cambiano orario e colonna, Pagina su e Pagina giù il periodo. Invio apre l'erogazione o, su un orario libero, ne prepara una nuova. \
             M sposta un'erogazione inserita."
        </p>
        <div class=class node_ref=region on:scroll=move |_| measure()>
            <div class="agenda__grid" role="grid" id=GRID tabindex=move || if board.is_active_drawn() { "-1" } else { "0" } aria-label=label aria-describedby="agenda-aiuto" aria-rowcount=rows + 1 aria-colcount=all + 1
                on:keydown=move |event| keys(&event, board, moving)
                on:focusin=move |event| if let Some(cell) = cell_under(&event) { board.heed(cell) }
                on:click=move |event| press(&event, board, moving)
                on:dblclick=move |event| if let (Some(cell), None) = (cell_under(&event), session_under(&event)) { board.open(cell) }
                on:pointerdown=move |event| if let Some(id) = session_under(&event) { moving.grab(&event, id) }
                on:pointermove=move |event| moving.drag(&event) on:pointerup=move |_| moving.drop() on:pointercancel=move |_| moving.cancel_drag()>
                {(!fits).then(|| view! { <svg class="agenda__room" width=room aria-hidden="true"></svg> })}
                <div class="agenda__row agenda__row--head" role="row" aria-rowindex="1">
                    <span class="agenda__hour" role="columnheader" aria-colindex="1"><span class="visually-hidden">"Orario"</span></span>
                    <Beside board/>
                    <For each=move || board.seen() key=move |column| board.key(*column) let:column><Head board column/></For>
                </div>
                {(0..rows).map(|row| view! { <Row board row/> }).collect_view()}
                <Blocks board moving/>
            </div>
        </div>
    }
}

/// The cell of an event. The grid listens for all of them: hundreds of cells come and go while it scrolls.
fn cell_under(event: &ev::Event) -> Option<Cell> {
    cell_named(&pointer::id_around(event, ".agenda__cell")?)
}

/// The session of an event.
fn session_under(event: &ev::Event) -> Option<SessionId> {
    session_named(&pointer::id_around(event, ".appointment")?)
}

/// A click opens a session, or gives the focus to a cell; the end of a drag is neither.
fn press(event: &ev::Event, board: Board, moving: Move) {
    if moving.was_dragged() || moving.is_on() {
        return;
    }
    match session_under(event).and_then(|id| board.cell_of(id)) {
        Some(cell) => board.open(cell),
        None => {
            if let Some(cell) = cell_under(event) {
                board.go(cell);
            }
        }
    }
}

/// Scrolls a wide grid to today's first column.
fn reveal_today(board: Board, region: NodeRef<html::Div>) {
    let part = board.both(|calendar, grid| {
        let columns = grid.columns();
        let today = columns.iter().position(|column| column.on == calendar.now.today()).filter(|_| !grid.fits())?;
        let count = |columns: usize| u32::try_from(columns).map_or(0.0, f64::from);
        Some(count(today) / count(columns.len()).max(1.0))
    });
    if let Some(part) = part.filter(|part| *part > 0.0) {
        pointer::scroll_sideways(region, part);
    }
}

/// What a key does: moves the active cell or the session that is being moved, opens, plans.
fn keys(event: &ev::KeyboardEvent, board: Board, moving: Move) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let cell = untrack(|| board.active());
    let name = event.key();
    if moving.is_on() {
        match (name.as_str(), Key::named(&name)) {
            ("Enter", _) => moving.ask(),
            ("Escape", _) => moving.give_up(),
            (_, Some(key)) => moving.shift(key),
            _ => return,
        }
    } else {
        match (name.as_str(), Key::named(&name)) {
            ("Enter" | " ", _) => board.open(cell),
            ("n" | "N", _) => board.plan(cell),
            ("m" | "M", _) => moving.start_in(cell),
            (_, Some(key)) => {
                if let Some(step) = board.grid(|grid| Some(grid.step(cell, key))) {
                    board.step(step);
                }
            }
            _ => return,
        }
    }
    event.prevent_default();
}

/// The room of the columns before those that are drawn. Its width is a drawing's: pages have no styles of their own.
#[component]
pub fn Beside(board: Board) -> impl IntoView {
    let width = move || format!("{}rem", board.seen().start * WIDTH);
    (!board.grid(Grid::fits)).then(|| view! { <svg class="agenda__beside" width=width height="1" aria-hidden="true"></svg> })
}

/// The head of a column.
#[component]
fn Head(board: Board, column: usize) -> impl IntoView {
    board.both(|calendar, grid| {
        let found = grid.columns().get(column).copied()?;
        let (main, more) = words::column(calendar, found);
        let today = found.on == calendar.now.today();
        Some(view! {
            <div class="agenda__head" class:agenda__head--today=today role="columnheader" aria-colindex=column + 2>
                {main}{more.map(|more| view! { <span class="agenda__more">{more}</span> })}
            </div>
        })
    })
}

/// Half an hour of all columns.
#[component]
fn Row(board: Board, row: usize) -> impl IntoView {
    let time = board.grid(|grid| text::time_hm(grid.time(row)));
    // Whole hours are enough for the eye.
    let (row_class, time_class) =
        if time.ends_with(":00") { ("agenda__row", "") } else { ("agenda__row agenda__row--half", "visually-hidden") };
    view! {
        <div class=row_class role="row" aria-rowindex=row + 2>
            <span class="agenda__hour" role="rowheader" aria-colindex="1"><span class=time_class>{time}</span></span>
            <Beside board/>
            <For each=move || board.seen() key=move |column| board.key(*column) let:column><Half board cell=Cell { column, row }/></For>
        </div>
    }
}

/// One cell. It says what is there, and is itself empty: hundreds come and go while a wide agenda scrolls, so none follows a signal.
#[component]
fn Half(board: Board, cell: Cell) -> impl IntoView {
    let look = |calendar: &Calendar, grid: &Grid| {
        let on = grid.columns().get(cell.column).map(|column| column.on);
        (words::cell(calendar, grid, cell), on.is_some_and(|on| words::holiday(calendar, on).is_some()))
    };
    let (label, festive) = board.both(look);
    let class = if festive { "agenda__cell agenda__cell--festive" } else { "agenda__cell" };
    let stop = if untrack(|| board.active()) == cell { "0" } else { "-1" };
    view! { <div class=class role="gridcell" id=cell_id(cell) aria-colindex=cell.column + 2 tabindex=stop aria-label=label></div> }
}
