-- What happened: one chain per dossier, per provider, and one for the system. Rows are only ever added.

create table audit (
    chain text not null,
    number integer not null check (number > 0),
    at text not null,
    at_local text not null,
    account_id blob references account (id),
    actor text not null,
    action text not null,
    request_id text not null,
    sealed blob not null,
    previous blob not null,
    hash blob not null,
    primary key (chain, number)
) strict;

create trigger audit_is_never_changed before update on audit
begin
    select raise(abort, 'audit is append-only');
end;

create trigger audit_is_never_deleted before delete on audit
begin
    select raise(abort, 'audit is append-only');
end;

-- Who opened a person's profile, a plain log.
create table profile_read (
    person_id blob not null references person (id),
    opal_id blob not null references opal (id),
    account_id blob not null references account (id),
    at text not null
) strict;

create index profile_read_of_person on profile_read (person_id, at);
