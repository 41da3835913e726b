//! Pieces of pages that keep nothing for themselves: what they show is handed to them.

mod button;
mod dialog;
mod facts;
mod findings;
mod hours_bar;
mod icon;
mod limits_line;
mod loaded;
mod notices;
mod page_head;
mod rule_notice;
mod state;
mod voucher_end;
mod week_picture;

pub use button::ActionButton;
pub use dialog::ConfirmDialog;
pub use facts::{Fact, Facts};
pub use findings::{Findings, once_each, sessions_in_words};
pub use hours_bar::HoursBar;
pub use icon::Icon;
pub use limits_line::LimitsLine;
pub use loaded::{EmptyState, Failure, Loaded, NotFound, Skeleton};
pub use notices::{Notice, Notices, Toasts};
pub use page_head::PageHead;
pub use rule_notice::RuleNotice;
pub use state::{Due, Look, StateBadge};
pub use voucher_end::VoucherEnd;
pub use week_picture::{Block, Pick, Taken, WeekPicture, week_days};
