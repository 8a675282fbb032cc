-- Grid matters, visits and the synchronising of phones.

create schema matters;
create schema visits;
create schema sync;

create table matters.matter (
  county_code char(6) not null,
  id uuid not null,
  code text not null,
  name text not null,
  name_en text not null,
  class_code text not null,
  class_name text not null,
  class_name_en text not null,
  kind text not null,
  owner text not null,
  minutes int not null,
  frequency text not null,
  basis text not null,
  evidence text not null,
  evidence_why text not null,
  set_code text not null default '',
  is_reconstructed boolean not null default false,
  valid_from date not null,
  valid_to date,
  version int not null default 1,
  constraint matter_pk primary key (county_code, id),
  constraint matter_kind_known check (kind in ('regular', 'temporary', 'emergency')),
  constraint matter_evidence_has_reason check (evidence = 'none' or evidence_why <> ''),
  constraint matter_temporary_ends check (kind <> 'temporary' or valid_to is not null),
  constraint matter_dates_ordered check (valid_to is null or valid_to >= valid_from),
  constraint matter_once_a_day exclude using gist (county_code with =, code with =, daterange(valid_from, valid_to, '[]') with &&)
);
comment on table matters.matter is 'What the grid may be asked to do, with its owner, minutes, basis and dates (A1). Whatever is asked of a grid worker names one of these in force.';

create table visits.form (
  county_code char(6) not null,
  code text not null,
  body jsonb not null,
  version int not null default 1,
  constraint form_pk primary key (county_code, code)
);
comment on table visits.form is 'Short forms of visits, as data.';

create table visits.rule (
  county_code char(6) not null,
  id uuid not null,
  matter_id uuid not null,
  name text not null,
  name_en text not null,
  selector text not null,
  form_code text not null,
  period_days int not null,
  minutes int not null,
  window_from smallint,
  window_to smallint,
  months smallint[] not null default '{}',
  place_id uuid,
  priority smallint not null,
  is_on boolean not null,
  version int not null default 1,
  constraint rule_pk primary key (county_code, id),
  constraint rule_matter foreign key (county_code, matter_id) references matters.matter (county_code, id),
  constraint rule_place foreign key (place_id) references places.place (id)
);
create index rule_matter_used on visits.rule (county_code, matter_id);
create index rule_place_used on visits.rule (place_id);
comment on table visits.rule is 'Visits by rhythm of a category, place and season; each names its matter.';

create table visits.task (
  county_code char(6) not null,
  id uuid not null,
  matter_id uuid not null,
  origin text not null,
  origin_id uuid,
  origin_name text not null,
  subject_kind text not null,
  subject_id uuid,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  account_id uuid,
  form_code text not null,
  title text not null,
  note text not null default '',
  earliest_on date not null,
  due_on date not null,
  window_from smallint,
  window_to smallint,
  minutes smallint not null,
  priority smallint not null,
  cautions text[] not null default '{}',
  state text not null default 'open',
  tries smallint not null default 0,
  done_on date,
  done_by uuid,
  drop_reason text not null default '',
  version int not null default 1,
  made_at timestamptz not null,
  wrote_in xid8 not null default pg_current_xact_id(),
  constraint task_pk primary key (county_code, id),
  constraint task_matter foreign key (county_code, matter_id) references matters.matter (county_code, id),
  constraint task_origin_known check (origin in ('rule', 'campaign', 'order', 'service', 'meeting', 'recheck')),
  constraint task_state_known check (state in ('open', 'done', 'dropped')),
  constraint task_days_ordered check (earliest_on <= due_on)
);
create unique index task_once_open on visits.task (county_code, origin_id, subject_id) where state = 'open';
create index task_grid_wrote on visits.task (county_code, grid_id, wrote_in);
create index task_grid_due on visits.task (county_code, grid_id, due_on) where state = 'open';
create index task_town_due on visits.task (county_code, town_id, due_on) where state = 'open';
create index task_village_due on visits.task (county_code, village_id, due_on) where state = 'open';
create index task_county_due on visits.task (county_code, due_on) where state = 'open';
create index task_origin_used on visits.task (county_code, origin_id, state);
create index task_matter_used on visits.task (county_code, matter_id);
create index task_subject on visits.task (county_code, subject_id);
create index task_account_used on visits.task (county_code, account_id) where account_id is not null;
comment on table visits.task is 'One order to one grid or worker, always for a matter in force when it was made.';

create table visits.visit (
  county_code char(6) not null,
  id uuid not null,
  task_id uuid,
  matter_id uuid not null,
  form_code text not null,
  subject_kind text not null,
  subject_id uuid not null,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  account_id uuid not null,
  by_name text not null,
  on_behalf_of text not null default '',
  is_spoken boolean not null default false,
  made_at timestamptz not null,
  received_at timestamptz not null,
  outcome text not null,
  sealed text not null,
  is_core boolean not null default false,
  event_ids uuid[] not null default '{}',
  hazards smallint not null default 0,
  constraint visit_pk primary key (county_code, id),
  constraint visit_matter foreign key (county_code, matter_id) references matters.matter (county_code, id),
  constraint visit_outcome_known check (outcome in ('met', 'not-home', 'refused', 'done'))
);
create index visit_subject on visits.visit (county_code, subject_id, made_at desc);
create index visit_grid on visits.visit (county_code, grid_id, made_at desc);
create index visit_account on visits.visit (county_code, account_id, made_at desc);
create index visit_matter_used on visits.visit (county_code, matter_id);
create index visit_event on visits.visit using gin (event_ids) where event_ids <> '{}';
comment on table visits.visit is 'What was met and seen; answers and note sealed. No place, no track: that a due point was done is all that is counted.';

create table visits.last (
  county_code char(6) not null,
  subject_id uuid not null,
  form_code text not null,
  on_day date not null,
  constraint last_pk primary key (county_code, subject_id, form_code)
);
comment on table visits.last is 'When somebody or something was last visited with a form; rules count from it.';

create table visits.hazard (
  county_code char(6) not null,
  id uuid not null,
  visit_id uuid not null,
  matter_id uuid not null,
  subject_kind text not null,
  subject_id uuid,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  what text not null,
  ordered_text text not null,
  fix_by date not null,
  recheck_days smallint not null,
  state text not null default 'open',
  found_on date not null,
  cleared_on date,
  event_id uuid,
  rechecks smallint not null default 0,
  constraint hazard_pk primary key (county_code, id),
  constraint hazard_visit foreign key (county_code, visit_id) references visits.visit (county_code, id),
  constraint hazard_state_known check (state in ('open', 'cleared'))
);
create index hazard_visit_used on visits.hazard (county_code, visit_id);
create index hazard_grid on visits.hazard (county_code, grid_id, state, fix_by);
comment on table visits.hazard is 'Hidden dangers, re-checked until they are cleared (E8).';

create table visits.campaign (
  county_code char(6) not null,
  id uuid not null,
  matter_id uuid not null,
  name text not null,
  place_id uuid not null,
  selector text not null,
  form_code text not null,
  from_on date not null,
  to_on date not null,
  note text not null,
  is_open boolean not null default true,
  made_by uuid,
  made_at timestamptz not null,
  constraint campaign_pk primary key (county_code, id),
  constraint campaign_matter foreign key (county_code, matter_id) references matters.matter (county_code, id),
  constraint campaign_place foreign key (place_id) references places.place (id)
);
create index campaign_matter_used on visits.campaign (county_code, matter_id);
create index campaign_place_used on visits.campaign (place_id);

create table visits.service (
  county_code char(6) not null,
  id uuid not null,
  no text not null,
  matter_id uuid not null,
  what text not null,
  person_id uuid,
  asked_by_sealed text not null,
  phone_sealed text,
  grid_id uuid not null,
  village_id uuid,
  town_id uuid,
  account_id uuid not null,
  taken_by text not null,
  state text not null default 'taken',
  due_on date not null,
  steps jsonb not null,
  version int not null default 1,
  wrote_in xid8 not null default pg_current_xact_id(),
  constraint service_pk primary key (county_code, id),
  constraint service_no_unique unique (county_code, no),
  constraint service_matter foreign key (county_code, matter_id) references matters.matter (county_code, id),
  constraint service_grid foreign key (grid_id) references places.place (id),
  constraint service_state_known check (state in ('taken', 'handed-in', 'answered', 'told', 'withdrawn'))
);
create index service_grid_open on visits.service (county_code, grid_id, state);
create index service_grid_used on visits.service (grid_id);
create index service_matter_used on visits.service (county_code, matter_id);
comment on table visits.service is 'Requests taken at the door and followed until the resident was told (V5).';

create table visits.safety (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  place_id uuid not null,
  where_text text not null,
  until timestamptz not null,
  ended_at timestamptz,
  constraint safety_pk primary key (county_code, id),
  constraint safety_place foreign key (place_id) references places.place (id)
);
create index safety_account on visits.safety (county_code, account_id, until desc);
create index safety_place_used on visits.safety (place_id);
comment on table visits.safety is 'A lone visit shared by the visitor’s own choice: where and until when, in words; rows go a day after their end.';

-- What phones hold is told apart by the transaction that wrote it last.
alter table registry.estate add column wrote_in xid8 not null default pg_current_xact_id();
alter table registry.building add column wrote_in xid8 not null default pg_current_xact_id(), add column lng double precision, add column lat double precision;
alter table registry.house add column wrote_in xid8 not null default pg_current_xact_id(), add column micro_id uuid;
alter table registry.person add column wrote_in xid8 not null default pg_current_xact_id();
alter table registry.unit add column wrote_in xid8 not null default pg_current_xact_id();
alter table registry.facility add column wrote_in xid8 not null default pg_current_xact_id();
alter table registry.link add column wrote_in xid8 not null default pg_current_xact_id();
create index building_wrote on registry.building (county_code, grid_id, wrote_in);
create index house_wrote on registry.house (county_code, grid_id, wrote_in);
create index house_micro on registry.house (county_code, micro_id) where micro_id is not null;
create index person_wrote on registry.person (county_code, grid_id, wrote_in);
create index unit_wrote on registry.unit (county_code, grid_id, wrote_in);
create index facility_wrote on registry.facility (county_code, grid_id, wrote_in);
create index estate_grid_held on registry.estate (county_code, grid_id);
create index link_wrote on registry.link (county_code, wrote_in);

create table registry.departure (
  county_code char(6) not null,
  grid_id uuid not null,
  kind text not null,
  record_id uuid not null,
  why text not null,
  at timestamptz not null,
  wrote_in xid8 not null default pg_current_xact_id()
);
create index departure_grid on registry.departure (county_code, grid_id, wrote_in);
comment on table registry.departure is 'What left a grid, so that phones of the grid drop it and say so; rows older than ninety days go.';

create function registry.stamp() returns trigger language plpgsql as $$
begin
  new.wrote_in := pg_current_xact_id();
  if old.grid_id is distinct from new.grid_id and old.grid_id is not null then
    insert into registry.departure (county_code, grid_id, kind, record_id, why, at) values (old.county_code, old.grid_id, tg_table_name, old.id, 'moved', new.changed_at);
  end if;
  return new;
end $$;
create function registry.stamp_link() returns trigger language plpgsql as $$ begin new.wrote_in := pg_current_xact_id(); return new; end $$;
create trigger estate_stamp before update on registry.estate for each row execute function registry.stamp();
create trigger building_stamp before update on registry.building for each row execute function registry.stamp();
create trigger house_stamp before update on registry.house for each row execute function registry.stamp();
create trigger person_stamp before update on registry.person for each row execute function registry.stamp();
create trigger unit_stamp before update on registry.unit for each row execute function registry.stamp();
create trigger facility_stamp before update on registry.facility for each row execute function registry.stamp();
create trigger link_stamp before update on registry.link for each row execute function registry.stamp_link();

create table sync.device (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  token_hash text not null,
  key_sealed text not null,
  version text not null default '',
  enrolled_at timestamptz not null,
  pulled_at timestamptz,
  pushed_at timestamptz,
  waiting int not null default 0,
  oldest_at timestamptz,
  skew_ms bigint not null default 0,
  fault text not null default '',
  wipe text not null default '',
  wipe_reason text not null default '',
  constraint device_pk primary key (county_code, id),
  constraint device_account foreign key (account_id) references identity.account (id),
  constraint device_wipe_known check (wipe in ('', 'asked', 'done'))
);
create index device_account_used on sync.device (account_id);
create unique index device_id_unique on sync.device (id, county_code);
comment on table sync.device is 'Phones: who holds one, how far behind it is and why. Never used to judge anybody.';

create table sync.inbox (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  holder text not null,
  device_id uuid,
  place_id uuid,
  name text not null,
  subject text not null,
  ask_sealed text not null,
  problem text not null,
  made_at timestamptz not null,
  received_at timestamptz not null,
  state text not null default 'open',
  reason text not null default '',
  decided_by uuid,
  decided_at timestamptz,
  constraint inbox_pk primary key (county_code, id),
  constraint inbox_state_known check (state in ('open', 'applied', 'noted', 'dropped'))
);
create index inbox_place on sync.inbox (county_code, place_id, state, received_at desc);
create index inbox_account on sync.inbox (county_code, account_id, state);
comment on table sync.inbox is 'Acts of phones whose work belongs to others by now; nothing unsent is thrown away.';

insert into identity.role_duty select v.code, d.duty
  from (values
    ('grid-worker', '{visit.write}'::text[]), ('part-time-worker', '{visit.write}'), ('liaison', '{visit.write}'), ('grid-leader', '{visit.read}'),
    ('village-officer', '{visit.read,visit.plan,visit.write,task.order,sync.watch,meeting.hold}'), ('dispatcher', '{visit.read,visit.plan,task.order,meeting.hold}'), ('duty-chief', '{visit.read,visit.plan,task.order,sync.watch,meeting.hold}'), ('leader', '{visit.read,visit.plan,task.order}'),
    ('rules-editor', '{matter.edit,visit.read,visit.rules,visit.plan,library.edit}'), ('overlay-keeper', '{visit.write,visit.read}'), ('system-admin', '{badge.issue}')
  ) v (code, duties) cross join unnest(v.duties) d (duty)
  where exists (select 1 from identity.role r where r.code = v.code) on conflict do nothing;

create schema library;
create table library.article (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  title text not null,
  body text not null,
  keywords text not null,
  source text not null,
  source_url text not null,
  valid_from date not null,
  valid_to date,
  version int not null default 1,
  constraint article_pk primary key (county_code, id),
  constraint article_kind_known check (kind in ('how-to', 'policy', 'template')),
  constraint article_has_source check (source <> '')
);
comment on table library.article is 'How-to, policy and templates with their sources and dates (T4).';

create schema worklog;
create table worklog.week (
  county_code char(6) not null,
  account_id uuid not null,
  from_on date not null,
  lines jsonb not null,
  confirmed_at timestamptz not null,
  constraint week_pk primary key (county_code, account_id, from_on),
  constraint week_account foreign key (account_id) references identity.account (id)
);
create index week_account_used on worklog.week (account_id);
comment on table worklog.week is 'Weeks as their workers confirmed them; an open week is written anew each time it is read.';
create table worklog.addition (
  county_code char(6) not null,
  id uuid not null,
  account_id uuid not null,
  from_on date not null,
  text text not null,
  at timestamptz not null,
  constraint addition_pk primary key (county_code, id)
);
create index addition_week on worklog.addition (county_code, account_id, from_on);
create table worklog.meeting (
  county_code char(6) not null,
  id uuid not null,
  place_id uuid not null,
  kind text not null,
  title text not null,
  at timestamptz not null,
  where_text text not null,
  state text not null default 'called',
  agenda jsonb not null,
  attendance jsonb not null,
  minutes text not null default '',
  resolutions jsonb not null default '[]',
  version int not null default 1,
  called_by uuid,
  constraint meeting_pk primary key (county_code, id),
  constraint meeting_place foreign key (place_id) references places.place (id),
  constraint meeting_state_known check (state in ('called', 'held', 'cancelled'))
);
create index meeting_place_at on worklog.meeting (county_code, place_id, at desc);
create index meeting_place_used on worklog.meeting (place_id);
comment on table worklog.meeting is 'Work meetings: agenda from open matters, attendance, minutes, resolutions (V3).';

create table identity.badge (
  id uuid not null,
  account_id uuid not null,
  posting_id uuid not null,
  code text not null,
  issued_at timestamptz not null,
  issued_by uuid,
  expires_on date not null,
  ended_at timestamptz,
  ended_as text not null default '',
  reason text not null default '',
  constraint badge_pk primary key (id),
  constraint badge_code_unique unique (code),
  constraint badge_account foreign key (account_id) references identity.account (id),
  constraint badge_posting foreign key (posting_id) references identity.posting (id)
);
create index badge_account_used on identity.badge (account_id);
create index badge_posting_used on identity.badge (posting_id);
create unique index badge_one_valid on identity.badge (account_id) where ended_at is null;
comment on table identity.badge is 'Codes on badges and boards, one valid a person; a code tells whether its bearer serves here today.';
