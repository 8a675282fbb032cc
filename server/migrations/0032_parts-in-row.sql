-- Who had a part in a sensitive event stands in its row: a list asks each row, and plans no second table for it.
alter table events.event add column parts uuid[];
comment on column events.event.parts is 'Of a sensitive event: desks it stood at and accounts that had a part in it; they go on seeing it. Null where nobody had.';
update events.event e set parts = p.ids
from (select county_code, event_id, array_agg(distinct party_id) as ids from events.part group by county_code, event_id) p
where e.county_code = p.county_code and e.id = p.event_id;
drop table events.part;
