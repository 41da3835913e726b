//! Documents, their drafts, their scans, and what proof they make.

use std::collections::{BTreeMap, HashSet};

use app::domain::{
    command::Version,
    document::{DocumentCode, DocumentKind},
    dossier::Evidence,
    ids::{DocumentId, DraftId, FileId, OpalId, ProviderId, ScanId, SessionId},
    rulebook::ActivityCode,
    time::LocalInstant,
};
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use sqlx::{FromRow, query, query_as, query_scalar};
use uuid::Uuid;

use super::{Db, Sql, Tx, scope};
use crate::store::{
    StoreError, StoreResult,
    column::Place,
    documents::{DocumentRecord, DocumentStore, DraftRecord, EvidenceQuery, FileRecord, ScanRecord, SignedRow},
};

#[derive(FromRow)]
struct DraftRow {
    id: Uuid,
    opal_id: Uuid,
    kind: String,
    activity_code: Option<String>,
    sealed_form: Vec<u8>,
    saved_local: NaiveDateTime,
    saved_by: String,
    version: i64,
}

impl TryFrom<DraftRow> for DraftRecord {
    type Error = StoreError;

    fn try_from(row: DraftRow) -> StoreResult<Self> {
        let place = Place { table: "document_draft", row: row.id };
        Ok(Self {
            id: DraftId(row.id),
            opal: OpalId(row.opal_id),
            kind: place.word(&row.kind)?,
            activity: place.word_if(row.activity_code.as_deref())?,
            sealed_form: row.sealed_form,
            saved_local: LocalInstant(row.saved_local),
            saved_by: row.saved_by,
            version: row.version,
        })
    }
}

#[derive(FromRow)]
struct DocumentRow {
    id: Uuid,
    opal_id: Uuid,
    provider_id: Uuid,
    kind: String,
    activity_code: Option<String>,
    year: i32,
    number: i32,
    code: String,
    issued_at: DateTime<Utc>,
    issued_local: NaiveDateTime,
    issued_by: String,
    drafted_on: Option<NaiveDate>,
    replaces: Option<Uuid>,
    replaced: bool,
    sealed_content: Vec<u8>,
    data_hash: Vec<u8>,
    template: String,
    file_id: Uuid,
    file_sha256: Vec<u8>,
    file_size: i64,
    original_id: Option<Uuid>,
    original_sha256: Option<Vec<u8>>,
    original_size: Option<i64>,
    original_kind: Option<String>,
}

impl TryFrom<DocumentRow> for DocumentRecord {
    type Error = StoreError;

    fn try_from(row: DocumentRow) -> StoreResult<Self> {
        let place = Place { table: "document", row: row.id };
        let original = match (row.original_id, row.original_sha256, row.original_size, row.original_kind) {
            (Some(id), Some(sha256), Some(size), Some(kind)) => Some((file(&place, id, sha256, size)?, place.word(&kind)?)),
            _ => None,
        };
        Ok(Self {
            id: DocumentId(row.id),
            opal: OpalId(row.opal_id),
            provider: ProviderId(row.provider_id),
            kind: place.word(&row.kind)?,
            activity: place.word_if(row.activity_code.as_deref())?,
            year: row.year,
            number: place.count(row.number.into())?,
            code: DocumentCode::try_from(row.code).map_err(|error| place.corrupt(error))?,
            issued_at: row.issued_at,
            issued_local: LocalInstant(row.issued_local),
            issued_by: row.issued_by,
            drafted_on: row.drafted_on,
            replaces: row.replaces.map(DocumentId),
            replaced: row.replaced,
            sealed_content: row.sealed_content,
            data_hash: row.data_hash,
            template: row.template,
            file: file(&place, row.file_id, row.file_sha256, row.file_size)?,
            original,
        })
    }
}

#[derive(FromRow)]
struct ScanRow {
    id: Uuid,
    document_id: Uuid,
    file_id: Uuid,
    file_sha256: Vec<u8>,
    file_size: i64,
    file_kind: String,
    sealed_signer: Vec<u8>,
    signed: i32,
    added_at: DateTime<Utc>,
    added_local: NaiveDateTime,
    added_by: String,
}

impl TryFrom<ScanRow> for ScanRecord {
    type Error = StoreError;

    fn try_from(row: ScanRow) -> StoreResult<Self> {
        let place = Place { table: "document_scan", row: row.id };
        Ok(Self {
            id: ScanId(row.id),
            document: DocumentId(row.document_id),
            file: file(&place, row.file_id, row.file_sha256, row.file_size)?,
            file_kind: place.word(&row.file_kind)?,
            sealed_signer: row.sealed_signer,
            signed: place.count(row.signed.into())?,
            added_at: row.added_at,
            added_local: LocalInstant(row.added_local),
            added_by: row.added_by,
        })
    }
}

fn file(place: &Place<Uuid>, id: Uuid, sha256: Vec<u8>, size: i64) -> StoreResult<FileRecord> {
    Ok(FileRecord { id: FileId(id), sha256, size: u64::try_from(size).map_err(|error| place.corrupt(error))? })
}

/// A size as a column.
fn bytes(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// A count as a column.
fn small(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

const DRAFTS: &str = "select id, opal_id, kind, activity_code, sealed_form, saved_local, saved_by, version from document_draft where ";
const SCANS: &str = "select document_scan.id, document_scan.document_id, document_scan.file_id, document_scan.file_sha256, \
     document_scan.file_size, document_scan.file_kind, document_scan.sealed_signer, document_scan.signed, document_scan.added_at, \
     document_scan.added_local, document_scan.added_by from document_scan ";
const DOCUMENTS: &str = "select document.id, document.opal_id, document.provider_id, document.kind, document.activity_code, document.year, \
     document.number, document.code, document.issued_at, document.issued_local, document.issued_by, document.drafted_on, document.replaces, \
     exists (select 1 from document newer where newer.replaces = document.id) as replaced, document.sealed_content, document.data_hash, \
     document.template, document.file_id, document.file_sha256, document.file_size, document.original_id, document.original_sha256, \
     document.original_size, document.original_kind from document where ";

impl Tx {
    async fn one_document(&mut self, mut sql: Sql) -> StoreResult<Option<DocumentRecord>> {
        let found: Option<DocumentRow> = sql.build_query_as().fetch_optional(self.connection()).await?;
        found.map(DocumentRecord::try_from).transpose()
    }
}

#[async_trait]
impl DocumentStore for Tx {
    async fn insert_draft(&mut self, draft: &DraftRecord) -> StoreResult<()> {
        query::<Db>(
            "insert into document_draft (id, opal_id, kind, activity_code, sealed_form, saved_local, saved_by, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(draft.id.0)
        .bind(draft.opal.0)
        .bind(draft.kind.as_str())
        .bind(draft.activity.map(ActivityCode::as_str))
        .bind(&draft.sealed_form)
        .bind(draft.saved_local.0)
        .bind(&draft.saved_by)
        .bind(draft.version)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn keep_draft(&mut self, draft: &DraftRecord, seen: Version) -> StoreResult<bool> {
        let written = query::<Db>(
            "update document_draft set sealed_form = $3, saved_local = $4, saved_by = $5, version = version + 1 where id = $1 and version = $2",
        )
        .bind(draft.id.0)
        .bind(seen)
        .bind(&draft.sealed_form)
        .bind(draft.saved_local.0)
        .bind(&draft.saved_by)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() == 1)
    }

    async fn delete_draft(&mut self, id: DraftId, seen: Version) -> StoreResult<bool> {
        let gone = query::<Db>("delete from document_draft where id = $1 and version = $2").bind(id.0).bind(seen);
        Ok(gone.execute(self.connection()).await?.rows_affected() == 1)
    }

    async fn draft(&mut self, id: DraftId) -> StoreResult<Option<DraftRecord>> {
        let mut sql = Sql::new(DRAFTS);
        sql.push("id = ").push_bind(id.0);
        let found: Option<DraftRow> = sql.build_query_as().fetch_optional(self.connection()).await?;
        found.map(DraftRecord::try_from).transpose()
    }

    async fn drafts(&mut self, opal: OpalId) -> StoreResult<Vec<DraftRecord>> {
        let mut sql = Sql::new(DRAFTS);
        sql.push("opal_id = ").push_bind(opal.0).push(" order by saved_local desc, id");
        let found: Vec<DraftRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(DraftRecord::try_from).collect()
    }

    async fn next_document_number(&mut self, provider: ProviderId, year: i32) -> StoreResult<u32> {
        let sql = "insert into document_number (provider_id, year, last) values ($1, $2, 1) \
                   on conflict (provider_id, year) do update set last = document_number.last + 1 returning last";
        let last: i32 = query_scalar::<Db, _>(sql).bind(provider.0).bind(year).fetch_one(self.connection()).await?;
        Place { table: "document_number", row: provider.0 }.count(last.into())
    }

    async fn insert_document(&mut self, document: &DocumentRecord) -> StoreResult<()> {
        let original = document.original.as_ref();
        query::<Db>(
            "insert into document (id, opal_id, provider_id, kind, activity_code, year, number, code, issued_at, issued_local, issued_by, \
             drafted_on, replaces, sealed_content, data_hash, template, file_id, file_sha256, file_size, original_id, original_sha256, \
             original_size, original_kind) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)",
        )
        .bind(document.id.0)
        .bind(document.opal.0)
        .bind(document.provider.0)
        .bind(document.kind.as_str())
        .bind(document.activity.map(ActivityCode::as_str))
        .bind(document.year)
        .bind(small(document.number))
        .bind(document.code.as_str())
        .bind(document.issued_at)
        .bind(document.issued_local.0)
        .bind(&document.issued_by)
        .bind(document.drafted_on)
        .bind(document.replaces.map(|replaced| replaced.0))
        .bind(&document.sealed_content)
        .bind(&document.data_hash)
        .bind(&document.template)
        .bind(document.file.id.0)
        .bind(&document.file.sha256)
        .bind(bytes(document.file.size))
        .bind(original.map(|(file, _)| file.id.0))
        .bind(original.map(|(file, _)| &file.sha256))
        .bind(original.map(|(file, _)| bytes(file.size)))
        .bind(original.map(|(_, kind)| kind.as_str()))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn document(&mut self, id: DocumentId) -> StoreResult<Option<DocumentRecord>> {
        let mut sql = Sql::new(DOCUMENTS);
        sql.push("document.id = ").push_bind(id.0);
        self.one_document(sql).await
    }

    async fn document_of_code(&mut self, code: &DocumentCode) -> StoreResult<Option<DocumentRecord>> {
        let mut sql = Sql::new(DOCUMENTS);
        sql.push("document.code = ").push_bind(code.as_str().to_owned());
        self.one_document(sql).await
    }

    async fn documents(&mut self, opal: OpalId) -> StoreResult<Vec<DocumentRecord>> {
        let mut sql = Sql::new(DOCUMENTS);
        sql.push("document.opal_id = ")
            .push_bind(opal.0)
            .push(" order by document.issued_at desc, document.year desc, document.number desc");
        let found: Vec<DocumentRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(DocumentRecord::try_from).collect()
    }

    async fn insert_scan(&mut self, scan: &ScanRecord, opal: OpalId, rows: &[SignedRow]) -> StoreResult<()> {
        query::<Db>(
            "insert into document_scan (id, document_id, file_id, file_sha256, file_size, file_kind, sealed_signer, signed, added_at, \
             added_local, added_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(scan.id.0)
        .bind(scan.document.0)
        .bind(scan.file.id.0)
        .bind(&scan.file.sha256)
        .bind(bytes(scan.file.size))
        .bind(scan.file_kind.as_str())
        .bind(&scan.sealed_signer)
        .bind(small(scan.signed))
        .bind(scan.added_at)
        .bind(scan.added_local.0)
        .bind(&scan.added_by)
        .execute(self.connection())
        .await?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut sql = Sql::new("insert into signature (session_id, opal_id, scan_id, row_sha256) ");
        sql.push_values(rows, |mut values, row| {
            values.push_bind(row.session.0).push_bind(opal.0).push_bind(row.scan.0).push_bind(row.row_sha256.clone());
        });
        sql.push(" on conflict (session_id) do update set scan_id = excluded.scan_id, row_sha256 = excluded.row_sha256");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn scan(&mut self, id: ScanId) -> StoreResult<Option<ScanRecord>> {
        let mut sql = Sql::new(SCANS);
        sql.push("where document_scan.id = ").push_bind(id.0);
        let found: Option<ScanRow> = sql.build_query_as().fetch_optional(self.connection()).await?;
        found.map(ScanRecord::try_from).transpose()
    }

    async fn scans(&mut self, opal: OpalId) -> StoreResult<Vec<ScanRecord>> {
        let mut sql = Sql::new(SCANS);
        sql.push("join document on document.id = document_scan.document_id where document.opal_id = ").push_bind(opal.0);
        sql.push(" order by document_scan.added_at desc, document_scan.id");
        let found: Vec<ScanRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        found.into_iter().map(ScanRecord::try_from).collect()
    }

    async fn signatures(&mut self, opal: OpalId) -> StoreResult<Vec<SignedRow>> {
        let found: Vec<(Uuid, Uuid, Vec<u8>)> =
            query_as::<Db, _>("select session_id, scan_id, row_sha256 from signature where opal_id = $1 order by session_id")
                .bind(opal.0)
                .fetch_all(self.connection())
                .await?;
        let row = |(session, scan, row_sha256)| SignedRow { session: SessionId(session), scan: ScanId(scan), row_sha256 };
        Ok(found.into_iter().map(row).collect())
    }

    async fn evidence(&mut self, query: &EvidenceQuery<'_>) -> StoreResult<Vec<(OpalId, Evidence)>> {
        let mut proof = BTreeMap::<Uuid, Evidence>::new();
        let mut sql = Sql::new(
            "select signature.opal_id, count(*) from signature join session on session.id = signature.session_id \
             where session.state = 'delivered' and ",
        );
        scope::one_of(&mut sql, "signature.opal_id", query.opals.iter().map(|id| id.0));
        if let Some(coach) = query.coach {
            sql.push(" and session.coach_id = ").push_bind(coach.0);
        }
        if let Some(from) = query.from {
            sql.push(" and session.on_date >= ").push_bind(from);
        }
        if let Some(to) = query.to {
            sql.push(" and session.on_date <= ").push_bind(to);
        }
        sql.push(" group by signature.opal_id");
        let signed: Vec<(Uuid, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        for (opal, count) in signed {
            proof.entry(opal).or_default().signed = Place { table: "opal", row: opal }.count(count)?;
        }
        let mut sql = Sql::new("select opal_id, kind, max(issued_local) from document where ");
        scope::one_of(&mut sql, "opal_id", query.opals.iter().map(|id| id.0));
        sql.push(" group by opal_id, kind");
        let issued: Vec<(Uuid, String, NaiveDateTime)> = sql.build_query_as().fetch_all(self.connection()).await?;
        for (opal, kind, local) in issued {
            let kind: DocumentKind = Place { table: "document of opal", row: opal }.word(&kind)?;
            let evidence = proof.entry(opal).or_default();
            if kind.is_output() {
                evidence.outputs = evidence.outputs.with([kind].into_iter().collect());
            } else if kind == DocumentKind::FinalReport {
                evidence.report_on = Some(local.date());
            }
        }
        Ok(proof.into_iter().map(|(opal, evidence)| (OpalId(opal), evidence)).collect())
    }

    async fn known_files(&mut self) -> StoreResult<HashSet<FileId>> {
        let sql = "select file_id from document union all select original_id from document where original_id is not null \
                   union all select file_id from document_scan";
        let known = query_scalar::<Db, Uuid>(sql).fetch_all(self.connection()).await?;
        Ok(known.into_iter().map(FileId).collect())
    }
}
