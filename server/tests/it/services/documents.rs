//! Documents: written, issued, numbered, verified, signed by a scan, and taken away as a bundle.

use std::collections::BTreeSet;

use app::{
    domain::{
        audit::AuditAction,
        document::{DataSince, DocumentKind, DocumentRow, DocumentState, Issued, NewDraft, OutputForm, ScanForm, WrittenForm},
        dossier::{InterruptionForm, Owed},
        ids::{DraftId, OpalId},
        provider::Actor,
        rulebook::ActivityCode,
    },
    ports::{PortError, PortResult, StoredFile},
};
use serde_json::Value;

use crate::{
    files::samples::PDF,
    store::contract,
    support::world::{World, key, refused, seen},
};

async fn issue(world: &World, id: OpalId, kind: DocumentKind) -> PortResult<Issued> {
    world.backend.documents.issue(&world.ours.operator, key(), id, kind).await
}

async fn begin(world: &World, actor: &Actor, id: OpalId, kind: DocumentKind) -> PortResult<DraftId> {
    let activity = (kind != DocumentKind::FinalReport).then_some(ActivityCode::CoachingPlan);
    world.backend.documents.begin(actor, NewDraft { key: key(), dossier: id, kind, activity }).await
}

fn filled(kind: DocumentKind, outcome: &str) -> WrittenForm {
    let texts = kind.parts().iter().map(|part| (part.name.to_owned(), format!("Testo di {}.", part.name)));
    WrittenForm { drafted_on: "2026-11-23".to_owned(), outcome: outcome.to_owned(), texts: texts.collect() }
}

fn output(drafted_on: &str) -> OutputForm {
    OutputForm {
        kind: "interview_report".to_owned(),
        activity: "exploratory_interviews".to_owned(),
        title: String::new(),
        drafted_on: drafted_on.to_owned(),
        kept_at: "E001-PD".to_owned(),
    }
}

fn holder() -> ScanForm {
    ScanForm { signer: "holder".to_owned(), ..ScanForm::default() }
}

/// The fields and rules that something was refused for.
fn invalid<T: std::fmt::Debug>(result: PortResult<T>) -> Vec<String> {
    match result {
        Err(PortError::Invalid(problems)) => problems.into_iter().map(|problem| format!("{} {}", problem.rule, problem.field)).collect(),
        other => panic!("not invalid: {other:?}"),
    }
}

fn not_found<T>(result: PortResult<T>) -> bool {
    matches!(result, Err(PortError::NotFound))
}

impl World {
    async fn documents(&self, id: OpalId) -> Vec<DocumentRow> {
        self.backend.documents.open(&self.ours.operator, id).await.unwrap().documents
    }

    /// How many files there are, whole ones and halves.
    fn files(&self) -> usize {
        let shelves = std::fs::read_dir(self.folder.path()).unwrap();
        shelves.map(|shelf| std::fs::read_dir(shelf.unwrap().path()).unwrap().count()).sum()
    }

    async fn interrupted(&self, id: OpalId) {
        let (ports, operator) = (&self.backend.dossiers, &self.ours.operator);
        let version = ports.open(operator, id).await.unwrap().version;
        let form =
            InterruptionForm { interrupted_on: "2026-11-23".to_owned(), job: "resigned".to_owned(), reason: "Trasferimento".to_owned() };
        ports.interrupt(operator, id, seen(version), form).await.unwrap();
    }
}

contract! {
    async fn r31_a_register_is_issued_with_a_number_and_a_newer_one_takes_its_place(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        assert_eq!(refused(issue(&world, id, DocumentKind::Register).await), ["R31"], "there is nothing to report yet");
        world.delivered(id, "08:00", "09:00").await;
        let first = issue(&world, id, DocumentKind::Register).await.unwrap();
        assert_eq!(first.number, "1/2026");
        let file = world.backend.documents.file(&world.ours.operator, StoredFile::Issued(first.id)).await.unwrap();
        assert!(file.bytes.starts_with(b"%PDF-") && file.name == "registro-attivita-1-2026.pdf" && file.media_type == "application/pdf");
        let row = world.documents(id).await.remove(0);
        assert_eq!((row.state, row.changed, row.rows.len()), (DocumentState::Current, false, 1));
        let told = world.backend.documents.verify(&row.code.printed().to_lowercase()).await.unwrap();
        assert_eq!((told.data, told.number.as_str(), told.provider.as_str()), (DataSince::Unchanged, "1/2026", "Ente E001"));

        world.delivered(id, "09:00", "10:00").await;
        assert!(world.documents(id).await[0].changed);
        assert_eq!(world.backend.documents.verify(row.code.as_str()).await.unwrap().data, DataSince::Changed);
        let second = issue(&world, id, DocumentKind::Register).await.unwrap();
        assert_eq!(second.number, "2/2026");
        let states: Vec<_> = world.documents(id).await.into_iter().map(|row| (row.number, row.state)).collect();
        assert_eq!(states, [("2/2026".to_owned(), DocumentState::Current), ("1/2026".to_owned(), DocumentState::Superseded)]);
        let again = world.backend.documents.file(&world.ours.operator, StoredFile::Issued(first.id)).await.unwrap();
        assert!(again.bytes == file.bytes, "both stay, as they were");
        assert_eq!(world.audited(id, AuditAction::DocumentIssued).await, 2);
    }

    async fn two_people_who_issue_at_once_get_one_number_each_without_a_gap_or_a_double(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        let other = world.another_process().backend();
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..8 {
            let (ports, actor) = (if n % 2 == 0 { world.backend.documents.clone() } else { other.documents.clone() }, world.ours.operator.clone());
            let kind = if n % 4 < 2 { DocumentKind::Register } else { DocumentKind::Attestation };
            tasks.spawn(async move { ports.issue(&actor, key(), id, kind).await });
        }
        let mut numbers = BTreeSet::new();
        while let Some(issued) = tasks.join_next().await {
            if let Ok(issued) = issued.unwrap() {
                assert!(numbers.insert(issued.number.split_once('/').unwrap().0.parse::<u32>().unwrap()), "no number is given twice");
            }
        }
        assert!(!numbers.is_empty() && numbers.iter().copied().eq(1..=u32::try_from(numbers.len()).unwrap()), "{numbers:?}");
        let current = world.documents(id).await.into_iter().filter(|row| row.state == DocumentState::Current).count();
        assert_eq!(current, 2, "one register and one attestation count");
    }

    async fn a_repeated_issue_is_the_same_document(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        let (intention, ports, operator) = (key(), &world.backend.documents, &world.ours.operator);
        let first = ports.issue(operator, intention, id, DocumentKind::Attestation).await.unwrap();
        assert_eq!(ports.issue(operator, intention, id, DocumentKind::Attestation).await.unwrap(), first);
        assert_eq!((world.documents(id).await.len(), world.files()), (1, 1));
    }

    async fn r33_an_output_is_written_saved_as_it_grows_and_issued(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        let kind = DocumentKind::CoachingPlan;
        let draft = begin(&world, operator, id, kind).await.unwrap();
        let page = ports.draft(operator, draft).await.unwrap();
        assert!(page.form.texts["roles"].contains("Caseificio Alto Piave") && page.issues && page.issuable.is_ok());
        let mut half = page.form.clone();
        half.texts.insert("goals".to_owned(), "Cambiare gli stampi da solo.".to_owned());
        let saved = ports.save(operator, draft, seen(page.version), half.clone()).await.unwrap();
        assert_eq!(saved.version, page.version + 1);
        let stale = ports.save(operator, draft, seen(page.version), page.form.clone()).await;
        let Err(PortError::Conflict(changes)) = stale else { panic!("{stale:?}") };
        assert_eq!((changes.len(), changes[0].field.as_str(), changes[0].after.as_deref()), (1, "Obiettivi", None));
        assert_eq!(ports.draft(operator, draft).await.unwrap().form.texts["goals"], "Cambiare gli stampi da solo.");

        let lacking = invalid(ports.issue_draft(operator, draft, seen(saved.version), half).await);
        assert_eq!(lacking, ["R33 starting_point", "R33 actions", "R33 checks"]);
        let preview = ports.preview_draft(operator, draft).await.unwrap();
        assert!(preview.bytes.starts_with(b"%PDF-"));
        let issued = ports.issue_draft(operator, draft, seen(saved.version), filled(kind, "")).await.unwrap();
        assert!(not_found(ports.draft(operator, draft).await), "the draft has become the document");
        let row = world.documents(id).await.remove(0);
        assert_eq!((row.id, row.drafted_on), (issued.id, Some("2026-11-23".parse().unwrap())));
        world.delivered(id, "08:00", "09:00").await;
        assert!(!world.documents(id).await[0].changed, "an output shows no sessions");
    }

    async fn r34_the_report_comes_at_the_end_and_is_locked_once_it_was_delivered(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        let kind = DocumentKind::FinalReport;
        world.delivered(id, "08:00", "09:00").await;
        let draft = begin(&world, operator, id, kind).await.unwrap();
        assert_eq!(begin(&world, operator, id, kind).await.unwrap(), draft, "there is one, which everybody goes on with");
        let version = ports.draft(operator, draft).await.unwrap().version;
        assert_eq!(refused(ports.issue_draft(operator, draft, seen(version), filled(kind, "success")).await), ["R34"], "it still runs");

        world.interrupted(id).await;
        let owes = |owed: &Owed| matches!(owed, Owed::FailureReport { .. });
        assert!(ports.open(operator, id).await.unwrap().owed.iter().any(owes));
        assert_eq!(invalid(ports.issue_draft(operator, draft, seen(version), filled(kind, "success")).await), ["R35 outcome"]);
        let mut unexplained = filled(kind, "failure");
        unexplained.texts.remove("causes");
        assert_eq!(invalid(ports.issue_draft(operator, draft, seen(version), unexplained).await), ["R35 causes"]);
        ports.issue_draft(&world.ours.coach, draft, seen(version), filled(kind, "failure")).await.unwrap();
        assert!(!ports.open(operator, id).await.unwrap().owed.iter().any(owes), "it is delivered, and by the coach");
        assert_eq!(world.audited(id, AuditAction::ReportDelivered).await, 1);
        assert_eq!(refused(begin(&world, operator, id, kind).await), ["R34"]);
    }

    async fn a_coach_writes_outputs_and_leaves_the_issue_and_the_register_to_the_office(database) {
        let world = World::new(&database).await;
        let (id, ports, coach) = (world.dossier().await, &world.backend.documents, &world.ours.coach);
        world.delivered(id, "08:00", "09:00").await;
        let register = issue(&world, id, DocumentKind::Register).await.unwrap();
        let draft = begin(&world, coach, id, DocumentKind::CoachingPlan).await.unwrap();
        let version = ports.draft(coach, draft).await.unwrap().version;
        let refused = ports.issue_draft(coach, draft, seen(version), filled(DocumentKind::CoachingPlan, "")).await;
        assert!(matches!(refused, Err(PortError::Forbidden)), "{refused:?}");
        let page = ports.open(coach, id).await.unwrap();
        assert!(page.documents.is_empty() && page.unsigned.is_empty() && page.drafts.len() == 1 && !page.manages);
        assert!(not_found(ports.file(coach, StoredFile::Issued(register.id)).await));
        assert!(not_found(ports.preview(coach, id, DocumentKind::Register).await));
        assert!(not_found(ports.bundle(coach, id).await));
        assert!(matches!(ports.issue(coach, key(), id, DocumentKind::Register).await, Err(PortError::Forbidden)));
    }

    async fn what_another_provider_may_not_know_of_does_not_exist(database) {
        let world = World::new(&database).await;
        let (id, ports) = (world.dossier().await, &world.backend.documents);
        world.delivered(id, "08:00", "09:00").await;
        let register = issue(&world, id, DocumentKind::Register).await.unwrap();
        let draft = begin(&world, &world.ours.operator, id, DocumentKind::CoachingPlan).await.unwrap();
        for actor in [&world.theirs.operator, &world.theirs.coach, &world.elsewhere, &world.system] {
            assert!(not_found(ports.open(actor, id).await));
            assert!(not_found(ports.draft(actor, draft).await));
            assert!(not_found(begin(&world, actor, id, DocumentKind::CoachingPlan).await));
            assert!(not_found(ports.save(actor, draft, seen(1), WrittenForm::default()).await));
            assert!(not_found(ports.discard(actor, draft, seen(1)).await));
            assert!(not_found(ports.issue(actor, key(), id, DocumentKind::Register).await));
            assert!(not_found(ports.upload(actor, key(), id, output("2026-11-23"), PDF.to_vec()).await));
            assert!(not_found(ports.scan(actor, key(), register.id, holder(), PDF.to_vec()).await));
            assert!(not_found(ports.file(actor, StoredFile::Issued(register.id)).await));
            assert!(not_found(ports.preview(actor, id, DocumentKind::Register).await));
            assert!(not_found(ports.preview_draft(actor, draft).await));
            assert!(not_found(ports.bundle(actor, id).await));
        }
        assert!(not_found(ports.verify("0000000000000000").await) && not_found(ports.verify("<script>").await));
    }

    async fn r33_an_output_made_elsewhere_is_issued_behind_a_cover_and_given_back_as_it_came(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        let wrong = ports.upload(operator, key(), id, output("2026-11-24"), b"MZ\x90\x00".to_vec()).await;
        assert_eq!(invalid(wrong), ["R33 drafted_on", "R33 file"], "both are told at once");
        assert_eq!(world.files(), 0, "nothing is kept of what was refused");
        let issued = ports.upload(operator, key(), id, output("2026-11-23"), PDF.to_vec()).await.unwrap();
        let original = ports.file(operator, StoredFile::Original(issued.id)).await.unwrap();
        assert!(original.bytes == PDF && original.name == "relazione-colloquio-1-2026-originale.pdf");
        let cover = ports.file(operator, StoredFile::Issued(issued.id)).await.unwrap();
        assert!(cover.bytes.starts_with(b"%PDF-") && cover.bytes.len() > PDF.len(), "the original is inside");
        let row = world.documents(id).await.remove(0);
        assert_eq!((row.title.as_deref(), row.original), (Some("Relazione del colloquio esplorativo"), Some(("PDF".to_owned(), PDF.len() as u64))));
        // On the disk nothing of it is legible.
        let needle = b"endobj";
        for shelf in std::fs::read_dir(world.folder.path()).unwrap() {
            for file in std::fs::read_dir(shelf.unwrap().path()).unwrap() {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                assert!(!bytes.starts_with(b"%PDF") && !bytes.windows(needle.len()).any(|window| window == needle));
            }
        }
    }

    async fn r32_a_scan_signs_the_rows_of_its_register_and_no_row_that_came_later(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        let first = world.delivered(id, "08:00", "09:00").await;
        let second = world.delivered(id, "09:00", "10:00").await;
        let register = issue(&world, id, DocumentKind::Register).await.unwrap();
        let third = world.delivered(id, "10:00", "11:00").await;
        let unsigned = async || ports.open(operator, id).await.unwrap().unsigned.into_iter().map(|row| row.session).collect::<Vec<_>>();
        assert_eq!(unsigned().await, [first, second, third]);
        let nobody = ScanForm { unsigned: vec![first, second], ..ScanForm::default() };
        assert_eq!(invalid(ports.scan(operator, key(), register.id, nobody, b"x".to_vec()).await), ["R32 signer", "R32 unsigned", "R32 scan_file"]);

        let form = ScanForm { signer: "contact".to_owned(), name: "Maria Tomasetti".to_owned(), unsigned: vec![second] };
        ports.scan(operator, key(), register.id, form, PDF.to_vec()).await.unwrap();
        assert_eq!(unsigned().await, [second, third]);
        assert!(ports.open(operator, id).await.unwrap().owed.contains(&Owed::Signatures { sessions: 2 }));
        let row = world.documents(id).await.remove(0);
        assert_eq!((row.rows.as_slice(), row.scans.len(), row.scans[0].signed), ([second].as_slice(), 1, 1));
        assert_eq!(row.scans[0].signer, "Referente aziendale: Maria Tomasetti");
        let scan = ports.file(operator, StoredFile::Scan(row.scans[0].id)).await.unwrap();
        assert!(scan.bytes == PDF && scan.name == "registro-attivita-1-2026-firmato.pdf");
        ports.scan(operator, key(), register.id, holder(), PDF.to_vec()).await.unwrap();
        assert_eq!(unsigned().await, [third]);
        let scans = world.documents(id).await.remove(0).scans;
        let told: Vec<_> = scans.iter().map(|scan| (scan.signer.as_str(), scan.signed)).collect();
        let expected = [("Titolare del voucher", 1), ("Referente aziendale: Maria Tomasetti", 1)];
        assert_eq!(told, expected, "a row that is signed stays as it was signed");
        assert_eq!(world.audited(id, AuditAction::RegisterSigned).await, 2);
    }

    async fn the_bundle_holds_the_data_the_whole_log_and_every_file_with_its_hash(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        world.delivered(id, "08:00", "09:00").await;
        let register = issue(&world, id, DocumentKind::Register).await.unwrap();
        ports.scan(operator, key(), register.id, holder(), PDF.to_vec()).await.unwrap();
        ports.upload(operator, key(), id, output("2026-11-23"), PDF.to_vec()).await.unwrap();
        let bundle = ports.bundle(operator, id).await.unwrap();
        assert_eq!(bundle.name, "fascicolo-JC-2026-000001.zip");
        let paths: BTreeSet<_> = bundle.files.iter().map(|file| file.path.as_str()).collect();
        let expected = [
            "documenti/2026-1-registro-attivita-firmato-1.pdf",
            "documenti/2026-1-registro-attivita.pdf",
            "documenti/2026-2-relazione-colloquio-originale.pdf",
            "documenti/2026-2-relazione-colloquio.pdf",
        ];
        assert!(paths.iter().copied().eq(expected), "{paths:?}");
        let told: Value = serde_json::from_slice(&bundle.data).unwrap();
        assert_eq!((told["format"].as_str(), told["details"]["tax_code"].as_str()), (Some("affianco/dossier@1"), Some("RSSMRA80A01H501U")));
        assert_eq!(told["activities"][3]["sessions"][0]["state"], "delivered");
        let log = told["log"].as_array().unwrap();
        assert!(told["log_is_whole"] == true && log.len() > 5 && log[1]["previous"] == log[0]["hash"]);
        for file in bundle.files {
            let bytes = ports.file(operator, file.file).await.unwrap().bytes;
            assert_eq!((bytes.len() as u64, sha256(&bytes)), (file.size, file.sha256));
        }
    }

    async fn r38_nothing_is_written_any_more_once_the_dossier_is_read_only_and_all_can_still_be_read(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        world.delivered(id, "08:00", "09:00").await;
        let register = issue(&world, id, DocumentKind::Register).await.unwrap();
        world.at("2027-07-10");
        issue(&world, id, DocumentKind::Register).await.unwrap();
        world.at("2027-07-11");
        assert_eq!(refused(issue(&world, id, DocumentKind::Register).await), ["R38"]);
        assert_eq!(refused(begin(&world, operator, id, DocumentKind::CoachingPlan).await), ["R38"]);
        assert_eq!(refused(ports.upload(operator, key(), id, output("2027-07-11"), PDF.to_vec()).await), ["R38"]);
        assert!(ports.open(operator, id).await.unwrap().permitted.is_err());
        assert!(ports.file(operator, StoredFile::Issued(register.id)).await.is_ok() && ports.bundle(operator, id).await.is_ok());
    }

    async fn a_draft_is_thrown_away_by_who_saw_its_last_version(database) {
        let world = World::new(&database).await;
        let (id, ports, operator) = (world.dossier().await, &world.backend.documents, &world.ours.operator);
        let draft = begin(&world, operator, id, DocumentKind::CoachingPlan).await.unwrap();
        let page = ports.draft(operator, draft).await.unwrap();
        ports.save(operator, draft, seen(page.version), filled(DocumentKind::CoachingPlan, "")).await.unwrap();
        assert!(matches!(ports.discard(operator, draft, seen(page.version)).await, Err(PortError::Conflict(_))));
        ports.discard(operator, draft, seen(page.version + 1)).await.unwrap();
        assert!(ports.open(operator, id).await.unwrap().drafts.is_empty());
        assert_eq!(world.audited(id, AuditAction::DraftDiscarded).await, 1);
    }

    async fn an_erased_person_s_document_is_still_known_and_its_data_are_gone(database) {
        let world = World::new(&database).await;
        let id = world.dossier().await;
        world.delivered(id, "08:00", "09:00").await;
        issue(&world, id, DocumentKind::Register).await.unwrap();
        let code = world.documents(id).await.remove(0).code;
        database.execute("update person set wrapped_key = sealed_details").await.unwrap();
        let told = world.backend.documents.verify(code.as_str()).await.unwrap();
        assert_eq!((told.data, told.number.as_str()), (DataSince::Erased, "1/2026"));
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(bytes))
}
