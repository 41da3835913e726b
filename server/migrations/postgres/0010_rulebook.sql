-- Versions of the rulebook beside the one the program comes with. A published version never changes: rows are only ever added.

create table rulebook_version (
    valid_from date primary key,
    -- `app::domain::rulebook::RulebookVersion` as JSON.
    body text not null,
    citation text not null,
    published_at timestamptz not null,
    published_local timestamp not null,
    published_by text not null
);

create function refuse_change_of_rulebook_version() returns trigger language plpgsql as $$
begin
    raise exception 'a published version never changes';
end
$$;

create trigger rulebook_version_is_never_changed before update or delete or truncate on rulebook_version
for each statement execute function refuse_change_of_rulebook_version();
