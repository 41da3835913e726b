-- Who signs in, where they work, and what the server remembers of a visit.

create table account (
    id blob primary key not null,
    login text not null unique,
    password_hash text not null,
    name text not null,
    role text not null check (role in ('operator', 'provider_administrator', 'coach', 'system_administrator')),
    provider_id blob references provider (id),
    coach_id blob references coach (id),
    demo integer not null check (demo in (0, 1)),
    disabled integer not null default 0 check (disabled in (0, 1)),
    failures integer not null default 0 check (failures >= 0),
    locked_until text,
    created_at text not null,
    check ((role = 'system_administrator') = (provider_id is null)),
    check ((role = 'coach') = (coach_id is not null))
) strict;

create table account_site (
    account_id blob not null references account (id),
    site_id blob not null references site (id),
    primary key (account_id, site_id)
) strict;

create table sign_in (
    hash blob primary key not null,
    account_id blob not null references account (id),
    created_at text not null,
    last_seen_at text not null
) strict;

create index sign_in_of_account on sign_in (account_id);
create index sign_in_by_visit on sign_in (last_seen_at);

create table search (
    id blob primary key not null,
    account_id blob not null references account (id),
    sealed blob not null,
    created_at text not null
) strict;

create index search_of_account on search (account_id);
create index search_by_age on search (created_at);
