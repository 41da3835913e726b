//! The forms of sessions: Nuova erogazione, Ripianifica, Modifica, Nuova serie.

mod around;
mod entry;
mod form;
mod judged;
mod meters;
mod picture;
mod series;
mod slots;
mod typed;

pub use self::{
    entry::{EditSessionPage, NewSessionPage},
    series::NewSeriesPage,
};
