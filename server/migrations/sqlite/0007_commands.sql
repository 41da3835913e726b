-- Commands already answered, so that a repeat has one effect, and leases, so that a job runs in one process at a time.

create table answer (
    command_key blob not null,
    account_id blob not null references account (id),
    fingerprint blob not null,
    reply text not null,
    at text not null,
    primary key (command_key, account_id)
) strict;

create index answer_by_age on answer (at);

create table lease (
    job text primary key not null,
    holder blob not null,
    until_at text not null
) strict;
