-- The link by which other programs read a coach's calendar: only the hash of its secret is kept.

create table calendar_feed (
    coach_id uuid primary key not null references coach (id),
    hash bytea not null unique,
    created_at timestamptz not null,
    created_local timestamp not null,
    last_read_at timestamptz,
    last_read_local timestamp,
    reads bigint not null default 0 check (reads >= 0),
    check ((last_read_at is null) = (reads = 0) and (last_read_local is null) = (reads = 0))
);

-- The agenda of a site is read by day, over all its coaches.
create index session_by_day on session (on_date, from_time, id);
