-- What the land of a grid is (G4): hills and canals are more to walk than a plain. Of what stands, nobody has said yet.
alter table places.place
  add column terrain text not null default 'plain',
  add constraint place_terrain_known check (terrain in ('plain', 'hill', 'water'));
comment on column places.place.terrain is 'plain, hill or water: of grids; parts and heirs of a grid have its own.';
-- Weights that a county set before this said nothing of terrain, and go on doing so.
alter table places.load_weight
  add column hill real not null default 0,
  add column water real not null default 0,
  add constraint load_weight_terrain_positive check (hill >= 0 and water >= 0);
