-- The dashboard adds up the sessions of the dossiers whose vouchers have not ended long ago: which these are, and all that the sums look at.

create index opal_ending on opal (provider_id, site_id, valid_to, id) where state = 'admitted';
create index session_sums on session (opal_id, activity_code, state, on_date, coach_id, minutes);
