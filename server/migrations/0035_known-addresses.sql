-- From where somebody signed in of late: what others try does not slow him there, also after a restart.
create table identity.came_from (
  account_id uuid not null,
  way text not null,
  at timestamptz not null,
  constraint came_from_pk primary key (account_id, way),
  constraint came_from_account foreign key (account_id) references identity.account (id)
);
comment on table identity.came_from is 'Addresses at which an account signed in, for thirty days: a keyed digest of login and address, from which neither is read.';
create index came_from_at on identity.came_from (at);
