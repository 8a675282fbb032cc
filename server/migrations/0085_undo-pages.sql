-- A whole import is taken back piece by piece. How far it is, why and by which request is kept with what it wrote, so that one
-- that broke off goes on where it was, and nothing is taken back twice.
alter table registry.batch drop constraint batch_state_known;
alter table registry.batch add constraint batch_state_known
  check (state in ('waiting', 'running', 'done', 'refused', 'failed', 'undoing', 'undone'));

create table registry.batch_undo (
  county_code char(6) not null,
  batch_id uuid not null,
  request_id uuid not null,
  reason text not null,
  step text not null,
  after_version int,
  after_id uuid,
  at timestamptz not null,
  removed int not null default 0,
  restored int not null default 0,
  kept int not null default 0,
  constraint batch_undo_pk primary key (county_code, batch_id)
);
comment on table registry.batch_undo is 'Imports that are taken back: how far that is, and what came of it so far.';
comment on column registry.batch_undo.step is 'What is taken back next: changes, links or a kind of record; done at the end.';
comment on column registry.batch_undo.at is 'When it last came a piece further.';
create index batch_undo_open on registry.batch_undo (at) where step <> 'done';
