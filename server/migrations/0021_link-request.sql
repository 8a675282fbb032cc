-- Who is registered elsewhere is linked with a house only when the desk of his own place agrees.
create table registry.link_request (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  house_id uuid not null,
  role text not null,
  from_on date not null,
  basis text not null,
  asked_name text not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  state text not null default 'open',
  reason text not null default '',
  decided_by uuid,
  decided_at timestamptz,
  constraint link_request_pk primary key (county_code, id),
  constraint link_request_role_known check (role in ('head', 'member', 'tenant', 'owner', 'co-resident')),
  constraint link_request_state_known check (state in ('open', 'agreed', 'refused')),
  constraint link_request_decided check ((state = 'open') = (decided_at is null))
);
comment on table registry.link_request is 'Asked by whoever answers for a house, decided by the desk of the place that answers for the person; until then neither sees more of the other than before.';
create unique index link_request_once on registry.link_request (county_code, person_id, house_id, role) where state = 'open';
create index link_request_asker on registry.link_request (county_code, asked_by, asked_at desc);
