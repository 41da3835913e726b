-- The link by which other programs read a coach's calendar: only the hash of its secret is kept.

create table calendar_feed (
    coach_id blob primary key not null references coach (id),
    hash blob not null unique,
    created_at text not null,
    created_local text not null,
    last_read_at text,
    last_read_local text,
    reads integer not null default 0 check (reads >= 0),
    check ((last_read_at is null) = (reads = 0) and (last_read_local is null) = (reads = 0))
) strict;

-- The agenda of a site is read by day, over all its coaches.
create index session_by_day on session (on_date, from_time, id);
