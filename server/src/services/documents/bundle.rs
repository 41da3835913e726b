//! The whole dossier as one bundle: its data and its log as JSON, and every file that was issued or added.

use std::collections::HashMap;

use app::{
    domain::{
        document::Head,
        dossier::EmployerPeriod,
        ids::{OpalId, SessionId},
        person::{PersonDetails, PersonName},
        provider::Actor,
        session::{EndReason, SessionState},
        time::{LocalInstant, Span},
    },
    ports::{Bundle, BundledFile, PortError, StoredFile},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    super::{
        audit::{Chain, ChainedRow},
        dossiers::{DossierFacts, employers},
        policy,
        sealed::open_details,
        transact::{Attempt, Failure, UseCase, Work},
    },
    facts::PaperFacts,
    take::note,
};
use crate::store::records::SessionRecord;

/// What `fascicolo.json` says it is.
const FORMAT: &str = "affianco/dossier@1";

/// The bundle of a dossier, for those who manage it.
pub(super) struct Gather {
    pub actor: Actor,
    pub dossier: OpalId,
}

#[async_trait]
impl UseCase for Gather {
    type Answer = Bundle;

    async fn run(&self, work: &mut Work) -> Attempt<Bundle> {
        let dossier = DossierFacts::open(work, &self.actor, self.dossier).await?;
        // Sessions of all coaches and health data are in it.
        policy::manages(&self.actor, dossier.opal.site).map_err(|_| PortError::NotFound)?;
        note(work, &self.actor, &dossier).await?;
        let papers = PaperFacts::of(work, dossier).await?;
        let person = work.uow.person(papers.dossier.opal.person).await?.ok_or_else(|| Failure::defect("a dossier has no person"))?;
        let details = open_details(work.master(), &person)?;
        let files = files(work, self.dossier).await?;
        let chain = Chain::of(work, &papers.dossier.opal).await?;
        let (rows, whole) = chain.rows(work).await?;
        let told = Told {
            format: FORMAT,
            made_at: work.now,
            person: &person.name,
            details: &details,
            head: &papers.service.head,
            admitted_on: papers.dossier.frame.admitted_on,
            valid_from: papers.dossier.frame.valid_from,
            valid_to: papers.dossier.frame.valid_to,
            interrupted_on: papers.dossier.frame.interrupted_on,
            status: papers.dossier.status(work.rulebook(), work.now).as_str(),
            employers: employers(&papers.dossier, None)?,
            activities: activities(&papers.dossier),
            files: files.iter().map(ToldFile::from).collect(),
            log: &rows,
            log_is_whole: whole,
        };
        let json = serde_json::to_vec_pretty(&told).map_err(|_| Failure::defect("a dossier cannot be written down"))?;
        Ok(Bundle { name: format!("fascicolo-{}.zip", papers.dossier.opal.opal_code), data: json, files })
    }
}

/// `fascicolo.json`.
#[derive(Serialize)]
struct Told<'a> {
    format: &'static str,
    made_at: LocalInstant,
    person: &'a PersonName,
    details: &'a PersonDetails,
    head: &'a Head,
    admitted_on: NaiveDate,
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    interrupted_on: Option<NaiveDate>,
    status: &'static str,
    employers: Vec<EmployerPeriod>,
    activities: Vec<ToldActivity<'a>>,
    files: Vec<ToldFile<'a>>,
    log: &'a [ChainedRow],
    log_is_whole: bool,
}

#[derive(Serialize)]
struct ToldActivity<'a> {
    code: &'static str,
    name: &'a str,
    agreed_minutes: u32,
    closed_on: Option<NaiveDate>,
    sessions: Vec<ToldSession<'a>>,
}

#[derive(Serialize)]
struct ToldSession<'a> {
    id: SessionId,
    state: SessionState,
    span: Span,
    coach: &'a str,
    note: &'a str,
    description: Option<&'a str>,
    started_at: Option<LocalInstant>,
    completed_at: Option<LocalInstant>,
    late_days: Option<u32>,
    end_reason: Option<&'static str>,
}

fn activities(dossier: &DossierFacts) -> Vec<ToldActivity<'_>> {
    let activities = dossier.activities.iter().map(|activity| ToldActivity {
        code: activity.code.as_str(),
        name: &activity.name,
        agreed_minutes: activity.agreed,
        closed_on: activity.closed_on,
        sessions: dossier.sessions_of(activity.code).map(ToldSession::from).collect(),
    });
    activities.collect()
}

impl<'a> From<&'a SessionRecord> for ToldSession<'a> {
    fn from(session: &'a SessionRecord) -> Self {
        Self {
            id: session.id,
            state: session.state,
            span: session.span,
            coach: &session.coach_name,
            note: &session.note,
            description: session.description.as_deref(),
            started_at: session.started_local,
            completed_at: session.completed_local,
            late_days: session.late_days,
            end_reason: session.end_reason.map(EndReason::label),
        }
    }
}

#[derive(Serialize)]
struct ToldFile<'a> {
    path: &'a str,
    sha256: &'a str,
    size: u64,
}

impl<'a> From<&'a BundledFile> for ToldFile<'a> {
    fn from(file: &'a BundledFile) -> Self {
        Self { path: &file.path, sha256: &file.sha256, size: file.size }
    }
}

/// Every file of the dossier, with the place it gets in the bundle.
async fn files(work: &mut Work, dossier: OpalId) -> Attempt<Vec<BundledFile>> {
    let mut files = Vec::new();
    let mut names = HashMap::new();
    for document in work.uow.documents(dossier).await? {
        let stem = format!("documenti/{}-{}-{}", document.year, document.number, document.kind.file_stem());
        names.insert(document.id, stem.clone());
        let sha256 = hex::encode(&document.file.sha256);
        files.push(BundledFile { path: format!("{stem}.pdf"), sha256, size: document.file.size, file: StoredFile::Issued(document.id) });
        if let Some((original, kind)) = document.original {
            let path = format!("{stem}-originale.{}", kind.extension());
            let sha256 = hex::encode(&original.sha256);
            files.push(BundledFile { path, sha256, size: original.size, file: StoredFile::Original(document.id) });
        }
    }
    for (scan, number) in work.uow.scans(dossier).await?.into_iter().rev().zip(1..) {
        let Some(stem) = names.get(&scan.document) else { continue };
        let path = format!("{stem}-firmato-{number}.{}", scan.file_kind.extension());
        let sha256 = hex::encode(&scan.file.sha256);
        files.push(BundledFile { path, sha256, size: scan.file.size, file: StoredFile::Scan(scan.id) });
    }
    Ok(files)
}
