-- What a house remembers of who left is what it knew then: how he was called when his link ended.
alter table registry.link add column ended_name text;
comment on column registry.link.ended_name is 'How the person was called when the link ended, for who serves the house and no longer serves him.';
update registry.link l
set
  ended_name = coalesce(
    (
      select c.fields -> 'name' ->> 'from'
      from registry.change c
      where c.county_code = l.county_code
        and c.record_id = l.person_id
        and c.at >= (l.to_on + 1)::timestamp at time zone 'Asia/Shanghai'
        and c.fields -> 'name' ->> 'from' is not null
      order by c.at
      limit 1
    ),
    p.name
  )
from registry.person p
where l.to_on is not null and p.county_code = l.county_code and p.id = l.person_id;
-- Who only helped with a matter in confidence had his part as long as his department had.
with helper as (
  select f.county_code, f.event_id, f.account_id
  from events.flow f
    join events.event e on e.county_code = f.county_code
    and e.id = f.event_id
    and e.is_sensitive
  where f.account_id is not null
  group by f.county_code, f.event_id, f.account_id
  having bool_and(f.action = 'finish-co-handling')
)
update events.event e
set parts = array_remove(e.parts, h.account_id)
from helper h
where e.county_code = h.county_code and e.id = h.event_id and h.account_id = any(e.parts);
