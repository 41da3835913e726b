//! How the service ended, as the final report says it (R34, R35).

use crate::domain::words::words;

words! {
    /// The outcome of the service.
    pub enum Outcome else "not an outcome of the service" {
        /// The job goes on and the aims were reached.
        Success = "success", "Successo";
        /// The job ended or the aims were missed: the report must analyse why (R35).
        Failure = "failure", "Insuccesso";
    }
}
