-- Who signs in, where they work, and what the server remembers of a visit.

create table account (
    id uuid primary key,
    login text not null unique,
    password_hash text not null,
    name text not null,
    role text not null check (role in ('operator', 'provider_administrator', 'coach', 'system_administrator')),
    provider_id uuid references provider (id),
    coach_id uuid references coach (id),
    demo boolean not null,
    disabled boolean not null default false,
    failures integer not null default 0 check (failures >= 0),
    locked_until timestamptz,
    created_at timestamptz not null,
    check ((role = 'system_administrator') = (provider_id is null)),
    check ((role = 'coach') = (coach_id is not null))
);

create table account_site (
    account_id uuid not null references account (id),
    site_id uuid not null references site (id),
    primary key (account_id, site_id)
);

create table sign_in (
    hash bytea primary key,
    account_id uuid not null references account (id),
    created_at timestamptz not null,
    last_seen_at timestamptz not null
);

create index sign_in_of_account on sign_in (account_id);
create index sign_in_by_visit on sign_in (last_seen_at);

create table search (
    id uuid primary key,
    account_id uuid not null references account (id),
    sealed bytea not null,
    created_at timestamptz not null
);

create index search_of_account on search (account_id);
create index search_by_age on search (created_at);
