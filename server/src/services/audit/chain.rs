//! The hash chain: SHA-256 over the canonical JSON of a row, which holds the hash of the row before.

use std::collections::BTreeMap;

use chrono::SecondsFormat;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::store::records::AuditRecord;

/// What the first row of a chain follows.
pub(super) const BEGINNING: [u8; 32] = [0; 32];

/// The hash of a row: over every field but the hash itself, keys in order. The payload counts as it is kept, so erasing a person breaks no
/// chain; its key says `sealed` because that was its first name, and the canonical form never changes.
pub(super) fn hash(row: &AuditRecord) -> Vec<u8> {
    let fields = BTreeMap::from([
        ("account", json!(row.account)),
        ("action", json!(row.action.as_str())),
        ("actor", json!(row.actor)),
        ("at", json!(row.at.to_rfc3339_opts(SecondsFormat::Micros, true))),
        ("at_local", json!(row.at_local.0.format("%Y-%m-%dT%H:%M:%S%.6f").to_string())),
        ("chain", json!(row.chain)),
        ("number", json!(row.number)),
        ("previous", json!(hex::encode(&row.previous))),
        ("request_id", json!(row.request_id)),
        ("sealed", json!(hex::encode(&row.payload))),
    ]);
    Sha256::digest(json!(fields).to_string()).to_vec()
}

/// Whether the rows, oldest first, are a chain from its beginning: none changed, none missing between two.
pub(super) fn is_whole(rows: &[AuditRecord]) -> bool {
    let before = std::iter::once(BEGINNING.as_slice()).chain(rows.iter().map(|row| row.hash.as_slice()));
    rows.iter().zip(before).zip(1..).all(|((row, before), number)| row.number == number && row.previous == before && row.hash == hash(row))
}

#[cfg(test)]
mod tests {
    use app::domain::{audit::AuditAction, time::LocalInstant};
    use chrono::{DateTime, NaiveDateTime};

    use super::*;

    fn row(number: i64, previous: &[u8]) -> AuditRecord {
        let mut row = AuditRecord {
            chain: "opal:1".to_owned(),
            number,
            at: DateTime::UNIX_EPOCH,
            at_local: LocalInstant(NaiveDateTime::default()),
            account: None,
            actor: "Sistema".to_owned(),
            action: AuditAction::RequestLapsed,
            request_id: String::new(),
            payload: vec![1, 2, 3],
            previous: previous.to_vec(),
            hash: Vec::new(),
        };
        row.hash = hash(&row);
        row
    }

    fn three() -> Vec<AuditRecord> {
        let first = row(1, &BEGINNING);
        let second = row(2, &first.hash);
        let third = row(3, &second.hash);
        vec![first, second, third]
    }

    #[test]
    fn a_chain_as_it_was_written_is_whole() {
        assert!(is_whole(&three()) && is_whole(&[]));
    }

    #[test]
    fn a_change_of_any_field_breaks_the_chain_even_when_the_row_is_hashed_anew() {
        let changes: [fn(&mut AuditRecord); 5] = [
            |row| row.actor = "Altri".to_owned(),
            |row| row.payload[0] ^= 1,
            |row| row.action = AuditAction::RequestRefused,
            |row| row.at += chrono::TimeDelta::microseconds(1),
            |row| row.request_id.push('x'),
        ];
        for change in changes {
            let mut rows = three();
            change(&mut rows[1]);
            assert!(!is_whole(&rows));
            rows[1].hash = hash(&rows[1]);
            assert!(!is_whole(&rows), "the next row names the old hash");
        }
    }

    #[test]
    fn a_row_taken_out_or_moved_breaks_the_chain() {
        let mut missing = three();
        missing.remove(1);
        let mut moved = three();
        moved.swap(0, 1);
        assert!(!is_whole(&missing) && !is_whole(&moved) && !is_whole(&three()[1..]));
    }

    #[test]
    fn the_canonical_form_does_not_change_with_the_program() {
        // By hand: sha256 of {"account":null,"action":"request_lapsed",…,"sealed":"010203"}, keys in order and no spaces.
        let expected = "ec0343fe35236efda6c8e0a3bc008d4927a965c41e4cd070bf6ba2fddda47ebe";
        assert_eq!(hex::encode(&row(1, &BEGINNING).hash), expected);
    }
}
