-- A browser is known, not an address: behind one address sits a whole county.
drop table identity.came_from;
create table identity.known_device (
  account_id uuid not null,
  token_hash text not null,
  at timestamptz not null,
  constraint known_device_pk primary key (account_id, token_hash),
  constraint known_device_account foreign key (account_id) references identity.account (id)
);
comment on table identity.known_device is 'Browsers in which an account signed in, for thirty days: a digest of what their cookie holds, which opens nothing. They end with the password and with the sessions of the account.';
create index known_device_at on identity.known_device (at);
