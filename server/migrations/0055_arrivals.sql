-- Who moves within the county is offered to the grid he is said to have moved to.
create table registry.arrival (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  where_sealed text not null,
  on_day date not null,
  from_id uuid,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  state text not null,
  note text not null default '',
  offered_by uuid not null,
  offered_at timestamptz not null,
  answered_by uuid,
  answered_at timestamptz,
  constraint arrival_pk primary key (county_code, id),
  constraint arrival_state_known check (state in ('offered', 'desk', 'taken', 'closed', 'withdrawn')),
  constraint arrival_offered_to_grid check (state <> 'offered' or grid_id is not null)
);
comment on table registry.arrival is 'Somebody is said to have moved to another grid of the county: where to as it was said, the place that looks for him, and what came of it. from_id, where he came from, is shown to nobody.';
create unique index arrival_once on registry.arrival (county_code, person_id) where state in ('offered', 'desk');
create index arrival_grid on registry.arrival (county_code, grid_id) where state in ('offered', 'desk');
create index arrival_person on registry.arrival (county_code, person_id, offered_at desc);
create index arrival_offered on registry.arrival (county_code, offered_by, offered_at);

create trigger arrival_grids after insert on registry.arrival referencing new table as fresh
  for each statement execute function places.hold_grids();
create trigger arrival_grid after update of grid_id on registry.arrival for each row
  when (new.grid_id is distinct from old.grid_id and new.grid_id is not null and new.state = 'offered')
  execute function places.hold_grid();

create or replace function registry.left_in(county char(6), place uuid) returns text language sql stable as $$
  select coalesce(
    (select 'estate' where exists (select 1 from registry.estate where county_code = county and grid_id = place and state = 'live')),
    (select 'building' where exists (select 1 from registry.building where county_code = county and grid_id = place and state = 'live')),
    (select 'house' where exists (select 1 from registry.house where county_code = county and (grid_id = place or micro_id = place) and state = 'live')),
    (select 'person' where exists (select 1 from registry.person where county_code = county and grid_id = place and state = 'live')),
    (select 'unit' where exists (select 1 from registry.unit where county_code = county and grid_id = place and state = 'live')),
    (select 'facility' where exists (select 1 from registry.facility where county_code = county and grid_id = place and state = 'live')),
    (select 'arrival' where exists (select 1 from registry.arrival where county_code = county and grid_id = place and state in ('offered', 'desk')))
  )
$$;

-- A leaving may be said ahead: it happens on its day, and until then nothing has happened.
alter table registry.leaving drop constraint leaving_state_known;
alter table registry.leaving add constraint leaving_state_known
  check (state in ('planned', 'open', 'undone', 'returned', 'deleted'));
alter table registry.leaving drop constraint leaving_closed;
alter table registry.leaving add constraint leaving_closed check ((state in ('planned', 'open')) = (closed_at is null));
create unique index leaving_planned on registry.leaving (county_code, person_id) where state = 'planned';
create index leaving_planned_day on registry.leaving (on_day, county_code) where state = 'planned';
