-- Who was taken back as never made has left as such: what is held of him is deleted when that term is over.
insert into registry.leaving (
    county_code, id, person_id, kind, on_day, seen_by, moved, by_name, at, undo_until, keep_until, state
  )
select
  p.county_code, gen_random_uuid(), p.id, 'wrong', current_date, 'office', '{"links":[],"overlays":[],"heads":[]}',
  '系统', now(), now(), current_date + 30, 'open'
from registry.person p
where p.state = 'gone'
  and p.name <> ''
  and not exists (
    select 1
    from registry.leaving l
    where l.county_code = p.county_code and l.person_id = p.id and l.state = 'open'
  );
