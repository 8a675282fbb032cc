-- A bulk of rows that goes into one grid holds it once: what a transaction holds, it holds until its end, so it need not
-- ask again. Only the last few are remembered. A grid that the same transaction ends later is judged when it commits.
create or replace function places.require_in_force(grid uuid) returns void language plpgsql as $$
declare
  held text := coalesce(current_setting('fengge.held_grids', true), '');
begin
  if position(grid::text in held) > 0 then
    return;
  end if;
  perform 1 from places.place where id = grid and valid_to is null for key share;
  if not found then
    raise exception 'the grid has ended' using errcode = 'check_violation', constraint = 'grid_in_force';
  end if;
  perform set_config('fengge.held_grids', right(held, 740) || ' ' || grid, true);
end $$;
