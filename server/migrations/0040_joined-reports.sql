-- Where half and four fifths of the running limit are used, in its own kind of time: what a light turns by.
alter table events.event add column half_at timestamptz, add column soon_at timestamptz;
comment on column events.event.half_at is 'When half of the running limit is used, in its own kind of time; null in rows from before it was kept.';
comment on column events.event.soon_at is 'When four fifths of the running limit are used.';

-- A reporter withdraws himself from a matter that others reported too.
alter table events.reporter add column withdrawn_at timestamptz;
comment on column events.reporter.withdrawn_at is 'When he withdrew from a matter that goes on; he is told nothing more of it.';

-- Leaders decide a second extension, and may turn down a forced close.
insert into identity.role_duty select r.code, d.duty
  from identity.role r cross join (values ('event.agree-extension'), ('event.refuse-extension'), ('event.withdraw-force-close')) d (duty)
  where r.code = 'leader' on conflict do nothing;
