-- What was sealed of somebody in care before it was written anew: nobody overwrites it unseen. Sealed as it stood.
create table registry.overlay_former (
  county_code char(6) not null,
  id uuid not null,
  overlay_id uuid not null,
  sealed text not null,
  values_sealed text,
  visit_days int not null,
  cautions text[] not null,
  ended_on date,
  replaced_at timestamptz not null,
  replaced_by text not null,
  constraint overlay_former_pk primary key (county_code, id),
  constraint overlay_former_overlay foreign key (county_code, overlay_id) references registry.overlay (county_code, id) on delete cascade
);
comment on table registry.overlay_former is 'Key populations as they were written before, read like what is sealed now: once somebody else agreed.';
create index overlay_former_overlay on registry.overlay_former (county_code, overlay_id, replaced_at desc);
