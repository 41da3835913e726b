-- What is brought to somebody's mind, and the messages that wait to be sent.

alter table account add column email text check (email <> '');

-- One for each account and thing: it is new again (`read_at` null, another id) when the thing comes nearer its end or moves to another day.
-- Names and codes stay where they are: what a reader sees is joined within its reach.
create table notice (
    id uuid primary key,
    account_id uuid not null references account (id),
    kind text not null check (kind in ('request_term', 'open_session', 'voucher_end', 'refusals')),
    -- The request, session, dossier or provider that it is about.
    subject_id uuid not null,
    -- The OPAL of the first three.
    opal_id uuid references opal (id),
    -- The day on which the thing hangs, and `app::domain::agenda::Matter::stage`.
    on_day date not null,
    stage bigint not null check (stage > 0),
    -- The Rome wall clock.
    raised_local timestamp not null,
    read_at timestamptz,
    unique (account_id, kind, subject_id),
    check ((kind = 'refusals') = (opal_id is null))
);

create index notice_list on notice (account_id, raised_local desc, id);
create index notice_unread on notice (account_id) where read_at is null;
create index notice_of_subject on notice (kind, subject_id);
create index notice_by_age on notice (raised_local);

create index opal_decided on opal (decided_local, provider_id, state, refusal_category) where state in ('admitted', 'refused');

-- Jobs that reach outside: written in the transaction that wants them, done at most once.
create table outbox (
    id uuid primary key,
    kind text not null check (kind in ('digest')),
    -- The same key is never written twice.
    key text collate "C" not null unique,
    -- About no person.
    payload text not null,
    -- The Rome wall clock.
    not_before timestamp not null,
    attempts bigint not null default 0 check (attempts >= 0),
    -- Real time, as everything that follows.
    next_try timestamptz not null,
    -- Until when the process that claimed it may be at work; past it without an outcome, nobody knows whether it was done.
    claimed_until timestamptz,
    done_at timestamptz,
    given_up_at timestamptz,
    last_error text,
    check (done_at is null or given_up_at is null),
    check ((given_up_at is null) or last_error is not null)
);

create index outbox_waiting on outbox (next_try, id) where done_at is null and given_up_at is null;
create index outbox_by_age on outbox (not_before);
