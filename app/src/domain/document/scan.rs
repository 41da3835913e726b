//! The scan of the signed register (R32): who signed for the recipient, and which rows nobody signed.

use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::SessionId,
    rulebook::{FieldProblem, Rule},
    text::counted,
    words::words,
};

/// The longest name, in characters.
const NAME_LIMIT: usize = 100;

words! {
    /// Who signs for the recipient (R32).
    pub enum Signer else "not one who signs the register" {
        /// The person.
        Holder = "holder", "Titolare del voucher";
        /// Who speaks for the employer.
        Contact = "contact", "Referente aziendale";
    }
}

/// What is said of a scan, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanForm {
    /// Who signed for the recipient: a word.
    pub signer: String,
    /// The name of who spoke for the employer.
    pub name: String,
    /// The rows without a signature.
    pub unsigned: Vec<SessionId>,
}

/// A scan that may be bound to its register.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanInput {
    /// Who signed for the recipient.
    pub signer: Signer,
    /// The name of who spoke for the employer.
    pub name: Option<String>,
    /// The rows that are signed, in the register's order.
    pub signed: Vec<SessionId>,
}

silent_debug!(ScanInput);

impl ScanForm {
    /// Makes the scan of a register with these rows.
    ///
    /// # Errors
    /// Every problem at once (R32): who signed is not said, a contact has no name, no row is signed.
    pub fn check(&self, rows: &[SessionId]) -> Result<ScanInput, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut wrong = |field: &str, sentence: String| problems.push(FieldProblem::new(field, Rule::R32, sentence));
        let signer = self.signer.trim().parse().ok();
        if signer.is_none() {
            wrong("signer", "Indica chi ha firmato per il destinatario: il titolare del voucher o il referente aziendale.".to_owned());
        }
        let name = self.name.trim();
        let length = name.chars().count();
        if signer == Some(Signer::Contact) && length == 0 {
            wrong("signer_name", "Scrivi nome e cognome del referente aziendale che ha firmato.".to_owned());
        } else if length > NAME_LIMIT {
            wrong("signer_name", format!("Il nome ha {length} caratteri: accorcialo entro {NAME_LIMIT}."));
        }
        let covered: Vec<_> = rows.iter().filter(|row| !self.unsigned.contains(row)).copied().collect();
        if covered.is_empty() {
            let rows = counted(u32::try_from(rows.len()).unwrap_or(u32::MAX), "riga", "righe");
            wrong("unsigned", format!("Il registro ha {rows} e nessuna risulta firmata: togli il segno a quelle che lo sono."));
        }
        match signer {
            Some(signer) if problems.is_empty() => {
                Ok(ScanInput { signer, name: (signer == Signer::Contact).then(|| name.to_owned()), signed: covered })
            }
            _ => Err(problems),
        }
    }
}

impl ScanInput {
    /// Who signed, as it is printed: `Referente aziendale: Ada Zanon`.
    pub fn said(&self) -> String {
        match &self.name {
            Some(name) => format!("{}: {name}", self.signer.label()),
            None => self.signer.label().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> SessionId {
        SessionId(Uuid::from_u128(number))
    }

    fn form(signer: &str, name: &str, unsigned: &[u128]) -> ScanForm {
        ScanForm { signer: signer.to_owned(), name: name.to_owned(), unsigned: unsigned.iter().map(|number| id(*number)).collect() }
    }

    #[test]
    fn r32_a_scan_says_who_signed_and_covers_the_rows_that_are_signed() {
        let rows = [id(1), id(2), id(3)];
        let holder = form("holder", "x", &[2]).check(&rows).unwrap();
        assert!(holder == ScanInput { signer: Signer::Holder, name: None, signed: vec![id(1), id(3)] });
        let contact = form("contact", " Ada Zanon ", &[9]).check(&rows).unwrap();
        assert_eq!((contact.said().as_str(), contact.signed.len()), ("Referente aziendale: Ada Zanon", 3));
    }

    #[test]
    fn r32_all_that_is_wrong_with_a_scan_is_told_at_once() {
        let fields = |form: ScanForm| form.check(&[id(1)]).unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>();
        assert_eq!(fields(form("", "", &[1])), ["signer", "unsigned"]);
        assert_eq!(fields(form("contact", " ", &[])), ["signer_name"]);
        assert_eq!(fields(form("holder", &"x".repeat(101), &[])), ["signer_name"]);
    }
}
