-- What slices show of their tables to the slices above: a view a thing, with the columns that are read and no more.
-- PostgreSQL puts a view's text in its place, so a statement over it is planned like one over the table.

create view places.public_grid as
  select g.county_code, g.id, v.id as village_id, v.parent_id as town_id
  from places.place g join places.place v on v.id = g.parent_id and v.level = 'village'
  where g.level = 'grid' and g.valid_to is null;
comment on view places.public_grid is 'Grids of today with the village and town above them.';

create view identity.public_account as
  select id, county_code, name from identity.account;
comment on view identity.public_account is 'Whose name an account bears.';

create view identity.public_serving as
  select p.account_id, a.name, p.place_id, p.department_id, p.from_on, p.to_on, r.code as role_code, r.name as role_name, r.kind as role_kind
  from identity.posting p
    join identity.account a on a.id = p.account_id and a.status = 'active'
    join identity.role r on r.code = p.role_code;
comment on view identity.public_serving is 'Who with an active account serves where, in what role, from when to when.';

create view audit.public_deed as
  select county_code, account_id, at, fact, subject from audit.journal where kind = 'fact';
comment on view audit.public_deed is 'Which facts an account brought about, and about what; without their details.';

create view registry.public_person as
  select county_code, id, name, sort, state, born, grid_id, village_id, town_id from registry.person;
comment on view registry.public_person is 'People by name, kind and birthday, and where they live.';
create view registry.public_house as
  select county_code, id, name, sort, state, grid_id, village_id, town_id from registry.house;
comment on view registry.public_house is 'Houses by room and use, and where they lie.';
create view registry.public_unit as
  select county_code, id, name, sort, state, coalesce(body ->> 'status', 'open') = 'open' as is_open, grid_id, village_id, town_id from registry.unit;
comment on view registry.public_unit is 'Firms and shops by name and kind, whether they are open, and where they lie.';
create view registry.public_facility as
  select county_code, id, name, sort, state, grid_id, village_id, town_id from registry.facility;
comment on view registry.public_facility is 'Things with a rhythm of inspection, by name and kind, and where they lie.';

create view registry.public_resident as
  select county_code, house_id, person_id from registry.link where to_on is null and role <> 'owner';
comment on view registry.public_resident is 'Who lives in which house today.';

create view registry.public_care as
  select county_code, person_id, coalesce(visited_at::date, started_on) as last_on, visit_days, cautions
  from registry.overlay where ended_on is null;
comment on view registry.public_care is 'That a care visit is due, from when it counts, and what to mind; why never leaves the overlay.';

create view registry.public_deed as
  select county_code, account_id, at, kind, record_id, what from registry.change;
comment on view registry.public_deed is 'Which records an account touched and how; without what stood in them.';

create view events.public_event as
  select county_code, id, no, title, category_code, grid_id, is_open, is_sensitive, due_at, reworks, supervision, reporter_id, reported_at from events.event;
comment on view events.public_event is 'Events as work that is open or was reported; without content and people.';

create view visits.public_visit as
  select county_code, id, account_id, made_at, form_code, outcome from visits.visit;
comment on view visits.public_visit is 'That a visit was made, by whom, with which form and how it ended; without answers and without whom.';
create view visits.public_task as
  select county_code, grid_id, title, state, due_on from visits.task;
comment on view visits.public_task is 'Tasks of a grid by title and day.';
create view visits.public_hazard as
  select h.county_code, h.grid_id, h.what, h.fix_by, h.state, h.found_on, h.cleared_on, v.account_id as found_by
  from visits.hazard h left join visits.visit v on v.county_code = h.county_code and v.id = h.visit_id;
comment on view visits.public_hazard is 'Hidden dangers, by when to be put right, and who found them.';
create view visits.public_service as
  select county_code, account_id, state, (steps -> 0 ->> 'at')::timestamptz as taken_at, (steps -> -1 ->> 'at')::timestamptz as moved_at from visits.service;
comment on view visits.public_service is 'Services by proxy: who took them, when, and when they moved last.';

-- Stored JSON carries the number of its shape; what stands today is of shape 1.
alter table visits.form add column shape smallint not null default 1;
alter table visits.service add column shape smallint not null default 1;
alter table worklog.week add column shape smallint not null default 1;
alter table worklog.meeting add column shape smallint not null default 1;
comment on column visits.form.shape is 'Shape of body (domain/src/visits/stored.ts).';
comment on column visits.service.shape is 'Shape of steps (domain/src/visits/stored.ts).';
comment on column worklog.week.shape is 'Shape of lines (domain/src/worklog/stored.ts).';
comment on column worklog.meeting.shape is 'Shape of agenda, attendance and resolutions (domain/src/worklog/stored.ts).';
