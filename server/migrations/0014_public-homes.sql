-- What the registry shows so that a phone finds the door: homes of today, and the house, building and estate of a thing.

create or replace view registry.public_house as
  select county_code, id, name, sort, state, grid_id, village_id, town_id, parent_id, micro_id, body ->> 'unitNo' as unit_no from registry.house;
create or replace view registry.public_unit as
  select county_code, id, name, sort, state, coalesce(body ->> 'status', 'open') = 'open' as is_open, grid_id, village_id, town_id, parent_id, body ->> 'address' as address from registry.unit;
create or replace view registry.public_facility as
  select county_code, id, name, sort, state, grid_id, village_id, town_id, parent_id, body ->> 'address' as address from registry.facility;

create view registry.public_building as
  select county_code, id, parent_id, name, lng, lat from registry.building;
comment on view registry.public_building is 'Buildings by number, the estate they stand in, and where.';
create view registry.public_estate as
  select county_code, id, name from registry.estate;
comment on view registry.public_estate is 'Estates, roads and hamlets by name.';
create view registry.public_home as
  select county_code, id, house_id, person_id, role, is_lead from registry.link where to_on is null;
comment on view registry.public_home is 'Who has to do with which house today, and which home is the lead one.';
