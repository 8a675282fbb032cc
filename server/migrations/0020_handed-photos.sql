-- Photos that a phone hands in before it is wiped, with the act that lies with the desk.

create table sync.photo (
  county_code char(6) not null,
  id uuid not null,
  act_id uuid not null,
  device_id uuid not null,
  event_id uuid not null,
  phase text not null,
  picture text,
  received_at timestamptz not null,
  constraint photo_pk primary key (county_code, id),
  constraint photo_act foreign key (county_code, act_id) references sync.inbox (county_code, id),
  constraint photo_device foreign key (county_code, device_id) references sync.device (county_code, id),
  constraint photo_phase_known check (phase in ('before', 'during', 'after', 'check'))
);
create index photo_act_used on sync.photo (county_code, act_id);
create index photo_device_used on sync.photo (county_code, device_id);
comment on table sync.photo is 'Photos of acts that a wiped phone handed in, sealed under the key of that phone until the desk decides.';
comment on column sync.photo.picture is 'As it lay on the phone, sealed under the key of that phone; null until it has arrived.';
