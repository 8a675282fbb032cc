-- By when a matter is to be done is the earliest of its dates: the running limit's, the hotline's, the first of its handling.
alter table events.event drop constraint event_core_agrees;
alter table events.event add constraint event_core_agrees check (
  core ->> 'status' = status
  and (core -> 'level')::int = level
  and core ->> 'departmentId' is not distinct from department_id::text
  and core ->> 'gridId' is not distinct from grid_id::text
  and (core ->> 'dueAt' is null) = (due_at is null)
  and extract(epoch from due_at)::double precision * 1000 - (core ->> 'dueAt')::double precision < 1
);

-- Of what is open the hotline's own date comes into the state.
update events.event
  set
    core = core || jsonb_build_object('externalDueAt', (extract(epoch from external_due_at) * 1000)::bigint),
    due_at = least(due_at, external_due_at), next_alarm_at = least(next_alarm_at, external_due_at)
  where is_open and external_due_at is not null;
