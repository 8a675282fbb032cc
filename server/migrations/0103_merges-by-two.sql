-- Two records that have a number each become one only where two people say so.
create table registry.merge_request (
  county_code char(6) not null,
  id uuid not null,
  keep_id uuid not null,
  keep_version int not null,
  drop_id uuid not null,
  drop_version int not null,
  take text[] not null,
  reason text not null,
  state text not null default 'asked',
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  constraint merge_request_pk primary key (county_code, id),
  constraint merge_request_state_known check (state in ('asked', 'agreed', 'refused')),
  constraint merge_request_decided check ((state = 'asked') = (decided_at is null)),
  constraint merge_request_two_people check (decided_by is null or decided_by <> asked_by)
);
comment on table registry.merge_request is 'Records of two people by their numbers that somebody says are one; a second person agrees.';
create index merge_request_keep on registry.merge_request (county_code, keep_id);
create index merge_request_drop on registry.merge_request (county_code, drop_id);
