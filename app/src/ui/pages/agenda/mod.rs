//! Agenda: the sessions of a day or week as a grid, by coach, by person or of the whole site.

mod blocks;
mod board;
mod details;
mod entry;
mod feed;
mod grid;
mod listing;
mod moving;
mod page;
mod sheet;
mod toolbar;
mod words;

pub use page::AgendaPage;
