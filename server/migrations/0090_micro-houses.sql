-- A house that leaves a micro-grid leaves the phones of whoever cares for it, with those who live in it and in no other
-- house there.
create function registry.leave_micro() returns trigger language plpgsql as $$
begin
  insert into registry.departure (county_code, grid_id, kind, record_id, why, at)
    select w.county_code, w.micro_id, 'house', w.id, 'moved', n.changed_at
    from was w join now_is n on n.county_code = w.county_code and n.id = w.id
    where w.micro_id is not null and w.micro_id is distinct from n.micro_id;
  insert into registry.departure (county_code, grid_id, kind, record_id, why, at)
    select distinct on (w.micro_id, l.person_id) w.county_code, w.micro_id, 'person', l.person_id, 'moved', n.changed_at
    from was w
      join now_is n on n.county_code = w.county_code and n.id = w.id
      join registry.link l on l.county_code = w.county_code and l.house_id = w.id and l.to_on is null and l.role <> 'owner'
    where w.micro_id is not null and w.micro_id is distinct from n.micro_id
      and not exists (
        select 1
        from registry.link o join registry.house h on h.county_code = o.county_code and h.id = o.house_id
        where o.county_code = w.county_code and o.person_id = l.person_id and o.to_on is null and o.role <> 'owner'
          and h.micro_id = w.micro_id
      );
  return null;
end $$;
create trigger house_left_micro after update on registry.house
  referencing old table as was new table as now_is
  for each statement execute function registry.leave_micro();
comment on column registry.house.micro_id is 'The micro-grid of its grid in which its building stands; null where there is none, or the point is not known.';
comment on column registry.departure.grid_id is 'The grid or micro-grid that it left.';
