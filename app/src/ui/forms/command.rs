//! A command given by a page: one key per intention, so that a double click or a repeat after a lost answer has the effect of one (R43).

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use super::ErrorSummary;
use crate::{
    api::{ApiError, ApiResult},
    domain::{audit::Change, ids::CommandKey, rulebook::FieldProblem},
    ui::{browser, components::Notice, paths},
};

/// A command that is being prepared, is under way, or failed.
#[derive(Clone, Copy)]
pub struct Command {
    key: StoredValue<Option<CommandKey>>,
    pending: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Default for Command {
    fn default() -> Self {
        Self::new()
    }
}

impl Command {
    /// Nothing has been sent.
    pub fn new() -> Self {
        Self { key: StoredValue::new(None), pending: RwSignal::new(false), error: RwSignal::new(None) }
    }

    /// Sends it, unless it is under way. `done` gets the answer; a sign-in that ran out leads to the page for it and back.
    pub fn run<T, Call, Answer>(self, call: Call, done: impl FnOnce(T) + 'static)
    where
        T: 'static,
        Call: FnOnce(CommandKey) -> Answer,
        Answer: Future<Output = ApiResult<T>> + 'static,
    {
        let Some(key) = self.begin() else { return };
        let answer = call(key);
        spawn_local(async move {
            match answer.await {
                Ok(value) => {
                    self.answered(None);
                    done(value);
                }
                Err(error) => self.answered(Some(error)),
            }
        });
    }

    /// What follows from an answer, whatever was asked: apart from `run`, of which the program holds one copy for each command.
    pub fn answered(self, error: Option<ApiError>) {
        if !error.as_ref().is_some_and(ApiError::may_have_been_done) {
            self.key.try_set_value(None);
        }
        self.pending.try_set(false);
        match error {
            None => {
                self.error.try_set(None);
            }
            Some(ApiError::SignInNeeded) => browser::go_to(&paths::sign_in_and_return(&browser::here())),
            Some(error) => self.fail(error),
        }
    }

    /// A new or a repeated intention; `None` while one is under way.
    fn begin(self) -> Option<CommandKey> {
        if self.pending.get_untracked() {
            return None;
        }
        self.pending.set(true);
        self.error.set(None);
        let key = self.key.get_value().unwrap_or_else(browser::new_command_key);
        self.key.set_value(Some(key));
        Some(key)
    }

    /// Shows why it cannot be sent, or was refused.
    pub fn fail(self, error: ApiError) {
        self.error.try_set(Some(error));
    }

    /// Another intention: what went wrong before is forgotten.
    pub fn reset(self) {
        self.key.set_value(None);
        self.error.set(None);
    }

    /// Whether it is under way.
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why it failed.
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error.into()
    }

    /// What is wrong with the fields of its form.
    pub fn problems(self) -> Signal<Vec<FieldProblem>> {
        Signal::derive(move || match self.error.get() {
            Some(ApiError::Invalid(problems)) => problems,
            _ => Vec::new(),
        })
    }
}

/// Why a command failed, where it was given: fields as a summary with links, a conflict with both values and "Aggiorna".
#[component]
pub fn CommandProblem(
    /// The command.
    command: Command,
    /// Loads the page's data anew.
    #[prop(optional, into)]
    on_refresh: Option<Callback<()>>,
    /// The element id of the summary; another one for each form of a page.
    #[prop(default = "riepilogo".to_owned(), into)]
    summary: String,
) -> impl IntoView {
    let refresh = move || {
        on_refresh.map(|refresh| {
            let press = move |_| {
                command.reset();
                refresh.try_run(());
            };
            view! { <button type="button" class="btn btn-outline-primary btn-sm" on:click=press>"Aggiorna"</button> }
        })
    };
    view! {
        <ErrorSummary id=summary problems=command.problems()/>
        {move || match command.error().get() {
            None => None,
            Some(ApiError::Invalid(problems)) if !problems.is_empty() => None,
            Some(ApiError::Conflict(changes)) => Some(view! {
                <Notice kind="error">
                    <p>{ApiError::Conflict(Vec::new()).sentence()}</p>
                    <Changes changes/>
                    {refresh()}
                </Notice>
            }.into_any()),
            Some(ApiError::Refused(refusals)) => Some(view! {
                <Notice kind="error">
                    {refusals.into_iter().map(|refusal| view! {
                        <p>{refusal.sentence}" "<span class="muted">{format!("{} · {}", refusal.rule, refusal.rule.source())}</span></p>
                    }).collect_view()}
                </Notice>
            }.into_any()),
            Some(error) => Some(view! { <Notice kind="error"><p>{error.sentence()}</p></Notice> }.into_any()),
        }}
    }
}

/// What somebody else changed meanwhile.
#[component]
fn Changes(changes: Vec<Change>) -> impl IntoView {
    let value = |value: Option<String>| value.unwrap_or_else(|| "nessun valore".to_owned());
    (!changes.is_empty()).then(|| {
        let lines = changes.into_iter().map(|change| {
            view! { <li><b>{change.field}</b>": da «"{value(change.before)}"» a «"{value(change.after)}"»"</li> }
        });
        view! { <ul>{lines.collect_view()}</ul> }
    })
}
