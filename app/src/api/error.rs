//! How a server function fails, on the wire.

use serde::{Deserialize, Serialize};
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

use super::json::JsonText;
use crate::domain::{
    audit::Change,
    rulebook::{FieldProblem, Refusal},
};

/// The result of a server function.
pub type ApiResult<T> = Result<T, ApiError>;

/// Why it failed, in a form that is safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// Fields cannot be read or are missing.
    Invalid(Vec<FieldProblem>),
    /// Rules refuse it.
    Refused(Vec<Refusal>),
    /// Rules warn, and want one confirmation.
    Unconfirmed(Vec<Refusal>),
    /// It does not exist, or this actor may not know of it.
    NotFound,
    /// There is no valid sign-in.
    SignInNeeded,
    /// The sign-in failed.
    SignInFailed(String),
    /// The actor may not do this.
    Forbidden,
    /// Somebody changed it meanwhile.
    Conflict(Vec<Change>),
    /// The server cannot answer now.
    Unavailable,
    /// A defect; the reference finds it in the log.
    Internal {
        /// The request id.
        reference: String,
    },
}

impl ApiError {
    /// Whether the command may have been carried out all the same: then a repeat keeps its key (R43).
    pub fn may_have_been_done(&self) -> bool {
        matches!(self, Self::Unavailable | Self::Internal { .. })
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) | Self::Refused(_) | Self::Unconfirmed(_) => 422,
            Self::NotFound => 404,
            Self::SignInNeeded | Self::SignInFailed(_) => 401,
            Self::Forbidden => 403,
            Self::Conflict(_) => 409,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// What cannot be read: on the server what was asked; in the browser the answer, which is then not ours but a proxy's or a
    /// time-out's, so that the command may have been done and its key must be kept.
    fn unreadable(on_the_server: bool) -> Self {
        if on_the_server { Self::Invalid(Vec::new()) } else { Self::Unavailable }
    }

    /// The sentence shown where no field or rule can be named.
    pub fn sentence(&self) -> String {
        match self {
            Self::Invalid(problems) if problems.is_empty() => "I dati inviati non sono leggibili: ricarica la pagina e riprova.".to_owned(),
            Self::Invalid(problems) => join(problems.iter().map(|problem| problem.sentence.as_str())),
            Self::Refused(refusals) | Self::Unconfirmed(refusals) => join(refusals.iter().map(|refusal| refusal.sentence.as_str())),
            Self::NotFound => "Non c'è nulla a questo indirizzo, o non è tra i dati della tua sede.".to_owned(),
            Self::SignInNeeded => "L'accesso è scaduto: accedi di nuovo per continuare.".to_owned(),
            Self::SignInFailed(sentence) => sentence.clone(),
            Self::Forbidden => "Il tuo ruolo non permette questa operazione.".to_owned(),
            Self::Conflict(_) => "Dati aggiornati da un altro operatore: aggiorna la pagina e riprova.".to_owned(),
            Self::Unavailable => {
                "Il sistema non risponde: attendi qualche istante e riprova. Quello che hai scritto è ancora qui.".to_owned()
            }
            Self::Internal { reference } => {
                format!("Qualcosa è andato storto da parte nostra. Se capita ancora, segnalalo con il codice {reference}.")
            }
        }
    }
}

fn join<'a>(sentences: impl Iterator<Item = &'a str>) -> String {
    sentences.collect::<Vec<_>>().join(" ")
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for ApiError {}

impl FromServerFnError for ApiError {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // The request never arrived, or no answer came back.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Unavailable,
            ServerFnErrorErr::Deserialization(_) => Self::unreadable(cfg!(feature = "ssr")),
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Invalid(Vec::new()),
            _ => Self::Internal { reference: "risposta non leggibile".to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_not_ours_keeps_the_command_open_and_says_what_to_do() {
        assert_eq!(ApiError::unreadable(false), ApiError::Unavailable);
        assert!(!ApiError::Invalid(Vec::new()).sentence().is_empty());
    }
}
