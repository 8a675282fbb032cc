-- What ended in the last days, for the two weeks of a first page: read from the index alone.
create index event_ended on events.event (county_code, closed_at) include (town_id, village_id, is_sensitive) where closed_at is not null;
-- What was done today in each grid, for the same page.
create index task_done_day on visits.task (county_code, done_on) include (town_id, village_id, grid_id, subject_id) where state = 'done';
