-- Persons: the name is clear for search, the rest is sealed under the person's own key, itself wrapped by the master key.

create table person (
    id uuid primary key,
    tax_code_hash bytea not null unique,
    first_name text not null,
    last_name text not null,
    -- `app::domain::text::fold` of the last name.
    last_name_folded text collate "C" not null,
    wrapped_key bytea not null,
    sealed_details bytea not null,
    version bigint not null
);

create index person_by_name on person (last_name_folded, id);
