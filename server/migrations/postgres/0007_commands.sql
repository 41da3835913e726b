-- Commands already answered, so that a repeat has one effect, and leases, so that a job runs in one process at a time.

create table answer (
    command_key uuid not null,
    account_id uuid not null references account (id),
    fingerprint bytea not null,
    reply text not null,
    at timestamptz not null,
    primary key (command_key, account_id)
);

create index answer_by_age on answer (at);

create table lease (
    job text primary key,
    holder uuid not null,
    until_at timestamptz not null
);
