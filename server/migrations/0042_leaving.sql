-- Who leaves the register: when, where to, who saw it, until when it may be taken back, and when all is deleted.
create table registry.leaving (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  on_day date not null,
  to_sealed text,
  seen_by text not null,
  moved jsonb not null,
  account_id uuid,
  by_name text not null,
  at timestamptz not null,
  undo_until timestamptz not null,
  keep_until date not null,
  state text not null default 'open',
  closed_by text,
  closed_at timestamptz,
  returned_on date,
  constraint leaving_pk primary key (county_code, id),
  constraint leaving_kind_known check (kind in ('moved', 'died', 'wrong', 'erased')),
  constraint leaving_state_known check (state in ('open', 'undone', 'returned', 'deleted')),
  constraint leaving_closed check ((state = 'open') = (closed_at is null)),
  constraint leaving_return_dated check ((state = 'returned') = (returned_on is not null)),
  constraint leaving_deleted_empty check (state <> 'deleted' or to_sealed is null)
);
comment on table registry.leaving is 'How and when somebody left the register, and what that ended (moved), so that a slip gives back exactly that. Of whom the term is over only this row is left, without a word of where he went.';
create unique index leaving_once on registry.leaving (county_code, person_id) where state = 'open';
create index leaving_person on registry.leaving (county_code, person_id, at desc);
create index leaving_keep on registry.leaving (keep_until, county_code) where state = 'open';
create index leaving_at on registry.leaving (county_code, at desc);

create table registry.erasure (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  basis text not null,
  shown_by text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  state text not null default 'open',
  reason text not null default '',
  decided_by uuid,
  decided_at timestamptz,
  constraint erasure_pk primary key (county_code, id),
  constraint erasure_state_known check (state in ('open', 'agreed', 'refused')),
  constraint erasure_decided check ((state = 'open') = (decided_at is null)),
  constraint erasure_two_people check (decided_by is null or decided_by <> asked_by)
);
comment on table registry.erasure is 'Somebody asked by right to be deleted (PIPL art. 47): taken by one, decided by another.';
create unique index erasure_once on registry.erasure (county_code, person_id) where state = 'open';
create index erasure_at on registry.erasure (county_code, asked_at desc);

create table registry.day_rule (
  county_code char(6) not null,
  code text not null,
  from_on date not null,
  days int not null,
  basis text not null,
  account_id uuid,
  by_name text not null,
  at timestamptz not null,
  constraint day_rule_pk primary key (county_code, code, from_on),
  constraint day_rule_days check (days between 1 and 3650)
);
comment on table registry.day_rule is 'Days that a county counts by, from a day on: how long records stay fresh, how long leaving may be undone, how long what is held of who left is kept (domain/src/registry/days/ready-days.ts).';

alter table registry.change drop constraint change_what_known;
alter table registry.change add constraint change_what_known
  check (what in ('create', 'edit', 'confirm', 'link', 'unlink', 'merge', 'unmerge', 'undo', 'move', 'gone', 'left', 'came-back', 'deleted'));

-- Tasks that were dropped because their person left, so that a slip opens exactly those again.
alter table visits.task add column left_by uuid;
comment on column visits.task.left_by is 'The leaving of a person that dropped this task.';
create index task_left on visits.task (county_code, left_by) where left_by is not null;
