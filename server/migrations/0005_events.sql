create schema events;

create table events.category (
  county_code char(6) not null,
  code text not null,
  valid_from date not null,
  valid_to date,
  body jsonb not null,
  constraint category_pk primary key (county_code, code, valid_from),
  constraint category_dates_ordered check (valid_to is null or valid_to > valid_from)
);
comment on table events.category is 'The catalogue, dated: an event keeps the row it was reported under.';

create table events.calendar_day (
  county_code char(6) not null,
  day date not null,
  kind text not null,
  name text not null,
  source text not null,
  constraint calendar_day_pk primary key (county_code, day),
  constraint calendar_day_kind_known check (kind in ('holiday', 'swap'))
);
create table events.office_hours (
  county_code char(6) not null,
  version int not null,
  windows jsonb not null,
  constraint office_hours_pk primary key (county_code)
);

create table events.number_block (
  county_code char(6) not null,
  area_code text not null,
  day date not null,
  last int not null,
  constraint number_block_pk primary key (county_code, area_code, day)
);
comment on table events.number_block is 'Event numbers given out by area and day; each server takes a block at a time, so gaps are normal.';

create table events.event (
  county_code char(6) not null,
  id uuid not null,
  no text not null,
  title text not null,
  content text not null,
  place_text text not null,
  category_code text not null,
  status text not null,
  is_open boolean not null,
  level smallint not null,
  source text not null,
  urgency smallint not null,
  is_sensitive boolean not null,
  supervision smallint not null,
  reworks smallint not null default 0,
  reopens smallint not null default 0,
  stage text not null,
  stage_started_at timestamptz not null,
  due_at timestamptz,
  next_alarm_at timestamptz,
  reported_at timestamptz not null,
  occurred_at timestamptz,
  closed_at timestamptz,
  lng double precision,
  lat double precision,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  desk_place_id uuid not null,
  department_id uuid,
  co_departments uuid[] not null default '{}',
  reporter_id uuid,
  checker_id uuid,
  check_by text not null,
  parent_id uuid,
  merged_into uuid,
  ticket_no text,
  external_due_at timestamptz,
  version int not null,
  changed_at timestamptz not null,
  wrote_in xid8 not null default pg_current_xact_id(),
  core jsonb not null,
  suggestion jsonb,
  search tsvector not null,
  constraint event_pk primary key (county_code, id),
  constraint event_no_unique unique (county_code, no),
  constraint event_ticket_unique unique (county_code, ticket_no),
  constraint event_level_known check (level between 1 and 3),
  constraint event_status_known check (status in ('reported','verifying','registered','dispatched','in-progress','return-requested','ruling','extend-requested','suspend-requested','suspended','handled','rework','verified','callback','unreasonable-claimed','closed','reopened','rejected','merged','cancelled','archived')),
  constraint event_grid foreign key (grid_id) references places.place (id),
  constraint event_desk foreign key (desk_place_id) references places.place (id),
  constraint event_department foreign key (department_id) references identity.department (id)
);
comment on column events.event.core is 'The state that the rules decide on (EventCore); the other columns are what lists filter and sort by.';
-- Lists by scope, newest first (all, and open ones), then by due date; a town's list is the hot one.
create index event_county_newest on events.event (county_code, reported_at desc, id desc);
create index event_town_newest on events.event (county_code, town_id, reported_at desc, id desc);
create index event_town_open on events.event (county_code, town_id, reported_at desc, id desc) where is_open;
create index event_county_open on events.event (county_code, reported_at desc, id desc) where is_open;
create index event_village_newest on events.event (county_code, village_id, reported_at desc, id desc);
create index event_grid_newest on events.event (county_code, grid_id, reported_at desc, id desc);
create index event_department_newest on events.event (county_code, department_id, reported_at desc, id desc) where department_id is not null;
create index event_desk_open on events.event (county_code, desk_place_id, reported_at desc, id desc) where is_open;
create index event_open_due on events.event (county_code, town_id, due_at) where is_open;
create index event_reporter on events.event (county_code, reporter_id, reported_at desc) where reporter_id is not null;
create index event_checker on events.event (county_code, checker_id) where status = 'handled';
create index event_alarm on events.event (next_alarm_at) where next_alarm_at is not null;
create index event_co on events.event using gin (co_departments) where co_departments <> '{}';
create index event_parent on events.event (county_code, parent_id) where parent_id is not null;
create index event_merged on events.event (county_code, merged_into) where merged_into is not null;
-- A short pending list: searches read it line by line, so it may not grow under load.
create index event_search on events.event using gin (search) with (gin_pending_list_limit = 128);
create index event_ticket_changes on events.event (county_code, wrote_in, id) where ticket_no is not null;

create table events.reporter (
  county_code char(6) not null,
  id uuid not null,
  event_id uuid not null,
  origin_event_id uuid not null,
  follow_code text not null,
  name_sealed text,
  phone_sealed text,
  phone_index text,
  account_id uuid,
  score smallint,
  is_solved boolean,
  told_at timestamptz,
  created_at timestamptz not null,
  constraint reporter_pk primary key (county_code, id),
  constraint reporter_event foreign key (county_code, event_id) references events.event (county_code, id),
  constraint reporter_score_range check (score between 1 and 5)
);
comment on table events.reporter is 'Everybody who reported one event, each with a follow code of his own; linking events moves event_id, origin_event_id stays.';
create unique index reporter_code on events.reporter (follow_code, county_code);
create index reporter_event on events.reporter (county_code, event_id);

create table events.flow (
  county_code char(6) not null,
  event_id uuid not null,
  seq int not null,
  action text not null,
  from_status text,
  to_status text not null,
  at timestamptz not null,
  account_id uuid,
  posting_id uuid,
  actor_name text,
  actor_role text,
  actor_office text,
  reason text not null,
  detail jsonb not null,
  evidence_ids uuid[] not null default '{}',
  clock jsonb not null,
  constraint flow_pk primary key (county_code, event_id, seq),
  constraint flow_event foreign key (county_code, event_id) references events.event (county_code, id)
);
comment on table events.flow is 'Append-only life of an event: no state is reached without a row here (invariant I3).';

create table events.evidence (
  county_code char(6) not null,
  id uuid not null,
  event_id uuid,
  uploaded_by uuid,
  kind text not null,
  phase text not null,
  name text not null,
  mime text not null,
  size int not null,
  sha256 text not null,
  path text not null,
  thumbnail_path text,
  at timestamptz not null,
  constraint evidence_pk primary key (county_code, id),
  constraint evidence_kind_known check (kind in ('photo', 'audio', 'video', 'document')),
  constraint evidence_phase_known check (phase in ('before', 'during', 'after', 'check'))
);
create index evidence_event on events.evidence (county_code, event_id);

create table events.notice (
  county_code char(6) not null,
  id uuid not null,
  event_id uuid not null,
  kind text not null,
  account_id uuid,
  department_id uuid,
  place_id uuid,
  duty text,
  at timestamptz not null,
  constraint notice_pk primary key (county_code, id),
  constraint notice_event foreign key (county_code, event_id) references events.event (county_code, id)
);
comment on table events.notice is 'One sentence for whoever must act: a person, a department, or those at a place who hold a duty.';
create index notice_account on events.notice (county_code, account_id, at desc) where account_id is not null;
create index notice_department on events.notice (county_code, department_id, at desc) where department_id is not null;
create index notice_place on events.notice (county_code, place_id, at desc) where place_id is not null;

create table events.notice_read (
  county_code char(6) not null,
  notice_id uuid not null,
  account_id uuid not null,
  constraint notice_read_pk primary key (county_code, notice_id, account_id)
);

create table events.precedent (
  county_code char(6) not null,
  id uuid not null,
  category_code text not null,
  department_id uuid not null,
  event_id uuid not null,
  reason text not null,
  ruled_at timestamptz not null,
  constraint precedent_pk primary key (county_code, id)
);
comment on table events.precedent is 'Rulings on whose matter it is, to be shown when the like is dispatched again.';
create index precedent_category on events.precedent (county_code, category_code, ruled_at desc);

create table events.saved_view (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  filter jsonb not null,
  constraint saved_view_pk primary key (county_code, id)
);
create index saved_view_account on events.saved_view (county_code, account_id);

create table events.example (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  label text not null,
  text text not null,
  at timestamptz not null,
  constraint example_pk primary key (county_code, kind, id),
  constraint example_kind_known check (kind in ('topic', 'category'))
);
comment on table events.example is 'What the suggestions learn from: imported letters with their topic, closed events with their category.';

create table events.model (
  county_code char(6) not null,
  kind text not null,
  trained_at timestamptz not null,
  examples int not null,
  body jsonb not null,
  constraint model_pk primary key (county_code, kind)
);
