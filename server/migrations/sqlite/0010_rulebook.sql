-- Versions of the rulebook beside the one the program comes with. A published version never changes: rows are only ever added.

create table rulebook_version (
    valid_from text primary key not null,
    -- `app::domain::rulebook::RulebookVersion` as JSON.
    body text not null,
    citation text not null,
    published_at text not null,
    published_local text not null,
    published_by text not null
) strict;

create trigger rulebook_version_is_never_changed before update on rulebook_version
begin
    select raise(abort, 'a published version never changes');
end;

create trigger rulebook_version_is_never_deleted before delete on rulebook_version
begin
    select raise(abort, 'a published version never changes');
end;
