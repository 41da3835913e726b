-- What happened: one chain per dossier, per provider, and one for the system. Rows are only ever added.

create table audit (
    chain text collate "C" not null,
    number bigint not null check (number > 0),
    at timestamptz not null,
    at_local timestamp not null,
    account_id uuid references account (id),
    actor text not null,
    action text not null,
    request_id text not null,
    sealed bytea not null,
    previous bytea not null,
    hash bytea not null,
    primary key (chain, number)
);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'audit is append-only';
end
$$;

create trigger audit_is_never_changed before update or delete or truncate on audit
for each statement execute function refuse_change_of_audit();

-- Who opened a person's profile, a plain log.
create table profile_read (
    person_id uuid not null references person (id),
    opal_id uuid not null references opal (id),
    account_id uuid not null references account (id),
    at timestamptz not null
);

create index profile_read_of_person on profile_read (person_id, at);
