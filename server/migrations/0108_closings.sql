-- What leaves the register and is nobody: shops, homes, buildings, estates and things that are there no more.
create table registry.closing (
  county_code char(6) not null,
  id uuid not null,
  record_kind text not null,
  record_id uuid not null,
  kind text not null,
  on_day date not null,
  reason text not null default '',
  rooms uuid[] not null default '{}',
  links jsonb not null,
  account_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  undo_until timestamptz not null,
  state text not null default 'open',
  closed_by text,
  closed_at timestamptz,
  constraint closing_pk primary key (county_code, id),
  constraint closing_record_known check (record_kind in ('unit', 'house', 'building', 'estate', 'facility')),
  constraint closing_kind_known check (kind in ('out-of-business', 'moved', 'demolished', 'rebuilt', 'removed', 'wrong')),
  constraint closing_state_known check (state in ('open', 'undone')),
  constraint closing_closed check ((state = 'open') = (closed_at is null))
);
comment on table registry.closing is 'How and when a shop, home, building, estate or thing went, the rooms that went with it and the owners whose links that ended, so that a slip gives back exactly that.';
create unique index closing_once on registry.closing (county_code, record_id) where state = 'open';
create index closing_record on registry.closing (county_code, record_id, at desc);
create index closing_at on registry.closing (county_code, at desc);
create index closing_made on registry.closing (county_code, account_id, at);
alter table registry.change drop constraint change_what_known;
alter table registry.change add constraint change_what_known
  check (what in ('create', 'edit', 'confirm', 'link', 'unlink', 'merge', 'unmerge', 'undo', 'move', 'gone', 'left', 'came-back', 'deleted', 'closed', 'reopened'));
