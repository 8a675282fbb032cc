-- Changes of the net that were ordered: for a day to come, or too large to wait for. What is asked was settled then.
create table places.net_order (
  county_code char(6) not null,
  id uuid not null,
  kind text not null,
  happens_on date not null,
  reason text not null,
  ask jsonb not null,
  shape smallint not null default 1,
  grid_ids uuid[] not null,
  state text not null default 'waiting',
  step text,
  problem text,
  moved jsonb not null default '[]',
  account_id uuid,
  by_name text not null,
  asked_at timestamptz not null,
  finished_at timestamptz,
  constraint net_order_pk primary key (county_code, id),
  constraint net_order_kind_known check (kind in ('border', 'split', 'merge', 'close')),
  constraint net_order_state_known check (state in ('waiting', 'running', 'done', 'refused', 'withdrawn'))
);
comment on table places.net_order is 'Changes of the net that were ordered, how far they are and what they moved (G5).';
comment on column places.net_order.ask is 'The change as it was asked for (domain/src/places/net-contract.ts, NetAsk).';
create index net_order_due on places.net_order (happens_on, asked_at) where state in ('waiting', 'running');
create index net_order_newest on places.net_order (county_code, asked_at desc);
