//! What the parts of the agenda share while one is shown: the calendar and its grid, which cell is active, what is asked, what is drawn.

use std::ops::Range;

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    domain::{
        agenda::{
            Calendar, CalendarQuery, CalendarSession, Whose,
            grid::{Cell, Grid, Item, Step, later},
        },
        ids::SessionId,
        time::days_between,
    },
    ui::{
        browser::{Alive, focus_by_id},
        paths,
    },
};

/// The element id of what holds the cells.
pub const GRID: &str = "agenda-griglia";

/// A dialog of the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What is in a cell.
    Details(Cell),
    /// Nuova erogazione from a cell.
    New(Cell),
}

/// The agenda that is shown. It belongs to the page: while the next calendar is on its way, the one before can still be used.
#[derive(Clone, Copy)]
pub struct Board {
    shown: StoredValue<Option<(Calendar, Grid)>>,
    /// Counts the calendars that were shown.
    edition: RwSignal<u32>,
    /// The active cell, once there is one.
    cell: RwSignal<Option<Cell>>,
    /// Whether the next calendar takes the focus to it.
    follow: RwSignal<bool>,
    /// The columns that are drawn.
    pub seen: RwSignal<Range<usize>>,
    /// The column of the cell that the focus is on its way to.
    aimed: StoredValue<Option<usize>>,
    /// The dialog that is open.
    pub asked: RwSignal<Option<Asked>>,
    /// Loads the calendar anew.
    pub reload: Callback<()>,
    turn: Callback<CalendarQuery>,
    /// The day of the calendar that is on its way.
    coming: StoredValue<Option<NaiveDate>>,
}

impl Board {
    pub fn new(reload: Callback<()>) -> Self {
        let navigate = use_navigate();
        let turn = Callback::new(move |query| {
            navigate(&paths::agenda_at(query), NavigateOptions { scroll: false, ..NavigateOptions::default() });
        });
        Self {
            shown: StoredValue::new(None),
            edition: RwSignal::new(0),
            cell: RwSignal::new(None),
            follow: RwSignal::new(false),
            seen: RwSignal::new(0..0),
            aimed: StoredValue::new(None),
            asked: RwSignal::new(None),
            reload,
            turn,
            coming: StoredValue::new(None),
        }
    }

    /// Shows a calendar in the place of the one before.
    pub fn show(self, calendar: Calendar) {
        let grid = Grid::of(&calendar);
        self.seen.set(grid.seen_at_first());
        self.shown.set_value(Some((calendar, grid)));
        self.coming.set_value(None);
        self.aimed.set_value(None);
        self.edition.update(|edition| *edition += 1);
    }

    /// What tells a drawn column from the same one of an earlier calendar, which would otherwise be kept as it was.
    pub fn key(self, column: usize) -> (u32, usize) {
        (self.edition.get_untracked(), column)
    }

    /// Tracks which calendar is shown.
    pub fn track(self) {
        self.edition.track();
    }

    /// Looks at the calendar; there is nothing to see before the first one.
    pub fn calendar<T: Default>(self, look: impl FnOnce(&Calendar) -> T) -> T {
        self.both(|calendar, _| look(calendar))
    }

    /// Looks at its grid.
    pub fn grid<T: Default>(self, look: impl FnOnce(&Grid) -> T) -> T {
        self.both(|_, grid| look(grid))
    }

    /// What the words about a cell, a column or a session are made of.
    pub fn both<T: Default>(self, look: impl FnOnce(&Calendar, &Grid) -> T) -> T {
        self.shown.with_value(|shown| shown.as_ref().map(|(calendar, grid)| look(calendar, grid))).unwrap_or_default()
    }

    /// The one cell that the tab key reaches; tracks it. At first that of eight o'clock, today where it is shown.
    pub fn active(self) -> Cell {
        let placed = self.cell.get();
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
        self.aimed.set_value(Some(cell.column));
        self.cell.set(Some(cell));
        focus_by_id(&cell_id(cell));
    }

    /// Draws the columns in sight. While the focus is on its way to one that is not, the scrolling that it brings about decides: were its cell taken
    /// away before, the focus would be nowhere and the keys would go unheard.
    pub fn draw(self, seen: Range<usize>) {
        let awaited = self.aimed.get_value().is_some_and(|column| !seen.contains(&column));
        if !awaited && self.seen.with_untracked(|now| *now != seen) {
            self.seen.set(seen);
        }
    }

    /// Makes a cell the active one where the pointer or the focus is already.
    pub fn point(self, cell: Cell) {
        if self.aimed.get_value() == Some(cell.column) {
            self.aimed.set_value(None);
        }
        self.cell.set(Some(cell));
    }

    /// Goes where a key leads, also to another day or week.
    pub fn step(self, step: Step) {
        match step {
            Step::To(cell) => self.go(cell),
            Step::Turn(on, cell) => {
                self.cell.set(Some(cell));
                self.follow.set(true);
                // A second turn goes on from the first, which may not be here yet.
                let here = self.calendar(|calendar| Some(calendar.on)).unwrap_or(on);
                let on = self.coming.get_value().map_or(on, |coming| later(coming, days_between(here, on)));
                self.coming.set_value(Some(on));
                // The cells are about to go; what holds them stays, and goes on listening.
                focus_by_id(GRID);
                self.turn.run(CalendarQuery { on: Some(on), ..self.calendar(asked) });
            }
        }
    }

    /// Takes the focus to the active cell when a key has turned the page.
    pub fn follow(self) {
        let alive = Alive::get();
        Effect::new(move |_| {
            if alive.get() && self.follow.get_untracked() {
                self.follow.set(false);
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

    /// A session that is shown.
    pub fn session(self, id: SessionId) -> Option<CalendarSession> {
        self.calendar(|calendar| calendar.sessions.iter().find(|session| session.id == id).cloned())
    }

    /// The cell in which a session begins.
    pub fn cell_of(self, id: SessionId) -> Option<Cell> {
        let session = self.session(id)?;
        self.grid(|grid| grid.target(session.span, session.coach).map(|target| grid.cell_of(target)))
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

/// The cell of an element id.
pub fn cell_named(id: &str) -> Option<Cell> {
    let (column, row) = id.strip_prefix("cella-")?.split_once('-')?;
    Some(Cell { column: column.parse().ok()?, row: row.parse().ok()? })
}

/// The element id of a session's block; also what is flashed when it has moved.
pub fn session_id(id: SessionId) -> String {
    format!("agenda-{id}")
}

/// The session of an element id.
pub fn session_named(id: &str) -> Option<SessionId> {
    id.strip_prefix("agenda-")?.parse().ok()
}
