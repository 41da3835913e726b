-- How a provider stands from a day on (R40): decisions, which are only ever added. They take the place of one value for all days.

create table provider_standing (
    provider_id uuid not null references provider (id),
    number bigint not null check (number > 0),
    from_on date not null,
    standing text not null check (standing in ('active', 'suspended')),
    reason text not null,
    decided_by text not null,
    decided_local timestamp not null,
    primary key (provider_id, number)
);

insert into provider_standing (provider_id, number, from_on, standing, reason, decided_by, decided_local)
select id, 1, '2020-01-01', case when active then 'active' else 'suspended' end, 'Stato all''avvio del sistema', 'Sistema', '2020-01-01 00:00:00'
from provider;

alter table provider drop column active;

create function refuse_change_of_provider_standing() returns trigger language plpgsql as $$
begin
    raise exception 'decisions about providers are only added';
end
$$;

create trigger provider_standing_is_never_changed before update or delete or truncate on provider_standing
for each statement execute function refuse_change_of_provider_standing();
