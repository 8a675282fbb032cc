-- What was asked for and is not answered in its time falls up: when that is, beside the event.
alter table events.event
  add column asked_at timestamptz,
  add column answer_due_at timestamptz,
  add column back_asked_at timestamptz,
  add column back_due_at timestamptz;
comment on column events.event.asked_at is 'Since when what somebody asked for waits for a decision; null where nothing does.';
comment on column events.event.answer_due_at is 'Until when that decision is owed, by the calendar of the county; then it is the turn of who stands above too.';
comment on column events.event.back_asked_at is 'Since when its reporter waits for an answer whether he may take it back; null where he does not.';
comment on column events.event.back_due_at is 'Until when that answer is owed; then it is the turn of who stands above too.';
-- What was asked before has a day from when it was asked; the clock that calls for its answer is set anew.
update events.event
  set asked_at = to_timestamp((core ->> 'statusSince')::numeric / 1000.0),
    answer_due_at = to_timestamp((core ->> 'statusSince')::numeric / 1000.0) + interval '1 day'
  where status in ('return-requested', 'ruling', 'extend-requested', 'suspend-requested', 'unreasonable-claimed');
update events.event
  set back_asked_at = to_timestamp((core -> 'cancelAsk' ->> 'at')::numeric / 1000.0),
    back_due_at = to_timestamp((core -> 'cancelAsk' ->> 'at')::numeric / 1000.0) + interval '1 day'
  where is_open and core -> 'cancelAsk' <> 'null'::jsonb;
update events.event
  set next_alarm_at = least(next_alarm_at, answer_due_at, back_due_at)
  where answer_due_at is not null or back_due_at is not null;
create index event_answer_due on events.event (county_code, answer_due_at) where answer_due_at is not null;
create index event_back_due on events.event (county_code, back_due_at) where back_due_at is not null;
