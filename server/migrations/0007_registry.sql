create schema registry;

-- The columns that every kind of record has; each kind is a table of its own.
create table registry.shape (
  county_code char(6) not null,
  id uuid not null,
  name text not null,
  sort text not null default '',
  parent_id uuid,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  body jsonb not null,
  sealed jsonb not null default '{}',
  origin jsonb not null,
  version int not null default 1,
  state text not null default 'live',
  merged_into uuid,
  confirmed_at timestamptz,
  due_at timestamptz,
  batch_id uuid,
  created_at timestamptz not null,
  changed_at timestamptz not null
);

create table registry.estate (like registry.shape including defaults, constraint estate_pk primary key (county_code, id), constraint estate_state_known check (state in ('live', 'merged', 'gone')));
create table registry.building (like registry.shape including defaults, constraint building_pk primary key (county_code, id), constraint building_state_known check (state in ('live', 'merged', 'gone')));
create table registry.house (like registry.shape including defaults, last_asked_at timestamptz, constraint house_pk primary key (county_code, id), constraint house_state_known check (state in ('live', 'merged', 'gone')));
create table registry.person (like registry.shape including defaults,
  spelled text not null, initials text not null, born date, id_index text, id_tail text, phone_index text, phone_tail text,
  constraint person_pk primary key (county_code, id), constraint person_state_known check (state in ('live', 'merged', 'gone')));
create table registry.unit (like registry.shape including defaults, constraint unit_pk primary key (county_code, id), constraint unit_state_known check (state in ('live', 'merged', 'gone')));
create table registry.facility (like registry.shape including defaults, constraint facility_pk primary key (county_code, id), constraint facility_state_known check (state in ('live', 'merged', 'gone')));
drop table registry.shape;
comment on table registry.estate is 'Estates, roads and hamlets: the first step of a standard address (county, road or estate, building, unit, room).';
comment on table registry.building is 'Buildings of an estate; parent_id is the estate.';
comment on table registry.house is 'Rooms, which are houses in the words of the registry; parent_id is the building. last_asked_at is when the household was last asked.';
comment on table registry.person is 'People. Numbers and phones are sealed; the index columns are keyed digests for exact search, the tail columns of the last four.';
comment on table registry.unit is 'Firms, shops, social organisations; parent_id is the house or building they sit in.';
comment on table registry.facility is 'Things with a rhythm of inspection: elevators, charging points, reservoirs.';

create index estate_grid on registry.estate (county_code, village_id, name);
create index estate_town on registry.estate (county_code, town_id);
create index building_parent on registry.building (county_code, parent_id);
create index building_grid on registry.building (county_code, grid_id);
create index house_parent on registry.house (county_code, parent_id);
create index house_due on registry.house (county_code, grid_id, due_at) where state = 'live';
create index person_due on registry.person (county_code, grid_id, due_at) where state = 'live';
create index person_name on registry.person (county_code, name text_pattern_ops);
create index person_spelled on registry.person (county_code, spelled text_pattern_ops);
create index person_initials on registry.person (county_code, initials text_pattern_ops);
create index person_born on registry.person (county_code, born, spelled);
create index person_id on registry.person (county_code, id_index) where id_index is not null;
create index person_id_tail on registry.person (county_code, id_tail) where id_tail is not null;
create index person_phone on registry.person (county_code, phone_index) where phone_index is not null;
create index person_phone_tail on registry.person (county_code, phone_tail) where phone_tail is not null;
create index unit_name on registry.unit (county_code, name text_pattern_ops);
create index unit_code on registry.unit (county_code, (body ->> 'creditCode'));
create index unit_due on registry.unit (county_code, grid_id, due_at) where state = 'live';
create index facility_due on registry.facility (county_code, grid_id, due_at) where state = 'live';
create index person_batch on registry.person (county_code, batch_id) where batch_id is not null;
create index house_batch on registry.house (county_code, batch_id) where batch_id is not null;
create index unit_batch on registry.unit (county_code, batch_id) where batch_id is not null;

create table registry.link (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  house_id uuid not null,
  role text not null,
  from_on date not null,
  to_on date,
  basis text not null,
  is_lead boolean not null default false,
  batch_id uuid,
  constraint link_pk primary key (county_code, id),
  constraint link_role_known check (role in ('head', 'member', 'tenant', 'owner', 'co-resident')),
  constraint link_dates_ordered check (to_on is null or to_on >= from_on)
);
comment on table registry.link is 'Who lives in or owns what, from when to when and on what basis: one person has several homes, and lives elsewhere than registered (R4). is_lead names the home whose grid answers for the person.';
create index link_house on registry.link (county_code, house_id);
create index link_person on registry.link (county_code, person_id);

create table registry.change (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  record_id uuid not null,
  version int not null,
  what text not null,
  at timestamptz not null,
  account_id uuid,
  by_name text not null,
  source text not null,
  reason text not null,
  fields jsonb not null,
  more jsonb not null default '{}',
  batch_id uuid,
  undone_by uuid,
  constraint change_pk primary key (county_code, id),
  constraint change_what_known check (what in ('create', 'edit', 'confirm', 'link', 'unlink', 'merge', 'unmerge', 'undo', 'move', 'gone'))
);
comment on table registry.change is 'Every change of a record with the values before it; sealed values are sealed here too. Append-only but for undone_by.';
create index change_record on registry.change (county_code, record_id, version desc);
create index change_batch on registry.change (county_code, batch_id) where batch_id is not null;

create table registry.field_rule (
  county_code char(6) not null,
  kind text not null,
  code text not null,
  is_on boolean not null,
  is_asked boolean not null,
  basis text not null,
  purpose text not null,
  constraint field_rule_pk primary key (county_code, kind, code),
  constraint field_rule_has_basis check (not is_on or (basis <> '' and purpose <> ''))
);
comment on table registry.field_rule is 'What a county changed about fields; a field without basis and purpose cannot be on.';

create table registry.apart (
  county_code char(6) not null,
  a_id uuid not null,
  b_id uuid not null,
  reason text not null,
  account_id uuid,
  at timestamptz not null,
  constraint apart_pk primary key (county_code, a_id, b_id),
  constraint apart_ordered check (a_id < b_id)
);
comment on table registry.apart is 'Pairs that somebody looked at and found to be two people; they are not offered again.';

create table registry.overlay (
  county_code char(6) not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  sealed text not null,
  visit_days int not null,
  visited_at timestamptz,
  cautions text[] not null,
  started_on date not null,
  ended_on date,
  constraint overlay_pk primary key (county_code, id),
  constraint overlay_kind_known check (kind in ('released', 'correction', 'mental-health', 'drug', 'juvenile', 'hardship'))
);
comment on table registry.overlay is 'Key populations, of the strictest tier. A field worker learns that a visit is due and what to mind, never the label.';
create index overlay_person on registry.overlay (county_code, person_id);

create table registry.reveal_day (
  county_code char(6) not null,
  account_id uuid not null,
  day date not null,
  count int not null,
  constraint reveal_day_pk primary key (county_code, account_id, day)
);
comment on table registry.reveal_day is 'How many values a person revealed on a day, against the quota.';

create table registry.batch (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  file_name text not null,
  mode text not null,
  state text not null,
  account_id uuid not null,
  posting_id uuid,
  place_id uuid not null,
  rows int not null default 0,
  done int not null default 0,
  created int not null default 0,
  changed int not null default 0,
  same int not null default 0,
  faults int not null default 0,
  problem text,
  header jsonb not null default '[]',
  at timestamptz not null,
  finished_at timestamptz,
  constraint batch_pk primary key (county_code, id),
  constraint batch_mode_known check (mode in ('trial', 'all', 'good')),
  constraint batch_state_known check (state in ('waiting', 'running', 'done', 'refused', 'failed', 'undone'))
);
comment on table registry.batch is 'Imports: what was sent, how far it is, what came of it.';
create index batch_open on registry.batch (state, at) where state in ('waiting', 'running');

create table registry.tally (
  county_code char(6) not null,
  place_id uuid not null,
  kind text not null,
  sort text not null,
  n bigint not null,
  constraint tally_pk primary key (county_code, place_id, kind, sort)
);
comment on table registry.tally is 'Live records by place, kind and sort, kept by triggers in the same transaction, so that a figure is always what a recount gives.';

create function registry.keep_tally() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into registry.tally as t select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), tg_table_name, sort, count(*) from fresh where state = 'live' group by 1, 2, 4 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  elsif tg_op = 'DELETE' then
    insert into registry.tally as t select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), tg_table_name, sort, -count(*) from old_rows where state = 'live' group by 1, 2, 4 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  else
    insert into registry.tally as t select county_code, place, tg_table_name, sort, sum(d) from (
      select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000') as place, sort, 1 as d from fresh where state = 'live'
      union all select county_code, coalesce(grid_id, village_id, town_id, '00000000-0000-0000-0000-000000000000'), sort, -1 from old_rows where state = 'live') x group by 1, 2, 4 having sum(d) <> 0 order by 1, 2, 4
    on conflict (county_code, place_id, kind, sort) do update set n = t.n + excluded.n;
  end if;
  return null;
end $$;
do $$
declare k text;
begin
  foreach k in array array['person', 'house', 'unit'] loop
    execute format('create trigger %1$s_tally_insert after insert on registry.%1$I referencing new table as fresh for each statement execute function registry.keep_tally()', k);
    execute format('create trigger %1$s_tally_update after update on registry.%1$I referencing new table as fresh old table as old_rows for each statement execute function registry.keep_tally()', k);
    execute format('create trigger %1$s_tally_delete after delete on registry.%1$I referencing old table as old_rows for each statement execute function registry.keep_tally()', k);
  end loop;
end $$;

create table registry.batch_fault (
  county_code char(6) not null,
  batch_id uuid not null,
  row_no int not null,
  faults jsonb not null,
  cells_sealed text not null,
  constraint batch_fault_pk primary key (county_code, batch_id, row_no)
);
comment on table registry.batch_fault is 'Rows of an import that could not be taken, with what is wrong, for the workbook to mend.';

create table registry.export_request (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  place_id uuid not null,
  purpose text not null,
  rows int not null,
  state text not null,
  account_id uuid not null,
  account_name text not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  expires_at timestamptz,
  constraint export_request_pk primary key (county_code, id),
  constraint export_request_state_known check (state in ('asked', 'approved', 'refused')),
  constraint export_request_two_people check (decided_by is null or decided_by <> account_id or rows <= 200)
);
comment on table registry.export_request is 'Exports: purpose, size, who agreed, until when. Above a set size a second person must agree.';
create index export_request_open on registry.export_request (county_code, state, asked_at desc);

create table registry.ledger_run (
  county_code char(6) not null,
  id uuid not null,
  place_id uuid not null,
  employer_file text not null,
  rental_file text not null,
  account_id uuid not null,
  at timestamptz not null,
  employers int not null,
  rentals int not null,
  constraint ledger_run_pk primary key (county_code, id)
);
comment on table registry.ledger_run is 'Comparisons of an employer''s ledger with the rental ledger (R5).';
create index ledger_run_at on registry.ledger_run (county_code, at desc);

create table registry.ledger_row (
  county_code char(6) not null,
  id uuid not null,
  run_id uuid not null,
  state text not null,
  probability real not null,
  agreement int[] not null,
  employer_row int,
  rental_row int,
  cluster int,
  grid_id uuid,
  village_id uuid,
  town_id uuid,
  sealed text not null,
  decision text,
  decided_by uuid,
  decided_at timestamptz,
  constraint ledger_row_pk primary key (county_code, id),
  constraint ledger_row_state_known check (state in ('linked', 'doubtful', 'employer-only', 'rental-only', 'many-rooms')),
  constraint ledger_row_decision_known check (decision in ('same', 'other'))
);
comment on table registry.ledger_row is 'What came of a comparison, each row for the grid it concerns and nobody else; the facts of both sides are sealed.';
create index ledger_row_run on registry.ledger_row (county_code, run_id, state, probability desc);
