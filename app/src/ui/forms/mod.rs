//! Typing and sending: fields with their errors, and the one way in which a page gives a command.

mod command;
mod fields;
mod many;
mod more;
mod warned;

pub use command::{Command, CommandProblem};
pub use fields::{Choice, ErrorSummary, FieldFrame, FileField, SelectField, TextArea, TextField, problem_of};
pub use many::SentMany;
pub use more::{ListFoot, More};
pub use warned::Sent;
