//! The blocks of the sessions, for eyes and pointers: they lie above the cells, column by column. The cells say in words what they show.
//! Nothing in them follows a signal but the ghost of a move: while a wide agenda scrolls, columns of them come and go.

use leptos::prelude::*;

use super::{
    board::{Board, session_id},
    grid::Beside,
    moving::Move,
    words,
};
use crate::{
    domain::agenda::{
        Calendar, Whose,
        grid::{Block, Item},
    },
    ui::{
        browser::{Alive, mark},
        components::{Icon, Look, Notices},
    },
};

/// How many sessions can stand beside each other.
const LANES: usize = 4;
/// The class of the session that is being moved.
const MOVING: &str = "appointment--moving";

/// The blocks of all columns that are drawn.
#[component]
pub fn Blocks(board: Board, moving: Move) -> impl IntoView {
    let alive = Alive::get();
    Effect::new(move |_| {
        let moved = moving.moved().map(session_id);
        if alive.get() {
            mark(MOVING, moved.as_deref());
        }
    });
    view! {
        <div class="agenda__blocks" aria-hidden="true" node_ref=moving.surface>
            <Beside board/>
            <For each=move || board.seen() key=move |column| board.key(*column) let:column><Column board moving column/></For>
        </div>
    }
}

#[component]
fn Column(board: Board, moving: Move, column: usize) -> impl IntoView {
    let notices = Notices::get();
    let blocks = board.both(|calendar, grid| {
        let draw = |block: &Block| appointment(calendar, block, moving, notices);
        grid.blocks(column).iter().map(draw).collect_view()
    });
    view! {
        <div class="agenda__column">
            {blocks}
            {move || moving.ghost(column).map(|(block, refused)| {
                let class = format!("ghost{} {}", if refused { " ghost--refused" } else { "" }, placed(&block));
                view! { <div class=class>{words::times(block.span)}</div> }
            })}
        </div>
    }
}

/// A session, or time that is taken. Only the lines that its height has room for are there.
fn appointment(calendar: &Calendar, block: &Block, moving: Move, notices: Notices) -> AnyView {
    let found = match block.item {
        Item::Session(at) => calendar.sessions.get(at),
        Item::Busy => None,
    };
    let Some(session) = found else {
        let whose = if matches!(calendar.whose, Whose::Dossier(_)) { "Persona impegnata" } else { "Impegnato" };
        return view! { <div class=format!("taken {}", placed(block))>{whose}</div> }.into_any();
    };
    let (id, look) = (session_id(session.id), Look::from(session.state));
    let (fresh, moved) = untrack(|| (notices.is_fresh(&id), moving.moved() == Some(session.id)));
    let also = [(fresh, "flash"), (moved, MOVING)].into_iter().filter_map(|(is, class)| is.then_some(class));
    let class = ["appointment", look.class(), &placed(block)].into_iter().chain(also).collect::<Vec<_>>().join(" ");
    let (title, detail) = words::title(calendar, session);
    let icon = (block.steps > 1).then(|| view! { <Icon name=look.icon() size="icon--sm"/> });
    view! {
        <div class=class id=id title=session.state.label()>
            <span class="appointment__when">{icon}{words::times(block.span)}</span>
            {(block.steps > 1).then(|| view! { <b>{title}</b> })}
            {(block.steps > 2).then(|| view! { <span>{detail}</span> })}
        </div>
    }
    .into_any()
}

/// The classes that place a block within its column: its start and its height in quarters of an hour, its lane.
fn placed(block: &Block) -> String {
    let of = block.lane.of.min(LANES);
    format!("from-{} for-{} lane-{}-{of}", block.top(), block.steps, block.lane.index.min(of - 1))
}
