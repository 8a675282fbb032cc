-- A grid has the county's days to look for somebody who is said to have moved there; after them the desk there has it.
alter table registry.arrival add column due_on date;
update registry.arrival
set due_on = greatest(on_day, (offered_at at time zone 'Asia/Shanghai')::date) + 30
where state = 'offered';
alter table registry.arrival add constraint arrival_due check (state <> 'offered' or due_on is not null);
create index arrival_due_on on registry.arrival (due_on, county_code) where state = 'offered';

alter table identity.message drop constraint message_kind_known;
alter table identity.message add constraint message_kind_known
  check (kind in ('net-refused', 'arrival-offered', 'arrival-desk'));
