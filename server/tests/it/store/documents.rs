//! Documents: drafts by their version, numbers in their transaction, what takes the place of what, scans and the rows that they sign.

use std::collections::HashSet;

use app::domain::{
    document::{CODE_BYTES, DocumentCode, DocumentKind, upload::FileKind},
    ids::{DocumentId, DraftId, FileId, OpalId, ScanId},
    rulebook::ActivityCode,
    session::SessionState,
};
use server::store::{
    Store, StoreError,
    documents::{DocumentRecord, DraftRecord, EvidenceQuery, FileRecord, ScanRecord, SignedRow},
    records::SessionRecord,
};
use uuid::Uuid;

use super::sample::{ANNA, BRUNO, E001, E002, at, day, dossier, local, opal_id, session, session_id, with_opals, with_sessions};
use super::sessions::in_state;

fn draft(n: u128, opal: OpalId, kind: DocumentKind) -> DraftRecord {
    DraftRecord {
        id: DraftId(Uuid::from_u128(n)),
        opal,
        kind,
        activity: (kind != DocumentKind::FinalReport).then_some(ActivityCode::CoachingPlan),
        sealed_form: vec![1, 0, 255],
        saved_local: local("2026-11-24T09:00:00.123456"),
        saved_by: "Operatore".to_owned(),
        version: 1,
    }
}

fn file(n: u128) -> FileRecord {
    FileRecord { id: FileId(Uuid::from_u128(n)), sha256: vec![u8::try_from(n % 256).unwrap(); 32], size: 4_096 }
}

/// The `n`th document of the year, of the provider E001.
fn document(n: u8, opal: OpalId, kind: DocumentKind) -> DocumentRecord {
    DocumentRecord {
        id: DocumentId(Uuid::from_u128(u128::from(n))),
        opal,
        provider: E001,
        kind,
        activity: (kind == DocumentKind::CoachingPlan).then_some(ActivityCode::CoachingPlan),
        year: 2026,
        number: u32::from(n),
        code: DocumentCode::of([n; CODE_BYTES]),
        issued_at: at("2026-11-24T08:00:00.123456Z") + chrono::TimeDelta::minutes(n.into()),
        issued_local: local("2026-11-24T09:00:00.123456"),
        issued_by: "Operatore".to_owned(),
        drafted_on: (kind == DocumentKind::CoachingPlan).then(|| day("2026-11-23")),
        replaces: None,
        replaced: false,
        sealed_content: vec![0, 1],
        data_hash: vec![n; 32],
        template: "1".to_owned(),
        file: file(1_000 + u128::from(n)),
        original: None,
    }
}

fn scan(n: u128, document: DocumentId, signed: u32) -> ScanRecord {
    ScanRecord {
        id: ScanId(Uuid::from_u128(n)),
        document,
        file: file(2_000 + n),
        file_kind: FileKind::Png,
        sealed_signer: vec![3],
        signed,
        added_at: at("2026-11-25T08:00:00Z") + chrono::TimeDelta::minutes(i64::try_from(n).unwrap()),
        added_local: local("2026-11-25T09:00:00"),
        added_by: "Operatore".to_owned(),
    }
}

fn delivered(n: u128, opal: OpalId, on: &str) -> SessionRecord {
    in_state(session(n, opal, on, "09:00:00", "11:00:00"), SessionState::Delivered)
}

fn signed(session: u128, by: &ScanRecord) -> SignedRow {
    SignedRow { session: session_id(session), scan: by.id, row_sha256: vec![6; 32] }
}

async fn issue(store: &dyn Store, documents: &[&DocumentRecord]) {
    let mut tx = store.write().await.unwrap();
    for document in documents {
        tx.insert_document(document).await.unwrap();
    }
    tx.commit().await.unwrap();
}

contract! {
    async fn a_draft_is_read_as_it_was_written_and_changed_by_who_saw_its_last_version(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        let first = draft(1, opal_id(1), DocumentKind::CoachingPlan);
        let later = DraftRecord { saved_local: local("2026-11-24T10:00:00"), ..draft(2, opal_id(1), DocumentKind::FinalReport) };
        let mut tx = db.store.write().await.unwrap();
        for draft in [&first, &later] {
            tx.insert_draft(draft).await.unwrap();
        }
        assert_eq!(tx.drafts(opal_id(1)).await.unwrap(), [later.clone(), first.clone()]);
        assert_eq!(tx.drafts(opal_id(2)).await.unwrap(), []);

        let kept = DraftRecord { sealed_form: vec![2], saved_by: "Coach".to_owned(), version: 2, ..first.clone() };
        assert!(tx.keep_draft(&kept, 1).await.unwrap());
        assert!(!tx.keep_draft(&kept, 1).await.unwrap(), "that version is gone");
        assert_eq!(tx.draft(first.id).await.unwrap(), Some(kept));
        assert!(!tx.delete_draft(first.id, 1).await.unwrap());
        assert!(tx.delete_draft(first.id, 2).await.unwrap());
        assert_eq!(tx.draft(first.id).await.unwrap(), None);
    }

    async fn r34_a_dossier_has_one_draft_of_its_report(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        let mut tx = db.store.write().await.unwrap();
        tx.insert_draft(&draft(1, opal_id(1), DocumentKind::FinalReport)).await.unwrap();
        tx.insert_draft(&draft(2, opal_id(2), DocumentKind::FinalReport)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.store.write().await.unwrap();
        let second = tx.insert_draft(&draft(3, opal_id(1), DocumentKind::FinalReport)).await;
        assert!(matches!(second, Err(StoreError::Exists { .. })), "{second:?}");
    }

    async fn numbers_go_on_by_provider_and_year_and_are_taken_back_with_the_transaction(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let mut tx = db.store.write().await.unwrap();
        for (provider, year, number) in [(E001, 2026, 1), (E001, 2026, 2), (E002, 2026, 1), (E001, 2027, 1)] {
            assert_eq!(tx.next_document_number(provider, year).await.unwrap(), number);
        }
        tx.commit().await.unwrap();
        let mut tx = db.store.write().await.unwrap();
        assert_eq!(tx.next_document_number(E001, 2026).await.unwrap(), 3);
        drop(tx);
        let mut tx = db.store.write().await.unwrap();
        assert_eq!(tx.next_document_number(E001, 2026).await.unwrap(), 3, "the one before was never committed");
    }

    async fn a_document_is_found_by_id_and_by_code_and_known_to_be_replaced(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2)]).await;
        let old = document(1, opal_id(1), DocumentKind::Register);
        let new = DocumentRecord { replaces: Some(old.id), ..document(2, opal_id(1), DocumentKind::Register) };
        let plan = DocumentRecord { original: Some((file(9), FileKind::Docx)), ..document(3, opal_id(2), DocumentKind::CoachingPlan) };
        issue(db.store.as_ref(), &[&old, &new, &plan]).await;
        let old = DocumentRecord { replaced: true, ..old };
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.documents(opal_id(1)).await.unwrap(), [new.clone(), old.clone()], "the newest first");
        assert_eq!(tx.document(old.id).await.unwrap(), Some(old.clone()));
        assert_eq!(tx.document_of_code(&old.code).await.unwrap(), Some(old));
        assert_eq!(tx.document(plan.id).await.unwrap(), Some(plan));
        assert_eq!(tx.document_of_code(&DocumentCode::of([99; CODE_BYTES])).await.unwrap(), None);
    }

    async fn no_number_and_no_code_is_given_twice_and_no_document_is_replaced_twice(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        let first = document(1, opal_id(1), DocumentKind::Register);
        let second = DocumentRecord { replaces: Some(first.id), ..document(2, opal_id(1), DocumentKind::Register) };
        issue(db.store.as_ref(), &[&first, &second]).await;
        let third = document(3, opal_id(1), DocumentKind::Register);
        for wrong in [
            DocumentRecord { number: 1, ..third.clone() },
            DocumentRecord { code: first.code.clone(), ..third.clone() },
            DocumentRecord { file: first.file.clone(), ..third.clone() },
            DocumentRecord { replaces: Some(first.id), ..third.clone() },
        ] {
            let mut tx = db.store.write().await.unwrap();
            assert!(tx.insert_document(&wrong).await.is_err(), "{wrong:?}");
        }
        issue(db.store.as_ref(), &[&DocumentRecord { replaces: Some(second.id), ..third }]).await;
    }

    async fn r32_a_scan_signs_its_rows_and_a_later_one_takes_their_place(db) {
        with_opals(db.store.as_ref(), [dossier(1)]).await;
        with_sessions(db.store.as_ref(), (1..=3).map(|n| delivered(n, opal_id(1), &format!("2026-11-2{n}")))).await;
        let register = document(1, opal_id(1), DocumentKind::Register);
        issue(db.store.as_ref(), &[&register]).await;
        let (first, second) = (scan(1, register.id, 2), scan(2, register.id, 2));
        let mut tx = db.store.write().await.unwrap();
        tx.insert_scan(&first, opal_id(1), &[signed(1, &first), signed(2, &first)]).await.unwrap();
        tx.insert_scan(&second, opal_id(1), &[signed(2, &second), signed(3, &second)]).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.store.read().await.unwrap();
        assert_eq!(tx.scans(opal_id(1)).await.unwrap(), [second.clone(), first.clone()]);
        assert_eq!(tx.scan(first.id).await.unwrap(), Some(first.clone()));
        let mut rows = tx.signatures(opal_id(1)).await.unwrap();
        rows.sort_by_key(|row| row.session);
        assert_eq!(rows, [signed(1, &first), signed(2, &second), signed(3, &second)]);
        let known: HashSet<_> = [&register.file, &first.file, &second.file].map(|file| file.id).into();
        assert_eq!(tx.known_files().await.unwrap(), known);
    }

    async fn proof_is_counted_for_many_dossiers_at_once_and_for_a_coach_or_some_days(db) {
        with_opals(db.store.as_ref(), [dossier(1), dossier(2), dossier(3)]).await;
        let of_bruno = SessionRecord { coach: BRUNO, ..delivered(2, opal_id(1), "2026-11-22") };
        with_sessions(db.store.as_ref(), [delivered(1, opal_id(1), "2026-11-21"), of_bruno]).await;
        let register = document(1, opal_id(1), DocumentKind::Register);
        let (plan, report) = (document(2, opal_id(1), DocumentKind::CoachingPlan), document(3, opal_id(2), DocumentKind::FinalReport));
        issue(db.store.as_ref(), &[&register, &plan, &report]).await;
        let signing = scan(1, register.id, 2);
        let mut tx = db.store.write().await.unwrap();
        tx.insert_scan(&signing, opal_id(1), &[signed(1, &signing), signed(2, &signing)]).await.unwrap();
        tx.commit().await.unwrap();

        let opals = [1, 2, 3].map(opal_id);
        let all = EvidenceQuery::of(&opals);
        let mut tx = db.store.read().await.unwrap();
        let mut found = tx.evidence(&all).await.unwrap();
        found.sort_by_key(|(opal, _)| *opal);
        let told: Vec<_> = found.iter().map(|(opal, proof)| (*opal, proof.signed, proof.outputs.iter().collect::<Vec<_>>(), proof.report_on)).collect();
        let expected = [(opal_id(1), 2, vec![DocumentKind::CoachingPlan], None), (opal_id(2), 0, vec![], Some(day("2026-11-24")))];
        assert_eq!(told, expected, "a dossier without any proof is left out");
        for (query, signed) in [
            (EvidenceQuery { coach: Some(ANNA), ..all }, 1),
            (EvidenceQuery { from: Some(day("2026-11-22")), ..all }, 1),
            (EvidenceQuery { to: Some(day("2026-11-20")), ..all }, 0),
        ] {
            let found = tx.evidence(&query).await.unwrap();
            assert_eq!(found.iter().map(|(_, proof)| proof.signed).sum::<u32>(), signed);
        }
    }
}
