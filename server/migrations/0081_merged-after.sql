-- What was merged into a record is found from it, however long the chain: for whoever is deleted, and whoever asks who looked.
create index person_merged on registry.person (county_code, merged_into) where merged_into is not null;
