//! What the parts of the agenda share while one is shown: the calendar and its grid, which cell is active, what is asked, what is drawn.

use std::ops::Range;

use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    domain::agenda::{
        Calendar, CalendarQuery, CalendarSession, Whose,
        grid::{Cell, Grid, Item, Step},
    },
    ui::{
        browser::{Alive, focus_by_id},
        paths,
    },
};

/// What outlives a turn of the page: where the keyboard is.
#[derive(Clone, Copy)]
pub struct Place {
    /// The active cell, once there is one.
    pub cell: RwSignal<Option<Cell>>,
    /// Whether the next calendar takes the focus to it.
    pub follow: RwSignal<bool>,
}

impl Place {
    pub fn new() -> Self {
        Self { cell: RwSignal::new(None), follow: RwSignal::new(false) }
    }
}

/// A dialog of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What is in a cell.
    Details(Cell),
    /// Nuova erogazione from a cell.
    New(Cell),
}

/// The agenda that is shown.
#[derive(Clone, Copy)]
pub struct Board {
    calendar: StoredValue<Calendar>,
    grid: StoredValue<Grid>,
    place: Place,
    /// The columns that are drawn.
    pub seen: RwSignal<Range<usize>>,
    /// The dialog that is open.
    pub asked: RwSignal<Option<Asked>>,
    /// Loads the calendar anew.
    pub reload: Callback<()>,
    turn: Callback<CalendarQuery>,
}

impl Board {
    pub fn new(calendar: Calendar, place: Place, reload: Callback<()>) -> Self {
        let grid = Grid::of(&calendar);
        let navigate = use_navigate();
        let turn = Callback::new(move |query| {
            navigate(&paths::agenda_at(query), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        });
        Self {
            seen: RwSignal::new(grid.seen_at_first()),
            calendar: StoredValue::new(calendar),
            grid: StoredValue::new(grid),
            place,
            asked: RwSignal::new(None),
            reload,
            turn,
        }
    }

    pub fn calendar<T>(self, look: impl FnOnce(&Calendar) -> T) -> T {
        self.calendar.with_value(look)
    }

    pub fn grid<T>(self, look: impl FnOnce(&Grid) -> T) -> T {
        self.grid.with_value(look)
    }

    /// What the words about a cell, a column or a session are made of.
    pub fn both<T>(self, look: impl FnOnce(&Calendar, &Grid) -> T) -> T {
        self.calendar.with_value(|calendar| self.grid.with_value(|grid| look(calendar, grid)))
    }

    /// The one cell that the tab key reaches; tracks it. At first that of eight o'clock, today where it is shown.
    pub fn active(self) -> Cell {
        let placed = self.place.cell.get();
        placed.map_or_else(|| self.first(), |cell| self.grid(|grid| grid.nearest(cell)))
    }

    fn first(self) -> Cell {
        self.both(|calendar, grid| {
            let today = calendar.now.today();
            let column = grid.columns().iter().position(|column| column.on == today).unwrap_or_default();
            let morning = chrono::NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default();
            Cell { column, row: grid.row_at(morning) }
        })
    }

    /// Makes a cell the active one, and gives it the focus: its column is drawn first.
    pub fn go(self, cell: Cell) {
        if !self.seen.with_untracked(|seen| seen.contains(&cell.column)) {
            self.seen.set(self.grid(|grid| grid.seen_around(cell.column)));
        }
        self.place.cell.set(Some(cell));
        focus_by_id(&cell_id(cell));
    }

    /// Makes a cell the active one where the pointer is already.
    pub fn point(self, cell: Cell) {
        self.place.cell.set(Some(cell));
    }

    /// Goes where a key leads, also to another day or week.
    pub fn step(self, step: Step) {
        match step {
            Step::To(cell) => self.go(cell),
            Step::Turn(on, cell) => {
                self.place.cell.set(Some(cell));
                self.place.follow.set(true);
                let query = self.calendar(|calendar| CalendarQuery { on: Some(on), ..asked(calendar) });
                self.turn.run(query);
            }
        }
    }

    /// Takes the focus to the active cell when a key has turned the page.
    pub fn follow(self) {
        let alive = Alive::get();
        Effect::new(move |_| {
            if alive.get() && self.place.follow.get_untracked() {
                self.place.follow.set(false);
                self.go(untrack(|| self.active()));
            }
        });
    }

    /// The sessions that take some of a cell's time.
    pub fn sessions(self, cell: Cell) -> Vec<CalendarSession> {
        self.both(|calendar, grid| {
            let index = |item| match item {
                Item::Session(at) => Some(at),
                Item::Busy => None,
            };
            grid.taken(cell).filter_map(|block| calendar.sessions.get(index(block.item)?).cloned()).collect()
        })
    }

    /// Opens what is in a cell; on a free one Nuova erogazione.
    pub fn open(self, cell: Cell) {
        self.point(cell);
        let free = self.grid(|grid| grid.taken(cell).next().is_none());
        match self.sessions(cell).is_empty() {
            false => self.asked.set(Some(Asked::Details(cell))),
            true if free => self.plan(cell),
            true => {}
        }
    }

    /// Nuova erogazione from a cell, for those who plan.
    pub fn plan(self, cell: Cell) {
        if self.calendar(|calendar| calendar.plans) {
            self.asked.set(Some(Asked::New(cell)));
        }
    }
}

/// The query that leads to a calendar again.
pub fn asked(calendar: &Calendar) -> CalendarQuery {
    let whose = Some(calendar.whose).filter(|whose| *whose != Whose::Site);
    CalendarQuery { view: Some(calendar.view), on: Some(calendar.on), whose }
}

/// The element id of a cell.
pub fn cell_id(cell: Cell) -> String {
    format!("cella-{}-{}", cell.column, cell.row)
}

/// What is flashed when a session has moved.
pub fn session_id(session: &CalendarSession) -> String {
    format!("agenda-{}", session.id)
}
