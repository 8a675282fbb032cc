-- What one administrator alone may not do to an account (domain/src/identity/two-step.ts).
create table identity.two_step (
  id uuid not null,
  county_code char(6) not null,
  kind text not null,
  account_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'asked',
  decided_by uuid,
  decided_at timestamptz,
  first_digest text,
  second_digest text,
  constraint two_step_pk primary key (id),
  constraint two_step_account foreign key (account_id) references identity.account (id),
  constraint two_step_asked_by foreign key (asked_by) references identity.account (id),
  constraint two_step_decided_by foreign key (decided_by) references identity.account (id),
  constraint two_step_kind_known check (kind in ('password', 'second-factor', 'close', 'reopen')),
  constraint two_step_state_known check (state in ('asked', 'confirmed', 'refused', 'used', 'replaced')),
  constraint two_step_three_persons check (asked_by <> account_id and decided_by <> account_id and decided_by <> asked_by)
);
comment on table identity.two_step is 'What two administrators do together to an account, and the digests of the halves of a code for its holder.';
comment on column identity.two_step.first_digest is 'Keyed digest of the half that the asking administrator was shown.';
comment on column identity.two_step.second_digest is 'Keyed digest of the half that the confirming administrator was shown.';
create index two_step_account_used on identity.two_step (account_id);
create index two_step_asked_by_used on identity.two_step (asked_by);
create index two_step_decided_by_used on identity.two_step (decided_by);
create index two_step_open on identity.two_step (county_code, asked_at) where state = 'asked';

alter table identity.account add column enrol_digest text, add column enrol_until timestamptz;
comment on column identity.account.enrol_digest is 'Keyed digest of the code by which the next second factor is enrolled.';

-- Whoever may see values of the core tier in full, or take many people out at once, proves himself twice.
update identity.role set needs_second_factor = true
  where kind = 'business' and exists (
    select 1 from identity.role_duty d where d.role_code = code and d.duty in ('registry.reveal-core', 'registry.export')
  );

-- A post may end before its first day is over: on the day before it, it was never in force.
alter table identity.posting drop constraint posting_dates_ordered, drop constraint posting_one_kind;
alter table identity.posting
  add constraint posting_dates_ordered check (to_on is null or to_on >= from_on - 1),
  add constraint posting_one_kind exclude using gist (account_id with =, role_kind with <>, daterange(from_on, to_on + 1) with &&);
comment on constraint posting_one_kind on identity.posting is 'Three administrators apart from each other and from business (三员分立): one person never holds two kinds at once.';
