//! Pieces of pages that keep nothing for themselves: what they show is handed to them.

mod button;
mod dialog;
mod facts;
mod icon;
mod loaded;
mod notices;
mod page_head;
mod state;

pub use button::ActionButton;
pub use dialog::ConfirmDialog;
pub use facts::{Fact, Facts};
pub use icon::Icon;
pub use loaded::{EmptyState, Failure, Loaded, NotFound, Skeleton};
pub use notices::{Notice, Notices, Toasts};
pub use page_head::PageHead;
pub use state::{Due, Look, StateBadge};
