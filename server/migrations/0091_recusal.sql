-- Somebody who serves is kept from one person: asked by one, agreed to by another, until a day. He is not told.
create table registry.recusal (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  account_id uuid not null,
  account_name text not null,
  reason text not null,
  until_on date not null,
  state text not null default 'asked',
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  constraint recusal_pk primary key (county_code, id),
  constraint recusal_state_known check (state in ('asked', 'agreed', 'refused')),
  constraint recusal_decided check ((state = 'asked') = (decided_at is null)),
  constraint recusal_two_people check (decided_by is null or decided_by <> asked_by),
  constraint recusal_not_own check (asked_by <> account_id and (decided_by is null or decided_by <> account_id))
);
comment on table registry.recusal is 'Who is kept from whom: an account may not see a person, where he lives and who lives there with him.';
create index recusal_account on registry.recusal (county_code, account_id) where state = 'agreed';
create index recusal_person on registry.recusal (county_code, person_id);
