//! Moving a session that is still *inserita*, by keys, by buttons or by the pointer: the rules speak while it moves, and nothing is changed
//! before it is confirmed.

use leptos::{ev, html, prelude::*, task::spawn_local};

use super::{
    board::{Board, session_id},
    words,
};
use crate::{
    api::{self, ApiError, ApiResult},
    domain::{
        agenda::{
            CalendarSession, Whose,
            grid::{Block, Cell, Key, Target},
        },
        command::Seen,
        ids::SessionId,
        rulebook::{Refusal, Verdict},
        session::{Action, Horizon, Proposal, SessionForm, SessionStep, Surroundings, Words, check},
    },
    ui::{
        browser::pointer,
        components::{ActionButton, ConfirmDialog, Fact, Facts, Findings, Icon, Notice, Notices},
        forms::{Command, Sent},
    },
};

/// How far a pointer goes before it is a drag and no click, in pixels.
const SLACK: i32 = 4;

/// What the rules need to judge a move, and what its form carries on.
#[derive(Clone)]
struct Around {
    facts: Surroundings,
    note: String,
}

/// A pointer on a session: where it went down, and how far below the session's start it holds.
#[derive(Clone)]
struct Grip {
    session: CalendarSession,
    at: (i32, i32),
    minutes: u32,
    moved: bool,
}

/// The move under way, if any.
#[derive(Clone, Copy)]
pub struct Move {
    board: StoredValue<Board>,
    session: RwSignal<Option<CalendarSession>>,
    target: RwSignal<Option<Target>>,
    around: RwSignal<Option<ApiResult<Around>>>,
    verdict: Memo<Option<Verdict>>,
    /// Whether the confirmation waits for the facts.
    wanted: RwSignal<bool>,
    asking: RwSignal<bool>,
    grip: StoredValue<Option<Grip>>,
    dragged: StoredValue<bool>,
    /// The room of all blocks: where a pointer is, is measured in it.
    pub surface: NodeRef<html::Div>,
}

impl Move {
    pub fn new(board: Board) -> Self {
        let (session, target, around) =
            (RwSignal::new(None::<CalendarSession>), RwSignal::new(None), RwSignal::new(None::<ApiResult<Around>>));
        let verdict = Memo::new(move |_| {
            let (session, target) = (session.get()?, target.get()?);
            around.with(|around| around.as_ref()?.as_ref().ok().map(|around| judge(board, &session, target, around)))
        });
        let moving = Self {
            board: StoredValue::new(board),
            session,
            target,
            around,
            verdict,
            wanted: RwSignal::new(false),
            asking: RwSignal::new(false),
            grip: StoredValue::new(None),
            dragged: StoredValue::new(false),
            surface: NodeRef::new(),
        };
        // Another calendar has other columns: what was aimed at is not there any more.
        Effect::new(move |_| {
            board.track();
            if moving.is_on() {
                moving.give_up();
            }
        });
        // A drop may come before the facts.
        Effect::new(move |_| {
            if moving.wanted.get() && moving.verdict.with(Option::is_some) {
                moving.wanted.set(false);
                if moving.verdict.with_untracked(|verdict| verdict.as_ref().is_some_and(Verdict::allows)) {
                    moving.asking.set(true);
                }
            }
        });
        moving
    }

    fn board(self) -> Board {
        self.board.get_value()
    }

    /// Whether a session is being moved; tracks nothing.
    pub fn is_on(self) -> bool {
        self.session.with_untracked(Option::is_some)
    }

    /// The session that is being moved; tracks it.
    pub fn moved(self) -> Option<SessionId> {
        self.session.with(|session| session.as_ref().map(|session| session.id))
    }

    /// Begins to move the first session of a cell that can be.
    pub fn start_in(self, cell: Cell) {
        let movable = |session: &CalendarSession| session.state.after(Action::Modify).is_ok();
        let sessions = self.board().sessions(cell);
        match sessions.iter().find(|session| movable(session)).cloned() {
            Some(session) => self.start(session),
            None if sessions.is_empty() => {}
            // The dialog says why.
            None => self.board().open(cell),
        }
    }

    /// Begins to move a session: the facts are fetched once, for all the days shown.
    pub fn start(self, session: CalendarSession) {
        let board = self.board();
        let target = board.grid(|grid| grid.target(session.span, session.coach));
        let Some(target) = target else { return };
        if !board.calendar(|calendar| calendar.plans) || self.is_on() {
            return;
        }
        self.around.set(None);
        self.wanted.set(false);
        self.target.set(Some(target));
        self.session.set(Some(session.clone()));
        board.go(board.grid(|grid| grid.cell_of(target)));
        let horizon = board.calendar(|calendar| {
            let (first, last) = (calendar.days.first(), calendar.days.last());
            let (from, to) = (first.map_or(calendar.on, |day| day.on), last.map_or(calendar.on, |day| day.on));
            let coaches = calendar.columns.iter().copied().chain([session.coach]);
            Some(Horizon { site: calendar.whose == Whose::Site, ..Horizon::days(coaches, from, to) })
        });
        let Some(horizon) = horizon else { return };
        spawn_local(async move {
            let found = around(&session, horizon).await;
            // The answer for a move that was given up is dropped.
            if self.session.try_with_untracked(|now| now.as_ref().is_some_and(|now| now.id == session.id)) == Some(true) {
                self.around.set(Some(found));
            }
        });
    }

    /// Moves the target by a key.
    pub fn shift(self, key: Key) {
        if let Some(target) = self.target.get_untracked() {
            let Some(next) = self.board().grid(|grid| Some(grid.shift(target, key))) else { return };
            self.aim(next);
            self.board().go(self.board().grid(|grid| grid.cell_of(next)));
        }
    }

    fn aim(self, target: Target) {
        if self.target.get_untracked() != Some(target) {
            self.target.set(Some(target));
        }
    }

    /// Leaves everything as it was.
    pub fn give_up(self) {
        self.session.set(None);
        self.target.set(None);
        self.around.set(None);
        self.wanted.set(false);
    }

    /// Asks for the confirmation; without a change there is nothing to confirm.
    pub fn ask(self) {
        let same = self.session.with_untracked(|session| {
            let start = session.as_ref().and_then(|session| self.board().grid(|grid| grid.target(session.span, session.coach)));
            start == self.target.get_untracked()
        });
        if same { self.give_up() } else { self.wanted.set(true) }
    }

    /// Takes hold of a session with the pointer; fingers scroll, and use the buttons.
    pub fn grab(self, event: &ev::PointerEvent, id: SessionId) {
        self.dragged.set_value(false);
        let Some(session) = self.board().session(id) else { return };
        let movable = session.state.after(Action::Modify).is_ok() && self.board().calendar(|calendar| calendar.plans);
        if event.button() != 0 || event.pointer_type() == "touch" || !movable {
            return;
        }
        let Some(point) = pointer::point_within(self.surface, event) else { return };
        let minutes = self.board().grid(|grid| grid.minutes_below(session.span, point));
        pointer::hold(event);
        self.grip.set_value(Some(Grip { session, at: (event.client_x(), event.client_y()), minutes, moved: false }));
    }

    /// Follows the pointer that holds a session.
    pub fn drag(self, event: &ev::PointerEvent) {
        let Some(grip) = self.grip.get_value() else { return };
        let far = (event.client_x() - grip.at.0).abs().max((event.client_y() - grip.at.1).abs()) > SLACK;
        if !grip.moved && !far {
            return;
        }
        if !grip.moved {
            self.give_up();
            self.start(grip.session.clone());
            self.dragged.set_value(true);
            self.grip.set_value(Some(Grip { moved: true, ..grip.clone() }));
        }
        if let Some(point) = pointer::point_within(self.surface, event) {
            let aimed = self.board().grid(|grid| Some(grid.target_at(point, grip.minutes, grip.session.span.minutes())));
            if let Some(target) = aimed {
                self.aim(target);
            }
        }
    }

    /// Lets go: a session that was moved asks for the confirmation.
    pub fn drop(self) {
        if self.grip.get_value().is_some_and(|grip| grip.moved) {
            self.ask();
        }
        self.grip.set_value(None);
    }

    /// The browser took the pointer away.
    pub fn cancel_drag(self) {
        if self.grip.get_value().is_some_and(|grip| grip.moved) {
            self.give_up();
        }
        self.grip.set_value(None);
    }

    /// Whether the click that just came is the end of a drag.
    pub fn was_dragged(self) -> bool {
        let was = self.dragged.get_value();
        self.dragged.set_value(false);
        was
    }

    /// What is drawn of the move in a column, and whether the rules refuse it; tracks both.
    pub fn ghost(self, column: usize) -> Option<(Block, bool)> {
        let target = self.target.get().filter(|target| target.column == column)?;
        let block = self.board().grid(|grid| grid.block_of(target))?;
        Some((block, self.verdict.with(|verdict| verdict.as_ref().is_some_and(|verdict| !verdict.allows()))))
    }

    /// The form of the session at its target.
    fn form(self, session: &CalendarSession, target: Target, note: &str) -> Option<SessionForm> {
        self.board().grid(|grid| Some(SessionForm::of(grid.coach_of(target, session.coach), grid.span_of(target)?, note)))
    }
}

/// The facts, and the note that a change must not lose.
async fn around(session: &CalendarSession, horizon: Horizon) -> ApiResult<Around> {
    let facts = api::session::surroundings(session.dossier, horizon).await?;
    let page = api::activity::open(session.dossier, session.activity).await?;
    let row = page.sessions.into_iter().find(|row| row.id == session.id).ok_or(ApiError::NotFound)?;
    Ok(Around { facts, note: row.note })
}

/// What the rules say of a session at its target.
fn judge(board: Board, session: &CalendarSession, target: Target, around: &Around) -> Verdict {
    let place = board.grid(|grid| Some((grid.coach_of(target, session.coach), grid.span_of(target)?)));
    let (coach, span) = place.unwrap_or((session.coach, session.span));
    let proposal = Proposal::of(session.id, session.activity, coach, span, &around.note);
    check(Action::Modify, session.state, &proposal, Words::default(), &around.facts)
}

fn refusals(found: &[crate::domain::rulebook::Finding]) -> Vec<Refusal> {
    found.iter().map(Refusal::from).collect()
}

/// What is being moved, where to, what the rules say, and the buttons for those without keys; then the confirmation.
#[component]
pub fn MovePanel(board: Board, moving: Move) -> impl IntoView {
    let Move { session, target, verdict, around, .. } = moving;
    let asked = RwSignal::new(Vec::<Refusal>::new());
    let blocks =
        Signal::derive(move || verdict.with(|verdict| verdict.as_ref().map(|verdict| refusals(&verdict.blocks)).unwrap_or_default()));
    // The server's word, once there is one, stands for the browser's.
    let warns = Signal::derive(move || match asked.get() {
        asked if asked.is_empty() => verdict.with(|verdict| verdict.as_ref().map(|verdict| refusals(&verdict.warns)).unwrap_or_default()),
        asked => asked,
    });
    let from = move || session.with(|session| session.as_ref().map(|session| place(board, session.span, session.coach)));
    let to = move || {
        let own = session.with(|session| session.as_ref().map(|session| session.coach))?;
        let (span, coach) = board.grid(|grid| Some((grid.span_of(target.get()?)?, grid.coach_of(target.get()?, own))))?;
        Some(place(board, span, coach))
    };
    let key = |key, icon, name| view! { <KeyButton moving key icon name/> };
    let is_on = move || session.with(Option::is_some);
    view! {
        <section class="bulk agenda-move" aria-label="Sposta l'erogazione" hidden=move || !is_on()>
            <div class="agenda-move__what">
                <p class="agenda-move__where" role="status">{move || to().map(|to| format!("Sposta a {to}"))}</p>
                <p class="muted">{move || from().map(|from| format!("Ora è {from}"))}</p>
                <Findings blocks warns/>
                {move || around.get().and_then(Result::err).map(|error| view! { <Notice kind="error"><p>{error.sentence()}</p></Notice> })}
            </div>
            <div class="bulk__actions">
                <div class="agenda-move__keys" role="group" aria-label="Sposta di un passo">
                    {key(Key::Left, "it-arrow-left", "Colonna precedente")}
                    {key(Key::Up, "it-arrow-up", "Un quarto d'ora prima")}
                    {key(Key::Down, "it-arrow-down", "Un quarto d'ora dopo")}
                    {key(Key::Right, "it-arrow-right", "Colonna successiva")}
                </div>
                <button type="button" class="btn btn-outline-primary btn-sm" on:click=move |_| moving.give_up()>"Rinuncia"</button>
                <ActionButton class="btn btn-primary btn-sm" on_press=Callback::new(move |()| moving.ask())>"Sposta qui"</ActionButton>
            </div>
        </section>
        <Confirm board moving asked warns from=Signal::derive(move || from().unwrap_or_default()) to=Signal::derive(move || to().unwrap_or_default())/>
    }
}

fn place(board: Board, span: crate::domain::time::Span, coach: crate::domain::ids::CoachId) -> String {
    board.calendar(|calendar| words::moved(calendar, span, Some(calendar.coach_name(coach))))
}

#[component]
fn KeyButton(moving: Move, key: Key, icon: &'static str, name: &'static str) -> impl IntoView {
    view! { <button type="button" class="icon-button" aria-label=name on:click=move |_| moving.shift(key)><Icon name=icon/></button> }
}

/// From when to when, with the warnings; then the command.
#[component]
fn Confirm(
    board: Board,
    moving: Move,
    asked: RwSignal<Vec<Refusal>>,
    warns: Signal<Vec<Refusal>>,
    from: Signal<String>,
    to: Signal<String>,
) -> impl IntoView {
    let (command, notices) = (Command::new(), Notices::get());
    Effect::new(move |_| {
        if !moving.asking.get() {
            asked.set(Vec::new());
        }
    });
    let done = move |session: &CalendarSession| {
        moving.asking.set(false);
        moving.give_up();
        notices.say("Erogazione spostata.");
        notices.flash(session_id(session.id));
        board.reload.try_run(());
    };
    let send = Callback::new(move |()| {
        let note = moving.around.with_untracked(|around| Some(around.as_ref()?.as_ref().ok()?.note.clone()));
        let (Some(session), Some(target), Some(note)) = (moving.session.get_untracked(), moving.target.get_untracked(), note) else {
            return;
        };
        let Some(form) = moving.form(&session, target, &note) else { return };
        let confirmed = warns.with_untracked(|warns| !warns.is_empty());
        let (id, version) = (session.id, session.version);
        command.run(
            move |key| async move { Sent::of(api::session::step(id, Seen { key, version }, SessionStep::Modify { form }, confirmed).await) },
            move |sent| match sent {
                Sent::Ask(refusals) => asked.set(refusals),
                Sent::Done(()) => done(&session),
            },
        );
    });
    let refresh = Callback::new(move |()| {
        moving.give_up();
        board.reload.try_run(());
    });
    let about = move || {
        moving.session.with(|session| session.as_ref().map(|session| format!("{}, {}", session.person.full(), session.activity_name)))
    };
    view! {
        <ConfirmDialog id="sposta" title="Sposta l'erogazione".to_owned() open=moving.asking consequence="L'erogazione resta «inserita», nel nuovo orario.".to_owned()
            confirm="Conferma".to_owned() command on_confirm=send on_refresh=refresh>
            <Facts class="facts--compact">
                <Fact term="Erogazione">{about}</Fact>
                <Fact term="Da">{from}</Fact>
                <Fact term="A">{to}</Fact>
            </Facts>
            <Findings blocks=Signal::stored(Vec::new()) warns/>
        </ConfirmDialog>
    }
}
