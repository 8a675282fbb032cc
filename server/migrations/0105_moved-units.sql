-- A shop or firm that moved away is in the register, and in no figure.
create function registry.is_counted(kind text, state text, body jsonb) returns boolean language sql immutable
  return state = 'live' and (kind <> 'unit' or body ->> 'status' is distinct from 'moved');
create or replace function registry.keep_tally() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into registry.tally as t select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), tg_table_name, sort, count(*) from fresh where registry.is_counted(tg_table_name, state, body) group by 1, 2, 4 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  elsif tg_op = 'DELETE' then
    insert into registry.tally as t select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), tg_table_name, sort, -count(*) from old_rows where registry.is_counted(tg_table_name, state, body) group by 1, 2, 4 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  else
    insert into registry.tally as t select county_code, place, tg_table_name, sort, sum(d) from (
      select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000') as place, sort, 1 as d from fresh where registry.is_counted(tg_table_name, state, body)
      union all select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), sort, -1 from old_rows where registry.is_counted(tg_table_name, state, body)) x group by 1, 2, 4 having sum(d) <> 0 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  end if;
  return null;
end $$;
insert into registry.tally as t
select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), 'unit', sort, -count(*)
from registry.unit
where state = 'live' and body ->> 'status' = 'moved'
group by 1, 2, 4
on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
