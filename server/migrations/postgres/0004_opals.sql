-- Requests and, under the same id once admitted, dossiers with their five activities.

create table opal (
    id uuid primary key,
    opal_code text collate "C" not null unique,
    content_hash bytea not null,
    voucher_id text not null,
    voucher_kind text not null check (voucher_kind in ('base', 'enhanced')),
    valid_from date not null,
    valid_to date not null,
    person_id uuid not null references person (id),
    provider_id uuid not null,
    site_id uuid not null,
    employer_name text not null,
    employer_vat_number text not null,
    employer_town text not null,
    employer_contact text not null,
    sealed_ground bytea not null,
    centre_code text collate "C" not null references centre (code),
    notified_at timestamptz not null,
    notified_local timestamp not null,
    -- The day of `notified_local`, on its own for comparisons.
    notified_on date not null,
    decide_by date not null,
    state text not null check (state in ('pending', 'admitted', 'refused', 'lapsed', 'withdrawn')),
    -- `app::domain::request::list_rank`.
    list_rank bigint not null,
    decided_at timestamptz,
    decided_local timestamp,
    decided_by text,
    refusal_category text check (refusal_category in ('mismatch', 'other')),
    refusal_text text,
    admitted_on date,
    version bigint not null,
    foreign key (site_id, provider_id) references site (id, provider_id),
    -- Lets a session refer to the dossier together with its person.
    unique (id, person_id),
    check (valid_from <= valid_to),
    check (notified_on <= decide_by),
    check ((state = 'pending') = (decided_at is null)),
    check ((decided_at is null) = (decided_local is null) and (decided_at is null) = (decided_by is null)),
    check ((state = 'refused') = (refusal_category is not null) and (refusal_category is null) = (refusal_text is null)),
    check ((state = 'admitted') = (admitted_on is not null))
);

create index opal_list on opal (provider_id, site_id, list_rank, id);
create index opal_due on opal (provider_id, site_id, state, decide_by);
create index opal_overdue on opal (decide_by, id) where state = 'pending';
create index opal_dossiers on opal (provider_id, site_id, admitted_on, id) where state = 'admitted';
create index opal_of_person on opal (person_id);

create table activity (
    opal_id uuid not null references opal (id),
    code text not null check (
        code in ('exploratory_interviews', 'context_analysis', 'coaching_plan', 'on_the_job_training', 'final_evaluation')
    ),
    ordinal smallint not null check (ordinal between 1 and 5),
    name text not null,
    agreed_minutes bigint not null check (agreed_minutes > 0),
    rate_cents bigint not null check (rate_cents >= 0),
    at_employer boolean not null,
    assumption boolean not null,
    closed_at timestamptz,
    closed_by text,
    version bigint not null,
    primary key (opal_id, code),
    unique (opal_id, ordinal),
    check ((closed_at is null) = (closed_by is null))
);
