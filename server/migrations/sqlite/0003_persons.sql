-- Persons: the name is clear for search, the rest is sealed under the person's own key, itself wrapped by the master key.

create table person (
    id blob primary key not null,
    tax_code_hash blob not null unique,
    first_name text not null,
    last_name text not null,
    -- `app::domain::text::fold` of the last name.
    last_name_folded text not null,
    wrapped_key blob not null,
    sealed_details blob not null,
    version integer not null
) strict;

create index person_by_name on person (last_name_folded, id);
