-- What a grid's public card says beside names (C1, W5): the telephone of its office, and the code of its group.
create table identity.grid_card (
  place_id uuid not null,
  county_code char(6) not null,
  office_phone text not null,
  group_name text not null,
  group_code text not null,
  group_until date,
  changed_by uuid,
  changed_at timestamptz not null,
  constraint grid_card_pk primary key (place_id),
  constraint grid_card_place foreign key (place_id) references places.place (id),
  constraint grid_card_no_mobile check (office_phone !~ '^[[:space:]]*(\+?86)?[[:space:]]*1[3-9]([[:space:]-]*[0-9]){9}')
);
comment on table identity.grid_card is 'Office telephone and group of a grid or community, as boards and the page for residents show them; no number of a person.';
