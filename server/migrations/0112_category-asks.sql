-- Taking off a category what keeps its matters close is asked by one and agreed to by another of the county.
create table events.category_ask (
  county_code char(6) not null,
  id uuid not null,
  code text not null,
  valid_from date not null,
  body jsonb not null,
  state text not null default 'asked',
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  constraint category_ask_pk primary key (county_code, id),
  constraint category_ask_state_known check (state in ('asked', 'agreed', 'refused')),
  constraint category_ask_two_people check (decided_by is null or decided_by <> asked_by)
);
comment on table events.category_ask is 'Changes of the catalogue that open what was close: who asked, who else agreed.';
create unique index category_ask_waits on events.category_ask (county_code, code) where state = 'asked';
