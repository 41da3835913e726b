//! The form of a session: Nuova erogazione, Ripianifica, Modifica.

mod around;
mod form;
mod judged;
mod meters;
mod pages;
mod picture;
mod typed;

pub use self::pages::{EditSessionPage, NewSessionPage};
