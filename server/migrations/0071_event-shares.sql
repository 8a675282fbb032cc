-- Matters of a year by kind, for an area: read from the index alone (ten million bytes for 100,000 matters).
create index event_shares on events.event (county_code, reported_at) include (category_code, status, is_open, town_id, village_id, is_sensitive) where not is_sensitive;
-- What was told in confidence is little, and looked at row by row for whoever has a part in it.
create index event_confided on events.event (county_code, reported_at) where is_sensitive;
