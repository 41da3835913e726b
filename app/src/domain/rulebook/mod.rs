//! The rules as dated data, and what a check answers.

mod catalogue;
mod draft;
mod finding;
pub mod holiday;
pub(in crate::domain) mod limit;
pub mod patron;
mod rule;
mod version;
mod view;

pub use catalogue::{ActivityCode, Catalogue, CatalogueActivity, Hours};
pub use draft::{ACTIVITY_FIELDS, ActivityDraft, DraftField, RulebookDraft};
pub use finding::{FieldProblem, Finding, Reason, Refusal, Verdict, Whose};
pub use limit::{Limit, LimitValue};
pub use rule::{Kind, Rule};
pub use version::{AddedHoliday, LateEntry, Rulebook, RulebookVersion, Strictness};
pub use view::{ChangedVerdict, HolidayRow, NewVersion, Preview, Publication, RulebookOverview, holiday_calendar};
