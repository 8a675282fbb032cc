-- Care goes on until the day of its end; what a leaving ended is brought before its keeper when somebody is back.
alter table registry.overlay
  add column end_before date,
  add column back_at timestamptz;
comment on column registry.overlay.end_before is 'The end that was planned before a leaving ended it.';
comment on column registry.overlay.back_at is 'When he was back, until his keeper decides whether his care goes on.';
create index overlay_back on registry.overlay (county_code, back_at) where back_at is not null;
create or replace view registry.public_care as
  select county_code, person_id, coalesce(visited_at::date, started_on) as last_on, visit_days, cautions, ended_on as until_on
  from registry.overlay;
