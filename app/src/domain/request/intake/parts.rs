//! What a request is made of besides its voucher.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    person::{PersonDetails, PersonLimits, PersonName, TaxCode},
    provider::VatNumber,
    words::words,
};

/// The person with disability, as the employment centre knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Tax code: what makes two records the same person.
    pub tax_code: TaxCode,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Day of birth. May differ from the tax code's: the code issued is the only valid one.
    pub birth_date: NaiveDate,
    /// Place of birth.
    pub birth_place: String,
    /// Telephone.
    pub phone: String,
    /// E-mail, when there is one.
    pub email: Option<String>,
    /// What the person can sustain (R30).
    pub limits: Option<PersonLimits>,
}

impl NewPerson {
    /// The part that stays clear for lists and search, and the part that is sealed.
    pub fn into_parts(self) -> (PersonName, PersonDetails) {
        let Self { tax_code, first_name, last_name, birth_date, birth_place, phone, email, limits } = self;
        let name = PersonName { first: first_name, last: last_name };
        (name, PersonDetails { tax_code, birth_date, birth_place, phone, email, limits, centre_limits: limits })
    }
}

/// Where the person works.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Employer {
    /// Its name.
    pub name: String,
    /// Its VAT number.
    pub vat_number: VatNumber,
    /// The town of the workplace.
    pub town: String,
    /// Who speaks for it (referente aziendale).
    pub contact: String,
}

/// Why the service is asked (R39). Treated as health data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Ground {
    /// A: in the first months of a job.
    RecentHire {
        /// First day of the job.
        hired_on: NaiveDate,
        /// The contract, where it is told. Left out while it is not: the hash of a request that came before it stays what it was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contract: Option<JobContract>,
    },
    /// B: in difficulty during the job.
    Difficulty {
        /// What happened.
        event: DifficultyEvent,
    },
}

impl Ground {
    /// The words on screen.
    pub fn label(&self) -> &'static str {
        match self {
            Self::RecentHire { .. } => "Assunzione recente",
            Self::Difficulty { .. } => "Difficoltà durante il rapporto di lavoro",
        }
    }
}

words! {
    /// The contracts of a recent hire that open the service (F10).
    pub enum JobContract else "not a contract" {
        /// Open-ended.
        OpenEnded = "tempo indeterminato", "Tempo indeterminato";
        /// For at least a year.
        FixedTerm = "tempo determinato", "Tempo determinato di almeno 12 mesi";
        /// Apprenticeship.
        Apprenticeship = "apprendistato", "Apprendistato";
    }
}

/// What makes a job difficult (F10).
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DifficultyEvent {
    /// Other tasks.
    #[serde(rename = "cambio mansione")]
    ChangeOfTasks,
    /// Another department.
    #[serde(rename = "cambio reparto")]
    ChangeOfDepartment,
    /// The company reorganises.
    #[serde(rename = "riorganizzazione")]
    Reorganisation,
    /// Another state of health.
    #[serde(rename = "variazione dello stato di salute")]
    ChangeOfHealth,
}

impl DifficultyEvent {
    /// All events.
    pub const ALL: [Self; 4] = [Self::ChangeOfTasks, Self::ChangeOfDepartment, Self::Reorganisation, Self::ChangeOfHealth];

    /// The words on screen and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ChangeOfTasks => "cambio mansione",
            Self::ChangeOfDepartment => "cambio reparto",
            Self::Reorganisation => "riorganizzazione",
            Self::ChangeOfHealth => "variazione dello stato di salute",
        }
    }
}

/// The employment centre (CPI) that sends the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmploymentCentre {
    /// Its code, such as `PD01`.
    pub code: String,
    /// Its name, such as `CPI Padova`.
    pub name: String,
}

silent_debug!(NewPerson, Employer, Ground, DifficultyEvent);
