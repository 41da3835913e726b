-- How a dossier ends, early or by its voucher, and who the person works for meanwhile.

-- Interruzione (S18): the day is clear for rules and lists; what happened and why may tell of health, so it is sealed.
alter table opal
    add column interrupted_on date,
    add column interrupted_local timestamp,
    add column interrupted_by text,
    add column sealed_interruption bytea,
    -- When the job wrote down that the voucher closed, and that the days after it are over (R38); the dates alone decide.
    add column expired_at timestamptz,
    add column archived_at timestamptz;

-- The Rome day of `closed_at`.
alter table activity add column closed_on date;
update activity set closed_on = (closed_at at time zone 'Europe/Rome')::date where closed_at is not null;

create index opal_expiring on opal (valid_to, id) where state = 'admitted' and expired_at is null;
create index opal_archiving on opal (valid_to, id) where state = 'admitted' and archived_at is null;

-- The employer from a day on (S17); the first one stays with the request.
create table employer_change (
    opal_id uuid not null references opal (id),
    since date not null,
    name text not null,
    vat_number text not null,
    town text not null,
    contact text not null,
    sealed_reason bytea not null,
    changed_at timestamptz not null,
    primary key (opal_id, since)
);

-- A session may also end with its service.
alter table session drop constraint session_end_reason_check;
alter table session add constraint session_end_reason_check check (
    end_reason in (
        'person_absent', 'coach_absent', 'employer_unavailable', 'illness', 'entry_error', 'activity_closed',
        'service_interrupted', 'other'
    )
);
