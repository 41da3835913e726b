//! The screens: the same views rendered on the server and taken over by the browser.
//!
//! `pages/<area>` hold one view per URL and never import each other; what they share is in `components` (stateless), `forms` (typing and commands),
//! `layout` (the frame) and `browser` (the only place that touches the browser).

mod app;
mod area;
pub mod browser;
pub mod components;
pub mod forms;
pub mod layout;
pub mod pages;
pub mod paths;
#[cfg(feature = "ssr")]
mod shell;

pub use self::{
    app::{Administration, Entrance, Office, signed_in},
    area::Area,
};
#[cfg(feature = "ssr")]
pub use shell::{program, shell};
