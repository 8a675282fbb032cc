-- Who was asked for as the head of a house that has one by now is asked for no more; whoever asked reads why.
alter table registry.link_request
  drop constraint link_request_state_known,
  add constraint link_request_state_known check (state in ('open', 'agreed', 'refused', 'lapsed'));
update registry.link_request q
set state = 'lapsed', decided_at = now()
where q.state = 'open'
  and q.role = 'head'
  and exists (
    select 1
    from registry.link l
    where l.county_code = q.county_code and l.house_id = q.house_id and l.role = 'head' and l.to_on is null
  );
create index link_request_of_house on registry.link_request (county_code, house_id) where state = 'open';
