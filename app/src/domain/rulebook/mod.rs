//! The rules as dated data, and what a check answers.

mod catalogue;
mod finding;
pub mod holiday;
mod rule;
mod version;

pub use catalogue::{ActivityCode, Catalogue, CatalogueActivity, Hours};
pub use finding::{FieldProblem, Finding, Reason, Refusal, Verdict, Whose};
pub use rule::Rule;
pub use version::{LateEntry, Rulebook, RulebookVersion};
