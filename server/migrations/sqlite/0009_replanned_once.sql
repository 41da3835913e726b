-- A session that ended is planned anew once (R22), whoever asks at the same time.

drop index session_replaced;
create unique index session_replaced on session (replaces) where replaces is not null;

-- The payload is sealed in the chains of dossiers only: those of providers and of the system are about nobody.
alter table audit rename column sealed to payload;
