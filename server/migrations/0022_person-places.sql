-- Who has a village or a town in reach asks for its people longest due first, and for those with a gap in where they
-- live: by the grid alone the whole county was read (with 200,000 people in one village the gaps took 9.2 s, and take
-- 0.6 s in one pass over this index, which holds all that the pass reads of a person).
create index person_village on registry.person (county_code, village_id, due_at) include (id) where state = 'live';
create index person_town on registry.person (county_code, town_id, due_at) include (id) where state = 'live';
