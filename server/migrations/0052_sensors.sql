-- Devices that tell of alarms (E3): registered by a county or town, each with a key of its own.
create schema sensors;
comment on schema sensors is 'Devices and what they say; nothing of people.';

create table sensors.device (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  name text not null,
  spot text not null,
  building_id uuid,
  lng double precision,
  lat double precision,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  department_id uuid,
  valid_to date,
  key_hash text not null,
  key_at timestamptz not null,
  version int not null default 1,
  ended_at timestamptz,
  end_reason text not null default '',
  state text not null default 'new',
  heard_at timestamptz,
  clock_off int,
  battery smallint,
  alarms int not null default 0,
  taken text[] not null default '{}',
  created_at timestamptz not null,
  constraint device_taken_few check (cardinality(taken) <= 64),
  constraint device_pk primary key (county_code, id),
  constraint device_key_unique unique (key_hash),
  constraint device_kind_known check (
    kind in (
      'smoke', 'gas', 'charging-fire', 'electrical', 'water-level', 'tilt', 'manhole', 'street-lamp', 'public-door', 'lift'
    )
  ),
  constraint device_state_known check (state in ('new', 'normal', 'alarm', 'fault')),
  constraint device_stands check (building_id is not null or (lng is not null and lat is not null)),
  constraint device_grid foreign key (grid_id) references places.place (id),
  constraint device_department foreign key (department_id) references identity.department (id)
);
comment on table sensors.device is 'Devices with where they stand, whose they are and what they said last (E3).';
comment on column sensors.device.key_hash is 'Digest of the key, 32 random bytes that were shown once.';
comment on column sensors.device.taken is 'The last messages that were taken, oldest first, each with its instant (domain/src/sensors/remembering.ts); never more than 64.';
create index device_newest on sensors.device (county_code, created_at desc, id desc);
create index device_town on sensors.device (county_code, town_id);
create index device_village on sensors.device (county_code, village_id);
create index device_by_grid on sensors.device (grid_id, county_code);
create index device_by_department on sensors.device (department_id, county_code);
create index device_building on sensors.device (county_code, building_id) where building_id is not null;

create table sensors.storm (
  county_code char(6) not null,
  event_id uuid not null,
  kind text not null,
  scope text not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  alarms int not null,
  devices int not null,
  constraint storm_pk primary key (county_code, event_id)
);
comment on table sensors.storm is 'The alarms behind one event, counted; scope is what lies together (domain/src/sensors/joining.ts).';
create index storm_scope on sensors.storm (county_code, scope, kind, last_at desc);

create table sensors.joined (
  county_code char(6) not null,
  event_id uuid not null,
  device_id uuid not null,
  alarms int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  cleared_at timestamptz,
  value double precision,
  constraint joined_pk primary key (county_code, event_id, device_id),
  constraint joined_storm foreign key (county_code, event_id) references sensors.storm (county_code, event_id),
  constraint joined_device foreign key (county_code, device_id) references sensors.device (county_code, id)
);
comment on table sensors.joined is 'A device that has a part in an event: one row, however often it called.';
create index joined_by_device on sensors.joined (county_code, device_id, last_at desc);

create table sensors.kind_rule (
  county_code char(6) not null,
  kind text not null,
  from_on date not null,
  category_code text not null,
  urgency smallint not null,
  scope text not null,
  join_minutes int not null,
  silent_minutes int not null,
  basis text not null,
  account_id uuid,
  by_name text not null,
  at timestamptz not null,
  constraint kind_rule_pk primary key (county_code, kind, from_on),
  constraint kind_rule_urgency_range check (urgency between 0 and 2),
  constraint kind_rule_scope_known check (scope in ('device', 'building', 'grid')),
  constraint kind_rule_minutes check (join_minutes between 1 and 1440 and silent_minutes between 10 and 20160)
);
comment on table sensors.kind_rule is 'What alarms of a kind are in a county, from a day on.';

create view events.public_alarm as
  select
    e.county_code, e.id, e.status, e.merged_into, e.is_open,
    e.status = 'rejected'
      and exists (
        select 1
        from events.flow f
        where f.county_code = e.county_code and f.event_id = e.id and f.action = 'refuse' and f.detail ->> 'reason' = 'untrue'
      ) as is_untrue
  from events.event e
  where e.source = 'sensor';
comment on view events.public_alarm is 'Events that devices reported: how they stand, and whether they proved untrue.';

-- Nothing that stands lies in a grid that has ended (G5), as of everything else (0036).
create trigger device_grids after insert on sensors.device referencing new table as fresh for each statement
  execute function places.hold_grids();
create trigger device_grid after update of grid_id on sensors.device for each row
  when (new.grid_id is distinct from old.grid_id and new.grid_id is not null and new.ended_at is null)
  execute function places.hold_grid();
create function sensors.left_in(county char(6), place uuid) returns text language sql stable as $$
  select 'sensor' where exists (select 1 from sensors.device where county_code = county and grid_id = place and ended_at is null)
$$;
create or replace function places.hold_empty() returns trigger language plpgsql as $$
declare
  thing text;
begin
  thing := coalesce(
    registry.left_in(new.county_code, new.id), events.left_in(new.county_code, new.id),
    visits.left_in(new.county_code, new.id), identity.left_in(new.id, new.valid_to),
    sensors.left_in(new.county_code, new.id),
    (select 'place' where exists (select 1 from places.place where parent_id = new.id and valid_to is null))
  );
  if thing is not null then
    raise exception 'a % is left in a grid that ends', thing using errcode = 'check_violation', constraint = 'net_left_behind';
  end if;
  return null;
end $$;

-- An installation from before: its roles get the duties that came with devices.
insert into identity.role_duty (role_code, duty)
  select r.code, d.duty
  from identity.role r
    join (
      values
        ('sensor.manage', '{net-editor}'::text[]),
        ('sensor.read', '{net-editor,village-officer,dispatcher,duty-chief,leader,handler,department-head}')
    ) d (duty, codes) on r.code = any(d.codes)
  on conflict do nothing;
