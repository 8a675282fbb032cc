-- What is stored as JSON carries the number of its shape: what was written before there were numbers is of shape 1.
alter table events.event add column core_shape smallint not null default 1;
comment on column events.event.core_shape is 'Shape of core; an earlier one is lifted when it is read.';
alter table events.office_hours add column shape smallint not null default 1;

-- The columns that lists filter by say what the state says. A due instant is cut to the millisecond in its column.
alter table events.event add constraint event_core_agrees check (
  core ->> 'status' = status
  and (core -> 'level')::int = level
  and core ->> 'departmentId' is not distinct from department_id::text
  and core ->> 'gridId' is not distinct from grid_id::text
  and (core ->> 'dueAt' is null) = (due_at is null)
  and abs((core ->> 'dueAt')::double precision - extract(epoch from due_at)::double precision * 1000) < 1
);

create view audit.public_look as
  select county_code, account_id, at, fact from audit.journal where kind = 'look';
comment on view audit.public_look is 'That an account looked at something of a kind; not at what.';
