-- Nothing that lives or is open lies in a grid that has ended (G5), whoever writes and however many at a time: who puts
-- something into a grid holds the grid's row, who ends a grid waits for him, and at the end of a change each slice says
-- whether it left something behind. All of it asks within one county, and the county leads every key: a database spread
-- over machines keeps these checks as long as a county lies whole on one of them.

create function places.require_in_force(grid uuid) returns void language plpgsql as $$
begin
  perform 1 from places.place where id = grid and valid_to is null for key share;
  if not found then
    raise exception 'the grid has ended' using errcode = 'check_violation', constraint = 'grid_in_force';
  end if;
end $$;
comment on function places.require_in_force(uuid) is 'A grid that is in force stays so until the transaction ends.';

-- After inserts, each grid once; after updates, only where the grid is another.
create function places.hold_grids() returns trigger language plpgsql as $$
begin
  perform places.require_in_force(g.grid_id)
  from (select distinct grid_id from fresh where grid_id is not null) g;
  return null;
end $$;
create function places.hold_grid() returns trigger language plpgsql as $$
begin
  perform places.require_in_force(new.grid_id);
  return null;
end $$;

do $$
declare t record;
begin
  for t in
    select *
    from (
        values
          ('registry.estate', 'new.state = ''live'''), ('registry.building', 'new.state = ''live'''),
          ('registry.house', 'new.state = ''live'''), ('registry.person', 'new.state = ''live'''),
          ('registry.unit', 'new.state = ''live'''), ('registry.facility', 'new.state = ''live'''),
          ('events.event', 'new.is_open'), ('visits.task', 'new.state = ''open'''), ('visits.hazard', 'new.state = ''open'''),
          ('visits.service', 'new.state not in (''told'', ''withdrawn'')')
      ) v (named, is_open)
  loop
    execute format(
      'create trigger %s_grids after insert on %s referencing new table as fresh for each statement execute function places.hold_grids()',
      split_part(t.named, '.', 2), t.named
    );
    execute format(
      'create trigger %s_grid after update of grid_id on %s for each row
        when (new.grid_id is distinct from old.grid_id and new.grid_id is not null and %s)
        execute function places.hold_grid()',
      split_part(t.named, '.', 2), t.named, t.is_open
    );
  end loop;
end $$;

-- Each slice says what it has in a grid that may not outlive it; null where there is nothing.
create function registry.left_in(county char(6), place uuid) returns text language sql stable as $$
  select coalesce(
    (select 'estate' where exists (select 1 from registry.estate where county_code = county and grid_id = place and state = 'live')),
    (select 'building' where exists (select 1 from registry.building where county_code = county and grid_id = place and state = 'live')),
    (select 'house' where exists (select 1 from registry.house where county_code = county and (grid_id = place or micro_id = place) and state = 'live')),
    (select 'person' where exists (select 1 from registry.person where county_code = county and grid_id = place and state = 'live')),
    (select 'unit' where exists (select 1 from registry.unit where county_code = county and grid_id = place and state = 'live')),
    (select 'facility' where exists (select 1 from registry.facility where county_code = county and grid_id = place and state = 'live'))
  )
$$;
create function events.left_in(county char(6), place uuid) returns text language sql stable as $$
  select 'event' where exists (select 1 from events.event where county_code = county and grid_id = place and is_open)
$$;
create function visits.left_in(county char(6), place uuid) returns text language sql stable as $$
  select coalesce(
    (select 'task' where exists (select 1 from visits.task where county_code = county and grid_id = place and state = 'open')),
    (select 'hazard' where exists (select 1 from visits.hazard where county_code = county and grid_id = place and state = 'open')),
    (select 'service' where exists (select 1 from visits.service where county_code = county and grid_id = place and state not in ('told', 'withdrawn'))),
    (select 'rule' where exists (select 1 from visits.rule where county_code = county and place_id = place))
  )
$$;
create function identity.left_in(place uuid, until date) returns text language sql stable as $$
  select 'post' where exists (
    select 1 from identity.posting where place_id = place and (to_on is null or (to_on > until and to_on >= from_on))
  )
$$;

create function places.hold_empty() returns trigger language plpgsql as $$
declare
  thing text;
begin
  thing := coalesce(
    registry.left_in(new.county_code, new.id), events.left_in(new.county_code, new.id),
    visits.left_in(new.county_code, new.id), identity.left_in(new.id, new.valid_to),
    (select 'place' where exists (select 1 from places.place where parent_id = new.id and valid_to is null))
  );
  if thing is not null then
    raise exception 'a % is left in a grid that ends', thing using errcode = 'check_violation', constraint = 'net_left_behind';
  end if;
  return null;
end $$;
comment on function places.hold_empty() is 'Asked when a change of the net is about to be committed.';
create constraint trigger place_emptied after update of valid_to on places.place deferrable initially deferred
  for each row when (old.valid_to is null and new.valid_to is not null) execute function places.hold_empty();
