-- A live record stands in a live one: nobody takes a building away while a room of it is live, and nobody registers a
-- room in a building that is gone. Both hold against each other in transactions that run at the same time.

create index unit_parent on registry.unit (county_code, parent_id) where parent_id is not null;
create index facility_parent on registry.facility (county_code, parent_id) where parent_id is not null;

-- What was taken away with live records in it is live again, from the inside out: nothing that is registered is lost.
update registry.house p set state = 'live', version = p.version + 1
  where p.state = 'gone' and exists (select 1 from registry.unit c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live');
update registry.building p set state = 'live', version = p.version + 1
  where p.state = 'gone' and (
    exists (select 1 from registry.house c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live')
    or exists (select 1 from registry.unit c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live'));
update registry.estate p set state = 'live', version = p.version + 1
  where p.state = 'gone' and (
    exists (select 1 from registry.building c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live')
    or exists (select 1 from registry.house c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live')
    or exists (select 1 from registry.unit c where c.county_code = p.county_code and c.parent_id = p.id and c.state = 'live'));

-- The lock makes whoever takes the parent away wait, and waits for him; it hinders no other change of the parent.
create function registry.require_live_parent(county char(6), parent uuid) returns void language plpgsql as $$
begin
  perform 1 from registry.building where county_code = county and id = parent and state = 'live' for key share;
  if found then return; end if;
  perform 1 from registry.estate where county_code = county and id = parent and state = 'live' for key share;
  if found then return; end if;
  perform 1 from registry.house where county_code = county and id = parent and state = 'live' for key share;
  if found then return; end if;
  raise exception 'a live record stands in a live one' using errcode = 'check_violation', constraint = 'record_parent_live';
end $$;

create function registry.hold_parents() returns trigger language plpgsql as $$
declare p record;
begin
  for p in select distinct county_code, parent_id from fresh where state = 'live' and parent_id is not null order by 1, 2 loop
    perform registry.require_live_parent(p.county_code, p.parent_id);
  end loop;
  return null;
end $$;

create function registry.hold_parent() returns trigger language plpgsql as $$
begin
  perform registry.require_live_parent(new.county_code, new.parent_id);
  return null;
end $$;

create function registry.hold_children() returns trigger language plpgsql as $$
begin
  execute format('select 1 from registry.%I where county_code = $1 and id = $2 for update', tg_table_name) using old.county_code, old.id;
  if exists (select 1 from registry.house where county_code = old.county_code and parent_id = old.id and state = 'live')
    or exists (select 1 from registry.building where county_code = old.county_code and parent_id = old.id and state = 'live')
    or exists (select 1 from registry.unit where county_code = old.county_code and parent_id = old.id and state = 'live')
    or exists (select 1 from registry.facility where county_code = old.county_code and parent_id = old.id and state = 'live') then
    raise exception 'live records stand in this one' using errcode = 'check_violation', constraint = 'record_children_gone';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

do $$
declare k text;
begin
  foreach k in array array['building', 'house', 'unit', 'facility'] loop
    execute format('create trigger %1$s_parents after insert on registry.%1$I referencing new table as fresh for each statement execute function registry.hold_parents()', k);
    execute format('create trigger %1$s_parent after update on registry.%1$I for each row
      when (new.state = ''live'' and new.parent_id is not null and (old.state <> ''live'' or old.parent_id is distinct from new.parent_id))
      execute function registry.hold_parent()', k);
  end loop;
  foreach k in array array['estate', 'building', 'house'] loop
    execute format('create trigger %1$s_children before update on registry.%1$I for each row
      when (old.state = ''live'' and new.state <> ''live'') execute function registry.hold_children()', k);
    execute format('create trigger %1$s_children_deleted before delete on registry.%1$I for each row
      when (old.state = ''live'') execute function registry.hold_children()', k);
  end loop;
end $$;
