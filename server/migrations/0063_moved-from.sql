-- Where somebody lived before the grid that answers for him now, so that it is not told who wrote about him there.
alter table registry.person add column moved_from uuid, add column moved_at timestamptz;
comment on column registry.person.moved_from is 'The place that answered for him before, since moved_at: who wrote or looked there is told to those alone who serve there too.';
update registry.person p
set moved_from = t.from_id, moved_at = t.answered_at
from
  (
    select distinct on (county_code, person_id) county_code, person_id, from_id, answered_at
    from registry.arrival
    where state = 'taken'
    order by county_code, person_id, answered_at desc
  ) t
where p.county_code = t.county_code and p.id = t.person_id;
