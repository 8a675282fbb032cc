create table events.export_request (
  county_code char(6) not null,
  id uuid not null,
  filter jsonb not null,
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
  constraint export_request_two_people check (decided_by is null or decided_by <> account_id)
);
comment on table events.export_request is 'Exports of events: what was asked for and why, how much it was, who agreed, until when.';
create index export_request_asked on events.export_request (county_code, asked_at desc);

insert into identity.role_duty (role_code, duty)
  select r.code, 'event.approve-export' from identity.role r where r.code in ('duty-chief', 'leader')
  on conflict do nothing;
