-- Of joined citizens none speaks for the others: each is heard, tried by the rule, or told.
alter table events.reporter
  add column heard_as text,
  add column heard_at timestamptz,
  add column tried_at timestamptz[] not null default '{}',
  add column reopened_at timestamptz,
  add constraint reporter_heard_known check (heard_as in ('solved', 'unsolved', 'unreasonable'));
comment on column events.reporter.heard_as is 'What whoever rang him wrote down of his answer; his own word by the code stands in is_solved.';
comment on column events.reporter.tried_at is 'When he was rung at the number that he left, and not reached.';
comment on column events.reporter.reopened_at is 'When he had a closed matter opened again: each reporter may once.';
-- Who had it opened again before stood in the flow alone: of those who said that it is not solved.
update events.reporter r
  set reopened_at = f.at
  from events.flow f
  where f.county_code = r.county_code
    and f.event_id = r.event_id
    and f.action = 'rate'
    and f.from_status = 'closed'
    and f.to_status = 'reopened'
    and r.is_solved = false;
