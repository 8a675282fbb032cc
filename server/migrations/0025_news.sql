-- What was written since a phone was told last is looked for with every pull, so each table that phones hold can be
-- walked by the transaction that wrote a row.
create index event_wrote on events.event (county_code, wrote_in);
create index estate_wrote on registry.estate (county_code, wrote_in);
create index service_grid_wrote on visits.service (county_code, grid_id, wrote_in);
