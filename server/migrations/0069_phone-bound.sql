-- How many phones one account may hold in a county, from a day on; the set it starts with: domain/src/sync/phone-bound.ts.
create table sync.phone_bound (
  county_code char(6) not null,
  from_on date not null,
  most int not null,
  basis text not null,
  constraint phone_bound_pk primary key (county_code, from_on),
  constraint phone_bound_some check (most between 1 and 50)
);
comment on table sync.phone_bound is 'Phones that one account may hold at most, from a day on (domain/src/sync/phone-bound.ts).';
