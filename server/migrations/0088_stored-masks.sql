-- Events of before keep for whom they were made by more of the name than is shown today. The job of stored masks finds them
-- here; what it has been to is in the index no more.
create index event_behalf on events.event (county_code, id) where core ->> 'onBehalfOf' !~ '^(.\*\*)?$';
