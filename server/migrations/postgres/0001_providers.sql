-- Accredited bodies, their sites and coaches, and the employment centres that send requests.
-- What is ordered or searched by range is collated "C": both databases then agree on the order, which is that of the bytes.

create table provider (
    id uuid primary key,
    code text collate "C" not null unique,
    name text not null,
    active boolean not null
);

create table site (
    id uuid primary key,
    provider_id uuid not null references provider (id),
    code text collate "C" not null unique,
    town text not null,
    province text not null,
    -- Lets others refer to a site together with its provider, so that the two can't disagree.
    unique (id, provider_id)
);

create index site_of_provider on site (provider_id, code);

create table coach (
    id uuid primary key,
    provider_id uuid not null,
    site_id uuid not null,
    name text not null,
    active_from date not null,
    active_to date,
    foreign key (site_id, provider_id) references site (id, provider_id),
    check (active_from <= active_to)
);

create index coach_of_provider on coach (provider_id);

create table centre (
    code text collate "C" primary key,
    name text not null,
    -- For search: `app::domain::text::fold`.
    code_folded text collate "C" not null,
    name_folded text collate "C" not null
);
