-- Proof on paper: what is being written, what was issued, who signed which row.

-- The outputs that an activity owes (R33), frozen at the admission like its hours: words of `DocumentKind`, with spaces between.
alter table activity add column outputs text not null default '';
update activity set outputs = 'interview_report' where code = 'exploratory_interviews';
update activity set outputs = 'coaching_plan' where code = 'coaching_plan';

-- A document while it is written. What it says may tell of health, so it is sealed.
create table document_draft (
    id blob primary key not null,
    opal_id blob not null references opal (id),
    kind text not null check (kind in ('interview_report', 'coaching_plan', 'final_report')),
    activity_code text,
    sealed_form blob not null,
    saved_local text not null,
    saved_by text not null,
    version integer not null,
    foreign key (opal_id, activity_code) references activity (opal_id, code),
    check ((kind = 'final_report') = (activity_code is null))
) strict;

create index document_draft_of_opal on document_draft (opal_id);
-- Of the report there is one.
create unique index document_draft_report on document_draft (opal_id) where kind = 'final_report';

-- The last number given in a year: counted in the transaction that issues, so there is no gap and no double.
create table document_number (
    provider_id blob not null references provider (id),
    year integer not null,
    last integer not null check (last > 0),
    primary key (provider_id, year)
) strict;

-- An issued document: never changed. A newer one takes its place and both stay.
create table document (
    id blob primary key not null,
    opal_id blob not null references opal (id),
    provider_id blob not null references provider (id),
    kind text not null check (
        kind in ('register', 'attestation', 'interview_report', 'coaching_plan', 'other_output', 'final_report')
    ),
    activity_code text,
    year integer not null,
    number integer not null check (number > 0),
    -- Printed on every page.
    code text not null unique,
    issued_at text not null,
    issued_local text not null,
    issued_by text not null,
    drafted_on text,
    -- The one whose place it took.
    replaces blob references document (id),
    -- `app::domain::document::Content`, and SHA-256 of its plain form.
    sealed_content blob not null,
    data_hash blob not null,
    template text not null,
    -- The PDF.
    file_id blob not null unique,
    file_sha256 blob not null,
    file_size integer not null check (file_size > 0),
    -- What was uploaded, for an output made elsewhere.
    original_id blob unique,
    original_sha256 blob,
    original_size integer check (original_size > 0),
    original_kind text,
    unique (provider_id, year, number),
    foreign key (opal_id, activity_code) references activity (opal_id, code),
    check ((original_id is null) = (original_sha256 is null) and (original_id is null) = (original_size is null)),
    check ((original_id is null) = (original_kind is null))
) strict;

create index document_of_opal on document (opal_id, issued_at);
create unique index document_replaced on document (replaces) where replaces is not null;

-- A scan of a register's signed paper. Who signed is sealed.
create table document_scan (
    id blob primary key not null,
    document_id blob not null references document (id),
    file_id blob not null unique,
    file_sha256 blob not null,
    file_size integer not null check (file_size > 0),
    file_kind text not null,
    sealed_signer blob not null,
    signed integer not null check (signed > 0),
    added_at text not null,
    added_local text not null,
    added_by text not null
) strict;

create index document_scan_of_document on document_scan (document_id);

-- The signature under a delivered session (R32): SHA-256 of the row that it covers. A change of the session takes it away.
create table signature (
    session_id blob primary key not null references session (id),
    opal_id blob not null references opal (id),
    scan_id blob not null references document_scan (id),
    row_sha256 blob not null
) strict;

create index signature_of_opal on signature (opal_id);
