-- Nobody is locked out by what others try: who guesses waits, by login and address, in the memory of the server.
alter table identity.account drop column failures, drop column locked_until;

-- A session that a phone took out of the cookie is that phone's, and ends with it.
alter table identity.session add column device_id uuid;
comment on column identity.session.device_id is 'The phone that holds it, once a phone took it out of the cookie.';
create index session_device on identity.session (device_id) where device_id is not null;
