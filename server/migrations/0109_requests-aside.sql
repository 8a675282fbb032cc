-- What somebody asks about one from whom he is kept is laid aside: no desk reads it, and it holds up nobody else.
alter table registry.link_request add column is_aside boolean not null default false;
drop index registry.link_request_once;
create unique index link_request_once on registry.link_request (county_code, person_id, house_id, role)
where state = 'open' and not is_aside;
