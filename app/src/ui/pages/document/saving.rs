//! Saves a draft while it is typed: after a pause, when the next step wants it, and when the page is left. One save after the other, so that each
//! knows the version that the one before has made.

use leptos::{ev, leptos_dom::helpers::WindowListenerHandle, prelude::*, task::spawn_local};

use crate::{
    api::{self, ApiError},
    domain::{
        command::{Seen, Version},
        document::{DocumentKind, Saved, WrittenForm},
        ids::{CommandKey, DraftId},
        text::{date_long, time_hm},
        time::LocalInstant,
    },
    ui::{browser, components::Notices, forms::Command},
};

/// How long nothing is typed before it is saved, in milliseconds.
const PAUSE: u32 = 900;
/// How long after a save without an answer it is tried again, in milliseconds; twice as long after each, up to the longest.
const AGAIN: u32 = 5_000;
const LONGEST: u32 = 60_000;

/// What is saved and what is to be. It outlives the page, so that what was typed last is saved after the save that is under way.
struct Kept {
    version: Version,
    saved: WrittenForm,
    typed: WrittenForm,
    /// A save that has no answer yet: its repeats carry the same words (R43).
    asked: Option<(CommandKey, WrittenForm)>,
    /// Whether it is under way; otherwise it waits to be tried again.
    sending: bool,
    /// How long it waits.
    wait: u32,
    /// A save was refused: nothing is sent until the page went on from what somebody else saved.
    refused: bool,
    /// The draft is about to go, or gone: nothing is left to be saved.
    over: bool,
}

/// The saving of one draft.
#[derive(Clone)]
pub struct Saving {
    id: DraftId,
    kind: DocumentKind,
    kept: ArcStoredValue<Kept>,
    command: Command,
    notices: Notices,
    /// Whether something typed is not saved yet.
    waits: ArcRwSignal<bool>,
    sending: ArcRwSignal<bool>,
    last: ArcRwSignal<(LocalInstant, String)>,
    then: ArcStoredValue<Option<Callback<()>>>,
}

impl Saving {
    /// A draft as it was loaded: saved at that time by somebody.
    pub fn new(id: DraftId, kind: DocumentKind, version: Version, form: WrittenForm, saved: (LocalInstant, String)) -> Self {
        let kept =
            Kept { version, saved: form.clone(), typed: form, asked: None, sending: false, wait: AGAIN, refused: false, over: false };
        Self {
            id,
            kind,
            kept: ArcStoredValue::new(kept),
            command: Command::new(),
            notices: Notices::get(),
            waits: ArcRwSignal::new(false),
            sending: ArcRwSignal::new(false),
            last: ArcRwSignal::new(saved),
            then: ArcStoredValue::new(None),
        }
    }

    /// Follows what is typed for as long as the page is there, and guards what is not saved yet.
    pub fn follow(&self, form: impl Fn() -> WrittenForm + 'static) {
        let (this, pausing) = (self.clone(), self.clone());
        let later = browser::debounced(PAUSE, move |()| pausing.save());
        Effect::new(move |_| {
            let typed = form();
            this.waits.set(this.kept.with_value(|kept| kept.saved != typed));
            this.kept.update_value(|kept| kept.typed = typed);
            later(());
        });
        let guard = ArcStoredValue::new(None::<WindowListenerHandle>);
        let (this, handle) = (self.clone(), guard.clone());
        Effect::new(move |_| {
            let guarded = this.clone();
            let listener = window_event_listener(ev::beforeunload, move |event| {
                if guarded.waits.get_untracked() {
                    event.prevent_default();
                }
            });
            handle.set_value(Some(listener));
        });
        let leaving = self.clone();
        on_cleanup(move || {
            leaving.then.set_value(None);
            leaving.save();
            if leaving.waits.get_untracked() && !leaving.sending.get_untracked() {
                leaving.tell("");
            }
            // What is still on its way keeps its guard.
            if !leaving.waits.get_untracked()
                && let Some(guard) = guard.try_update_value(Option::take).flatten()
            {
                guard.remove();
            }
        });
    }

    /// How a save failed.
    pub fn command(&self) -> Command {
        self.command
    }

    /// The version that the next command has seen.
    pub fn version(&self) -> Version {
        self.kept.with_value(|kept| kept.version)
    }

    /// Where it stands, in a sentence; tracks it.
    pub fn sentence(&self) -> String {
        if self.sending.get() {
            return "Salvataggio…".to_owned();
        }
        if self.waits.get() {
            return "Modifiche non ancora salvate…".to_owned();
        }
        self.last.with(|(at, by)| format!("Bozza salvata il {}, {} da {by}.", date_long(at.today()), time_hm(at.time())))
    }

    /// Saves what is not saved yet, then goes on. It does not go on when that fails: why is shown.
    pub fn before(&self, then: Callback<()>) {
        self.then.set_value(Some(then));
        self.save();
    }

    /// Goes on as soon as no save is under way, and saves nothing more.
    pub fn stop(&self, then: Callback<()>) {
        self.kept.update_value(|kept| kept.over = true);
        self.before(then);
    }

    /// Saves again, after a stop.
    pub fn resume(&self) {
        self.kept.update_value(|kept| kept.over = false);
        self.save();
    }

    /// The draft is gone, and nothing is left to be saved.
    pub fn give_up(&self) {
        self.kept.update_value(|kept| kept.over = true);
        self.waits.set(false);
    }

    /// Goes on from what somebody else saved meanwhile, and hands out what the page is to show and the fields that both have changed. What was typed
    /// is saved after the next pause.
    pub fn go_on_from(&self, version: Version, theirs: WrittenForm) -> (WrittenForm, Vec<String>) {
        let (mine, base) = self.kept.with_value(|kept| (kept.typed.clone(), kept.saved.clone()));
        let (put, both) = mine.upon(&base, &theirs);
        self.kept.update_value(|kept| {
            (kept.version, kept.saved, kept.typed, kept.asked, kept.refused) = (version, theirs, put.clone(), None, false);
        });
        self.waits.set(self.kept.with_value(|kept| kept.saved != kept.typed));
        (put, both)
    }

    fn save(&self) {
        let Some((form, seen)) = self.begin() else { return };
        self.sending.set(true);
        let this = self.clone();
        spawn_local(async move {
            let answer = api::document::save(this.id, seen, form.clone()).await;
            this.sending.set(false);
            match answer {
                Ok(saved) => this.saved(saved, form),
                Err(error) => this.failed(error),
            }
        });
    }

    fn saved(&self, saved: Saved, form: WrittenForm) {
        self.kept.update_value(|kept| {
            (kept.version, kept.saved, kept.asked, kept.sending, kept.wait) = (saved.version, form, None, false, AGAIN);
        });
        self.waits.set(self.kept.with_value(|kept| kept.saved != kept.typed && !kept.over));
        self.last.set((saved.at, "te".to_owned()));
        self.command.answered(None);
        self.save();
    }

    fn failed(&self, error: ApiError) {
        self.then.set_value(None);
        // Whoever signs in again, in another tab, goes on here.
        let again = error.may_have_been_done() || matches!(error, ApiError::SignInNeeded);
        let wait = self.kept.try_update_value(|kept| {
            kept.sending = false;
            if !again {
                (kept.asked, kept.refused) = (None, true);
            }
            let wait = kept.wait;
            kept.wait = (wait * 2).min(LONGEST);
            wait
        });
        if again {
            let this = self.clone();
            browser::after(wait.unwrap_or(LONGEST), move || this.save());
        }
        match self.command.error().try_get_untracked() {
            Some(before) if before.as_ref() != Some(&error) => self.command.fail(error),
            // The same is not read out twice.
            Some(_) => {}
            None => self.tell(&error.sentence()),
        }
    }

    /// Says on whatever page there is by now that the last words were lost, and why.
    fn tell(&self, why: &str) {
        self.notices.say(format!("{}: l'ultima modifica non è stata salvata. {why}", self.kind.label()));
    }

    /// What is to be sent now; `None` while a save is under way, or when nothing is left: then what waited for it goes on.
    fn begin(&self) -> Option<(WrittenForm, Seen)> {
        if self.kept.with_value(|kept| kept.sending) {
            return None;
        }
        if self.kept.with_value(|kept| kept.over || (kept.asked.is_none() && kept.saved == kept.typed)) {
            if let Some(then) = self.then.try_update_value(Option::take).flatten() {
                then.try_run(());
            }
            return None;
        }
        self.kept.try_update_value(|kept| {
            // What is too long is not taken (it is told beside its field): it is sent as soon as it is shorter.
            if kept.refused || (kept.asked.is_none() && !kept.typed.overlong(self.kind).is_empty()) {
                return None;
            }
            let (key, form) = kept.asked.get_or_insert_with(|| (browser::new_command_key(), kept.typed.clone())).clone();
            kept.sending = true;
            Some((form, Seen { key, version: kept.version }))
        })?
    }
}
