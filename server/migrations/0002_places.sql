create schema places;

create table places.level (
  code text not null,
  tier text not null,
  ordinal int not null,
  name text not null,
  name_en text not null,
  constraint level_pk primary key (code),
  constraint level_tier_known check (tier in ('province', 'city', 'county', 'town', 'village', 'grid', 'micro'))
);
comment on table places.level is 'Levels of the tree as data (G1). Several levels may stand on one tier, as rural grids of three grades do.';
insert into places.level values
  ('province', 'province', 10, '省', 'Province'), ('city', 'city', 20, '市', 'City'), ('county', 'county', 30, '县（市、区）', 'County'),
  ('town', 'town', 40, '镇（街道）', 'Town'), ('village', 'village', 50, '村（社区）', 'Village'), ('grid', 'grid', 60, '网格', 'Grid'),
  ('rural-grid-2', 'grid', 62, '二级网格', 'Second-level grid'), ('rural-grid-3', 'grid', 64, '三级网格', 'Third-level grid'), ('micro', 'micro', 70, '微网格', 'Micro-grid');

create table places.place (
  id uuid not null,
  code text not null,
  name text not null,
  level text not null,
  parent_id uuid,
  county_code char(6),
  kind text,
  dedicated_kind text,
  households int,
  people int,
  norm_reason text,
  valid_from date not null,
  valid_to date,
  version int not null default 1,
  constraint place_pk primary key (id),
  constraint place_level_known foreign key (level) references places.level (code),
  constraint place_parent_known foreign key (parent_id) references places.place (id),
  constraint place_dates_ordered check (valid_to is null or valid_to >= valid_from),
  constraint place_kind_known check (kind in ('general', 'dedicated', 'micro', 'mobile')),
  constraint place_dedicated_named check ((kind = 'dedicated') = (dedicated_kind is not null)),
  constraint place_size_positive check (households >= 0 and people >= 0)
);
comment on table places.place is 'Any node of the tree from province to micro-grid, with the days it was in force.';
create unique index place_code_in_force on places.place (code) where valid_to is null;
create unique index place_name_in_parent on places.place (parent_id, name) where valid_to is null;
create index place_parent on places.place (parent_id);
create index place_level on places.place (level);

create table places.issued_code (
  code text not null,
  place_id uuid not null,
  issued_on date not null,
  constraint issued_code_pk primary key (code),
  constraint issued_code_place foreign key (place_id) references places.place (id)
);
comment on table places.issued_code is 'Grid codes ever given out. A code is never used again, not even after its grid is closed (G3).';
create index issued_code_place on places.issued_code (place_id);

create table places.boundary (
  place_id uuid not null,
  valid_from date not null,
  valid_to date,
  geometry jsonb not null,
  area_m2 double precision not null,
  constraint boundary_pk primary key (place_id, valid_from),
  constraint boundary_place foreign key (place_id) references places.place (id),
  constraint boundary_dates_ordered check (valid_to is null or valid_to >= valid_from)
);
comment on table places.boundary is 'Borders in WGS-84 as GeoJSON MultiPolygon, one row for each time they were in force.';
create unique index boundary_in_force on places.boundary (place_id) where valid_to is null;

create table places.succession (
  id uuid not null,
  kind text not null,
  happened_on date not null,
  from_ids uuid[] not null,
  to_ids uuid[] not null,
  reason text not null,
  constraint succession_pk primary key (id),
  constraint succession_kind_known check (kind in ('split', 'merge', 'close', 'border', 'rename', 'open'))
);
comment on table places.succession is 'What became of what (G5).';
create index succession_from on places.succession using gin (from_ids);
create index succession_to on places.succession using gin (to_ids);

create table places.size_norm (
  county_code char(6) not null,
  kind text not null,
  least_households int,
  most_households int,
  least_people int,
  most_people int,
  source text not null,
  constraint size_norm_pk primary key (county_code, kind)
);
comment on table places.size_norm is 'Size bands of a county. They advise; a grid outside them gives its reason (G4).';

create table places.feature (
  id uuid not null,
  county_code char(6) not null,
  layer text not null,
  owner text not null,
  name text not null,
  geometry jsonb not null,
  constraint feature_pk primary key (id),
  constraint feature_layer_known check (layer in ('police-beat', 'department-grid', 'estate', 'street-front'))
);
comment on table places.feature is 'Layers hung on the one net: police beats (G7), departments'' own grids (G6), estates and street fronts (G8).';
create index feature_layer on places.feature (county_code, layer);
