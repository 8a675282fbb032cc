-- What somebody is told that is not about an event: an ordered change of the net that was not carried out on its day.
create table identity.message (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  about text not null,
  change text not null,
  on_day date not null,
  problem text not null,
  at timestamptz not null,
  read_at timestamptz,
  constraint message_pk primary key (county_code, id),
  constraint message_account foreign key (account_id) references identity.account (id),
  constraint message_kind_known check (kind in ('net-refused'))
);
comment on table identity.message is 'What somebody is told that is not about an event, until he has read it.';
create index message_of_account on identity.message (account_id, at desc);
