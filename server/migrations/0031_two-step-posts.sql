-- Posts of administrators are given and ended by two: what is asked for is kept until the second one decides.
alter table identity.two_step
  drop constraint two_step_kind_known,
  add constraint two_step_kind_known check (kind in ('password', 'second-factor', 'close', 'reopen', 'post-give', 'post-end')),
  add column posting_id uuid,
  add column role_code text,
  add column place_id uuid,
  add column from_on date,
  add column to_on date,
  add constraint two_step_post check ((kind in ('post-give', 'post-end')) = (posting_id is not null));
comment on column identity.two_step.posting_id is 'The post that is to be given or ended; the columns after it say what it is, or its last day.';
