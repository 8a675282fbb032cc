-- Who may read an act that lies with a desk: whoever could read the event or the visit that it is about (docs/security.md).
alter table sync.inbox
  add column event_id uuid,
  add column kept_for text not null default 'desk',
  add constraint inbox_kept_for_known check (kept_for in ('desk', 'keeper'));
comment on column sync.inbox.event_id is 'The event it makes or is about.';
comment on column sync.inbox.kept_for is 'Whose it is to decide on: of a visit with a form of the strictest tier, whoever keeps the record there.';
create index inbox_event on sync.inbox (county_code, event_id) where event_id is not null;
