-- Who took a list of dossiers away as a file: a plain log beside the audit's chains, as that of profiles opened. Nothing changes by it, and
-- nobody who reads a list should wait for a chain.

create table payment_export (
    account_id uuid not null references account (id),
    provider_id uuid not null references provider (id),
    at timestamptz not null,
    format text not null check (format in ('csv', 'xlsx')),
    -- `app::domain::dossier::payment::PaymentForm` as JSON: nothing in it is about a person.
    filter text not null,
    dossiers bigint not null check (dossiers >= 0)
);

create index payment_export_of_provider on payment_export (provider_id, at);
