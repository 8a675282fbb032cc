-- Events of whom somebody is kept from, by account: so that whose turn it is is asked of those who may see them.
create table events.kept_from (
  county_code char(6) not null,
  event_id uuid not null,
  account_id uuid not null,
  constraint kept_from_pk primary key (event_id, account_id)
);
comment on table events.kept_from is 'Which events an account may not see, since they were told by, or are of, somebody it is kept from; written anew every minute.';
create index kept_from_account on events.kept_from (county_code, account_id);
