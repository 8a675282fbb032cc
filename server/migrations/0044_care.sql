-- Key populations: fields of each kind, a team of helpers, and what is sealed read only when somebody else agreed.
alter table registry.overlay drop constraint overlay_kind_known;
alter table registry.overlay add constraint overlay_kind_known
  check (kind in ('released', 'correction', 'mental-health', 'drug', 'juvenile', 'vagrant', 'hardship', 'frail'));
alter table registry.overlay add column values_sealed text;
comment on column registry.overlay.values_sealed is 'The fields of its kind (domain/src/registry/care/key-populations.ts) as one sealed text.';

create table registry.overlay_helper (
  county_code char(6) not null,
  id uuid not null,
  overlay_id uuid not null,
  role text not null,
  sealed text not null,
  from_on date not null,
  to_on date,
  constraint overlay_helper_pk primary key (county_code, id),
  constraint overlay_helper_overlay foreign key (county_code, overlay_id) references registry.overlay (county_code, id) on delete cascade,
  constraint overlay_helper_dates check (to_on is null or to_on >= from_on)
);
comment on table registry.overlay_helper is 'Who helps somebody of a key population, from a day to a day; name and how to reach him are sealed.';
create index overlay_helper_overlay on registry.overlay_helper (county_code, overlay_id);

create table registry.overlay_request (
  county_code char(6) not null,
  id uuid not null,
  overlay_id uuid not null,
  asked_by uuid not null,
  asked_by_name text not null,
  asked_at timestamptz not null,
  purpose text not null,
  note text not null,
  state text not null default 'open',
  decided_by uuid,
  decided_at timestamptz,
  reason text not null default '',
  open_until timestamptz,
  constraint overlay_request_pk primary key (county_code, id),
  constraint overlay_request_overlay foreign key (county_code, overlay_id) references registry.overlay (county_code, id) on delete cascade,
  constraint overlay_request_state_known check (state in ('open', 'agreed', 'refused')),
  constraint overlay_request_two check (decided_by is null or decided_by <> asked_by)
);
comment on table registry.overlay_request is 'Requests to read what is sealed of a key population: one person asks, another agrees, and it may be read for a short time.';
create index overlay_request_overlay on registry.overlay_request (county_code, overlay_id);
create index overlay_request_open on registry.overlay_request (county_code) where state = 'open';
