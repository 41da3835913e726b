-- Accredited bodies, their sites and coaches, and the employment centres that send requests.

create table provider (
    id blob primary key not null,
    code text not null unique,
    name text not null,
    active integer not null check (active in (0, 1))
) strict;

create table site (
    id blob primary key not null,
    provider_id blob not null references provider (id),
    code text not null unique,
    town text not null,
    province text not null,
    -- Lets others refer to a site together with its provider, so that the two can't disagree.
    unique (id, provider_id)
) strict;

create index site_of_provider on site (provider_id, code);

create table coach (
    id blob primary key not null,
    provider_id blob not null,
    site_id blob not null,
    name text not null,
    active_from text not null,
    active_to text,
    foreign key (site_id, provider_id) references site (id, provider_id),
    check (active_from <= active_to)
) strict;

create index coach_of_provider on coach (provider_id);

create table centre (
    code text primary key not null,
    name text not null,
    -- For search: `app::domain::text::fold`.
    code_folded text not null,
    name_folded text not null
) strict;
