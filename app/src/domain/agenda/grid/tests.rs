//! The grid of the agenda: columns, keys, what is drawn, what is moved.

use uuid::Uuid;

use super::*;
use crate::domain::{
    agenda::{CalendarDay, CalendarSession},
    ids::{OpalId, SessionId},
    person::PersonName,
    provider::CoachName,
    rulebook::ActivityCode,
    session::SessionState,
    time::LocalInstant,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn coach(n: usize) -> CoachId {
    CoachId(Uuid::from_u128(n as u128 + 1))
}

fn span(on: &str, from: &str, to: &str) -> Span {
    Span::new(day(on), format!("{from}:00").parse().unwrap(), format!("{to}:00").parse().unwrap()).unwrap()
}

fn session(n: usize, span: Span) -> CalendarSession {
    CalendarSession {
        id: SessionId(Uuid::from_u128(9)),
        dossier: OpalId(Uuid::from_u128(8)),
        opal_code: "JC-1".to_owned(),
        person: PersonName { first: "Anna".to_owned(), last: "Rossi".to_owned() },
        activity: ActivityCode::CoachingPlan,
        activity_name: "Piano di coaching".to_owned(),
        coach: coach(n),
        span,
        state: SessionState::Entered,
        version: 1,
    }
}

/// The agenda around Tuesday 24 November 2026, from 07:00 to 23:00.
fn calendar(view: CalendarView, whose: Whose, coaches: usize, sessions: Vec<CalendarSession>) -> Calendar {
    Calendar {
        view,
        on: day("2026-11-24"),
        whose,
        days: view.days(day("2026-11-24")).into_iter().map(|on| CalendarDay { on, holiday: None }).collect(),
        coaches: (0..coaches).map(|n| CoachName { id: coach(n), name: format!("Coach {n}") }).collect(),
        columns: (0..coaches).map(coach).collect(),
        sessions,
        busy: Vec::new(),
        dossier: None,
        earliest: "07:00:00".parse().unwrap(),
        latest: "23:00:00".parse().unwrap(),
        plans: true,
        feed: None,
        now: LocalInstant("2026-11-24T10:00:00".parse().unwrap()),
    }
}

fn week(sessions: Vec<CalendarSession>) -> Grid {
    Grid::of(&calendar(CalendarView::Week, Whose::Coach(coach(0)), 1, sessions))
}

fn cell(column: usize, row: usize) -> Cell {
    Cell { column, row }
}

#[test]
fn a_week_has_seven_columns_and_the_site_one_for_each_coach_of_each_day() {
    assert_eq!((week(Vec::new()).columns().len(), week(Vec::new()).rows()), (7, 32));
    let of_site = |view| Grid::of(&calendar(view, Whose::Site, 4, Vec::new())).columns().to_vec();
    assert_eq!((of_site(CalendarView::Day).len(), of_site(CalendarView::Week).len()), (4, 28));
    let columns = of_site(CalendarView::Week);
    assert_eq!((columns[3].on, columns[4].on, columns[4].coach), (day("2026-11-23"), day("2026-11-24"), Some(coach(0))));
}

#[test]
fn a_session_stands_in_its_day_or_in_its_coachs_column_and_takes_its_cells() {
    let sessions = vec![session(2, span("2026-11-24", "09:15", "10:45"))];
    let grid = Grid::of(&calendar(CalendarView::Day, Whose::Site, 4, sessions.clone()));
    let [block] = grid.blocks(2) else { panic!("one block") };
    assert_eq!((block.row, block.offset, block.steps, block.item), (4, 1, 6, Item::Session(0)));
    assert_eq!(block.top(), 9, "quarters of an hour from seven o'clock");
    let taken: Vec<_> = (0..grid.rows()).filter(|row| grid.taken(cell(2, *row)).count() == 1).collect();
    assert_eq!(taken, [4, 5, 6, 7], "the half hours from nine to eleven");
    assert_eq!(week(sessions).blocks(1).len(), 1);
}

#[test]
fn hours_outside_those_of_the_rules_are_shown_when_something_is_there() {
    let grid = week(vec![session(0, span("2026-11-24", "06:15", "07:00"))]);
    assert_eq!((grid.time(0), grid.rows()), ("06:00:00".parse().unwrap(), 34));
}

#[test]
fn arrows_move_by_half_an_hour_and_by_a_column_and_stop_at_the_edges() {
    let grid = Grid::of(&calendar(CalendarView::Day, Whose::Site, 4, Vec::new()));
    for (key, from, to) in [
        (Key::Down, cell(1, 4), cell(1, 5)),
        (Key::Up, cell(1, 0), cell(1, 0)),
        (Key::Down, cell(1, 31), cell(1, 31)),
        (Key::Right, cell(1, 4), cell(2, 4)),
        (Key::Right, cell(3, 4), cell(3, 4)),
        (Key::Left, cell(0, 4), cell(0, 4)),
        (Key::Home, cell(2, 4), cell(0, 4)),
        (Key::End, cell(2, 4), cell(3, 4)),
    ] {
        assert_eq!(grid.step(from, key), Step::To(to), "{key:?} from {from:?}");
    }
}

#[test]
fn the_days_of_one_go_on_beyond_the_edge_and_pages_turn() {
    let grid = week(Vec::new());
    assert_eq!(grid.step(cell(6, 4), Key::Right), Step::Turn(day("2026-12-01"), cell(0, 4)));
    let Step::Turn(on, back) = grid.step(cell(0, 4), Key::Left) else { panic!("turns") };
    assert_eq!((on, grid.nearest(back)), (day("2026-11-17"), cell(6, 4)));
    assert_eq!(grid.step(cell(2, 4), Key::PageDown), Step::Turn(day("2026-12-01"), cell(2, 4)));
    let one_day = Grid::of(&calendar(CalendarView::Day, Whose::Site, 4, Vec::new()));
    assert_eq!(one_day.step(cell(2, 4), Key::PageUp), Step::Turn(day("2026-11-23"), cell(2, 4)));
}

#[test]
fn every_key_from_every_cell_stays_within_the_grid() {
    let grid = Grid::of(&calendar(CalendarView::Week, Whose::Site, 3, Vec::new()));
    let keys = [Key::Up, Key::Down, Key::Left, Key::Right, Key::Home, Key::End, Key::PageUp, Key::PageDown];
    for at in (0..21).flat_map(|column| (0..32).map(move |row| cell(column, row))) {
        for key in keys {
            let (Step::To(to) | Step::Turn(_, to)) = grid.step(at, key);
            assert_eq!(grid.nearest(to), to, "{key:?} from {at:?}");
        }
    }
}

#[test]
fn only_the_columns_that_are_seen_and_two_on_either_side_are_drawn() {
    // 210 columns of 160 pixels, of which six are seen.
    let grid = Grid::of(&calendar(CalendarView::Week, Whose::Site, 30, Vec::new()));
    let (all, whole) = (210 * 160, 210.0 * 160.0);
    assert_eq!(grid.seen_at_first(), 0..8);
    assert_eq!(grid.seen(0.0, 960.0, whole), 0..10);
    for scrolled in (0_usize..=all - 960).step_by(37) {
        let drawn = grid.seen(f64::from(u32::try_from(scrolled).unwrap()), 960.0, whole);
        let (first, last) = (scrolled / 160, (scrolled + 960).div_ceil(160));
        assert!(drawn.start <= first && last <= drawn.end && drawn.len() <= 13, "{drawn:?} at {scrolled}");
    }
    assert_eq!(grid.seen(whole - 960.0, 960.0, whole).end, 210);
    assert!((0..210).all(|column| grid.seen_around(column).contains(&column) && grid.seen_around(column).len() == 8));
}

#[test]
fn a_week_of_one_is_drawn_whole() {
    let grid = week(Vec::new());
    assert!(grid.fits());
    assert_eq!(grid.seen(0.0, 300.0, 900.0), 0..7);
}

#[test]
fn a_session_is_moved_by_quarters_and_columns_and_keeps_its_length() {
    let own = span("2026-11-24", "09:00", "11:30");
    let grid = week(vec![session(0, own)]);
    let start = grid.target(own, coach(0)).unwrap();
    let at = |target| grid.span_of(target).unwrap();
    assert_eq!(at(start), own);
    assert_eq!(at(grid.shift(start, Key::Down)), span("2026-11-24", "09:15", "11:45"));
    assert_eq!(at(grid.shift(start, Key::PageUp)), span("2026-11-24", "08:00", "10:30"));
    assert_eq!(at(grid.shift(start, Key::Right)), span("2026-11-25", "09:00", "11:30"));
    assert_eq!(at(grid.shift(start, Key::End)), span("2026-11-29", "09:00", "11:30"));
    let late = (0..100).fold(start, |target, _| grid.shift(target, Key::Down));
    let early = (0..100).fold(start, |target, _| grid.shift(target, Key::PageUp));
    assert_eq!((at(late), at(early)), (span("2026-11-24", "20:30", "23:00"), span("2026-11-24", "07:00", "09:30")));
}

#[test]
fn in_the_agenda_of_the_site_moving_sideways_changes_the_coach() {
    let own = span("2026-11-24", "09:00", "10:00");
    let grid = Grid::of(&calendar(CalendarView::Day, Whose::Site, 3, vec![session(1, own)]));
    let start = grid.target(own, coach(1)).unwrap();
    assert_eq!(grid.coach_of(start, coach(1)), coach(1));
    let moved = grid.shift(start, Key::Right);
    assert_eq!((grid.coach_of(moved, coach(1)), grid.span_of(moved)), (coach(2), Some(own)));
    assert_eq!(week(Vec::new()).coach_of(moved, coach(1)), coach(1), "a day has no coach of its own");
}

#[test]
fn a_dragged_session_falls_on_the_quarter_under_the_pointer_less_its_grip() {
    let grid = week(Vec::new());
    let at = |x, y, grip| grid.span_of(grid.target_at((x, y), grip, 60)).unwrap();
    // 16 hours: an eighth of the height is two hours.
    assert_eq!(at(0.5 / 7.0, 0.125, 0), span("2026-11-23", "09:00", "10:00"));
    assert_eq!(at(1.5 / 7.0, 0.125, 30), span("2026-11-24", "08:30", "09:30"));
    assert_eq!(at(6.9 / 7.0, 2.0, 0), span("2026-11-29", "22:00", "23:00"));
    assert_eq!(at(-1.0, -1.0, 15), span("2026-11-23", "07:00", "08:00"));
    let target = grid.target_at((0.0, 0.13), 0, 60);
    assert_eq!((target.from % STEP, grid.cell_of(target)), (0, cell(0, 4)));
}
