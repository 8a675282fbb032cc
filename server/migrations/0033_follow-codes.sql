-- A follow code is kept as a keyed digest, and sealed for when keys are changed. Those of before stand in clear until
-- `npx fengge rotate` has gone through them.
alter table events.reporter
  alter column follow_code drop not null,
  add column follow_index text,
  add column follow_sealed text,
  add constraint reporter_followed check (follow_code is not null or (follow_index is not null and follow_sealed is not null));
create unique index reporter_follow on events.reporter (follow_index, county_code);
comment on column events.reporter.follow_code is 'In clear, of reports of before; empty once keys were changed.';
