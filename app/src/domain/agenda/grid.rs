//! The agenda as a grid: columns are days, or coaches of a day; rows are half hours. Where the keys lead, where a session stands, which
//! columns are seen, and where a session that is being moved would fall.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

pub use super::lanes::Lane;
use super::{Calendar, CalendarView, Whose, lanes::lanes};
use crate::domain::{
    ids::CoachId,
    time::{Span, minute_of_day},
};

/// Minutes of a row.
pub const ROW: u32 = 30;
/// Minutes of the finest step in which a session is moved (R25).
pub const STEP: u32 = 15;
/// Columns drawn beyond those that are seen, on either side.
const MARGIN: usize = 2;
/// Columns drawn before the browser says how many fit.
const FIRST: usize = 8;

/// A day, or one coach's part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Column {
    /// The day.
    pub on: NaiveDate,
    /// The coach, where several stand beside each other.
    pub coach: Option<CoachId>,
}

/// A half hour of a column; both count from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    /// The column.
    pub column: usize,
    /// The row.
    pub row: usize,
}

/// What a block stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The session of that index in the calendar.
    Session(usize),
    /// Taken by what the actor does not see.
    Busy,
}

/// A span in its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it stands for.
    pub item: Item,
    /// When.
    pub span: Span,
    /// Its place within the column's width.
    pub lane: Lane,
    /// The row in which it begins.
    pub row: usize,
    /// Steps from the top of that row.
    pub offset: u32,
    /// Its height in steps.
    pub steps: u32,
}

impl Block {
    /// Steps from the top of the grid.
    pub fn top(&self) -> usize {
        self.row * (ROW / STEP) as usize + self.offset as usize
    }
}

/// What a key asks of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Earlier.
    Up,
    /// Later.
    Down,
    /// The column before.
    Left,
    /// The column after.
    Right,
    /// The first column.
    Home,
    /// The last column.
    End,
    /// The day or week before.
    PageUp,
    /// The day or week after.
    PageDown,
}

impl Key {
    /// The key by its name in the browser.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Home" => Self::Home,
            "End" => Self::End,
            "PageUp" => Self::PageUp,
            "PageDown" => Self::PageDown,
            _ => return None,
        })
    }
}

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To a cell of this grid.
    To(Cell),
    /// To the agenda of another day, and there to a cell; a column beyond the last means the last.
    Turn(NaiveDate, Cell),
}

/// Where a session that is being moved would fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The column.
    pub column: usize,
    /// Its first minute of the day.
    pub from: u32,
    /// Its length in minutes, which moving does not change.
    pub minutes: u32,
}

/// The grid of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    columns: Vec<Column>,
    /// The blocks of each column, by start.
    blocks: Vec<Vec<Block>>,
    /// The first minute of the day that is shown.
    first: u32,
    rows: usize,
    view: CalendarView,
    on: NaiveDate,
    /// Whether the columns are days alone, which go on beyond the edges.
    only_days: bool,
}

impl Grid {
    /// The grid of a calendar.
    pub fn of(calendar: &Calendar) -> Self {
        let only_days = calendar.whose != Whose::Site;
        let days = calendar.days.iter().map(|day| day.on);
        let columns: Vec<_> = if only_days {
            days.map(|on| Column { on, coach: None }).collect()
        } else {
            days.flat_map(|on| calendar.columns.iter().map(move |coach| Column { on, coach: Some(*coach) })).collect()
        };
        let sessions = calendar.sessions.iter().enumerate().map(|(at, session)| (Item::Session(at), session.span, Some(session.coach)));
        let taken: Vec<_> = sessions.chain(calendar.busy.iter().map(|busy| (Item::Busy, busy.span, busy.coach))).collect();
        // Whatever was once allowed is shown, also outside the hours of today's rules.
        let from = taken.iter().map(|(_, span, _)| span.from()).fold(calendar.earliest, NaiveTime::min);
        let to = taken.iter().map(|(_, span, _)| span.to()).fold(calendar.latest, NaiveTime::max);
        let first = minute_of_day(from) / ROW * ROW;
        let rows = (minute_of_day(to).max(first + ROW) - first).div_ceil(ROW);
        let mut filled: Vec<Vec<(Item, Span)>> = vec![Vec::new(); columns.len()];
        for (item, span, coach) in taken {
            let here = |column: &Column| column.on == span.on() && (only_days || column.coach == coach);
            if let Some(at) = columns.iter().position(here) {
                filled[at].push((item, span));
            }
        }
        let blocks = filled.into_iter().map(|items| blocks(items, first)).collect();
        let rows = usize::try_from(rows).unwrap_or_default();
        Self { columns, blocks, first, rows, view: calendar.view, on: calendar.on, only_days }
    }

    /// Its columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether it has no more columns than fit beside each other on a wide screen.
    pub fn fits(&self) -> bool {
        self.columns.len() < FIRST
    }

    /// The time at which a row begins.
    pub fn time(&self, row: usize) -> NaiveTime {
        time_at(self.minute(row))
    }

    fn minute(&self, row: usize) -> u32 {
        self.first + u32::try_from(row).unwrap_or_default() * ROW
    }

    /// The row that a time falls in.
    pub fn row_at(&self, time: NaiveTime) -> usize {
        let row = minute_of_day(time).saturating_sub(self.first) / ROW;
        usize::try_from(row).unwrap_or_default().min(self.rows.saturating_sub(1))
    }

    /// The half hour of a cell.
    pub fn span(&self, cell: Cell) -> Option<Span> {
        let from = self.minute(cell.row);
        Span::new(self.columns.get(cell.column)?.on, time_at(from), time_at(from + ROW))
    }

    /// The cell nearest to one that may be of another grid.
    pub fn nearest(&self, cell: Cell) -> Cell {
        Cell { column: cell.column.min(self.columns.len().saturating_sub(1)), row: cell.row.min(self.rows.saturating_sub(1)) }
    }

    /// The blocks of a column.
    pub fn blocks(&self, column: usize) -> &[Block] {
        self.blocks.get(column).map_or(&[], Vec::as_slice)
    }

    /// What takes some of a cell's time, by start.
    pub fn taken(&self, cell: Cell) -> impl Iterator<Item = &Block> {
        let span = self.span(cell);
        self.blocks(cell.column).iter().filter(move |block| span.is_some_and(|span| block.span.overlaps(span)))
    }

    /// Where a key leads from a cell.
    pub fn step(&self, cell: Cell, key: Key) -> Step {
        let last = Cell { column: self.columns.len().saturating_sub(1), row: self.rows.saturating_sub(1) };
        let to = |column, row| Step::To(Cell { column, row });
        let turn = |days: i64, cell| Step::Turn(later(self.on, days), cell);
        let Cell { column, row } = cell;
        match key {
            Key::Up => to(column, row.saturating_sub(1)),
            Key::Down => to(column, (row + 1).min(last.row)),
            Key::Left if column == 0 && self.only_days => turn(-self.view.stride(), Cell { column: usize::MAX, row }),
            Key::Left => to(column.saturating_sub(1), row),
            Key::Right if column == last.column && self.only_days => turn(self.view.stride(), Cell { column: 0, row }),
            Key::Right => to((column + 1).min(last.column), row),
            Key::Home => to(0, row),
            Key::End => to(last.column, row),
            Key::PageUp => turn(-self.view.stride(), cell),
            Key::PageDown => turn(self.view.stride(), cell),
        }
    }

    /// The columns to draw, when so much of the grid's whole width is scrolled away and so much is seen. They change two by two, so that
    /// a slow scroll does not draw at every pixel.
    pub fn seen(&self, scrolled: f64, shown: f64, whole: f64) -> Range<usize> {
        let all = self.columns.len();
        if self.fits() || whole <= 0.0 {
            return self.seen_at_first();
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a count of columns")]
        let column = |at: f64| ((at / whole).clamp(0.0, 1.0) * all as f64) as usize;
        let first = column(scrolled).saturating_sub(MARGIN) / MARGIN * MARGIN;
        let end = (column(scrolled + shown) + 1 + MARGIN).next_multiple_of(MARGIN).min(all);
        first.min(end)..end
    }

    /// The columns to draw before anything was measured.
    pub fn seen_at_first(&self) -> Range<usize> {
        0..self.columns.len().min(FIRST)
    }

    /// The columns around one that has to be drawn.
    pub fn seen_around(&self, column: usize) -> Range<usize> {
        let end = (column + FIRST / 2).max(FIRST).min(self.columns.len());
        end.saturating_sub(FIRST)..end
    }

    /// Where a session stands, as the start of its move.
    pub fn target(&self, span: Span, coach: CoachId) -> Option<Target> {
        let here = |column: &Column| column.on == span.on() && column.coach.is_none_or(|own| own == coach);
        let column = self.columns.iter().position(here)?;
        Some(Target { column, from: minute_of_day(span.from()), minutes: span.minutes() })
    }

    /// A target moved by a key; it stays within the hours and days shown.
    pub fn shift(&self, target: Target, key: Key) -> Target {
        let last = self.columns.len().saturating_sub(1);
        let by = |minutes: i64| self.within(target.column, i64::from(target.from) + minutes, target.minutes);
        let into = |column| Target { column, ..target };
        match key {
            Key::Up => by(-i64::from(STEP)),
            Key::Down => by(STEP.into()),
            Key::PageUp => by(-60),
            Key::PageDown => by(60),
            Key::Left => into(target.column.saturating_sub(1)),
            Key::Right => into((target.column + 1).min(last)),
            Key::Home => into(0),
            Key::End => into(last),
        }
    }

    /// How many minutes below a session's start a point is, in parts of the grid's width and height.
    pub fn minutes_below(&self, span: Span, (_, y): (f64, f64)) -> u32 {
        (self.first + self.minute_of(y)).saturating_sub(minute_of_day(span.from())).min(span.minutes())
    }

    /// Minutes below the top of the grid.
    fn minute_of(&self, y: f64) -> u32 {
        let height = f64::from(u32::try_from(self.rows).unwrap_or_default() * ROW);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
        let minute = (y.clamp(0.0, 1.0) * height) as u32;
        minute
    }

    /// Where a session falls that is held `grip` minutes below its start at a point, given in parts of the grid's width and height.
    pub fn target_at(&self, (x, y): (f64, f64), grip: u32, minutes: u32) -> Target {
        let width = f64::from(u32::try_from(self.columns.len()).unwrap_or_default());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
        let column = (x.clamp(0.0, 1.0) * width) as usize;
        let column = column.min(self.columns.len().saturating_sub(1));
        self.within(column, i64::from(self.first + self.minute_of(y)) - i64::from(grip), minutes)
    }

    /// The nearest start on a step that keeps the session within the hours shown.
    fn within(&self, column: usize, from: i64, minutes: u32) -> Target {
        let latest = self.minute(self.rows).saturating_sub(minutes).max(self.first);
        let from = from.clamp(self.first.into(), latest.into());
        let from = u32::try_from(from).unwrap_or(self.first);
        Target { column, from: (from + STEP / 2) / STEP * STEP, minutes }
    }

    /// When a target is.
    pub fn span_of(&self, target: Target) -> Option<Span> {
        Span::new(self.columns.get(target.column)?.on, time_at(target.from), time_at(target.from + target.minutes))
    }

    /// Whose a target is: the column's coach, or the session's own.
    pub fn coach_of(&self, target: Target, own: CoachId) -> CoachId {
        self.columns.get(target.column).and_then(|column| column.coach).unwrap_or(own)
    }

    /// The cell in which a target begins.
    pub fn cell_of(&self, target: Target) -> Cell {
        Cell { column: target.column, row: self.row_at(time_at(target.from)) }
    }

    /// How a target is drawn in the cell where it begins.
    pub fn block_of(&self, target: Target) -> Option<Block> {
        self.span_of(target).map(|span| block(Item::Busy, span, Lane { index: 0, of: 1 }, self.first))
    }
}

/// The blocks of one column.
fn blocks(mut items: Vec<(Item, Span)>, first: u32) -> Vec<Block> {
    items.sort_by_key(|(_, span)| (span.from(), span.to()));
    let lanes = lanes(&items.iter().map(|(_, span)| *span).collect::<Vec<_>>());
    items.into_iter().zip(lanes).map(|((item, span), lane)| block(item, span, lane, first)).collect()
}

fn block(item: Item, span: Span, lane: Lane, first: u32) -> Block {
    let from = minute_of_day(span.from()).saturating_sub(first);
    let row = usize::try_from(from / ROW).unwrap_or_default();
    Block { item, span, lane, row, offset: from % ROW / STEP, steps: span.minutes().div_ceil(STEP) }
}

/// The time so many minutes after midnight; the last minute of the day, when there are too many.
fn time_at(minute: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(minute.min(24 * 60 - 1) * 60, 0).unwrap_or_default()
}

/// So many days later or earlier; the same day at the end of time.
pub fn later(on: NaiveDate, days: i64) -> NaiveDate {
    on.checked_add_signed(TimeDelta::days(days)).unwrap_or(on)
}

#[cfg(test)]
mod tests;
