//! The grid on screen: rows of half hours, columns of days or coaches. One cell has the tab stop and the arrows move it; only the columns
//! that are seen are drawn, between two empty ones that keep the width.

use leptos::{ev, html, prelude::*};

use super::{
    board::{Board, GRID, cell_id, cell_named, session_id, session_named},
    moving::Move,
    words,
};
use crate::{
    domain::{
        agenda::{
            Calendar, Whose,
            grid::{Block, Cell, Grid, Item, Key},
        },
        ids::SessionId,
        text,
    },
    ui::{
        browser::{Alive, pointer},
        components::{Icon, Look, Notices},
    },
};

/// The width of a column of many, in rem: `.agenda--wide` of the stylesheet.
const WIDTH: usize = 10;
/// How many sessions can stand beside each other.
const LANES: usize = 4;

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
        }
    });
    let (rows, all, fits) = board.grid(|grid| (grid.rows(), grid.columns().len(), grid.fits()));
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
            <div class="agenda__grid" role="grid" id=GRID tabindex="-1" aria-label=label aria-describedby="agenda-aiuto" aria-rowcount=rows + 1 aria-colcount=all + 1
                on:keydown=move |event| keys(&event, board, moving)
                on:focusin=move |event| if let Some(cell) = cell_under(&event) { board.point(cell) }
                on:click=move |event| press(&event, board, moving)
                on:dblclick=move |event| if let (Some(cell), None) = (cell_under(&event), session_under(&event)) { board.open(cell) }
                on:pointerdown=move |event| if let Some(id) = session_under(&event) { moving.grab(&event, id) }
                on:pointermove=move |event| moving.drag(&event) on:pointerup=move |_| moving.drop() on:pointercancel=move |_| moving.cancel_drag()>
                <div class="agenda__row agenda__row--head" role="row" aria-rowindex="1">
                    <span class="agenda__hour" role="columnheader" aria-colindex="1"><span class="visually-hidden">"Orario"</span></span>
                    <Beside board before=true/>
                    <For each=move || board.seen.get() key=move |column| board.key(*column) let:column><Head board column/></For>
                    <Beside board before=false/>
                </div>
                {(0..rows).map(|row| view! { <Row board moving row/> }).collect_view()}
                <div class="agenda__surface" aria-hidden="true" node_ref=moving.surface></div>
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

/// The room of the columns that are not drawn, before or after those that are. Its width is a drawing's: pages have no styles of their own.
#[component]
fn Beside(board: Board, before: bool) -> impl IntoView {
    let (all, fits) = board.grid(|grid| (grid.columns().len(), grid.fits()));
    let width = move || {
        let columns = board.seen.with(|seen| if before { seen.start } else { all - seen.end.min(all) });
        format!("{}rem", columns * WIDTH)
    };
    (!fits).then(|| view! { <svg class="agenda__beside" width=width height="1" aria-hidden="true"></svg> })
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
fn Row(board: Board, moving: Move, row: usize) -> impl IntoView {
    let time = board.grid(|grid| text::time_hm(grid.time(row)));
    // Whole hours are enough for the eye.
    let (row_class, time_class) =
        if time.ends_with(":00") { ("agenda__row", "") } else { ("agenda__row agenda__row--half", "visually-hidden") };
    view! {
        <div class=row_class role="row" aria-rowindex=row + 2>
            <span class="agenda__hour" role="rowheader" aria-colindex="1"><span class=time_class>{time}</span></span>
            <Beside board before=true/>
            <For each=move || board.seen.get() key=move |column| board.key(*column) let:column><Half board moving cell=Cell { column, row }/></For>
            <Beside board before=false/>
        </div>
    }
}

/// One cell, with the sessions that begin in it.
#[component]
fn Half(board: Board, moving: Move, cell: Cell) -> impl IntoView {
    let look = |calendar: &Calendar, grid: &Grid| {
        let on = grid.columns().get(cell.column).map(|column| column.on);
        let festive = on.is_some_and(|on| words::holiday(calendar, on).is_some());
        let blocks: Vec<_> = grid.blocks(cell.column).iter().filter(|block| block.row == cell.row).copied().collect();
        (words::cell(calendar, grid, cell), festive, blocks)
    };
    let (label, festive, blocks) = board.both(look);
    view! {
        <div class="agenda__cell" class:agenda__cell--festive=festive role="gridcell" id=cell_id(cell) aria-colindex=cell.column + 2
            tabindex=move || if board.active() == cell { "0" } else { "-1" }>
            <span class="visually-hidden">{label}</span>
            {blocks.into_iter().map(|block| view! { <Appointment board moving block/> }).collect_view()}
            {move || moving.ghost(cell).map(|(block, refused)| {
                let class = format!("ghost{} {}", if refused { " ghost--refused" } else { "" }, placed(&block));
                view! { <div class=class aria-hidden="true">{words::times(block.span)}</div> }
            })}
        </div>
    }
}

/// A session, or time that is taken, in its cell. The cell says it in words; the block is for eyes and pointers.
#[component]
fn Appointment(board: Board, moving: Move, block: Block) -> impl IntoView {
    let Item::Session(at) = block.item else {
        let whose = board.calendar(|calendar| if matches!(calendar.whose, Whose::Dossier(_)) { "Persona impegnata" } else { "Impegnato" });
        return view! { <div class=format!("taken {}", placed(&block)) aria-hidden="true">{whose}</div> }.into_any();
    };
    let found = board.calendar(|calendar| calendar.sessions.get(at).map(|session| (session.clone(), words::title(calendar, session))));
    let Some((session, (title, detail))) = found else { return ().into_any() };
    let (notices, id, state) = (Notices::get(), session_id(session.id), session.state);
    let flash = id.clone();
    let look = Look::from(state);
    let class = format!("appointment {} {}", look.class(), placed(&block));
    view! {
        <div class=class class:flash=move || notices.is_fresh(&flash) class:appointment--moving=move || moving.moves(session.id) aria-hidden="true"
            id=id title=state.label()>
            <span class="appointment__when"><Icon name=look.icon() size="icon--sm"/>{words::times(session.span)}</span>
            <b>{title}</b>
            <span>{detail}</span>
        </div>
    }
    .into_any()
}

/// The classes that place a block within its cell: its height in quarters of an hour, its start, its lane.
fn placed(block: &Block) -> String {
    let Block { lane, offset, steps, .. } = block;
    let of = lane.of.min(LANES);
    let late = if *offset == 0 { "" } else { " late" };
    format!("for-{steps} lane-{}-{of}{late}", lane.index.min(of - 1))
}
