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
        browser::{focus, on_next_frame, once_drawn},
        paths,
    },
};

/// The element id of what holds the cells.
pub const GRID: &str = "agenda-griglia";

/// For how many frames a cell may fail to be drawn before the focus stays with what holds the cells.
const PATIENCE: u32 = 5;

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
    follow: StoredValue<bool>,
    /// Whether the cells on screen are still those of the calendar before: the view is made some time before it takes their place.
    stale: StoredValue<bool>,
    /// The columns that are drawn.
    seen: RwSignal<Range<usize>>,
    /// Whether the focus is on its way to the active cell, which is not drawn yet. Meanwhile what holds the cells has it, and hears the keys.
    underway: StoredValue<bool>,
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
            follow: StoredValue::new(false),
            stale: StoredValue::new(false),
            seen: RwSignal::new(0..0),
            underway: StoredValue::new(false),
            asked: RwSignal::new(None),
            reload,
            turn,
            coming: StoredValue::new(None),
        }
    }

    /// Shows a calendar in the place of the one before.
    pub fn show(self, calendar: Calendar) {
        let grid = Grid::of(&calendar);
        // The cells are about to go, and the one with the focus among them: it comes back to the active one.
        self.stale.set_value(self.edition.get_untracked() > 0);
        if self.stale.get_value() && focus::is_within(GRID) {
            self.wait_for_drawing();
        }
        let seen = grid.seen_at_first();
        self.shown.set_value(Some((calendar, grid)));
        // The columns that go need not be drawn once more.
        if self.seen.with_untracked(|now| *now != seen) {
            self.seen.set(seen);
        }
        self.coming.set_value(None);
        self.underway.set_value(false);
        self.edition.update(|edition| *edition += 1);
    }

    /// The columns that are drawn; tracks them.
    pub fn seen(self) -> Range<usize> {
        self.seen.get()
    }

    /// Whether the active cell is drawn; tracks it.
    pub fn is_active_drawn(self) -> bool {
        let column = self.active().column;
        self.seen.with(|seen| seen.contains(&column))
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

    /// Makes a cell the active one, and gives it the focus: at once where it is drawn. Otherwise it is drawn first; until then what holds the cells
    /// has the focus, so that no key goes unheard however fast they come.
    pub fn go(self, cell: Cell) {
        self.make_active(cell);
        if self.stale.get_value() {
            return self.wait_for_drawing();
        }
        if self.seen.with_untracked(|seen| seen.contains(&cell.column)) && focus::give(&cell_id(cell)) {
            self.underway.set_value(false);
            return;
        }
        self.draw_around(cell.column);
        focus::give_in_place(GRID);
        if !self.underway.get_value() {
            self.underway.set_value(true);
            self.arrive(PATIENCE);
        }
    }

    /// On the next frame gives the focus to the cell that is active then, which may be further than where it set out for.
    fn arrive(self, frames: u32) {
        on_next_frame(move || {
            // The page may be gone by then, and the focus where a person took it.
            if self.underway.try_get_value() != Some(true) {
                return;
            }
            let cell = untrack(|| self.active());
            if focus::is_elsewhere(GRID) || frames == 0 || focus::give(&cell_id(cell)) {
                self.underway.set_value(false);
            } else {
                self.draw_around(cell.column);
                self.arrive(frames - 1);
            }
        });
    }

    /// What holds the cells has the focus until the calendar is drawn.
    fn wait_for_drawing(self) {
        focus::give_in_place(GRID);
        self.follow.set_value(true);
    }

    fn make_active(self, cell: Cell) {
        if self.cell.get_untracked() != Some(cell) {
            self.cell.set(Some(cell));
        }
    }

    /// Draws the columns in sight. While the focus is on its way to one that is not, the scrolling that it brings about decides.
    pub fn draw(self, seen: Range<usize>) {
        let awaited = self.underway.get_value() && !seen.contains(&untrack(|| self.active()).column);
        if !awaited {
            self.draw_only(seen);
        }
    }

    fn draw_around(self, column: usize) {
        if !self.seen.with_untracked(|seen| seen.contains(&column)) {
            self.draw_only(self.grid(|grid| grid.seen_around(column)));
        }
    }

    /// Draws these columns and no others. What is drawn anew takes the focus from the cells that go, and from some that stay: those on the left of
    /// which others come are put into the page once more. It comes back before the next key, which would otherwise go unheard.
    fn draw_only(self, seen: Range<usize>) {
        if self.seen.with_untracked(|now| *now == seen) {
            return;
        }
        let held = focus::is_within(GRID);
        self.seen.set(seen);
        if held {
            once_drawn(move || {
                let active = untrack(|| self.cell.try_get().is_some().then(|| self.active()));
                if let Some(cell) = active.filter(|_| focus::is_nowhere()) {
                    focus::give_in_place(&cell_id(cell));
                    if focus::is_nowhere() {
                        focus::give_in_place(GRID);
                    }
                }
            });
        }
    }

    /// Makes a cell the active one where the focus is already. While it is on its way, where it passes does not count.
    pub fn heed(self, cell: Cell) {
        if !self.underway.get_value() {
            self.make_active(cell);
        }
    }

    /// Goes where a key leads, also to another day or week.
    pub fn step(self, step: Step) {
        match step {
            Step::To(cell) => self.go(cell),
            Step::Turn(on, cell) => {
                self.cell.set(Some(cell));
                self.follow.set_value(true);
                // A second turn goes on from the first, which may not be here yet.
                let here = self.calendar(|calendar| Some(calendar.on)).unwrap_or(on);
                let on = self.coming.get_value().map_or(on, |coming| later(coming, days_between(here, on)));
                self.coming.set_value(Some(on));
                // The cells are about to go; what holds them stays, and goes on listening.
                focus::give_in_place(GRID);
                self.turn.run(CalendarQuery { on: Some(on), ..self.calendar(asked) });
            }
        }
    }

    /// The calendar that is shown has been drawn. Takes the focus to the active cell when it was on the one before, or a key has turned the page.
    pub fn drawn(self) {
        let active = untrack(|| self.active());
        self.stale.set_value(false);
        // A key may have led on since the cells were made.
        focus::move_tab_stop(GRID, &cell_id(active));
        if self.follow.get_value() {
            self.follow.set_value(false);
            self.go(active);
        }
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
        self.make_active(cell);
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
