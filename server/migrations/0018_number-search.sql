-- Numbers and phones that people search for are counted: who asks often enough finds one without revealing it.
create table registry.number_search (
  county_code char(6) not null,
  account_id uuid not null,
  day date not null,
  asked text[] not null,
  constraint number_search_pk primary key (county_code, account_id)
);
comment on table registry.number_search is 'What an account asked for by number or phone on a day, found or not, against the quota: keyed digests of that day and account, which fit no record. The row begins anew each day.';
