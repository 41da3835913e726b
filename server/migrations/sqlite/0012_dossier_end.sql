-- How a dossier ends, early or by its voucher, and who the person works for meanwhile.

-- Interruzione (S18): the day is clear for rules and lists; what happened and why may tell of health, so it is sealed.
alter table opal add column interrupted_on text;
alter table opal add column interrupted_local text;
alter table opal add column interrupted_by text;
alter table opal add column sealed_interruption blob;
-- When the job wrote down that the voucher closed, and that the days after it are over (R38); the dates alone decide.
alter table opal add column expired_at text;
alter table opal add column archived_at text;

-- The Rome day of `closed_at`; for those closed before, its day in UTC, which only an hour after midnight differs.
alter table activity add column closed_on text;
update activity set closed_on = substr(closed_at, 1, 10) where closed_at is not null;

create index opal_expiring on opal (valid_to, id) where state = 'admitted' and expired_at is null;
create index opal_archiving on opal (valid_to, id) where state = 'admitted' and archived_at is null;

-- The employer from a day on (S17); the first one stays with the request.
create table employer_change (
    opal_id blob not null references opal (id),
    since text not null,
    name text not null,
    vat_number text not null,
    town text not null,
    contact text not null,
    sealed_reason blob not null,
    changed_at text not null,
    primary key (opal_id, since)
) strict;

-- A session may also end with its service. SQLite changes no check: the table is made anew, referring to itself from the start so
-- that dropping the old one leaves nothing that refers to it.
create table session_anew (
    id blob primary key not null,
    opal_id blob not null,
    -- The dossier's, repeated for the rules that look across dossiers.
    person_id blob not null,
    activity_code text not null,
    coach_id blob not null references coach (id),
    on_date text not null,
    from_time text not null,
    to_time text not null,
    -- The length, for sums: times have no arithmetic that both databases share.
    minutes integer not null check (minutes > 0),
    note text not null,
    state text not null check (state in ('entered', 'scheduled', 'started', 'delivered', 'cancelled', 'not_delivered')),
    late_days integer check (late_days >= 0),
    entered_at text not null,
    started_local text,
    completed_local text,
    description text,
    end_reason text check (
        end_reason in (
            'person_absent', 'coach_absent', 'employer_unavailable', 'illness', 'entry_error', 'activity_closed',
            'service_interrupted', 'other'
        )
    ),
    end_text text,
    replaces blob references session_anew (id),
    version integer not null,
    foreign key (opal_id, person_id) references opal (id, person_id),
    foreign key (opal_id, activity_code) references activity (opal_id, code),
    check (from_time < to_time),
    check (state not in ('started', 'delivered') or started_local is not null),
    check ((state = 'delivered') = (completed_local is not null)),
    check (state <> 'delivered' or description is not null),
    check (state <> 'not_delivered' or end_reason is not null)
) strict;

insert into session_anew (
    id, opal_id, person_id, activity_code, coach_id, on_date, from_time, to_time, minutes, note, state, late_days, entered_at,
    started_local, completed_local, description, end_reason, end_text, replaces, version
)
select
    id, opal_id, person_id, activity_code, coach_id, on_date, from_time, to_time, minutes, note, state, late_days, entered_at,
    started_local, completed_local, description, end_reason, end_text, replaces, version
from session;

drop table session;
alter table session_anew rename to session;

create index session_of_opal on session (opal_id, on_date, from_time);
create index session_of_person on session (person_id, on_date);
create index session_of_coach on session (coach_id, on_date);
create index session_open on session (on_date, from_time, id) where state in ('entered', 'scheduled', 'started');
create unique index session_replaced on session (replaces) where replaces is not null;
