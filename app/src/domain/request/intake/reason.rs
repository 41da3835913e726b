//! Why a record is refused: a stable word for machines and an English sentence, neither made of what the record holds.

use crate::domain::{person::tax_code::TaxCodeError, provider::vat_number::VatNumberError};

/// A record refused, or a file: the field and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct IntakeError {
    /// The path of the field, such as `beneficiary.tax_code`.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: IntakeReason,
}

impl IntakeError {
    /// The stable word for machines.
    pub fn code(&self) -> &'static str {
        self.reason.code()
    }

    /// What is wrong, in English.
    pub fn text(&self) -> String {
        self.reason.to_string()
    }
}

/// Declares each reason once: its variant, its stable word, its sentence.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident $(($inner:ty))? $({ $field:ident: $kind:ty })? = $code:literal, $text:literal;)*) => {
        /// What is wrong with a field.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        #[expect(missing_docs, reason = "the only field of a reason is the limit that its sentence names")]
        pub enum IntakeReason {
            $($(#[$doc])* #[error($text)] $variant $(($inner))? $({ $field: $kind })?,)*
            /// Not a tax code.
            #[error(transparent)]
            TaxCode(TaxCodeError),
            /// Not a VAT number.
            #[error(transparent)]
            VatNumber(VatNumberError),
        }

        impl IntakeReason {
            /// The stable word for machines.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code,)*
                    Self::TaxCode(error) => error.code(),
                    Self::VatNumber(error) => error.code(),
                }
            }
        }
    };
}

reasons! {
    /// The record, or a part of it, is not a JSON object.
    NotAnObject = "not_an_object", "not a JSON object";
    /// Not a JSON array.
    NotAList = "not_a_list", "not a JSON array";
    /// Absent, or null where a value is needed.
    Missing = "missing", "missing";
    /// A key that the format does not have.
    UnknownKey = "unknown_key", "has a key that the format does not have (keys for remarks begin with _)";
    /// Not a JSON string.
    NotText = "not_text", "not a text";
    /// Nothing but spaces.
    Empty = "empty", "empty";
    /// Longer than it may be.
    TooLong { max: usize } = "too_long", "longer than {max} characters";
    /// Line ends, tabs or other control characters.
    ControlCharacter = "control_character", "holds a line end or another control character";
    /// Not fit for a code.
    NotACode = "not_a_code", "not a code: up to 40 letters, digits and -_./, and not a tax code";
    /// Not two capital letters.
    NotAProvince = "not_a_province", "not the two letters of a province";
    /// Not written as a date.
    NotADate = "not_a_date", "not a date in the form 2026-11-23";
    /// Not written as an instant.
    NotAnInstant = "not_an_instant", "not a date and time with offset in the form 2026-11-23T10:00:00+01:00";
    /// Written well, but the calendar or the clock has no such moment.
    DateDoesNotExist = "date_does_not_exist", "date does not exist";
    /// Far from any date this service can meet.
    DateOutOfRange = "date_out_of_range", "not between 1900 and 2199";
    /// Not written as a time of day.
    NotATime = "not_a_time", "not a time of day in the form 09:00";
    /// Not a whole number of minutes in the range.
    NotMinutes { max: u32 } = "not_minutes", "not a whole number of minutes between 1 and {max}";
    /// Not a list of days of the week, or an empty one.
    NotWeekdays = "not_weekdays", "not a list of days of the week: mon, tue, wed, thu, fri, sat, sun";
    /// Not an e-mail address.
    NotAnEmail = "not_an_email", "not an e-mail address";
    /// A kind of voucher that does not exist.
    UnknownVoucherKind = "unknown_voucher_kind", "unknown voucher kind: base or enhanced";
    /// The voucher "rafforzato" (DGR 1101/2021).
    OtherMeasure = "other_measure", "unknown voucher kind: the 'rafforzato' voucher is another measure, not job coaching";
    /// `valid_to` before `valid_from`.
    VoucherEndsBeforeStart = "voucher_ends_before_start", "voucher ends before it starts";
    /// Neither of the two grounds.
    UnknownGround = "unknown_ground", "unknown ground: recent_hire or difficulty";
    /// None of the four events.
    UnknownEvent = "unknown_event", "unknown event of difficulty";
    /// None of the contracts of a recent hire.
    UnknownContract = "unknown_contract", "unknown contract: tempo indeterminato, tempo determinato or apprendistato";
    /// `earliest` not before `latest`.
    LatestNotAfterEarliest = "latest_not_after_earliest", "the latest time is not after the earliest";
    /// Born after the notification.
    BornAfterNotification = "born_after_notification", "birth date after the notification";
    /// The same code earlier in the file: the first one wins.
    DuplicateInFile = "duplicate_in_file", "occurs earlier in the same file";
    /// No such provider.
    UnknownProvider = "unknown_provider", "unknown provider";
    /// No such site.
    UnknownSite = "unknown_site", "unknown site";
    /// The site is not one of the provider's.
    SiteOfAnotherProvider = "site_of_another_provider", "site belongs to another provider";
    /// The same OPAL code is stored with other content.
    DifferentContent = "different_content", "already known with different content";
}

impl IntakeReason {
    /// The error that this reason makes at a field.
    pub fn at(self, field: &'static str) -> IntakeError {
        IntakeError { field, reason: self }
    }

    /// What is wrong, in English.
    pub fn text(self) -> String {
        self.to_string()
    }
}
