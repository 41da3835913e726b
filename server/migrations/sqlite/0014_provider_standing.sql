-- How a provider stands from a day on (R40): decisions, which are only ever added. They take the place of one value for all days.

create table provider_standing (
    provider_id blob not null references provider (id),
    number integer not null check (number > 0),
    from_on text not null,
    standing text not null check (standing in ('active', 'suspended')),
    reason text not null,
    decided_by text not null,
    decided_local text not null,
    primary key (provider_id, number)
) strict;

insert into provider_standing (provider_id, number, from_on, standing, reason, decided_by, decided_local)
select id, 1, '2020-01-01', case when active = 1 then 'active' else 'suspended' end, 'Stato all''avvio del sistema', 'Sistema', '2020-01-01 00:00:00'
from provider;

alter table provider drop column active;

create trigger provider_standing_is_never_changed before update on provider_standing
begin
    select raise(abort, 'decisions about providers are only added');
end;

create trigger provider_standing_is_never_deleted before delete on provider_standing
begin
    select raise(abort, 'decisions about providers are only added');
end;
