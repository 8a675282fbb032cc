-- What visits hold of a person follows when two records become one, and goes back exactly when they are parted.
create table visits.carried (
  county_code char(6) not null,
  merge_id uuid not null,
  holder text not null,
  key text not null,
  is_home boolean not null default false,
  is_twin boolean not null default false,
  was_on date,
  to_on date,
  constraint carried_pk primary key (county_code, merge_id, holder, key),
  constraint carried_holder_known check (holder in ('task', 'visit', 'hazard', 'service', 'last'))
);
comment on table visits.carried is 'What came over with a person when two records of one became one, by merge; read and dropped when they are parted. key is the id of the row, or the form whose last visit it is.';
comment on column visits.carried.is_home is 'Its place was the person’s own: it went to the kept record’s place, and goes back to the other’s.';
comment on column visits.carried.is_twin is 'The same task was open for both: this one was dropped, and opens again.';
comment on column visits.carried.was_on is 'The kept record’s own last visit, and what it was set to.';
