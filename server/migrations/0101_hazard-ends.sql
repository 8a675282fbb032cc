-- A hazard ends by a re-check, or by a second person with a reason; none stays open without anybody to look again.
alter table visits.hazard
  drop constraint hazard_state_known,
  add column end_reason text,
  add column end_word text not null default '',
  add column ended_by uuid,
  add constraint hazard_state_known check (state in ('open', 'cleared', 'ended')),
  add constraint hazard_end_known check (end_reason in ('not-hazard', 'subject-gone', 'in-event')),
  add constraint hazard_end_reasoned check ((state = 'ended') = (end_reason is not null));
comment on column visits.hazard.end_reason is 'Why it ended without a re-check that found it cleared.';
comment on column visits.hazard.end_word is 'What who ended it wrote of it.';
-- Re-checks that were dropped by hand while their hazard stayed open are asked again.
update visits.task t
set state = 'open', drop_reason = '', done_by = null, version = t.version + 1, wrote_in = pg_current_xact_id()
from (
  select distinct on (h.county_code, h.id) h.county_code, r.id
  from visits.hazard h
    join visits.task r on r.county_code = h.county_code and r.origin_id = h.id and r.origin = 'recheck'
  where h.state = 'open'
    and not exists (
      select 1
      from visits.task o
      where o.county_code = h.county_code and o.origin_id = h.id and o.state = 'open'
    )
  order by h.county_code, h.id, r.made_at desc, r.id
) last
where t.county_code = last.county_code and t.id = last.id and t.state = 'dropped' and t.drop_reason <> 'subject-gone';
